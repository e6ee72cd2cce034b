"""Vector search: the passages' embeddings in Chroma, a projection of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.home import Home
from rag.quiet import quiet
from rag.search.narrow import Scored, search_within
from rag.search.projection import Projection, read_state
from rag.store.catalogue import Catalogue
from rag.store.embeddings import Vectors as Matrix

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as Store

# Up to this many passages numpy is exact, and faster than Chroma's filter.
EXACT = 5_000
_FEW = 1_000  # documents
_BATCH = 2_000
_NAME = "passages"
_UNSAFE = re.compile(r"[^\w.@-]+")  # in the name of a folder
# Of the true 20 nearest it finds 99 in 100 among 5,000 passages and 98 among 20,000; Chroma's
# own settings (with ef_search 200) find 91 and 89, in half the time to build and to search.
_GRAPH: Any = {
    "hnsw": {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 600}
}
# A passage finds itself at distance 0, but for float16.
_NEAR = 0.01


class Vectors(Projection):
    """The passages that `embedder_name` has embedded, by cosine similarity."""

    _client: ClientAPI | None = None
    _collection: Store

    def __init__(self, home: Home, catalogue: Catalogue, embedder_name: str) -> None:
        # A folder each: going back to an embedder finds its index as it was left.
        folder = _UNSAFE.sub("-", embedder_name)
        super().__init__(home.chroma / folder, catalogue, embedder_name, catalogue.vector_changes)

    @classmethod
    def beside(cls, home: Home, catalogue: Catalogue, embedder_name: str) -> list[Vectors]:
        """Return the indexes of other embedders that were made before."""
        makers = {s.maker for p in home.chroma.glob("*") if (s := read_state(p))}
        return [cls(home, catalogue, maker) for maker in sorted(makers - {embedder_name})]

    def search(
        self, vector: Matrix, n: int, document_ids: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return the ids and cosine similarities of the `n` nearest passages, best first.

        Args:
            vector: one vector of the embedder's dimensions, float32.
            n: how many; fewer come where there are fewer.
            document_ids: only passages of these documents; None for all.

        Raises ProjectionError when the index cannot be searched, nor made again.
        """
        if n < 1 or (document_ids is not None and not document_ids):
            return []
        if document_ids is not None and self._are_few(document_ids):
            return self._exact(vector, n, list(document_ids))
        total = self._catalogue.document_count()
        return self._search(
            lambda: search_within(
                lambda k, documents: self._nearest(vector, k, documents), n, document_ids, total
            )
        )

    @property
    def stamp(self) -> str:
        """The state the vectors are in."""
        return self._changes.stamp

    def cosines(self, vector: Matrix, passage_ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine similarity of each of these passages that has a vector."""
        ids, matrix = self._catalogue.passage_vectors(self._maker, passage_ids)
        return dict(zip(ids, _cosines(matrix, vector), strict=True)) if ids else {}

    def _are_few(self, documents: Collection[str]) -> bool:
        # Counting the passages of thousands of documents takes longer than the search.
        return len(documents) <= _FEW and self._catalogue.passage_count(list(documents)) <= EXACT

    def _exact(self, vector: Matrix, n: int, documents: Sequence[str]) -> list[tuple[str, float]]:
        found = list(self._catalogue.embeddings(self._maker, documents))
        if not found:
            return []
        ids = [id for e in found for id in e.ids]
        scores = _cosines(np.concatenate([e.vectors for e in found]), vector)
        best = np.argsort(-np.array(scores), kind="stable")[:n]
        return [(ids[i], scores[i]) for i in best]

    def _nearest(self, vector: Matrix, n: int, documents: Sequence[str] | None) -> Scored:
        found = self._collection.query(
            query_embeddings=vector.reshape(1, -1),
            n_results=n,
            where=None if documents is None else _of(documents),
            include=["distances", "metadatas"],
        )
        distances, homes = (found["distances"] or [[]])[0], (found["metadatas"] or [[]])[0]
        near = zip(found["ids"][0], homes, distances, strict=True)
        return [(id, str(home["document"]), 1.0 - d) for id, home, d in near]

    # ------------------------------------------------------- the kind of projection

    def _open(self, folder: Path, new: bool) -> None:
        quiet()
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        self._client = chromadb.PersistentClient(folder / "store", settings=settings)
        if new:
            self._collection = self._client.create_collection(
                _NAME,
                metadata={"embedder": self._maker},
                configuration=_GRAPH,
                embedding_function=None,
            )
        else:
            self._collection = self._client.get_collection(_NAME, embedding_function=None)

    def _close(self) -> None:
        if self._client:
            client, self._client = self._client, None
            client.close()  # type: ignore[attr-defined]

    def _count(self) -> int:
        return self._collection.count()

    def _finds(self, documents: Sequence[str]) -> bool:
        embedded = self._catalogue.embeddings(self._maker, documents)
        first = [e.vectors[0] for e in embedded if e.vectors[0].any()]
        if not first:
            return True
        found = self._collection.query(
            query_embeddings=np.stack(first), n_results=1, include=["distances"]
        )
        near = [d for d in found["distances"] or [] if d and d[0] < _NEAR]
        # The graph is approximate: it may miss one, not most.
        return 2 * len(near) >= len(first)

    def _update(self, documents: Sequence[str], new: bool) -> None:
        found = list(self._catalogue.embeddings(self._maker, documents))
        homes: dict[str, Any] = {
            id: {"document": e.document, "text": key}
            for e in found
            for id, key in zip(e.ids, e.keys, strict=True)
        }
        held = {} if new else self._held(documents)
        gone = list(held.keys() - homes.keys())
        for a in range(0, len(gone), _BATCH):
            self._collection.delete(ids=gone[a : a + _BATCH])
        # What stands there already stays: vectors come to a document a few at a time.
        missing = [id for id, home in homes.items() if held.get(id) != home["text"]]
        vectors = {id: v for e in found for id, v in zip(e.ids, e.vectors, strict=True)}
        for a in range(0, len(missing), _BATCH):
            ids = missing[a : a + _BATCH]
            matrix, of = np.stack([vectors[id] for id in ids]), [homes[id] for id in ids]
            self._collection.upsert(ids=ids, embeddings=matrix, metadatas=of)

    def _held(self, documents: Sequence[str]) -> dict[str, str]:
        """Return the passages of documents that the index holds, and the keys of their texts."""
        found = self._collection.get(where=_of(documents), include=["metadatas"])
        told = zip(found["ids"], found["metadatas"] or [], strict=True)
        return {id: str(home["text"]) for id, home in told}


def _cosines(matrix: Matrix, vector: Matrix) -> list[float]:
    """Return how near each row is to `vector`."""
    lengths = np.linalg.norm(matrix, axis=1) * np.linalg.norm(vector)
    found: list[float] = (matrix @ vector / np.maximum(lengths, np.finfo(np.float32).tiny)).tolist()
    return found


def _of(documents: Sequence[str]) -> Any:
    """Return Chroma's filter for passages of these documents."""
    return {"document": {"$in": list(documents)}}
