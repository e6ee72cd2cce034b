"""Makes findings, and writes the figures they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rag.numerals import unit_name
from rag.types import Figure, Finding, Place, Severity, Text


def finding(
    kind: str, severity: Severity, message: Text, places: Iterable[Place], figures: Iterable[Figure]
) -> Finding:
    """Return a finding, not yet numbered."""
    return Finding("", kind, severity, message, tuple(places), tuple(f.id for f in figures))


def printed(figure: Figure) -> str:
    """Write a figure as printed with its unit: "-1.000 (1.000 kr.)", "4 årsværk"."""
    if figure.unit == "kr.":
        name = unit_name(figure.unit, figure.scale)
        return f"{figure.text} ({name})" if figure.scale == 1_000 else f"{figure.text} {name}"
    return f"{figure.text} {figure.unit or ''}".strip()


def rows_of(cells: Iterable[Figure]) -> list[list[Figure]]:
    """Return a table's figures row by row, in order."""
    rows: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in cells:
        rows[figure.context.page, figure.context.start].append(figure)
    return list(rows.values())
