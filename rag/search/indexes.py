"""The indexes and the model of a data folder, and how those search who may not see all of it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.home import Home
from rag.search.embed import Embedder, load_embedder, load_word_embedder
from rag.store.catalogue import Catalogue
from rag.store.lookup import Lookup
from rag.text.language import analyse

if TYPE_CHECKING:
    from rag.search.vectors import Vectors
    from rag.search.words import Words

_BATCH = 500
_HEAD = "\x00"  # before a term of a head, among those of texts
Scores = list[tuple[str, float]]


class Indexes:
    """The whole catalogue of a data folder, its word and vector index and the model.

    All but the catalogue are opened when first needed.
    """

    def __init__(self, home: Home) -> None:
        self._home, self.catalogue = home, Catalogue(home)

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model."""
        return load_embedder()

    @cached_property
    def word_embedder(self) -> Embedder:
        """The model of single words."""
        return load_word_embedder()

    @cached_property
    def words(self) -> Words:
        """The word index."""
        from rag.search.words import Words

        return Words(self._home, self.catalogue, analyse)

    @cached_property
    def vectors(self) -> Vectors:
        """The vector index."""
        from rag.search.vectors import Vectors

        return Vectors(self._home, self.catalogue, self.embedder.name)


class SeenWords:
    """The word index as those have it who see only `view`.

    Its terms are those of the passages they see, counted here: the index's own
    would suggest words of hidden documents, and of deleted ones.
    """

    def __init__(self, words: Words, view: Lookup) -> None:
        self._words, self._view = words, view
        self._stamp: str | None = None
        self._terms: dict[str, Counter[str]] = {}
        self._counts = Counter[str]()
        self._lock = threading.Lock()

    def search(
        self, terms: Sequence[tuple[str, float]], n: int, document_ids: Sequence[str] | None = None
    ) -> Scores:
        """Return the ids and scores of the `n` best passages that are seen, best first."""
        from rag.search.words import idf

        counts, passages = self._counted(), self._view.passage_count()

        # The index's own counts would show by the ranks what hidden documents hold.
        def rarity(field: str, term: str) -> float:
            return idf(counts[term if field == "text" else _HEAD + term], passages)

        return self._words.search(terms, n, _seen(self._view, document_ids), rarity)

    def vocabulary(self) -> Mapping[str, int]:
        """Return every term of the passages seen, and the number of passages that hold it."""
        return {term: n for term, n in self._counted().items() if not term.startswith(_HEAD)}

    def _counted(self) -> Counter[str]:
        with self._lock:
            stamp = self._view.changes.stamp
            if stamp != self._stamp:
                self._count()
                self._stamp = stamp
            return self._counts

    def _count(self) -> None:
        """Count the documents that came, take away those that went or changed."""
        from rag.search.words import head

        touched = self._view.changes.since(self._stamp) if self._stamp else None
        ids = self._view.document_ids()
        gone = self._terms.keys() - set(ids) if touched is not None else set(self._terms)
        for document in gone | (self._terms.keys() & set(touched or ())):
            self._counts.subtract(self._terms.pop(document))
        new = [id for id in ids if id not in self._terms]
        for first in range(0, len(new), _BATCH):
            batch = new[first : first + _BATCH]
            self._terms |= {id: Counter() for id in batch}
            about = {d.id: d for d in self._view.documents(ids=batch)}
            for passage in self._view.passages(document_ids=batch):
                over = analyse(head(about[passage.document], passage))
                terms = {*analyse(passage.text), *(_HEAD + term for term in over)}
                self._terms[passage.document].update(terms)
        for id in new:
            self._counts.update(self._terms[id])
        self._counts = +self._counts


class SeenVectors:
    """The vector index as those have it who see only `view`."""

    def __init__(self, vectors: Vectors, view: Lookup) -> None:
        self._vectors, self._view = vectors, view

    def search(
        self, vector: NDArray[np.float32], n: int, document_ids: Sequence[str] | None = None
    ) -> Scores:
        """Return the ids and cosines of the `n` nearest passages that are seen, best first."""
        return self._vectors.search(vector, n, _seen(self._view, document_ids))

    def cosines(self, vector: NDArray[np.float32], passage_ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of each of these passages that is seen and has a vector."""
        seen = [p.id for p in self._view.passages(list(passage_ids))]
        return self._vectors.cosines(vector, seen)

    @property
    def stamp(self) -> str:
        """The state the vectors are in."""
        return self._vectors.stamp


def _seen(view: Lookup, document_ids: Collection[str] | None) -> Collection[str]:
    """Return the ids of the documents seen; of `document_ids` where given."""
    seen = view.shelf.by_id
    if document_ids is None:
        return seen.keys()
    return list(dict.fromkeys(id for id in document_ids if id in seen))
