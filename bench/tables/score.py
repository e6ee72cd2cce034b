"""Holds what a reader made of a table to the cells that it has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from bench.tables.truth import Cell


@dataclass(frozen=True)
class Read:
    """A figure as read: the words of its row's path and its column's head, value and unit."""

    row: frozenset[str]
    head: frozenset[str]
    value: Decimal
    unit: str | None = None
    scale: int = 1


@dataclass
class Score:
    """Counts of cells: `truth` there are, `read` were made, the rest are those that are right.

    `value` is the number without its sign; `placed` has row, head, value and sign right;
    `whole` has its unit right too.
    """

    truth: int = 0
    read: int = 0
    row: int = 0
    head: int = 0
    value: int = 0
    sign: int = 0
    unit: int = 0
    placed: int = 0
    whole: int = 0

    def add(self, other: Score) -> None:
        """Add another table's counts."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


@dataclass(frozen=True)
class Miss:
    """A cell and the figure taken for it, of which `wrong` tells the parts that are not right."""

    cell: Cell | None
    figure: Read | None
    wrong: tuple[str, ...] = ()


def _right(cell: Cell, figure: Read) -> dict[str, bool]:
    row = cell.row <= figure.row <= cell.row | cell.may_row
    head = cell.head <= figure.head <= cell.head | cell.may_head
    same = (figure.unit, figure.scale) == (cell.unit, cell.scale)
    unit = same if cell.unit else figure.unit is None or not cell.told
    sign = figure.value == cell.value
    return {"row": row, "head": head, "value": True, "sign": sign, "unit": unit,
            "placed": row and head and sign, "whole": row and head and sign and unit}  # fmt: skip


def score(cells: Sequence[Cell], figures: Iterable[Read]) -> tuple[Score, list[Miss]]:
    """Match each cell with the figure of its value that is right in most; return the counts,
    and what is not wholly right: cells wrong or missed, and figures that are no cell."""
    left = list(figures)
    total = Score(truth=len(cells), read=len(left))
    pairs = [
        (-sum(_right(cell, figure).values()), c, f)
        for c, cell in enumerate(cells)
        for f, figure in enumerate(left)
        if abs(figure.value) == abs(cell.value)
    ]
    taken: dict[int, int] = {}
    for _, c, f in sorted(pairs):
        if c not in taken and f not in taken.values():
            taken[c] = f
    misses = []
    for c, cell in enumerate(cells):
        figure = left[taken[c]] if c in taken else None
        right = _right(cell, figure) if figure else {}
        for name, is_right in right.items():
            setattr(total, name, getattr(total, name) + is_right)
        if not right.get("whole"):
            misses.append(Miss(cell, figure, tuple(n for n, ok in right.items() if not ok)))
    beside = [Miss(None, figure) for f, figure in enumerate(left) if f not in taken.values()]
    return total, misses + beside
