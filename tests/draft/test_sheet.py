from __future__ import annotations

import io

from docx import Document

from draft.sheet import Part, Sheet, as_docx, as_html, as_text

SHEET = Sheet(
    "Hvor mange <årsværk>?",
    "da",
    ("4 årsværk i 2029. [1]",),
    (("", "2028", "2029"), ("Årsværk & mere", "3", "4")),
    (Part("Bemærk", ("Tabellen siger ét.",)), Part("Kilder", ("ØU10, side 1",), numbered=True)),
    "Fra Rådsvar 1.2.2026.",
)


def test_text_has_all_of_it_in_order_with_numbered_sources() -> None:
    text = as_text(SHEET)
    assert text == (
        "Hvor mange <årsværk>?\n\n4 årsværk i 2029. [1]\n\n\t2028\t2029\nÅrsværk & mere\t3\t4\n\n"
        "Bemærk:\nTabellen siger ét.\n\nKilder:\n[1] ØU10, side 1\n\nFra Rådsvar 1.2.2026.\n"
    )


def test_the_page_to_print_stands_alone_and_escapes_what_it_is_given() -> None:
    page = as_html(SHEET)
    assert "<h1>Hvor mange &lt;årsværk&gt;?</h1>" in page and '<html lang="da">' in page
    assert "<td>Årsværk &amp; mere</td><td>3</td><td>4</td>" in page
    assert "<ol><li>ØU10, side 1</li></ol>" in page
    assert "http" not in page and "<script" not in page


def test_word_has_the_text_the_table_and_the_language() -> None:
    document = Document(io.BytesIO(as_docx(SHEET)))
    lines = [p.text for p in document.paragraphs]
    assert lines[:2] == ["Hvor mange <årsværk>?", "4 årsværk i 2029. [1]"]
    assert "ØU10, side 1" in lines and "Tabellen siger ét." in lines
    assert [[c.text for c in row.cells] for row in document.tables[0].rows] == [
        list(row) for row in SHEET.table
    ]
    assert document.core_properties.language == "da-DK"


def test_without_figures_there_is_no_table() -> None:
    bare = Sheet("?", "en", ("Nothing.",))
    assert not Document(io.BytesIO(as_docx(bare))).tables
    assert "<table" not in as_html(bare) and as_text(bare) == "?\n\nNothing.\n"
