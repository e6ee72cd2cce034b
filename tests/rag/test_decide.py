"""The one decision: features to one probability, by weights in one file."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Answer
from rag.answering.candidates import Candidate
from rag.answering.decide import Weights, ranked, weights
from rag.answering.features import FEATURES, FREE

BY = Weights({"reader": 1.0}, -1.0, ((-2.0, 0.1), (0.0, 0.5), (2.0, 0.9)), 0.7, 0.1)


def candidate(reader: float) -> Candidate:
    return Candidate(Answer("answered", "da"), {"reader": reader})


@given(st.floats(-50, 50), st.floats(-50, 50))
def test_a_surer_reader_is_never_less_likely(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert BY.probability({"reader": low}) <= BY.probability({"reader": high})


def test_between_two_steps_the_probability_lies_between_them() -> None:
    assert BY.probability({"reader": 2.0}) == pytest.approx((0.5 + 0.9) / 2)
    assert BY.probability({"reader": 99.0}) == 0.9


def test_the_likeliest_comes_first() -> None:
    found = ranked([candidate(0.0), candidate(2.0)], BY)
    assert [c.features["reader"] for _, c in found] == [2.0, 0.0]


def test_the_bundled_weights_are_of_the_features_and_say_what_they_were_fitted_on() -> None:
    from rag.answering.decide import DECISION

    read = json.loads(Path(DECISION).read_text("utf8"))
    assert set(read["features"]) == set(FEATURES)
    assert all(read["features"][name] >= 0 for name in set(FEATURES) - set(FREE))
    assert sum(read["fitted_on"].values()) > 500
    by = weights()
    assert 0 < by.near < by.answered < 1
    assert list(by.steps) == sorted(by.steps)
