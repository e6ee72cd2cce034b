"""Measures of a ranking, a question at a time, and the bootstrap of a difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG

from eval.retrieval.questions import Relevant

DEPTH = 100
MEASURES = {"MRR": RR @ DEPTH, "R@1": R @ 1, "R@5": R @ 5, "R@20": R @ 20, "nDCG@10": nDCG @ 10}
_RESAMPLES, _SEED = 10_000, 7

Run = Mapping[str, Mapping[str, float]]
"""By question id: the passages found, with scores."""
Scores = dict[str, dict[str, float]]
"""By measure and question id."""


class Difference(NamedTuple):
    """A mean difference and its 95 % interval."""

    mean: float
    low: float
    high: float


def score(relevant: Relevant, run: Run) -> Scores:
    """Return every measure of every question of `relevant`; 0 where nothing right was found."""
    # A question without a relevant piece must count: ir_measures would pass it over.
    judged = {q: dict.fromkeys(ids or {"none"}, 1) for q, ids in relevant.items()}
    found: Scores = {name: dict.fromkeys(relevant, 0.0) for name in MEASURES}
    names = {str(measure): name for name, measure in MEASURES.items()}
    for metric in ir_measures.iter_calc(list(MEASURES.values()), judged, run):
        found[names[str(metric.measure)]][metric.query_id] = metric.value
    return found


def mean(scores: Mapping[str, float], questions: Sequence[str]) -> float:
    """Return the mean of `scores` over `questions`."""
    return sum(scores[q] for q in questions) / len(questions)


def difference(
    ours: Mapping[str, float], theirs: Mapping[str, float], questions: Sequence[str]
) -> Difference:
    """Return ours minus theirs with its paired bootstrap interval.

    Percentile interval of 10,000 resamples of the questions (Efron and
    Tibshirani, "An Introduction to the Bootstrap", 1993), with a fixed seed.
    """
    pairs = np.array([ours[q] - theirs[q] for q in questions])
    draws = np.random.default_rng(_SEED).integers(len(pairs), size=(_RESAMPLES, len(pairs)))
    low, high = np.percentile(pairs[draws].mean(axis=1), (2.5, 97.5))
    return Difference(float(pairs.mean()), float(low), float(high))
