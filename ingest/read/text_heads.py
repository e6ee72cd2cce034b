"""Finds the head of a table in plain text: a line that ends in rising years.

"1.000 kr., 2026 p/l Udvalg Bevilling" / "2026 2027 2028 I alt": the unit and the
heads of text columns stand before the years, or on the lines above them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.read.hyphens import join_lines
from ingest.read.text_lines import Line
from ingest.read.text_marks import CAPTION, OPEN_WORD

_BUDGET = r"(?:regnskab|budget|overslagsår|overslag|forbrug|skøn|(?-i:[RBFO]{1,2}))[ -]?"
_ONE = r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d(?!\d)))?"
_YEAR = rf"(?<!\w)(?:{_BUDGET})?{_ONE}"
_TOTAL = r"(?:i alt|ialt|total|sum|hele perioden|varigt|årligt)"
_HEAD = re.compile(rf"^(?P<lead>.*?)\s*(?P<columns>{_YEAR}(?:\s+(?:{_YEAR}|{_TOTAL}))*)$", re.I)
_COLUMN = re.compile(rf"{_YEAR}|{_TOTAL}", re.IGNORECASE)
_PRICES = r"(?:19|20)\d\d\s?-?\s?(?:priser|p/l|pl\b|pris-? og lønniveau)|løbende priser"
_UNIT = re.compile(
    r"\(?(?:beløb\s+)?(?:i\s+)?(?:hele\s+)?"
    r"(?:(?:1\.000(?:\.000)?|mio\.?|mia\.?|t\.?|tusinde?)\s?(?:kr\b\.?|kroner)|kr\.|kroner|tkr\b\.?"
    rf"|årsværk)?\)?[,:]?\s*(?:\(?(?:i\s+)?(?:{_PRICES})\)?)?",
    re.IGNORECASE,
)
WIDEST_LABEL = 90


@dataclass(frozen=True)
class Head:
    """A table's head, from line `start` to the line of years, `at`.

    `unit` is what stands over the labels, `texts` names the columns of words,
    `columns` those of values. `ends` is where each of these ends in its line.
    """

    start: int
    at: int
    unit: str
    texts: tuple[str, ...]
    columns: tuple[str, ...]
    ends: tuple[int, ...]


def find_head(lines: Sequence[Line], at: int, after: int) -> Head | None:
    """Return the head whose years stand in line `at`; None if there are none.

    The head begins at line `after` or later.
    """
    found = None if "\t" in lines[at].raw.strip() else columns_in(lines[at].text)
    if not found:
        return None
    lead, columns = found
    start = at if unit_in(lead) else _first_line(lines, at, after)
    words = ""
    unit = ""
    for text in [*(line.text for line in lines[start:at]), lead]:
        printed = unit_in(text)
        unit = f"{unit} {printed}".strip()
        words = join_lines(words, text[len(printed) :])
    texts: tuple[str, ...] = ()
    if unit:
        # A text column's head begins with a capital: "Udvalg Bevilling Indtægt/udgift".
        texts = tuple(text for text in re.split(r"\s+(?=[A-ZÆØÅ])", words.strip()) if text)
    return Head(start, at, unit or lead, texts, tuple(columns), _ends(lines[at].raw, len(columns)))


def columns_in(text: str) -> tuple[str, list[str]] | None:
    """Return what stands before a line's years, and the years and totals; None if no head."""
    match = _HEAD.match(text)
    if not match or len(match["lead"]) > WIDEST_LABEL:
        return None
    if OPEN_WORD.search(match["lead"][len(unit_in(match["lead"])) :]):
        return None  # "... er afsat i 2026 2027" is a sentence
    columns = _COLUMN.findall(match["columns"])
    years = [int(year[0]) for column in columns if (year := re.search(r"\d{4}", column))]
    rising = all(a < b for a, b in pairwise(years))
    # One year alone is a head only right after the unit.
    unit = unit_in(match["lead"])
    enough = len(years) > 1 or (unit == match["lead"] and "kr" in unit.lower())
    return (match["lead"], columns) if rising and enough else None


def unit_in(text: str) -> str:
    """Return the unit and price level that a text begins with, '' if none."""
    match = _UNIT.match(text)
    return match[0].strip() if match else ""


def is_column(text: str) -> bool:
    """Tell whether a text is one column's head: a year or a total."""
    return bool(_COLUMN.fullmatch(text))


def _ends(raw: str, count: int) -> tuple[int, ...]:
    return tuple(match.end() for match in _COLUMN.finditer(raw))[-count:]


def _first_line(lines: Sequence[Line], at: int, after: int) -> int:
    """Return the first line of a head whose years stand in line `at`."""
    first = at
    for index in range(at - 1, max(after, at - 7) - 1, -1):
        text = lines[index].text
        if unit_in(text) and len(text) < WIDEST_LABEL:
            first = index
        elif first < at or len(text) > 40 or CAPTION.match(text) or text.endswith("."):
            break
    return first
