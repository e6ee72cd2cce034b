"""Finds the tables in plain text, where a row is its label and then its values.

A table is known by its head, a line that ends in two or more rising years
("2026 2027 2028 2029 I alt"). pypdf writes a blank cell as one more space:
where every row of a table fits its columns by that count, blanks are where the
spaces say; elsewhere a row with too few values stays unaligned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.read.hyphens import is_cut, join_lines
from ingest.read.text_lines import Line
from ingest.read.text_marks import CAPTION, FIELD, is_bullet, is_numbered

_BUDGET = r"(?:regnskab|budget|overslagsår|overslag|forbrug|skøn|(?-i:[RBFO]{1,2}))[ -]?"
_YEAR = rf"(?<!\w)(?:{_BUDGET})?(?:19|20)\d\d"
_TOTAL = r"(?:i alt|ialt|total|sum|hele perioden)"
_HEAD = re.compile(rf"^(?P<lead>.*?)\s*(?P<columns>{_YEAR}(?:\s+(?:{_YEAR}|{_TOTAL}))+)$", re.I)
_COLUMN = re.compile(rf"{_YEAR}|{_TOTAL}", re.IGNORECASE)
_PRICES = r"(?:19|20)\d\d\s?-?\s?(?:priser|p/l|pl\b|pris-? og lønniveau)|løbende priser"
_UNIT = re.compile(
    r"\(?(?:beløb\s+)?(?:i\s+)?(?:hele\s+)?"
    r"(?:(?:1\.000(?:\.000)?|mio\.?|mia\.?|t\.?|tusinde?)\s?(?:kr\b\.?|kroner)|kr\.|kroner|tkr\b\.?"
    rf"|årsværk)?\)?[,:]?\s*(?:\(?(?:i\s+)?(?:{_PRICES})\)?)?",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_VALUE = re.compile(
    rf"(?:^|(?<=\s))(?:[-−–+]?\(?[-−–]?{_NUMBER}\)?%?\*{{0,2}}|{_NUMBER}[-–]{_NUMBER}|[-−–—])$"
)
_ACCOUNT = re.compile(r"\d{3,}\s+[-–]$")
_OPEN_WORD = re.compile(
    r"\b(?:i|på|fra|til|med|af|for|om|og|eller|ca\.?|kr\.?|den|det|der|er|en|et|nr\.?|§|stk\.?|"
    r"samt|under|over|inden|siden|budget|år|årene|året|de|bilag|tabel|side)$",
    re.IGNORECASE,
)
_MOST_PENDING = 12  # lines of label and text cells above a row's values
_WIDEST_LABEL = 90


@dataclass(frozen=True)
class TableRow:
    """A body row: its cells, parallel to the head if `aligned` (see `rag.types.Block`)."""

    cells: tuple[str, ...]
    aligned: bool = True


@dataclass(frozen=True)
class TextTable:
    """A table standing in `lines[start:end]`; `head` names its columns."""

    start: int
    end: int
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass
class _Raw:
    """A row as found: text pieces, values, and the blank cells told by spaces.

    `blanks[n]` counts the blank cells before value n; one more after the last.
    """

    pieces: list[str]
    values: list[str] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)


def find_tables(lines: Sequence[Line]) -> list[TextTable]:
    """Return the tables of a text, in order; their lines do not overlap."""
    tables: list[TextTable] = []
    after = 0
    for index in range(len(lines)):
        if index < after or not (head := _head(lines, index, after)):
            continue
        start, unit, texts, columns = head
        raws, end = _body(lines, index + 1, len(columns), len(texts))
        if any(raw.values for raw in raws):
            rows = _rows(raws, len(columns), len(texts))
            tables.append(TextTable(start, end, (unit, *texts, *columns), tuple(rows)))
            after = end
    return tables


def _columns(text: str) -> tuple[str, list[str]] | None:
    """Return what stands before a line's years, and the years and totals; None if no head."""
    match = _HEAD.match(text)
    if not match or len(match["lead"]) > _WIDEST_LABEL:
        return None
    words = match["lead"][_UNIT.match(match["lead"]).end() :]  # type: ignore[union-attr]
    if _OPEN_WORD.search(words):  # "... er afsat i 2026 2027" is a sentence
        return None
    columns = _COLUMN.findall(match["columns"])
    years = [int(column[-4:]) for column in columns if column[-1].isdigit()]
    rising = len(years) > 1 and all(a < b for a, b in pairwise(years))
    return (match["lead"], columns) if rising else None


def _head(
    lines: Sequence[Line], index: int, after: int
) -> tuple[int, str, list[str], list[str]] | None:
    """Return where a head begins, its unit, the heads of text columns, and of value columns."""
    found = None if "\t" in lines[index].raw.strip() else _columns(lines[index].text)
    if not found:
        return None
    lead, columns = found
    start = index
    if not _UNIT.match(lead)[0].strip():  # type: ignore[index]
        start = _unit_line(lines, index, after)
    words = ""
    unit = ""
    for text in [*(line.text for line in lines[start:index]), lead]:
        printed = _UNIT.match(text)[0]  # type: ignore[index]
        unit = f"{unit} {printed}".strip()
        words = join_lines(words, text[len(printed) :])
    if not unit:
        return start, lead, [], columns
    # A text column's head begins with a capital: "Udvalg Bevilling Indtægt/udgift".
    texts = [text for text in re.split(r"\s+(?=[A-ZÆØÅ])", words.strip()) if text]
    return start, unit, texts, columns


def _unit_line(lines: Sequence[Line], index: int, after: int) -> int:
    """Return the first line of a head whose years stand in line `index`."""
    first = index
    for at in range(index - 1, max(after, index - 7) - 1, -1):
        text = lines[at].text
        is_unit = bool(_UNIT.match(text)[0].strip())  # type: ignore[index]
        if is_unit and len(text) < _WIDEST_LABEL:
            first = at
        elif first < index or len(text) > 40 or CAPTION.match(text) or text.endswith("."):
            break
    return first


def _values(line: Line) -> _Raw:
    """Split a line into its text and the values at its end."""
    raw = line.raw.rstrip("\r\n")
    rest = raw.rstrip()
    values: list[str] = []
    blanks = [max(0, len(raw) - len(rest) - 1)]
    while rest and not _ACCOUNT.search(rest) and (match := _VALUE.search(rest)):
        values.insert(0, match[0])
        before = rest[: match.start()]
        rest = before.rstrip()
        blanks.insert(0, max(0, len(before) - len(rest) - 1))
    if not rest and values:
        blanks[0] = 0
    return _Raw([" ".join(rest.split())] if rest.strip() else [], values, blanks)


def _body(lines: Sequence[Line], start: int, width: int, texts: int) -> tuple[list[_Raw], int]:
    """Return a table's rows from line `start` on, and the line after the last."""
    rows: list[_Raw] = []
    pending: list[str] = []
    end = start
    for index in range(start, len(lines)):
        if len(pending) > _MOST_PENDING or _ends_table(lines, index):
            break
        raw = _values(lines[index])
        _return_extra(raw, width)
        if not raw.values:
            if raw.blanks[-1] >= width:
                rows += [_Raw([label]) for label in _pieces(pending)]
                rows.append(raw)
                pending, end = [], index + 1
            else:
                pending += raw.pieces
            continue
        if _is_prose(lines, index, raw, width):
            break
        pieces = _pieces([*pending, *raw.pieces])
        # Text columns take up to as many pieces; what stands before is rows of labels only.
        own = max(0, len(pieces) - 1 - texts)
        rows += [_Raw([label]) for label in pieces[:own]]
        raw.pieces = pieces[own:]
        rows.append(raw)
        pending, end = [], index + 1
    return rows, end


def _return_extra(raw: _Raw, width: int) -> None:
    """Give the label back what looked like values but is too much for the columns."""
    while len(raw.values) > width:
        raw.pieces = [" ".join([*raw.pieces, raw.values.pop(0)])]
        raw.blanks.pop(0)


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
            or _OPEN_WORD.search(before)
        ):
            pieces[-1] = join_lines(before, part)
        else:
            pieces.append(part)
    return pieces


def _ends_table(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    text = line.text
    if CAPTION.match(text) or FIELD.match(text) or "\t" in line.raw.strip():
        return True
    if is_numbered(text) or text.startswith("#") or _columns(text):
        return True
    if is_bullet(text) and not _values(line).values:
        return True
    if _UNIT.match(text)[0].strip() == text:  # type: ignore[index]
        return True
    return len(text) > _WIDEST_LABEL and not _values(line).values


def _is_prose(lines: Sequence[Line], index: int, raw: _Raw, width: int) -> bool:
    """Tell a sentence that ends its line in a number from a row."""
    label = " ".join(raw.pieces)
    if len(label) > _WIDEST_LABEL or re.search(r"[a-zæøå]{3}\. [A-ZÆØÅ]", label):
        return True
    if len(raw.values) == width:
        return False
    # Cells lie apart by their spaces; in a sentence they do not.
    return bool(_OPEN_WORD.search(label)) and not any(raw.blanks[: len(raw.values)])


def _fits(raw: _Raw, width: int, texts: int) -> list[str] | None:
    """Return a row's cells after the label if its blanks and values fill the columns."""
    cells: list[str] = []
    for blank, value in zip(raw.blanks, raw.values, strict=False):
        cells += [""] * blank + [value]
    filled = raw.pieces[1:]
    room = width + texts - len(filled)
    for more in (raw.blanks[-1], 0):
        if len(cells) + more == room:
            return [*filled, *cells, *[""] * more]
    return None


def _rows(raws: Sequence[_Raw], width: int, texts: int) -> list[TableRow]:
    valued = [raw for raw in raws if raw.values]
    fitting = [raw for raw in valued if _fits(raw, width, texts)]
    short = [raw for raw in valued if len(raw.values) < width]
    # One row could fit by accident; a table whose rows all fit could not.
    exact = len(fitting) > 1 and all(raw in fitting for raw in short)
    rows = []
    for raw in raws:
        label = raw.pieces[0] if raw.pieces else ""
        fit = _fits(raw, width, texts) if exact else None
        if not raw.values:
            rows.append(TableRow((label, *[""] * (texts + width))))
        elif len(raw.values) == width:
            middle = raw.pieces[1:] if len(raw.pieces) == 1 + texts else [""] * texts
            if len(raw.pieces) not in (0, 1, 1 + texts):
                middle[0] = " ".join(raw.pieces[1:])
            rows.append(TableRow((label, *middle, *raw.values)))
        elif fit:
            rows.append(TableRow((label, *fit)))
        else:
            rows.append(TableRow((" ".join(raw.pieces), *raw.values), aligned=False))
    return rows
