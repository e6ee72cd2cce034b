"""What the columns of a table tell of its rows: budget, regnskab, bevilling, forbrug, afvigelse.

A column of another kind than the one that a question names never answers it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rag.text.language import fold
from rag.vocabulary import entries, phrase_pattern

_LABEL = re.compile(r"^(?:bilags)?(?:tabel|table)\s+\d+[a-z]?\W*", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
# "I Budget 2026-2029" names the document that tells, and no column of it.
_PERIOD = re.compile(r"\bbudget\w*\s+20\d\d\s?[-–/]\s?(?:20)?\d\d\b", re.IGNORECASE)
_OPENS = 2  # words in which a caption says what all its table's columns are of
_DERIVED = frozenset({"deviation", "remaining"})
_TO_DATE = frozenset({"spent", "accounts"})
_FIRM = _TO_DATE | {"granted", "budget", "available", "corrected"}
_BOTH = 2


def columns_asked(text: str) -> tuple[str, ...]:
    """Return the kinds of column that a question names, in the vocabulary's order."""
    flat = fold(_PERIOD.sub(" ", text))
    return tuple(kind for kind, _, asked in _kinds() if asked.search(flat))


def column_words(text: str) -> frozenset[str]:
    """Return the words of a question, folded, that name kinds of column."""
    flat = fold(text)
    return frozenset(
        w for _, _, asked in _kinds() for m in asked.finditer(flat) for w in m[0].split()
    )


@lru_cache(maxsize=4096)
def head_kinds(head: str, caption: str = "") -> frozenset[str]:
    """Return the kinds of a column by its head, else by the words that open its table's caption."""
    own = _named(_YEAR.sub(" ", head))
    return own or _named(" ".join(_LABEL.sub("", caption).split()[:_OPENS]))


def fits(asked: tuple[str, ...], told: frozenset[str]) -> bool | None:
    """Tell whether a column of the kinds `told` is of one `asked` for.

    None where nothing is asked for or told; no amount is a deviation that is not called so.
    """
    kinds = frozenset(asked)
    several = len(kinds - _DERIVED) >= _BOTH  # "budget og regnskab": each, or their difference
    if not told and kinds & _DERIVED and not several:
        return False
    if not asked or not told:
        return None
    if not several and kinds & _DERIVED != told & _DERIVED:
        return False
    if "expected" in told and "expected" not in asked and kinds <= _FIRM:
        return False
    if "expected" in asked and "expected" not in told and told <= _TO_DATE:
        return False
    return bool(kinds & told) or all(told & set(_like(kind)) for kind in asked)


def _like(kind: str) -> list[str]:
    return list(entries()["columns"][kind].get("like", ()))


def _named(text: str) -> frozenset[str]:
    flat = fold(text)
    return frozenset(kind for kind, heads, _ in _kinds() if heads.search(flat))


@cache
def _kinds() -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    return [
        (
            kind,
            phrase_pattern(entry["heads"]),
            phrase_pattern([*entry["ask"]["da"], *entry["ask"]["en"]]),
        )
        for kind, entry in entries()["columns"].items()
    ]
