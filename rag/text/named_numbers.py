"""Numbers that are names, and no amounts: "vandløb 12", "projekt 65", "§ 7", "Ad 4"."""

from __future__ import annotations

import re
from collections.abc import Collection

from rag.text.lemmas import is_told_of, lemma
from rag.text.numerals import find_numerals

Named = frozenset[tuple[str, str]]
"""Words with the number that follows each: {("vandløb", "12")}."""

_NAMED = re.compile(
    r"(?:(?P<word>[^\W\d_]{2,})\.?\s+(?:nr\.?\s*)?|§+\s*)(?P<number>\d{1,5}(?:\.\d{1,2})?[a-z]?)"
    r"(?![^\W_]|[.,/]\d)(?!\s*(?:%|pct|procent|kr\b|mio\b|mia\b|t\.?\s?kr|[-–/]\s?\d))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# No nouns, and yet they have their number: "Ad 4", "nr. 12", "pkt. 3".
_ALWAYS = frozenset(("ad", "nr", "pkt"))


def named_numbers(text: str) -> Named:
    """Return the numbers of a text that name what the word before them is one of.

    Years are left out, and so are amounts and what is counted.
    """
    amounts = [(n.start, n.end) for n in find_numerals(text)]
    return frozenset(
        pair
        for match in _NAMED.finditer(text)
        if (pair := _pair(match)) and not any(a < match.end() <= b for a, b in amounts)
    )


def is_of_another(named: Collection[tuple[str, str]], text: str) -> bool:
    """Tell whether a text names another thing of a kind than one that is `named`, and not it."""
    if not named:
        return False
    words = {word for word, _ in named}
    told = {pair for pair in named_numbers(text) if pair[0] in words}
    return any(
        any(word == other for other, _ in told) and (word, number) not in told
        for word, number in named
    )


def _pair(match: re.Match[str]) -> tuple[str, str] | None:
    number = match["number"].lower()
    if _YEAR.fullmatch(number):
        return None
    if not match["word"]:
        return "paragraf", _plain(number)
    if match["word"].isupper():  # "ØU 02" names a document, and is told by it
        return None
    word = match["word"].lower()
    if word not in _ALWAYS and not is_told_of(word):
        return None
    return lemma(word) or word, _plain(number)


def _plain(number: str) -> str:
    return number.lstrip("0") or "0"
