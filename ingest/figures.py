"""From tables to figures: one for each cell, blank cells and dashes included."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.tables import PlaceAt, unit_in
from rag.dates import find_years
from rag.numerals import STAFF_UNITS, parse_number, parse_range
from rag.types import Cell, Column, Figure, Row, Table
from rag.vocabulary import row_concept

_PERCENT = re.compile(r"%|\bpct\b|procent", re.IGNORECASE)
_COUNT = re.compile(r"^(?:ændring i )?antal\s+(\w[\w-]*)", re.IGNORECASE)
_ACCOUNT = re.compile(r"bevilling|funktion|konto|nr\b|nummer|id\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Reading:
    """How a cell is to be read: whose measure, which year or period."""

    measure: str
    year: int | None
    period: str | None


def table_figures(document: str, table: Table, place_at: PlaceAt) -> list[Figure]:
    """Return the figures of a table, row by row.

    Tables with a column a year, with a row a year, and with numbers under
    other heads are read; a table of text has none, nor has a row whose values
    are bound to no column.
    """
    read = _reader(table)
    figures = []
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells or ()):
            reading = read(row, c)
            if reading is None:
                continue
            figure = _figure(document, table, row, cell, reading, place_at)
            if figure is not None:
                figures.append(_with_id(figure, f"{table.id}/r{r}/c{c}"))
    return figures


def is_text_table(table: Table) -> bool:
    """Tell whether a table holds text alone, so that it is read as prose."""
    return not _dated(table.columns) and not _year_rows(table) and not _number_columns(table)


def _reader(table: Table) -> Callable[[Row, int], _Reading | None]:
    dated = _dated(table.columns)
    if dated:
        years = Counter(table.columns[i].year for i in dated if table.columns[i].year)

        def by_column(row: Row, c: int) -> _Reading | None:
            column = table.columns[c]
            if c not in dated:
                return None
            twice = column.year is not None and years[column.year] > 1
            measure = f"{row.label} ({column.head})" if twice else row.label
            period = _span(table.columns) if column.total else column.period
            return _Reading(measure, column.year, period)

        return by_column
    if _year_rows(table):

        def by_row(row: Row, c: int) -> _Reading | None:
            head = table.columns[c].head
            years = find_years(row.label)
            if c == 0 or not head or not (years or _is_total(row.label)):
                return None
            if not years:
                return _Reading(head, None, _row_span(table))
            return _Reading(head, years[0].first if not years[0].period else None, years[0].period)

        return by_row
    numbers = _number_columns(table)
    year = _only_year(table.caption)

    def by_head(row: Row, c: int) -> _Reading | None:
        if c not in numbers:
            return None
        head = table.columns[c].head
        only_unit = not head or (len(numbers) == 1 and unit_in(head)[0])
        return _Reading(row.label if only_unit else f"{row.label} ({head})", year, None)

    return by_head


def _figure(
    document: str, table: Table, row: Row, cell: Cell, reading: _Reading, place_at: PlaceAt
) -> Figure | None:
    value = parse_number(cell.text) if cell.state == "value" else None
    ends = parse_range(cell.text) if cell.state == "value" and value is None else None
    if cell.state == "value" and value is None and ends is None:
        return None
    unit, scale = _unit(table, reading.measure, row, cell)
    context = row.place
    return Figure(
        id="",
        document=document,
        measure=reading.measure,
        concept=row_concept(reading.measure),
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


def _unit(table: Table, measure: str, row: Row, cell: Cell) -> tuple[str | None, int]:
    """Return the unit of a cell: its row's own, where the label gives one, else the table's."""
    for text in (cell.text, measure):
        if _PERCENT.search(text):
            return "pct.", 1
    own = unit_in(measure)
    if own[0]:
        return own
    for word in re.findall(r"\w+", f"{measure} {row.group or ''}".lower()):
        if word in STAFF_UNITS and not re.search(r"løn|udgift", measure, re.IGNORECASE):
            return STAFF_UNITS[word], 1
    count = _COUNT.match(measure)
    if count:
        return count[1].lower(), 1
    return table.unit, table.scale


def _dated(columns: tuple[Column, ...]) -> set[int]:
    dated = {i for i, c in enumerate(columns) if i and (c.year or c.period)}
    return dated | {i for i, c in enumerate(columns) if i and c.total} if dated else set()


def _span(columns: tuple[Column, ...]) -> str | None:
    years = [c.year for c in columns if c.year]
    return f"{min(years)}-{max(years)}" if years else None


def _year_rows(table: Table) -> bool:
    return sum(_is_year(row.label) for row in table.rows) >= 2


def _is_year(label: str) -> bool:
    return len(label) <= 16 and len(find_years(label)) == 1


def _is_total(label: str) -> bool:
    return bool(re.match(r"^(?:i alt|ialt|total|sum)\b", label, re.IGNORECASE))


def _row_span(table: Table) -> str | None:
    years = [find_years(row.label)[0].first for row in table.rows if _is_year(row.label)]
    return f"{min(years)}-{max(years)}" if years else None


def _number_columns(table: Table) -> set[int]:
    """Return the columns, but the first, in which most printed cells are numbers."""
    found = set()
    for c, column in enumerate(table.columns):
        printed = [
            row.cells[c].text for row in table.rows if row.cells and row.cells[c].state == "value"
        ]
        numbers = sum(parse_number(t) is not None or parse_range(t) is not None for t in printed)
        if c and numbers and numbers * 2 > len(printed) and not _ACCOUNT.search(column.head):
            found.add(c)
    return found


def _only_year(caption: str | None) -> int | None:
    years = [m for m in find_years(caption or "") if not m.period]
    return years[0].first if len(years) == 1 else None


def _with_id(figure: Figure, figure_id: str) -> Figure:
    return replace(figure, id=figure_id)
