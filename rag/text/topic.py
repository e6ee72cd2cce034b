"""How well a text covers what a question is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.glossary import synonyms
from rag.text.language import analyse, fold, words
from rag.text.lemmas import is_told_of
from rag.vocabulary import generic_words

Near = Callable[[str], Sequence[tuple[str, float]]]
"""Words near in meaning to a word, with a weight in (0, 1]."""

_SYNONYM = 0.95
_COVERED = 0.5
_ASIDE = 0.25
# Nearness in the embedding space stands for a word of another language sooner than for
# one of the same ("sygeplejerske" is near "plejehjem", and no answer to it).
_NEAR_FOREIGN, _NEAR_OWN = 0.4, 0.6
_LABEL_WORD = re.compile(r"[^\W_]{2,}")
_DENIES = re.compile(r"\b(?:uden|ikke|ingen|without|not|no)\b")
_DERIVATION = 0.9
_DERIVED = (("ing", "e"), ("else", "e"), ("re", "ring"), ("ge", "gelse"), ("le", "ling"))
# Councillors' own words ("ryger", "klæde på") are often rarer than what they ask about,
# so rarity only tilts the weights, and a word no document has weighs like any other;
# one that only something like it stands for weighs less.
_RARITY, _UNKNOWN, _FOREIGN = 0.25, 1.5, 0.7
# What an unknown verb or adjective says of the things asked about may be said otherwise.
_SAID_OF = 1.0
_PART = 0.4  # "kompetenceløft" for "kompetenceudvikling": half the word is there


@dataclass(frozen=True)
class _Word:
    """A question word: what it weighs, and each way a text may say it.

    `ways` are sets of terms that must all be there, with what they are worth.
    `strange` tells that the corpus has neither the word nor any near it in meaning,
    `thing` that it is a noun or a name.
    """

    weight: float
    ways: tuple[tuple[frozenset[str], float], ...]
    parts: frozenset[str] = frozenset()
    aside: bool = False
    known: bool = True
    strange: bool = False
    thing: bool = False


class Topic:
    """The words a question is about; `cover` tells how much of them a text holds."""

    def __init__(
        self,
        words: Iterable[str],
        near: Near | None = None,
        rarity: Callable[[str], float] | None = None,
        foreign: Collection[str] = (),
        aside: Iterable[str] = (),
    ) -> None:
        """Take the question's `words`; `rarity` weighs a term (its idf), `near` widens it.

        Those that are `foreign` are of another language than the documents: such a word
        says little where they do not know it. So do the words `aside`, of what a long
        message says around its question.
        """
        listed = [(word, False) for word in words] + [(word, True) for word in aside]
        read = [
            _word(word, terms, near, rarity, word in foreign, is_aside)
            for word, is_aside in listed
            if (terms := analyse(word))
        ]
        # Small talk that no document knows is of no help at all.
        self._words = [word for word in read if word.known or not word.aside]

    def __bool__(self) -> bool:
        return bool(self._words)

    @property
    def plain(self) -> frozenset[str]:
        """The terms of its words as they are said, without what means the same."""
        return frozenset(term for word in self._words for term in word.ways[0][0])

    @property
    def strange(self) -> bool:
        """Whether it holds a word that no document has, nor any word near it."""
        return any(word.strange for word in self._words)

    @property
    def lead(self) -> Topic:
        """The first of its words: mostly what is asked for, before where or for whom."""
        return _of(self._words[:1])

    @property
    def things(self) -> Topic:
        """Those of its words that are nouns or names, and not said aside."""
        return _of([word for word in self._words if word.thing and not word.aside])

    def beyond(self, text: str) -> Topic:
        """Return the topic's words that `text` does not cover."""
        return self.unsaid(dict.fromkeys(analyse(text), 1.0), _COVERED)

    def unsaid(self, terms: Mapping[str, float], least: float) -> Topic:
        """Return the topic's words of which `terms`, with a weight each, say less than `least`."""
        return _of([word for word in self._words if _best(word, terms) < least])

    def said(self, terms: Mapping[str, float], least: float) -> Topic:
        """Return the topic's words of which `terms`, with a weight each, say at least `least`."""
        return _of([word for word in self._words if _best(word, terms) >= least])

    def names(self, label: str) -> float:
        """Return the share of a table row's words that the topic's words say, from 0 to 1."""
        words = [terms for word in _LABEL_WORD.findall(label) if (terms := analyse(word))]
        everything = {term for terms in words for term in terms}
        ways = [way for word in self._words for way in word.ways if way[0] <= everything]
        # A label is short: the parts of "sundhedplejen" in it are "Sundhedsplejen".
        parts = [word.parts for word in self._words if word.parts]
        ways += [(p, _DERIVATION) for p in parts if p <= everything]
        said = sum(_said(terms, ways) for terms in words)
        return said / len(words) if words else 0.0

    def cover(self, terms: Mapping[str, float] | Collection[str]) -> float:
        """Return the share of the topic's weight that `terms` cover, from 0 to 1.

        `terms` are analysed words, with a weight each where they are a mapping.
        """
        worth = terms if isinstance(terms, Mapping) else dict.fromkeys(terms, 1.0)
        said = [(word, _best(word, worth)) for word in self._words]
        # What is said aside may help to find the document, and never stands in the way.
        total = sum(word.weight for word, best in said if best or not word.aside)
        return sum(word.weight * best for word, best in said) / total if total else 0.0


def _of(words: Sequence[_Word]) -> Topic:
    topic = Topic(())
    topic._words = list(words)
    return topic


TopicOf = Callable[[Sequence[str]], Topic]
"""Makes a topic of words of a question."""


def _word(
    word: str,
    terms: list[str],
    near: Near | None,
    rarity: Callable[[str], float] | None,
    foreign: bool,
    aside: bool,
) -> _Word:
    share = _ASIDE if aside else 1.0
    ways = tuple(_ways(word, terms, near, _NEAR_FOREIGN if foreign else _NEAR_OWN))
    parts = frozenset(terms[1:])
    # What is said in another language is known by words that may be no nouns.
    thing = not foreign and is_told_of(word.lower())
    if rarity is None:
        return _Word(share, ways, parts, aside, thing=thing)
    unknown = rarity("")
    known = (
        (1 + _RARITY * r) * worth
        for needed, worth in ways
        if len(needed) == 1 and (r := rarity(*needed)) < unknown
    )
    weight = next(known, None)
    if weight is None and not foreign and not is_told_of(word.lower()):
        return _Word(share * _SAID_OF, ways, parts, aside, False)
    if weight is None:
        strange = near is not None and not near(word)
        unknown = share * (_FOREIGN if foreign else _UNKNOWN)
        return _Word(unknown, ways, parts, aside, False, strange, thing)
    return _Word(share * weight, ways, parts, aside, thing=thing)


def _ways(
    word: str, terms: list[str], near: Near | None, least: float
) -> Iterable[tuple[frozenset[str], float]]:
    yield frozenset(terms[:1]), 1.0
    for other in _derived(terms[0]):
        yield frozenset([other]), _DERIVATION
    parts = [part for part in terms[1:] if fold(part) not in generic_words()]
    for part in parts:
        # Of "robotforslaget" only the robot says what it is about.
        yield frozenset([part]), _PART if len(parts) == len(terms) - 1 else 1.0
    alike = [synonyms().get(fold(w), frozenset()) for w in (word, terms[0])]
    for other in sorted(frozenset().union(*alike)):  # the first that is known gives the weight
        needed = _held(other)
        if needed:
            yield needed, _SYNONYM
        if len(needed) == 1:
            yield from ((frozenset([d]), _DERIVATION) for d in _derived(*needed))
    for other, worth in near(word) if near else ():
        if worth >= least:
            yield frozenset([other]), worth if least == _NEAR_FOREIGN else worth / 2


@lru_cache(maxsize=8192)
def _held(phrase: str) -> frozenset[str]:
    """Return the terms that say a word or phrase of the glossary, none where they say too little.

    Of "tage sig af" and "uden personale" the one search term says something else.
    """
    needed = frozenset(terms[0] for terms in words(phrase))
    several = " " in phrase and len(needed) == 1
    if several and (_DENIES.search(phrase) or not is_told_of(*needed)):
        return frozenset()
    return needed


def _said(terms: list[str], ways: list[tuple[frozenset[str], float]]) -> float:
    """Return how far question words say a label's word: itself, or the parts of a compound."""
    whole = max((worth for needed, worth in ways if terms[0] in needed), default=0.0)
    parts = [max((w for needed, w in ways if part in needed), default=0.0) for part in terms[1:]]
    if not parts:
        return whole
    # "afløser timer" says "Afløsertimer", "timer" alone does not.
    return max(whole, min(parts) * _DERIVATION, max(parts) * _PART)


def _derived(term: str) -> list[str]:
    """Return the verb of a noun and the noun of a verb: "vurdering" and "vurdere"."""
    found = [term.removesuffix(e) + other for e, other in _DERIVED if term.endswith(e)]
    if term.endswith("ning") and len(term) > len("ning") + 2:
        stem = term.removesuffix("ning")
        found.append(stem + stem[-1] + "e")  # udrulning, udrulle
    return found


def _best(word: _Word, worth: Mapping[str, float]) -> float:
    # Most texts say a word in none of its ways.
    said = [way for way in word.ways if way[0] <= worth.keys()]
    return max((value * min(worth[t] for t in needed) for needed, value in said), default=0.0)


def weighted_terms(*texts: tuple[str, float]) -> dict[str, float]:
    """Return the terms of several texts, each with the largest of its texts' weights."""
    found: dict[str, float] = {}
    for text, weight in texts:
        for term in _terms(text):
            found[term] = max(weight, found.get(term, 0.0))
    return found


@lru_cache(maxsize=32_768)
def _terms(text: str) -> tuple[str, ...]:
    # Budgets repeat their labels from row to row and from year to year.
    return tuple(analyse(text))
