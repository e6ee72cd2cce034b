"""Finds passages: word search and dense search in one LangChain retriever.

Word search ranks by BM25 over the question's expanded terms (`rag.search.expansion`),
dense search by cosine. Their sum (`rag.search.fuse`), weighted as `eval/retrieval/` measured
it, is the score; what the question names (`rag.search.boost`) weighs more than any sum. The
best are ranked again by how much of the question they hold.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import PrivateAttr, SkipValidation

from rag.answer import Hit
from rag.asking.question import read_question
from rag.query import Query
from rag.search.boost import document_boost, named, passage_boost
from rag.search.expansion import Vocabulary, WordEmbedder
from rag.search.fuse import fuse
from rag.store.shelf import Shelf
from rag.text.language import analyse
from rag.types import CouncilDocument, Passage
from rag.vocabulary import asked_concepts, concepts

Scores = list[tuple[str, float]]

POOL = 100  # passages taken from each half before they are fused
RERANKED, COVERAGE_WEIGHT = 20, 0.6


class WordIndex(Protocol):
    """BM25 over passages analysed by `rag.text.language.analyse`."""

    def search(
        self, terms: Sequence[tuple[str, float]], n: int, document_ids: Sequence[str] | None = None
    ) -> Scores:
        """Return the `n` best passage ids and scores for the weighted `terms`."""
        ...

    def vocabulary(self) -> Mapping[str, int]:
        """Return every term and the number of passages that hold it."""
        ...


class VectorIndex(Protocol):
    """Passage vectors."""

    def search(
        self, vector: NDArray[np.float32], n: int, document_ids: Sequence[str] | None = None
    ) -> Scores:
        """Return the `n` nearest passage ids and their cosines."""
        ...

    def cosines(self, vector: NDArray[np.float32], passage_ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of each of these passages that has a vector."""
        ...

    @property
    def stamp(self) -> str:
        """The state the vectors are in: it differs when some have come."""
        ...


class QueryEmbedder(Protocol):
    """Makes the vectors of questions."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question."""
        ...


class ChangeLog(Protocol):
    """Tells whether the catalogue has changed."""

    @property
    def stamp(self) -> str:
        """The state the catalogue is in."""
        ...


class Catalogue(Protocol):
    """Where passages and documents are kept."""

    @property
    def changes(self) -> ChangeLog:
        """The change log."""
        ...

    def passages(self, ids: Sequence[str]) -> Sequence[Passage]:
        """Return the passages with these ids."""
        ...

    def passage_count(self) -> int:
        """Return the number of passages."""
        ...

    def documents(self) -> Sequence[CouncilDocument]:
        """Return all documents."""
        ...


class PassageRetriever(BaseRetriever):
    """A LangChain retriever over the catalogue's passages.

    Without `vectors` or `embedder` it is word search alone, without `word_embedder`
    words have no neighbours. `n` is the number of passages that `invoke` returns.
    """

    words: SkipValidation[WordIndex]
    catalogue: SkipValidation[Catalogue]
    vectors: SkipValidation[VectorIndex] | None = None
    embedder: SkipValidation[QueryEmbedder] | None = None
    word_embedder: SkipValidation[WordEmbedder] | None = None
    n: int = 8
    _stamp: str | None = PrivateAttr(default=None)
    _vocabulary: Vocabulary = PrivateAttr()
    _shelf: Shelf = PrivateAttr()
    # What was asked last and what was found: one question's steps search for the same.
    _last: tuple[object, list[Hit]] | None = PrivateAttr(default=None)
    _lock: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    def hits(
        self,
        query: Query | str,
        n: int = 8,
        document_ids: Sequence[str] | None = None,
        stated: bool = True,
    ) -> list[Hit]:
        """Return the `n` best passages, best first; only those of `document_ids` where given.

        With `stated`, one that states a year asked for, or an amount, comes earlier. Who reads
        them is better off without: of real questions' evidence, five in a hundred fewer are then
        among the first ten.
        """
        self._refresh()
        if isinstance(query, str):
            query = read_question(query, known=self._shelf.numbers)
        asked = (
            *(self._stamp, self.vectors and self.vectors.stamp, query),
            None if document_ids is None else tuple(document_ids),
            stated,
        )
        last = self._last
        if last is None or last[0] != asked:
            last = self._last = asked, self._ranked(query, document_ids, stated)
        return last[1][:n]

    def saying(
        self, words: Sequence[str], n: int, document_ids: Sequence[str] | None = None
    ) -> list[str]:
        """Return the document of each of the `n` passages that say best what `words` say, by id.

        Word search alone: it takes a fifth of the time of `hits`.
        """
        self._refresh()
        terms = self._vocabulary.expand(" ".join(words))
        found = self.words.search(terms, n, document_ids)
        return [p.document for p in self.catalogue.passages([id for id, _ in found])]

    def _ranked(self, query: Query, document_ids: Sequence[str] | None, stated: bool) -> list[Hit]:
        """Return all passages found, best first."""
        text = _search_text(query)
        scores = self._search(text, document_ids)
        if document_ids is None and (chosen := named(query, self._shelf)):
            scores |= self._search(text, chosen)
        passages = self.catalogue.passages(list(scores))
        found = [Hit(p, scores[p.id] + self._boost(query, p, stated)) for p in passages]
        found.sort(key=lambda h: (-h.score, h.passage.id))
        return [*self._reranked(query.text, found[:RERANKED]), *found[RERANKED:]]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [as_document(hit) for hit in self.hits(query, self.n)]

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the passages as they are now, and what a question's words mean by them."""
        self._refresh()
        return self._vocabulary

    def _refresh(self) -> None:
        """Read the vocabulary and the documents anew when the catalogue has changed."""
        with self._lock:
            stamp = self.catalogue.changes.stamp
            if stamp == self._stamp:
                return
            counts, passages = self.words.vocabulary(), self.catalogue.passage_count()
            self._vocabulary = Vocabulary(counts, passages, self.word_embedder)
            self._shelf = Shelf(self.catalogue.documents())
            self._stamp = stamp

    def _search(self, text: str, document_ids: Sequence[str] | None) -> dict[str, float]:
        by_words = dict(self.words.search(self._vocabulary.expand(text), POOL, document_ids))
        if self.vectors is None or self.embedder is None:
            return fuse(by_words, {})
        vector = self.embedder.embed_query(self._vocabulary.corrected(text))
        if not vector.any():
            return fuse(by_words, {})
        near = dict(self.vectors.search(vector, POOL, document_ids))
        others = [id for id in by_words if id not in near]
        return fuse(by_words, near | self.vectors.cosines(vector, others))

    def _boost(self, query: Query, passage: Passage, stated: bool) -> float:
        document = self._shelf.by_id.get(passage.document)
        if document is None:
            return 0.0
        earned = passage_boost(query, document, passage) if stated else 0.0
        return document_boost(query, document) + earned

    def _reranked(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return `hits` with what they earn by holding the question's words, each in its way."""
        texts = [self._headed(hit.passage) for hit in hits]
        shares = self._vocabulary.coverage(question, texts)
        found = [
            Hit(hit.passage, hit.score + COVERAGE_WEIGHT * share)
            for hit, share in zip(hits, shares, strict=True)
        ]
        return sorted(found, key=lambda h: (-h.score, h.passage.id))

    def _headed(self, passage: Passage) -> str:
        document = self._shelf.by_id.get(passage.document)
        return "\n".join((document.title if document else "", passage.section, passage.text))


def _search_text(query: Query) -> str:
    """Return the question with what it takes from the questions before it."""
    measures = [
        concepts()[c].name.da for c in query.concepts if c not in asked_concepts(query.text)
    ]
    words = " ".join(query.words)
    # Words are the question's own or, where it has none, all carried over.
    carried = set(analyse(query.text)).isdisjoint(analyse(words))
    return " ".join((query.text, *measures, *([words] if carried and words else [])))


def as_document(hit: Hit) -> Document:
    """Return a hit as LangChain has them."""
    passage = hit.passage
    metadata: dict[str, Any] = {
        "id": passage.id,
        "document": passage.document,
        "page": passage.page,
        "section": passage.section,
        "score": hit.score,
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)
