"""Which lines under a table's head are its rows, and which words stand in which column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.read.pdf_columns import Columns, chunks, is_note, is_number
from ingest.read.pdf_lines import Line, Token
from rag.pdf.pdfium import Rule

Taken = dict[int, tuple[list[Token], dict[int, list[Token]]]]
"""By index of the line: its label's words, and its values by column."""


def is_figure(tokens: list[Token]) -> bool:
    """Tell whether words make a number."""
    return is_number(" ".join(token.text for token in tokens))


def numbers_under(lines: Sequence[Line], columns: Columns) -> list[Line]:
    """Return the numbers that seem to stand under the heads, up to the first prose."""
    found: list[Line] = []
    first = columns.heads[0].x0 - 0.8 * columns.pitch(0)
    last = columns.heads[-1].x1 + 0.8 * columns.pitch(len(columns.heads) - 1)
    for line in lines[:80]:
        parts = chunks(line)
        own = [p for p in parts if is_number(p.text) and p.x1 > first and p.x0 < last]
        if not own and any(len(p.tokens) > 6 and p.x1 > columns.heads[0].x0 for p in parts):
            break
        found += own
    return found


def take_rows(lines: Sequence[Line], body: range, columns: Columns, rules: Sequence[Rule]) -> Taken:
    """Take the lines that fit the columns, to the table's end."""
    taken: Taken = {}
    wide = columns.heads[-1].x1 - columns.heads[0].x0
    for i in body:
        line = lines[i]
        gap = line.baseline - lines[i - 1].baseline if i else 0.0
        if is_note(line.text) or (taken and gap > 4.5 * line.size):
            break
        parted = columns.values(line)
        if parted is None:
            # A group's title may run over the columns when figures follow at once.
            after = columns.values(lines[i + 1]) if i + 1 in body else None
            near = i + 1 in body and lines[i + 1].baseline - line.baseline < 2.5 * line.size
            short = len(line.tokens) <= 10 and line.x1 < columns.heads[0].x0 + 0.7 * wide
            if not (after and after[1] and near and short and not line.text.endswith(".")):
                break
            parted = (list(line.tokens), {})
        taken[i] = parted
    return _trimmed(lines, taken, columns, rules)


def _trimmed(lines: Sequence[Line], taken: Taken, columns: Columns, rules: Sequence[Rule]) -> Taken:
    """Drop the lines after the last values, but a row that is only blank."""
    valued = [i for i, (_, values) in taken.items() if values]
    if not valued:
        return {}
    end = valued[-1] + 1
    pitches = [lines[b].baseline - lines[a].baseline for a, b in pairwise(valued)]
    usual = min(pitches, default=1.2 * lines[valued[-1]].size)
    drawn = [r.y0 for r in rules if r.y0 == r.y1 and r.x1 > columns.heads[-1].x0]
    while end in taken:
        line = lines[end]
        below = any(0 < y - line.baseline < 1.2 * line.size for y in drawn)
        gap = line.baseline - lines[end - 1].baseline
        goes_on = gap < 0.85 * line.size or (gap <= 1.1 * usual and line.text[:1].islower())
        after = lines[end + 1].baseline - line.baseline if end + 1 < len(lines) else 99.0
        lone = gap <= 1.1 * usual and after > 1.4 * usual and not line.bold
        if not (below or goes_on or (lone and not line.text[:1].isdigit())):
            break
        end += 1
    return {i: parted for i, parted in taken.items() if i < end}


def fits(taken: Taken, columns: Columns) -> bool:
    """Tell whether the figures fit the columns: one in a cell, all of a column on a line."""
    ends: dict[int, list[float]] = {}
    for _, values in taken.values():
        for column, tokens in values.items():
            if is_figure(tokens):
                ends.setdefault(column, []).append(columns.edge_of(Line(tokens)))
            elif sum(is_number(token.text) for token in tokens) > 1 and len(tokens) < 4:
                return False
    return all(max(at) - min(at) <= 0.35 * columns.pitch(column) for column, at in ends.items())
