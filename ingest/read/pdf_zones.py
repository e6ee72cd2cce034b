"""Reading order: pages set in columns are read a column at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.read.pdf_columns import is_number
from ingest.read.pdf_lines import Line, Token, to_lines

_GUTTER = 1.2  # columns are at least this many type sizes apart
_LEAST = 4  # fewer lines beside each other are not columns of text


def zones(tokens: Sequence[Token]) -> list[list[Token]]:
    """Part a page's words into zones to be read one after the other.

    Text stands in columns where a white strip runs down beside several lines
    of words, and the file writes all that is left of it before what is right:
    a table, written row by row, is left whole.
    """
    lines = to_lines(tokens)
    parts = [line.split(_GUTTER) for line in lines]
    gaps: Counter[int] = Counter()
    for segments in parts:
        for a, b in pairwise(segments):
            gaps[round((a.x1 + b.x0) / 4)] += 1
    for x, count in gaps.most_common(4):
        if count < _LEAST - 1:
            break
        found = _run(parts, 2.0 * x)
        if found is None:
            continue
        start, end = found
        inside = [token for line in lines[start:end] for token in line.tokens]
        left = [token for token in inside if token.x1 <= 2 * x]
        right = [token for token in inside if token.x1 > 2 * x]
        before = [token for line in lines[:start] for token in line.tokens]
        after = [token for line in lines[end:] for token in line.tokens]
        return [z for part in (before, left, right, after) if part for z in zones(part)]
    return [list(tokens)]


def _run(parts: Sequence[Sequence[Line]], x: float) -> tuple[int, int] | None:
    """Return the range of lines that stand in columns beside `x`, or None."""
    start = None
    for index in range(len(parts) + 1):
        clear = index < len(parts) and all(s.x1 <= x or s.x0 >= x for s in parts[index])
        if clear and start is None:
            start = index
        elif not clear and start is not None:
            if _columns(parts[start:index], x):
                return start, index
            start = None
    return None


def _columns(parts: Sequence[Sequence[Line]], x: float) -> bool:
    left = [segment for line in parts for segment in line if segment.x1 <= x]
    right = [segment for line in parts for segment in line if segment.x0 >= x]
    if min(len(left), len(right)) < _LEAST:
        return False
    for side in (left, right):
        if median(len(segment.tokens) for segment in side) < 3:
            return False
        if sum(is_number(segment.text) for segment in side) > 0.3 * len(side):
            return False
    written = sorted(token.order for segment in left for token in segment.tokens)
    first = min(token.order for segment in right for token in segment.tokens)
    return written[int(0.95 * (len(written) - 1))] < first
