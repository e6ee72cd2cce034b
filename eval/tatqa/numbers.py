"""Numbers as TAT-QA's measure reads them in English text (NExTplusplus/TAT-QA, `tatqa_utils.py`).

What the original does is kept where it is odd: a negative number in brackets that holds a
comma is read as positive, and ".5" as none.
"""

from __future__ import annotations

import re

SCALES = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "percent": 0.01,
}
_DROPPED = str.maketrans("", "", "'\"\\$€£¥%(),[]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?|([+-]?\.\d+)")
_WITH_WORD = re.compile(r"[\d.]+\s?[a-zA-Z]+")
_BRACKETED = re.compile(r"\([\d.\s]+\)")
_PERCENT = re.compile(r"[\d.\s]+%")


def scale_of(words: str) -> float:
    """Return the factor of the scale word that `words` hold, 1 without any."""
    return next((factor for word, factor in SCALES.items() if word in words.lower()), 1)


def is_number(text: str) -> bool:
    """Tell whether a text is a number, alone or with a scale word after it ("1 million")."""
    words = text.translate(_DROPPED).split()
    try:
        # float() also reads "nan", the one number that is not itself.
        number = float(words[0]) if words else float("nan")
    except ValueError:
        return False
    return number == number and (len(words) < 2 or scale_of(words[1]) != 1)


def to_number(text: str) -> float | None:
    """Return the first number of a text, in whole units; None without any."""
    found = _NUMBER.search(text.translate(_DROPPED))
    if found is None or found[1]:
        return None
    worded = _WITH_WORD.search(text)
    factor = scale_of(worded[0]) if worded else 1
    factor *= -1 if _BRACKETED.search(text) else 1
    factor *= 0.01 if _PERCENT.search(text) else 1
    number = float(found[0]) if "." in found[0] else int(found[0])
    return round(number * factor, 4)
