"""What the tables of a text claim: each cell with its row's words and its column's year."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.gate.amounts import Range, Unit
from rag.gate.claims import Claim
from rag.text.dates import YearMention, find_years
from rag.text.numbers import parse_number, parse_range
from rag.text.numerals import find_numerals
from rag.text.units import unit_in
from rag.vocabulary import row_concept


def read_rows(text: str) -> tuple[list[Claim], list[Range]]:
    """Return the claims of the table rows of a text, and the ranges of those rows.

    Cells are separated by tabs, as in `Page.text`. A row whose cells are years
    names the columns below it; the unit stands in it or in the line above.
    """
    claims: list[Claim] = []
    ranges: list[Range] = []
    columns: list[YearMention | None] = []
    above = unit_line = ""
    for line in re.finditer(r"[^\n]+", text):
        if "\t" not in line[0]:
            above, columns = line[0], []
            continue
        ranges.append(line.span())
        cells = list(_cells(line[0], line.start()))
        years = [_year(cell) for cell, _ in cells]
        if sum(y is not None for y in years) >= 2:
            columns, unit_line = years, f"{above} {line[0]}"
            continue
        if columns:
            claims += _row(cells, columns, unit_line)
        else:
            ranges.pop()
    return claims, ranges


def _cells(line: str, start: int) -> Iterable[tuple[str, Range]]:
    for cell in re.finditer(r"[^\t]*(?:\t|$)", line):
        inner = cell[0].rstrip("\t")
        text = inner.strip()
        at = start + cell.start() + len(inner) - len(inner.lstrip())
        if cell[0] or cell.start() == len(line):
            yield text, (at, at + len(text))


def _year(cell: str) -> YearMention | None:
    found = find_years(cell)
    return found[0] if len(found) == 1 and len(cell) <= 12 else None


def _row(
    cells: list[tuple[str, Range]], columns: list[YearMention | None], unit_line: str
) -> Iterable[Claim]:
    label = " ".join(text for text, _ in cells if parse_number(text) is None)
    unit = _unit(label, unit_line)
    known = [y for y in columns if y is not None]
    whole = YearMention(0, 0, known[0].first, known[-1].last)
    for (text, (start, end)), column in zip(cells, [*columns, *[None] * len(cells)], strict=False):
        value, ends = parse_number(text), parse_range(text)
        if (value is None and ends is None) or find_numerals(text):
            continue
        yield Claim(
            "amount", start, end, text, label, label, "", label, "", False, True,
            None if value is None else abs(value),
            ends[0] if ends else None, ends[1] if ends else None,
            (unit,), -1 if value is not None and value < 0 else 0, "", (column or whole,),
        )  # fmt: skip


def _unit(label: str, unit_line: str) -> Unit:
    if row_concept(label) == "fte":
        return ("årsværk", 1)
    return unit_in(unit_line)
