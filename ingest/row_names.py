"""What the rows of a table are called: labels, label columns, and the headings over them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.text.numbers import parse_number
from rag.text.sum_rows import is_staff_row, is_sum_row
from rag.types import Cell, Column
from rag.vocabulary import row_concept

# "103", "7.", "BSU04": what a table's first column may number its rows with.
_NUMBERING = re.compile(r"[A-ZÆØÅ]{0,5}[ -]?\d{1,4}[a-z]?\.?")
_LONG = 80  # letters; what is longer on the average describes, and names nothing
_YEAR = re.compile(r"(?:19|20)\d\d")


def names_of(
    texts: Sequence[tuple[str, ...]], columns: Sequence[Column], aligned: Sequence[bool]
) -> list[tuple[str | None, str]]:
    """Return what each row is called, and the name of the label column before, if there is one.

    `texts` are the rows' cells; one that is not `aligned` has all of its label in the first.
    """
    labels = _labels(texts)
    bare: list[tuple[str | None, str]] = [(None, label) for label in labels]
    if labels != [row[0] for row in texts]:
        return bare
    apart = _named_apart([row for row, sure in zip(texts, aligned, strict=True) if sure], columns)
    if apart is None:
        return bare
    named = iter(apart)
    return [next(named) if sure else own for sure, own in zip(aligned, bare, strict=True)]


class Groups:
    """The headings above the rows of a table, as one goes down it: "Drift", or that in an outer
    one ("Kulturudvalget › Drift"), which a heading right under it tells."""

    def __init__(self, labels: Sequence[str], blank: Sequence[bool]) -> None:
        """Take the rows' labels, and which rows have nothing but that."""
        self._labels, self._blank = list(labels), [*blank, False]
        self._path: list[str] = []
        self._seen: list[str] = []

    def opens(self, index: int, cells: tuple[Cell, ...] | None) -> bool:
        """Tell whether a row is a heading, and go on under it."""
        label, later = self._labels[index], self._labels[index + 1 :]
        if not _opens_group(label, cells, later, self._seen[-1] if self._seen else None):
            return False
        if self._blank[index + 1]:
            self._path = []
        elif not (index and self._blank[index - 1]):
            self._path = self._path[:-1]
        self._path = [*self._path[:1], label]
        self._seen.append(label)
        return True

    def over(self, index: int, cells: tuple[Cell, ...] | None) -> str | None:
        """Return the headings over a row with values; one that sums up more has none."""
        label = self._labels[index]
        group = self._path[-1] if self._path else None
        figures = any(parse_number(c.text) is not None for c in (cells or ())[1:])
        sums_up = group is not None and figures and is_sum_row(label)
        own = sums_up and group is not None and group.lower() in label.lower()
        if sums_up and not own and len(self._seen) > 1:  # it sums up more than the last group
            self._path = []
        path = " › ".join(self._path) or None
        if own:
            self._path = self._path[:-1]
        return path


def _named_apart(
    rows: Sequence[tuple[str, ...]], columns: Sequence[Column]
) -> list[tuple[str | None, str]] | None:
    """Return each row's name of the first column and of the second, where both name rows.

    "Skole | Post | 2026": the first repeats or is blank (a merged cell) where the second
    tells its rows apart. Where it does not repeat, the two are one name.
    None for a table whose first column names its rows.
    """
    if len(columns) < 3 or any(c.year or c.period or c.total for c in columns[:2]):
        return None
    valued = [row for row in rows if len(row) > 2 and any(map(_is_number, row[2:]))]
    seconds = [row[1] for row in valued]
    told = [text for text in seconds if text]
    if len(valued) < 3 or not (all(map(_is_wordy, told)) or all(map(_YEAR.fullmatch, told))):
        return None
    filled = _filled_down(rows)
    names = [(filled[i], row[1]) for i, row in enumerate(rows) if row in valued and row[1]]
    repeated = len({first for first, _ in names}) < len(names)
    if len(set(names)) < len(names) or len(names) * 3 < len(valued) * 2:
        return None
    if not repeated:
        both = _name_both(valued)
        return [(None, ": ".join(filter(None, row[:2]))) for row in rows] if both else None
    return [
        (first, row[1]) if len(row) > 1 and row[1] else (None, row[0] or first or "")
        for row, first in zip(rows, filled, strict=True)
    ]


def _name_both(rows: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether both columns have names, short and in words: "Bygning | Projekt | 2026".

    A kind that each first name tells already is no second one: "Pulje på anlægsrammen | Anlæg".
    """
    if all(second.casefold() in first.casefold() for first, second, *_ in rows):
        return False
    return all(
        sum(_is_wordy(text) for text in texts) * 3 >= len(rows) * 2
        and 2 < sum(map(len, texts)) / max(len(texts), 1) < _LONG
        for texts in ([row[at] for row in rows if row[at]] for at in (0, 1))
    )


def _filled_down(rows: Sequence[tuple[str, ...]]) -> list[str | None]:
    """Return what the first column says of each row: its own words, or those above a blank."""
    found: list[str | None] = []
    for row in rows:
        found.append(row[0] or (found[-1] if found else None))
    return found


def _is_number(text: str) -> bool:
    return parse_number(text) is not None


def _is_wordy(text: str) -> bool:
    return not _is_number(text) and any(map(str.isalpha, text))


def _labels(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return what the rows of a table are called.

    Where the first column only numbers them ("103 | Klimasikring | 112,0"), the second
    names them; a number with letters in it ("BSU04") is part of the name.
    """
    names = [row[1] for row in rows if len(row) > 1]
    numbered = [r[0] for r in rows if _NUMBERING.fullmatch(r[0]) and not _YEAR.fullmatch(r[0])]
    worded = sum(any(c.isalpha() for c in n) and parse_number(n) is None for n in names)
    if len(numbered) < 2 or len(numbered) + 1 < len(rows) or worded < len(rows):
        return [row[0] for row in rows]
    return [
        row[1] if not row[0] or row[0].rstrip(".").isdigit() else f"{row[0]} {row[1]}"
        for row in rows
    ]


def _opens_group(
    label: str, cells: tuple[Cell, ...] | None, later: list[str], before: str | None
) -> bool:
    """Tell a group's heading from a measure whose cells are all blank.

    Both look alike ("Personalekonsekvenser", "Investering - Anlæg"): a label
    that the vocabulary knows as a measure is one, unless its own sum follows or
    it stands as a lone word after another such group ("Drift", "Anlæg").
    """
    if cells is None or any(c.state != "blank" for c in cells[1:]) or not label or not later:
        return False
    if row_concept(label) is None:
        return True
    summed = any(re.match(rf"(?:samlet )?{re.escape(label)} i ?alt\b", t, re.I) for t in later)
    return summed or (_is_lone(label) and _is_lone(before) and not is_sum_row(later[0]))


def _is_lone(label: str | None) -> bool:
    return label is not None and label.isalpha() and not is_staff_row(label)
