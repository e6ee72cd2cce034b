"""What a document says of itself."""

from __future__ import annotations

import datetime as dt

import pytest
from made_documents import Made, proposal


def test_the_fields_of_a_proposals_form() -> None:
    document = proposal("TU07", "Færre lamper på stierne").document()
    assert document.kind == "prioriteringsforslag"
    assert document.number == "TU07"
    assert document.title == "Færre lamper på stierne"
    assert document.committee == "Teknikudvalget"
    assert document.proposer == "Administrationen"
    assert document.expense_type == "Serviceudgifter"
    assert document.period == "2026-2029"
    assert document.decision == "proposed"


LINES = {
    "tabs": [("Overskrift", "Lys"), ("Udvalg", "Teknikudvalget"), ("Forslagsstiller", "SF")],
    "colons": ["Overskrift: Lys", "Udvalg: Teknikudvalget", "Forslagsstiller: SF"],
    "spaces": ["Overskrift Lys", "Udvalg Teknikudvalget", "Forslagsstiller SF"],
    "lines": ["Overskrift", "Lys", "Udvalg", "Teknikudvalget", "Forslagsstiller", "SF"],
}


@pytest.mark.parametrize("look", LINES)
def test_a_form_is_read_in_every_look(look: str) -> None:
    made = Made().text("Prioriteringsforslag", "Nr. TU07")
    lines = LINES[look]
    if look == "tabs":
        made.table((), *(tuple(x) for x in lines))
    else:
        made.text(*(str(x) for x in lines))
    document = made.document()
    assert (document.title, document.committee, document.proposer) == (
        *("Lys", "Teknikudvalget", "SF"),
    )


def test_what_a_document_does_not_say_stays_empty() -> None:
    document = Made("Aarhus_TU07_2026-2029.pdf").text("Der er ikke meget at sige her.").document()
    assert document.municipality is document.number is document.period is document.committee is None
    assert document.asker is document.asked is document.date is document.proposer is None
    assert document.case_numbers == document.document_numbers == ()
    assert document.decision == "unknown" and not document.rendition


def answer() -> Made:
    return (
        Made("svar.docx", paged=False)
        .text("Til Rikke Holm Dam (F)")
        .heading("Politikersvar til Rikke Holm Dam (F) om støj ved havnen")
        .text("Den 3. marts 2026 stillede Rikke Holm Dam (F) et spørgsmål om støj om natten.")
        .heading("Teknikforvaltningens svar", 2)
        .text("Københavns Kommune måler støjen to gange om året.", "14-03-2026")
        .text("Sagsnummer i F2", "2026 - 4711", "Dokumentnummer i F2", "998877")
        .text("Sagsnummer eDoc", "Sagsbehandler", "Ulla Berg")
    )


def test_a_politikersvar_tells_who_asked_and_when() -> None:
    document = answer().document()
    assert document.kind == "politikersvar"
    assert document.title == "Støj ved havnen"
    assert document.asker == "Rikke Holm Dam (F)"
    assert document.asked == dt.date(2026, 3, 3)
    assert document.date == dt.date(2026, 3, 14)
    assert document.answered_by == "Teknikforvaltningen"
    assert document.case_numbers == ("2026 - 4711",)
    assert document.document_numbers == ("998877",)
    assert document.caseworker == "Ulla Berg"
    assert document.municipality == "København"
    assert not document.paged


@pytest.mark.parametrize(
    "line",
    [
        "Rikke Holm Dam (F) har den 3. marts 2026 stillet et spørgsmål om støj.",
        "Spørgsmålet om støj blev stillet af Rikke Holm Dam (F) 03-03-2026.",
        "Den 3. marts 2026 spurgte Rikke Holm Dam (F) til støjen.",
    ],
)
def test_the_question_is_read_however_it_is_told(line: str) -> None:
    document = Made().heading("Svar om støj").text("Politikersvar", line).document()
    assert (document.asker, document.asked) == ("Rikke Holm Dam (F)", dt.date(2026, 3, 3))


def test_a_person_with_a_date_who_did_not_ask_is_no_asker() -> None:
    document = (
        Made().heading("Notat").text("Rikke Holm Dam (F) rejste den 3. marts 2026.").document()
    )
    assert document.asker is None and document.asked is None


def test_the_proposals_and_budgets_that_a_text_names() -> None:
    made = Made().heading("Notat om støj").text("Som i ØU 03 og BS-14 blev der sat 2 mio. af.")
    made.text("Det skete i Budget 2025, og B2026 hæver det. Budget 2027-2030 er ikke vedtaget.")
    assert made.document().names == ("BS14", "budget 2025", "budget 2026", "ØU03")


@pytest.mark.parametrize("number", ["25/12345", "2026 - 4711", "00.30.10-S00-17-25"])
def test_case_numbers(number: str) -> None:
    document = Made().heading("Notat om støj").text(f"Sagsnummer: {number}").document()
    assert document.case_numbers == (number,)


def test_the_municipality_is_the_one_named_most_outside_quotations() -> None:
    made = Made().heading("Svar").text("”Aarhus Kommune og Aarhus Kommune har det. Har vi?”")
    assert made.text("Odense Kommune har det ikke.").document().municipality == "Odense"
    tied = Made().heading("Svar").text("Odense Kommune og Vejle Kommune samarbejder.")
    assert tied.document().municipality is None


def test_the_running_head_counts() -> None:
    made = Made().text("Et notat om støj, som ikke nævner nogen kommune.")
    made.furniture.append("Vejle Kommune")
    assert made.document().municipality == "Vejle"


@pytest.mark.parametrize("where", ["furniture", "metadata", "last line"])
def test_a_rendition_says_so(where: str) -> None:
    made = proposal("TU07", "Lys")
    mark = "Gengivelse af TU07 – ordlyden er projektets egen"
    if where == "furniture":
        made.furniture.append(mark)
    elif where == "metadata":
        made.metadata["Keywords"] = "gengivelse"
    else:
        made.text(mark)
    assert made.document().rendition


def test_speaking_of_a_rendition_is_not_being_one() -> None:
    made = proposal("TU07", "Lys").text("Skitsen er en gengivelse af stien.")
    assert not made.text("Linje et.", "Linje to.", "Linje tre.").document().rendition


def test_sections_are_the_headings_with_their_places() -> None:
    source = proposal("TU07", "Lys").heading("1. Resumé").text("A.").heading("2. Status").source()
    from ingest.assemble import assemble

    (document,) = assemble(source).documents
    assert [s.title for s in document.sections] == ["1. Resumé", "2. Status"]
    for s in document.sections:
        assert source.page(s.page).text[s.start :].startswith(s.title)


def test_a_budget_note() -> None:
    made = (
        Made().heading("ØK74 Ramme til digitale løsninger").text("Et budgetnotat til Budget 2026.")
    )
    document = made.heading("Forslag til aftaletekst").text("Parterne er enige.").document()
    assert (document.kind, document.number) == ("budgetnotat", "ØK74")
    assert document.title == "Ramme til digitale løsninger"
    assert document.decision == "proposed"


def test_any_committee_of_a_meeting_is_read() -> None:
    made = Made().heading("Dagsorden for Teknikudvalget 3. marts 2025")
    made.heading("Punkt 1: Budgettet").text("A.").heading("Punkt 2: Ny skole").text("B.")
    assert {d.committee for d in made.content().documents[1:]} == {"Teknikudvalget"}


def test_numbers_of_a_case_are_no_figures() -> None:
    made = Made("svar.docx", paged=False).heading("Politikersvar til Rikke Holm Dam (F) om støj")
    made.table(
        (),
        ("Sagsnummer i F2", "2026 - 4711"),
        ("Dokumentnummer i F2", "998877"),
        ("Sagsbehandler", "Ulla Berg"),
    )
    assert made.content().figures == ()
