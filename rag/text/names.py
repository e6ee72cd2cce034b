"""The names of municipalities, committees and kinds of document in a text."""

from __future__ import annotations

import re
from functools import cache

from rag.text.language import fold, has_lemma
from rag.text.lemmas import lemma
from rag.vocabulary import entries, phrase_pattern

_SHORTEST_MISSPELT, _LIKE = 6, 0.75
_CAPITALISED = re.compile(
    r"(?<=[\w,;:\"»] )[»\"(]?([A-ZÆØÅ][a-zæøå]{3,}|(?:[A-ZÆØÅ][a-zæøå]+){2,})\b"
)
_BEFORE_CAPITAL = re.compile(r"\b(?!Kommune)([A-ZÆØÅ][a-zæøå]+)\s+(?=[A-ZÆØÅ][a-zæøå])")
_AMBIGUOUS = {"Vejen", "Skive", "Greve", "Varde", "Odder", "Struer", "Lejre", "Rebild", "Assens"}
_EITHER = "|".join(sorted(_AMBIGUOUS))
_CAPITAL_AMBIGUOUS = re.compile(
    rf"(?<=[\w,] )(?:{_EITHER})(?=s?\b)|\b(?:{_EITHER})(?=s? (?:19|20)\d\d\b)"
)


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
    found = [(m.start(), name) for name, p in _possible(flat) for m in p.finditer(flat)]
    plain = {name for _, name in found}
    # Danish writes no noun with a capital: within a sentence it tells a name, and so it does
    # before a year ("Vejen 2026-2029").
    names = [(m.start(), m[0]) for m in _CAPITAL_AMBIGUOUS.finditer(text) if m[0] not in plain]
    return [name for _, name in sorted(found + names)]


def municipality_meant(word: str) -> str | None:
    """Return the municipality that an unknown word is a misspelling of, or None."""
    flat = fold(word)
    if len(flat) < _SHORTEST_MISSPELT or lemma(word.lower()) or municipalities_named(word):
        return None
    from rapidfuzz.distance import DamerauLevenshtein

    names = [n for n in entries()["municipalities"] if fold(n)[0] == flat[0]]
    likeness = DamerauLevenshtein.normalized_similarity
    best = max(names, key=lambda n: likeness(flat, fold(n)), default=None)
    return best if best and likeness(flat, fold(best)) >= _LIKE else None


def municipality_of_host(host: str) -> str | None:
    """Return the municipality whose site a host is ("dagsordener.greve.dk"), or None."""
    labels = {re.sub(r"kommune$|[^a-z]", "", label) for label in host.lower().split(".")}
    return next((n for n in entries()["municipalities"] if _host_label(n) in labels), None)


def _host_label(name: str) -> str:
    """Return a name as an address spells it: "Høje-Taastrup" as "hoejetaastrup"."""
    spelt = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[^a-z]", "", spelt)


def without_homonyms(text: str) -> str:
    """Return `text` without the names of municipalities that are words too ("i Vejen")."""
    return _CAPITAL_AMBIGUOUS.sub(" ", text)


def without_municipalities(text: str) -> str:
    """Return `text`, folded, without the names of municipalities."""
    flat = fold(text)
    for _, pattern in _possible(flat):
        flat = pattern.sub(" ", flat)
    return flat


def _is_word(word: str) -> bool:
    return has_lemma(word) or has_lemma(word.removesuffix("s"))


def proper_names(text: str) -> list[str]:
    """Return the words of a question that are names: capitalised, and in no dictionary.

    So is a word of the dictionary with a capital before another: "Holte Skole". A
    sentence's first word is left out, and so are municipalities and committees.
    """
    before = set(_BEFORE_CAPITAL.findall(text))
    places = " ".join(municipalities_named(text))  # "Ikast" is a part of "Ikast-Brande"
    return [
        name
        for name in _CAPITALISED.findall(text)
        if (name in before or not _is_word(name.lower()))
        and not municipalities_named(name)
        and not committees_named(name)
        and not re.search(rf"\b{name}\b", places)
    ]


def name_key(name: str) -> str:
    """Return a name as it is looked for in folded text: without the genitive's s."""
    return fold(name).removesuffix("s")


def _any(phrases: list[str], flat: str) -> bool:
    return bool(phrase_pattern(phrases).search(flat))


def _possible(flat: str) -> list[tuple[str, re.Pattern[str]]]:
    """Return the patterns that may match: those of a name whose first word is in `flat`."""
    patterns, by_word = _municipality_patterns(), _by_first_word()
    held = {at for word in set(re.findall(r"\w+", flat)) for at in by_word.get(word, ())}
    return [patterns[at] for at in sorted(held)]


@cache
def _by_first_word() -> dict[str, list[int]]:
    """Return, for each word that may begin a municipality's name, where its pattern stands."""
    places: dict[str, list[int]] = {}
    for at, (name, others) in enumerate(entries()["municipalities"].items()):
        for first in {re.findall(r"\w+", fold(form))[0] for form in (name, *others)}:
            for word in (first, f"{first}s"):
                places.setdefault(word, []).append(at)
    return places


@cache
def _municipality_patterns() -> list[tuple[str, re.Pattern[str]]]:
    patterns = []
    for name, others in entries()["municipalities"].items():
        forms = "|".join(re.escape(fold(form)) for form in (name, *others))
        pattern = rf"\b(?:{forms})s?\b"
        if name in _AMBIGUOUS:
            # These names are everyday words too ("en plade i vejen", something in the road).
            place = "" if name == "Vejen" else rf"|(?<=\bi )(?:{forms})\b"
            pattern = rf"{pattern}\s+(?:kommune|byrad){place}"
        patterns.append((name, re.compile(pattern)))
    return patterns
