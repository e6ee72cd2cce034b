"""Answers questions by quoting: finds the passages, picks the sentences, cites them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rag.answer import Answer, Hit, Statement, WhyNot
from rag.asking.asked_kind import opinion_asked
from rag.asking.intent import asks_whether
from rag.asking.scope import Scope, elsewhere
from rag.asking.speakers import is_voice
from rag.cite import Citations, Pages
from rag.figures.traits import is_of, kind_fits
from rag.prose.quote import Quotes, Sentence
from rag.query import Query
from rag.refusals import NOT_FOUND
from rag.search.embed import Embedder
from rag.search.naming import holding, within_reach
from rag.search.retrieve import PassageRetriever
from rag.store.lookup import Lookup
from rag.text.dates import find_dates, find_years, period_years
from rag.text.names import municipalities_named, proper_names
from rag.text.topic import Topic
from rag.types import CouncilDocument, Figure, Place, Text
from rag.wording import name

_HITS = 12
NEAREST = Text("Det nærmeste, de siger:", "What comes nearest:")


class QuoteSearch:
    """Finds the sentences of the catalogue that answer a question."""

    def __init__(
        self,
        catalogue: Lookup,
        pages: Pages,
        retriever: Callable[[], PassageRetriever],
        embedder: Callable[[], Embedder],
    ) -> None:
        """Take the catalogue; retriever and model are opened when first needed."""
        self._catalogue, self._pages = catalogue, pages
        self._retriever, self._embedder = retriever, embedder

    def _with_remarks(self, hits: Sequence[Hit]) -> list[Hit]:
        """Return `hits` with the passages of remarks in the same documents."""
        found = {h.passage.id for h in hits}
        documents = list(dict.fromkeys(h.passage.document for h in hits))
        spoken = [
            Hit(p, 0.0)
            for p in self._catalogue.passages(document_ids=documents)
            if p.id not in found and is_voice(p.section, p.text)
        ]
        return [*hits, *spoken]

    def _narrowed(self, query: Query, scope: Scope) -> Scope:
        """Return the documents in scope that hold the names a question speaks of.

        A name that no document holds narrows nothing.
        """
        names = proper_names(query.text)
        if not names:
            return scope
        found = holding(names, within_reach(query, scope, self._retriever), self._catalogue)
        if not found or len(found) == len(scope.documents):
            return scope
        return Scope(tuple(found), scope.named or len(found) == 1)

    def answer(self, query: Query, topic: Topic, scope: Scope, least: float = 0.0) -> Answer | None:
        """Return the answer, or None where no sentence covers `least` of the topic.

        Where none answers, and nothing is demanded of it, what comes nearest is a
        near miss: not found, with the sentences marked as what they are.
        """
        scope = self._narrowed(query, scope)
        hits = self._retriever().hits(query, _HITS, scope.ids)
        if query.speaker or opinion_asked(query.text):
            hits = self._with_remarks(hits)
        missing = elsewhere(query, scope)
        if missing:
            hits = [h for h in hits if missing <= set(municipalities_named(h.passage.text))]
        documents = scope.by_id
        sentences, answers = Quotes(query, topic, documents, self._embedder).find(hits, scope.named)
        if not answers:
            return None if least else self._near_miss(sentences, documents, query)
        found = self._of_the_time([s for s in sentences if s.cover >= least], documents, query)
        if not found:
            return None
        citations = Citations(documents, self._pages)
        held = self._held(found[0], query)
        statements = [
            _quoted(s, documents[s.place.document], citations, query, held if n == 0 else [])
            for n, s in enumerate(found)
        ]
        findings = self._catalogue.findings([found[0].place.document])
        return Answer(
            "answered",
            query.language,
            tuple(statements),
            citations.all(),
            findings=tuple(
                f for f in findings if any(_touches(p, s) for p in f.places for s in found)
            ),
            query=query,
        )

    def _of_the_time(
        self,
        sentences: Sequence[Sentence],
        documents: Mapping[str, CouncilDocument],
        query: Query,
    ) -> list[Sentence]:
        """Return the sentences that tell of the years and dates a question asks about.

        An amount must itself be of the year: one of another is no answer, however near its words.
        """
        years = query.years
        found = list(sentences)
        if query.amount is not None and years and not asks_whether(query):
            found, years = [s for s in found if _tells_of(s, years)], ()
        dates = [date for _, _, date in find_dates(query.text)]
        if not years and not dates:
            return found

        def tells(id: str) -> bool:
            document = documents[id]
            texts = [document.title, *(p.text for p in self._catalogue.passages(document_ids=[id]))]
            known = not years or _knows(document, texts, years)
            return known and (not dates or _bears(texts, dates))

        telling = {id for id in {s.place.document for s in found} if tells(id)}
        return [s for s in found if s.place.document in telling]

    def _near_miss(
        self, sentences: Sequence[Sentence], documents: Mapping[str, CouncilDocument], query: Query
    ) -> Answer | None:
        if not sentences:
            return None
        citations = Citations(documents, self._pages)
        told = [_quoted(s, documents[s.place.document], citations, query, []) for s in sentences]
        marked = replace(told[0], text=f"{NEAREST.in_(query.language)} {told[0].text}")
        return Answer(
            "not_found",
            query.language,
            citations=citations.all(),
            near=(marked, *told[1:]),
            why_not=WhyNot("nothing_found", NOT_FOUND.in_(query.language)),
            query=query,
        )

    def _held(self, sentence: Sentence, query: Query) -> list[Figure]:
        """Return the figures of the kind asked for that a sentence holds."""
        if query.amount is None:
            return []
        first, last = sentence.core
        return [
            f
            for f in self._catalogue.figures([sentence.place.document])
            if f.table is None
            and f.context.page == sentence.place.page
            and first <= f.place.start
            and f.place.end <= last
            and kind_fits(f, query.amount)
            and (not query.years or any(is_of(f, year) for year in query.years))
        ]


def _quoted(
    sentence: Sentence,
    document: CouncilDocument,
    citations: Citations,
    query: Query,
    figures: list[Figure],
) -> Statement:
    index = citations.add(sentence.place, figures[0].place if figures else None)
    says = Text("skriver", "says").in_(query.language)
    who = name(document, query.language)
    quote = "; ".join(line.strip() for line in sentence.text.split("\n"))
    return Statement(f"{who} {says}: »{quote}«", tuple((f, index) for f in figures), (index,))


def _knows(document: CouncilDocument, texts: Sequence[str], years: Sequence[int]) -> bool:
    """Tell whether a document speaks of a year, or its budget has it."""
    if document.period and any(year in period_years(document.period) for year in years):
        return True
    return any(str(year) in text for year in years for text in texts)


def _bears(texts: Sequence[str], dates: Sequence[dt.date]) -> bool:
    """Tell whether a document's texts hold one of `dates`, as "Pr. 30. september 2026" asks."""
    return any(d in dates for text in texts for _, _, d in find_dates(text))


def _tells_of(sentence: Sentence, years: Sequence[int]) -> bool:
    spans = [range(m.first, m.last + 1) for m in find_years(sentence.text)]
    return any(year in span for year in years for span in spans)


def _touches(place: Place, sentence: Sentence) -> bool:
    return (
        place.document == sentence.place.document
        and place.page == sentence.place.page
        and place.start < sentence.place.end
        and sentence.place.start < place.end
    )
