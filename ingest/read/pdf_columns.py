"""Columns of an unruled table: the line that names them, and which number is whose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median
from typing import Literal

from ingest.read.pdf_lines import Line, Token

_WORD_GAP = 0.55  # words nearer than this, in type sizes, are one cell's
_YEAR = r"(?:19|20)\d\d"
_HOLDS_YEAR = re.compile(_YEAR)
_COLUMN = re.compile(
    rf"(?:(?:[A-ZÆØÅa-zæøå]+\.?\s+){{0,3}}[A-ZÆØÅ]{{0,3}}\.?\s?{_YEAR}"
    rf"(?:\s?[/–-]\s?(?:{_YEAR}|\d\d))?"
    r"|i alt|ialt|total|sum|varigt|hele perioden)\s?[*]*(?:\(.{1,12}\))?",
    re.IGNORECASE,
)
_JOINING = frozenset(
    {"i", "og", "fra", "til", "for", "samt", "af", "på", "in", "and", "from", "to"}
)
_YEARS = re.compile(rf"[A-ZÆØÅ]{{0,3}}{_YEAR}(?:[/–-](?:{_YEAR}|\d\d))?")
_NUMBER = re.compile(
    r"[(\[]?[-−–—+±]?\s?(?:\d{1,3}(?:[.\s]\d{3})+|\d+)(?:[,.]\d+)?\s?[½¼¾]?"
    r"(?:\s?[-–]\s?\d[\d.,]*)?[)\]]?\s?(?:%|pct\.?|kr\.?|mio\.?|mia\.?|t\.?kr\.?)?"
    r"(?:\s?mio\.?|\s?kr\.?)*[*¹²³]*(?:\s?\d\))?|[-−–—+]{1,2}|[½¼¾]"
)
_UNIT = re.compile(
    r"\bkr\b|kr\.|\bpriser\b|p/l|\bmio\b|\bbeløb\b|1\.000|\bpct\b|\d-pl\b|^\(.*\)$", re.IGNORECASE
)
_SAYS = re.compile(r"^(?:note|anm|kilde|\*)", re.IGNORECASE)


def is_number(text: str) -> bool:
    """Tell whether a cell's text is a number, a range, a percentage or a dash."""
    return _NUMBER.fullmatch(text) is not None


def is_column_head(text: str) -> bool:
    """Tell whether a text names a column of figures: a year, a period, "I alt"."""
    if _COLUMN.fullmatch(text) is None:
        return False
    first, *others = text.lower().split()
    return not others or others == ["alt"] or first not in _JOINING


def chunks(line: Line) -> list[Line]:
    """Split a line where a cell may end; heads of columns set close are a cell each."""
    found: list[Line] = []
    for chunk in line.split(_WORD_GAP):
        found += _heads_apart(chunk) or [chunk]
    return found


def _heads_apart(chunk: Line) -> list[Line] | None:
    """Split "Budget 2026 Budget 2027" after each year, if nothing else is said."""
    if not _HOLDS_YEAR.search(chunk.text):
        return None
    parts: list[list[Token]] = [[]]
    for token in chunk.tokens:
        if parts[-1] and _YEARS.fullmatch(parts[-1][-1].text):
            parts.append([])
        parts[-1].append(token)
    if len(parts) < 2:
        return None
    lines = [Line(part) for part in parts]
    return lines if all(is_column_head(line.text) for line in lines) else None


Edge = Literal["right", "centre", "left"]


def _edge(chunk: Line, edge: Edge) -> float:
    if edge == "centre":
        return (chunk.x0 + chunk.x1) / 2
    return chunk.x1 if edge == "right" else chunk.x0


@dataclass
class Columns:
    """The value columns of a table, and how its numbers line up with their heads.

    `heads` are the heads' words; a number stands `offset` points right of its
    head, measured at `edge`. `cuts` are the x at which the text columns left of
    the values are parted.
    """

    heads: list[Line]
    edge: Edge = "right"
    offset: float = 0.0
    cuts: list[float] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many cells a row has."""
        return 1 + len(self.cuts) + len(self.heads)

    def pitch(self, column: int) -> float:
        """Return the distance to the nearest neighbouring column, in points."""
        return self._pitches[column]

    @cached_property
    def _pitches(self) -> list[float]:
        middles = [_edge(head, "centre") for head in self.heads]
        gaps = (
            [abs(m - own) for m in middles[:i] + middles[i + 1 :]] for i, own in enumerate(middles)
        )
        return [min(gap, default=70.0) for gap in gaps]

    @property
    def left(self) -> float:
        """Where the first value column begins."""
        wide = self.pitch(0)
        at = _edge(self.heads[0], self.edge) + self.offset
        reach = {"right": at - wide, "centre": at - wide / 2, "left": at - 0.2 * wide}[self.edge]
        return max(min(reach, self.heads[0].x0), self.heads[0].x0 - wide)

    def edge_of(self, chunk: Line) -> float:
        """Return the x of a chunk that is measured against the columns."""
        return _edge(chunk, self.edge)

    def away(self, chunk: Line, column: int) -> float:
        """Return how far a chunk stands from a column's line, in pitches."""
        at = _edge(self.heads[column], self.edge) + self.offset
        return abs(_edge(chunk, self.edge) - at) / self.pitch(column)

    def nearest(self, chunk: Line) -> tuple[int, float]:
        """Return the column a chunk stands nearest to, and how far away, in pitches."""
        return min(
            ((i, self.away(chunk, i)) for i in range(len(self.heads))), key=lambda found: found[1]
        )

    def fit(self, numbers: Sequence[Line]) -> float:
        """Choose edge and offset so that `numbers` stand nearest; return the mean miss.

        Misses are in pitches.
        """
        best = (float("inf"), self.edge, self.offset)
        for edge in ("right", "centre", "left"):
            self.edge, self.offset = edge, 0.0
            for _ in range(2):
                self.offset += self._shift(numbers)
            misses = [self.nearest(number)[1] for number in numbers]
            miss = sum(misses) / len(misses) if misses else 0.0
            best = min(best, (round(miss, 3), edge, self.offset), key=lambda found: found[0])
        miss, self.edge, self.offset = best
        return miss

    def _shift(self, numbers: Sequence[Line]) -> float:
        shifts = []
        for number in numbers:
            column, _ = self.nearest(number)
            shifts.append(
                _edge(number, self.edge) - _edge(self.heads[column], self.edge) - self.offset
            )
        return median(shifts) if shifts else 0.0

    def values(self, line: Line) -> tuple[list[Token], dict[int, list[Token]]] | None:
        """Part a line into its label's words and its values by column.

        None where the line is no row of this table: words run across columns.
        """
        label: list[Token] = []
        values: list[Line] = []
        odd = False
        for chunk in self._parts(line):
            number = is_number(chunk.text)
            column, away = self.nearest(chunk)
            if number and away <= 0.55 and chunk.x1 > self.left:
                values.append(chunk)
            elif not values and chunk.x0 < self.left:
                label += chunk.tokens
            else:
                wide = chunk.x1 - chunk.x0 > 1.3 * self.pitch(column)
                remarks = column + 1 == len(self.heads) and not is_column_head(self.heads[-1].text)
                odd = odd or (wide and not remarks)
                values.append(chunk)
        numbers = sum(is_number(chunk.text) for chunk in values)
        if odd and numbers < 2:
            return None
        if label and label[-1].x1 > self.left + 0.4 * self.pitch(0) and not numbers:
            return None
        if values and label and values[0].x0 < label[-1].x1:
            return None
        return label, self._assign(values)

    def _parts(self, line: Line) -> Iterable[Line]:
        """Yield a line's chunks; numbers set close in neighbouring columns one by one."""
        for chunk in chunks(line):
            parts = [Line([token]) for token in chunk.tokens]
            near = [self.nearest(part) for part in parts]
            apart = len({column for column, _ in near}) == len(parts) > 1
            if apart and all(
                is_number(p.text) and miss < 0.3 for p, (_, miss) in zip(parts, near, strict=True)
            ):
                yield from parts
            else:
                yield chunk

    def _assign(self, values: list[Line]) -> dict[int, list[Token]]:
        """Give each value a column of its own, in order, with the least displacement."""
        count, width = len(values), len(self.heads)
        if count > width:
            found: dict[int, list[Token]] = {}
            for value in values:
                found.setdefault(self.nearest(value)[0], []).extend(value.tokens)
            return found
        costs = {(0, column): 0.0 for column in range(width + 1)}
        for i in range(1, count + 1):
            for column in range(i, width + 1):
                here = costs[i - 1, column - 1] + self.away(values[i - 1], column - 1) ** 2
                costs[i, column] = min(here, costs.get((i, column - 1), float("inf")))
        column, result = width, {}
        for i in range(count, 0, -1):
            while costs.get((i, column - 1), float("inf")) <= costs[i, column]:
                column -= 1
            column -= 1
            result[column] = values[i - 1].tokens
        return result


def columns_of(line: Line) -> list[Line] | None:
    """Return the heads of the value columns a line names, or None."""
    if not _HOLDS_YEAR.search(line.text):
        return None
    parts = chunks(line)
    matching = [i for i, part in enumerate(parts) if is_column_head(part.text)]
    years = [i for i in matching if _HOLDS_YEAR.search(parts[i].text)]
    if not years:
        return None
    heads = parts[matching[0] :]
    others = [head for head in heads if not is_column_head(head.text)]
    if any(len(head.tokens) > 4 or is_number(head.text) for head in others):
        return None
    if len(matching) < 2 and (len(parts) != 2 or matching != [1]):
        return None
    return heads if len(others) <= 2 * len(matching) + 1 else None


def is_unit(text: str) -> bool:
    """Tell whether a text states a unit or price level, as heads of tables do."""
    return len(text.split()) <= 9 and _UNIT.search(text) is not None


def is_note(text: str) -> bool:
    """Tell whether a line begins a note under a table."""
    return _SAYS.match(text) is not None
