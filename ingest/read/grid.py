"""Writes a table whose cells are known (tabs, HTML, DOCX, Markdown) as row blocks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import takewhile, zip_longest
from typing import NamedTuple

from ingest.read.build import PageBuilder, clean
from rag.text.numbers import cell_state, parse_number

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WIDEST = 100  # columns a cell may cover: a damaged file may say a billion


class Spanning(NamedTuple):
    """A cell that covers `columns` by `rows` cells of the grid."""

    text: str
    columns: int = 1
    rows: int = 1


def expand(rows: Sequence[Sequence[Spanning]]) -> tuple[list[list[str]], set[tuple[int, int]]]:
    """Lay out spanning cells on a grid; also return which cells (row, column) repeat one left.

    A cell's words are repeated in all that it covers, a value is not: it would
    count twice.
    """
    grid: list[list[str]] = []
    repeats: set[tuple[int, int]] = set()
    below: dict[int, tuple[str, int, bool]] = {}
    for y, row in enumerate(rows):
        cells: list[str] = []
        queue = list(row)
        while queue or len(cells) in below:
            x = len(cells)
            if x in below:
                text, left, repeat = below.pop(x)
                if left > 1:
                    below[x] = (text, left - 1, repeat)
                cells.append(text)
                if repeat:
                    repeats.add((y, x))
                continue
            cell = queue.pop(0)
            year = _YEAR.fullmatch(cell.text.strip())
            words = cell.text if year or not _is_value(cell.text) else ""
            for step in range(max(1, min(cell.columns, _WIDEST))):
                if cell.rows > 1:
                    below[x + step] = (words, cell.rows - 1, step > 0)
                cells.append(cell.text if not step or _YEAR.search(cell.text) else words)
                if step:
                    repeats.add((y, x + step))
        grid.append(cells)
    return grid, repeats


def add_spanning(
    page: PageBuilder, table: int, rows: Sequence[Sequence[Spanning]], heads: int | None = None
) -> None:
    """Add rows of spanning cells: heads are repeated over the columns they cover, others not.

    A value over columns of several heads belongs to none of them: its row is not aligned.
    """
    grid, repeats = _narrowed(*expand(rows))
    if heads is None:
        heads = count_heads([[clean(cell) for cell in row] for row in grid])
    named = [tuple(map(clean, column)) for column in zip_longest(*grid[:heads], fillvalue="")]
    loose = set()
    for y, row in enumerate(grid[heads:], start=heads):
        for x in (x for x in range(1, len(row)) if (y, x) in repeats and named[x:]):
            first = next(at for at in range(x, -1, -1) if (y, at) not in repeats)
            if _is_value(row[first]) and named[first] != named[x]:
                loose.add(y)
        grid[y] = ["" if (y, x) in repeats else cell for x, cell in enumerate(row)]
    add_grid(page, table, grid, heads, loose)


def _narrowed(
    grid: list[list[str]], repeats: set[tuple[int, int]]
) -> tuple[list[list[str]], set[tuple[int, int]]]:
    """Leave out the columns of a grid in which no row has a cell of its own."""
    width = max(map(len, grid), default=0)
    own = [
        x
        for x in range(width)
        if any(x < len(row) and (y, x) not in repeats for y, row in enumerate(grid))
    ]
    narrow = [[row[x] for x in own if x < len(row)] for row in grid]
    return narrow, {(y, own.index(x)) for y, x in repeats if x in own}


def add_grid(
    page: PageBuilder,
    table: int,
    rows: Sequence[Sequence[str]],
    heads: int | None = None,
    loose: Collection[int] = (),
) -> None:
    """Add `rows` to `page` as table number `table`, all padded to one width.

    Of the rows `loose` it cannot be told which columns their values stand in.

    `heads` is the number of head rows where the format says it, else None: then
    the rows that name columns (years, or labels over values) are found.
    """
    grid = [[clean(cell) for cell in row] for row in rows]
    width = max((len(row) for row in grid), default=0)
    grid = [row + [""] * (width - len(row)) for row in grid]
    first = count_heads(grid) if heads is None else heads
    for index, row in enumerate(grid):
        if index in loose:
            words = list(takewhile(lambda cell: not _is_value(cell), row))
            values = filter(None, row[len(words) :])
            page.row([" ".join(filter(None, words)), *values], table, aligned=False)
        else:
            page.row(row, table, head=index < first)


def count_heads(grid: Sequence[Sequence[str]]) -> int:
    """Count the rows at the top that name the columns.

    A row with two or more years names them, and so do the rows above it and one of
    words right under it ("Oprindeligt", "Korrigeret"); or the first row, where it has
    words over columns that hold values further down.
    """
    if len(grid) < 2:
        return 0
    for index, row in enumerate(grid[:3]):
        if sum(bool(_YEAR.search(cell)) for cell in row) >= 2 and not _has_values(row):
            return index + 1 + _names_too(grid, index + 1)
    first = grid[0]
    if len(first) < 2 or not all(first[1:]) or _has_values(first):
        return 0
    if any(_has_values(row) for row in grid[1:]):
        return 1
    # Without values a head shows by naming many columns, or by being short over longer texts.
    longest = max(len(cell) for row in grid[1:] for cell in row)
    return int(len(first) > 2 or longest > 3 * max(len(cell) for cell in first))


def _names_too(grid: Sequence[Sequence[str]], at: int) -> bool:
    """Tell whether a row has words over most of the columns that hold values right below."""
    if at + 1 >= len(grid) or _has_values(grid[at]):
        return False
    first, *others = grid[at]  # a group's title that runs over the columns is no head
    words = [x for x, t in enumerate(others, 1) if t and t != first and len(t.split()) < 6]
    below = [x for x, cell in enumerate(grid[at + 1]) if x and _is_value(cell)]
    return len(words) > 1 and len(set(words) & set(below)) * 2 > len(below) > 0


def _has_values(row: Sequence[str]) -> bool:
    return any(_is_value(cell) and not _YEAR.fullmatch(cell) for cell in row[1:])


def _is_value(text: str) -> bool:
    return cell_state(text) == "dash" or parse_number(text) is not None
