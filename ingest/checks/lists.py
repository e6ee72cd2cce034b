"""Lists whose parts do not add up to the amount above them: "5-30 mio." over parts of 11-30."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from ingest.checks.reading import Reading, Statement, finding, printed
from rag.text.numbers import format_number
from rag.text.units import unit_name
from rag.types import Figure, Finding, Severity, Text

Ends = tuple[Decimal, Decimal]
_FEWEST_PARTS = 2
_IN_BRACKETS = re.compile(r"^[^()]*\)\W*$")
_SHARED_OUT = re.compile(
    r"\b(?:fordel\w*|opdel\w*|heraf|således|består af|dækker|i alt|samlet|samlede|tilsammen)\b",
    re.IGNORECASE,
)


def lists(reading: Reading) -> Iterator[Finding]:
    """Find headings with an amount over list items with one each that add up to another."""
    told: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in reading.prose:
        if figure.unit == "kr.":
            told[figure.context.page, figure.context.start].append(figure)

    def amounts(statement: Statement) -> list[Figure]:
        return told[statement.place.page, statement.place.start]

    before: int | None = None
    for index, statement in enumerate(reading.statements):
        heads = amounts(statement)
        opens_item, before = statement.item != before, statement.item
        if len(heads) != 1 or (statement.item and opens_item):
            continue
        if _heads_list(heads[0], reading):
            parts = _parts(reading.statements[index + 1 :], statement.item, amounts)
            if len(parts) >= _FEWEST_PARTS and all(len(own) == 1 for own in parts):
                yield from _compare(heads[0], [own[0] for own in parts])


def _parts(
    later: Sequence[Statement], item: int | None, amounts: Callable[[Statement], list[Figure]]
) -> list[list[Figure]]:
    """Return the amounts of the list items that follow, an item each.

    The text of a table cell runs on: what has its amount after an item's own
    heads the next list.
    """
    items: dict[int, list[Figure]] = {}
    for statement in later:
        if statement.item is None or statement.item == item:
            break
        own = amounts(statement)
        if own and items.get(statement.item):
            break
        items.setdefault(statement.item, []).extend(own)
    return list(items.values())


def _heads_list(figure: Figure, reading: Reading) -> bool:
    """Tell whether an amount is what the list below it is shared out from."""
    before, after = reading.around(figure)
    if before.rstrip().endswith("(") and _IN_BRACKETS.match(after):
        return True
    return after.rstrip().endswith(":") and bool(_SHARED_OUT.search(before + after))


def _compare(head: Figure, parts: list[Figure]) -> Iterator[Finding]:
    if len({p.year for p in parts} | {head.year}) > 1 and any(p.year for p in parts):
        return
    ends = [_ends(f) for f in (head, *parts)]
    whole, own = ends[0], ends[1:]
    sums = sum((low for low, _ in own), Decimal(0)), sum((high for _, high in own), Decimal(0))
    # Parts that are alternatives span what their heading says.
    if sums == whole or (min(own)[0], max(h for _, h in own)) == whole:
        return
    fits = head.low is None or whole[0] == sums[0] or whole[1] == sums[1]
    severity: Severity = "hard" if fits else "soft"
    shown = _range(sums, head)
    yield finding(
        "identity",
        severity,
        Text(
            f"Listens dele giver {shown}, men der står {printed(head)} over dem.",
            f"The parts of the list add up to {shown}, but {printed(head)} stands above them.",
        ),
        [head.context, *(p.context for p in parts)],
        [head, *parts],
    )


def _ends(figure: Figure) -> Ends:
    low, high = figure.low, figure.high
    if low is None or high is None:
        low = high = figure.value or Decimal(0)
    return abs(low) * figure.scale, abs(high) * figure.scale


def _range(ends: Ends, like: Figure) -> str:
    low, high = (format_number(e / like.scale) for e in ends)
    unit = unit_name("kr.", like.scale)
    return f"{low} {unit}" if low == high else f"{low}-{high} {unit}"
