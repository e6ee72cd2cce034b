"""An answer of ours as TAT-QA's prediction: what it claims, first of all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from eval.tatqa.measure import Prediction
from eval.told import said
from rag.answer import Answer, Calculation, Citation, Statement
from rag.types import Figure

_SCALES = {10**3: "thousand", 10**6: "million", 10**9: "billion"}
_PERCENT = "pct."


def predicted(answer: Answer) -> Prediction:
    """Return what an answer claims; a refusal is an empty prediction.

    The result of its calculation; else the figures that its first statement leads with;
    else the words that answer, of the sentence it quotes first.
    """
    if not answer.statements:
        return Prediction()
    if answer.calculation is not None:
        return _result(answer.calculation)
    first = answer.statements[0]
    figures = [t.figure for t in said(first) if t.figure is not None]
    return _figures(figures) if figures else Prediction((_words(first, answer.citations),))


def _result(shown: Calculation) -> Prediction:
    if shown.unit == _PERCENT:
        return Prediction((_plain(shown.result),), "percent")
    factor = _factor([figure for figure, _ in shown.operands])
    return Prediction((_plain(shown.result / factor),), _SCALES.get(factor, ""))


def _figures(figures: Sequence[Figure]) -> Prediction:
    """Return figures as printed, in the scale they share; else in whole units."""
    if all(f.unit == _PERCENT for f in figures):
        return Prediction(tuple(f.text for f in figures), "percent")
    factor = _factor(figures)
    if all(f.scale == factor for f in figures):
        return Prediction(tuple(f.text for f in figures), _SCALES.get(factor, ""))
    return Prediction(tuple(f.text if f.amount is None else _plain(f.amount) for f in figures))


def _factor(figures: Sequence[Figure]) -> int:
    """Return the scale that figures share, 1 where they differ."""
    scales = {f.scale for f in figures}
    return scales.pop() if len(scales) == 1 else 1


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _words(statement: Statement, citations: Sequence[Citation]) -> str:
    """Return the words marked in the first quotation, or all that a statement without one says."""
    if not statement.citations:
        return statement.text
    cited = citations[statement.citations[0]]
    start = cited.mark.start - cited.place.start
    return cited.quote[max(start, 0) : cited.mark.end - cited.place.start] or cited.quote
