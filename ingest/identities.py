"""Findings of arithmetic: years against "I alt", rows against the sum row under them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ingest.findings import finding, rows_of
from ingest.tables import is_sum_row
from rag.numerals import format_number
from rag.types import Figure, Finding, Severity, Table, Text

Rows = list[list[Figure]]
# "heraf vikarer" is part of the row above.
_PART = re.compile(r"^\W*(?:heraf|deraf|hvoraf|herunder|der ?under|indeholdt)\b", re.IGNORECASE)


def identities(table: Table, cells: list[Figure]) -> Iterator[Finding]:
    """Yield what a table's figures fail to add up to."""
    money = [f for f in cells if f.unit == "kr."]
    rows = rows_of(money)
    if any(c.year or c.period for c in table.columns):
        yield from _totals(rows)
    else:  # the years stand in the rows
        columns: dict[str, list[Figure]] = defaultdict(list)
        for figure in money:
            columns[_column(figure)].append(figure)
        yield from _totals(columns.values())
    yield from _sums(rows)


def _column(figure: Figure) -> str:
    return figure.id.rpartition("/")[2]


def _totals(series: Iterable[list[Figure]]) -> Iterator[Finding]:
    """Find series of years that do not add up to their "I alt"."""
    for row in series:
        total = next((f for f in row if f.year is None and f.period), None)
        years = [f for f in row if f.year is not None and f.value is not None]
        if total is None or total.value is None or not years:
            continue
        result = sum((f.value for f in years if f.value is not None), Decimal(0))
        if result != total.value:
            yield finding(
                "identity",
                "hard",
                Text(
                    f"Årene i »{total.measure}« giver {format_number(result)}, "
                    f"men »I alt« siger {total.text}.",
                    f"The years of »{total.measure}« add up to {format_number(result)}, "
                    f"but the total says {total.text}.",
                ),
                [total.context],
                [*years, total],
            )


def _sums(rows: Rows) -> Iterator[Finding]:
    """Find net and total rows that no reading of the rows above adds up to."""
    above: Rows = []
    for row in rows:
        first = row[0]
        if first.concept == "current_budget" or _PART.match(first.measure):
            continue
        # A row that only begins as a sum does ("Samlet indsats") sums up nothing.
        if is_sum_row(first.measure) and above:
            yield from _sum(_readings(above), row)
        above.append(row)


def _readings(above: Rows) -> list[Rows]:
    """Return the rows that a sum row may sum up, the likeliest first.

    They are the rows since the last sum row; those with the subtotals before;
    with the last one alone (a running total); all rows that are no sums; and the
    last rows since the last sum row, where the first stand outside the sum.
    """
    sums = [i for i, row in enumerate(above) if is_sum_row(row[0].measure)]
    since = above[sums[-1] + 1 :] if sums else list(above)
    subtotals = [above[i] for i in sums]
    plain = [row for i, row in enumerate(above) if i not in sums]
    found = [since, [*subtotals, *since], [*subtotals[-1:], *since], plain, list(above)]
    found += [since[start:] for start in range(1, len(since) - 1)]
    return [reading for n, reading in enumerate(found) if reading and reading not in found[:n]]


def _sum(readings: list[Rows], net: list[Figure]) -> Iterator[Finding]:
    columns = [c for c in net if c.value is not None]
    fits = [[c for c in columns if _result(reading, c) == c.value] for reading in readings]
    odd = [
        c for c in columns if not any(c in fitting for fitting in fits) and _told(readings[0], c)
    ]
    best = max(range(len(readings)), key=lambda i: (len(fits[i]), -i))
    # Where no column fits any reading, the row may well be no sum of these rows.
    severity: Severity = "hard" if len(columns) == 1 or fits[best] else "soft"
    for column in odd:
        operands = _told(readings[best], column)
        result = format_number(_result(readings[best], column))
        when = column.year or column.period or ""
        at = (f" i {when}", f" in {when}") if when else ("", "")
        yield finding(
            "identity",
            severity,
            Text(
                f"Rækkerne over »{column.measure}« giver {result}{at[0]}, "
                f"men rækken siger {column.text}.",
                f"The rows above »{column.measure}« add up to {result}{at[1]}, "
                f"but the row says {column.text}.",
            ),
            [column.context, *(f.context for f in operands)],
            [column, *operands],
        )


def _told(reading: Rows, column: Figure) -> list[Figure]:
    return [
        f for row in reading for f in row if _column(f) == _column(column) and f.value is not None
    ]


def _result(reading: Rows, column: Figure) -> Decimal:
    return sum((f.value for f in _told(reading, column) if f.value is not None), Decimal(0))
