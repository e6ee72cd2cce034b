"""The names of municipalities, committees and kinds of document in a text."""

from __future__ import annotations

import re
from functools import cache

from rag.language import fold
from rag.vocabulary import entries, phrase_pattern

_AMBIGUOUS = {"Vejen", "Skive", "Greve", "Varde", "Odder", "Struer", "Lejre", "Rebild", "Assens"}


def kinds_named(text: str) -> list[str]:
    """Return the kinds of document that `text` names."""
    flat = fold(text)
    return [k for k, entry in entries()["kinds"].items() if _any(entry["da"] + entry["en"], flat)]


def committees_named(text: str) -> list[str]:
    """Return the committees that `text` names."""
    flat = fold(text)
    return [name for name, words in entries()["committees"].items() if _any(words, flat)]


def municipalities_named(text: str) -> list[str]:
    """Return the municipalities that `text` names, in its order, once for each mention."""
    flat = fold(text)
    found = [(m.start(), name) for name, p in _municipality_patterns() for m in p.finditer(flat)]
    return [name for _, name in sorted(found)]


def without_municipalities(text: str) -> str:
    """Return `text`, folded, without the names of municipalities."""
    flat = fold(text)
    for _, pattern in _municipality_patterns():
        flat = pattern.sub(" ", flat)
    return flat


def _any(phrases: list[str], flat: str) -> bool:
    return bool(phrase_pattern(phrases).search(flat))


@cache
def _municipality_patterns() -> list[tuple[str, re.Pattern[str]]]:
    patterns = []
    for name, others in entries()["municipalities"].items():
        forms = [re.escape(fold(form)) for form in (name, *others)]
        # These names are everyday words too ("vejen", the road).
        need = r"\s+(?:kommune|byrad)" if name in _AMBIGUOUS else ""
        patterns.append((name, re.compile(rf"\b(?:{'|'.join(forms)})s?\b{need}")))
    return patterns
