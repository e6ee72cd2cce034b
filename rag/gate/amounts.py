"""The amounts of a sentence, Danish or English: those with a unit, and bare numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from rag.text.counts import NUMBER_WORDS, counted_noun, is_english, names_a_doer, names_something
from rag.text.numbers import MINUS, parse_number
from rag.text.numerals import Numeral, find_numerals
from rag.text.units import SCALES, UNITS

Unit = tuple[str | None, int]
Range = tuple[int, int]
COUNTED = "*"
"""The unit of what English counts: any noun, but neither money nor a share."""

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?½?"
# Numbers in words that `find_numerals` leaves: English ones and the larger Danish.
_WORDS = {
    word: Decimal(value)
    for value, words in {
        1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight",
        9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen tretten",
        14: "fourteen fjorten", 15: "fifteen femten", 16: "sixteen seksten",
        17: "seventeen sytten", 18: "eighteen atten", 19: "nineteen nitten", 20: "twenty tyve",
        30: "thirty tredive", 40: "forty fyrre", 50: "fifty halvtreds", 60: "sixty tres",
        70: "seventy halvfjerds", 80: "eighty firs", 90: "ninety halvfems",
        100: "hundred hundrede",
    }.items()
    for word in words.split()
}  # fmt: skip
_WORD = r"\b(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\b"
_STAFF = r"FTEs?|positions?|jobs|posts|full-time|stillinger|årsværk|fuldtidsstillinger"
_BARE = re.compile(
    rf"(?P<about>\b(?:ca\.|cirka|omkring|omtrent|knap|godt|about|around|nearly|almost)\s+)?"
    rf"(?<![\w.,/:§#])(?P<sign>(?<![\w)]\s)[{MINUS}+])?(?<![\w.,/:§#\[])"
    rf"(?P<first>{_NUMBER}|{_WORD})(?:\s?[-–]\s?(?P<second>{_NUMBER}))?"
    r"(?!\w|[.,:/]\d|[-–]\w|\]|\.\s+[a-zæøå])"
    rf"(?P<unit>\s*(?:(?P<scale>{'|'.join(s for s in SCALES if len(s) > 2)})\.?(?!\w))?\s*"
    rf"(?:DKK|kroner|kr\b\.?|(?P<percent>per\s?cent|procent|pct\b|%)|(?P<staff>{_STAFF})\b)?)",
    re.IGNORECASE,
)
# English writes 2.2 and 2,200 where Danish writes 2,2 and 2.200.
_ENGLISH = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,2})(?![\d,.]*\d)")
_SWAP = str.maketrans(".,", ",.")
_ENGLISH_NOUN = re.compile(r"\s+(?!(?:in|and|or|to|of|for|from|by|per|a|the|with|at|on)\b)[a-z]+")
# What a writer counts in his own text is no figure of a document.
_OWN = frozenset(
    str.split(
        "forslag prioriteringsforslag spørgsmål dokumenter afsnit punkter år gange forhold årsager "
        "grunde eksempler måder tabeller notater budgetnotater svar kilder bemærkninger dele ting "
        "sager kommuner emner områder steder proposals questions documents years reasons examples "
        "ways tables answers things points cases municipalities måneder uger dage"
    )
)


@dataclass(frozen=True)
class Amount:
    """An amount at `text[start:end]`; `unit` is None where none is printed."""

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: Unit | None
    about: str = ""


def in_danish(text: str) -> str:
    """Return an English sentence with its numbers as Danish writes them, of the same length."""
    return _ENGLISH.sub(lambda m: m[0].translate(_SWAP), text)


def find_amounts(text: str, taken: Iterable[Range], english: bool) -> list[Amount]:
    """Return the amounts of a sentence, in order; what stands in `taken` is none (years)."""
    # What English counts has no Danish noun to meet: the number stands alone.
    found = [n for n in find_numerals(text) if not english or _is_english_amount(n)]
    amounts = [a for n in found if not _is_own_count(n) for a in _told(n, text)]
    busy = [*taken, *((n.start, n.end) for n in found)]
    for m in _BARE.finditer(text):
        at = m.start("first"), m.end("second") if m["second"] else m.end("first")
        if not any(a < at[1] and at[0] < b for a, b in busy) and not _names(m):
            amounts.append(_bare(m, at, english))
    return sorted(amounts, key=lambda a: a.start)


def _is_english_amount(n: Numeral) -> bool:
    # "Amounts to DKK 2.2 million": its "to" is no two.
    return n.unit in UNITS and n.number.lower() not in NUMBER_WORDS


def _is_own_count(n: Numeral) -> bool:
    return n.unit in _OWN and n.number.lower() in (*NUMBER_WORDS, *map(str, range(13)))


def _told(n: Numeral, text: str) -> Iterator[Amount]:
    words = text[max(0, n.start - 12) : n.start].lower()
    about = next((w for w in ("knap", "godt", "over") if words.rstrip().endswith(w)), "")
    about = about or ("ca." if n.approximate else "")
    unit = n.unit, n.scale
    until = re.match(r"(\S+)\s+til\s+(\S+)", n.number)
    if n.low is not None and n.high is not None and until:
        middle = n.start + until.end(1)
        yield Amount(n.start, middle, n.low, None, None, unit, about)
        yield Amount(n.start + until.start(2), n.end, n.high, None, None, unit, about)
    else:
        yield Amount(n.start, n.end, n.value, n.low, n.high, unit, about)


def _names(m: re.Match[str]) -> bool:
    """Tell whether a number is a name, an ordinal or the unit of a table."""
    before, after = m.string[: m.start("first")], m.string[m.end("first") :]
    if names_something(before):
        return True
    if not m["unit"].strip() and not is_english(m.string) and names_a_doer(before, after):
        return True
    if m["first"].lower() in _WORDS and not m["unit"].strip():
        return True
    unit_only = re.fullmatch(r"1\.000(?:\.000)?", m["first"]) and re.match(r"\s*kr", after)
    return bool(unit_only or re.match(r"\s*[-–]?\s*(?:p/l|pl\b|pris)", after))


def _bare(m: re.Match[str], at: Range, english: bool) -> Amount:
    first = _WORDS.get(m["first"].lower()) or parse_number(m["first"]) or Decimal(0)
    second = parse_number(m["second"]) if m["second"] else None
    start, end = m.start("sign") if m["sign"] else at[0], at[1]
    unit: Unit | None = None
    if m["unit"].strip():
        end = m.start("unit") + len(m["unit"].rstrip())
        scale = SCALES.get((m["scale"] or "").lower(), 1)
        unit = ("pct." if m["percent"] else "årsværk" if m["staff"] else "kr.", scale)
    elif re.search(r"\b(?:DKK|kr\.?)\s*$", m.string[: m.start("first")], re.IGNORECASE):
        unit = ("kr.", 1)
    elif not english and (noun := counted_noun(m.string[at[1] :])):
        end, unit = at[1] + noun[1], (noun[0], 1)
    elif english and _ENGLISH_NOUN.match(m.string, at[1]):
        unit = (COUNTED, 1)
    about = (m["about"] or "").strip().lower()
    if second is not None and first < second:
        return Amount(start, end, None, first, second, unit, about)
    return Amount(start, end, first, None, None, unit, about)
