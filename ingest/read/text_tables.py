"""Finds the tables in plain text, where a row is its label and then its values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from ingest.read.build import clean
from ingest.read.hyphens import is_cut, join_lines
from ingest.read.text_heads import WIDEST_LABEL, Head, columns_in, find_head, is_column, unit_in
from ingest.read.text_lines import Line, unmark
from ingest.read.text_marks import CAPTION, FIELD, OPEN_WORD, is_bullet, is_numbered
from ingest.read.text_rows import RawRow, TableRow, bind_rows

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_VALUE = re.compile(
    rf"(?:^|(?<=\s))(?:[-−–+]?\(?[-−–]?{_NUMBER}\)?(?:\s?%|\*{{1,2}})?"
    rf"|{_NUMBER}[-–]{_NUMBER}|[-−–—])$"
)
# "1112 –": the number of an account, before its name.
_ACCOUNT = re.compile(r"\d{3,}\s+[-–]$")
# "Fase 2", "Etape 1": the number belongs to the label.
_PART = re.compile(
    r"\b(?:fase|etape|trin|bilag|nr\.?|§|uge|kvartal|scenarie|model)$", re.IGNORECASE
)
_MOST_PENDING = 12  # lines of label and text cells above a row's values


@dataclass(frozen=True)
class TextTable:
    """A table standing in `lines[start:end]`; `head` names its columns."""

    start: int
    end: int
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]


def find_tables(lines: Sequence[Line]) -> list[TextTable]:
    """Return the tables of a text, in order; their lines do not overlap."""
    tables: list[TextTable] = []
    after = 0
    for index in range(len(lines)):
        if index < after or not (head := find_head(lines, index, after)):
            continue
        raws, end = _body(lines, index + 1, head)
        if any(raw.values for raw in raws):
            names = (head.unit, *head.texts, *head.columns)
            tables.append(TextTable(head.start, end, names, tuple(bind_rows(raws, head))))
            after = end
    return tables


def gather_cells(lines: Sequence[Line]) -> list[Line]:
    """Put tables that stand a cell a line ("2026" / "2027" / "Løn" / "5" / "6") into rows."""
    out: list[Line] = []
    width = index = 0
    while index < len(lines):
        first, rest = lines[index], _run(lines, index)
        heads = sum(1 for _ in takewhile(lambda line: is_column(line.text), rest))
        values = sum(1 for _ in takewhile(_is_value, rest[1:]))
        count = 1
        if heads > 1 and columns_in(" ".join(line.text for line in rest[:heads])):
            width = count = heads
        elif len(first.text) > WIDEST_LABEL:
            width = 0
        elif 0 < values <= width and not _values(first).values:
            count = values + 1
        raw = " ".join(line.raw.strip() for line in rest[:count]) if count > 1 else first.raw
        out.append(replace(first, raw=raw))
        index += count
    return out


def _run(lines: Sequence[Line], index: int) -> list[Line]:
    """Return line `index` and those right under it, as many as a row can have."""
    below = takewhile(lambda line: not line.gap, islice(lines, index + 1, index + 20))
    return [lines[index], *below]


def _is_value(line: Line) -> bool:
    return bool(_VALUE.fullmatch(line.text))


def _values(line: Line) -> RawRow:
    """Split a line into its text and the values at its end."""
    raw = unmark(line.raw)
    rest = raw.rstrip()
    row = RawRow([], blanks=[max(0, len(raw) - len(rest) - 1)])
    while rest and not _ACCOUNT.search(rest) and (match := _VALUE.search(rest)):
        row.values.insert(0, match[0])
        row.ends.insert(0, match.end())
        before = rest[: match.start()]
        rest = before.rstrip()
        row.blanks.insert(0, max(0, len(before) - len(rest) - 1))
    if rest:
        row.pieces = [clean(rest)]
    elif row.values:
        row.blanks[0] = 0
    return row


def _body(lines: Sequence[Line], start: int, head: Head) -> tuple[list[RawRow], int]:
    """Return a table's rows from line `start` on, and the line after the last."""
    rows: list[RawRow] = []
    pending: list[str] = []
    end = start
    for index in range(start, len(lines)):
        if len(pending) > _MOST_PENDING or _ends_table(lines[index]):
            break
        raw = _values(lines[index])
        while len(raw.values) > len(head.columns):
            raw.drop_first()  # what looked like a value is of the label
        if _names_a_part(raw):
            raw.drop_first()
        if raw.values and _is_prose(raw, head):
            break
        if not raw.values and raw.blanks[-1] < len(head.columns):
            pending += raw.pieces
            continue
        # A line of blank cells alone is a row; so is each label left above one.
        own = len(head.texts) if raw.values else 0
        pieces = _pieces([*pending, *raw.pieces])
        before = max(0, len(pieces) - 1 - own)
        rows += [RawRow([label]) for label in pieces[:before]]
        raw.pieces = pieces[before:]
        rows.append(raw)
        pending, end = [], index + 1
    return rows, end


def _pieces(parts: Sequence[str]) -> list[str]:
    """Join the lines of wrapped cells: one piece a cell."""
    pieces: list[str] = []
    for part in parts:
        before = pieces[-1] if pieces else ""
        if before and (
            part[0].islower()
            or part[0] in "(/&"
            or is_cut(before)
            or _ACCOUNT.search(before)
            or OPEN_WORD.search(before)
        ):
            pieces[-1] = join_lines(before, part)
        else:
            pieces.append(part)
    return pieces


def _ends_table(line: Line) -> bool:
    text = line.text
    if CAPTION.match(text) or FIELD.match(text) or "\t" in line.raw.strip():
        return True
    if text.startswith("#") or columns_in(text) or unit_in(text) == text:
        return True
    valued = bool(_values(line).values)
    return not valued and (is_numbered(text) or is_bullet(text) or len(text) > WIDEST_LABEL)


def _names_a_part(raw: RawRow) -> bool:
    label = raw.pieces[-1] if raw.pieces else ""
    return bool(raw.values) and raw.values[0].isdigit() and bool(_PART.search(label))


def _is_prose(raw: RawRow, head: Head) -> bool:
    """Tell a sentence that ends its line in a number from a row."""
    label = " ".join(raw.pieces)
    if len(label) > WIDEST_LABEL or re.search(r"[a-zæøå]{3}\. [A-ZÆØÅ]", label):
        return True
    if len(raw.values) == len(head.columns):
        return False
    # Cells lie apart by their spaces; in a sentence they do not.
    return bool(OPEN_WORD.search(label)) and not any(raw.blanks[: len(raw.values)])
