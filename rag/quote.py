"""Answers a question with the sentences that answer it, quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np

from rag.answer import Hit
from rag.embed import Embedder
from rag.language import fold
from rag.numerals import cell_state, find_numerals, parse_number
from rag.query import Query
from rag.sentences import statements
from rag.topic import Topic, weighted_terms
from rag.types import CouncilDocument, Passage, Place

# What a sentence must cover of the question's words to answer it. Between the
# two, only a sentence near in meaning (cosine) answers; what covers less is a near miss.
NEAR_COVER, LEAST_COVER, SURE_COVER, LEAST_COSINE = 0.2, 0.34, 0.5, 0.35
# Of a question with a word that the documents have nothing near to ("hjemløse").
STRANGE_COVER = 0.6
_SECTION, _TITLE = 0.8, 0.35
_DENSE, _PASSAGE, _CUE = 0.5, 0.3, 0.12
_MOST, _NEAR_BEST = 3, 0.82
_QUOTE, _LISTED = 420, 800  # characters; the latter where several things are asked for
_SEVERAL = re.compile(r"^(hvilke|which|what are|nævn|naevn|name|list|navngiv)\b", re.IGNORECASE)
_LEANS = re.compile(r"(?:Her|Det|De|Den|Disse|Dette|Derfor|Dermed|Så|Desuden|Bagefter)\b")
_SOME_COVER, _NEAR = 0.2, 0.72
_FEWEST_WORDS = 4

_CUES = (
    (r"^(hvorfor|why)\b", r"\b(fordi|da|derfor|for at|med henblik|skyldes|på den baggrund|så)\b"),
    (r"^(hvornar|when)\b|\bdato\b", r"\b(19|20)\d\d\b|\b\d{1,2}\. \w+"),
    (r"^(hvem|who)\b", r"\b[A-ZÆØÅ]\w+ [A-ZÆØÅ]\w+|\b\w+(siden|forvaltningen|udvalget)\b"),
    (r"^(hvor|where)\b(?! (mange|meget|stor|lang))", r"\b(i|på|ved) [A-ZÆØÅ]\w+"),
    (r"^(hvor mange|hvor meget|how many|how much)\b", r"\d"),
)

# "Hvilket firma …?" is answered by a firm's name, not by what it made.
_NEEDS = (
    (
        r"\b(hvilke[tn]?|hvad hedder|which|what|name of) (\w+ )?\w*"
        r"(firma|virksomhed|leverandor|company|firm|supplier|vendor)",
        r"\b(A/S|ApS|I/S|P/S|Ltd|Inc|GmbH)\b|(?:leverandør|firma|virksomhed)\w* [A-ZÆØÅ]\w+",
    ),
)


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
        documents: dict[str, CouncilDocument],
        embedder: Callable[[], Embedder],
    ) -> None:
        """Take the question; `embedder` is called only where sentences must be compared."""
        self._query, self._topic = query, topic
        self._documents = documents
        self._embedder = embedder

    def find(self, hits: Sequence[Hit], named: bool) -> tuple[list[Sentence], bool]:
        """Return the sentences that bear on the question, best first, and whether they answer it.

        Those that do bring what stands beside them in their paragraph, as far as a
        short quote goes. The others are a near miss, which tells no figure: it
        would be read as the one asked for.
        """
        scored = [s for s in self._scored(hits) if self._holds_what_is_asked(s[0].text)]
        if not scored:
            return [], False
        if self._answers(*scored[0], named):
            texts = {h.passage.id: h.passage for h in hits}
            room = _LISTED if _SEVERAL.match(self._query.text) else _QUOTE
            found = [s for s, _ in scored]
            return _best(found, lambda s: _widened(s, texts[s.passage], room)), True
        near = [s for s, _ in scored if s.cover >= NEAR_COVER and not _tells_figure(s.text)]
        return (_best(near, lambda s: s) if near and self._topic else []), False

    def _answers(self, best: Sentence, cosine: float, named: bool) -> bool:
        """Tell whether the best sentence found answers the question."""
        if not self._topic:
            return named
        if self._topic.strange:
            return best.cover >= STRANGE_COVER
        # A document that was named is asked about something it may well tell; in another
        # language fewer words can be told from those it does not know.
        sure = LEAST_COVER if named and self._query.language == "da" else SURE_COVER
        unsure = cosine < LEAST_COSINE and best.cover < sure
        little = best.cover < LEAST_COVER and not _is_near(best.cover, cosine)
        return not (little or unsure)

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
            cover = self._cover(hit.passage, text)
            score = cover + _DENSE * cosine + _PASSAGE * hit.score / highest + self._cue(text)
            place = _place(hit.passage, start, end)
            core = place.start, place.end
            scored.append((Sentence(place, core, hit.passage.id, text, score, cover), cosine))
        return sorted(scored, key=lambda s: -s[0].score)

    def _cover(self, passage: Passage, text: str) -> float:
        document = self._documents.get(passage.document)
        title = document.title if document else ""
        asked = f"{document.asker or ''} {document.number or ''}" if document else ""
        head = passage.text.split("\n")[0] if "\t" in text else ""
        return self._topic.cover(
            weighted_terms(
                (text, 1.0),
                (passage.section, _SECTION),
                (head, _SECTION),
                (title, _TITLE),
                (asked, _TITLE),
            )
        )

    def _cosines(self, texts: list[str]) -> list[float]:
        embedder = self._embedder()
        question = embedder.embed_query(self._query.text)
        return [float(c) for c in np.asarray(embedder.embed_passages(texts)) @ question]

    def _holds_what_is_asked(self, text: str) -> bool:
        """Tell whether a sentence has a name of the kind asked for; other questions need none."""
        flat = fold(self._query.text)
        return all(re.search(has, text) for asks, has in _NEEDS if re.search(asks, flat))

    def _cue(self, text: str) -> float:
        """Return what a sentence earns for holding what the question word asks for."""
        flat = fold(self._query.text)
        return sum(_CUE for asks, has in _CUES if re.search(asks, flat) and re.search(has, text))


def _is_near(cover: float, cosine: float) -> bool:
    """Tell whether a sentence is so near in meaning that few words must match."""
    return cover >= _SOME_COVER and cover + cosine >= _NEAR


def _best(sentences: Sequence[Sentence], widened: Callable[[Sentence], Sentence]) -> list[Sentence]:
    """Return the first of `sentences` and those nearly as good beside it, `widened`."""
    best = sentences[0]
    chosen: list[Sentence] = []
    for sentence in sentences:
        if len(chosen) == _MOST or sentence.score < _NEAR_BEST * best.score:
            break
        same = sentence.place.document == best.place.document
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
        and not text.rstrip('”"»« ').endswith("?")
        and "....." not in text
        and not _is_figures(text.split("\t")[1:])
    )


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
