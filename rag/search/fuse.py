"""One score of what word search and dense search say of the passages that either found.

z(dense) + 0.3 z(BM25): each half's scores made to mean 0 and deviation 1 over the candidates.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

WORD_WEIGHT = 0.3
# The scale that the boosts and what reads a hit's score were weighed on.
_SCALE = 0.25


def fuse(words: Mapping[str, float], cosines: Mapping[str, float]) -> dict[str, float]:
    """Return a score for every passage of either, from 0 upwards.

    `words` are BM25 scores: what word search did not return counts as 0. `cosines` are of all
    candidates that have a vector. One without is scored on its words alone: they stand in for
    its meaning, as if both halves said the same of it. So it is neither lost, as it would be
    with the lowest cosine, nor preferred, since both halves have one mean and deviation.
    """
    ids = list({**words, **cosines})
    by_words = _standardised(ids, words)
    dense = _standardised(cosines.keys(), cosines)
    scores = {id: dense.get(id, by_words[id]) + WORD_WEIGHT * by_words[id] for id in ids}
    least = min(scores.values(), default=0.0)
    return {id: _SCALE * (score - least) for id, score in scores.items()}


def _standardised(ids: Collection[str], scores: Mapping[str, float]) -> dict[str, float]:
    """Return the scores of `ids`, 0 where there is none, with mean 0 and deviation 1."""
    values = np.array([scores.get(id, 0.0) for id in ids])
    deviation = values.std() if len(values) else 0.0
    if deviation < np.finfo(np.float32).eps:
        return dict.fromkeys(ids, 0.0)
    return dict(zip(ids, ((values - values.mean()) / deviation).tolist(), strict=True))
