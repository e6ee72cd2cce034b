"""Rows and heads of a ruled table, from its cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from ingest.read.grid import count_heads
from ingest.read.pdf_columns import is_column_head, is_number, is_unit
from ingest.read.pdf_grid import Grid
from ingest.read.pdf_lines import Line, Token, to_lines
from ingest.read.pdf_rows import Part, group_rows
from ingest.read.pdf_table import Cell, Row, Table


def ruled_table(grid: Grid, goes_on: bool = False) -> Table:
    """Return a ruled table: a row a band, or several where no lines part the figures.

    `goes_on` says that its columns stand where those of the page before stood:
    then only years and bold words name columns.
    """
    rows = [
        row
        for cells, spans in zip(grid.cells, grid.spans, strict=True)
        for row in _band(cells, spans)
    ]
    rows = _with_heads([row for row in rows if any(row.cells)], _empty_columns(grid), goes_on)
    return Table(rows, grid.ys[0], grid.ys[-1], xs=grid.xs)


def _empty_columns(grid: Grid) -> set[int]:
    """Return the columns no cell begins in or that hold no word at all."""
    return {
        column
        for column in range(len(grid.xs) - 1)
        if all(band[column] == 0 for band in grid.spans)
    }


def _band(cells: Sequence[Sequence[Token]], spans: Sequence[int]) -> list[Row]:
    """Return the rows of one band: one, unless figures stand on several lines of it."""
    lines = [[line.tokens for line in to_lines(cell)] for cell in cells]
    if not _stacked(lines):
        return [Row(lines, spans=spans)]
    merged = to_lines(token for cell in cells for token in cell)
    owner = {token.order: column for column, cell in enumerate(cells) for token in cell}
    label = next(column for column, cell in enumerate(cells) if cell)
    parts = []
    for line in merged:
        words = [token for token in line.tokens if owner[token.order] == label]
        parts.append(
            Part(
                line.baseline,
                line.size,
                " ".join(token.text for token in words),
                len(words) < len(line.tokens),
                Line(words).bold if words else False,
            )
        )
    rows = []
    for group in group_rows(parts):
        own: list[Cell] = [[] for _ in cells]
        for index in group:
            for column in range(len(cells)):
                tokens = [t for t in merged[index].tokens if owner[t.order] == column]
                if tokens:
                    own[column].append(tokens)
        rows.append(Row(own))
    return rows


def _stacked(cells: Sequence[Cell]) -> bool:
    """Tell whether a band holds several rows of figures, one above the other."""
    baselines = []
    for cell in cells[1:]:
        if cell and all(is_number(" ".join(t.text for t in line)) for line in cell):
            baselines.append([line[0].baseline for line in cell])
        elif cell:
            return False
    if len(baselines) < 2 or max(map(len, baselines)) < 2:
        return False
    first, *others = sorted(baselines, key=len, reverse=True)
    return any(sum(abs(y - at) < 2 for at in first for y in other) >= 2 for other in others)


def _with_heads(rows: list[Row], empty: set[int], goes_on: bool) -> list[Row]:
    """Mark the rows that name the columns; heads on several rows become one."""
    if empty:
        for row in rows:
            row.cells = [cell for column, cell in enumerate(row.cells) if column not in empty]
            row.spans = _without(row.spans, empty)
    found = (None if goes_on else _worded(rows)) or _named(rows, goes_on)
    if found is None:
        return rows
    first, last = found
    levels = [row.cells for row in rows[first:last]]
    for upper, row in zip(levels[:-1], rows[first:last], strict=False):
        _spread(upper, row.spans, rows[last - 1].texts)
    columns = zip(*levels, strict=True)
    merged = Row([[line for cell in column for line in cell] for column in columns], head=True)
    below = rows[last:]
    if below and _units(below[0]):
        for cell, more in zip(merged.cells, below.pop(0).cells, strict=True):
            cell += more
    table = [*rows[:first], merged, *below]
    for row in rows[first:last]:
        mark_repeats(below, row.texts)
    return table


def _worded(rows: Sequence[Row]) -> tuple[int, int] | None:
    """Return which rows of words, under the titles over all columns, stand over the values."""
    titles = sum(1 for _ in takewhile(_whole, rows))
    count = count_heads([_laid(row) for row in rows[titles:]])
    return (titles, titles + count) if count else None


def _whole(row: Row) -> bool:
    return bool(row.spans) and row.spans[0] == len(row.cells) > 1


def _laid(row: Row) -> list[str]:
    """Return a row's texts, each in all columns that its cell takes."""
    texts = row.texts
    if row.spans and not any(is_number(text) for text in texts[1:]):
        for column in range(1, len(texts)):
            if row.spans[column] == 0:
                texts[column] = texts[column] or texts[column - 1]
    return texts


def _named(rows: Sequence[Row], goes_on: bool) -> tuple[int, int] | None:
    """Return the first row that names the columns and the row after the last: years first of
    all, else bold or short words, with the words over and under them."""
    at = _head_at(rows, goes_on)
    if at is None:
        return None
    first = at
    while first > 0 and _over(rows[first - 1]):
        first -= 1
    last = at + 1
    while last < len(rows) and _under(rows, last):
        last += 1
    return first, last


def _without(spans: Sequence[int], empty: set[int]) -> list[int]:
    """Return the spans of a row's cells without the columns that are `empty`."""
    starts = [i for i, span in enumerate(spans) if span]
    kept = {i: sum(j not in empty for j in range(i, i + spans[i])) for i in starts}
    return [kept.get(i, 0) for i in range(len(spans)) if i not in empty]


def _spread(cells: list[Cell], spans: Sequence[int], lowest: Sequence[str]) -> None:
    """Repeat an upper head over the columns it stands for.

    They are those that its cell takes in; or the blank ones after it, where the `lowest`
    heads do not tell the columns apart, or where it is a year.
    """
    alike = len(set(lowest[1:])) < len(lowest[1:])
    left: Cell = []
    for column in range(1, len(cells)):
        taken = bool(spans) and spans[column] == 0
        text = " ".join(token.text for line in left for token in line)
        blank = not cells[column] and bool(lowest[column])
        if taken or (blank and (alike or is_column_head(text))):
            cells[column] = cells[column] or left
        else:
            left = cells[column]


def _under(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a row under one that names columns by years names them too: words over
    figures, a word in most columns."""
    texts = rows[at].texts
    words = [text for text in texts[1:] if text]
    if len(words) < 2 or len(words) * 2 < len(texts) - 1 or _units(rows[at]):
        return False
    if any(is_number(text) or len(text.split()) > 5 for text in texts):
        return False
    return any(is_number(text) for row in rows[at + 1 : at + 3] for text in row.texts[1:])


def mark_repeats(rows: Sequence[Row], names: Sequence[str]) -> None:
    """Mark the rows that say `names` again, or most of them in bold."""
    for row in rows:
        same = sum(a == b != "" for a, b in zip(row.texts, names, strict=True))
        bold = all(_bold(cell) for cell in row.cells if cell)
        row.head = row.head or same == len(_filled(row)) > 1 or (bold and same * 2 >= len(names))


def _filled(row: Row) -> list[str]:
    return [text for text in row.texts if text]


def _head_at(rows: Sequence[Row], goes_on: bool) -> int | None:
    """Return which row names the columns: years first of all, else bold or short words."""
    for index, row in enumerate(rows[:4]):
        if any(is_number(text) and not is_column_head(text) for text in row.texts[1:]):
            break
        named = [text for text in row.texts[1:] if text]
        years = sum(is_column_head(text) for text in named)
        below = any(is_number(text) for r in rows[index + 1 :] for text in r.texts[1:])
        if below and (years > 1 or years == len(named) == len(row.texts) - 1):
            return index
    return next((i for i, row in enumerate(rows[:3]) if _names(row, rows[i + 1 :], goes_on)), None)


def _names(row: Row, below: Sequence[Row], goes_on: bool) -> bool:
    """Tell whether a row of words names the columns of the rows below."""
    texts = row.texts
    filled = [text for text in texts if text]
    if len(filled) < 2 or not below or any(is_number(text) for text in filled):
        return False
    bold = all(_bold(cell) for cell in row.cells if cell)
    if bold:
        return not all(_bold(cell) for r in below for cell in r.cells if cell)
    if goes_on or any(_bold(cell) for cell in row.cells if cell):
        return False
    if any(len(t.split()) > 6 for t in filled):
        return False
    others = [r.texts for r in below if len(_filled(r)) > 1]
    if len(texts) > 2:
        numbers = any(is_number(text) for r in others for text in r[1:])
        return len(filled) == len(texts) or numbers
    # Two columns of plain type: names are short, what stands below them is not.
    long = sum(len(text.split()) > 5 for r in others for text in r[1:])
    return len(filled[1].split()) <= 3 and len(others) > 1 and long * 2 > len(others)


def _bold(cell: Cell) -> bool:
    return all(Line(line).bold for line in cell)


def _over(row: Row) -> bool:
    """Tell whether a row above the names belongs to them: words over the columns."""
    texts = row.texts
    words = [text for text in texts[1:] if text]
    if any(is_number(text) for text in texts):
        return False
    if words:
        return max(len(text.split()) for text in words) < 5
    return is_unit(texts[0])


def _units(row: Row) -> bool:
    """Tell whether a row under the names states units only."""
    filled = _filled(row)
    return bool(filled) and all(is_unit(text) and not is_number(text) for text in filled)
