"""The steps from a question to a bound answer: read, find its documents, answer, bind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from rag.answer import Answer, Heard, WhyNot
from rag.asking.asked_kind import price_asked
from rag.asking.intent import asks_what
from rag.asking.question import content_words, prose_words, read_question
from rag.asking.readings import other_readings
from rag.asking.scope import Scope, elsewhere, find_scope, kept_to, other_municipality, settled
from rag.bind import bind
from rag.cite import Citations, Pages
from rag.figures.search import FigureSearch, Topics
from rag.figures.traits import counts
from rag.prose.days import DaysAnswer
from rag.prose.facts import FactAnswer
from rag.prose.listing import list_documents
from rag.prose.members import asks_which, list_members
from rag.prose.quote import SURE_COVER
from rag.prose.quote_search import QuoteSearch
from rag.prose.summary import summarise
from rag.query import EVERYTHING, Filter, Query, Turn
from rag.refusals import NOT_FOUND, NOTHING
from rag.search.embed import Embedder
from rag.search.naming import within_reach
from rag.search.retrieve import PassageRetriever
from rag.store.lookup import Lookup
from rag.store.shelf import Shelf
from rag.text.document_numbers import names_one
from rag.text.language import fold
from rag.text.topic import Topic, weighted_terms
from rag.types import CouncilDocument, Language

_HITS = 12
_SURE_LABEL = 0.75  # the share of a row's label that a question for it must say
_BOUND = ("year_outside", "cell_blank")  # reasons that the row itself gives
_NAMES_DOCUMENT = 0.1  # of its title's words, said in a question that is about something else too
_PAYBACK = "tilbagebetalingstid"  # as the glossary calls "tjent hjem", "pays for itself"
# What a sentence must cover to answer a question for a figure, and for a number of the
# very things that the sentence counts ("71 gæster").
_SURE_QUOTE, _COUNTED_QUOTE = 0.75, 0.55


@dataclass(frozen=True)
class Asked:
    """A question on its way through the chain."""

    question: str
    history: tuple[Turn, ...] = ()
    language: Language | None = None
    within: Filter = EVERYTHING
    heard: Heard | None = None
    query: Query | None = None
    scope: Scope | WhyNot = field(default_factory=lambda: Scope(()))


class Steps:
    """What the chain does, a step each, over what one asker may see of a catalogue."""

    def __init__(
        self,
        catalogue: Lookup,
        pages: Pages,
        retriever: Callable[[], PassageRetriever],
        embedder: Callable[[], Embedder],
    ) -> None:
        """Take the catalogue; retriever and model are opened when first needed."""
        self._catalogue, self._pages, self._retriever = catalogue, pages, retriever
        self._figures = FigureSearch(catalogue, pages, retriever, self._topics)
        self._quotes = QuoteSearch(catalogue, pages, retriever, embedder)

    def read(self, asked: Asked) -> Asked:
        """Read the question, with what it leaves to the turns before it."""
        query = read_question(asked.question, asked.history, self._catalogue.shelf.numbers)
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
        scope = find_scope(query, shelf, mentions)
        if isinstance(scope, Scope):
            query = settled(query, scope)
        return replace(asked, query=query, scope=scope)

    def answer(self, asked: Asked) -> Answer:
        """Answer from those documents; where that gives nothing, read the question anew."""
        answer = self._answered(asked)
        for other in other_readings(_query(asked), self._catalogue.shelf.current.documents):
            if _is_whole(answer):
                break
            again = self._answered(self.scope(replace(asked, query=other)))
            told = answer.status == "not_found" or any(s.figures for s in again.statements)
            answer = again if told and _is_whole(again) else answer
        return answer

    def _answered(self, asked: Asked) -> Answer:
        """Answer with a figure, a fact, a list, a summary or a quotation."""
        query, scope = _query(asked), asked.scope
        if isinstance(scope, WhyNot):
            return Answer("not_found", query.language, why_not=scope, query=query)
        topic = self._topic(query)
        citations = Citations(self._catalogue.shelf.by_id, self._pages)
        answer: Answer | None = None
        least = 0.0
        if (of_table := self._figures.of_table(query, scope)) is not None:
            return of_table
        if _PAYBACK in query.words and (told := self._payback(query, topic, scope)):
            return told
        if query.intent == "fact":
            answer = self._fact(query, topic, scope, citations)
            if answer is None and query.operands:
                return _nothing(query)  # no passage tells the days between two dates
            if answer is None and scope.named:
                # It does not tell it of itself: only what speaks of the very thing answers.
                query = replace(query, words=prose_words(query))
                topic, least = self._topic(query), SURE_COVER
        elif query.intent == "prose" and _asks_for_all(query, topic, scope):
            ids = [d.id for d in scope.documents]
            passages = self._catalogue.passages(document_ids=ids)
            answer = summarise(query, scope.documents, passages, citations)
        elif query.intent == "documents":
            answer = list_documents(query, topic, scope.documents, citations, self._pages)
        elif query.intent == "prose" and asks_what(query) and not elsewhere(query, scope):
            # "Hvad er Husleje i 2027?" names a row that no vocabulary knows.
            answer = self._figures.answer(query, scope, _SURE_LABEL)
            answer = answer if answer.why_not is None or answer.why_not.code in _BOUND else None
        elif query.intent == "figure":
            answer = self._figures.answer(query, scope)
            if answer.why_not is None or answer.why_not.code != "nothing_found":
                return answer
            least = _COUNTED_QUOTE if counts(query.amount) else _SURE_QUOTE
            quoted = self._quotes.answer(query, topic, scope, least)
            return quoted if quoted and any(s.figures for s in quoted.statements) else answer
        if answer is None and query.intent == "prose" and asks_which(query):
            near = scope.documents if scope.named else within_reach(query, scope, self._retriever)
            whole = [d for n in near if (d := self._catalogue.document(n.id)) is not None]
            answer = list_members(
                query, lambda w: self._topic_of(w, query), whole, citations, scope.named
            )
        if answer is None and price_asked(query.text) and not self._figures.speaks(query, scope):
            return _nothing(query)
        answer = answer or self._quotes.answer(query, topic, scope, least)
        if answer is None and elsewhere(query, scope):
            why = other_municipality(query, scope.documents)
            return Answer("not_found", query.language, why_not=why, query=query)
        return answer or _nothing(query)

    def _payback(self, query: Query, topic: Topic, scope: Scope) -> Answer | None:
        """Answer when something has paid for itself where a sentence tells it.

        Else the year tells in which a net row turns.
        """
        asked = replace(query, intent="prose", operation=None, condition=None, amount="time")
        told = self._quotes.answer(asked, topic, scope, SURE_COVER)
        payback = self._topic_of([_PAYBACK], query)
        said = " ".join(s.text for s in told.statements) if told else ""
        return told if payback.cover(weighted_terms((said, 1.0))) > SURE_COVER else None

    def _fact(
        self, query: Query, topic: Topic, scope: Scope, citations: Citations
    ) -> Answer | None:
        facts = FactAnswer(query, topic, citations, self._pages)
        if query.operation != "days":
            return facts.answer(scope.documents, scope.named)
        days = DaysAnswer(
            query, facts, citations, self._pages, lambda words: self._topic_of(words, query)
        )
        return days.answer(scope.documents, scope.named)

    def bound(self, answer: Answer) -> Answer:
        """Return what of an answer stands at the places it cites."""
        bound = bind(answer, self._pages)
        if answer.statements and not bound.statements:
            return _nothing(answer.query or Query("", answer.language, "prose"))
        return bound

    def _topic(self, query: Query) -> Topic:
        return self._topic_of(query.words, query, query.aside)

    def _topics(self, query: Query) -> Topics:
        words, own = content_words(query), content_words(replace(query, words=query.aside))
        all_words = self._topic_of(words, query)
        said = all_words if own == words else self._topic_of(own, query)
        return Topics(self._topic(query), all_words, said)

    def _topic_of(self, words: Sequence[str], query: Query, aside: Sequence[str] = ()) -> Topic:
        if not words and not aside:
            return Topic(())
        spelt = [self._retriever().corrected(word).removeprefix(f"{word} ") for word in words]
        # A phrase of an English question may have been read as the Danish word for it.
        asked = fold(query.text) if query.language == "en" else ""
        foreign = [word for word in (*spelt, *aside) if fold(word) in asked]
        return Topic(spelt, self._retriever().near, self._retriever().rarity, foreign, aside)

    def _on_mentioning(self, query: Query, mentions: list[CouncilDocument]) -> bool:
        """Tell whether a question on a number without a document names one that mentions it.

        "Robotforslaget henviser til ØU03. Hvor stor …" is about the robot proposal.
        """
        topic = self._topic_of((*query.words, *query.aside), query)
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
    unbound = not any(s.figures for s in answer.statements)
    budgeted = query.amount is not None and query.periods and not query.numbers
    return query.operation not in ("sum", "difference") and not (budgeted and unbound)


def _query(asked: Asked) -> Query:
    if asked.query is None:
        raise ValueError("the question has not been read")
    return asked.query


def _asks_for_all(query: Query, topic: Topic, scope: Scope) -> bool:
    """Tell whether a question asks what a document is about, and for nothing in it."""
    return scope.named and not topic and not query.years and query.speaker is None


def _nothing(query: Query) -> Answer:
    text = NOTHING if query.intent == "figure" else NOT_FOUND
    return Answer(
        "not_found",
        query.language,
        why_not=WhyNot("nothing_found", text.in_(query.language)),
        query=query,
    )
