"""Holds what a text calls decided, or someone's position, to the documents on that very matter."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from rag.gate.actors import has_actor
from rag.gate.decisions import DECIDED, Told, decided_in, decisions_in, sides_in
from rag.gate.labels import terms, told_terms
from rag.gate.lexicon import phrases
from rag.gate.parts import Part
from rag.gate.sources import Sources
from rag.gate.subjects import Name
from rag.text.counts import is_english
from rag.text.language import fold, words
from rag.text.sentences import sentences
from rag.types import CouncilDocument, Place, Text
from rag.vocabulary import generic_words
from rag.wording import name

_TITLE = 0.5  # of a title's words, weighed by how rare they are, must a text say to name it
_COVERED = 0.6  # of a sentence's words stand in one of a document on no matter of its own
_CLOSE = 0.15  # a matter may come before several meetings under titles much alike
_FEWEST = 2  # words of a title
_SAYS = {
    "proposed": Text("er et forslag", "is a proposal"),
    "adopted": Text("er vedtaget", "was adopted"),
    "partly": Text("er delvist vedtaget", "was adopted in part"),
    "rejected": Text("er forkastet", "was rejected"),
    "postponed": Text("er udsat", "was postponed"),
    "returned": Text("er sendt tilbage", "was sent back"),
    "unknown": Text("siger det ikke", "does not say so"),
}


class Held(NamedTuple):
    """Where a decision is told; else what its matter says, and which part is not so."""

    place: Place | None = None
    part: Part | None = None
    near: Place | None = None
    says: Text | None = None


class Matters:
    """Finds the matter that a decision is on, and what its documents say of it."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def check(self, text: str, names: Sequence[Name]) -> Iterator[tuple[Told, Held]]:
        """Yield the decisions and positions of a text, each with where it is told."""
        for told in decisions_in(text):
            line = text.rfind("\n", 0, told.start) + 1
            named = _named(names, told, line)
            said, before = text[told.start : told.end], text[line : told.start]
            matters = self._documents(named) or self._titled(said)
            if not named and not matters:
                matters = self._titled(before)
            yield told, self._held(told, said, named, matters)

    # ---------------------------------------------------------------- matters

    def _documents(self, named: Iterable[Name]) -> list[CouncilDocument]:
        ids = {id for n in named for id in n.documents}
        return [d for id, d in self._sources.documents.items() if id in ids]

    def _titled(self, said: str) -> list[CouncilDocument]:
        """Return the documents whose titles a text says best, a rare word for more."""
        told = told_terms(said, is_english(said))
        near = {id for term in told for id in self._index.get(term, ())}
        found = {id: share for id in near if (share := self._share(id, told)) >= _TITLE}
        best = max(found.values(), default=0.0)
        close = (id for id, share in found.items() if share >= best - _CLOSE)
        return [self._sources.documents[id] for id in close]

    def _share(self, id: str, told: frozenset[str]) -> float:
        """Return how much of a document's title is told."""
        title = _title(self._sources.documents[id].title)
        said = [word for word in title if word & told]
        if len(said) < min(_FEWEST, len(title)):
            return 0.0
        return sum(map(self._weight, said)) / sum(map(self._weight, title))

    @cached_property
    def _index(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for id, document in self._sources.documents.items():
            for term in frozenset().union(*_title(document.title)):
                found[term].append(id)
        return found

    def _weight(self, word: frozenset[str]) -> float:
        held = max(len(self._index[term]) for term in word)
        return math.log(1 + len(self._sources.documents) / held)

    # ----------------------------------------------------------------- held

    def _held(
        self, told: Told, said: str, named: Sequence[Name], matters: Sequence[CouncilDocument]
    ) -> Held:
        own = [m for m in matters if self._sources.is_primary(m.id)] or list(matters)
        tries = [self._in_matter(told, said, m) for m in own]
        held = next((t for t in tries if t.place), None)
        if held is None and (not matters or (all(n.number for n in named) and named)):
            place = self._elsewhere(told, said, named)
            held = Held(place) if place else None
        return held or next(iter(tries), Held())

    def _in_matter(self, told: Told, said: str, document: CouncilDocument) -> Held:
        """Return where a document on the matter tells a decision, or what it says instead."""
        near: Held | None = None
        decided = document.decided
        if told.kind == "proposed" and document.proposer:
            place = _first_line(document)
            part = self._lacking(told, said, document, place)
            return self._near(part, document, place) if part else Held(place)
        final = document.decision not in ("unknown", "proposed")
        if told.kind in DECIDED and document.decision != "unknown" and not _amends(said):
            same = told.kind == document.decision or (
                told.kind == "adopted" and document.decision == "partly"
            )
            place = decided or _first_line(document)
            if same != told.denied:
                part = self._lacking(told, said, document, place) if same else None
                if part is None:
                    return Held(place)
                near = self._near(part, document, place)
            else:
                near = self._near("status", document, place)
            if final and not same:
                return near
        for place, heading in self._telling(told, document):
            part = self._lacking(told, said, document, place, heading)
            if part is None:
                return Held(place)
            near = near or self._near(part, document, place)
        return near or self._near("status", document, decided or _first_line(document))

    def _near(self, part: Part, document: CouncilDocument, place: Place) -> Held:
        def says(language: str) -> str:
            word = _SAYS[document.decision].in_(language)  # type: ignore[arg-type]
            quote = " ".join(self._sources.citations.words(place).split())[:160]
            told = f": »{quote}«" if quote else ""
            return f"{name(document, language)} {word}{told}"  # type: ignore[arg-type]

        return Held(None, part, place, Text(says("da"), says("en")))

    def _telling(self, told: Told, document: CouncilDocument) -> Iterator[tuple[Place, str]]:
        """Yield a document's sentences that tell a decision of this kind, and their headings."""
        for place, sentence in self._sentences(document):
            for other in decided_in(sentence, 0, is_english(sentence)):
                if other.kind == told.kind and other.denied == told.denied:
                    yield place, self._sources.section(place)

    def _sentences(self, document: CouncilDocument) -> Iterator[tuple[Place, str]]:
        for page in range(document.first_page, document.last_page + 1):
            whole = Place(document.id, page, 0, 0)
            text = self._sources.page_text(whole)
            first = document.start if page == document.first_page else 0
            last = document.end if page == document.last_page else None
            for a, b in sentences(text):
                if a >= first and (last is None or b <= last):
                    yield Place(document.id, page, a, b), text[a:b]

    def _lacking(
        self, told: Told, said: str, document: CouncilDocument, place: Place, heading: str = ""
    ) -> Part | None:
        """Return what of a decision its place does not tell: who, the votes, or the matter."""
        quote = self._sources.citations.words(place)
        own = f"{quote} {heading}"
        if told.kind in DECIDED:
            own = f"{own} {document.committee}"
        if told.kind == "proposed":
            own = f"{own} {document.proposer}"
        if not all(has_actor(actor, own) for actor in told.actors):
            return "actor"
        voted = dict(sides_in(quote))
        if any(not parties <= voted.get(side, frozenset()) for side, parties in told.sides):
            return "status"
        return None if self._cover(said, document, place) >= _TITLE else "matter"

    def _cover(self, said: str, document: CouncilDocument, place: Place) -> float:
        """Return the share of a sentence's words that a document says."""
        told = _content(said)
        text = self._sources.page_text(place)
        known = terms(
            f"{document.title} {document.number} {document.committee} {document.proposer}"
        )
        known = known.union(*map(terms, text.split("\n")))
        return len(told & known) / max(len(told), 1)

    def _elsewhere(self, told: Told, said: str, named: Sequence[Name]) -> Place | None:
        """Return the sentence of any document that tells the same with most of its words."""
        wanted = _content(said)
        longest = max((w for w in said.split() if w.isalpha()), key=len, default="")
        numbers = [n.number for n in named if n.number]
        found: list[tuple[bool, float, Place]] = []
        for place, page in self._sources.texts(numbers[0] if numbers else longest):
            for a, b in sentences(page):
                quote = page[a:b]
                if any(number not in quote for number in numbers):
                    continue
                same = any(
                    o.kind == told.kind and o.denied == told.denied
                    for o in decided_in(quote, 0, is_english(quote))
                )
                if not same or not all(has_actor(actor, quote) for actor in told.actors):
                    continue
                cover = len(wanted & terms(quote)) / max(len(wanted), 1)
                if cover >= _COVERED:
                    at = Place(place.document, place.page, place.start + a, place.start + b)
                    found.append((self._sources.is_primary(place.document), cover, at))
        return max(found, key=lambda f: f[:2])[2] if found else None


def _named(names: Sequence[Name], told: Told, line: int) -> list[Name]:
    """Return the names that a decision is told under: its sentence's, else those before it."""
    own = [n for n in names if told.start <= n.start < told.end]
    before = [n for n in names if line <= n.start < told.start]
    return own or before[-1:]


@lru_cache(maxsize=65536)
def _title(title: str) -> tuple[frozenset[str], ...]:
    """Return the terms of each word of a title that says what it is about."""
    treated = phrases("titles", False)
    return tuple(
        frozenset(word)
        for word in words(title)
        if fold(word[0]) not in generic_words() and not treated.fullmatch(word[0])
    )


def _amends(said: str) -> bool:
    """Tell whether a sentence tells of an amendment, which is not the matter itself."""
    return any(w in said.lower() for w in ("ændringsforslag", "amendment"))


def _content(said: str) -> frozenset[str]:
    return frozenset(t for t in terms(said) if fold(t) not in generic_words())


def _first_line(document: CouncilDocument) -> Place:
    return Place(document.id, document.first_page, 0, 0)
