"""Answers a question with the sentences that answer it, quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np

from rag.answer import Hit
from rag.asking.asked_kind import AskedKind, price_asked, tells_price
from rag.asking.speakers import is_voice
from rag.query import Query
from rag.search.embed import Embedder
from rag.text.document_numbers import tells_of
from rag.text.numbers import cell_state, parse_number
from rag.text.numerals import find_numerals
from rag.text.sentences import statements
from rag.text.topic import Topic, weighted_terms
from rag.types import CouncilDocument, Passage, Place
from rag.vocabulary import asked_concepts, direction

# What a sentence must cover of the question's words to answer it. Between the
# last two, only a sentence near in meaning (cosine) answers; what covers less is a near miss.
NEAR_COVER, LEAST_COVER, SURE_COVER, LEAST_COSINE = 0.2, 0.34, 0.5, 0.35
# Of a question with a word that the documents have nothing near to ("hjemløse").
STRANGE_COVER = 0.6
_SECTION, _TITLE = 0.8, 0.35
_BEFORE = 0.5
_PRICED = 0.5  # of the noun of a price, for a sentence to tell it
_DENSE, _PASSAGE = 0.5, 0.3
_MOST, _NEAR_BEST, _TIE = 3, 0.82, 0.97
_QUOTE, _LISTED = 420, 800  # characters; the latter where several things are asked for
_SEVERAL = re.compile(r"^(hvilke|which|what are|nævn|naevn|name|list|navngiv)\b", re.IGNORECASE)
_LEANS = re.compile(r"(?:Her|Det|De|Den|Disse|Dette|Derfor|Dermed|Så|Desuden|Bagefter)\b")
_FEWEST_WORDS = 4
_ENDS, _ITEM = '.:;,!)]»”"', tuple("•o-–*0123456789")


@dataclass(frozen=True)
class Sentence:
    """A sentence with its place and how well it answers (higher is better).

    `core` is the range of the sentence itself, where `place` has its neighbours too.
    """

    place: Place
    core: tuple[int, int]
    passage: str
    text: str
    score: float
    cover: float


class Quotes:
    """Finds the sentences that answer a question among the passages found for it."""

    def __init__(
        self,
        query: Query,
        topic: Topic,
        documents: Mapping[str, CouncilDocument],
        embedder: Callable[[], Embedder],
    ) -> None:
        """Take the question; `embedder` is called only where sentences must be compared."""
        self._query, self._topic, self._kind = query, topic, AskedKind(query.text)
        self._price = Topic([noun] if (noun := price_asked(query.text)) else [])
        self._documents = documents
        self._embedder = embedder

    def find(self, hits: Sequence[Hit], named: bool) -> tuple[list[Sentence], bool]:
        """Return the sentences that bear on the question, best first, and whether they answer it.

        Those that do bring what stands beside them in their paragraph, as far as a
        short quote goes. The others are a near miss, which tells no figure: it
        would be read as the one asked for.
        """
        scored = [s for s in self._scored(hits) if self._fits(s[0])]
        if not scored:
            return [], False
        if self._answers(*scored[0], named):
            texts = {h.passage.id: h.passage for h in hits}
            room = _LISTED if _SEVERAL.match(self._query.text) else _QUOTE
            found = [s for s, _ in scored]
            return _best(found, lambda s: _widened(s, texts[s.passage], room)), True
        near = [s for s, _ in scored if s.cover >= NEAR_COVER and not _tells_figure(s.text)]
        return (_best(near, lambda s: s) if near and self._topic else []), False

    def _fits(self, sentence: Sentence) -> bool:
        """Tell whether a sentence has what is asked for, and is said by whom it is asked of."""
        spoken = self._query.speaker is None or is_voice(sentence.place.section, sentence.text)
        saving = self._query.intent == "figure" and "efficiency" in self._query.concepts
        if saving and direction(sentence.text) != "cut":
            return False  # what is spent, or only told, is no saving
        if self._query.told_of and not self._is_told(sentence.text):
            return False
        return spoken and self._kind.is_held(sentence.text) and self._tells_price(sentence.text)

    def _is_told(self, text: str) -> bool:
        """Tell whether a sentence tells the measure asked for of the proposal asked for."""
        asked = set(self._query.concepts) - {"net", "efficiency"}  # its direction tells these
        against = {direction(self._query.text), direction(text)} == {"cut", "raise"}
        named = tells_of(text, self._query.told_of) and not against
        return named and asked <= set(asked_concepts(text))

    def _tells_price(self, text: str) -> bool:
        """Tell whether a sentence has the price, fee or grant asked for, where one is."""
        if not self._price:
            return True
        said = self._price.cover(weighted_terms((text, 1.0))) >= _PRICED
        return said and tells_price(text)

    def _answers(self, best: Sentence, cosine: float, named: bool) -> bool:
        """Tell whether the best sentence found answers the question."""
        # An amount in the sentence that names a proposal is that proposal's, however it is called.
        if not self._topic or (self._query.told_of and self._query.intent == "figure"):
            return named
        if self._topic.strange:
            return best.cover >= STRANGE_COVER
        # A document that was named is asked about something it may well tell; in another
        # language fewer words can be told from those it does not know.
        told = named and self._query.language == "da"
        return best.cover >= (LEAST_COVER if told or cosine >= LEAST_COSINE else SURE_COVER)

    def _scored(self, hits: Sequence[Hit]) -> list[tuple[Sentence, float]]:
        found = [
            (hit, start, end)
            for hit in hits
            for start, end in statements(hit.passage.text)
            if _is_prose(hit.passage, start, end)
        ]
        if not found:
            return []
        cosines = self._cosines([h.passage.text[a:b] for h, a, b in found])
        highest = max(h.score for h in hits) or 1.0
        scored = []
        for (hit, start, end), cosine in zip(found, cosines, strict=True):
            text = hit.passage.text[start:end]
            before = hit.passage.text[hit.passage.text.rfind("\n", 0, start) + 1 : start]
            cover = self._cover(hit.passage, text, before)
            score = (
                cover + _DENSE * cosine + _PASSAGE * hit.score / highest + self._kind.worth(text)
            )
            place = _place(hit.passage, start, end)
            core = place.start, place.end
            scored.append((Sentence(place, core, hit.passage.id, text, score, cover), cosine))
        return sorted(scored, key=lambda s: -s[0].score)

    def _cover(self, passage: Passage, text: str, before: str) -> float:
        document = self._documents.get(passage.document)
        title = document.title if document else ""
        asked = f"{document.asker or ''} {document.number or ''}" if document else ""
        head = passage.text.split("\n")[0] if "\t" in text else ""
        return self._topic.cover(
            weighted_terms(
                (text, 1.0),
                # A word that the documents do not know must be made up for by the sentence itself.
                (before, 0.0 if self._topic.strange else _BEFORE),
                (passage.section, _SECTION),
                (head, _SECTION),
                (title, 1.0 if self._query.speaker else _TITLE),
                (asked, _TITLE),
            )
        )

    def _cosines(self, texts: list[str]) -> list[float]:
        embedder = self._embedder()
        question = embedder.embed_query(self._query.text)
        return [float(c) for c in np.asarray(embedder.embed_passages(texts)) @ question]


def _best(sentences: Sequence[Sentence], widened: Callable[[Sentence], Sentence]) -> list[Sentence]:
    """Return the first of `sentences` and those nearly as good beside it, `widened`."""
    best = sentences[0]
    chosen: list[Sentence] = []
    for sentence in sentences:
        if len(chosen) == _MOST or sentence.score < _NEAR_BEST * best.score:
            break
        same = sentence.place.document == best.place.document or sentence.score >= _TIE * best.score
        if same and not any(_inside(sentence.place, c.place) for c in chosen):
            chosen.append(widened(sentence))
    return chosen


def _tells_figure(text: str) -> bool:
    # A tab parts the cells of a table's row.
    return "\t" in text or bool(find_numerals(text))


def _is_prose(passage: Passage, start: int, end: int) -> bool:
    text = passage.text[start:end]
    words = [w for w in text.split() if w[0].isalpha()]
    # A question in the document is no answer to one; dots lead to a page number; a table's
    # figures are told with their years, never as a bare row.
    return (
        len(words) >= _FEWEST_WORDS
        and text != passage.section
        and not _is_heading(passage.text, start, end)
        and not text.rstrip('”"»« ').endswith("?")
        and "....." not in text
        and not _is_figures(text.split("\t")[1:])
    )


def _is_heading(text: str, start: int, end: int) -> bool:
    """Tell whether a line states nothing: a title, a dateline, a table's head."""
    line = text[text.rfind("\n", 0, start) + 1 : start] + text[start:end]
    if "\t" in line:
        return line.count("\t") > 1 and "\t" not in text[: max(start - 1, 0)]
    return not line.startswith(_ITEM) and line[-1] not in _ENDS


def _is_figures(cells: list[str]) -> bool:
    """Tell whether a table's row, but for its label, is nothing but figures."""
    told = [cell for cell in cells if cell_state(cell) == "value"]
    return bool(told) and all(parse_number(cell) is not None for cell in told)


def _place(passage: Passage, start: int, end: int) -> Place:
    return Place(
        passage.document, passage.page, passage.start + start, passage.start + end, passage.section
    )


def _widened(sentence: Sentence, passage: Passage, room: int) -> Sentence:
    """Return a sentence with its neighbours in the paragraph, as far as a short quote goes.

    One that begins with "Her", "Det" … leans on the one before it; one that ends
    with a colon leads in the list below it.
    """
    text = passage.text
    start, end = sentence.place.start - passage.start, sentence.place.end - passage.start
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    ranges = [(first + a, first + b) for a, b in statements(line)]
    after = [r for r in ranges if r[0] >= end]
    before = [r for r in reversed(ranges) if r[1] <= start]
    sides = (before, after) if _LEANS.match(sentence.text) else (after, before)
    for a, b in (r for pair in zip_longest(*sides) for r in pair if r):
        if max(end, b) - min(start, a) <= room:
            start, end = min(start, a), max(end, b)
    if text[start:end].endswith(":"):
        below = text.find("\n", start + _LISTED)
        end = below if below > end else len(text)
    place = _place(passage, start, end)
    return replace(sentence, place=place, text=text[start:end])


def _inside(inner: Place, outer: Place) -> bool:
    same = (inner.document, inner.page) == (outer.document, outer.page)
    return same and outer.start <= inner.start and inner.end <= outer.end
