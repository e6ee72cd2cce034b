"""What a text claims: each amount, year, date and quotation in it, with what it is told for.

An amount is read with its sentence: its unit, the years told for it and the
words of its clause. A number without a unit takes the unit of its neighbour,
or stands for itself ("2 stillinger i 2026 stigende til 4 i 2029").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from rag.counts import NUMBER_WORDS, is_english, names_something
from rag.dates import YearMention, find_dates, find_years
from rag.numerals import MINUS, STAFF_UNITS, Numeral, find_numerals, parse_number
from rag.sentences import statements

Kind = Literal["amount", "year", "date", "quotation"]
Unit = tuple[str | None, int]
Range = tuple[int, int]

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
    r"(?P<unit>\s*(?:(?P<scale>million|thousand|billion|millioner|mio\.?)(?!\w))?\s*"
    rf"(?:DKK|kroner|kr\b\.?|(?P<percent>per\s?cent|procent|pct\b|%)|(?P<staff>{_STAFF})\b)?)",
    re.IGNORECASE,
)
_SCALES = {
    "thousand": 1_000,
    "million": 1_000_000,
    "millioner": 1_000_000,
    "mio": 1_000_000,
    "billion": 1_000_000_000,
}
_UNITS = frozenset(("kr.", "pct.", *STAFF_UNITS.values()))
_MARKER = re.compile(r"^\s*[(\[]?\d{1,2}[.)\]](?=\s)|[(\[]\d{1,2}[)\]](?!\s*(?:kr|pct|%))", re.M)
_CODES = re.compile(
    r"https?://\S+|\S+@\S+|\b\d{4}\s?-\s?\d{5,}\b|(?<![\d.,])\d{6,}(?![\d.,])|\b\d\d/\d\d\b"
    r"|\b\d{1,2}[.:]\d\d(?=\s*(?:-|–|$|h\b))|\b(?:kl|tlf|telefon|F2|eDoc)\b\.?:?\s*[\d .:-]+",
    re.IGNORECASE,
)
# English writes 2.2 and 2,200 where Danish writes 2,2 and 2.200.
_ENGLISH_POINT = re.compile(r"(?<![\d.,])(\d+)\.(\d{1,2})(?![\d.,]*\d)")
_ENGLISH_COMMA = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?!\d)")
_QUOTE = re.compile(r"[»«“„”\"]([^»«“„”\"\n]{12,}?)[«»”“\"]")
_FEWEST_WORDS = 4
_TO_YEAR = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?[(,]?\s*(?:(?!og\b|samt\b|men\b|mens\b|hvor\w*\b|and\b|but\b|while\b)"
    r"[\w-]+\s+){0,7}?(?:(?:i|fra|for|til|mod|pr\.?|med|efter|om året|årligt|in|from|by|for|ved"
    r"|inden|senest)\b\s*)*(?:budget\w*\s*|år(?:et|ene)?\s+|udgangen af\s+)?B?\(?$",
    re.IGNORECASE,
)
_LIST = re.compile(r"^\s*(?:,|og|samt|eller|and|,\s*(?:og|and))\s*(?:i\s+|for\s+|in\s+)?$", re.I)
_RISING = re.compile(
    r"\b(?:stig\w*|steg|voks\w*|øge\w*|fald\w*|aftag\w*|reducer\w*|ris\w*|fall\w*|grow\w*|op|ned)"
    r"\s+(?:til|to)\s*$",
    re.IGNORECASE,
)
_BUDGET = re.compile(r"\b(?:budget(?:tet|aftale\w*)?(?: for)?\s*|B)$", re.IGNORECASE)
# What a writer counts in his own text is no figure of a document.
_OWN = frozenset(
    str.split(
        "forslag prioriteringsforslag spørgsmål dokumenter afsnit punkter år gange forhold årsager "
        "grunde eksempler måder tabeller notater budgetnotater svar kilder bemærkninger dele ting "
        "proposals questions documents years reasons examples ways tables answers things points "
        "måneder uger dage"
    )
)


@dataclass(frozen=True)
class Claim:
    """Something a text states that must have a place: `text[start:end]`.

    An amount has `value` or `low` and `high`, in any of `units` (a unit of None
    stands for the number as printed); `sign` is -1 or 1 where one is printed.
    `years` are told for it, `budget` where they name a budget. `clause` are the
    words around it, `before` those of its sentence before it, `after` those up to
    the next amount.
    """

    kind: Kind
    start: int
    end: int
    text: str
    clause: str = ""
    before: str = ""
    after: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    units: tuple[Unit, ...] = ()
    sign: int = 0
    about: str = ""
    years: tuple[YearMention, ...] = ()
    budget: bool = False
    date: dt.date | None = None


def read_claims(text: str, taken: Iterable[Range] = ()) -> list[Claim]:
    """Return the claims of a text, in order; what stands in `taken` is none (names)."""
    quotes = [
        Claim("quotation", m.start(), m.end(), m[1].strip())
        for m in _QUOTE.finditer(text)
        if len(m[1].split()) >= _FEWEST_WORDS
    ]
    names = [*taken, *((q.start, q.end) for q in quotes)]
    names += [m.span() for m in _CODES.finditer(text)]
    claims = list(quotes)
    led: tuple[YearMention, ...] = ()
    for start, end in statements(text):
        sentence = _blanked(text[start:end], [(a - start, b - start) for a, b in names])
        found = _Sentence(sentence, led).claims()
        claims += [
            replace(c, start=start + c.start, end=start + c.end,
                    text=text[start + c.start : start + c.end])
            for c in found
        ]  # fmt: skip
        led = _leading(sentence, led, text[start - 2 : start], text[start:end])
    return sorted(claims, key=lambda c: c.start)


def _leading(
    sentence: str, led: tuple[YearMention, ...], before: str, raw: str
) -> tuple[YearMention, ...]:
    """Return the year that a line ending in a colon gives the items below it."""
    if raw.endswith(":"):
        years = find_years(sentence)
        return tuple(years[-1:])
    item = re.match(r"\s*(?:[-–•*o]|\d+[.)])\s", raw)
    return led if item else ()


def _blanked(sentence: str, ranges: Iterable[Range]) -> str:
    """Return a sentence with what is no figure as blanks, of the same length."""
    chars = list(sentence)
    for start, end in ranges:
        for i in range(max(start, 0), min(end, len(chars))):
            chars[i] = "\x00"
    blank = "".join(chars)
    return _MARKER.sub(lambda m: "\x00" * len(m[0]), blank)


@dataclass(frozen=True)
class _Amount:
    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: Unit | None
    about: str = ""


class _Sentence:
    """One sentence and its claims; offsets are within it."""

    def __init__(self, text: str, led: tuple[YearMention, ...]) -> None:
        self._text = _in_danish(text) if is_english(text) else text
        self._led = led
        self._dates = find_dates(self._text)
        self._years = find_years(self._text)
        self._amounts = sorted(self._find(), key=lambda a: a.start)

    def claims(self) -> list[Claim]:
        found, attached = [], set[int]()
        own = self._following()
        for index, amount in enumerate(self._amounts):
            years = own[index] or self._preceding(index, own)
            attached |= {y.start for y in years}
            found.append(self._claim(index, amount, years or self._led))
        free = [y for y in self._years if y.start not in attached]
        found += [
            Claim("year", y.start, y.end, "", self._text, years=(y,), budget=self._is_budget(y))
            for y in free
        ]
        found += [
            Claim("date", a, b, "", self._text, date=d)
            for a, b, d in self._dates
            if not self._is_own(a, b)
        ]
        return found

    def _is_own(self, start: int, end: int) -> bool:
        """Tell whether a date is the letter's own: alone on its line, or that of the question."""
        rest = self._text[:start] + self._text[end:]
        if len(re.findall(r"\w+", rest)) <= 2:
            return True
        return bool(re.search(r"\bstille\w*\b.*spørgsm|\b(?:har )?spurgt\b|\bmodtaget\b", rest))

    # ------------------------------------------------------------- amounts

    def _find(self) -> Iterable[_Amount]:
        # What English counts has no Danish noun to meet: the number stands alone.
        english = is_english(self._text)
        found = [n for n in find_numerals(self._text) if n.unit in _UNITS or not english]
        numerals = [n for n in found if not self._is_own_count(n)]
        skipped = [(n.start, n.end) for n in found if self._is_own_count(n)]
        for n in numerals:
            yield from self._told(n)
        busy = [*skipped, *((n.start, n.end) for n in numerals)]
        busy += [(y.start, y.end) for y in self._years] + [(a, b) for a, b, _ in self._dates]
        for m in _BARE.finditer(self._text):
            at = m.start("first"), m.end("second") if m["second"] else m.end("first")
            if any(a < at[1] and at[0] < b for a, b in busy) or self._names(m):
                continue
            yield _bare(m, at)

    def _is_own_count(self, n: Numeral) -> bool:
        return n.unit in _OWN and n.number.lower() in (*NUMBER_WORDS, *map(str, range(13)))

    def _names(self, m: re.Match[str]) -> bool:
        """Tell whether a number is a name, an ordinal or the unit of a table."""
        if names_something(self._text[: m.start("first")]):
            return True
        if m["first"].lower() in _WORDS and not m["unit"].strip():
            return True
        unit_only = re.fullmatch(r"1\.000(?:\.000)?", m["first"]) and re.match(
            r"\s*kr", self._text[m.end("first") :]
        )
        price = re.match(r"\s*[-–]?\s*(?:p/l|pl\b|pris)", self._text[m.end("first") :])
        return bool(unit_only or price)

    def _told(self, n: Numeral) -> Iterable[_Amount]:
        words = self._text[max(0, n.start - 12) : n.start].lower()
        about = next((w for w in ("knap", "godt", "over") if words.rstrip().endswith(w)), "")
        about = about or ("ca." if n.approximate else "")
        unit, end = (n.unit, n.scale), n.end
        # "30.000 færre stillinger": the noun stands behind the word counted.
        staff = re.match(r"\s+(\w+)", self._text[end:]) if n.unit not in _UNITS else None
        if staff and staff[1].lower() in STAFF_UNITS:
            unit, end = (STAFF_UNITS[staff[1].lower()], 1), end + staff.end()
        until = re.match(r"(\S+)\s+til\s+(\S+)", n.number)
        if n.low is not None and n.high is not None and until:
            middle = n.start + until.end(1)
            yield _Amount(n.start, middle, n.low, None, None, unit, about)
            yield _Amount(n.start + until.start(2), end, n.high, None, None, unit, about)
        else:
            yield _Amount(n.start, end, n.value, n.low, n.high, unit, about)

    def _claim(self, index: int, amount: _Amount, years: tuple[YearMention, ...]) -> Claim:
        before = self._amounts[index - 1].end if index else 0
        after = self._amounts[index + 1].start if index + 1 < len(self._amounts) else None
        start, end = amount.start, amount.end
        for year in years:
            if year.start >= end and (after is None or year.end <= after):
                end = max(end, year.end)
            elif before <= year.start and year in self._years:
                start = min(start, year.start)
        value = amount.value
        sign = 0
        if self._text[amount.start] in MINUS + "+":
            sign = -1 if self._text[amount.start] in MINUS else 1
        elif value is not None and value < 0:
            sign = -1
        return Claim(
            "amount", start, end, "", self._text[before:after], self._text[: amount.start],
            self._text[amount.end : after],
            None if value is None else abs(value), amount.low, amount.high,
            self._units(index), sign, amount.about, years,
            any(self._is_budget(y) for y in years),
        )  # fmt: skip

    def _units(self, index: int) -> tuple[Unit, ...]:
        """Return what an amount may be in: its unit, or for a bare one its neighbours'."""
        unit = self._amounts[index].unit
        if unit is not None:
            return (unit,)
        before = [a.unit for a in self._amounts[:index] if a.unit]
        after = [a.unit for a in self._amounts[index + 1 :] if a.unit]
        near = [*before[-1:], *after[:1]]
        in_table = re.search(r"1\.000 kr|t\.kr|tkr", self._text)
        return (*(near or [(None, 1)]), *([("kr.", 1_000)] if in_table else []))

    # --------------------------------------------------------------- years

    def _is_budget(self, year: YearMention) -> bool:
        return bool(_BUDGET.search(self._text[: year.start]))

    def _following(self) -> list[tuple[YearMention, ...]]:
        """Return for each amount the years that are told after it."""
        paired = self._respectively()
        if paired:
            return paired
        own = []
        for index, amount in enumerate(self._amounts):
            last = index + 1 == len(self._amounts)
            limit = len(self._text) if last else self._amounts[index + 1].start
            years: list[YearMention] = []
            for year in (y for y in self._years if amount.end <= y.start < limit):
                between = self._text[years[-1].end if years else amount.end : year.start]
                if not (_LIST if years else _TO_YEAR).match(between):
                    break
                if between.lstrip().startswith(",") and not years and self._has_own(index):
                    break  # "I 2026 er det 2, i 2028 3": each year stands before its amount
                years.append(year)
            own.append(tuple(years))
        return own

    def _has_own(self, index: int) -> bool:
        """Tell whether a year stands between an amount and the one before it."""
        before = self._amounts[index - 1].end if index else 0
        return any(before <= y.start < self._amounts[index].start for y in self._years)

    def _respectively(self) -> list[tuple[YearMention, ...]] | None:
        """Pair "20, 35 og 50 mio. kr. i 2026, 2027 og 2028" in order."""
        amounts, years = self._amounts, self._years
        if len(amounts) < 2 or len(amounts) != len(years) or any(y.period for y in years):
            return None
        if not (years[0].start >= amounts[-1].end or years[-1].end <= amounts[0].start):
            return None
        runs = [self._text[a.end : b.start] for a, b in pairwise(amounts)]
        runs += [self._text[a.end : b.start] for a, b in pairwise(years)]
        return [(y,) for y in years] if all(_LIST.match(run) for run in runs) else None

    def _preceding(self, index: int, own: list[tuple[YearMention, ...]]) -> tuple[YearMention, ...]:
        amount = self._amounts[index]
        if _RISING.search(self._text[: amount.start]):
            return ()
        taken = {y.start for years in own for y in years}
        free = [y for y in self._years if y.end <= amount.start and y.start not in taken]
        if not free:
            return ()
        years = [free[-1]]
        for year in reversed(free[:-1]):
            if not _LIST.match(self._text[year.end : years[0].start]):
                break
            years.insert(0, year)
        return tuple(years)


def _bare(m: re.Match[str], at: Range) -> _Amount:
    first = _WORDS.get(m["first"].lower()) or parse_number(m["first"]) or Decimal(0)
    second = parse_number(m["second"]) if m["second"] else None
    start = m.start("sign") if m["sign"] else at[0]
    unit: Unit | None = None
    end = at[1]
    if m["unit"].strip():
        end = m.start("unit") + len(m["unit"].rstrip())
        scale = _SCALES.get((m["scale"] or "").lower().rstrip("."), 1)
        unit = ("pct." if m["percent"] else "årsværk" if m["staff"] else "kr.", scale)
    elif re.search(r"\b(?:DKK|kr\.?)\s*$", m.string[: m.start("first")], re.IGNORECASE):
        unit = ("kr.", 1)
    about = (m["about"] or "").strip().lower()
    if second is not None and first < second:
        return _Amount(start, end, None, first, second, unit, about)
    return _Amount(start, end, first, None, None, unit, about)


def _in_danish(text: str) -> str:
    """Return an English sentence with its numbers as Danish writes them, of the same length."""
    swap = str.maketrans(".,", ",.")
    text = _ENGLISH_POINT.sub(lambda m: f"{m[1]},{m[2]}", text)
    return _ENGLISH_COMMA.sub(lambda m: m[0].translate(swap), text)
