"""From a question to a bound answer: LangChain runnables over the catalogue and its indexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableLambda

from rag.answer import Answer, Heard, WhyNot
from rag.bind import bind
from rag.cite import Citations
from rag.days import DaysAnswer
from rag.document_numbers import bears, names_one
from rag.embed import Embedder
from rag.facts import FactAnswer
from rag.figure_search import FigureSearch, Topics
from rag.home import Home
from rag.indexes import Indexes, SeenVectors, SeenWords
from rag.intent import asks_what
from rag.levels import LEVELS
from rag.listing import list_documents
from rag.llm import LanguageModel, configured
from rag.lookup import Lookup
from rag.members import list_members
from rag.personal import mask
from rag.query import EVERYTHING, Filter, Query, Turn
from rag.question import content_words, prose_words, read_question
from rag.quote import SURE_COVER
from rag.quote_search import QuoteSearch
from rag.refusals import NOT_FOUND, NOTHING
from rag.retrieve import PassageRetriever
from rag.scope import Scope, elsewhere, find_scope, kept_to, other_municipality, settled
from rag.source import Page
from rag.summary import summarise
from rag.topic import Topic, weighted_terms
from rag.types import Access, CouncilDocument, Language

if TYPE_CHECKING:
    from rag.vectors import Vectors
    from rag.words import Words

_HITS = 12
_SURE_LABEL = 0.75  # the share of a row's label that a question for it must say
_BOUND = ("year_outside", "cell_blank")  # reasons that the row itself gives
_NAMES_DOCUMENT = 0.1  # of its title's words, said in a question that is about something else too
_SURE_QUOTE = 0.75  # what a sentence must cover to answer a question for a figure


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


class Assistant:
    """Answers questions from the catalogue of a data folder. Safe to share between sessions.

    `catalogue` is what the asker may see of it, and all that an answer is made of.
    """

    def __init__(
        self,
        home: Home | None = None,
        indexes: Indexes | None = None,
        levels: frozenset[Access] = frozenset(LEVELS),
    ) -> None:
        """Open the catalogue of `home`; indexes and model are loaded when first needed.

        Raises HomeError and CatalogueError.
        """
        self.home = home or Home()
        self._indexes = indexes or Indexes(self.home)
        self._others: dict[frozenset[Access], Assistant] = {}
        self.catalogue: Lookup = self._indexes.catalogue.seen_by(levels)

    def seen_by(self, levels: frozenset[Access]) -> Assistant:
        """Return the assistant of those who may see documents of these levels.

        It shares indexes and model with this one.
        """
        if levels not in self._others:
            self._others[levels] = Assistant(self.home, self._indexes, levels)
        return self._others[levels]

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        language: Language | None = None,
        within: Filter = EVERYTHING,
        heard: Heard | None = None,
    ) -> Answer:
        """Return the answer to `question`.

        `history` are the earlier turns, oldest first; `language` overrides the
        language that the question is read in; only documents that `within` lets
        through answer. `heard` is told each statement of a language model's as soon
        as it has passed the gate; what is returned stands, whatever was heard.
        Personal numbers are hidden before anything is made of them (`rag.personal`).
        """
        turns = (Turn(mask(t.question), mask(t.answer) if t.answer else None) for t in history)
        return self.chain.invoke(Asked(mask(question), tuple(turns), language, within, heard))

    @cached_property
    def chain(self) -> Runnable[Asked, Answer]:
        """The chain: read the question, find its documents, answer, bind; a model may write."""
        found: Runnable[Asked, Answer] = (
            RunnableLambda(self._read)
            | RunnableLambda(self._scope)
            | RunnableLambda(self._answer)
            | RunnableLambda(self._bind)
        )
        model = configured()
        return RunnableLambda(partial(self._written, found, model)) if model else found

    @property
    def embedder(self) -> Embedder:
        """The embedding model."""
        return self._indexes.embedder

    @property
    def words(self) -> Words:
        """The word index."""
        return self._indexes.words

    @property
    def vectors(self) -> Vectors:
        """The vector index."""
        return self._indexes.vectors

    @cached_property
    def retriever(self) -> PassageRetriever:
        """The retriever over the passages of `catalogue`, which checks every hit again."""
        seen, whole = self.catalogue, self.catalogue is self._indexes.catalogue
        return PassageRetriever(
            words=self.words if whole else SeenWords(self.words, seen),
            vectors=self.vectors if whole else SeenVectors(self.vectors, seen),
            embedder=self.embedder,
            catalogue=seen,
        )

    @cached_property
    def figures(self) -> FigureSearch:
        """What answers from figures."""
        return FigureSearch(self.catalogue, self.page, lambda: self.retriever, self._topics)

    @cached_property
    def quotes(self) -> QuoteSearch:
        """What answers by quoting."""
        return QuoteSearch(self.catalogue, self.page, lambda: self.retriever, lambda: self.embedder)

    def page(self, source: str, number: int) -> Page:
        """Return a page of a file."""
        page = self.catalogue.page(source, number)
        if page is None:
            raise KeyError(f"{source} has no page {number}")
        return page

    # ------------------------------------------------------------------ steps

    def _read(self, asked: Asked) -> Asked:
        query = read_question(asked.question, asked.history, self.catalogue.shelf.numbers)
        language = asked.language or query.language
        return replace(asked, query=replace(query, language=language, within=asked.within))

    def _scope(self, asked: Asked) -> Asked:
        query = _query(asked)
        documents = kept_to(query, self.catalogue.shelf.current)
        if isinstance(documents, WhyNot):
            return replace(asked, scope=documents)
        mentions: list[CouncilDocument] = []
        if query.numbers and not any(bears(d.number, query.numbers) for d in documents):
            mentions = self._mentioning(query.numbers, documents)
        if mentions and self._on_mentioning(query, mentions):
            query = replace(query, numbers=(), words=(*query.words, *query.numbers))
        scope = find_scope(query, documents, mentions)
        if isinstance(scope, Scope):
            query = settled(query, scope)
        return replace(asked, query=query, scope=scope)

    def _answer(self, asked: Asked) -> Answer:
        query, scope = _query(asked), asked.scope
        if isinstance(scope, WhyNot):
            return Answer("not_found", query.language, why_not=scope, query=query)
        topic = self._topic(query)
        citations = Citations(self.catalogue.shelf.by_id, self.page)
        answer: Answer | None = None
        least = 0.0
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
            passages = self.catalogue.passages(document_ids=ids)
            answer = summarise(query, scope.documents, passages, citations)
        elif query.intent == "documents":
            answer = list_documents(query, topic, scope.documents, citations, self.page)
        elif query.intent == "prose" and asks_what(query) and not elsewhere(query, scope):
            # "Hvad er Husleje i 2027?" names a row that no vocabulary knows.
            answer = self.figures.answer(query, scope, _SURE_LABEL)
            answer = answer if answer.why_not is None or answer.why_not.code in _BOUND else None
        elif query.intent == "figure":
            answer = self.figures.answer(query, scope)
            if answer.why_not is None or answer.why_not.code != "nothing_found":
                return answer
            quoted = self.quotes.answer(query, topic, scope, _SURE_QUOTE)
            return quoted if quoted and any(s.figures for s in quoted.statements) else answer
        if answer is None and query.intent == "prose" and scope.named:
            whole = [d for i in scope.ids if (d := self.catalogue.document(i)) is not None]
            answer = list_members(query, lambda w: self._topic_of(w, query), whole, citations)
        answer = answer or self.quotes.answer(query, topic, scope, least)
        if answer is None and elsewhere(query, scope):
            why = other_municipality(query, scope.documents)
            return Answer("not_found", query.language, why_not=why, query=query)
        return answer or _nothing(query)

    def _fact(
        self, query: Query, topic: Topic, scope: Scope, citations: Citations
    ) -> Answer | None:
        facts = FactAnswer(query, topic, citations, self.page)
        if query.operation != "days":
            return facts.answer(scope.documents, scope.named)
        days = DaysAnswer(
            query, facts, citations, self.page, lambda words: self._topic_of(words, query)
        )
        return days.answer(scope.documents, scope.named)

    def _bind(self, answer: Answer) -> Answer:
        bound = bind(answer, self.page)
        if answer.statements and not bound.statements:
            return _nothing(answer.query or Query("", answer.language, "prose"))
        return bound

    def _written(
        self, found: Runnable[Asked, Answer], model: LanguageModel, asked: Asked
    ) -> Answer:
        """Answer without the model, then let it write; it also reads a follow-up not understood."""
        from rag.write import Writer

        writer, answer = Writer(model, self.catalogue), found.invoke(asked)
        if answer.status == "not_found" and asked.history:
            asked = replace(asked, question=writer.rewrite(asked.question, asked.history))
            answer = found.invoke(asked)
        return writer.write(answer, asked.question, asked.heard)

    def _topic(self, query: Query) -> Topic:
        return self._topic_of(query.words, query, query.aside)

    def _topics(self, query: Query) -> Topics:
        return Topics(self._topic(query), self._topic_of(content_words(query), query))

    def _topic_of(self, words: Sequence[str], query: Query, aside: Sequence[str] = ()) -> Topic:
        if not words and not aside:
            return Topic(())
        foreign = query.language == "en"
        spelt = [self.retriever.corrected(word).removeprefix(f"{word} ") for word in words]
        return Topic(spelt, self.retriever.near, self.retriever.rarity, foreign, aside)

    def _on_mentioning(self, query: Query, mentions: list[CouncilDocument]) -> bool:
        """Tell whether a question on a number without a document names one that mentions it.

        "Robotforslaget henviser til ØU03. Hvor stor …" is about the robot proposal.
        """
        topic = self._topic_of((*query.words, *query.aside), query)
        return any(topic.cover(weighted_terms((d.title, 1.0))) > _NAMES_DOCUMENT for d in mentions)

    def _mentioning(
        self, numbers: Sequence[str], documents: Sequence[CouncilDocument]
    ) -> list[CouncilDocument]:
        """Return the documents whose text names one of `numbers`."""
        by_id = {d.id: d for d in documents}
        hits = self.retriever.hits(" ".join(numbers), _HITS)
        naming = [
            h.passage.document
            for h in hits
            if names_one(h.passage.text, numbers) and h.passage.document in by_id
        ]
        return [by_id[i] for i in dict.fromkeys(naming)]


def refresh(home: Home, anew: bool = False) -> None:
    """Bring the indexes of `home` up to its catalogue; with `anew`, build them from nothing."""
    from rag.vectors import Vectors

    indexes = Indexes(home)
    # Those of other embedders too: what was deleted must be gone from all.
    others = Vectors.beside(home, indexes.catalogue, indexes.embedder.name)
    for index in (indexes.words, indexes.vectors, *others):
        if anew:
            index.rebuild()
        else:
            index.refresh()
        index.close()
    indexes.catalogue.close()


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
