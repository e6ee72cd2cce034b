"""Amounts of the table told again in the prose: which are the same, and which are misprinted.

A part or an increment ("yderligere 50.000 kr.", "heraf 2 stillinger") tells no
row's amount. An amount that differs from its row by one digit, or by two that
changed places, is the same one told wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from ingest.findings import finding, printed
from ingest.tables import is_sum_row
from rag.types import Figure, Finding, Place, Text

TextOf = Callable[[Place], str]
"""Returns the text that stands at a place."""

_PART_BEFORE = re.compile(
    r"\b(?:yderligere|ekstra|heraf|deraf|hvoraf|herunder|hver|hvert|årlige?\s+stigning\w*|"
    r"(?:stiger|vokser|øges|falder)\s+(?:årligt|hvert\s+år)|pr|per)\b",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"^\s*(?:hver\b|hvert\b|pr\b|per\b|om måneden|om ugen|om dagen|i timen|månedlig|ekstra\b|"
    r"yderligere\b|mere end\b|mindre end\b|heraf\b)",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:samle[dt]\w*|i alt|netto\w*|tilsammen|totalt?)\b", re.IGNORECASE)
_CHANGE = re.compile(r"\((?:afvigelse|ændring|forskel|difference)\w*\)$", re.IGNORECASE)
_FEWEST_DIGITS = 3  # of amounts with fewer, many differ by one digit


def is_part(told: Figure, text_of: TextOf) -> bool:
    """Tell whether a sentence tells an amount as a part of another, or as an increment."""
    sentence = text_of(told.context)
    start, end = told.place.start - told.context.start, told.place.end - told.context.start
    before = re.split(r"[.;:,]\s|\d", sentence[:start])[-1]
    return bool(_PART_BEFORE.search(before) or _PART_AFTER.match(sentence[end:]))


def misprints(
    table: Sequence[Figure], prose: Sequence[Figure], text_of: TextOf
) -> Iterator[Finding]:
    """Find amounts that a sentence tells of a row it names, one digit off."""
    cells = [f for f in table if f.amount is not None and f.unit == "kr."]
    for told in prose:
        if told.unit != "kr." or told.amount is None or told.approximate or is_part(told, text_of):
            continue
        if any(abs(c.amount or 0) == abs(told.amount) for c in cells):
            continue
        sentence = text_of(told.context)
        near = [
            c
            for c in cells
            if _misprinted(told, c) and _same_time(told, c) and _names(sentence, told, c)
        ]
        if len({(c.table, c.measure) for c in near}) == 1:
            yield _finding(told, near[0])


def _same_time(told: Figure, cell: Figure) -> bool:
    if cell.year is not None:
        return told.year == cell.year
    return cell.period is None and _CHANGE.search(cell.measure) is not None


def _names(sentence: str, told: Figure, cell: Figure) -> bool:
    """Tell whether a sentence speaks of a cell's row: by its concept, or all its words."""
    if told.concept is not None and told.concept == cell.concept:
        return True
    if is_sum_row(cell.measure) and _ALL.search(sentence):
        return True
    label = re.sub(r"\(.*?\)$", "", cell.measure)
    words = re.findall(r"[^\W\d_]{3,}", label)
    return bool(words) and all(
        re.search(rf"\b{re.escape(word)}\w{{0,3}}\b", sentence, re.IGNORECASE) for word in words
    )


def _misprinted(told: Figure, cell: Figure) -> bool:
    one, other = _digits(told.amount), _digits(cell.amount)
    if len(one) != len(other) or len(one) < _FEWEST_DIGITS or one == other:
        return False
    if told.amount is None or cell.amount is None:
        return False
    if abs(told.amount).adjusted() != abs(cell.amount).adjusted():
        return False
    odd = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    swapped = len(odd) == 2 and odd[1] == odd[0] + 1 and one[odd[0]] == other[odd[1]]
    return len(odd) == 1 or (swapped and one[odd[1]] == other[odd[0]])


def _digits(amount: Decimal | None) -> str:
    """Return an amount's digits without the zeros at its ends: 695.000 is "695"."""
    return f"{abs(amount or 0):f}".replace(".", "").strip("0")


def _finding(told: Figure, cell: Figure) -> Finding:
    when = (f" i {cell.year}", f" in {cell.year}") if cell.year else ("", "")
    return finding(
        "table_against_prose",
        "hard",
        Text(
            f"Teksten siger {printed(told)}{when[0]}, men tabellens række "
            f"»{cell.measure}« siger {printed(cell).rstrip('.')}.",
            f"The prose says {printed(told)}{when[1]}, but the table's row "
            f"»{cell.measure}« says {printed(cell).rstrip('.')}.",
        ),
        [told.context, cell.context],
        [told, cell],
    )
