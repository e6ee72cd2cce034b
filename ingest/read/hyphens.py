"""Puts words back together that a line's end has cut in two."""

from __future__ import annotations

import re

SOFT = "\u00ad\u2010\ufffe"  # pdf extractors write a line-end hyphen as one of these
_CUT = re.compile(rf"(?P<word>[^\W_]+)[-{SOFT}]$")
# "børne- og ungeområdet": the hyphen stands for a shared last part.
_SHARED = re.compile(r"(?:og|eller|samt|hhv|kontra)\b|/")
_SHORT_NAMES = {"it", "ai", "ikt", "hr", "pc", "tv", "edb", "rpa", "bi", "e", "kk", "kl"}


def join_lines(first: str, second: str) -> str:
    """Return two lines as one, with the word cut between them whole.

    A hyphen stays in names ("Høje-Taastrup"), after abbreviations
    ("IT-systemer"), between numbers, and where two words share their last part
    ("udviklings- og"); elsewhere it was put there by the line's end.
    """
    first, second = first.rstrip(), second.lstrip()
    if not first or not second:
        return first or second
    if first.endswith("/") and not first.endswith(" /"):
        return first + second
    cut = _CUT.search(first)
    if not cut:
        return f"{first} {second}"
    if _SHARED.match(second):
        return f"{first[:-1]}- {second}"
    word = cut["word"]
    named = word.lower() in _SHORT_NAMES or any(ch.isdigit() for ch in word)
    acronym = len(word) > 1 and word.isupper()
    if named or acronym or not second[0].islower():
        return f"{first[:-1]}-{second}"
    return first[:-1] + second


def is_cut(line: str) -> bool:
    """Tell whether a line ends inside a word, or before a shared last part."""
    return bool(_CUT.search(line.rstrip()))
