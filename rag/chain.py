"""From a question to a bound answer: LangChain runnables over the catalogue and its indexes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableLambda

from rag.answer import Answer, Heard
from rag.answering.answering import Answering
from rag.answering.reader import Reader, configured_reader
from rag.home import Home
from rag.llm import LanguageModel, configured
from rag.producers import Producers
from rag.query import EVERYTHING, Filter, Turn
from rag.search.embed import Embedder
from rag.search.indexes import Indexes, SeenVectors, SeenWords
from rag.search.missing import Progress, embed_all
from rag.search.retrieve import PassageRetriever
from rag.steps import Answers, Asked, Steps
from rag.store.levels import LEVELS
from rag.store.lookup import Lookup
from rag.store.source import Page
from rag.text.personal import mask
from rag.types import Access, Language

if TYPE_CHECKING:
    from rag.search.vectors import Vectors
    from rag.search.words import Words


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
        Personal numbers are hidden before anything is made of them (`rag.text.personal`).
        """
        turns = (Turn(mask(t.question), mask(t.answer) if t.answer else None) for t in history)
        return self.chain.invoke(Asked(mask(question), tuple(turns), language, within, heard))

    @cached_property
    def answering(self) -> Answers:
        """What answers a question that has been read: the product's own ways, or all by one scale.

        The reader is a setting: on real documents it halves the wrong answers, on those shipped it
        refuses some that are right (see its card).
        """
        reader = configured_reader()
        if reader:
            return self.weighing(reader)
        return Producers(self.catalogue, self.page, lambda: self.retriever, self._compared)

    def weighing(self, reader: Callable[[], Reader]) -> Answering:
        """Return what answers with a reader, whatever is set."""
        return Answering(self.catalogue, self.page, lambda: self.retriever, reader, self._compared)

    def _compared(self) -> Embedder:
        # What compares sentences was weighed on this model, and compares a hundred at a time.
        return self._indexes.word_embedder

    @cached_property
    def steps(self) -> Steps:
        """The steps of the chain, to be taken one by one."""
        return Steps(self.catalogue, self.page, lambda: self.retriever, self.answering)

    @cached_property
    def chain(self) -> Runnable[Asked, Answer]:
        """The chain: read the question, find its documents, answer, bind; a model may write."""

        steps = self.steps
        found: Runnable[Asked, Answer] = (
            RunnableLambda(steps.read)
            | RunnableLambda(steps.scope)
            | RunnableLambda(steps.answer)
            | RunnableLambda(steps.bound)
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
            word_embedder=self._indexes.word_embedder,
            catalogue=seen,
        )

    def page(self, source: str, number: int) -> Page:
        """Return a page of a file."""
        page = self.catalogue.page(source, number)
        if page is None:
            raise KeyError(f"{source} has no page {number}")
        return page

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


def refresh(home: Home, anew: bool = False) -> None:
    """Bring the indexes of `home` up to its catalogue; with `anew`, build them from nothing."""
    from rag.search.vectors import Vectors

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


def complete(home: Home, progress: Progress) -> None:
    """Make the vectors that are missing, and bring the vector index up to them.

    `progress` is told how many passages have one, of how many. Returns when all have, whoever
    makes them. Raises ModelMissing, HomeError, CatalogueError and ProjectionError.
    """
    indexes = Indexes(home)
    try:
        if not indexes.catalogue.embedding_progress(indexes.embedder.name).complete:
            embed_all(home, indexes.catalogue, indexes.embedder, progress)
        indexes.vectors.refresh()
        indexes.vectors.close()
    finally:
        indexes.catalogue.close()
