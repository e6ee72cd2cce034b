"""Sizes that a question wants a figure to have: "mere end 30 årsværk", "at most 2 million"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.query import Bounds
from rag.text.language import detect_language
from rag.text.numerals import Numeral, find_numerals
from rag.text.units import STAFF

# Each way to say a bound, before the amount or after it. What denies comes first: "ikke over".
_BEFORE = re.compile(
    r"\b(?:"
    r"(?P<most>højst|maks(?:imalt|\.)?|op til|at most|up to|(?:ikke|no|not) (?:mere|flere|more) "
    r"(?:end|than)|(?:ikke|not) (?:over|above))|"
    r"(?P<least>mindst|minimum|at least|(?:ikke|no|not) (?:mindre|færre|less|fewer) (?:end|than)|"
    r"(?:ikke|not) (?:under|below))|"
    r"(?P<above>over|above|overstig\w*|exceed\w*|"
    r"(?:mere|flere|højere|større|more|higher|larger|greater) (?:end|than))|"
    r"(?P<below>under|below|(?:mindre|færre|lavere|less|fewer|lower|smaller) (?:end|than))"
    r")\s+(?:ca\.?\s+|about\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:(?P<least>(?:eller|or) (?:mere|flere|derover|more))|"
    r"(?P<most>(?:eller|or) (?:mindre|færre|derunder|less|fewer)))\b",
    re.IGNORECASE,
)
_SIZE = r"(?!(?:19|20)\d\d\b(?![.,]\d))\d[\d.]*(?:,\d+)?"  # a year is none
_BETWEEN = re.compile(
    rf"\b(?:mellem|between)\s+(?P<low>{_SIZE})(?P<unit>\s+\D{{1,20}}?)?\s+(?:og|and)\s+"
    rf"(?P<high>{_SIZE})(?P<rest>\s+\D{{0,20}})",
    re.IGNORECASE,
)
# A number of nothing: "FTEs by more than 5 in 2029". "Under 3 år" is of years.
_BARE = re.compile(
    r"(?<![\d.,])\d{1,3}(?:,\d+)?(?=\s*(?:[?,.]?\s*$|[?,]|(?:i|in|om|pr|per|for|by)\b))"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DECIMALS = re.compile(r"(?<=\d)\.(?=\d{1,2}(?!\d))")
_EXACT = ("least", "most")  # the bound itself will do


def bounds_asked(text: str) -> Bounds | None:
    """Return the bounds that a question says, None where it says none."""
    told = _as_danish(text)
    if match := _BETWEEN.search(told):
        low, high = (_size(match[side] + match["rest"]) for side in ("low", "high"))
        if match["unit"]:
            low = _size(match["low"] + match["unit"])
        return Bounds(low, high) if low is not None and high is not None else None
    found = [(kind, size) for kind, size, _, _ in _bounds(told)]
    least = next((size for kind, size in found if kind in ("least", "above")), None)
    most = next((size for kind, size in found if kind in ("most", "below")), None)
    return Bounds(least, most, all(kind in _EXACT for kind, _ in found)) if found else None


def size_named(text: str) -> Decimal | None:
    """Return the first amount of money or staff that a question names, in whole units."""
    return next((size for numeral in _amounts(_as_danish(text)) if (size := _whole(numeral))), None)


def without_bounds(text: str) -> str:
    """Return a question without the words that bound what it asks for."""
    told = _as_danish(text)
    if match := _BETWEEN.search(told):
        return f"{text[: match.start()]} {text[match.end() :]}"
    for _, _, start, end in reversed(list(_bounds(told))):
        text = f"{text[:start]} {text[end:]}"
    return text


def _bounds(text: str) -> Iterator[tuple[str, Decimal, int, int]]:
    """Yield each bound, its size, and where it is said."""
    amounts = [(n.start, n.end, _whole(n)) for n in _amounts(text)]
    if not amounts:
        amounts = [
            (m.start(), m.end(), Decimal(m[0].replace(",", "."))) for m in _BARE.finditer(text)
        ]
    for start, end, size in amounts:
        before, after = _BEFORE.search(text[:start]), _AFTER.match(text[end:])
        said = before or after
        if said is not None and said.lastgroup and size is not None:
            first = before.start() if before else start
            yield said.lastgroup, size, first, end + (after.end() if after else 0)


def _amounts(text: str) -> list[Numeral]:
    return [n for n in find_numerals(text) if n.value is not None and n.unit in ("kr.", *STAFF)]


def _whole(numeral: Numeral) -> Decimal | None:
    return None if numeral.value is None else abs(numeral.value * numeral.scale)


def _size(text: str) -> Decimal | None:
    number = re.match(_SIZE, text)
    alone = number and Decimal(number[0].replace(".", "").replace(",", "."))
    return next((_whole(n) for n in _amounts(text)), alone)


def _as_danish(text: str) -> str:
    """Return an English question with its numbers as Danish has them, each at its place.

    Of one who copies Danish numbers, "400.000" and "0,22" are left as they are.
    """
    if detect_language(text) != "en":
        return text
    return _DECIMALS.sub(",", _THOUSANDS.sub(".", text))
