"""The document numbers that a question names: "ØU10", "oeu 2", "ØK74's"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rag.text.language import fold

_NUMBER = re.compile(
    r"\b([A-Za-zÆØÅæøå]{1,4})[ -]?(\d{1,3})(?:['’]?s)?\b(?![.,]\d|\s*(?:mio|mia|kr|pct|%|år))"
)
_RANGE = re.compile(
    r"\b(?P<letters>[A-Za-zÆØÅæøå]{1,4})[ -]?(?P<first>\d{1,3})\s*(?:til|to|–|-)\s*"
    r"(?:(?P=letters)[ -]?)(?P<last>\d{1,3})\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:dette forslag|nærværende|ligesom)\b|\bpå samme måde\b", re.IGNORECASE)
_NO_NUMBER = frozenset("ai co it eu kl fte hu nr ca pr pct kr par aar tab".split())
_CODES = ("ou", "ok")  # ØU, ØK, folded


def document_numbers(text: str, known: Sequence[str]) -> tuple[list[str], str]:
    """Return the document numbers a question names, and the question without them.

    Numbers come in the spelling of `known`, the catalogue's, where it has them.
    """
    spelt = {number_key(number): number for number in known}
    text = _RANGE.sub(lambda m: _spanned(m, spelt), text)
    found: list[str] = []
    rest = text
    for match in reversed(list(_NUMBER.finditer(text))):
        number = spelt.get(number_key(match[1] + match[2]))
        if number is None and _looks_like_number(match[1]):
            number = _upper(match[1]) + "-" * ("-" in match[0]) + match[2]
        if number is not None:
            found.insert(0, number)
            rest = rest[: match.start()] + " " + rest[match.end() :]
    return list(dict.fromkeys(found)), rest


def _spanned(match: re.Match[str], spelt: Mapping[str, str]) -> str:
    """Return the known numbers from one to another: "KF-01 to KF-04" is four."""
    first, last = int(match["first"]), int(match["last"])
    keys = [number_key(f"{match['letters']}{n}") for n in range(first, min(last, first + 99) + 1)]
    known = [spelt[key] for key in keys if key in spelt]
    return ", ".join(known) if len(known) > 1 else match[0]


def bears(number: str | None, asked: Sequence[str]) -> bool:
    """Tell whether a document of `number` is one of those asked for, however they are spelt."""
    return number is not None and number_key(number) in map(number_key, asked)


def names_one(text: str, asked: Sequence[str]) -> bool:
    """Tell whether a text names one of the numbers asked for."""
    return any(bears(number, asked) for number in document_numbers(text, asked)[0])


def tells_of(sentence: str, asked: Sequence[str]) -> bool:
    """Tell whether a sentence tells of a document asked for, and not only of its own beside it."""
    return names_one(sentence, asked) and not compares_itself(sentence)


def compares_itself(sentence: str) -> bool:
    """Tell whether a sentence likens its own document to those it names.

    "Ligesom ØU03 reducerer dette forslag …" tells of its own, beside the one named.
    """
    return bool(_OWN.search(sentence))


@lru_cache(65_536)  # every question reads all documents' numbers
def number_key(number: str) -> str:
    """Return a number in one spelling: "ØU 02", "oeu2" and "ØU-02" are one."""
    folded = re.sub(r"[^a-z0-9]", "", fold(number))
    letters = folded.rstrip("0123456789")
    return letters + folded[len(letters) :].lstrip("0")


def _looks_like_number(letters: str) -> bool:
    folded = fold(letters)
    if folded in _NO_NUMBER or len(letters) < 2:
        return False
    return letters.isupper() or folded in _CODES


def _upper(letters: str) -> str:
    return {"ou": "ØU", "ok": "ØK"}.get(fold(letters), letters.upper())
