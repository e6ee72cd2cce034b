"""The JSON form of the gate's verdicts, as `raadsvar check --json` promises it."""

from __future__ import annotations

from typing import Any

from rag.answer import Answer
from rag.form import to_json
from rag.gate.gate import Verdict
from rag.types import Language


def verdict_json(verdict: Verdict, language: Language) -> dict[str, Any]:
    """Return a verdict as JSON-ready data.

    Its place has the form of an answer's citation, with the year or period of
    the figure there. `part` is what a place that holds the claim in part does not hold.
    """
    place = None
    if verdict.place:
        cited = Answer("answered", language, citations=(verdict.place,))
        figure = verdict.figure
        place = {
            **to_json(cited)["citations"][0],
            "year": figure.year if figure else None,
            "period": figure.period if figure else None,
        }
    return {
        "text": verdict.words,
        "verdict": verdict.outcome,
        "part": verdict.part,
        "place": place,
        "elsewhere": verdict.elsewhere.in_(language) if verdict.elsewhere else None,
    }
