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
    A cell over all columns above the heads is the table's title, and stands as a paragraph;
    where the heads are said again further down, the last one is over the first rows alone.
    """
    grid, repeats = _narrowed(*expand(rows))
    grid = [[clean(cell) for cell in row] for row in grid]
    titles = sum(1 for _ in takewhile(lambda y: _whole(y, grid[y], repeats), range(len(grid))))
    heads = max(0, heads - titles) if heads else None
    heads = heads or count_heads(grid[titles:])
    if heads:
        said = [grid[y][0] for y in range(titles)]
        grid, repeats = grid[titles:], {(y - titles, x) for y, x in repeats if y >= titles}
        again = any(row in grid[:heads] for row in grid[heads:])
        for title in said[:-1] if again else said:
            page.add("paragraph", title)
        if again and said:
            page.row([said[-1], *[""] * (len(grid[0]) - 1)], table)
    named = list(zip_longest(*grid[:heads], fillvalue=""))
    loose = set()
    for y, row in enumerate(grid[heads:], start=heads):
        if row in grid[:heads]:
            continue
        for x in (x for x in range(1, len(row)) if (y, x) in repeats and named[x:]):
            first = next(at for at in range(x, -1, -1) if (y, at) not in repeats)
            if _is_value(row[first]) and named[first] != named[x]:
                loose.add(y)
        grid[y] = ["" if (y, x) in repeats else cell for x, cell in enumerate(row)]
    add_grid(page, table, grid, heads, loose)


def _whole(y: int, row: Sequence[str], repeats: Collection[tuple[int, int]]) -> bool:
    """Tell whether a row is one cell of words over all columns."""
    words = row[0] and not _is_value(row[0]) and len(set(row)) == 1
    return len(row) > 1 and bool(words) and all((y, x) in repeats for x in range(1, len(row)))


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
            page.row(row, table, head=index < first or row in grid[:first])


def count_heads(grid: Sequence[Sequence[str]]) -> int:
    """Count the rows at the top that name the columns.

    A row with two or more years names them, and so do the rows above it and one of
    words right under it ("Oprindeligt", "Korrigeret"); or the first rows, where they have
    words over all columns that hold values further down.
    """
    if len(grid) < 2:
        return 0
    for index, row in enumerate(grid[:3]):
        if sum(bool(_YEAR.search(cell)) for cell in row) >= 2 and not _has_values(row):
            return index + 1 + _names_too(grid, index + 1)
    if len(grid[0]) < 2 or _has_values(grid[0]):
        return 0
    values = next((y for y, row in enumerate(grid) if _has_values(row)), None)
    return _over_words(grid) if values is None else _over_values(grid, values)


def _over_values(grid: Sequence[Sequence[str]], first: int) -> int:
    """Count the rows of words above the `first` row with values that name all their columns.

    Below the top one they have no label, or its own: a cell over both rows.
    """
    count = 1
    while count < first and _goes_on(grid[count], grid[count - 1]):
        count += 1
    under = {x for row in grid[first:] for x, cell in enumerate(row) if x and _is_number(cell)}
    named = {x for row in grid[:count] for x, cell in enumerate(row) if cell}
    return count if under <= named else 0


def _goes_on(row: Sequence[str], above: Sequence[str]) -> bool:
    names = [cell for cell in row[1:] if cell]
    short = all(len(cell.split()) < 10 for cell in names)
    counts = any(cell[0].isdigit() and not _YEAR.match(cell) for cell in names)
    return row[0] in ("", above[0]) and len(set(names)) > 1 and short and not counts


def _over_words(grid: Sequence[Sequence[str]]) -> int:
    """Count the heads of a table of words: one, if it names many columns or is short over
    longer texts."""
    first = grid[0]
    if not all(first[1:]):
        return 0
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


def _is_number(text: str) -> bool:
    return parse_number(text) is not None and not _YEAR.fullmatch(text)


def _is_value(text: str) -> bool:
    return cell_state(text) == "dash" or parse_number(text) is not None
