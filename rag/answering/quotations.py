"""Quotations that may answer: search finds passages, the reader marks the answering words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from rag.answer import Answer, Hit
from rag.answering.candidates import Candidate, quotations, quoted
from rag.answering.features import quotation_features
from rag.answering.fitting import Fitting
from rag.answering.reader import Read, Reader
from rag.answering.windows import Window, windows
from rag.asking.asked_kind import opinion_asked
from rag.asking.scope import Scope, elsewhere
from rag.asking.speakers import is_voice
from rag.cite import Citations, Pages
from rag.query import Query
from rag.search.retrieve import PassageRetriever
from rag.search.topics import Topics
from rag.store.lookup import Lookup
from rag.text.dates import find_dates, period_years
from rag.text.document_numbers import tells_of
from rag.text.names import municipalities_named
from rag.types import CouncilDocument, Figure, Place

FOUND, PASSAGES, WINDOWS = 40, 12, 14  # passages found; of them, and their windows, read


class Quotations:
    """Finds them in what one asker may see of a catalogue."""

    def __init__(
        self,
        catalogue: Lookup,
        pages: Pages,
        retriever: Callable[[], PassageRetriever],
        reader: Callable[[], Reader],
    ) -> None:
        """Take the catalogue; retriever and reader are opened when first needed."""
        self._catalogue, self._pages = catalogue, pages
        self._retriever, self._reader = retriever, reader
        self._topics = Topics(retriever)

    def find(self, query: Query, scope: Scope) -> list[Candidate]:
        """Return what the passages nearest to a question may answer it with.

        Of a municipality that no document in scope is of, only a passage that names it answers.
        """
        missing, topic = elsewhere(query, scope), self._topics.of(query)
        nearest = self._retriever().hits(query, FOUND, scope.ids, stated=False)
        hits = [
            h
            for h in _unlike(self._spoken(query, nearest))
            if missing <= set(municipalities_named(h.passage.text))
            and (not query.told_of or tells_of(h.passage.text, query.told_of))
        ][:PASSAGES]
        hits = self._of_the_time(query, hits, scope)
        documents = scope.by_id
        parts = [
            (hit, window)
            for hit in hits
            for window in windows(hit.passage, documents[hit.passage.document])
        ][:WINDOWS]
        reads = self._reader().read(query.whole, [window for _, window in parts])
        fitting, figures = Fitting(query), dict[str, list[Figure]]()
        found = []
        for (hit, _), read in zip(parts, reads, strict=True):
            id = hit.passage.document
            if id not in figures:
                figures[id] = self._catalogue.figures([id])
            for quote in filter(fitting.fits, quotations(read, topic)):
                citations = Citations(documents, self._pages)
                told = quoted(quote, query, documents, citations, figures[id])
                answer = Answer("answered", query.language, (told,), citations.all(), query=query)
                features = quotation_features(quote, query, topic, hit, documents[id])
                found.append(Candidate(answer, features))
        return found

    def _spoken(self, query: Query, hits: list[Hit]) -> list[Hit]:
        """Return `hits`, after the passages of remarks in the same documents if those are asked."""
        if not (query.speaker or opinion_asked(query.text)):
            return hits
        documents = list(dict.fromkeys(h.passage.document for h in hits[:PASSAGES]))
        passages = self._catalogue.passages(document_ids=documents)
        return [*(Hit(p, 0.0) for p in passages if is_voice(p.section, p.text)), *hits]

    def _of_the_time(self, query: Query, hits: list[Hit], scope: Scope) -> list[Hit]:
        """Return the hits of documents that know the years asked for, and hold the dates."""
        dates = [date for _, _, date in find_dates(query.text)]
        if not query.years and not dates:
            return hits

        @cache
        def tells(id: str) -> bool:
            document = scope.by_id[id]
            texts = [document.title, *(p.text for p in self._catalogue.passages(document_ids=[id]))]
            known = not query.years or _knows(document, texts, query.years)
            held = {d for text in texts for _, _, d in find_dates(text)} | {document.date}
            return known and (not dates or not held.isdisjoint(dates))

        return [h for h in hits if tells(h.passage.document)]

    def read(self, query: Query, place: Place) -> Read | None:
        """Return what the reader makes of the window that holds a place, None where none does."""
        document = self._catalogue.shelf.by_id[place.document]
        for passage in self._catalogue.passages(document_ids=[place.document]):
            for window in windows(passage, document):
                if _holds(window, place):
                    return self._reader().read(query.whole, [window])[0]
        return None


def _knows(document: CouncilDocument, texts: Sequence[str], years: Sequence[int]) -> bool:
    """Tell whether a document speaks of a year, or is of it."""
    spans = set(period_years(document.period)) if document.period else set()
    if document.date:
        spans.add(document.date.year)
    return any(year in spans or any(str(year) in text for text in texts) for year in years)


def _unlike(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits without those that say the same: a matter goes through many meetings."""
    once: dict[str, Hit] = {}
    for hit in hits:
        once.setdefault(" ".join(hit.passage.text.casefold().split()), hit)
    return list(once.values())


def _holds(window: Window, place: Place) -> bool:
    start = window.passage.start
    return (
        window.passage.page == place.page
        and start + window.start < place.end
        and place.start < start + window.end
    )
