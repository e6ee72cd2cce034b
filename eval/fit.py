"""Fits the one decision: `python -m eval.fit ../shared HOME [--out FILE]`.

What the product considers for known questions, each candidate judged, gives the weights of
`rag.answering.decide`: a conditional logit with "none of them" as one more choice (McFadden 1974),
weights not negative where more can only be better, then isotonic calibration of the first
candidate. The questions are the shipped collections' and those of the *learn* pile that the reader
was not trained on; each collection is left out in turn to see what holds where it was not fitted.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.known import KnownAnswer, load_known
from eval.metrics import judge
from eval.real.judge import Judge
from eval.real.known import RealQuestion, load_pile
from eval.real.run import collection, read_in
from eval.sets import HOUSE, opened
from rag.answer import Answer
from rag.answering.decide import DECISION
from rag.answering.features import FEATURES, FREE
from rag.answering.reader import load_reader
from rag.asking.scope import Scope
from rag.chain import Assistant
from rag.home import Home
from rag.query import Turn
from rag.steps import Asked

HELD_OUT = 5
"""One file in so many of the *learn* pile is kept from the reader's training, by `held_out`."""
STRENGTH = 0.02  # of the pull towards weights of 0
ANSWERED = 0.45  # likely enough to answer: on *learn*, wrong answers fall by half
TIMES = {"shipped": 3}  # how often a collection counts: there are fewer of its open questions
NEAR_SHARE = 0.3  # right in so many of those shown as the nearest, at least
_STEPS = 12


@dataclass(frozen=True)
class Considered:
    """What was considered for a question: features (candidates, features), and which are right."""

    collection: str
    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    refusal_is_right: bool


def held_out(name: str, of: int = HELD_OUT) -> bool:
    """Tell whether what a name stands for is kept from the reader's training: one `of` so many."""
    return sha256(name.encode()).digest()[0] % of == 0


def gathered(shared: Path, home: Home) -> Iterator[Considered]:
    """Yield what is considered for every question that is fitted on."""
    bench = Judge(shared)
    for place in ("greve", "others"):
        read_in(shared, home, place)
        assistant = Assistant(collection(home, place))
        for question in load_pile("learn"):
            if question.place == place and held_out(question.document.partition("#")[0]):
                turns = [Turn(q) for q in question.history]
                yield _of(place, assistant, question.question, turns, _right(bench, question))
    for part in HOUSE:
        with opened(part, home) as folder:
            assistant = Assistant(folder)
            for known in load_known(part.questions):
                yield _of("shipped", assistant, known.question, known.history, _correct(known))


def _right(bench: Judge, question: RealQuestion) -> Callable[[Answer], bool]:
    return lambda answer: bench.verdict(question, answer) == "right"


def _correct(known: KnownAnswer) -> Callable[[Answer], bool]:
    return lambda answer: judge(known, answer).verdict == "correct"


def _of(
    name: str,
    assistant: Assistant,
    question: str,
    history: Sequence[Turn],
    is_right: Callable[[Answer], bool],
) -> Considered:
    asked = assistant.steps.scope(assistant.steps.read(Asked(question, tuple(history))))
    found = []
    if isinstance(asked.scope, Scope) and asked.query is not None:
        answering = assistant.weighing(load_reader)
        own = answering.own(asked.query, asked.scope)
        if not answering.is_certain(own, asked.query, asked.scope):
            found = answering.considered(asked.query, asked.scope, own)
    features = [[c.features.get(n, 0.0) for n in FEATURES] for c in found]
    return Considered(
        name,
        np.array(features).reshape(len(found), len(FEATURES)),
        np.array([is_right(c.answer) for c in found], bool),
        is_right(Answer("not_found", "da")),
    )


def fitted(questions: Sequence[Considered]) -> NDArray[np.float64]:
    """Return the weights of the features, and last the bias."""
    from scipy.optimize import minimize

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, bias = point[:-1], point[-1]
        lost, slope = 0.0, np.zeros_like(point)
        for q in questions:
            logits = np.append(q.features @ weights + bias, 0.0)  # the last: none of them
            shares = np.exp(logits - logits.max())
            shares /= shares.sum()
            wanted = np.append(q.right, not q.right.any())
            held = shares * wanted
            lost -= np.log(held.sum())
            pull = shares - held / held.sum()
            slope[:-1] += q.features.T @ pull[:-1]
            slope[-1] += pull[:-1].sum()
        n = len(questions)
        slope /= n
        slope[:-1] += 2 * STRENGTH * weights
        return lost / n + STRENGTH * float(weights @ weights), slope

    bounds = [(None if n in FREE else 0.0, None) for n in FEATURES] + [(None, None)]
    start = np.zeros(len(FEATURES) + 1)
    return np.asarray(minimize(loss, start, jac=True, bounds=bounds).x)


def calibrated(found: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Return a rising line through a dozen points: a logit, and how many near it are right."""
    from sklearn.isotonic import IsotonicRegression

    logits, right = (np.array(part, float) for part in zip(*found, strict=True))
    line = IsotonicRegression(y_min=0.01, y_max=0.99, out_of_bounds="clip").fit(logits, right)
    at = np.quantile(logits, np.linspace(0.0, 1.0, _STEPS))
    return [
        (round(float(x), 3), round(float(y), 3)) for x, y in zip(at, line.predict(at), strict=True)
    ]


def main() -> None:
    """Gather, fit, tell what holds with each collection left out, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("home", type=Path)
    parser.add_argument("--out", type=Path, default=DECISION)
    options = parser.parse_args()
    questions = list(gathered(options.shared, Home(options.home)))
    names = sorted({q.collection for q in questions})
    for name in names:
        rest = fitted([q for q in questions if q.collection != name])
        _tell(name, [q for q in questions if q.collection == name], rest)
    point = fitted([q for q in questions for _ in range(TIMES.get(q.collection, 1))])
    steps = calibrated([f[:2] for f in _surest_first(questions, point)])
    decision = {
        "fitted_on": {n: sum(q.collection == n for q in questions) for n in names},
        "features": dict(zip(FEATURES, np.round(point[:-1], 3).tolist(), strict=True)),
        "bias": round(float(point[-1]), 3),
        "steps": steps,
        "answered": ANSWERED,
        "near": NEAR_SHARE,
    }
    options.out.write_text(json.dumps(decision, indent=1) + "\n", "utf8")
    print(options.out)


def _tell(name: str, questions: Sequence[Considered], point: NDArray[np.float64]) -> None:
    """Print how many of a collection that was not fitted on are right at some shares of wrong."""
    total, told = len(questions), []
    for share in (0.05, 0.1, 0.15):
        right = sum(q.refusal_is_right for q in questions)
        wrong, best = 0, right
        for _, is_right, refused_right in _surest_first(questions, point):
            right += is_right - refused_right
            wrong += not is_right
            if wrong <= share * total:
                best = max(best, right)
        told.append(f"{best / total:.2f} right with at most {share:.2f} wrong")
    print(f"{name} ({total}), fitted on the others: {'; '.join(told)}")


def _surest_first(
    questions: Sequence[Considered], point: NDArray[np.float64]
) -> list[tuple[float, bool, bool]]:
    """Return logit, whether the first candidate is right, and whether to refuse were right."""
    found = []
    for q in questions:
        if len(q.features):
            logits = q.features @ point[:-1] + point[-1]
            first = int(logits.argmax())
            found.append((float(logits[first]), bool(q.right[first]), q.refusal_is_right))
    return sorted(found, key=lambda f: -f[0])


if __name__ == "__main__":
    main()
