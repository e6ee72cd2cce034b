"""A file of many documents: catalogues and agendas."""

from __future__ import annotations

import datetime as dt

import pytest
from made_documents import Made

from ingest.split import split

TITLES = {
    "TU07": "Færre lamper på stierne",
    "TU08": "Senere busser om søndagen",
    "BU01": "Sundere mad i dagtilbud",
}


def catalogue() -> Made:
    made = Made("katalog.pdf")
    for n, (number, title) in enumerate(TITLES.items(), start=1):
        if n > 1:
            made.page()
        made.text("Budget 2026-2029", "Prioriteringsforslag", f"Nr. {number}")
        made.table((), ("Overskrift", title), ("Udvalg", f"Udvalg {n} for byen"))
        made.table(("1.000 kr.", "2026", "2027"), ("Besparelse", f"-{n}00", f"-{n}50"))
        made.heading("1. Resumé").text(f"Forslaget handler om {title.lower()}.")
    return made


def test_a_catalogue_is_split_into_its_proposals() -> None:
    content = catalogue().content()
    assert [(d.number, d.title) for d in content.documents] == list(TITLES.items())
    assert {d.kind for d in content.documents} == {"prioriteringsforslag"}
    assert [(d.first_page, d.last_page) for d in content.documents] == [(1, 1), (2, 2), (3, 3)]
    assert [d.committee for d in content.documents] == [f"Udvalg {n} for byen" for n in (1, 2, 3)]
    assert {d.period for d in content.documents} == {"2026-2029"}


def test_each_proposal_has_its_own_figures() -> None:
    content = catalogue().content()
    for n, document in enumerate(content.documents, start=1):
        own = [f for f in content.figures if f.document == document.id]
        assert [(f.year, f.text) for f in own] == [(2026, f"-{n}00"), (2027, f"-{n}50")]
        passages = [p for p in content.passages if p.document == document.id]
        assert {p.page for p in passages} == {n}


def test_what_stands_before_the_first_proposal_is_a_document_too() -> None:
    made = Made("katalog.pdf").heading("Forslag til budgettet").text("Her er forslagene samlet.")
    for number, title in TITLES.items():
        made.page().text(f"Nr. {number}").table((), ("Overskrift", title), ("Udvalg", "Udvalget"))
    documents = made.content().documents
    assert [d.number for d in documents] == [None, *TITLES]


def test_a_number_repeated_on_each_page_opens_one_proposal() -> None:
    made = Made("katalog.pdf")
    for number, title in TITLES.items():
        made.text(f"Nr. {number}").table((), ("Overskrift", title)).text("Den første side.")
        made.page().text(f"Nr. {number}").text("Den anden side.").page()
    content = made.content()
    assert [d.number for d in content.documents] == list(TITLES)
    assert [d.last_page - d.first_page for d in content.documents] == [1, 1, 1]


def test_one_proposal_is_not_split() -> None:
    made = Made().text("Nr. TU07").table((), ("Overskrift", "Lys på stierne"))
    made.heading("1. Resumé").text("Forslaget ligner TU08 og BU01.")
    assert len(made.content().documents) == 1


ITEMS = ("Godkendelse af dagsorden", "Ny skole mod nord", "Cykelsti ved havnen")
DECISIONS = ("Godkendt.", "Forkastet.", "Sagen blev udsat til næste møde.")


def agenda(outline: bool) -> Made:
    made = Made("referat.pdf").heading("Referat af møde i Byrådet den 27. august 2025")
    made.text("Aarhus Kommune")
    for n, (title, decision) in enumerate(zip(ITEMS, DECISIONS, strict=True), start=1):
        made.page().heading(f"Punkt {n}: {title}").text(f"EMN-2025-00{n}234")
        made.text(f"Administrationen har set på sag {n}.")
        made.heading("Beslutning").text(decision)
        if outline:
            made.bookmark(f"Punkt {n}: {title}", n + 1)
            made.bookmark("Beslutning", n + 1, level=2)
    return made


@pytest.mark.parametrize("outline", [True, False], ids=["outline", "headings"])
def test_an_agenda_is_split_into_its_items(outline: bool) -> None:
    first, *items = agenda(outline).content().documents
    assert first.kind == "dagsorden"
    assert [d.title for d in items] == list(ITEMS)
    assert {d.kind for d in items} == {"dagsordenspunkt"}
    assert [d.case_numbers for d in items] == [(f"EMN-2025-00{n}234",) for n in (1, 2, 3)]
    assert [d.decision for d in items] == ["adopted", "rejected", "postponed"]
    assert {(d.municipality, d.committee, d.date) for d in items} == {
        ("Aarhus", "Byrådet", dt.date(2025, 8, 27))
    }


def test_a_table_of_contents_opens_no_items() -> None:
    made = Made("dagsorden.pdf").heading("Dagsorden for Byrådet 3. marts 2025")
    made.text("Punkt 1: Budgettet ............ 2", "Punkt 2: Ny skole ............ 3")
    made.heading("Punkt 1: Budgettet").text("Om budgettet.")
    made.heading("Punkt 2: Ny skole").text("Om skolen.")
    assert [d.title for d in made.content().documents[1:]] == ["Budgettet", "Ny skole"]


def test_an_excerpt_of_the_minutes_is_split_at_its_headings() -> None:
    made = Made("uddrag.pdf").heading("Referat af møde i Byrådet den 27. august 2025")
    made.heading("Punkt 12: Ny skole").text("Som i punkt 3: Budgettet.", "Punkt 14: nævnes her.")
    made.heading("Punkt 17: Cykelsti ved havnen").text("Om stien.")
    titles = [d.title for d in made.content().documents[1:]]
    assert titles == ["Ny skole", "Cykelsti ved havnen"]


def test_two_items_may_stand_on_one_page() -> None:
    made = Made("dagsorden.pdf").heading("Dagsorden for Byrådet 3. marts 2025")
    made.heading("Punkt 1: Budgettet").text("Om budgettet.")
    made.heading("Punkt 2: Ny skole").text("Om skolen.")
    made.bookmark("Punkt 1: Budgettet", 1).bookmark("Punkt 2: Ny skole", 1)
    content = made.content()
    texts = {d.title: [p.text for p in content.passages if p.document == d.id]
             for d in content.documents}  # fmt: skip
    assert "Om budgettet." in texts["Budgettet"][0] and "Om skolen." not in texts["Budgettet"][0]
    assert "Om skolen." in texts["Ny skole"][0]


@pytest.mark.parametrize("made", [catalogue(), agenda(True), agenda(False)])
def test_nothing_is_lost_in_splitting(made: Made) -> None:
    source = made.source()
    assert tuple(b for part in split(source) for b in part.blocks) == source.blocks


def test_a_catalogue_with_headings_alone_is_one_of_proposals() -> None:
    made = Made("katalog.pdf").heading("Prioriteringsforslag til Budgetkatalog 2026-2029")
    for number, title in TITLES.items():
        made.page().heading(f"{number} {title}").text("Der spares 1 mio. kr. i 2026 på driften.")
    documents = made.content().documents[1:]
    assert [d.number for d in documents] == list(TITLES)
    assert {(d.kind, d.period) for d in documents} == {("prioriteringsforslag", "2026-2029")}


def test_a_catalogue_is_split_at_headings_with_a_hyphen_in_the_number() -> None:
    made = Made("katalog.pdf").heading("Sparekatalog 2027-2030").text("Kravet er 900.000 kr.")
    titles = {"TM-01": "Færre lamper på stierne", "TM-02": "Senere busser om søndagen"}
    for n, (number, title) in enumerate(titles.items(), start=1):
        made.heading(f"{number} {title}")
        made.table(("1.000 kr.", "2027", "2028"), ("Nettoændring", f"-{n}00", f"-{n}50"))
    content = made.content()
    assert [(d.number, d.title) for d in content.documents[1:]] == list(titles.items())
    second = content.documents[2].id
    assert [f.text for f in content.figures if f.document == second] == ["-200", "-250"]


def test_a_heading_on_a_gas_or_a_price_level_opens_no_proposal() -> None:
    made = Made("notat.pdf").heading("Notat om varmen").text("Varmen er dyr.")
    made.heading("CO2 og andre gasser").text("Udledningen falder.")
    made.heading("PL 27 er brugt i tabellen").text("Beløbene er fremskrevet.")
    assert len(made.content().documents) == 1
