"""Findings of arithmetic: years against "I alt", rows against the sum row under them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ingest.checks.reading import finding, rows_of
from ingest.checks.subrows import is_of_which, is_subrow, subrows
from rag.text.numbers import format_number
from rag.text.rounding import step
from rag.text.sum_rows import is_sum_row
from rag.types import Figure, Finding, Severity, Table, Text
from rag.vocabulary import concepts

Rows = list[list[Figure]]
_ROUNDED = 1_000  # numbers below it, without decimals, are planned amounts


def identities(table: Table, cells: list[Figure]) -> Iterator[Finding]:
    """Yield what a table's figures fail to add up to, and what its net row leaves out."""
    money = [f for f in cells if f.unit == "kr."]
    rows = rows_of(money)
    dated_rows = False
    if any(c.year or c.period for c in table.columns):
        yield from _totals(rows)
    else:
        dated_rows = len({(f.year, f.period) for f in money}) > 1
        columns: dict[int | None, list[Figure]] = defaultdict(list)
        for figure in money:
            columns[figure.column].append(figure)
        yield from _totals(columns.values())
    yield from subrows(rows)
    if not dated_rows:  # else the total row is the sum of each column's years, told above
        yield from _sums(rows, _sum_rows(table, rows))
    yield from _left_out(rows)


def rounding(operands: Iterable[Figure], result: Figure) -> Decimal:
    """Return by how much a sum of printed numbers may be off, each rounded as it is printed.

    A number that ends in a zero more than others was not rounded there, nor
    were short ones without decimals, nor whole kroner.
    """
    figures = [f for f in (*operands, result) if f.value is not None]
    numbers = [f.value for f in figures if f.value is not None]
    finest = min(map(step, numbers))
    if finest == 1 and (result.scale == 1 or max(map(abs, numbers)) < _ROUNDED):
        return Decimal(0)
    return finest / 2 * sum(n % (finest * 10) != 0 for n in numbers)


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
                "hard" if abs(result - total.value) > rounding(years, total) else "soft",
                Text(
                    f"Årene i »{total.measure}« giver {format_number(result)}, "
                    f"men »I alt« siger {total.text}.",
                    f"The years of »{total.measure}« add up to {format_number(result)}, "
                    f"but the total says {total.text}.",
                ),
                [total.context],
                [*years, total],
            )


def _sum_rows(table: Table, rows: Rows) -> set[str]:
    """Return the first figures' ids of the rows that sum up others, by the rows' own labels.

    A figure's measure has its column's head too: "Renovering (Bevilling i alt)".
    """
    labels = {(row.place.page, row.place.start): row.label for row in table.rows}
    firsts = [row[0] for row in rows]
    return {f.id for f in firsts if is_sum_row(labels[f.context.page, f.context.start])}


def _sums(rows: Rows, sums: set[str]) -> Iterator[Finding]:
    """Find net and total rows, `sums`, that no reading of the rows above adds up to."""
    above: Rows = []
    for row in rows:
        first = row[0]
        if first.concept == "current_budget" or is_of_which(first.measure):
            continue
        if above and is_subrow(row, above[-1]):
            continue
        # A row that only begins as a sum does ("Samlet indsats") sums up nothing.
        if first.id in sums and above:
            yield from _sum(_readings(above, sums), row)
        above.append(row)


def _readings(above: Rows, sum_rows: set[str]) -> list[Rows]:
    """Return the rows that a sum row may sum up, the likeliest first.

    They are the rows since the last sum row; those with the subtotals before;
    with the last one alone (a running total); all rows that are no sums; and the
    last rows since the last sum row, where the first stand outside the sum.
    """
    sums = [i for i, row in enumerate(above) if row[0].id in sum_rows]
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
    for column in odd:
        operands = _told(readings[best], column)
        total = _result(readings[best], column)
        off = abs(total - (column.value or 0))
        # Where no column fits any reading, the row may well be no sum of these rows.
        sure = (len(columns) == 1 or fits[best]) and off > rounding(operands, column)
        severity: Severity = "hard" if sure else "soft"
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
    return known is not None and "capital" in known.wider and not is_sum_row(row[0].measure)
