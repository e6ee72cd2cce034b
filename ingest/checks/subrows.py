"""Rows that are parts of the row above: "heraf vikarer", "- Løn", "1.1 Løn" under "1 Drift"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.checks.reading import finding, rounding
from rag.text.numbers import format_number
from rag.types import Figure, Finding, Text

_PART = re.compile(r"^\W*(?:heraf|deraf|hvoraf|herunder|der ?under|indeholdt)\b", re.IGNORECASE)
_DASHED = re.compile(r"^\s*[-–•]\s*\w")
_NUMBERED = re.compile(r"^\s*(\d+(?:\.\d+)*)\.?\s+\D")

Row = list[Figure]


def is_of_which(label: str) -> bool:
    """Tell whether a row's label says that it is some of the row above ("heraf vikarer")."""
    return bool(_PART.match(label))


def is_subrow(row: Row, above: Row) -> bool:
    """Tell whether a row is one of the parts that the row `above`, with values, is made of."""
    label, over = row[0].label, above[0].label
    if not any(f.value is not None for f in above):
        return False
    number, outer = _NUMBERED.match(label), _NUMBERED.match(over)
    if number and outer:
        return number[1].startswith(f"{outer[1]}.")
    return bool(_DASHED.match(label)) and not _DASHED.match(over)


def subrows(rows: list[Row]) -> Iterator[Finding]:
    """Find parts that do not add up to their row, and parts "heraf" it that exceed it."""
    whole: Row | None = None
    parts: list[Row] = []
    of_which: list[Row] = []
    for row in [*rows, None]:
        if row is not None and whole is not None and is_of_which(row[0].label):
            of_which.append(row)
        elif row is not None and whole is not None and is_subrow(row, whole):
            parts.append(row)
        else:
            if whole is not None:
                yield from _compare(whole, parts, exhaustive=True)
                yield from _compare(whole, of_which, exhaustive=False)
            whole, parts, of_which = row, [], []


def _compare(whole: Row, parts: list[Row], *, exhaustive: bool) -> Iterator[Finding]:
    if not parts or (exhaustive and len(parts) < 2):
        return
    sums = [(f, _parts_of(f, parts)) for f in whole if f.value is not None]
    sums = [(f, own) for f, own in sums if own]
    fits = [f for f, own in sums if _sum(own) == f.value]
    for figure, own in sums:
        total, value = _sum(own), figure.value or Decimal(0)
        if exhaustive and (total == value or not fits):
            continue  # where no year fits, the rows may be no parts
        if not exhaustive and (abs(total) <= abs(value) or total * value < 0):
            continue
        exact = not exhaustive or abs(total - value) > rounding(own, figure)
        yield finding(
            "identity",
            "hard" if exact else "soft",
            Text(
                f"Underrækkerne til »{figure.measure}« giver {format_number(total)}"
                f"{f' i {figure.year}' if figure.year else ''}, men rækken siger {figure.text}.",
                f"The rows under »{figure.measure}« add up to {format_number(total)}"
                f"{f' in {figure.year}' if figure.year else ''}, but the row says {figure.text}.",
            ),
            [figure.context, *(f.context for f in own)],
            [figure, *own],
        )


def _parts_of(figure: Figure, parts: list[Row]) -> list[Figure]:
    return [f for row in parts for f in row if f.column == figure.column and f.value is not None]


def _sum(figures: list[Figure]) -> Decimal:
    return sum((f.value for f in figures if f.value is not None), Decimal(0))
