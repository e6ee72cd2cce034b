"""Danish numerals in a text: what was printed, and the value beside it.

`find_numerals` finds the amounts and counts of a sentence with their units.
Years, dates, section and case numbers are no amounts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from rag.text.counts import NUMBER_WORDS, counted_noun, is_english, names_a_doer, names_something
from rag.text.marks import blanked
from rag.text.numbers import MINUS, PLAIN, plain_value
from rag.text.units import SCALES, STAFF_UNITS

_WORDS = {
    "en halv": "0.5",
    "et halvt": "0.5",
    "halvanden": "1.5",
    "halvandet": "1.5",
    "en hel": "1",
    "et helt": "1",
    "én": "1",
    "ét": "1",
    "en": "1",
    "et": "1",
    **NUMBER_WORDS,
}
# "en" and "et" are articles too: they count only before a unit of staff or money.
_WORD = r"\b(?:" + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + r")\b"
_MONEY = (
    r"(?P<scale>mio\b\.?|mia\b\.?|millioner|million|milliarder|milliard|t\.|tusinde?)?\s*"
    r"(?P<kr>kr\b\.?|kroner|dkk\b|tkr\b\.?)"
)
_BARE_SCALE = r"(?P<bare>mio\b\.?|mia\b\.?|millioner|milliarder)"
_STAFF = r"(?P<staff>" + "|".join(sorted(STAFF_UNITS, key=len, reverse=True)) + r")\b"
_PERCENT = r"(?P<percent>pct\b\.?|procentpoint|procent\b|%)"
_UNIT = rf"\s*(?:{_MONEY}|{_BARE_SCALE}|{_PERCENT}|(?:hele?\s|fulde?\s)?{_STAFF})"
_SECOND = rf"(?P<between>\s*[-–→]\s*|\s+til\s+|(?(mellem)\s+og\s+|(?!)))(?P<second>{PLAIN}½?)"
_ABOUT = (
    r"(?P<mellem>\bmellem\s+)?(?P<about>\b(?:ca\.|cirka|omkring|omtrent|knap|godt|over|op mod)\s+)?"
)
_AMOUNT = re.compile(
    rf"{_ABOUT}(?P<sign>(?<![\w,.])[{MINUS}])?"
    rf"(?P<first>(?<![\w.,/])(?:{PLAIN}½?|½)|{_WORD})(?:{_SECOND})?(?:{_UNIT})",
    re.IGNORECASE,
)
_COUNTED = r"\b(?i:" + "|".join(NUMBER_WORDS) + r")\b"
_COUNT = re.compile(
    rf"{_ABOUT}(?P<first>(?<![\w.,/\-–§])(?:{PLAIN})(?![\w.,]*\d)|{_COUNTED})"
    rf"(?:{_SECOND})?(?=\s+[a-zæøå])"
)
_IN = re.compile(r"\b(?:i|in)\s+$", re.IGNORECASE)
# "Antallet af pladser falder fra 185 til 160", "i 2024 var tallet 7.115".
_THE_NUMBER = re.compile(
    rf"\b(?:an)?tallet(?:\s+af\s+(?P<noun>[a-zæøå]+))?(?:\s+(?!med\b)[a-zæøå]+){{0,6}}?\s+"
    rf"(?:fra\s+(?P<from>{PLAIN})\s+til\s+)?(?P<first>(?<![\w.,/])(?:{PLAIN}))"
    r"(?=\s*(?:[.,;:)]|$)|\s+(?:i|om|fra|til|mod|på|og|ved|efter|inden)\b)",
    re.IGNORECASE,
)
# "(1.000 kr., 2026-priser)", "Beløb i 1.000 kr.": the unit of a table, no amount.
_UNIT_ONLY = re.compile(r"1\.?000(?:\.?000)?")
_PRICES = re.compile(r"[\s,(]*(?:\(?(?:19|20)\d\d\s?-?\s?(?:p/l|pl\b|pris))", re.IGNORECASE)
_CHANGES = re.compile(
    r"(?:stig|steg|fald|sænk|hæv|reducer|nedsæt|udvid|øge|gå|går|vokse|ændr|sættes|→)[^.;]{0,50}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Numeral:
    """An amount in a text.

    `text[start:end]` is number and unit, `number` the number as printed.
    `value` is None for a range, which has `low` and `high`; all are in `unit`
    times `scale`.
    """

    start: int
    end: int
    number: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    scale: int
    approximate: bool

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """Its low and high end in whole units, without sign; one value is both."""
        low, high = (self.value if n is None else n for n in (self.low, self.high))
        return abs(low or Decimal(0)) * self.scale, abs(high or Decimal(0)) * self.scale


def find_numerals(text: str, counted: str | None = None) -> list[Numeral]:
    """Return the amounts and counts of `text`, in order, without overlap.

    `counted` is the noun that the text before counted last: "tallet" means its number.
    """
    text = blanked(text)
    found = [n for m in _AMOUNT.finditer(text) for n in _amount(m)]
    for match in _COUNT.finditer(text):
        found += [n for n in _count(match) if _is_free(n, found)]
    for match in _THE_NUMBER.finditer(text):
        before = [n for n in found if n.end <= match.start() and n.scale == 1]
        noun = match["noun"] or (before[-1].unit if before else counted)
        found += [n for n in _of_the_number(match, noun) if _is_free(n, found)]
    return sorted(found, key=lambda n: n.start)


def _is_free(numeral: Numeral, found: list[Numeral]) -> bool:
    return all(numeral.end <= n.start or n.end <= numeral.start for n in found)


def _word_or_number(text: str) -> Decimal:
    word = _WORDS.get(text.lower())
    if word is not None:
        return Decimal(word)
    if text.endswith("½"):
        return plain_value(text[:-1] or "0") + Decimal("0.5")
    return plain_value(text)


def _amount(match: re.Match[str]) -> list[Numeral]:
    """Return the amount of a match: one, a range, or the two that a change goes between."""
    first, unit_scale = match["first"], _unit_of(match)
    second_at = match.span("second") if match["second"] else None
    if first.lower() in ("en", "et") and not match["staff"]:
        return []
    if second_at is None and unit_scale[0] != "kr." and _is_year(first):
        return []
    if unit_scale[0] == "kr." and _is_table_unit(match):
        return []
    signed = match.start("sign") if match["sign"] else match.start("first")
    return _one_or_two(match, (signed, match.end("first")), second_at, match.end(), unit_scale)


def _is_table_unit(match: re.Match[str]) -> bool:
    """Tell whether "1.000 kr." is the unit that a table's caption gives."""
    if not _UNIT_ONLY.fullmatch(match["first"]) or match["scale"] or match["sign"]:
        return False
    before = match.string[: match.start("first")].rstrip()
    after = match.string[match.end() :]
    leads = before.endswith("(") or re.search(
        r"(?:\bbeløb|\btal|[,.:])\s*i(?: hele)?$", before, re.I
    )
    return bool(leads or before.lower() in ("", "i") or _PRICES.match(after))


def _one_or_two(
    match: re.Match[str],
    first_at: tuple[int, int],
    second_at: tuple[int, int] | None,
    end: int,
    unit_scale: tuple[str, int],
) -> list[Numeral]:
    """Return one numeral, one range, or two where the text tells a change ("fra 75 til 70")."""
    text = match.string
    about = bool(match["about"])
    first = text[slice(*first_at)]
    low = _signed(first)
    if second_at is None:
        return [_numeral(text, first_at, end, low, None, unit_scale, about)]
    second = text[slice(*second_at)]
    high = _word_or_number(second)
    only = _numeral(text, second_at, end, high, None, unit_scale, about)
    before = text[: first_at[0]]
    # "Falder besparelsen i 2027 til 2.150 t.kr.": a year, and no range.
    if _is_year(first) and (unit_scale[0] != "kr." or _IN.search(before)):
        return [only]
    goes = "→" in match["between"] or (
        "til" in match["between"]
        and re.search(r"\bfra\s*$", before, re.IGNORECASE)
        and (high <= low or _CHANGES.search(before))
    )
    if goes:
        return [_numeral(text, first_at, first_at[1], low, None, unit_scale, about), only]
    if high <= low:
        return []
    return [_numeral(text, (first_at[0], second_at[1]), end, low, high, unit_scale, about)]


def _signed(text: str) -> Decimal:
    if text[0] in MINUS:
        return -_word_or_number(text[1:])
    return _word_or_number(text)


def _numeral(
    text: str,
    number_at: tuple[int, int],
    end: int,
    low: Decimal,
    high: Decimal | None,
    unit_scale: tuple[str, int],
    approximate: bool,
) -> Numeral:
    return Numeral(
        start=number_at[0],
        end=end,
        number=text[slice(*number_at)],
        value=low if high is None else None,
        low=None if high is None else low,
        high=high,
        unit=unit_scale[0],
        scale=unit_scale[1],
        approximate=approximate,
    )


def _unit_of(match: re.Match[str]) -> tuple[str, int]:
    if match["kr"]:
        word = (match["scale"] or "").rstrip(".").lower()
        if not word and match["kr"].lower().startswith("tkr"):
            word = "tkr"
        return "kr.", SCALES.get(word, 1)
    if match["bare"]:
        return "kr.", SCALES[match["bare"].rstrip(".").lower()]
    if match["percent"]:
        return "pct.", 1
    return STAFF_UNITS[match["staff"].lower()], 1


_OF_ALL = re.compile(rf"\s+(?:ud\s+)?af\s+(?:de\s+|i alt\s+)?{PLAIN}(?=\s+[a-zæøå])")


def _count(match: re.Match[str]) -> list[Numeral]:
    rest = match.string[match.end() :]
    if of := _OF_ALL.match(rest):  # "61 af de 98 kommuner" counts kommuner twice
        rest = rest[of.end() :]
    noun = counted_noun(rest)
    if noun and of:
        noun = noun[0], noun[1] + of.end()
    years = _is_year(match["first"]) or (match["second"] and _is_year(match["second"]))
    if match["first"].lower() == "to" and is_english(match.string):
        return []
    before = match.string[: match.start("first")]
    if noun is None or years or names_something(before):
        return []
    if names_a_doer(before, rest) and not is_english(match.string):
        return []
    end = match.end() + noun[1]
    second_at = match.span("second") if match["second"] else None
    unit = STAFF_UNITS.get(noun[0], noun[0])
    return _one_or_two(match, match.span("first"), second_at, end, (unit, 1))


def _of_the_number(match: re.Match[str], noun: str | None) -> list[Numeral]:
    if noun is None or any(_is_year(n) for n in (match["from"], match["first"]) if n):
        return []
    return [
        _numeral(
            match.string, match.span(g), match.end(g), plain_value(match[g]), None, (noun, 1), False
        )
        for g in ("from", "first")
        if match[g]
    ]


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", text))
