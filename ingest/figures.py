"""From tables to figures: one for each cell, blank cells and dashes included."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.tables import PlaceAt
from rag import compounds
from rag.dates import find_years
from rag.lemmas import lemma
from rag.numerals import parse_number, parse_range
from rag.types import Cell, Column, Figure, Row, Table
from rag.units import STAFF_UNITS, unit_in
from rag.vocabulary import row_concept

_PERCENT = re.compile(r"%|\bpct\b|procent", re.IGNORECASE)
_COUNT = re.compile(r"\b(?:ændring i )?antal\s+(\w[\w-]*)", re.IGNORECASE)
_ACCOUNT = re.compile(r"bevilling|funktion|konto|nr\b|nummer|id\b|^note\b|^side\b", re.IGNORECASE)
# "Elever", "Pladser i vuggestue": what a row or column without a unit counts.
_COUNTED = re.compile(
    r"^([A-ZÆØÅa-zæøå-]{3,}[re]|[A-ZÆØÅa-zæøå]*børn)"
    r"(?:\s+(?:i|på|til|med|fra|under|over|ved|hos)\b.*)?$",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\((m²|m2|m³|km|ha|kWh|MWh|ton|tons|timer|minutter|dage|uger)\)", re.IGNORECASE
)
_NO_COUNT = frozenset(
    str.split(
        "udgift indtægt beløb pris budget regnskab løn besparelse investering ændring afvigelse "
        "effektivisering omstilling reduktion forskel forbrug ramme takst tilskud sum middel år "
        "måned kvartal note bemærkning andel række kilde driftsudgift anlægsudgift"
    )
)
_UNNAMED = re.compile(r"^\W*$")
# Words that name a column of a budget and no more than its year does.
_BUDGET_YEAR = re.compile(
    r"^(?:b|bo|bf|ao|budget|budgetår|budgetoverslag|budgetforslag|overslagsår|overslag|år)?$", re.I
)


@dataclass(frozen=True)
class _Reading:
    """How a cell is to be read: whose measure, which year or period, under which head.

    `head` is empty where the column's head says no more than the year.
    """

    label: str
    head: str
    year: int | None
    period: str | None

    @property
    def measure(self) -> str:
        """What the figure is of, as printed: "Elever (Mål 2027)"."""
        if self.label and self.head:
            return f"{self.label} ({self.head})"
        return self.label or self.head


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
    if _dated(table.columns):
        return _by_column(table)
    return _by_row(table) if _year_rows(table) else _by_head(table)


def _by_column(table: Table) -> Callable[[Row, int], _Reading | None]:
    dated, others = _dated(table.columns), _number_columns(table)
    years = Counter(table.columns[i].year for i in dated if table.columns[i].year)
    said = {i: _beside_year(table.columns[i].head) for i in dated if not table.columns[i].total}
    plain = all(_BUDGET_YEAR.match(words) for words in said.values())

    def read(row: Row, c: int) -> _Reading | None:
        column = table.columns[c]
        if c not in dated:
            if c not in others or not column.head or _UNNAMED.match(column.head):
                return None
            return _Reading(row.label, column.head, None, None)
        twice = column.year is not None and years[column.year] > 1
        keeps = twice or (not plain and said.get(c))
        period = _span(table.columns) if column.total else column.period
        return _Reading(row.label, column.head if keeps else "", column.year, period)

    return read


def _beside_year(head: str) -> str:
    """Return what a column's head says besides its year, unit and price level."""
    words = re.sub(r"\(.*?\)|(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?", " ", head)
    words = re.sub(
        r"(?:1\.000|mio\.?|mia\.?|t\.)?\s*kr\b\.?|\b(?:p/l|pl|priser)\b|[\W\d]", " ", words
    )
    return " ".join(words.split())


def _by_row(table: Table) -> Callable[[Row, int], _Reading | None]:
    def read(row: Row, c: int) -> _Reading | None:
        head = table.columns[c].head
        years = find_years(row.label)
        if c == 0 or not head or not (years or _is_total(row.label)):
            return None
        if not years:
            return _Reading("", head, None, _row_span(table))
        year = years[0].first if not years[0].period else None
        return _Reading("", head, year, years[0].period)

    return read


def _by_head(table: Table) -> Callable[[Row, int], _Reading | None]:
    numbers = _number_columns(table)
    year = _only_year(table.caption)

    def read(row: Row, c: int) -> _Reading | None:
        if c not in numbers:
            return None
        head = table.columns[c].head
        if not head and _ACCOUNT.search(row.label):  # "Sagsnummer 2026 - 4711"
            return None
        only_unit = not head or (len(numbers) == 1 and unit_in(head)[0])
        return _Reading(row.label, "" if only_unit else head, year, None)

    return read


def _figure(
    document: str, table: Table, row: Row, cell: Cell, reading: _Reading, place_at: PlaceAt
) -> Figure | None:
    value = parse_number(cell.text) if cell.state == "value" else None
    ends = parse_range(cell.text) if cell.state == "value" and value is None else None
    if cell.state == "value" and value is None and ends is None:
        return None
    unit, scale = _unit(table, reading, row, cell)
    undated = reading.head and reading.year is None and reading.period is None
    context = row.place
    return Figure(
        id="",
        document=document,
        measure=reading.measure,
        # A deviation or a share of a net row is not the net itself.
        concept=None if undated and reading.label else row_concept(reading.measure),
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


def _unit(table: Table, reading: _Reading, row: Row, cell: Cell) -> tuple[str | None, int]:
    """Return the unit of a cell: its own, its column's or its row's, else the table's."""
    measure = reading.measure
    if any(_PERCENT.search(text) for text in (cell.text, measure)):
        return "pct.", 1
    own = unit_in(measure)
    if own[0]:
        return own
    for word in re.findall(r"\w+", f"{measure} {row.group or ''}".lower()):
        if word in STAFF_UNITS and not re.search(r"løn|udgift", measure, re.IGNORECASE):
            return STAFF_UNITS[word], 1
    count = _COUNT.search(reading.head) or _COUNT.search(reading.label)
    if count:
        return count[1].lower(), 1
    if table.unit is None:
        return _counted(reading) or _counted_in(table.caption), 1
    return table.unit, table.scale


def _counted(reading: _Reading) -> str | None:
    """Return what a figure without a unit counts, by its column's head or its row's label."""
    measured = _MEASURED.search(reading.head) or _MEASURED.search(reading.label)
    if measured:
        return measured[1]
    for text in (reading.head, reading.label):
        noun = _COUNTED.match(text)
        if noun:
            base = lemma(noun[1].lower()) or ""
            last = lemma(compounds.head(noun[1].lower())) or base
            # Plural nouns alone: a name or a heading counts nothing.
            if base != noun[1].lower() and base and not {base, last} & _NO_COUNT:
                return noun[1].lower()
    return None


def _counted_in(caption: str | None) -> str | None:
    count = _COUNT.search(caption or "")
    return count[1].lower() if count else None


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
