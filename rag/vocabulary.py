"""The council vocabulary (`vocabulary.yaml`): what people and tables call things.

Words are compared folded (see `rag.text.language.fold`): without case, and with æ, ø
and å as ae, oe and aa. A trailing `*` in the file stands for any ending.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from rag.text import compounds
from rag.text.language import fold, is_word
from rag.text.lemmas import lemma
from rag.types import Effect, Text

_LIKE, _SHORTEST_STEM = 0.8, 5
# What follows in a row's label says only what it is of or for.
_OF_WHAT = re.compile(r"\b(?:til|af|på|i(?! alt)|for|fra|ved|med|om|hos|under)\b")
# Concepts whose words name a row wherever they stand ("Ændring i antal årsværk").
_TOLD_ANYWHERE = frozenset({"fte", "current_budget", "net"})
# "Anlægsudgifter", "Serviceramme": heads that add nothing but that it is an amount.
_AMOUNTS = frozenset({"udgift", "ramme", "sum", "beløb", "middel", "budget", "bevilling", "post"})
_FILE = Path(__file__).with_name("vocabulary.yaml")


@dataclass(frozen=True)
class Concept:
    """A measure as the vocabulary knows it.

    `level` marks measures that are states, never summed over years (årsværk).
    `wider` are the keys of all concepts it is a kind of, itself included.
    """

    key: str
    name: Text
    level: bool
    unit: str | None
    wider: frozenset[str]


@cache
def entries() -> dict[str, Any]:
    """Return the vocabulary as the file has it."""
    data: dict[str, Any] = yaml.load(_FILE.read_text("utf8"), yaml.CSafeLoader)
    return data


@cache
def concepts() -> dict[str, Concept]:
    """Return all concepts by key."""
    raw = entries()["concepts"]

    def wider(key: str) -> frozenset[str]:
        return frozenset({key}).union(*(wider(k) for k in raw[key].get("is", ())))

    return {
        key: Concept(
            key,
            Text(**entry["name"]),
            entry.get("level", False),
            entry.get("unit"),
            wider(key),
        )
        for key, entry in raw.items()
    }


def row_concept(label: str) -> str | None:
    """Return the key of the concept that a table row's label names, the most special one.

    Where one word names it, that word is the label's head: "Omstillingspulje" is
    a pulje, "Ombygning af anlæg" no anlæg, "Driftsbesparelse" a besparelse.
    """
    text = _flat(label)
    heads = re.findall(r"[^\W\d_]+", _OF_WHAT.split(label.lower())[0])
    best: tuple[int, int, str] | None = None
    for order, (key, words, pattern) in enumerate(_row_patterns()):
        if not pattern.search(text) or (best is not None and (words, order) <= best[:2]):
            continue
        if words > 1 or key in _TOLD_ANYWHERE or any(_is_head(word, pattern) for word in heads):
            best = (words, order, key)
    if best:
        return best[2]
    last = [_flat(compounds.head(word)) for word in heads]
    return next((k for k, _, p in _row_patterns() if any(p.fullmatch(w) for w in last)), None)


def _is_head(word: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether `word` is what `pattern` names, and no compound that only begins so."""
    last = compounds.head(word)
    if not pattern.fullmatch(_flat(word)):
        return False
    first = word.removesuffix(last)
    return not last or not pattern.fullmatch(_flat(first)) or lemma(last) in _AMOUNTS


def asked_concepts(text: str) -> list[str]:
    """Return the concepts that `text` names, in its order, each once.

    Words that only hint ("koster", "sparer") count where nothing else is named.
    """
    flat = _flat(text)
    found = _asked(flat, "ask") or _asked(flat, "weak")
    return list(dict.fromkeys(key for _, _, key in found))


def only_hinted(text: str) -> bool:
    """Tell whether `text` names its concepts by words that only hint."""
    return not _asked(_flat(text), "ask")


def without_concepts(text: str) -> str:
    """Return the words of `text`, folded, that name no concept."""
    flat = _flat(text)
    for strength in ("ask", "weak"):
        for start, end, _ in reversed(_asked(flat, strength)):
            flat = flat[:start] + " " + flat[end:]
    return flat


def _asked(flat: str, strength: str) -> list[tuple[int, int, str]]:
    found = [
        (m.start(), m.end(), key)
        for key, pattern in _ask_patterns(strength)
        for m in pattern.finditer(flat)
    ]
    # "medarbejdere bliver" also holds "bliver": the longer reading of a place wins.
    return sorted(f for f in found if not any(_inside(f, other) for other in found))


def _inside(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1] and other[1] - other[0] > one[1] - one[0]


def direction(text: str) -> Effect:
    """Return whether the words of `text` speak of cutting or of adding; unknown if both or none."""
    flat = _flat(text)
    cut, raised = (bool(_direction_pattern(name).search(flat)) for name in ("cut", "raise"))
    if cut == raised:
        return "unknown"
    return "cut" if cut else "raise"


def without_directions(text: str) -> str:
    """Return `text`, folded, without the words that speak of cutting or adding."""
    flat = _flat(text)
    for name in ("cut", "raise"):
        flat = _direction_pattern(name).sub(" ", flat)
    return flat


def respelt(text: str) -> str:
    """Return `text` with misspelt measures mended: "neto" is "netto".

    Only words that no dictionary has are touched.
    """
    return re.sub(r"\b[^\W\d_]{4,}\b", lambda m: _mended(m[0]), text)


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    flat = _flat(word)
    known = [*_ask_patterns("ask"), *_ask_patterns("weak")]
    if is_word(word.lower()) or any(p.search(flat) for _, p in known):
        return word
    from rapidfuzz.distance import DamerauLevenshtein

    likeness = DamerauLevenshtein.normalized_similarity
    # A name ("Randers") is no misspelling, and few misspell a word's first letter.
    stems = [stem for stem in _stems() if _flat(stem)[0] == flat[0]]
    if word[0].isupper() or not stems:
        return word

    def like(stem: str) -> float:
        # A letter left out or put in moves where the stem ends.
        ends = (len(stem) - 1, len(stem), len(stem) + 1)
        return max(likeness(flat[:end], _flat(stem)) for end in ends)

    best = max(stems, key=like)
    return best if like(best) >= _LIKE else word


@cache
def _stems() -> list[str]:
    """Return the single words that name measures, without their endings."""
    phrases = [p for e in entries()["concepts"].values() for p in e["ask"]["da"] + e["ask"]["en"]]
    return [s for p in phrases if " " not in p and len(s := p.rstrip("*")) >= _SHORTEST_STEM]


@cache
def generic_words() -> frozenset[str]:
    """Return the folded words that say nothing of what a question is about."""
    return frozenset(_flat(entries()["generic"]).split())


def _flat(text: str) -> str:
    return fold(text)


def phrase_pattern(phrases: list[str], gap: str = r"\s+") -> re.Pattern[str]:
    """Return a pattern that finds any of `phrases` in folded text, `gap` between their words."""

    def word(w: str) -> str:
        stem = re.escape(fold(w.rstrip("*")))
        return rf"\b{stem}" + (r"\w*" if w.endswith("*") else r"\b")

    alternatives = [gap.join(word(w) for w in p.split()) for p in phrases]
    return re.compile("|".join(alternatives) if alternatives else r"(?!)")


@cache
def _row_patterns() -> list[tuple[str, int, re.Pattern[str]]]:
    return [
        (key, len(phrase.split()), phrase_pattern([phrase], gap=r"\b.{0,30}?"))
        for key, entry in entries()["concepts"].items()
        for phrase in entry["rows"]
    ]


@cache
def _ask_patterns(strength: str) -> list[tuple[str, re.Pattern[str]]]:
    return [
        (key, phrase_pattern([*entry[strength]["da"], *entry[strength]["en"]]))
        for key, entry in entries()["concepts"].items()
        if strength in entry
    ]


@cache
def _direction_pattern(name: str) -> re.Pattern[str]:
    entry = entries()["directions"][name]
    return phrase_pattern([*entry["da"], *entry["en"]])
