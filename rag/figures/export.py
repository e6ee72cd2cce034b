"""Figures as a table to take along: CSV and XLSX, a row a figure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from rag.figures.series import Series, meant
from rag.text.units import unit_name
from rag.types import CouncilDocument, Figure, Language, Text

Value = str | int | Decimal | None

_HEADS = (
    *(Text("Dokument", "Document"), Text("Titel", "Title"), Text("Kommune", "Municipality")),
    *(Text("Budget", "Budget"), Text("Gruppe", "Group"), Text("Mål", "Measure")),
    *(Text("År", "Year"), Text("Periode", "Period"), Text("Trykt", "Printed")),
    *(Text("Trykt enhed", "Printed unit"), Text("Tilstand", "State")),
    *(Text("Beløb", "Amount"), Text("Enhed", "Unit"), Text("Med meningens fortegn", "As meant")),
    *(Text("Prisniveau", "Price level"), Text("Side", "Page"), Text("Fil", "File")),
)
_STATES = {
    "value": Text("tal", "value"),
    "blank": Text("tom celle", "blank cell"),
    "dash": Text("streg", "dash"),
}
# What a spreadsheet takes for a formula; a printed number such as "-1.500" is none.
_FORMULA = re.compile(r"[=@\t\r]|[-+](?![\d.,\s]*$)")


def table(
    series: Iterable[Series], documents: Mapping[str, CouncilDocument], language: Language
) -> list[list[Value]]:
    """Return a row of heads, then a row for each figure; `documents` is by id."""
    rows: list[list[Value]] = [[head.in_(language) for head in _HEADS]]
    rows += [_row(f, documents[f.document], language) for one in series for f in one.figures]
    return rows


def to_csv(rows: Sequence[Sequence[Value]]) -> bytes:
    """Return rows as CSV that a Danish Excel opens: semicolons, decimal commas, UTF-8 marked.

    What a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Sequence[Sequence[Value]], notes: Sequence[str], language: Language) -> bytes:
    """Return rows as a workbook: amounts as numbers, text as text; `notes` on a second sheet."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(Text("Tal", "Figures").in_(language))
    for y, row in enumerate(rows, start=1):
        for x, value in enumerate(row, start=1):
            cell = sheet.cell(y, x, _plain(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # no formula, whatever it begins with
            cell.font = Font(bold=y == 1)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for column in sheet.iter_cols(max_row=1):
        sheet.column_dimensions[column[0].column_letter].width = 18
    told = book.create_sheet(Text("Noter", "Notes").in_(language))
    for y, note in enumerate(notes, start=1):
        told.cell(y, 1, _plain(note)).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(figure: Figure, document: CouncilDocument, language: Language) -> list[Value]:
    return [
        *(document.number, document.title, document.municipality, document.period),
        *(figure.group, figure.measure, figure.year, figure.period, figure.text),
        *(unit_name(figure.unit, figure.scale), _STATES[figure.state].in_(language)),
        *(figure.amount, figure.unit, meant(figure), figure.price_level),
        figure.place.page if document.paged else None,
        Path(document.file).name,
    ]


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _plain(text: str) -> str:
    """Return `text` without the control characters that a workbook may not hold."""
    return "".join(c for c in text if c >= " " or c in "\n\t")
