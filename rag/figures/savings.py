"""Rows that say that less is spent on something: "Lavere varmeforbrug", "Færre vikartimer".

Such a row is a saving on the thing that its noun begins with, whatever the
vocabulary calls the row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.text.language import analyse
from rag.text.lemmas import lemma

_LESS = re.compile(r"(?:lavere|mindre|færre|lower|less|fewer|reduced|reduceret)\s+(\S.*)", re.I)
_WORD = re.compile(r"[^\W\d_]{2,}")


def saves_on(label: str, told: str, asked: Sequence[str]) -> bool:
    """Tell whether a row's `label` is of a saving on what a question is about.

    One word `asked` must be the row's noun or its first part; any other must be
    `told` with it (in the title or heading).
    """
    less = _LESS.match(label.strip())
    if less is None:
        return False
    nouns = [word.lower() for word in _WORD.findall(less[1])]
    said = set(analyse(told))
    spoken = [any(_begins(noun, word) for noun in nouns) for word in asked]
    return any(spoken) and all(
        named or said & set(analyse(word)) for named, word in zip(spoken, asked, strict=True)
    )


def _begins(noun: str, word: str) -> bool:
    """Tell whether a word is a noun, or the first part of it: "el" of "elforbrug"."""
    base = next(iter(analyse(word)), word.lower())
    rest = noun.removeprefix(base)
    return base in analyse(noun) or (rest != noun and lemma(rest) is not None)
