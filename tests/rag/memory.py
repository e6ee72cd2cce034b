"""BM25, vectors and a catalogue in memory, for the tests of retrieval.

BM25 as tantivy has it: k1 = 1.2, b = 0.75 (Robertson and Zaragoza, 2009, "The
Probabilistic Relevance Framework: BM25 and Beyond").
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rag.text.language import analyse
from rag.types import CouncilDocument, Passage

K1, B = 1.2, 0.75
Scores = list[tuple[str, float]]


@dataclass
class MemoryCatalogue:
    """Documents and passages; `stamp` is to be changed with them."""

    all_documents: Sequence[CouncilDocument]
    all_passages: Sequence[Passage]
    stamp: str = "1"

    @property
    def changes(self) -> MemoryCatalogue:
        """The change log: this object."""
        return self

    def documents(self) -> Sequence[CouncilDocument]:
        """Return all documents."""
        return self.all_documents

    def passages(self, ids: Sequence[str]) -> Sequence[Passage]:
        """Return the passages with these ids."""
        wanted = set(ids)
        return [p for p in self.all_passages if p.id in wanted]

    def passage_count(self) -> int:
        """Return the number of passages."""
        return len(self.all_passages)


@dataclass
class MemoryWords:
    """BM25 over `texts`, which are parallel to `passages`."""

    passages: Sequence[Passage]
    texts: Sequence[str]
    _postings: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    _lengths: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Index the texts."""
        for i, text in enumerate(self.texts):
            counts = Counter(analyse(text))
            self._lengths.append(sum(counts.values()))
            for term, count in counts.items():
                self._postings[term].append((i, count))
        self._postings = dict(self._postings)

    def vocabulary(self) -> dict[str, int]:
        """Return every term and the number of passages that hold it."""
        return {term: len(postings) for term, postings in self._postings.items()}

    def search(
        self, terms: Sequence[tuple[str, float]], n: int, document_ids: Sequence[str] | None = None
    ) -> Scores:
        """Return the `n` best passage ids and scores for the weighted `terms`."""
        mean = sum(self._lengths) / max(1, len(self._lengths))
        scores: dict[int, float] = defaultdict(float)
        for term, weight in terms:
            postings = self._postings.get(term, [])
            count = len(postings)
            idf = math.log(1 + (len(self.passages) - count + 0.5) / (count + 0.5))
            for i, tf in postings:
                norm = K1 * (1 - B + B * self._lengths[i] / mean)
                scores[i] += weight * idf * tf * (K1 + 1) / (tf + norm)
        return _best([(self.passages[i], s) for i, s in scores.items()], n, document_ids)


@dataclass
class MemoryVectors:
    """Vectors, one a row, parallel to `passages`."""

    passages: Sequence[Passage]
    vectors: NDArray[np.float32]

    def search(
        self, vector: NDArray[np.float32], n: int, document_ids: Sequence[str] | None = None
    ) -> Scores:
        """Return the `n` nearest passage ids and their cosines."""
        cosines = self.vectors @ vector
        return _best(list(zip(self.passages, cosines.tolist(), strict=True)), n, document_ids)

    def cosines(self, vector: NDArray[np.float32], passage_ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of each of these passages that has a vector."""
        found = self.search(vector, len(self.passages))
        return {id: cosine for id, cosine in found if id in passage_ids}

    @property
    def stamp(self) -> str:
        """The state the vectors are in: how many there are."""
        return str(len(self.passages))


def _best(
    scores: list[tuple[Passage, float]], n: int, document_ids: Sequence[str] | None
) -> Scores:
    kept = [(p.id, s) for p, s in scores if document_ids is None or p.document in document_ids]
    return sorted(kept, key=lambda pair: (-pair[1], pair[0]))[:n]
