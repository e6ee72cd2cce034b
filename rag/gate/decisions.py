"""What a text says was decided of a matter, or who holds what of it, as claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from rag.gate.actors import actors_named
from rag.gate.lexicon import phrases, spelt, words
from rag.text.counts import is_english
from rag.text.language import detect_language
from rag.text.sentences import sentences
from rag.types import Decision
from rag.vocabulary import entries

DECIDED = frozenset(get_args(Decision)) & {"adopted", "rejected", "postponed", "returned"}
"""What is decided; the other kinds of the vocabulary are positions."""
_QUOTED = re.compile(r"[»«“„”\"][^»«“„”\"\n]*[«»”“\"]")
# A clause that the one before it governs ("ikke, at det er vedtaget") is one with it.
_CLAUSE = re.compile(
    r"[,;:](?!\s*(?:at|om|hvorvidt|that|whether)\b)"
    r"|\b(?:men|mens|hvorefter|but|while|after which)\b"
)
_ITEM = re.compile(r"\W*(?:\d+\W+)?at\b")  # of what is recommended: "2. at sagen godkendes"
_SIDES = {
    "for": re.compile(
        r"\b(?:for stemte|stemte for|stemmer for|med stemmerne fra|stemte ja|voted for|in favour)\b"
    ),
    "against": re.compile(
        r"\b(?:imod stemte|stemte imod|stemmer imod|i?mod (?:\w+ )?stemmer(?:ne)?|stemte nej|"
        r"voted against|against the votes?)\b"
    ),
    "abstained": re.compile(r"\b(?:undlod|undlader|hverken for eller imod|abstain\w*)\b"),
}
_ADVISED = frozenset(("recommended", "proposed", "urged"))
_SEGMENT = re.compile(r"[.;]\s|,? (?:og|mens|idet|and|while)(?= \d+ medl| \w+ (?:undlod|abst))")
_LETTER = re.compile(r"(?<![\w.])([A-ZÆØÅ])(?![\w.-]| \d| dag\b)")


@dataclass(frozen=True)
class Told:
    """A decision or position told in `text[start:end]`, by the words at `at`.

    `kind` is one of the vocabulary's; `denied` where it is said not to be so. `sides` are the
    parties that voted for, against or not at all.
    """

    start: int
    end: int
    at: tuple[int, int]
    kind: str
    denied: bool
    actors: frozenset[str]
    sides: tuple[tuple[str, frozenset[str]], ...]
    english: bool


def decisions_in(text: str) -> Iterator[Told]:
    """Yield the decisions and positions that a text tells, in order; quotations are another's."""
    blanked = _QUOTED.sub(lambda m: " " * len(m[0]), text)
    english = detect_language(text) == "en"
    for start, end in sentences(blanked):
        sentence = blanked[start:end]
        yield from decided_in(sentence, start, english or is_english(sentence))


def decided_in(sentence: str, start: int, english: bool) -> Iterator[Told]:
    """Yield the decisions of one sentence, which stands at `start`; those to come are none."""
    flat = sentence.lower()
    found: list[tuple[int, int, str]] = []
    for kind in entries()["statements"]["decisions"]:
        for m in phrases(f"decisions/{kind}", english).finditer(flat):
            found.append((m.start(), m.end(), kind))
    kinds = {kind for _, _, kind in found} & DECIDED
    found = [(a, b, kind) for a, b, kind in found if kind != "decided" or not kinds]
    if _ITEM.match(flat):
        found = [f for f in found if f[2] not in DECIDED | {"decided"}]
    sides = sides_in(sentence)
    taken = -1
    for a, b, kind in sorted(found, key=lambda f: (f[0], f[0] - f[1])):
        if kind in DECIDED and any(k in _ADVISED and e <= a for _, e, k in found):
            continue  # "anbefaler, at sagen godkendes"
        clause = max((m.end() for m in _CLAUSE.finditer(flat, 0, a)), default=0)
        before = flat[clause:a]
        if a < taken or (
            kind in DECIDED | {"decided"} and phrases("pending", english).search(before)
        ):
            continue
        taken = b
        after = _CLAUSE.split(flat[b:])[0]
        denied = _denies(before, english) or bool(re.match(r"\W*(?:ikke|not)\b", after))
        actors = actors_named(sentence, english)
        if kind not in DECIDED | {"decided"} and not actors:
            continue  # nobody's position
        at = start + a, start + b
        kind = "adopted" if kind == "decided" else kind
        yield Told(start, start + len(sentence), at, kind, denied, actors, sides, english)


@lru_cache(maxsize=4096)
def sides_in(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the parties, by letter, that a text says voted for, against or not at all."""
    found: dict[str, set[str]] = {}
    for segment in _SEGMENT.split(text):
        told = sorted(
            (m.start(), side) for side, p in _SIDES.items() for m in p.finditer(segment.lower())
        )
        for at, party in _parties(segment):
            before = [side for start, side in told if start < at]
            if told:
                found.setdefault(before[-1] if before else told[0][1], set()).add(party)
    return tuple((side, frozenset(parties)) for side, parties in sorted(found.items()))


def _parties(text: str) -> Iterator[tuple[int, str]]:
    """Yield the parties that a text names, by letter or name, and where."""
    for letter in entries()["statements"]["parties"]:
        named = phrases(f"parties/{letter}", False).finditer(text.lower())
        yield from ((m.start(), letter) for m in named)
        yield from ((m.start(), letter) for m in _LETTER.finditer(text) if m[0] == letter)


def _denies(before: str, english: bool) -> bool:
    flat = spelt(before, english)
    return sum(w.kind == "undone" for w in words(flat, english)) % 2 == 1
