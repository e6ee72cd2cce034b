"""Retrieval figures of a model on held-out text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from pairs import Texts

Embed = Callable[[Sequence[str]], NDArray[np.float32]]


def measure(embed: Embed, held: Texts, dimensions: int | None = None) -> dict[str, float]:
    """Return the held-out figures of `embed`, cut to `dimensions` where given.

    English to Danish: accuracy at 1 among all held-out Danish sentences. The
    others are MRR of the first right text: an act's title among all held-out
    provisions, and a paragraph's longest sentence among the rests of paragraphs.
    """

    def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
        cut = embed(texts)[:, :dimensions]
        return cut / np.maximum(np.linalg.norm(cut, axis=1, keepdims=True), 1e-9)

    danish, english = zip(*dict(held.sentences).items(), strict=True)
    places = np.arange(len(danish))
    ranks = _ranks(vectors(english) @ vectors(danish).T, places, places)
    figures = {"English sentence -> Danish, accuracy@1": float(np.mean(ranks == 1))}

    titles = sorted({title for title, _ in held.provisions})
    owner = np.array([titles.index(title) for title, _ in held.provisions])
    provisions = vectors([" ".join(sentences) for _, sentences in held.provisions])
    ranks = _ranks(vectors(titles) @ provisions.T, np.arange(len(titles)), owner)
    figures["act's title -> provision, MRR"] = float(np.mean(1 / ranks))

    for name, texts in (
        ("provision's sentence -> its rest, MRR", [s for _, s in held.provisions]),
        ("debate's sentence -> its rest, MRR", held.paragraphs),
    ):
        split = [_longest_and_rest(sentences) for sentences in texts if len(sentences) > 2]
        longest, rests = zip(*split, strict=True)
        places = np.arange(len(split))
        ranks = _ranks(vectors(longest) @ vectors(rests).T, places, places)
        figures[name] = float(np.mean(1 / ranks))
    return figures


def _longest_and_rest(sentences: Sequence[str]) -> tuple[str, str]:
    longest = max(sentences, key=len)
    return longest, " ".join(s for s in sentences if s != longest)


def _ranks(
    scores: NDArray[np.float32], owners: NDArray[np.int64], labels: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return each row's rank of its best column with the row's own label.

    Ties count against the model, so that equal scores earn nothing.
    """
    right = labels[None, :] == owners[:, None]
    best = np.where(right, scores, -np.inf).max(axis=1, keepdims=True)
    return 1.0 + ((scores >= best) & ~right).sum(axis=1)
