"""Labels that mislead: one number for two tables, a year without a column, no unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.checks.reading import Reading, agree, finding, printed, rows_of
from rag.text.dates import FAR, period_years
from rag.text.units import same_unit
from rag.types import Figure, Finding, Place, Table, Text

_CURRENCY = re.compile(r"(?:kr\.?|kroner|dkk)$", re.IGNORECASE)
_SHORT = re.compile(r"\b(?:mio|mia)\b", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")


def labels(reading: Reading) -> Iterator[Finding]:
    """Find what a document's labels leave unclear."""
    yield from _one_number(reading)
    for table in reading.document.tables:
        yield from _gap(table)
        yield from _without_unit(table, reading)
    yield from _past_the_table(reading)
    yield from _short_amounts(reading)


def _one_number(reading: Reading) -> Iterator[Finding]:
    seen: dict[str, tuple[str, Place]] = {}
    for label, caption, place in reading.captions:
        first, there = seen.setdefault(label, (caption, place))
        if first != caption:
            yield _soft(
                f"To tabeller hedder {label}: »{first}« og »{caption}«.",
                f"Two tables are called {label}: »{first}« and »{caption}«.",
                [there, place],
            )


def _gap(table: Table) -> Iterator[Finding]:
    """Find a year that a table's row of years leaps over."""
    years = [c.year for c in table.columns if c.year]
    steps = [b - a for a, b in pairwise(years)]
    # "Mål 2027" beside "2025" is no year of the row.
    kinds = {_YEAR.sub("", c.head).strip() for c in table.columns if c.year}
    if not table.rows or len(kinds) > 1 or len(years) < 3 or set(steps) != {1, 2}:
        return
    missing = [a + 1 for a, b in pairwise(years) if b - a == 2]
    told = ", ".join(map(str, missing))
    yield _soft(
        f"Tabellen går fra {years[0]} til {years[-1]} uden en kolonne for {told}.",
        f"The table runs from {years[0]} to {years[-1]} without a column for {told}.",
        [table.rows[0].place],
    )


def _without_unit(table: Table, reading: Reading) -> Iterator[Finding]:
    """Find a table of years whose amounts are in no unit."""
    own = [f for f in reading.cells if f.table == table.id and f.year and f.value is not None]
    bare = [f for f in own if f.unit is None]
    if len(bare) > 1 and len(bare) * 2 > len(own):
        yield _soft(
            f"Tabellen siger ikke, hvad »{bare[0].measure}« er opgjort i.",
            f"The table does not say what »{bare[0].measure}« is measured in.",
            [bare[0].context],
            bare,
        )


def _past_the_table(reading: Reading) -> Iterator[Finding]:
    """Find an amount told for a period whose last years the table of its row has not."""
    for told in reading.prose:
        if told.unit != "kr." or not told.period or told.period.endswith("-"):
            continue
        span = period_years(told.period)
        for row in rows_of(f for f in reading.cells if same_unit(f.unit, told.unit) and f.year):
            years = {f.year for f in row}
            held = [f for f in row if f.year in span and agree(told, f)]
            beyond = [y for y in span if y > max(y for y in years if y) and y < FAR]
            if held and beyond and all(agree(told, f) for f in row if f.year in span):
                shown = ", ".join(map(str, beyond))
                yield _soft(
                    f"Teksten siger {printed(told)} i {told.period}; tabellen har ingen kolonne "
                    f"for {shown}.",
                    f"The prose says {printed(told)} in {told.period}; the table has no column "
                    f"for {shown}.",
                    [told.context, held[0].context],
                    [told, *held],
                )
                break


def _short_amounts(reading: Reading) -> Iterator[Finding]:
    """Find "10-15 mio." in a document that writes "mio. kr." elsewhere."""
    money = [f for f in reading.prose if _SHORT.search(reading.text_of(f.place))]
    short = [f for f in money if not _CURRENCY.search(reading.text_of(f.place))]
    if short and len(short) * 2 < len(money):
        shown = ", ".join(f"{f.text} mio." for f in short)
        yield _soft(
            f"Uden »kr.«: {shown}",
            f"Without »kr.«: {shown}",
            [f.context for f in short],
            short,
        )


def _soft(da: str, en: str, places: list[Place], figures: list[Figure] | None = None) -> Finding:
    return finding("label", "soft", Text(da, en), places, figures or [])
