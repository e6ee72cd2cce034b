"""From tables to figures: one for each cell, blank cells and dashes included."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace

from ingest.cell_units import CellReading, Unit, cell_unit, row_units
from ingest.tables import PlaceAt
from rag.text.dates import find_dates, find_years
from rag.text.numbers import parse_number, parse_range
from rag.text.units import unit_in
from rag.types import Cell, Column, Figure, Row, Table
from rag.vocabulary import row_concept

_ACCOUNT = re.compile(r"funktion|konto|nr\b|nummer|id\b|^note\b|^side\b", re.IGNORECASE)
# An account's number or what was granted: its cells tell.
_GRANT, _AMOUNT = (
    re.compile(r"bevilling", re.IGNORECASE),
    re.compile(r"-?\d{1,3}(?:\.\d{3})+|.*,\d+"),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# "Kr. pr. måned inkl. moms" says more than the unit.
_RATE = re.compile(r"\b(?:pr|per|moms|om (?:måneden|året|ugen))\b", re.IGNORECASE)
_UNNAMED = re.compile(r"^\W*$")
# Words that name a column of a budget and no more than its year does.
_BUDGET_YEAR = re.compile(
    r"^(?:b|bo|bf|ao|budget|budgetår|budgetoverslag|budgetforslag|overslagsår|overslag|år)?$", re.I
)


def table_figures(
    document: str, table: Table, place_at: PlaceAt, stated: Unit = (None, 1)
) -> list[Figure]:
    """Return the figures of a table, row by row.

    Tables with a column a year, with a row a year, and with numbers under
    other heads are read; a table of text has none, nor has a row whose values
    are bound to no column. `stated` is the unit that the document gives for all its amounts.
    """
    read, alike, units = _reader(table), _alike(table), row_units(table)
    figures = []
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells or ()):
            reading = read(row, c)
            if reading is None:
                continue
            told = reading.label == row.label and row.group != str(reading.year)
            if row.group and row.label in alike and told:
                reading = replace(reading, path=row.group)
            unit = cell_unit(table, reading, row, cell, stated, units.get(row, ""))
            figure = _figure(document, table, row, cell, reading, unit, place_at)
            if figure is not None:
                figures.append(_with_id(figure, table.cell_id(r, c)))
    return figures


def _alike(table: Table) -> set[str]:
    """Return the labels that several rows have, under different headings."""
    groups: dict[str, set[str | None]] = defaultdict(set)
    for row in table.rows:
        groups[row.label].add(row.group)
    return {label for label, over in groups.items() if len(over) > 1}


def is_text_table(table: Table) -> bool:
    """Tell whether a table holds text alone, so that it is read as prose."""
    return not _dated(table.columns) and not _year_rows(table) and not _number_columns(table)


def _reader(table: Table) -> Callable[[Row, int], CellReading | None]:
    if _dated(table.columns):
        return _by_column(table)
    return _by_row(table) if _year_rows(table) else _by_head(table)


def _by_column(table: Table) -> Callable[[Row, int], CellReading | None]:
    dated, others = _dated(table.columns), _number_columns(table)
    years = Counter(table.columns[i].year for i in dated if table.columns[i].year)
    said = {i: _beside_year(table.columns[i].head) for i in dated if not table.columns[i].total}
    plain = all(_BUDGET_YEAR.match(words) for words in said.values())

    def read(row: Row, c: int) -> CellReading | None:
        column = table.columns[c]
        if c not in dated:
            if c not in others or not column.head or _UNNAMED.match(column.head):
                return None
            return CellReading(row.label, column.head, None, None)
        twice = column.year is not None and years[column.year] > 1
        keeps = twice or (not plain and said.get(c))
        period = _span(table.columns) if column.total else column.period
        return CellReading(row.label, column.head if keeps else "", column.year, period)

    return read


def _beside_year(head: str) -> str:
    """Return what a column's head says besides its year, unit and price level."""
    words = re.sub(r"\(.*?\)|(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?", " ", head)
    words = re.sub(
        r"(?:1\.000|mio\.?|mia\.?|t\.)?\s*kr\b\.?|\b(?:p/l|pl|priser)\b|[\W\d]", " ", words
    )
    return " ".join(words.split())


def _by_row(table: Table) -> Callable[[Row, int], CellReading | None]:
    labels = {c for c in range(len(table.columns)) if _are_years(_printed(table, c))}

    def read(row: Row, c: int) -> CellReading | None:
        head = table.columns[c].head
        years = find_years(row.label)
        if c == 0 or c in labels or not head or not (years or _is_total(row.label)):
            return None
        if not years:
            return CellReading("", head, None, _row_span(table))
        year = years[0].first if not years[0].period else None
        # "Skole | 2025": the year stands beside what it is of.
        return CellReading(row.group or "", head, year, years[0].period)

    return read


def _by_head(table: Table) -> Callable[[Row, int], CellReading | None]:
    numbers = _number_columns(table)
    year = _only_year(table.caption)

    def read(row: Row, c: int) -> CellReading | None:
        if c not in numbers:
            return None
        head = table.columns[c].head
        if not head and _ACCOUNT.search(row.label):  # "Sagsnummer 2026 - 4711"
            return None
        only_unit = not head or (len(numbers) == 1 and unit_in(head)[0] and not _RATE.search(head))
        own = year or (int(row.group) if row.group and _YEAR.fullmatch(row.group) else None)
        unit = head if only_unit else ""
        return CellReading(row.label, "" if only_unit else head, own, None, unit_head=unit)

    return read


def _figure(
    document: str,
    table: Table,
    row: Row,
    cell: Cell,
    reading: CellReading,
    in_unit: Unit,
    place_at: PlaceAt,
) -> Figure | None:
    value = parse_number(cell.text) if cell.state == "value" else None
    ends = parse_range(cell.text) if cell.state == "value" and value is None else None
    if cell.state == "value" and value is None and ends is None:
        return None
    unit, scale = in_unit
    undated = reading.head and reading.year is None and reading.period is None
    context = row.place
    return Figure(
        id="",
        document=document,
        measure=reading.measure,
        # A deviation or a share of a net row is not the net itself.
        concept=None if undated and reading.label else row_concept(reading.own),
        group=row.group,
        year=reading.year,
        period=reading.period,
        text=cell.text,
        state=cell.state,
        value=value,
        low=ends[0] if ends else None,
        high=ends[1] if ends else None,
        unit=unit,
        scale=scale,
        price_level=table.price_level if unit == "kr." else None,
        effect="unknown",
        place=context if cell.state == "blank" else place_at(context.page, cell.start, cell.end),
        context=context,
        table=table.id,
    )


def _dated(columns: tuple[Column, ...]) -> set[int]:
    dated = {i for i, c in enumerate(columns) if i and (c.year or c.period)}
    return dated | {i for i, c in enumerate(columns) if i and c.total} if dated else set()


def _span(columns: tuple[Column, ...]) -> str | None:
    years = [c.year for c in columns if c.year]
    return f"{min(years)}-{max(years)}" if years else None


def _year_rows(table: Table) -> bool:
    return sum(_is_year(row.label) for row in table.rows) >= 2


def _is_year(label: str) -> bool:
    """Tell whether a row is of a year; "31. marts 2026" is a day of one, among others."""
    return len(label) <= 16 and len(find_years(label)) == 1 and not find_dates(label)


def _is_total(label: str) -> bool:
    return bool(re.match(r"^(?:i alt|ialt|total|sum)\b", label, re.IGNORECASE))


def _row_span(table: Table) -> str | None:
    years = [find_years(row.label)[0].first for row in table.rows if _is_year(row.label)]
    return f"{min(years)}-{max(years)}" if years else None


def _number_columns(table: Table) -> set[int]:
    """Return the columns, but the first, in which most printed cells are numbers."""
    found = set()
    for c, column in enumerate(table.columns):
        printed = _printed(table, c)
        numbers = sum(parse_number(t) is not None or parse_range(t) is not None for t in printed)
        named = _is_account(column.head, printed) or _are_years(printed)
        if c and numbers and numbers * 2 > len(printed) and not named:
            found.add(c)
    return found


def _printed(table: Table, column: int) -> list[str]:
    """Return what stands in the cells of a column that are neither blank nor a dash."""
    cells = (row.cells[column] for row in table.rows if row.cells)
    return [cell.text for cell in cells if cell.state == "value"]


def _are_years(printed: list[str]) -> bool:
    return bool(printed) and all(map(_YEAR.fullmatch, printed))


def _is_account(head: str, printed: list[str]) -> bool:
    if _GRANT.search(head):
        return not any(map(_AMOUNT.fullmatch, printed))
    return bool(_ACCOUNT.search(head))


def _only_year(caption: str | None) -> int | None:
    years = [m for m in find_years(caption or "") if not m.period]
    return years[0].first if len(years) == 1 else None


def _with_id(figure: Figure, figure_id: str) -> Figure:
    return replace(figure, id=figure_id)
