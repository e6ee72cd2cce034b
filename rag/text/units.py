"""What amounts are in: units and scales, as they are printed and as they are kept."""

from __future__ import annotations

import re

SCALES = {
    "mio": 1_000_000,
    "million": 1_000_000,
    "millioner": 1_000_000,
    "mia": 1_000_000_000,
    "milliard": 1_000_000_000,
    "milliarder": 1_000_000_000,
    "billion": 1_000_000_000,
    "t": 1_000,
    "tkr": 1_000,
    "tusind": 1_000,
    "tusinde": 1_000,
    "thousand": 1_000,
}
"""What the words before a currency multiply by, Danish and English ("billion" is milliard)."""
STAFF_UNITS = {
    "årsværk": "årsværk",
    "fte": "årsværk",
    "ftes": "årsværk",
    "position": "stillinger",
    "positions": "stillinger",
    "stilling": "stillinger",
    "stillinger": "stillinger",
    "fuldtidsstilling": "stillinger",
    "fuldtidsstillinger": "stillinger",
    "helårsstillinger": "stillinger",
    "fuldtidsansatte": "stillinger",
    "helårspersoner": "årsværk",
    "fuldtidspersoner": "årsværk",
}
"""The words for staff, and the unit that each is kept in."""
STAFF = frozenset(STAFF_UNITS.values())
"""The units of staff; an amount in one is the same in the other."""
UNITS = frozenset(("kr.", "pct.", *STAFF))
"""The units that are no counted noun."""

_NAMES = {1: "kr.", 1_000: "1.000 kr.", 1_000_000: "mio. kr.", 1_000_000_000: "mia. kr."}
_HEAD = re.compile(
    r"(?P<scale>1\.000(?:\.000)?|mio\.?|mia\.?|t\.?|tusinde?)?\s?-?(?P<kr>kr\b\.?|kroner)"
    r"|\b(?P<tkr>tkr)\b|\b(?P<short>mio)\.(?=\s|$)",
    re.IGNORECASE,
)
_HEAD_SCALES = {"": 1, "1000": 1_000, "1000000": 1_000_000, **SCALES}


def same_unit(one: str | None, other: str | None) -> bool:
    """Tell whether two units are one; årsværk and stillinger are."""
    return one == other or {one, other} <= STAFF


def unit_name(unit: str | None, scale: int) -> str:
    """Return the printed form of a unit and its scale ("1.000 kr.", "mio. kr.")."""
    if unit != "kr.":
        return unit or ""
    return _NAMES.get(scale) or f"{scale:,} kr.".replace(",", ".")


def unit_in(text: str) -> tuple[str | None, int]:
    """Return the unit and scale that a table's head or caption gives ("kr.", 1000)."""
    match = _HEAD.search(text)
    if not match:
        return None, 1
    word = "t" if match["tkr"] else "mio" if match["short"] else match["scale"] or ""
    return "kr.", _HEAD_SCALES[word.replace(".", "").lower()]
