"""Findings of arithmetic: years against "I alt", rows against the sum row under them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from ingest.checks.reading import finding, rounding, rows_of
from ingest.checks.subrows import is_of_which, is_subrow, subrows
from rag.text.numbers import format_number
from rag.text.sum_rows import is_sum_row
from rag.types import Figure, Finding, Severity, Table, Text
from rag.vocabulary import concepts

Rows = list[list[Figure]]
_FEWEST = 2  # of what is added up
# Sums of some of the rows, or of none.
_PARTLY = re.compile(r"\b(?:uden|eks?kl|inkl|fratrukket|difference|forskel|afvigelse)", re.I)


def identities(table: Table, cells: list[Figure]) -> Iterator[Finding]:
    """Yield what a table's figures fail to add up to, and what its net row leaves out."""
    money = [f for f in cells if f.unit == "kr."]
    rows = rows_of(money)
    dated_rows = False
    if any(c.year or c.period for c in table.columns):
        totals = {i for i, column in enumerate(table.columns) if column.total}
        yield from _totals(rows, lambda f: f.column in totals)
    else:
        dated_rows = len({(f.year, f.period) for f in money}) > 1
        columns: dict[int | None, list[Figure]] = defaultdict(list)
        for figure in money:
            columns[figure.column].append(figure)
        yield from _totals(columns.values(), lambda f: f.year is None and f.period is not None)
    yield from subrows(rows)
    if not dated_rows:  # else the total row is the sum of each column's years, told above
        yield from _sums(rows, _sum_rows(table, rows), _unread(table, cells))
    yield from _left_out(rows)


def _totals(
    series: Iterable[list[Figure]], is_total: Callable[[Figure], bool]
) -> Iterator[Finding]:
    """Find series of years that do not add up to their "I alt".

    Columns of no year of their own ("Forbrug til 28/2") may be part of the sum.
    """
    for row in series:
        total = next((f for f in row if is_total(f)), None)
        own = [f for f in row if f.value is not None and not is_total(f)]
        years = [f for f in own if f.year is not None]
        if total is None or total.value is None or len(years) < _FEWEST:
            continue
        result, all_in = _added(years), _added(own)
        if total.value not in (result, all_in):
            off = min(abs(result - total.value), abs(all_in - total.value))
            yield finding(
                "identity",
                "hard" if off > rounding(years, total) else "soft",
                Text(
                    f"Årene i »{total.measure}« giver {format_number(result)}, "
                    f"men »I alt« siger {total.text}.",
                    f"The years of »{total.measure}« add up to {format_number(result)}, "
                    f"but the total says {total.text}.",
                ),
                [total.context],
                [*years, total],
            )


def _added(figures: Iterable[Figure]) -> Decimal:
    return sum((f.value for f in figures if f.value is not None), Decimal(0))


def _unread(table: Table, cells: list[Figure]) -> set[tuple[int, int, int]]:
    """Return where a cell has words that are no figure ("750 (1.700)"): page, row, column."""
    known = {f.id for f in cells}
    return {
        (row.place.page, row.place.start, c)
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row.cells or ())
        if any(map(str.isdigit, cell.text)) and table.cell_id(r, c) not in known
    }


def _sum_rows(table: Table, rows: Rows) -> set[str]:
    """Return the first figures' ids of the rows that sum up others, by the rows' own labels.

    A figure's measure has its column's head too: "Renovering (Bevilling i alt)".
    """
    labels = {(row.place.page, row.place.start): row.label for row in table.rows}
    firsts = [row[0] for row in rows]
    return {f.id for f in firsts if is_sum_row(labels[f.context.page, f.context.start])}


def _sums(rows: Rows, sums: set[str], unread: set[tuple[int, int, int]]) -> Iterator[Finding]:
    """Find net and total rows, `sums`, that no reading of the rows above adds up to."""
    above: Rows = []
    for row in rows:
        first = row[0]
        if first.concept == "current_budget" or is_of_which(first.label):
            continue
        if above and is_subrow(row, above[-1]):
            continue
        # A row that only begins as a sum does ("Samlet indsats") sums up nothing.
        if first.id in sums and above:
            yield from _sum(_readings(above, sums), row, unread)
        elif _adds_up(above, sums, row):  # a subtotal that does not say so
            sums = {*sums, first.id}
        above.append(row)


def _adds_up(above: Rows, sums: set[str], row: list[Figure]) -> bool:
    """Tell whether a row is the sum of the rows since the last sum, in several columns."""
    since = _since(above, sums)
    columns = [f for f in row if f.value]
    return (
        len(since) >= _FEWEST
        and len(columns) >= _FEWEST
        and all(len(_told(since, c)) >= _FEWEST and _result(since, c) == c.value for c in columns)
    )


def _since(above: Rows, sums: set[str]) -> Rows:
    """Return the rows since the last sum row."""
    last = max((i for i, row in enumerate(above) if row[0].id in sums), default=-1)
    return above[last + 1 :]


def _readings(above: Rows, sum_rows: set[str]) -> list[Rows]:
    """Return the rows that a sum row may sum up, the likeliest first.

    They are the rows since the last sum row; those with the subtotals before;
    with the last one alone (a running total); all rows that are no sums; and the
    last rows since the last sum row, where the first stand outside the sum.
    """
    sums = [i for i, row in enumerate(above) if row[0].id in sum_rows]
    since = _since(above, sum_rows)
    subtotals = [above[i] for i in sums]
    plain = [row for i, row in enumerate(above) if i not in sums]
    found = [since, [*subtotals, *since], [*subtotals[-1:], *since], plain, list(above)]
    found += [since[start:] for start in range(1, len(since) - 1)]
    return [reading for n, reading in enumerate(found) if reading and reading not in found[:n]]


def _sum(
    readings: list[Rows], net: list[Figure], unread: set[tuple[int, int, int]]
) -> Iterator[Finding]:
    columns = [c for c in net if c.value is not None]
    fits = [[c for c in columns if _result(reading, c) == c.value] for reading in readings]
    odd = [
        c for c in columns if not any(c in fitting for fitting in fits) and _told(readings[0], c)
    ]
    best = max(range(len(readings)), key=lambda i: (len(fits[i]), -i))
    # Where few columns fit any reading, the row may well be no sum of these rows.
    borne = len(columns) == 1 or len([c for c in fits[best] if c.value]) * 2 >= len(columns)
    for column in odd:
        operands = _told(readings[best], column)
        total = _result(readings[best], column)
        off = abs(total - (column.value or 0))
        whole = not any(
            (row[0].context.page, row[0].context.start, column.column) in unread
            for row in readings[best]
        )
        if not whole or len(operands) < _FEWEST:
            continue
        sure = borne and not _PARTLY.search(column.measure)
        severity: Severity = "hard" if sure and off > rounding(operands, column) else "soft"
        result, when = format_number(total), column.year or column.period or ""
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
    return [f for row in reading for f in row if f.column == column.column and f.value is not None]


def _result(reading: Rows, column: Figure) -> Decimal:
    return sum((f.value for f in _told(reading, column) if f.value is not None), Decimal(0))


def _left_out(rows: Rows) -> Iterator[Finding]:
    """Find capital rows that stand under a net row, outside what it sums up."""
    nets = [i for i, row in enumerate(rows) if row[0].concept == "net"]
    if len(nets) != 1:
        return
    net = rows[nets[0]]
    outside = [r for r in rows[nets[0] + 1 :] if _is_capital(r) and any(f.value for f in r)]
    covered = [r for r in rows[: nets[0]] if r[0].concept != "current_budget"]
    covered = [r for r in covered if any(f.value for f in r)]
    if outside and covered:
        inside, left = (", ".join(f"»{r[0].measure}«" for r in rs) for rs in (covered, outside))
        yield finding(
            "identity",
            "soft",
            Text(
                f"»{net[0].measure}« dækker {inside}; {left} er ikke regnet med.",
                f"»{net[0].measure}« covers {inside}; {left} is left out.",
            ),
            [net[0].context, *(r[0].context for r in outside)],
            [*(f for f in net if f.value is not None), *(f for r in outside for f in r if f.value)],
        )


def _is_capital(row: list[Figure]) -> bool:
    known = concepts().get(row[0].concept or "")
    return known is not None and "capital" in known.wider and not is_sum_row(row[0].label)
