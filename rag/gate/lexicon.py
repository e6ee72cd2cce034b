"""The words that tell what a sentence states beside its numbers, as `vocabulary.yaml` has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, NamedTuple, get_args

from rag.text.compounds import head
from rag.text.dictionary import dictionary
from rag.text.lemmas import is_told_of, lemma
from rag.vocabulary import entries

Kind = Literal[
    "up", "down", "cut", "raise", "spending", "income", "changed", "undone", "neutral"
]  # of words that fit equally well, the first
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SHARED: tuple[Kind, ...] = ("cut", "raise")  # `directions` has more of them
_OF_ITS_OWN: tuple[Kind, ...] = ("up", "down", "spending")


class Word(NamedTuple):
    """A word or phrase of a kind at `text[start:end]`, `text` as `spelt` returns it."""

    kind: Kind
    start: int
    end: int


@lru_cache(maxsize=4096)
def spelt(text: str, english: bool) -> str:
    """Return a text in lower case, a compound that the lexicon lacks apart from its head.

    "Personaleudvidelsen" is "personale udvidelsen". What says "not only" is left out.
    """
    flat = text.lower().replace("\x00", " ")
    flat = _pattern("only", english).sub(lambda m: " " * len(m[0]), flat)
    return flat if english else _TOKEN.sub(lambda m: _apart(m[0]), flat)


@lru_cache(maxsize=4096)
def words(text: str, english: bool) -> tuple[Word, ...]:
    """Return the words of a text of which the lexicon tells something, in order.

    `text` is as `spelt` returns it. Of words that overlap, the longest is read.
    """
    found = [
        Word(kind, m.start(), m.end())
        for kind in get_args(Kind)
        for m in _pattern(kind, english).finditer(text)
    ]
    kept: list[Word] = []
    for word in sorted(found, key=lambda w: w.start - w.end):
        if all(word.end <= k.start or k.end <= word.start for k in kept):
            kept.append(word)
    return tuple(sorted(kept, key=lambda w: w.start))


@cache
def phrases(path: str, english: bool) -> re.Pattern[str]:
    """Return a pattern of the phrases of one list of `statements`, "decisions/adopted"."""
    entry = entries()["statements"]
    for key in path.split("/"):
        entry = entry[key]
    return pattern(entry["en" if english else "da"] if isinstance(entry, dict) else entry)


def pattern(listed: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds phrases in lower case; a `*` stands for any letters."""

    def word(w: str) -> str:
        first = r"\w*" if w.startswith("*") else ""
        return first + re.escape(w.strip("*").lower()) + (r"\w*" if w.endswith("*") else "")

    # "sendte … tilbage": a few words may stand between.
    found = [
        r"\s+(?:[^\s.;]+\s+){0,10}?".join(
            r"\s+".join(word(w) for w in part.split()) for part in p.split("…")
        )
        for p in listed
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(found, key=len, reverse=True))})(?!\w)")


@lru_cache(maxsize=65536)
def is_verb(form: str) -> bool:
    """Tell whether a lower-case Danish form is a verb's, and no noun's too."""
    return may_be_verb(form) and not is_told_of(form)


@lru_cache(maxsize=65536)
def may_be_verb(form: str) -> bool:
    """Tell whether a lower-case Danish form ends as a verb of the dictionary does."""
    base = (dictionary("da").get(form) or lemma(form) or "").lower()
    return base.endswith("e") and _bends(base)


def _bends(base: str) -> bool:
    known = dictionary("da")
    bent = (f"{base}de", f"{base}nde", f"{base[:-1]}te", f"{base[:-1]}et", f"{base}t")
    return any(known.get(b) == base for b in bent)


@cache
def _pattern(kind: str, english: bool) -> re.Pattern[str]:
    language = "en" if english else "da"
    listed = list(entries()["statements"][kind][language])
    if kind in _SHARED:
        more = entries()["directions"][kind][language]
        listed += [p for p in more if not any(_is_in(p, k, english) for k in _OF_ITS_OWN)]
    return pattern(listed)


def _is_in(phrase: str, kind: Kind, english: bool) -> bool:
    return _pattern(kind, english).fullmatch(phrase.replace("*", "")) is not None


@lru_cache(maxsize=65536)
def _apart(word: str) -> str:
    last = head(word)
    if not last or is_listed(word) or not is_listed(last):
        return word
    return f"{word.removesuffix(last)} {last}"


@lru_cache(maxsize=65536)
def is_listed(word: str, english: bool = False) -> bool:
    """Tell whether the lexicon has a word in lower case, of any kind."""
    return any(_pattern(k, english).fullmatch(word) for k in get_args(Kind))
