"""Places a row's values under the right columns where the text has lost the blanks.

Plain text drops blank cells: a row has fewer values than the table has columns.
Every way to place the values in order is tried, and those that the arithmetic
forbids are struck out: the years add up to "I alt"; the rows above a net or
total row add up to it; a row of the same name and values elsewhere in the
document stands placed. A row is placed only if one way remains.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from rag.text.numbers import cell_state, parse_number

_MOST_WAYS = 20_000  # joint readings of a block of rows tried before giving up


@dataclass(frozen=True)
class LooseRow:
    """A row of a table: `label`, and its printed values, `texts`, in order.

    `placed` gives each text's column where it is known, else None. `sums` marks
    a net or total row, which the rows above it (back to the last one) add up to.
    """

    label: str
    texts: tuple[str, ...]
    placed: tuple[int, ...] | None
    sums: bool = False


def place(
    rows: Sequence[LooseRow], years: int, total: int | None, twins: Iterable[LooseRow] = ()
) -> list[tuple[int, ...] | None]:
    """Return each row's columns for its texts, None where two readings remain.

    `years` counts the year columns, which come first; `total` is the index of
    the "I alt" column, if any. `twins` are placed rows of the document's other
    tables with the same columns.
    """
    width = years + (total is not None)
    ways = [_ways(row, width, total, list(twins)) for row in rows]
    for group in _groups(rows):
        any(_narrow(rows, ways, reading, width) for reading in _readings(rows, group))
    return [w[0] if len(w) == 1 else None for w in ways]


def _ways(
    row: LooseRow, width: int, total: int | None, twins: list[LooseRow]
) -> list[tuple[int, ...]]:
    if row.placed is not None:
        return [row.placed]
    if len(row.texts) > width:
        return []
    ways = list(combinations(range(width), len(row.texts)))
    if total is not None:
        ways = [w for w in ways if _adds_up_to_total(row.texts, w, total)]
    known = {t.placed for t in twins if _twin(row, t, ways)}
    if len(ways) > 1 and len(known) == 1:
        return [w for w in known if w is not None]
    return ways


def _twin(row: LooseRow, other: LooseRow, ways: list[tuple[int, ...]]) -> bool:
    # Where text columns were lost too, their words follow the label.
    same = _key(row.label).startswith(_key(other.label))
    return same and other.placed in ways and row.texts == other.texts


def _key(label: str) -> str:
    return "".join(ch for ch in label.lower() if ch.isalnum())


def _adds_up_to_total(texts: Sequence[str], way: tuple[int, ...], total: int) -> bool:
    values = dict(zip(way, map(_number, texts), strict=True))
    if total not in values or values[total] is None:
        return False
    return sum(v for c, v in values.items() if c != total and v is not None) == values[total]


def _number(text: str) -> Decimal | None:
    return parse_number(text) if cell_state(text) == "value" else None


def _groups(rows: Sequence[LooseRow]) -> list[list[int]]:
    """Return the runs of rows that end in a net or total row, that row last."""
    groups: list[list[int]] = []
    run: list[int] = []
    for index, row in enumerate(rows):
        if row.texts:
            run.append(index)
        if row.sums and row.texts:
            groups.append(run)
            run = []
    return groups


def _readings(rows: Sequence[LooseRow], group: list[int]) -> list[list[int]]:
    """Return the rows that a sum row may sum up, itself last, the likeliest first: those
    since the last sum row, those with the subtotals before, and all that are no sums."""
    net = group[-1]
    before = [i for i in range(net) if rows[i].texts]
    sums = [i for i in before if rows[i].sums]
    plain = [i for i in before if not rows[i].sums]
    found = [group, [*sums, *group], [*sums[-1:], *group], [*plain, net]]
    return [reading for n, reading in enumerate(found) if reading not in found[:n]]


def _narrow(
    rows: Sequence[LooseRow], ways: list[list[tuple[int, ...]]], group: list[int], width: int
) -> bool:
    """Strike out the ways of a group's rows that do not add up, column by column.

    Return whether the group adds up at all.
    """
    loose = [i for i in group if len(ways[i]) > 1]
    count = 1
    for i in group:
        count *= max(len(ways[i]), 1)
    if len(group) < 2 or count > _MOST_WAYS:
        return False
    if not loose:
        return True
    # The rows before the first part may stand outside the sum ("Nuværende budget"):
    # the longest run of rows just above the net row that adds up is the right one.
    for first in range(len(group) - 1):
        fitting = [
            choice
            for choice in product(*(ways[i] for i in group))
            if _adds_up(rows, group, choice, first, width)
        ]
        if fitting:
            for position, i in enumerate(group):
                if position >= first:
                    ways[i] = list(dict.fromkeys(choice[position] for choice in fitting))
            return True
    return False


def _adds_up(
    rows: Sequence[LooseRow],
    group: list[int],
    choice: tuple[tuple[int, ...], ...],
    first: int,
    width: int,
) -> bool:
    sums = [Decimal(0)] * width
    net: list[Decimal | None] = [None] * width
    for position, (i, way) in enumerate(zip(group, choice, strict=True)):
        for column, text in zip(way, rows[i].texts, strict=True):
            value = _number(text)
            if value is None:
                continue
            if position == len(group) - 1:
                net[column] = value
            elif position >= first:
                sums[column] += value
    return all((n or Decimal(0)) == s for n, s in zip(net, sums, strict=True))
