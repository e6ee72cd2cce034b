"""Quarters of a year, as tables head their columns: "2. kvartal"."""

from __future__ import annotations

import re

_ORDINALS = (
    ("1.", "1st", "first", "første", "foerste", "forste"),
    ("2.", "2nd", "second", "andet"),
    ("3.", "3rd", "third", "tredje"),
    ("4.", "4th", "fourth", "fjerde", "last", "sidste"),
)
_NUMBER = {word: f"{n}. kvartal" for n, words in enumerate(_ORDINALS, 1) for word in words}
_ONE = "|".join(map(re.escape, _NUMBER))
_NAMED = re.compile(
    rf"(?<![\w.])(?:(?P<all>(?:{_ONE})(?:\s*(?:,|og|and|to|til|plus|-|–)\s*(?:the\s+)?(?:{_ONE}))*)"
    rf"\s+(?:kvartal(?:et|er|s)?|quarters?)|q(?P<q>[1-4]))(?!\w)",
    re.IGNORECASE,
)


def spelt_quarters(text: str) -> str:
    """Return a text with its quarters as tables head them, each in full.

    "first quarter", "Q1" and "første kvartal" are "1. kvartal"; "1. og 2. kvartal" is
    "1. kvartal og 2. kvartal".
    """

    def spelt(match: re.Match[str]) -> str:
        if match["q"]:
            return f"{match['q']}. kvartal"
        return re.sub(_ONE, lambda m: _NUMBER[m[0].lower()], match["all"], flags=re.IGNORECASE)

    return _NAMED.sub(spelt, text)
