"""The heads of unruled tables: which lines name the columns, and what each is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.read.pdf_columns import Columns, chunks, columns_of, is_column_head, is_number, is_unit
from ingest.read.pdf_lines import Line, Token
from rag.pdf.pdfium import Rule

_NEAR = 0.85  # lines of one column are never this near: such a line stands beside another
_LEADING = 1.4  # lines of one cell are no further apart, in type sizes
_PITCH = 2.6  # nor are rows that name columns together, as high as the rows below them
_ROWS = 1.8  # rows of one head are no further apart


@dataclass
class Head:
    """`lines[start:end]` name the columns: `labels` are the words left of the values,
    line by line, `names` the words over each value column, line by line; `over` are those
    that it shares with its neighbours ("Budget" over "2026" and "2027")."""

    start: int
    end: int
    labels: list[list[Line]]
    names: list[list[Line]]
    over: list[list[Line]]

    @property
    def columns(self) -> list[Line]:
        """The words over each value column as one."""
        return [Line([t for part in name for t in part.tokens]) for name in self.names]


def names_columns(lines: Sequence[Line], at: int) -> bool:
    """Tell whether line `at` names the columns of a table, or stands right at one that does."""
    if columns_of(lines[at]) is not None:
        return True
    near = [i for i in (at - 1, at + 1) if 0 <= i < len(lines) and _follows(lines, max(i, at))]
    return any(columns_of(lines[i]) is not None for i in near) and len(chunks(lines[at])) > 1


def find_heads(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Head]:
    """Return the heads on a page, top to bottom, none overlapping."""
    seeds = {i: found for i, line in enumerate(lines) if (found := columns_of(line))}
    for i in list(seeds):
        if i + 1 in seeds or i + 1 >= len(lines) or not _follows(lines, i + 1):
            continue
        finer = _named(lines, i + 1, unlabelled=True)
        if finer and len(finer) > len(seeds[i]):
            del seeds[i]  # years over "Oprindeligt" and "Korrigeret"
            seeds[i + 1] = finer
    for i in range(len(lines)):
        if seeds.keys().isdisjoint((i, i + 1, i + 2)) and (found := _named(lines, i)):
            seeds[i] = found
    heads: list[Head] = []
    for i in sorted(seeds):
        if not heads or i >= heads[-1].end:
            first = heads[-1].end if heads else 0
            heads.append(_grown(lines, i, seeds[i], first, rules))
    return heads


def _named(lines: Sequence[Line], at: int, unlabelled: bool = False) -> list[Line] | None:
    """Return the heads of value columns that a line without years names: words over
    figures, each over its own column, in the lines that follow.

    Where the column of the rows' labels may be `unlabelled`, rows have one part more.
    """
    parts = chunks(lines[at])
    if len(parts) < 3 or any(is_number(p.text) or len(p.tokens) > 4 for p in parts):
        return None
    below = []
    for above, line in zip(lines[at:], lines[at + 1 : at + 4], strict=False):
        if line.baseline - above.baseline > 4 * line.size:
            break
        below.append(chunks(line))
    figures = [[part for part in row if is_number(part.text)] for row in below]
    if sum(len(row) > 1 for row in figures) < 2 or any(
        len(row) > len(parts) + unlabelled for row in below
    ):
        return None
    words = [row[0] for row in below if not is_number(row[0].text)]
    named = any(word.x0 < parts[0].x1 and parts[0].x0 < word.x1 for word in words)
    heads = parts[1:] if named else parts
    miss = Columns(heads).fit([part for row in figures for part in row])
    return heads if miss < 0.15 else None


def _grown(
    lines: Sequence[Line], at: int, seed: list[Line], first: int, rules: Sequence[Rule]
) -> Head:
    """Return the head around a line that names columns, with the lines beside, above
    and below that belong to it; what stands under each other is one column's name."""
    start, end = at, at + 1
    left = seed[0].x0
    kept = [part for part in chunks(lines[at]) if part.x0 >= left]
    border = _border(rules, seed, lines[at])
    shared: list[list[Line]] = []
    while start > first and at - start < 3:
        parts = _joins(lines, start - 1, start, kept, left, False)
        banners = _banners(lines, start, seed, left) if parts is None or shared else None
        if banners:
            shared.insert(0, banners)
        elif parts is None or shared:
            break
        else:
            kept += parts
        start -= 1
    while end < len(lines) and end - at < 3:
        parts = _joins(lines, end, end - 1, kept, left, True, border)
        if parts is None:
            break
        kept += parts
        end += 1
    lowest = start + len(shared)
    names = _stacked([part for line in lines[lowest:end] for part in chunks(line)])
    own = next(i for i, name in enumerate(names) if any(_same(seed[0], part) for part in name))
    first = min((i for i in range(1, own) if is_column_head(_text(names[i]))), default=own)
    left = min(part.x0 for part in names[first])
    labels = [[p for p in chunks(lines[i]) if p.x1 <= left] for i in range(start, end)]
    names = names[first:]
    over = [[_nearest(name, banners) for banners in shared] for name in names]
    return Head(start, end, labels, names, over)


def _follows(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line stands as near under the one before as rows of a table do."""
    return lines[at].baseline - lines[at - 1].baseline <= _PITCH * lines[at].size


def _banners(
    lines: Sequence[Line], start: int, seed: Sequence[Line], left: float
) -> list[Line] | None:
    """Return the heads above line `start` that stand over several columns each, or None.

    They are two or more, the first over the first columns, with words or years alone.
    """
    line = lines[start - 1]
    parts = [part for part in chunks(line) if part.x1 > left]
    if not _follows(lines, start) or not 2 <= len(parts) < len(seed):
        return None
    if any(len(p.tokens) > 4 or (is_number(p.text) and not is_column_head(p.text)) for p in parts):
        return None
    inside = parts[0].x0 > left - seed[0].size and parts[-1].x1 < seed[-1].x1 + 4 * line.size
    return parts if inside and not line.text.endswith(".") else None


def _nearest(name: Sequence[Line], banners: Sequence[Line]) -> Line:
    """Return the banner that a column stands under: the one that is nearest to its middle."""
    middle = (min(p.x0 for p in name) + max(p.x1 for p in name)) / 2
    return min(banners, key=lambda b: max(b.x0 - middle, middle - b.x1, 0.0))


def _same(one: Line, other: Line) -> bool:
    return one.tokens[0] is other.tokens[0]


def _border(rules: Sequence[Rule], seed: list[Line], line: Line) -> float:
    """Return the y of the line drawn right under a head, or 0."""
    left, right, y = seed[0].x0, seed[-1].x1, line.baseline
    drawn = [r.y0 for r in rules if r.y0 == r.y1 and r.x0 <= left and r.x1 >= right]
    return min((at for at in drawn if y < at < y + 4 * line.size), default=0.0)


def _joins(
    lines: Sequence[Line],
    at: int,
    beside: int,
    kept: Sequence[Line],
    left: float,
    below: bool,
    border: float = 0.0,
) -> list[Line] | None:
    """Return the words that line `at` adds over the value columns, None if it is no
    part of the head that line `beside` belongs to."""
    line = lines[at]
    gap = abs(lines[beside].baseline - line.baseline) / line.size
    parts = chunks(line)
    if gap > _ROWS or any(is_number(p.text) and not is_column_head(p.text) for p in parts):
        return None
    values = [p for p in parts if p.x1 > left]
    near = gap < _NEAR or (below and line.baseline < border)
    if not values:
        goes_on = below and len(parts) == 1 and line.text[:1].islower() and gap < _LEADING
        return [] if near or goes_on or is_unit(line.text) else None
    names = _stacked(kept)
    over = [sum(_meet(p, name) for name in names) for p in values]
    if any(len(p.tokens) > 3 or count > 1 for p, count in zip(values, over, strict=True)):
        return None
    if near:
        return values
    if below:
        said = len(values) == len(parts)
        said = said or all(is_unit(p.text) or is_column_head(p.text) for p in values)
        return values if said and gap < _LEADING and all(over) else None
    aside = len(parts) - len(values) > 1 or not all(over)
    return None if aside and gap >= _LEADING else values


def _meet(part: Line, name: Sequence[Line]) -> bool:
    return any(part.x0 < other.x1 and other.x0 < part.x1 for other in name)


def _stacked(parts: Sequence[Line]) -> list[list[Line]]:
    """Gather words that stand under each other, from left to right and top to bottom."""
    names: list[list[Line]] = []
    reach = float("-inf")
    for part in sorted(parts, key=lambda p: p.x0):
        if part.x0 >= reach:
            names.append([])
        names[-1].append(part)
        reach = max(reach, part.x1)
    return [sorted(name, key=lambda part: part.baseline) for name in names]


def _text(name: Sequence[Line]) -> str:
    return re.sub(r"(\d[-–]) (\d)", r"\1\2", " ".join(part.text for part in name))


def label_words(head: Head) -> list[list[Token]]:
    """Return the words left of the value columns, line by line."""
    return [[token for part in parts for token in part.tokens] for parts in head.labels]
