"""Numbers and dates in the words of an answer, read for the yardstick alone.

What judges an answer shares no code with what made it: a misread number would else look right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

Measure = Literal["money", "percent", "points", "promille", "count"]

_MEASURES: tuple[tuple[Measure, str], ...] = (
    ("points", r"procent-?\s?points?|pct\.?-?\s?points?|percentage points?|%-?point"),
    ("promille", r"promille|‰|per mille"),
    ("percent", r"pct\b|procent|%|per ?cent"),
    ("money", r"t\.?\s?kr|kr\b|kroner|dkk\b|mio\b|mia\b|mill\b|milli(?:on|ard)|billion"),
)
_SCALES = (
    (r"mia\b\.?|milliard\w*|billion\w*", 10**9),
    (r"mio\b\.?|mill\b\.?|million\w*", 10**6),
    (r"t\.?\s?kr\b\.?|tusind\w*|thousand", 10**3),
)
_DIGITS = r"\d{1,3}(?:[.,'\u2019 \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_SPAN = re.compile(
    rf"(?<![\w.,])(?:[-−–]\s?)?(?P<one>{_DIGITS})(?P<half>½)?(?![\d½])"
    rf"(?:\s*(?:[-–]|til|to)\s*(?P<two>{_DIGITS}))?"
    r"(?P<after>[ \u00a0]?[^\s\d(]+(?:[ \u00a0][^\s\d(]+)?)?"
)
_WORDS = {
    word: Decimal(value)
    for value, words in enumerate(
        "nul/zero én/ét to/two tre/three fire/four fem/five seks/six syv/seven "
        "otte/eight ni/nine ti/ten elleve/eleven tolv/twelve".split()
    )
    for word in words.split("/")
}
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.I)
_MONTHS = (
    "januar january jan/februar february feb/marts march mar/april apr/maj may/juni june jun/"
    "juli july jul/august aug/september sept sep/oktober october okt oct/november nov/"
    "december dec"
).split("/")


@dataclass(frozen=True)
class Number:
    """A number in a text: the values it may have (Danish and English print), and of what.

    Values are in whole units, without sign. `measure` is None where no unit stands beside it.
    """

    values: frozenset[Decimal]
    measure: Measure | None


def measure_of(unit: str) -> Measure:
    """Return what kind of measure a unit is of; a noun that is counted is a "count"."""
    found = (m for m, words in _MEASURES if re.search(words, unit, re.I))
    return next(found, "count")


def numbers_in(text: str) -> list[Number]:
    """Return the numbers of a text, in digits or as words up to twelve, in order of kind."""
    found = []
    for match in _SPAN.finditer(text):
        after = match["after"] or ""
        scale = next((s for words, s in _SCALES if re.match(rf"\W?(?:{words})", after, re.I)), 1)
        beside = after.split(".")[0] if scale == 1 else after
        unit = next((m for m, w in _MEASURES if re.match(rf"\W?(?:{w})", beside, re.I)), None)
        measure = unit or ("money" if scale >= 10**6 else None)
        for printed in filter(None, (match["one"], match["two"])):
            half = Decimal("0.5") if match["half"] and printed == match["one"] else Decimal(0)
            values = frozenset((value + half) * scale for value in _values(printed))
            found.append(Number(values, measure))
    found += [Number(frozenset({_WORDS[m[0].lower()]}), None) for m in _WORD.finditer(text)]
    return found


def tells_date(text: str, date: str) -> bool:
    """Tell whether a text tells a date given as YYYY, YYYY-MM or YYYY-MM-DD."""
    year, *rest = date.split("-")
    if not rest:
        return re.search(rf"(?<!\d){year}(?!\d)", text) is not None
    month = int(rest[0])
    name = rf"(?:{'|'.join(_MONTHS[month - 1].split())})\.?"
    day = int(rest[1]) if len(rest) > 1 else None
    if day is None:
        forms = [
            rf"{name}\s*(?:måned\s*)?,?\s*{year}",
            rf"\b0?{month}[-/.]{year}",
            rf"{year}-{rest[0]}",
        ]
    else:
        # Another year beside the day makes it another date; bare "3-5" and "3.5" are none.
        other = rf"(?!,?\s*(?!{year})(?:19|20)\d\d)"
        forms = [
            rf"\b0?{day}\.?\s*(?:og \d+\. )?(?:of )?{name}(?![a-zæøå]){other}",
            rf"{name}\s*0?{day}(?:st|nd|rd|th)?\b{other}",
            rf"\b0?{day}\s?[-/.]\s?0?{month}\s?[-/.]\s?(?:{year}|{year[2:]})\b",
            rf"(?:\bden|\bd\.)\s0?{day}/0?{month}\b(?![-/.]\d)",
            rf"{year}-{rest[0]}-{rest[1]}",
        ]
    return any(re.search(form, text, re.I) for form in forms)


def _values(printed: str) -> set[Decimal]:
    """Return what a printed number may be: "1.234" is a thousand and more, or a decimal."""
    bare = re.sub(r"[' \u2019\u00a0\u2009\u202f]", "", printed)
    marks = [mark for mark in bare if mark in ".,"]
    # Only three digits after a lone mark can be thousands or decimals.
    either = len(marks) == 1 and re.search(r"[.,]\d{3}$", bare)
    if len(marks) == 1 and not either:
        return {Decimal(bare.replace(",", "."))}
    forms = {bare.replace(".", "").replace(",", "."), bare.replace(",", "")}
    values = set()
    for form in forms:
        try:
            values.add(Decimal(form))
        except InvalidOperation:  # "1.2.3" by one of the conventions
            continue
    return values
