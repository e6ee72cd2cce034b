"""Danish numerals: what was printed, and the value beside it.

Danish writes thousands with a point and decimals with a comma. `parse_number`
reads one table cell; `find_numerals` finds the amounts and counts of a sentence
with their units. Years, dates, section and case numbers are no amounts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from rag.types import CellState

MINUS = "-−–"
_PLAIN = r"(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[   ]\d{3})+|\d+)(?:,\d+)?"
_CELL = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[{MINUS}+])?\s*(?P<number>{_PLAIN})?(?P<half>½)?"
    rf"(?P<after>[{MINUS}])?\s*(?P<close>\))?\s*(?:\*+|%|pct\.?|kr\.?)?"
)
_CELL_RANGE = re.compile(rf"({_PLAIN})\s*[-–]\s*({_PLAIN})")
_DASHES = re.compile(r"[-−–—‐‑]+")

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
    "to": "2",
    "tre": "3",
    "fire": "4",
    "fem": "5",
    "seks": "6",
    "syv": "7",
    "otte": "8",
    "ni": "9",
    "ti": "10",
    "elleve": "11",
    "tolv": "12",
}
# "en" and "et" are articles too: they count only before a unit of staff or money.
_WORD = r"\b(?:" + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + r")\b"
_SCALES = {
    "mio": 1_000_000,
    "million": 1_000_000,
    "millioner": 1_000_000,
    "mia": 1_000_000_000,
    "milliard": 1_000_000_000,
    "milliarder": 1_000_000_000,
    "t": 1_000,
    "tkr": 1_000,
    "tusind": 1_000,
    "tusinde": 1_000,
}
_MONEY = (
    r"(?P<scale>mio\b\.?|mia\b\.?|millioner|million|milliarder|milliard|t\.|tusinde?)?\s*"
    r"(?P<kr>kr\b\.?|kroner|dkk\b|tkr\b\.?)"
)
_BARE_SCALE = r"(?P<bare>mio\b\.?|mia\b\.?|millioner|milliarder)"
STAFF_UNITS = {
    "årsværk": "årsværk",
    "fte": "årsværk",
    "stilling": "stillinger",
    "stillinger": "stillinger",
    "fuldtidsstilling": "stillinger",
    "fuldtidsstillinger": "stillinger",
    "helårsstillinger": "stillinger",
    "fuldtidsansatte": "stillinger",
    "helårspersoner": "årsværk",
    "fuldtidspersoner": "årsværk",
}
_STAFF = r"(?P<staff>" + "|".join(sorted(STAFF_UNITS, key=len, reverse=True)) + r")\b"
_PERCENT = r"(?P<percent>pct\b\.?|procentpoint|procent\b|%)"
_NOUN = r"(?P<noun>(?:[a-zæøå]+e\s)?[a-zæøå]{2,}(?:/[a-z]+)?)"
_UNIT = rf"\s*(?:{_MONEY}|{_BARE_SCALE}|{_PERCENT}|(?:hele?\s|fulde?\s)?{_STAFF})"
_AMOUNT = re.compile(
    rf"(?P<about>\b(?:ca\.|cirka|omkring|omtrent|knap|godt|over|op mod)\s+)?"
    rf"(?P<sign>(?<![\w,.])[{MINUS}])?"
    rf"(?P<first>(?<![\w.,/])(?:{_PLAIN}½?|½)|{_WORD})"
    rf"(?:\s*(?:[-–]|til)\s*(?P<second>{_PLAIN}½?))?"
    rf"(?:{_UNIT})",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?P<about>\b(?:ca\.|cirka|omkring|knap|godt|op mod)\s+)?"
    rf"(?P<first>(?<![\w.,/\-–])(?:{_PLAIN})(?![\w.,]*\d))"
    rf"(?:\s*[-–]\s*(?P<second>{_PLAIN}))?\s+{_NOUN}\b"
)
_NO_COUNT = frozenset(
    str.split(
        "og eller i på til af fra for med som der det den de en et er var blev bliver om at under "
        "over januar februar marts april maj juni juli august september oktober november december "
        "kl mod ved samt men hvor hvilket skal kan vil efter inden uden hvert år jf ff stk side "
        "sider punkt"
    )
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


def cell_state(text: str) -> CellState:
    """Tell whether a table cell is a value, blank or a lone dash."""
    stripped = text.strip()
    if not stripped:
        return "blank"
    return "dash" if _DASHES.fullmatch(stripped) else "value"


def parse_number(text: str) -> Decimal | None:
    """Return the value of one printed number, or None where `text` is none.

    A minus may stand before or after the number, or be told by parentheses.
    """
    match = _CELL.fullmatch(text.strip())
    if not match or not (match["number"] or match["half"]):
        return None
    if bool(match["open"]) != bool(match["close"]):
        return None
    value = _plain(match["number"] or "0") + (Decimal("0.5") if match["half"] else 0)
    negative = match["open"] or match["after"] or (match["sign"] or "+") in MINUS
    return -value if negative else value


def parse_range(text: str) -> tuple[Decimal, Decimal] | None:
    """Return the two ends of a printed range ("150-160"), or None."""
    match = _CELL_RANGE.fullmatch(text.strip())
    if not match:
        return None
    low, high = _plain(match[1]), _plain(match[2])
    return (low, high) if low < high else None


def format_number(value: Decimal) -> str:
    """Print a value as Danish does: "-1.234,5"."""
    text = f"{value.normalize():,f}" if value else "0"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".").replace("-", "−")


def unit_name(unit: str | None, scale: int) -> str:
    """Return the printed form of a unit and its scale ("1.000 kr.", "mio. kr.")."""
    if unit != "kr.":
        return unit or ""
    return {1: "kr.", 1_000: "1.000 kr.", 1_000_000: "mio. kr.", 1_000_000_000: "mia. kr."}.get(
        scale, f"{format_number(Decimal(scale))} kr."
    )


def find_numerals(text: str) -> list[Numeral]:
    """Return the amounts and counts of `text`, in order, without overlap."""
    found = [n for m in _AMOUNT.finditer(text) if (n := _amount(m)) is not None]
    taken = [(n.start, n.end) for n in found]
    for match in _COUNT.finditer(text):
        start, end = match.start("first"), match.end()
        if all(end <= a or b <= start for a, b in taken):
            count = _count(match)
            if count is not None:
                found.append(count)
    return sorted(found, key=lambda n: n.start)


def _plain(text: str) -> Decimal:
    return Decimal(re.sub(r"[.\s  ]", "", text).replace(",", "."))


def _word_or_number(text: str) -> Decimal:
    word = _WORDS.get(text.lower())
    if word is not None:
        return Decimal(word)
    if text.endswith("½"):
        return _plain(text[:-1] or "0") + Decimal("0.5")
    return _plain(text)


def _amount(match: re.Match[str]) -> Numeral | None:
    first, second = match["first"], match["second"]
    if first.lower() in ("en", "et") and not match["staff"]:
        return None
    low = _word_or_number(first)
    if match["sign"]:
        low = -low
    unit, scale = _unit_of(match)
    if second is None and _is_year(first) and unit != "kr.":
        return None
    sign = match["sign"] or ""
    printed = match.string[match.start("first") : match.end("second" if second else "first")]
    high = _word_or_number(second) if second else None
    if high is not None and high <= low:
        return None
    return Numeral(
        start=match.start("sign") if match["sign"] else match.start("first"),
        end=match.end(),
        number=sign + printed,
        value=None if high is not None else low,
        low=low if high is not None else None,
        high=high,
        unit=unit,
        scale=scale,
        approximate=bool(match["about"]),
    )


def _unit_of(match: re.Match[str]) -> tuple[str, int]:
    if match["kr"]:
        word = (match["scale"] or "").rstrip(".").lower()
        if not word and match["kr"].lower().startswith("tkr"):
            word = "tkr"
        return "kr.", _SCALES.get(word, 1)
    if match["bare"]:
        return "kr.", _SCALES[match["bare"].rstrip(".").lower()]
    if match["percent"]:
        return "pct.", 1
    return STAFF_UNITS[match["staff"].lower()], 1


def _count(match: re.Match[str]) -> Numeral | None:
    noun = match["noun"]
    words = noun.split()
    if words[0] in _NO_COUNT or words[-1] in _NO_COUNT or _is_year(match["first"]):
        return None
    low = _plain(match["first"])
    high = _plain(match["second"]) if match["second"] else None
    if high is not None and (high <= low or _is_year(match["second"])):
        return None
    return Numeral(
        start=match.start("first"),
        end=match.end(),
        number=match.string[match.start("first") : match.end("second" if high else "first")],
        value=None if high is not None else low,
        low=low if high is not None else None,
        high=high,
        unit=noun,
        scale=1,
        approximate=bool(match["about"]),
    )


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", text))
