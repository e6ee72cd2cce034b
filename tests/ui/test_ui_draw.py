"""What answers become as HTML, from answers made by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from rag.answer import Answer, Citation, Statement
from rag.store.source import Page
from rag.types import Cell, Column, CouncilDocument, Effect, Figure, Place, Row, Table
from ui.ask.answer import narrowed
from ui.ask.figures import figures_html
from ui.quoted import context_html, excerpt, row_html, where

TEXT = "Før <i>stykket</i>\nStillinger\t2\t\t4\nEfter"
ROW = Place("d", 1, 19, 34)
DOCUMENT = CouncilDocument(
    "d",
    "sha",
    "a.pdf",
    "prioriteringsforslag",
    "Flere *stjerner*",
    number="ØU10",
    period="2026-2029",
    municipality="Høje-Taastrup",
    tables=(
        Table(
            "t",
            None,
            None,
            "kr.",
            1000,
            None,
            (Column("1.000 kr."), Column("2027", 2027), Column("2028", 2028), Column("2029", 2029)),
            (
                Row(
                    "Stillinger",
                    None,
                    ROW,
                    (
                        Cell("Stillinger", "value", 19, 29),
                        Cell("2", "value", 30, 31),
                        Cell("", "blank", 32, 32),
                        Cell("4", "value", 33, 34),
                    ),
                ),
            ),
        ),
    ),
)
CITATION = Citation(DOCUMENT, ROW, TEXT[19:34], Place("d", 1, 33, 34))


def figure(year: int, text: str, effect: Effect = "cut", document: str = "d") -> Figure:
    return Figure(
        id=f"{document}{year}",
        document=document,
        measure="Stillinger",
        concept="fte",
        group=None,
        year=year,
        period=None,
        text=text,
        state="value",
        value=Decimal(text),
        low=None,
        high=None,
        unit="årsværk",
        scale=1,
        price_level=None,
        effect=effect,
        place=Place(document, 1, 33, 34),
        context=replace(ROW, document=document),
        table="t",
    )


def answer(*figures: Figure) -> Answer:
    statement = Statement("Sådan er det.", tuple((f, 0) for f in figures), (0,))
    return Answer("answered", "da", (statement,), (CITATION,))


def test_a_row_stands_under_its_columns_with_its_blank_cell_and_the_cited_one_marked() -> None:
    html = row_html(CITATION, DOCUMENT, "da")
    assert [html.index(y) for y in ("2027", "2028", "2029")] == sorted(
        html.index(y) for y in ("2027", "2028", "2029")
    )
    assert "<td>2</td><td></td><td><mark>4</mark></td>" in html
    assert html.count("Stillinger") == 1


def test_a_row_of_no_known_table_has_its_cells_apart() -> None:
    html = row_html(CITATION, replace(DOCUMENT, tables=()), "da")
    assert '<th scope="row">Stillinger</th><td>2</td><td></td><td>4</td>' in html


def test_context_marks_the_quote_between_its_neighbours_and_escapes_all() -> None:
    place = Place("d", 1, 0, 18)
    html = context_html(Citation(DOCUMENT, place, TEXT[:18], place), Page(1, TEXT))
    assert "<mark>Før &lt;i&gt;stykket&lt;/i&gt;</mark>" in html
    assert "Stillinger" in html and "Efter" not in html


def test_where_names_the_page_or_else_section_and_paragraph() -> None:
    assert where(CITATION, "da") == "side 1"
    place = Place("d", 1, 0, 3, "3. Svar", 2)
    unpaged = Citation(replace(DOCUMENT, paged=False), place, "Før", place)
    assert where(unpaged, "da") == "afsnit »3. Svar«, stykke 2"
    assert where(unpaged, "en") == "section »3. Svar«, paragraph 2"


def test_excerpts_tell_two_places_of_one_sentence_apart() -> None:
    sentence = "Der nedlægges to stillinger i 2026, hvilket i de følgende år stiger til 4 i 2029."
    place = Place("d", 1, 100, 100 + len(sentence))
    four = sentence.index("4 i")
    first = Citation(DOCUMENT, place, sentence, Place("d", 1, 104, 105))
    last = Citation(DOCUMENT, place, sentence, Place("d", 1, 100 + four, 101 + four))
    assert excerpt(CITATION) == "Stillinger"
    assert excerpt(first).startswith("Der nedlægges") and excerpt(first).endswith("…")
    assert excerpt(last).startswith("…") and excerpt(last).endswith("4 i 2029.")


def test_several_figures_become_a_table_with_years_across_and_their_meaning() -> None:
    html = figures_html(answer(figure(2029, "4"), figure(2027, "2")), 3)
    assert html.index("2027") < html.index("2029")
    assert "<td>2</td><td>4</td>" in html
    assert "årsværk, reduktion" in html
    assert 'href="#source-3-1"' in html


def test_a_meaning_that_the_figures_do_not_share_is_not_told() -> None:
    html = figures_html(answer(figure(2029, "4"), figure(2027, "2", "unknown")), 1)
    assert "reduktion" not in html


def test_one_figure_needs_no_table() -> None:
    assert figures_html(answer(figure(2029, "4")), 1) == ""


def test_a_choice_asks_again_by_what_tells_the_document_apart() -> None:
    question = "Hvor mange årsværk i 2027?"
    other = replace(DOCUMENT, id="e", number="ØU02")
    assert narrowed(question, DOCUMENT, [DOCUMENT, other], "da") == (
        "Hvor mange årsværk i 2027 i ØU10?"
    )
    later = replace(DOCUMENT, id="f", period="2027-2030")
    assert narrowed(question, later, [DOCUMENT, later], "da") == (
        "Hvor mange årsværk i 2027 i ØU10 (Budget 2027-2030)?"
    )
    elsewhere = replace(DOCUMENT, id="g", number=None, municipality="København")
    assert narrowed("How many?", elsewhere, [DOCUMENT, elsewhere], "en") == (
        "How many in »Flere *stjerner*« (Budget 2026-2029, København)?"
    )
