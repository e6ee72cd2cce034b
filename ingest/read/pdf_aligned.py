"""Unruled tables of words: a bold head, and rows whose cells begin under its words."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.read.pdf_columns import is_number
from ingest.read.pdf_lines import Line
from ingest.read.pdf_table import Row, Table

_GAP = 1.0  # cells are at least this many type sizes apart
_LEAST_COLUMNS, _LEAST_ROWS = 3, 3
_APART = 3.0  # rows are no further apart, in type sizes
_UNDER = 2.0  # points that a cell may begin beside its head


def aligned_tables(lines: Sequence[Line]) -> list[tuple[Table, int, int]]:
    """Return the tables of words, each with its range of `lines`.

    The rows must be written one after the other, each from left to right:
    newspaper columns stand under each other too, but are written one by one.
    """
    found: list[tuple[Table, int, int]] = []
    start = 0
    while start < len(lines):
        heads = lines[start].split(_GAP)
        end = _end(lines, start, heads) if _may_head(heads) else start
        if end - start > _LEAST_ROWS:
            rows = [_row(line, head=n == 0) for n, line in enumerate(lines[start:end])]
            table = Table(rows, lines[start].baseline, lines[end - 1].baseline)
            found.append((table, start, end))
        start = max(end, start + 1)
    return found


def _may_head(heads: Sequence[Line]) -> bool:
    return (
        len(heads) >= _LEAST_COLUMNS
        and all(head.bold and len(head.tokens) <= 3 for head in heads)
        and not any(is_number(head.text) for head in heads)
    )


def _end(lines: Sequence[Line], start: int, heads: Sequence[Line]) -> int:
    """Return the line after the last row under `heads`."""
    end = start + 1
    while end < len(lines):
        above, line = lines[end - 1], lines[end]
        cells = line.split(_GAP)
        under = len(cells) == len(heads) and all(
            abs(cell.x0 - head.x0) <= _UNDER for cell, head in zip(cells, heads, strict=True)
        )
        orders = [token.order for token in line.tokens]
        written = orders == sorted(orders) and orders[0] > max(t.order for t in above.tokens)
        near = line.baseline - above.baseline <= _APART * line.size
        if not (under and written and near) or line.bold:
            break
        end += 1
    return end


def _row(line: Line, head: bool) -> Row:
    return Row([[cell.tokens] for cell in line.split(_GAP)], head=head)
