"""The product's own ways to answer: a table's row, a computation, a fact, a list, a summary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rag.answer import Answer
from rag.asking.intent import asks_what
from rag.asking.question import content_words
from rag.asking.scope import Scope, elsewhere
from rag.cite import Citations, Pages
from rag.figures.asked import QueryTopics
from rag.figures.search import FigureSearch
from rag.prose.days import DaysAnswer
from rag.prose.facts import FactAnswer
from rag.prose.listing import list_documents
from rag.prose.members import asks_which, list_members
from rag.prose.summary import summarise
from rag.query import Query
from rag.search.naming import within_reach
from rag.search.retrieve import PassageRetriever
from rag.search.topics import Topics
from rag.store.lookup import Lookup
from rag.text.topic import Topic

_SURE_LABEL = 0.75  # the share of a row's label that a question for it must say
_BOUND = ("year_outside", "cell_blank")  # reasons that the row itself gives


class Producers:
    """Answer questions that have been read, each in its own way."""

    def __init__(
        self, catalogue: Lookup, pages: Pages, retriever: Callable[[], PassageRetriever]
    ) -> None:
        """Take the catalogue; the retriever is opened when first needed."""
        self._catalogue, self._pages, self._retriever = catalogue, pages, retriever
        self._topics = Topics(retriever)
        self._figures = FigureSearch(catalogue, pages, retriever, self._query_topics)

    def answer(self, query: Query, scope: Scope) -> Answer | None:
        """Return what a way finds, or refuses for a reason of its own; None where none does."""
        topic = self._topics.of(query)
        told = self._figures.of_table(query, scope)
        if told is not None:
            return told
        if query.intent == "figure":
            return self._figures.answer(query, scope)
        if query.intent == "fact":
            return self._fact(query, topic, scope)
        if query.intent == "documents":
            return list_documents(query, topic, scope.documents, self._citations(), self._pages)
        told = self._summary(query, topic, scope) or self._row(query, topic, scope)
        return told or self._members(query, scope)

    def _fact(self, query: Query, topic: Topic, scope: Scope) -> Answer | None:
        """Answer with what a document tells of itself."""
        citations, topics = self._citations(), self._topics
        facts = FactAnswer(query, topic, citations, self._pages)
        if query.operation == "days":
            days = DaysAnswer(
                query, facts, citations, self._pages, lambda words: topics.of_words(words, query)
            )
            return days.answer(scope.documents, scope.named)
        return facts.answer(scope.documents, scope.named)

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

    def _query_topics(self, query: Query) -> QueryTopics:
        words = content_words(query, self._topics.is_held)
        own = content_words(replace(query, words=query.aside), self._topics.is_held)
        all_words = self._topics.of_words(words, query)
        said = all_words if own == words else self._topics.of_words(own, query)
        noun = self._topics.of_words([query.noun] if query.noun else [], query)
        return QueryTopics(self._topics.of(query), all_words, said, noun)

    def _citations(self) -> Citations:
        return Citations(self._catalogue.shelf.by_id, self._pages)
