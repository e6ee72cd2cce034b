"""How long, wide, heavy or old: the adjectives that ask for an extent, and what tells one.

"Hvor høj" and "hvor stor" ask as well for an amount of money, and are not here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

TIME_UNITS = frozenset(
    "sekunder minutter minut timer time dage dag døgn uger uge måneder måned år".split()
)
_LENGTHS = frozenset("mm cm m km meter kilometer centimeter millimeter sider side".split())
_WEIGHTS = frozenset("g kg ton tons gram kilo kilogram".split())
_TIMES_EN = "years?|months?|weeks?|days?|hours?|minutes?"


class _Extent(NamedTuple):
    """What a folded question asks for an extent by, its units, and other words that tell it."""

    asks: str
    units: frozenset[str]
    told: str


_EXTENTS = {
    "length": _Extent(
        r"hvor langt?\b(?! tid)|how long (?:is|are|was|were)\b",
        _LENGTHS | TIME_UNITS,
        rf"{_TIMES_EN}|(?:kilo)?met(?:re|er)s?|pages?",
    ),
    # A length is no width: the sentence must say which it is.
    "width": _Extent(
        r"hvor (?:bred|dyb)[te]?\b|how (?:wide|deep)\b",
        frozenset(),
        r"bred\w*|dyb\w*|wid\w+|deep|depth",
    ),
    "weight": _Extent(r"hvor tungt?e?\b|how heavy\b", _WEIGHTS, r"vejer?|tonnes?|weighs?"),
    "age": _Extent(
        r"hvor (?:gammelt?|gamle)\b|how old\b", TIME_UNITS, rf"{_TIMES_EN}|(?:19|20)\d\d"
    ),
}
_ASKED = {kind: re.compile(rf"\b(?:{extent.asks})") for kind, extent in _EXTENTS.items()}
EXTENTS = tuple(
    (_ASKED[kind], re.compile(rf"(?i)\b(?:{'|'.join([*sorted(e.units), e.told])})\b"))
    for kind, e in _EXTENTS.items()
)
"""Pairs of patterns: what asks for an extent (folded), and what a sentence that tells it has."""


def extent_asked(flat: str) -> str | None:
    """Return the kind of extent that a folded question asks for, or None."""
    return next((kind for kind, pattern in _ASKED.items() if pattern.search(flat)), None)


def units_of(kind: str) -> frozenset[str]:
    """Return the units that an extent is told in; none for a kind that is no extent."""
    return _EXTENTS[kind].units if kind in _EXTENTS else frozenset()
