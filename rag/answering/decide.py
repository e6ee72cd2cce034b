"""One decision: which candidate answers, how surely, and whether that will do.

The probability is a logistic of a candidate's features, calibrated by a rising step function
(isotonic regression, Zadrozny and Elkan 2002). Weights and thresholds stand in
`models/raadsvar-reader/decision.json`, which says what they were fitted on; `eval/fit.py` fits
them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

import numpy as np

from rag.answering.candidates import Candidate
from rag.answering.reader import BUNDLED

DECISION = BUNDLED / "decision.json"


@dataclass(frozen=True)
class Weights:
    """What a feature is worth, and from which probability on an answer is given.

    `steps` are the calibration: logits, rising, and the share of those up to the next one that
    were right. From `answered` on a candidate answers; from `near` on it is shown as a place.
    """

    features: Mapping[str, float]
    bias: float
    steps: tuple[tuple[float, float], ...]
    answered: float
    near: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Return how likely a candidate with these features answers."""
        logit = self.bias + sum(self.features.get(n, 0.0) * v for n, v in features.items())
        if not self.steps:
            return 1 / (1 + exp(-logit))
        logits, shares = zip(*self.steps, strict=True)
        return float(np.interp(logit, logits, shares))


@cache
def weights(path: Path = DECISION) -> Weights:
    """Return the weights in use; raises OSError where the file is missing."""
    read = json.loads(path.read_text("utf8"))
    steps = tuple((float(at), float(share)) for at, share in read["steps"])
    return Weights(read["features"], read["bias"], steps, read["answered"], read["near"])


def ranked(candidates: Sequence[Candidate], by: Weights) -> list[tuple[float, Candidate]]:
    """Return candidates with their probabilities, the surest first."""
    found = [(by.probability(c.features), c) for c in candidates]
    return sorted(found, key=lambda pair: -pair[0])
