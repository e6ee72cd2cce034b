from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.search.fuse import WORD_WEIGHT, fuse

IDS = st.sampled_from("abcdefgh")
BM25 = st.dictionaries(IDS, st.floats(0.1, 30), max_size=8)
COSINES = st.dictionaries(IDS, st.floats(0.6, 0.95), max_size=8)


def z(values: list[float]) -> list[float]:
    return [(v - np.mean(values)) / np.std(values) for v in values]


def differences(scores: dict[str, float], unit: tuple[str, str]) -> dict[str, float]:
    """Scores without the scale and the zero that they are told on."""
    low, high = (scores[id] for id in unit)
    return {id: (s - low) / (high - low) for id, s in scores.items()}


@given(BM25, COSINES)
def test_every_passage_of_either_has_a_score_from_0_upwards(
    words: dict[str, float], cosines: dict[str, float]
) -> None:
    fused = fuse(words, cosines)
    assert fused.keys() == words.keys() | cosines.keys()
    assert min(fused.values(), default=0.0) == 0.0 and np.isfinite(list(fused.values())).all()


@given(BM25, COSINES)
def test_more_of_both_is_never_less(words: dict[str, float], cosines: dict[str, float]) -> None:
    fused = fuse(words, cosines)
    for i in cosines:
        for j in cosines:
            if cosines[i] >= cosines[j] and words.get(i, 0) >= words.get(j, 0):
                assert fused[i] >= fused[j] - 1e-9


def test_the_score_is_z_of_the_cosine_and_a_share_of_z_of_the_words() -> None:
    words, cosines = {"a": 8.0, "b": 4.0}, {"a": 0.8, "b": 0.9, "c": 0.7}
    by_words, dense = z([8, 4, 0]), z([0.8, 0.9, 0.7])
    expected = dict(zip("abc", np.array(dense) + WORD_WEIGHT * np.array(by_words), strict=True))
    told = differences(fuse(words, cosines), ("c", "b"))
    assert told == pytest.approx(differences(expected, ("c", "b")))


def test_without_vectors_the_order_is_that_of_the_words() -> None:
    fused = fuse({"a": 8.0, "b": 4.0, "c": 1.0}, {})
    assert sorted(fused, key=lambda id: -fused[id]) == ["a", "b", "c"]


def test_a_passage_without_a_vector_stands_where_its_words_would_put_it() -> None:
    rng = np.random.default_rng(0)
    gained = []
    for _ in range(200):
        # Both halves tell of one thing, each with noise of its own.
        truth = rng.normal(size=40)
        bm25 = np.maximum(truth + rng.normal(size=40), -3) + 3
        cosine = 0.8 + 0.03 * (truth + rng.normal(size=40))
        words = {str(i): float(b) for i, b in enumerate(bm25)}
        cosines = {str(i): float(c) for i, c in enumerate(cosine)}
        whole = fuse(words, cosines)
        half = fuse(words, {i: c for i, c in cosines.items() if int(i) % 2})
        first = {id for id, _ in sorted(half.items(), key=lambda p: -p[1])[:10]}
        right = {id for id, _ in sorted(whole.items(), key=lambda p: -p[1])[:10]}
        gained.append(sum(int(i) % 2 == 0 for i in first) - sum(int(i) % 2 == 0 for i in right))
    # Of ten, half a passage too many or too few at most.
    assert abs(np.mean(gained)) < 0.5
