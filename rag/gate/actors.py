"""Who decides, holds an opinion or acts in a sentence: councils, committees, parties, the state."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rag.gate.lexicon import pattern, phrases
from rag.vocabulary import entries

_COMMITTEE = re.compile(r"\b[\w-]*udvalg(?:et|ets)?\b")
_ANY_COMMITTEE = ("udvalg", "hovedudvalg", "økonomiudvalg")  # names none, or stands in the lexicon
_NOT_PARTY = re.compile(r"(?<!\w)til venstre|(?<!\w)venstre (?:side|spalte|kolonne)")


@lru_cache(maxsize=4096)
def actors_named(text: str, english: bool) -> frozenset[str]:
    """Return the actors that a text names, each by its key in the vocabulary or its own name."""
    flat = _NOT_PARTY.sub(" ", text.lower())
    listed = entries()["statements"]
    found = {key for key in listed["actors"] if phrases(f"actors/{key}", english).search(flat)}
    found |= {key for key in listed["parties"] if phrases(f"parties/{key}", english).search(flat)}
    found |= {_stem(m[0]) for m in _COMMITTEE.finditer(flat)} - set(_ANY_COMMITTEE)
    return frozenset(found)


def has_actor(actor: str, text: str) -> bool:
    """Tell whether a text names an actor, a party also by its letter: "(V)"."""
    listed = entries()["statements"]
    flat = text.lower()
    if actor in listed["parties"]:
        letter = re.search(rf"(?<![\w.]){actor}(?![\w.-]|\s*\d)", text)
        return bool(letter or _party(actor).search(flat))
    if actor in listed["actors"]:
        return phrases(f"actors/{actor}", False).search(flat) is not None
    return actor in flat


@cache
def _party(letter: str) -> re.Pattern[str]:
    return pattern(entries()["statements"]["parties"][letter])


def _stem(word: str) -> str:
    return re.sub(r"udvalg(?:et|ets)?$", "udvalg", word).lstrip("-")
