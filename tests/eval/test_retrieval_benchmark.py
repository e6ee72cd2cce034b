from __future__ import annotations

from pathlib import Path

import pytest

from eval.cache import cache_folder
from eval.retrieval.benchmark import ALL, Result, benchmark
from eval.retrieval.questions import KINDS
from eval.retrieval.systems import BM25, FUSED, READ


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return benchmark(
        Path(tmp_path_factory.mktemp("retrieval")),
        distractors=0,
        cache=cache_folder(),
        compared=False,
    )


def test_the_questions_are_as_many_and_as_mixed_as_promised(result: Result) -> None:
    assert len(result.kinds[ALL]) >= 400
    assert all(len(result.kinds[kind]) >= 20 for kind in KINDS)
    assert len(result.authors["by blind"]) * 3 >= len(result.kinds[ALL])


@pytest.mark.parametrize("read", [False, True], ids=["unread", "read"])
@pytest.mark.parametrize("kind", [*KINDS, ALL])
def test_fusion_is_not_below_word_search(result: Result, kind: str, read: bool) -> None:
    # Both are perfect on near-identical ones; on the 21 short ones chance moves the mean by 0.1.
    gain = result.gain(kind, read)
    assert gain.mean >= -0.02 and gain.high >= 0


def test_fusion_is_far_above_word_search_on_english(result: Result) -> None:
    assert result.mean(FUSED, "MRR", "English") > 1.25 * result.mean(BM25, "MRR", "English")


@pytest.mark.parametrize("system", [BM25, FUSED])
def test_reading_a_question_tells_near_identical_documents_apart(
    result: Result, system: str
) -> None:
    unread, read = (result.mean(s, "R@5", "near-identical") for s in (system, system + READ))
    assert read > unread + 0.15
