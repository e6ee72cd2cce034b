"""Who decides, holds an opinion or acts in a sentence: councils, committees, parties, the state."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.gate.lexicon import phrases
from rag.vocabulary import entries

_COMMITTEE = re.compile(r"\b[\w-]*udvalg(?:et|ets)?\b")
_ANY_COMMITTEE = ("udvalg", "hovedudvalg", "økonomiudvalg")  # names none, or stands in the lexicon
_TO = re.compile(r"\b(?:til|to|to the)\s+(?:[\w-]+(?:,|- og| og)\s+)?$")
_OWNS = re.compile(r"(?:et|en|erne)s$")  # "Økonomiudvalgets indstilling" is another's
_NOT_PARTY = re.compile(r"(?<!\w)til venstre|(?<!\w)venstre (?:side|spalte|kolonne)")


@lru_cache(maxsize=4096)
def actors_named(text: str, english: bool) -> frozenset[str]:
    """Return the actors that a text names, each by its key in the vocabulary or its own name.

    One that something goes to ("sendt til Økonomiudvalget") has a `>` before it.
    """
    flat = _NOT_PARTY.sub(lambda m: " " * len(m[0]), text.lower())
    listed = entries()["statements"]
    found = [
        (key, m.start())
        for group in ("actors", "parties")
        for key in listed[group]
        for m in phrases(f"{group}/{key}", english).finditer(flat)
        if not _OWNS.search(m[0])
    ]
    found += [
        (stem, m.start())
        for m in _COMMITTEE.finditer(flat)
        if (stem := _stem(m[0])) not in _ANY_COMMITTEE and not _OWNS.search(m[0])
    ]
    return frozenset((">" if _TO.search(flat[:at]) else "") + key for key, at in found)


def has_actor(actor: str, text: str) -> bool:
    """Tell whether a text names an actor in its part, a party also by its letter: "(V)"."""
    named = actors_named(text, False)
    if actor in named or actor.startswith(">"):
        return actor.lstrip(">") in {a.lstrip(">") for a in named}
    return actor in entries()["statements"]["parties"] and bool(
        re.search(rf"(?<![\w.]){actor}(?![\w.-]|\s*\d)", text)
    )


def _stem(word: str) -> str:
    return re.sub(r"udvalg(?:et|ets)?$", "udvalg", word).lstrip("-")
