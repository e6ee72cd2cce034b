"""Puts words and numbers back together that a line's end has cut in two."""

from __future__ import annotations

import re

SOFT = "\u00ad\u2010\ufffe"  # pdf extractors write a line-end hyphen as one of these
_CUT = re.compile(rf"(?P<word>[^\W_]+)[-{SOFT}]$")
# "børne- og ungeområdet": the hyphen stands for a shared last part.
_SHARED = re.compile(r"(?:og|eller|samt|hhv|kontra)\b|/")
# "12.450." over "000 kr.", "12." over "450.000", "12," over "5 mio. kr.": one number each.
_UNIT = r"\s?(?:mio\b|mia\b|t?kr\b|kroner|pct\b|procent|%|årsværk)"
_CUT_NUMBER = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:\.\d{3})+\.(?= ?\d{3}(?![\d/-]))"
    rf"|\d{{1,3}}\.(?= ?\d{{3}}(?:(?:\.\d{{3}})+(?!\d)|,\d|{_UNIT}))"
    rf"|(?!(?:19|20)\d\d,)\d+,(?= ?\d{{1,2}}{_UNIT})) "
)
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
        return first + second if is_cut_number(first, second) else f"{first} {second}"
    if _SHARED.match(second):
        return f"{first[:-1]}- {second}"
    word = cut["word"]
    named = word.lower() in _SHORT_NAMES or any(ch.isdigit() for ch in word)
    acronym = len(word) > 1 and word.isupper()
    if named or acronym or not second[0].islower():
        return f"{first[:-1]}-{second}"
    return first[:-1] + second


def whole_numbers(text: str) -> str:
    """Return a cell's text with the numbers whole that a line's end has cut: "12.450. 000"."""
    return _CUT_NUMBER.sub(lambda m: m[0].rstrip(), text)


def is_cut_number(before: str, after: str) -> bool:
    """Tell whether `after` goes on with the number that `before` ends in."""
    match = _CUT_NUMBER.search(f"{before[-20:]} {after}") if before[-1:] in ".," else None
    return match is not None and match.end() == len(before[-20:]) + 1


def is_cut(line: str) -> bool:
    """Tell whether a line ends inside a word, or before a shared last part."""
    return bool(_CUT.search(line.rstrip()))
