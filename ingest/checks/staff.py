"""Staff told in the prose as more than the table's row of staff holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.checks.reading import Reading, finding, printed, rows_of
from ingest.checks.retold import is_dated
from rag.types import Figure, Finding, Text


def more_staff(reading: Reading, prose: Sequence[Figure]) -> Iterator[Finding]:
    """Find a year's staff told as more than the document's one row of staff has of the same kind.

    A sentence may tell a part of a row and never more than all of it; soft, because
    posts added elsewhere may be taken off in the row.
    """
    rows = [row for row in rows_of(reading.cells) if row[0].concept == "fte"]
    if len({row[0].measure for row in rows}) != 1:
        return
    by_year = {f.year: f for row in rows for f in row if f.amount}
    for told in prose:
        cell = by_year.get(told.year) if told.concept == "fte" and told.year else None
        if cell is None or cell.amount is None or told.amount is None or told.approximate:
            continue
        alike = told.effect == cell.effect != "unknown"
        if alike and abs(told.amount) > abs(cell.amount) and is_dated(reading, told):
            yield _finding(told, cell)


def _finding(told: Figure, cell: Figure) -> Finding:
    text = Text(
        f"Teksten siger {printed(told)} i {cell.year}, men tabellens række »{cell.measure}« "
        f"har kun {printed(cell)}.",
        f"The prose says {printed(told)} in {cell.year}, but the table's row »{cell.measure}« "
        f"has only {printed(cell)}.",
    )
    places = [told.context, cell.context]
    return finding("table_against_prose", "soft", text, places, [told, cell])
