"""One printed number: what a table cell holds, and how Danish prints a value.

Danish writes thousands with a point and decimals with a comma.
"""

from __future__ import annotations

import re
from decimal import Decimal

from rag.text.marks import without_marks
from rag.types import CellState

MINUS = "-−–"
_SPACE = " \u00a0\u2009\u202f"  # plain, no-break, thin, narrow no-break
PLAIN = rf"(?:\d{{1,3}}(?:[.'’]\d{{3}})+|\d{{1,3}}(?:[{_SPACE}]\d{{3}})+|\d+)(?:,\d+)?"
"""The pattern of a number without sign."""
# "1.234*", "8.765 2)": marks of a note; "40 % (36 %)": another number beside the first.
_MARK = r"(?:\s*\*+\)?|\s*(?:\d{1,2}|[a-z])\))"
_UNIT = r"(?:%|pct\.?|(?:(?:mio|mia|t)\.?\s?|t)?kr\.?)"
_BESIDE = rf"\s*\(\s*[{MINUS}+]?\s*{PLAIN}\s*{_UNIT}?\s*\)"
_CELL = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[{MINUS}+])?\s*(?P<number>{PLAIN})?(?P<half>½)?"
    rf"(?P<after>[{MINUS}])?\s*(?P<close>\))?(?:\s*{_UNIT}|{_MARK})*(?(open)|(?:(?<=\S){_BESIDE})?)"
)
_CELL_RANGE = re.compile(rf"({PLAIN})\s*[-–]\s*({PLAIN})\s*{_UNIT}?{_MARK}?")
_DASHES = re.compile(r"[-−–—‐‑]+")


def cell_state(text: str) -> CellState:
    """Tell whether a table cell is a value, blank or a lone dash."""
    stripped = text.strip()
    if not stripped:
        return "blank"
    return "dash" if _DASHES.fullmatch(stripped) else "value"


def parse_number(text: str) -> Decimal | None:
    """Return the value of one printed number, or None where `text` is none.

    A minus may stand before or after the number, or be told by parentheses. Marks of notes are
    no part of it, nor is a second number in parentheses ("40 % (36 %)").
    """
    match = _CELL.fullmatch(without_marks(text.strip()))
    if not match or not (match["number"] or match["half"]):
        return None
    if bool(match["open"]) != bool(match["close"]):
        return None
    value = plain_value(match["number"] or "0") + (Decimal("0.5") if match["half"] else 0)
    negative = match["open"] or match["after"] or (match["sign"] or "+") in MINUS
    return -value if negative else value


def parse_range(text: str) -> tuple[Decimal, Decimal] | None:
    """Return the two ends of a printed range ("150-160"), or None."""
    match = _CELL_RANGE.fullmatch(without_marks(text.strip()))
    if not match:
        return None
    low, high = plain_value(match[1]), plain_value(match[2])
    return (low, high) if low < high else None


def format_number(value: Decimal) -> str:
    """Print a value as Danish does: "-1.234,5"."""
    text = f"{value.normalize():,f}" if value else "0"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".").replace("-", "−")


def plain_value(text: str) -> Decimal:
    """Return the value of a number without sign, as `PLAIN` finds it."""
    return Decimal(re.sub(r"[.'’\s]", "", text).replace(",", "."))
