"""Answers a question from the documents it is about, by what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rag.answer import Answer, WhyNot
from rag.asking.asked_kind import price_asked
from rag.asking.intent import asks_what
from rag.asking.operations import sides_asked
from rag.asking.question import content_words, prose_words
from rag.asking.scope import Scope, elsewhere, other_municipality
from rag.cite import Citations, Pages
from rag.figures.asked import QueryTopics
from rag.figures.search import FigureSearch
from rag.figures.traits import counts
from rag.prose.days import DaysAnswer
from rag.prose.facts import FactAnswer
from rag.prose.listing import list_documents
from rag.prose.members import asks_which, list_members
from rag.prose.quote import SURE_COVER
from rag.prose.quote_search import QuoteSearch
from rag.prose.summary import summarise
from rag.query import COMPARING, Query
from rag.refusals import nothing
from rag.search.embed import Embedder
from rag.search.naming import within_reach
from rag.search.retrieve import PassageRetriever
from rag.search.topics import Topics
from rag.store.lookup import Lookup
from rag.text.topic import Topic, weighted_terms

_SURE_LABEL = 0.75  # the share of a row's label that a question for it must say
_BOUND = ("year_outside", "cell_blank")  # reasons that the row itself gives
_PAYBACK = "tilbagebetalingstid"  # as the glossary calls "tjent hjem", "pays for itself"
# What a sentence must cover to answer a question for a figure, and for a number of the
# very things that the sentence counts ("71 gæster").
_SURE_QUOTE, _COUNTED_QUOTE = 0.75, 0.55


class Producers:
    """Answer questions that have been read, each in its own way."""

    def __init__(
        self,
        catalogue: Lookup,
        pages: Pages,
        retriever: Callable[[], PassageRetriever],
        embedder: Callable[[], Embedder],
    ) -> None:
        """Take the catalogue; retriever and model are opened when first needed."""
        self._catalogue, self._pages, self._retriever = catalogue, pages, retriever
        self._topics = Topics(retriever)
        self._figures = FigureSearch(catalogue, pages, retriever, self._query_topics)
        self._quotes = QuoteSearch(catalogue, pages, retriever, embedder)

    def answer(self, query: Query, scope: Scope | WhyNot) -> Answer:
        """Return a figure, a fact, a list, a summary or a quotation, or why there is none."""
        if isinstance(scope, WhyNot):
            return Answer("not_found", query.language, why_not=scope, query=query)
        topic = self._topics.of(query)
        told = self._figures.of_table(query, scope) or self._payback(query, topic, scope)
        if told is not None:
            return told
        if query.intent == "figure":
            return self._figure(query, topic, scope)
        if query.intent == "fact":
            return self._fact(query, topic, scope)
        if query.intent == "documents":
            told = list_documents(query, topic, scope.documents, self._citations(), self._pages)
        else:
            told = self._summary(query, topic, scope) or self._row(query, topic, scope)
            told = told or self._members(query, scope)
        return told or self._quoted(query, topic, scope)

    def _figure(self, query: Query, topic: Topic, scope: Scope) -> Answer:
        """Answer with a figure, or with a sentence that tells one."""
        answer = self._figures.answer(query, scope)
        if answer.why_not is None or answer.why_not.code != "nothing_found":
            return answer
        if sides_asked(query.text) or query.operation in COMPARING:
            return answer  # a sentence on one of several things does not compare them
        least = _COUNTED_QUOTE if counts(query.amount) else _SURE_QUOTE
        quoted = self._quotes.answer(query, topic, scope, least)
        return quoted if quoted and quoted.tells_figures else answer

    def told_elsewhere(self, query: Query, scope: Scope) -> Answer | None:
        """Return what the documents in scope tell of a proposal that is none of them.

        An amount is told only where the sentence that names the proposal has it.
        """
        if query.intent not in ("figure", "prose"):
            return None
        answer = self._quotes.answer(query, self._topics.of(query), scope)
        if answer is None or answer.status != "answered":
            return None
        return answer if answer.tells_figures or query.intent == "prose" else None

    def _fact(self, query: Query, topic: Topic, scope: Scope) -> Answer:
        """Answer with what a document tells of itself, or with what speaks of the very thing."""
        citations, topics = self._citations(), self._topics
        facts = FactAnswer(query, topic, citations, self._pages)
        if query.operation == "days":
            days = DaysAnswer(
                query, facts, citations, self._pages, lambda words: topics.of_words(words, query)
            )
            told = days.answer(scope.documents, scope.named)
        else:
            told = facts.answer(scope.documents, scope.named)
        if told is None and query.operands:
            return nothing(query)  # no passage tells the days between two dates
        if told is None and scope.named:
            query = replace(query, words=prose_words(query))
            return self._quoted(query, topics.of(query), scope, SURE_COVER)
        return told or self._quoted(query, topic, scope)

    def _summary(self, query: Query, topic: Topic, scope: Scope) -> Answer | None:
        """Answer what a document is about, where a question asks for nothing in it."""
        if not scope.named or topic or query.years or query.speaker is not None:
            return None
        passages = self._catalogue.passages(document_ids=scope.ids)
        return summarise(query, scope.documents, passages, self._citations())

    def _row(self, query: Query, topic: Topic, scope: Scope) -> Answer | None:
        """Answer with a row that no vocabulary knows: "Hvad er Husleje i 2027?"."""
        if not asks_what(query) or elsewhere(query, scope):
            return None
        answer = self._figures.answer(query, scope, _SURE_LABEL)
        return answer if answer.why_not is None or answer.why_not.code in _BOUND else None

    def _members(self, query: Query, scope: Scope) -> Answer | None:
        """Answer with a whole list."""
        if not asks_which(query):
            return None
        near = scope.documents if scope.named else within_reach(query, scope, self._retriever)
        whole = [d for n in near if (d := self._catalogue.document(n.id)) is not None]
        topic_of = self._topics.of_words
        return list_members(
            query, lambda w: topic_of(w, query), whole, self._citations(), scope.named
        )

    def _quoted(self, query: Query, topic: Topic, scope: Scope, least: float = 0.0) -> Answer:
        if price_asked(query.text) and not self._figures.speaks(query, scope):
            return nothing(query)
        answer = self._quotes.answer(query, topic, scope, least)
        if answer is None and elsewhere(query, scope):
            why = other_municipality(query, scope.documents)
            return Answer("not_found", query.language, why_not=why, query=query)
        return answer or nothing(query)

    def _payback(self, query: Query, topic: Topic, scope: Scope) -> Answer | None:
        """Answer when something has paid for itself where a sentence tells it.

        Else the year tells in which a net row turns.
        """
        if _PAYBACK not in query.words:
            return None
        asked = replace(query, intent="prose", operation=None, condition=None, amount="time")
        told = self._quotes.answer(asked, topic, scope, SURE_COVER)
        payback = self._topics.of_words([_PAYBACK], query)
        said = " ".join(s.text for s in told.statements) if told else ""
        return told if payback.cover(weighted_terms((said, 1.0))) > SURE_COVER else None

    def _query_topics(self, query: Query) -> QueryTopics:
        words = content_words(query, self._topics.is_held)
        own = content_words(replace(query, words=query.aside), self._topics.is_held)
        all_words = self._topics.of_words(words, query)
        said = all_words if own == words else self._topics.of_words(own, query)
        noun = self._topics.of_words([query.noun] if query.noun else [], query)
        return QueryTopics(self._topics.of(query), all_words, said, noun)

    def _citations(self) -> Citations:
        return Citations(self._catalogue.shelf.by_id, self._pages)
