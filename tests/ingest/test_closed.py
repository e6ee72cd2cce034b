"""Items behind closed doors, as agendas mark them."""

from __future__ import annotations

import pytest
from made_documents import Made


def levels(made: Made) -> list[str]:
    return [d.access for d in made.content().documents]


@pytest.mark.parametrize(
    "title",
    ["Lukket", "LUKKET PUNKT", "Lukket punkt: Salg af en grund", "Lukket - Salg af en grund",
     "Lukket sag om en grund", "Salg af en grund (lukket)", "Salg af en grund - lukket punkt",
     "(Lukket) Salg af en grund", "Fortroligt: Salg af en grund", "Ikke-offentlig sag om en grund",
     "Ikke offentligt", "Salg af en grund (fortroligt)", "Salg af en grund – ikke-offentligt punkt",
     "Lukket orientering", "Lukket orienteringssag om en grund", "Lukket tillægsdagsorden",
     "Personsag", "Personsag vedrørende en leder", "Fortrolig orientering fra borgmesteren",
     "Salg af en grund, behandles for lukkede døre", "Orientering (under tavshedspligt)",
     "Lukkede meddelelser", "Undtaget fra aktindsigt: Salg af en grund", "Strengt fortroligt",
     "Ekstraordinært lukket møde", "[Lukket] Salg", "Salg - Lukket/fortroligt", "Salg | lukket",
     "Ikke til offentliggørelse", "(L) Salg", "Salg [L]", "Åbne og lukkede punkter",
     "Salg - må ikke offentliggøres", "Lukket pkt. om Nygade", "Tavshedsbelagt: Salg",
     "Lukket jf. styrelseslovens § 10: Salg", "Kun for udvalgets medlemmer: Salg",
     "Sager til behandling på lukket møde", "Unddraget offentlighed", "Salg {fortroligt}"],
)  # fmt: skip
def test_an_item_headed_closed_is_closed(title: str) -> None:
    made = Made("dagsorden.pdf").heading("Punkt 1: Skolerne").text("Om skolerne.")
    made.heading(f"Punkt 2: {title}").text("Det handler om Nygade 3.")
    assert levels(made.heading("Punkt 3: Vejene").text("Om vejene.")) == [
        *("public", "closed", "public")
    ]


@pytest.mark.parametrize("number", ["2. ", "2.a ", "3) ", "Pkt. 4 ", "2026-03-12 ", ""])
@pytest.mark.parametrize(
    "title", ["Lukket punkt: Salg", "Personsag", "LUKKET", "Lukket – Køb", "Salg (lukket sag)"]
)
def test_a_heading_numbered_or_not_closes_a_file_that_is_not_split(number: str, title: str) -> None:
    made = Made("moede.md").heading("Møde i udvalget").heading("1. Budget").text("Om budgettet.")
    assert levels(made.heading(f"{number}{title}").text("Det handler om Nygade 3.")) == ["closed"]


@pytest.mark.parametrize(
    "name",
    [
        "03 Lukket punkt.pdf",
        "Bilag 1 - fortroligt.pdf",
        "2026-03-12_Lukket_dagsorden.pdf",
        "(L) Salg.pdf",
        "Salg (lukket).pdf",
        "[Lukket]_Salg.pdf",
        "Ikke til offentliggørelse.pdf",
    ],
)
def test_a_files_name_closes_it_numbered_or_not(name: str) -> None:
    assert levels(Made(name).heading("Salg").text("Det handler om Nygade 3.")) == ["closed"]


@pytest.mark.parametrize(
    "title",
    ["Lukket børnehave genåbner", "Lukketider i haller", "Svømmehallen holdes lukket i maj",
     "Fortrolige samtaler med unge", "Vold bag lukkede døre", "Offentlige toiletter",
     "Fortrolighed i jobcentret", "Ikke offentligt tilgængelige data", "Personalepolitik",
     "Åbent hus på rådhuset", "Åben og lukket psykiatri", "(Lokalplan) Nygade", "Niveau L",
     "Offentliggørelse af regnskabet", "Kun for sjov", "Medlemmer af udvalget",
     "Efter lukket høring", "Lukkede ovenlys i hallen", "Lukning af børnehaver"],
)  # fmt: skip
def test_an_item_about_something_closed_is_open(title: str) -> None:
    made = Made("dagsorden.pdf").heading("Punkt 1: Skolerne").text("Om skolerne.")
    assert levels(made.heading(f"Punkt 2: {title}").text("Mere.")) == ["public", "public"]


@pytest.mark.parametrize(
    "heading",
    ["Lukket dagsorden", "Lukket tillægsdagsorden", "Ikke-offentlige punkter", "Personsager",
     "Fortroligt", "Sager for lukkede døre", "Lukkede orienteringer", "Lukket mødedel"],
)  # fmt: skip
def test_a_heading_closes_the_items_under_it(heading: str) -> None:
    made = Made("dagsorden.pdf").heading("Åben dagsorden")
    made.heading("Punkt 1: Skolerne").text("Om skolerne.").heading(heading)
    made.heading("Punkt 2: Grunden").text("Om grunden.").heading("Punkt 3: Huset").text("Om det.")
    made.heading("Åbne punkter").heading("Punkt 4: Vejene").text("Om vejene.")
    assert levels(made) == ["public", "public", "closed", "closed", "public"]


@pytest.mark.parametrize(
    "both",
    ["Åbne og lukkede punkter", "Åbent/lukket møde", "Lukkede og åbne sager",
     "Offentlige samt fortrolige punkter"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["heading", "name", "running head"])
def test_where_both_are_named_what_nothing_opens_is_closed(both: str, place: str) -> None:
    made = Made(f"{both.replace('/', '_')}.pdf" if place == "name" else "dagsorden.pdf")
    if place == "running head":
        made.furniture.append(both)
    if place == "heading":
        made.heading("Punkt 1: Budget").text("Om budgettet.").heading(both)
    made.heading("Punkt 2: Grunden").text("Om grunden.").heading("Åbne punkter")
    made.heading("Punkt 3: Vejene").text("Om vejene.").heading("Lukkede punkter")
    found = levels(made.heading("Punkt 4: Huset").text("Om huset."))
    assert found == [*(["public"] if place == "heading" else []), "closed", "public", "closed"]


@pytest.mark.parametrize("line", ["Punktet er lukket.", "Mødet er ikke offentligt"])
def test_a_sentence_that_says_it_closes_its_item(line: str) -> None:
    made = Made("dagsorden.pdf").heading("Punkt 1: Grunden").text(line, "Prisen er aftalt.")
    made.heading("Punkt 2: Vejene").text("Vejen er lukket i maj.", "Punktet er lukkende.")
    assert levels(made) == ["closed", "public"]


def test_a_table_of_contents_closes_what_it_lists_and_itself() -> None:
    made = Made("dagsorden.pdf").heading("Åbne punkter").text("1. Skolerne")
    made.heading("Lukkede punkter").text("2. Salg af Nygade").page()
    made.heading("Punkt 1: Skolerne").text("Om skolerne.")
    made.heading("Punkt 2: Salg af Nygade").text("Prisen.")
    assert levels(made) == ["closed", "public", "closed"]


def test_a_table_of_contents_that_names_a_closed_item_is_closed() -> None:
    made = Made("dagsorden.pdf").text("1. Skolerne", "2. Lukket punkt: Salg af Nygade").page()
    made.heading("Punkt 1: Skolerne").text("Om skolerne.")
    made.heading("Punkt 2: Lukket punkt: Salg af Nygade").text("Prisen.")
    assert levels(made) == ["closed", "public", "closed"]


def test_a_table_of_contents_that_only_says_closed_is_open() -> None:
    made = Made("dagsorden.pdf").text("1. Skolerne", "2. Lukket punkt").page()
    made.heading("Punkt 1: Skolerne").text("Om skolerne.")
    made.heading("Punkt 2: Lukket punkt").text("Prisen.")
    assert levels(made) == ["public", "public", "closed"]


def test_an_agenda_headed_closed_is_closed_whole() -> None:
    made = Made("dagsorden.pdf").heading("Lukket dagsorden").text("Økonomiudvalget den 3. maj 2027")
    made.heading("Punkt 1: Grunden").text("Om grunden.").heading("Punkt 2: Huset").text("Om det.")
    assert levels(made) == ["closed"] * 3


def test_text_under_a_closing_line_closes_a_document_that_is_not_split() -> None:
    made = Made("notat.pdf").heading("Notat").text("Indledning.").text("Lukket punkt")
    assert levels(made.text("Prisen er aftalt.")) == ["closed"]
    assert levels(Made("punkt.pdf").heading("Punkt 1: Lukket: Grunden").text("x")) == ["closed"]


def test_a_line_that_says_it_of_its_own_item_closes_that_one() -> None:
    made = Made("dagsorden.pdf").heading("Punkt 1: Grunden")
    made.text("Sagen behandles for lukkede døre, jf. styrelseslovens § 10.")
    made.heading("Punkt 2: Vejene").text("Retsmøder kan holdes for lukkede døre.")
    assert levels(made) == ["closed", "public"]


@pytest.mark.parametrize("name", ["Lukket_dagsorden_2027.pdf", "Fortroligt - grunden.pdf"])
def test_a_files_name_closes_it(name: str) -> None:
    made = Made(f"/home/åbent/{name}").heading("Punkt 1: Grunden").text("x")
    assert levels(made.heading("Punkt 2: Huset").text("y")) == ["closed", "closed"]


def test_a_running_head_closes_the_file() -> None:
    made = Made("dagsorden.pdf").heading("Punkt 1: Grunden").text("x").heading("Punkt 2: Huset")
    made.furniture.append("Lukket dagsorden - Økonomiudvalget")
    assert levels(made) == ["closed", "closed"]


def test_a_table_cell_closes_nothing() -> None:
    made = Made("notat.pdf").heading("Svømmehaller").text("Status.")
    assert levels(made.table(("Hal", "Status"), ("Nord", "Lukket"), ("Syd", "Åben"))) == ["public"]


def test_where_a_document_begins_and_ends() -> None:
    made = Made("dagsorden.pdf").heading("Punkt 1: Skolerne").text("Om skolerne.")
    content = made.heading("Punkt 2: Vejene").text("Om vejene.").page().text("Mere.").content()
    one, two = content.documents
    assert (one.start, one.end) == (0, len("Punkt 1: Skolerne\nOm skolerne."))
    assert (two.first_page, two.start) == (1, len("Punkt 1: Skolerne\nOm skolerne.\n"))
    assert (two.last_page, two.end) == (2, len("Mere."))
