"""Reading order: pages set in columns are read a column at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.read.pdf_columns import is_number
from ingest.read.pdf_lines import Line, to_lines

_GUTTER = 1.2  # columns are at least this many type sizes apart
_BODY_WORDS = 4  # the lines of a body beside a narrow column have more words
_MARGIN = 1.5  # a narrow column is at least this many of the body's type sizes away
_LEAST = 4  # fewer lines beside each other are not columns of text


def zones(lines: list[Line]) -> list[list[Line]]:
    """Part a page's lines into zones to be read one after the other, each in its lines.

    Text stands in columns where a white strip runs down beside several lines
    of words, and the file writes all that is left of it before what is right, or
    both are running text: a table, written row by row, is left whole.
    """
    starts = Counter(round(s.x0) for line in lines for s in line.split(_GUTTER))
    left = min(starts, default=0)
    for at, count in starts.most_common(6):
        if count < _LEAST or at <= left + 20:
            continue
        x = at - 2.0
        run = _run(lines, x)
        if run is None:
            continue
        start, end = run
        beside = [token for line in lines[start:end] for token in line.tokens]
        parts = (
            [token for line in lines[:start] for token in line.tokens],
            [token for token in beside if token.x1 <= x],
            [token for token in beside if token.x1 > x],
            [token for line in lines[end:] for token in line.tokens],
        )
        return [zone for part in parts if part for zone in zones(to_lines(part))]
    return [lines]


def _run(lines: Sequence[Line], x: float) -> tuple[int, int] | None:
    """Return the range of lines that stand in columns beside `x`, or None."""
    start = None
    for index in range(len(lines) + 1):
        clear = index < len(lines) and all(t.x1 <= x or t.x0 >= x for t in lines[index].tokens)
        if clear and start is None:
            start = index
        elif not clear and start is not None:
            end = _columns(lines[start:index], x)
            if end:
                return start, start + end
            start = None
    return None


def _columns(lines: Sequence[Line], x: float) -> int:
    """Return how many of the lines stand in two columns beside `x`; 0 for none."""
    left = [[token for token in line.tokens if token.x1 <= x] for line in lines]
    right = [[token for token in line.tokens if token.x0 >= x] for line in lines]
    last = max((token.order for side in right for token in side), default=-1)
    end = len(lines)
    while end and left[end - 1] and not right[end - 1] and left[end - 1][0].order > last:
        end -= 1
    sides = [[Line(part) for part in side[:end] if part] for side in (left, right)]
    if _beside(sides[0], sides[1]):
        return end
    for side in sides:
        if len(side) < _LEAST or median(len(line.tokens) for line in side) < 3:
            return 0
        if sum(is_number(line.text) for line in side) > 0.3 * len(side):
            return 0
    written = sorted(token.order for line in sides[0] for token in line.tokens)
    first = min(token.order for line in sides[1] for token in line.tokens)
    if written[int(0.95 * (len(written) - 1))] < first:
        return end
    # Written row by row, as a table is: told from one by sentences that run on.
    return end if all(map(_runs_on, sides)) else 0


def _runs_on(lines: Sequence[Line]) -> bool:
    """Tell whether lines are running text: full, and going on in the middle of sentences."""
    wide = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    full = sum(line.x1 - line.x0 > 0.7 * wide for line in lines)
    words = median(len(line.tokens) for line in lines)
    on = sum(
        not above.text.endswith((".", ":", "!", "?")) and below.text[:1].islower()
        for above, below in pairwise(lines)
    )
    return words >= _BODY_WORDS and full * 3 >= 2 * len(lines) and on * 2 >= len(lines) - 1


def _beside(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Tell whether a narrow column of its own stands beside the body, as in letters
    ("Dato", "Sagsnummer"): short lines, a wide gap away, and written apart from it."""
    if min(len(left), len(right)) < _LEAST:
        return False
    gap = min(line.x0 for line in right) - max(line.x1 for line in left)
    words = [median(len(line.tokens) for line in side) for side in (left, right)]
    body, aside = (left, right) if words[0] > words[1] else (right, left)
    if max(words) < _BODY_WORDS or gap < _MARGIN * max(line.size for line in body):
        return False
    if sum(is_number(line.text) for line in aside) > 0.5 * len(aside):
        return False
    written = [[t.order for line in side for t in line.tokens] for side in (body, aside)]
    return max(written[0]) < min(written[1]) or max(written[1]) < min(written[0])
