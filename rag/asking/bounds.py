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
    found = [(kind, size) for kind, size, _, _ in _bounds(_as_danish(text))]
    least = next((size for kind, size in found if kind in ("least", "above")), None)
    most = next((size for kind, size in found if kind in ("most", "below")), None)
    return Bounds(least, most, all(kind in _EXACT for kind, _ in found)) if found else None


def size_named(text: str) -> Decimal | None:
    """Return the first amount of money or staff that a question names, in whole units."""
    return next((size for n in _amounts(_as_danish(text)) if (size := n.ends[0])), None)


def without_bounds(text: str) -> str:
    """Return a question without the words that bound what it asks for."""
    for _, _, start, end in reversed(list(_bounds(_as_danish(text)))):
        text = f"{text[:start]} {text[end:]}"
    return text


def _bounds(text: str) -> Iterator[tuple[str, Decimal, int, int]]:
    """Yield each bound, its size, and where it is said; of two together, the first stands there."""
    if match := _BETWEEN.search(text):
        yield "least", _size(match["low"] + (match["unit"] or match["rest"])), *match.span()
        yield "most", _size(match["high"] + match["rest"]), match.end(), match.end()
        return
    amounts = [(n.start, n.end, n.ends[0]) for n in _amounts(text)]
    if not amounts:
        amounts = [
            (m.start(), m.end(), Decimal(m[0].replace(",", "."))) for m in _BARE.finditer(text)
        ]
    for start, end, size in amounts:
        before, after = _BEFORE.search(text[:start]), _AFTER.match(text[end:])
        said = before or after
        if said is not None and said.lastgroup:
            first = before.start() if before else start
            yield said.lastgroup, size, first, end + (after.end() if after else 0)


def _amounts(text: str) -> list[Numeral]:
    return [n for n in find_numerals(text) if n.value is not None and n.unit in ("kr.", *STAFF)]


def _size(text: str) -> Decimal:
    """Return the amount that a text begins with, in whole units; without a unit, its number."""
    alone = re.sub(r"[^\d,].*", "", text.replace(".", ""), flags=re.DOTALL)
    return next((n.ends[0] for n in _amounts(text)), Decimal(alone.replace(",", ".")))


def _as_danish(text: str) -> str:
    """Return an English question with its numbers as Danish has them, each at its place.

    Of one who copies Danish numbers, "400.000" and "0,22" are left as they are.
    """
    if detect_language(text) != "en":
        return text
    return _DECIMALS.sub(",", _THOUSANDS.sub(".", text))
