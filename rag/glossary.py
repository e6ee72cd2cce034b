"""The glossary of the council vocabulary: words and phrases that mean the same.

Words are compared folded, as in `rag.vocabulary`, whose file has the groups.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rag.text.dictionary import dictionary
from rag.text.language import fold
from rag.text.lemmas import lemma
from rag.vocabulary import entries

# What a question puts between a verb and the rest of its phrase.
_PRONOUNS = frozenset(str.split("der det den de vi i man they it we you there"))


@cache
def _groups() -> list[dict[str, str]]:
    """Return the groups of words that mean the same, each word with it folded."""
    # Folded all at once: one by one their thousands take a tenth of a cold start's reading.
    listed = entries()["synonyms"]
    folded = iter(fold("\n".join(word for group in listed for word in group)).split("\n"))
    return [{word: next(folded) for word in group} for group in listed]


@cache
def synonyms() -> dict[str, frozenset[str]]:
    """Return, for each folded word of the glossary, the words that mean the same."""
    found: dict[str, set[str]] = {}
    for group in _groups():
        for word, folded in group.items():
            found.setdefault(folded, set()).update(w for w in group if w != word)
    return {word: frozenset(others) for word, others in found.items()}


def glossary_spelling(folded: str) -> str:
    """Return a folded word as the glossary spells it, itself where it has none."""
    return _spellings().get(folded, folded)


@cache
def _spellings() -> dict[str, str]:
    return {folded: word for group in _groups() for word, folded in reversed(group.items())}


def joined_phrases(text: str) -> str:
    """Return `text`, folded, with each phrase of the glossary as the one word that means it.

    Its words may be in any form, with a pronoun after the first: "spares de væk" is "spare væk".
    """
    pieces = re.findall(r"\w+|\W+", text)
    told, at = list[str](), 0
    while at < len(pieces):
        joined = _phrase_at(pieces, at) if pieces[at].isalpha() else None
        told.append(joined[0] if joined else fold(pieces[at]))
        at = joined[1] if joined else at + 1
    return "".join(told)


def _phrase_at(pieces: list[str], at: int) -> tuple[str, int] | None:
    """Return the word that the longest phrase at a place means, and where the phrase ends.

    `pieces` are the words of a text, with what stands between them.
    """
    begun = _begun(pieces[at])
    if not begun:
        return None
    starts = [at + 2]
    if pieces[at + 2 : at + 3] and fold(pieces[at + 2]) in _PRONOUNS:
        starts.append(at + 4)
    for phrase, word in begun:
        for start in starts:
            end = start + 2 * len(phrase) - 3
            held = [_forms(piece) for piece in pieces[start:end:2]]
            apart = set(pieces[at + 1 : end : 2]) - {" ", "-", "- "}
            if len(held) < len(phrase) - 1 or apart:
                continue
            if all(w in forms for w, forms in zip(phrase[1:], held, strict=True)):
                return word, end
    return None


@lru_cache(maxsize=32_768)
def _begun(word: str) -> list[tuple[tuple[str, ...], str]]:
    """Return the phrases that begin with a word, the longest first, each with what it means."""
    begun = [p for form in _forms(word) for p in _phrases().get(form, ())]
    return sorted(begun, key=lambda p: (-len(p[0]), p))


@lru_cache(maxsize=4096)
def _forms(word: str) -> frozenset[str]:
    """Return a word and its lemmas in both languages, folded."""
    low = word.lower()
    found = (low, lemma(low), dictionary("en").get(low))
    return frozenset(fold(form) for form in found if form)


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the phrases of the glossary by their first word, each with a word that means it."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for group in _groups():
        single = next((w for w in group if " " not in w and "-" not in w), None)
        for phrase in group.values():
            parts = tuple(re.split(r"[ -]+", phrase))
            if single and len(parts) > 1:
                found.setdefault(parts[0], []).append((parts, group[single]))
    return found
