"""What a text claims: each amount, year, date, case number and quotation, and what it is told for.

An amount is read with its sentence: its unit, the years told for it and the
words of its clause. A number without a unit takes the unit of its neighbour,
or stands for itself ("2 stillinger i 2026 stigende til 4 i 2029").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from rag.gate.amounts import Amount, Range, Unit, find_amounts, in_danish
from rag.text.counts import is_english
from rag.text.dates import YearMention, find_dates, find_years
from rag.text.language import detect_language
from rag.text.numbers import MINUS
from rag.text.sentences import statements
from rag.text.year_binding import Spot, Told, bind_years

Kind = Literal["amount", "year", "date", "case", "quotation"]

_MARKER = re.compile(r"^\s*[(\[]?\d{1,2}[.)\]](?=\s)|[(\[]\d{1,2}[)\]](?!\s*(?:kr|pct|%))", re.M)
_CASE = re.compile(
    r"\b[A-ZÆØÅ]{2,4}-\d{4}-\d{4,}\b|\b(?:19|20)\d\d\s?-\s?(?!(?:19|20)\d\d\b)\d{4,}(?:-\d+)?\b|\b\d\d/\d{4,}\b"
    r"|(?<=sagsnummer )\d{5,}\b|(?<=sagsnr\. )\d{5,}\b|(?<=dokumentnummer )\d{5,}\b",
    re.IGNORECASE,
)
_CODES = re.compile(
    r"https?://\S+|\S+@\S+|(?<![\d.,])\d{6,}(?![\d.,])|\b\d\d/\d\d\b"
    r"|\b\d{1,2}[.:]\d\d(?=\s*(?:-|–|$|h\b))|\b(?:kl|tlf|telefon|F2|eDoc)\b\.?:?\s*[\d .:-]+",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[»«“„”\"]([^»«“„”\"\n]{12,}?)[«»”“\"]")
_BUDGET = re.compile(r"\b(?:budget(?:tet|aftale\w*)?(?: for)?\s*|B)$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_JOINS = re.compile(
    r"\b(?:og|samt|eller|i|fra|til|på|med|for|hhv\.?|henholdsvis|derefter|and|or|in|to|by|from|of)\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 4  # of a quotation
_OWN_LINE = 3  # beside a date or case number that is the letter's own stand few words


@dataclass(frozen=True)
class Claim:
    """Something a text states that must have a place: `text[start:end]`.

    An amount has `value` or `low` and `high`, in any of `units` (a unit of None
    stands for the number as printed); `sign` is -1 or 1 where one is printed.
    `years` are told for it, `loosely` where another clause names them, `budget`
    where they name a budget; `context` are those around a claim without any
    (see `rag.gate.context`). `clause` are the words around it, `before` those of
    its sentence before it, `after` those up to the next amount. `led` are the words that it is
    told by: those between it and the amount before it, with what these leave to the words
    before (`earlier`): "8 årsværk" in "nedlægger 6 årsværk i 2026 og 8 årsværk i 2027".
    A `cell` is one of a table: its label leads to it.
    """

    kind: Kind
    start: int
    end: int
    text: str
    clause: str = ""
    before: str = ""
    after: str = ""
    led: str = ""
    earlier: str = ""
    english: bool = False
    cell: bool = False
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    units: tuple[Unit, ...] = ()
    sign: int = 0
    about: str = ""
    years: tuple[YearMention, ...] = ()
    loosely: bool = False
    budget: bool = False
    context: tuple[YearMention, ...] = ()
    date: dt.date | None = None


def read_claims(text: str, taken: Iterable[Range] = ()) -> list[Claim]:
    """Return the claims of a text, in order; what stands in `taken` is none (names)."""
    claims = [
        Claim("quotation", m.start(), m.end(), m[1].strip())
        for m in _QUOTE.finditer(text)
        if len(m[1].split()) >= _FEWEST_WORDS
    ]
    names = [*taken, *((q.start, q.end) for q in claims)]
    cases = [m.span() for m in _CASE.finditer(text)]
    claims += [Claim("case", a, b, text[a:b]) for a, b in cases if not _is_own_line(text, a, b)]
    names += [*cases, *(m.span() for m in _CODES.finditer(text))]
    english = detect_language(text) == "en"
    led: tuple[YearMention, ...] = ()
    for start, end in statements(text):
        sentence = _blanked(text[start:end], [(a - start, b - start) for a, b in names])
        found = _claims(sentence, led, english or is_english(sentence))
        claims += [
            replace(c, start=start + c.start, end=start + c.end,
                    text=text[start + c.start : start + c.end])
            for c in found
        ]  # fmt: skip
        led = _leading(sentence, led, text[start:end])
    return sorted(claims, key=lambda c: c.start)


@lru_cache(maxsize=4096)
def sentence_amounts(sentence: str) -> tuple[Claim, ...]:
    """Return the amounts of one sentence of a document; offsets are within it."""
    found = _claims(_MARKER.sub(lambda m: " " * len(m[0]), sentence), (), is_english(sentence))
    return tuple(c for c in found if c.kind == "amount")


def _leading(sentence: str, led: tuple[YearMention, ...], raw: str) -> tuple[YearMention, ...]:
    """Return the year that a line ending in a colon gives the items below it."""
    if raw.endswith(":"):
        return tuple(find_years(sentence)[-1:])
    return led if re.match(r"\s*(?:[-–•*o]|\d+[.)])\s", raw) else ()


def _blanked(sentence: str, ranges: Iterable[Range]) -> str:
    """Return a sentence with what is no figure as blanks, of the same length."""
    chars = list(sentence)
    for start, end in ranges:
        for i in range(max(start, 0), min(end, len(chars))):
            chars[i] = "\x00"
    return _MARKER.sub(lambda m: "\x00" * len(m[0]), "".join(chars))


def _is_own_line(text: str, start: int, end: int) -> bool:
    """Tell whether something is the letter's own: alone, or with a label, on its line."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    rest = text[first:start] + " " + text[end : last if last >= 0 else len(text)]
    return len(re.findall(r"\w+", rest)) <= _OWN_LINE


def _claims(text: str, led: tuple[YearMention, ...], english: bool) -> list[Claim]:
    """Return the claims of a sentence; offsets are within it."""
    text = in_danish(text) if english else text
    dates, years = find_dates(text), find_years(text)
    taken = [(y.start, y.end) for y in years] + [(a, b) for a, b, _ in dates]
    amounts = find_amounts(text, taken, english)
    spots = [Spot(a.start, a.end, a.unit is not None and a.unit[0] == "pct.") for a in amounts]
    told = bind_years(text, spots, years)
    attached = {y.start for t in told for y in t.years}
    found = [_amount(text, i, amounts, t) for i, t in enumerate(told)]
    found = [c if c.years else replace(c, years=led) for c in found]
    found = [replace(c, english=english) for c in _led(text, found)]
    found += [
        Claim("year", y.start, y.end, "", text, years=(y,), budget=_is_budget(text, y))
        for y in years
        if y.start not in attached
    ]
    found += [
        Claim("date", a, b, "", text, date=d) for a, b, d in dates if not _is_own_date(text, a, b)
    ]
    return found


def _led(text: str, claims: Sequence[Claim]) -> Iterable[Claim]:
    """Yield a sentence's amounts with the words that lead to each."""
    at, earlier = 0, ""
    for claim in claims:
        led = text[at : len(claim.before)]
        yield replace(claim, led=led, earlier=earlier)
        at, earlier = claim.end, led if _WORD.search(_JOINS.sub(" ", led)) else earlier


def _is_own_date(text: str, start: int, end: int) -> bool:
    """Tell whether a date is the letter's own: alone on its line, or that of the question."""
    rest = text[:start] + text[end:]
    if len(re.findall(r"\w+", rest)) < _OWN_LINE:
        return True
    return bool(re.search(r"\bstille\w*\b.*spørgsm|\b(?:har )?spurgt\b|\bmodtaget\b", rest))


def _amount(text: str, index: int, amounts: Sequence[Amount], told: Told) -> Claim:
    amount = amounts[index]
    before = amounts[index - 1].end if index else 0
    after = amounts[index + 1].start if index + 1 < len(amounts) else None
    start, end = amount.start, amount.end
    for year in told.years:
        if year.start >= end and (after is None or year.end <= after):
            end = max(end, year.end)
        elif before <= year.start < start and text[year.start : year.end].strip():
            start = min(start, year.start)
    value, sign = amount.value, 0
    if text[amount.start] in MINUS + "+":
        sign = -1 if text[amount.start] in MINUS else 1
    elif value is not None and value < 0:
        sign = -1
    return Claim(
        "amount", start, end, "", text[before:after], text[: amount.start],
        text[amount.end : after], "", "", False, False,
        None if value is None else abs(value), amount.low, amount.high,
        _units(text, index, amounts), sign, amount.about, told.years, told.loosely,
        any(_is_budget(text, y) for y in told.years),
    )  # fmt: skip


def _units(text: str, index: int, amounts: Sequence[Amount]) -> tuple[Unit, ...]:
    """Return what an amount may be in: its unit, or for a bare one its neighbours'."""
    unit = amounts[index].unit
    if unit is not None:
        return (unit,)
    before = [a.unit for a in amounts[:index] if a.unit]
    after = [a.unit for a in amounts[index + 1 :] if a.unit]
    in_table = re.search(r"1\.000 kr|t\.kr|tkr", text)
    near = [*before[-1:], *after[:1]] or [(None, 1)]
    return (*near, *([("kr.", 1_000)] if in_table else []))


def _is_budget(text: str, year: YearMention) -> bool:
    return bool(_BUDGET.search(text[: year.start]))
