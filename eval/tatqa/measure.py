"""TAT-QA's official measure: exact match and F1 of an answer with its scale.

As published (NExTplusplus/TAT-QA, `tatqa_metric.py` and `tatqa_utils.py`, after DROP's),
in our own words: numbers are compared by their value in whole units, to two decimals of
what is printed; the spans of an answer are sorted and make one text, so that their order
does not matter; F1 is over the words of both texts, and nothing but the exact match for
what is computed or counted.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from typing import Any, NamedTuple

from eval.tatqa.numbers import SCALES, is_number, to_number

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


class Prediction(NamedTuple):
    """An answer as TAT-QA has it: none, one or several spans, and a scale word or ""."""

    spans: tuple[str, ...] = ()
    scale: str = ""


class Score(NamedTuple):
    """Exact match (0 or 1) and F1 (0 to 1) of one answer."""

    exact: float
    f1: float


def score(gold: dict[str, Any], prediction: Prediction) -> Score:
    """Return the score of a prediction; `gold` is a question with its answer as in the data set."""
    if not prediction.spans or not (wanted := gold_spans(gold)):
        return Score(0, 0)
    right = _text(wanted, gold["scale"])
    best = max(_compared(text, right) for text in _texts(prediction))
    return Score(best.exact, best.exact) if gold["answer_type"] in ("arithmetic", "count") else best


def gold_spans(gold: dict[str, Any]) -> tuple[str, ...]:
    """Return the spans of the right answer; a number is one."""
    answer, kind = gold["answer"], gold["answer_type"]
    if kind in ("span", "multi-span"):
        return tuple(answer)
    return (str(int(answer)) if kind == "count" else str(answer),)


def _texts(prediction: Prediction) -> list[str]:
    """Return a prediction as text; a bare number without scale also to four decimals.

    So 0.2342 is 23.42 percent.
    """
    texts, first = [_text(prediction.spans, prediction.scale)], prediction.spans[0]
    bare = len(prediction.spans) == 1 and not prediction.scale and "%" not in first
    number = to_number(first) if bare and is_number(first) else None
    return texts if number is None else [*texts, f"{number:.4f}"]


def _text(spans: Sequence[str], scale: str) -> str:
    return " ".join(_scaled(span, scale) for span in sorted(spans))


def _scaled(span: str, scale: str) -> str:
    number = to_number(span) if is_number(span) else None
    if number is None:
        return f"{span} {scale}" if scale else span
    if "%" in span:
        return f"{number:.4f}"
    return f"{round(number, 2) * SCALES.get(scale, 1):.4f}"


def _compared(told: str, right: str) -> Score:
    one, other = _normal(told), _normal(right)
    return Score(float(one == other), round(_f1(set(one.split()), set(other.split())), 2))


def _f1(told: set[str], right: set[str]) -> float:
    shared = len(told & right)
    precision = shared / len(told) if told else 1.0
    recall = shared / len(right) if right else 1.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _normal(text: str) -> str:
    """Return a text without case, articles and punctuation, its numbers in one form."""
    return " ".join(" ".join(_word(w) for w in text.lower().split(" ")).split())


def _word(word: str) -> str:
    bare = word if is_number(word) else word.translate(_PUNCTUATION)
    return str(to_number(bare)) if is_number(bare) else _ARTICLES.sub(" ", bare)
