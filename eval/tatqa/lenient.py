"""The lenient count: whether the right answer is anywhere in what was said."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Literal

from eval.tatqa.measure import Prediction, gold_spans
from eval.tatqa.numbers import is_number, to_number
from eval.words import holds
from rag.answer import Answer

Count = Literal["right", "wrong", "refused"]


def count(gold: dict[str, Any], answer: Answer, prediction: Prediction) -> Count:
    """Return what an answer counts as, whatever its scale, sign, rounding and further words.

    A computed or counted number must be claimed, what is printed may stand in a quotation.
    """
    if not answer.statements:
        return "refused"
    printed = gold["answer_type"] in ("span", "multi-span")
    said = "\n".join([answer.text, *(c.quote for c in answer.citations)]) if printed else ""
    right = all(
        _claimed(span, prediction.spans) or holds(said, span.strip(" $€£%.") or span)
        for span in gold_spans(gold)
        if span.strip()
    )
    return "right" if right else "wrong"


def _claimed(span: str, claims: Iterable[str]) -> bool:
    return is_number(span) and any(is_number(c) and _same(span, c) for c in claims)


def _same(one: str, other: str) -> bool:
    """Tell whether two numbers are the same but for sign and scale, to the rougher's decimals."""
    decimals = min(len(text.partition(".")[2].rstrip("%) ")) for text in (one, other))
    first, second = (abs(to_number(text.strip("%() ")) or 0) for text in (one, other))
    scaled = any(math.isclose(first * factor, second) for factor in (1e-6, 1e-3, 1e3, 1e6))
    return scaled or round(first, decimals) == round(second, decimals)
