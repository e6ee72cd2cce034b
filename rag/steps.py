"""The steps from a question to a bound answer: read, find its documents, answer, bind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from rag.answer import Answer, Heard, WhyNot
from rag.asking.question import read_question
from rag.asking.readings import other_readings
from rag.asking.scope import Scope, find_scope, kept_to, settled
from rag.bind import bind
from rag.cite import Pages
from rag.query import EVERYTHING, Filter, Query, Turn
from rag.refusals import nothing
from rag.search.retrieve import PassageRetriever
from rag.search.topics import Topics
from rag.store.lookup import Lookup
from rag.store.shelf import Shelf
from rag.text.document_numbers import names_one
from rag.text.topic import weighted_terms
from rag.types import CouncilDocument, Language

_HITS = 12
_NAMES_DOCUMENT = 0.1  # of its title's words, said in a question that is about something else too


@dataclass(frozen=True)
class Asked:
    """A question on its way through the chain.

    `mentions` are the documents that name what it asks about, where no document is that.
    """

    question: str
    history: tuple[Turn, ...] = ()
    language: Language | None = None
    within: Filter = EVERYTHING
    heard: Heard | None = None
    query: Query | None = None
    scope: Scope | WhyNot = field(default_factory=lambda: Scope(()))
    mentions: tuple[CouncilDocument, ...] = ()


class Answers(Protocol):
    """Answers questions that have been read."""

    def answer(self, query: Query, scope: Scope | WhyNot) -> Answer:
        """Return the answer, or why there is none."""
        ...

    def told_elsewhere(self, query: Query, scope: Scope) -> Answer | None:
        """Return what the documents in scope tell of a proposal that is none of them."""
        ...


class Steps:
    """What the chain does, a step each, over what one asker may see of a catalogue."""

    def __init__(
        self,
        catalogue: Lookup,
        pages: Pages,
        retriever: Callable[[], PassageRetriever],
        answering: Answers,
    ) -> None:
        """Take the catalogue and what answers from it; the retriever is opened when needed."""
        self._catalogue, self._pages, self._retriever = catalogue, pages, retriever
        self._topics, self._answering = Topics(retriever), answering

    def read(self, asked: Asked) -> Asked:
        """Read the question, with what it leaves to the turns before it."""
        numbers = self._catalogue.shelf.numbers
        query = read_question(asked.question, asked.history, numbers, self._topics.is_held)
        language = asked.language or query.language
        return replace(asked, query=replace(query, language=language, within=asked.within))

    def scope(self, asked: Asked) -> Asked:
        """Find the documents that it is about."""
        query = _query(asked)
        shelf = kept_to(query, self._catalogue.shelf.current)
        if isinstance(shelf, WhyNot):
            return replace(asked, scope=shelf)
        mentions: list[CouncilDocument] = []
        if query.numbers and not shelf.bearing(query.numbers):
            mentions = self._mentioning(query.numbers, shelf)
        if mentions and self._on_mentioning(query, mentions):
            query = replace(query, numbers=(), words=(*query.words, *query.numbers))
            mentions = []
        scope = find_scope(query, shelf, mentions)
        if isinstance(scope, Scope):
            query = settled(query, scope)
        return replace(asked, query=query, scope=scope, mentions=tuple(mentions))

    def answer(self, asked: Asked) -> Answer:
        """Answer from those documents; where that gives nothing, read the question anew."""
        answer = self._answering.answer(_query(asked), asked.scope)
        if asked.mentions:
            return self._told_elsewhere(_query(asked), asked.mentions) or answer
        for other in other_readings(_query(asked), self._catalogue.shelf.current.documents):
            if _is_whole(answer):
                break
            anew = self.scope(replace(asked, query=other))
            again = self._answering.answer(_query(anew), anew.scope)
            told = answer.status == "not_found" or again.tells_figures
            answer = again if told and _is_whole(again) else answer
        return answer

    def bound(self, answer: Answer) -> Answer:
        """Return what of an answer stands at the places it cites."""
        bound = bind(answer, self._pages)
        if answer.statements and not bound.statements:
            return nothing(answer.query or Query("", answer.language, "prose"))
        return bound

    def _told_elsewhere(self, query: Query, mentions: tuple[CouncilDocument, ...]) -> Answer | None:
        """Answer on a proposal that is no document here with what those that name it tell."""
        asked = replace(query, numbers=(), told_of=query.numbers)
        return self._answering.told_elsewhere(asked, Scope(mentions, named=True))

    def _on_mentioning(self, query: Query, mentions: list[CouncilDocument]) -> bool:
        """Tell whether a question on a number without a document names one that mentions it.

        "Robotforslaget henviser til ØU03. Hvor stor …" is about the robot proposal.
        """
        topic = self._topics.of_words((*query.words, *query.aside), query)
        return any(topic.cover(weighted_terms((d.title, 1.0))) > _NAMES_DOCUMENT for d in mentions)

    def _mentioning(self, numbers: Sequence[str], shelf: Shelf) -> list[CouncilDocument]:
        """Return the documents whose text names one of `numbers`."""
        hits = self._retriever().hits(" ".join(numbers), _HITS)
        naming = [
            h.passage.document
            for h in hits
            if names_one(h.passage.text, numbers) and h.passage.document in shelf.by_id
        ]
        return [shelf.by_id[i] for i in dict.fromkeys(naming)]


def _is_whole(answer: Answer) -> bool:
    """Tell whether a question has its answer, and what it wants computed with it.

    That a cell is blank, or a year outside the table, is one. Of an amount in a budget,
    a quotation without any is none.
    """
    if answer.why_not is not None:
        return answer.why_not.code not in ("nothing_found", "measure_missing")
    query = answer.query
    if query is None or answer.calculation is not None:
        return True
    asked = query.intent == "figure" and query.amount is not None
    budgeted = asked and query.periods and not query.numbers
    return query.operation not in ("sum", "difference") and not (
        budgeted and not answer.tells_figures
    )


def _query(asked: Asked) -> Query:
    if asked.query is None:
        raise ValueError("the question has not been read")
    return asked.query
