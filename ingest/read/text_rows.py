"""Binds the values of a plain-text table's rows to its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.read.text_heads import Head

_NEAR = 2  # letters: columns set by spaces end within so many of their heads


@dataclass(frozen=True)
class TableRow:
    """A body row: its cells, parallel to the head if `aligned` (see `rag.store.source.Block`)."""

    cells: tuple[str, ...]
    aligned: bool = True


@dataclass
class RawRow:
    """A row as found: text pieces, values, and the signs of where values stand.

    `blanks[n]` counts the blank cells that spaces show before value n, with one
    more count after the last; `ends[n]` is where value n ends in its line.
    """

    pieces: list[str]
    values: list[str] = field(default_factory=list)
    blanks: list[int] = field(default_factory=lambda: [0])
    ends: list[int] = field(default_factory=list)

    def drop_first(self) -> None:
        """Give the first value back to the label."""
        self.pieces = [" ".join([*self.pieces, self.values.pop(0)])]
        self.blanks.pop(0)
        self.ends.pop(0)


def bind_rows(raws: Sequence[RawRow], head: Head) -> list[TableRow]:
    """Return a table's rows, aligned where it is certain which column each value stands in.

    It is where a row has a value for each column; where positions in the line
    agree with the head's all through the table (text laid out with spaces); or
    where pypdf's extra spaces, one a blank cell, do.
    """
    valued = [raw for raw in raws if raw.values]
    for fit in (_by_position, _by_spaces):
        # One row could fit by accident; a table whose rows all fit could not.
        if len(valued) > 1 and all(fit(raw, head) for raw in valued):
            return [_row(raw, head, fit(raw, head)) for raw in raws]
    return [_row(raw, head, None) for raw in raws]


def _by_position(raw: RawRow, head: Head) -> list[str] | None:
    """Return a row's cells after the label, told by where its values end."""
    cells = [""] * len(head.columns)
    for value, end in zip(raw.values, raw.ends, strict=True):
        near = [i for i, at in enumerate(head.ends) if abs(at - end) <= _NEAR]
        if len(near) != 1 or cells[near[0]]:
            return None
        cells[near[0]] = value
    return [*_words(raw, head), *cells]


def _by_spaces(raw: RawRow, head: Head) -> list[str] | None:
    """Return a row's cells after the label if its blanks and values fill the columns."""
    cells: list[str] = []
    for blank, value in zip(raw.blanks, raw.values, strict=False):
        cells += [""] * blank + [value]
    # A row with all its values may trail off in spaces.
    after = 0 if len(raw.values) == len(head.columns) else raw.blanks[-1]
    cells = [*raw.pieces[1:], *cells, *[""] * after]
    return cells if len(cells) == len(head.texts) + len(head.columns) else None


def _words(raw: RawRow, head: Head) -> list[str]:
    """Return what a row has in the columns of words, blank where it cannot be told apart."""
    count = len(head.texts)
    words = raw.pieces[1:]
    if len(words) == count:
        return words
    return [" ".join(words), *[""] * (count - 1)] if count else []


def _row(raw: RawRow, head: Head, fit: list[str] | None) -> TableRow:
    label = raw.pieces[0] if raw.pieces else ""
    if not raw.values:
        return TableRow((label, *[""] * (len(head.texts) + len(head.columns))))
    if len(raw.values) == len(head.columns):
        return TableRow((label, *_words(raw, head), *raw.values))
    if fit:
        return TableRow((label, *fit))
    return TableRow((" ".join(raw.pieces), *raw.values), aligned=False)
