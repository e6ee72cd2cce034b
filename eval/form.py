"""The JSON form of a run, as `raadsvar eval --json` prints it and as runs are kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from eval.calibration import confusion, refusals
from eval.known import ExpectedFigure
from eval.outcome import Outcome, Run, Share, Summary
from rag.form import to_json


def run_json(run: Run) -> dict[str, Any]:
    """Return a run as JSON-ready data: its summaries and every outcome."""
    return {
        "started": run.started.isoformat() if run.started else None,
        "model": run.model,
        "summaries": {
            name: {key: _summary_json(s) for key, s in group.items()}
            for name, group in run.summaries().items()
        },
        "confusion": confusion(run.outcomes),
        "refusals": asdict(refusals(run.outcomes)),
        "outcomes": [_outcome_json(o) for o in run.outcomes],
    }


def _summary_json(summary: Summary) -> dict[str, Any]:
    shares = {
        name: {"count": share.count, "of": share.of}
        for name, share in vars(summary).items()
        if isinstance(share, Share)
    }
    return {**vars(summary), **shares}


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    known, judgement, ranking = outcome.known, outcome.judgement, outcome.ranking
    expected = known.expected
    return {
        "id": known.id,
        "collection": outcome.collection,
        "question": known.question,
        "history": [{"question": t.question, "answer": t.answer} for t in known.history],
        "language": known.language,
        "type": known.type,
        "author": known.author,
        "expected": {
            **vars(expected),
            "figures": [_figure_json(f) for f in expected.figures],
            "words": [list(group) for group in expected.words],
            "pages": list(expected.pages),
            "reasons": list(expected.reasons),
        },
        **vars(judgement),
        "missing": list(judgement.missing),
        "recall_at_5": ranking.recall_at_5 if ranking else None,
        "reciprocal_rank": ranking.reciprocal_rank if ranking else None,
        "seconds": outcome.seconds,
        "error": outcome.error,
        "answer": to_json(outcome.answer) if outcome.answer else None,
    }


def _figure_json(figure: ExpectedFigure) -> dict[str, Any]:
    numbers = {n: getattr(figure, n) for n in ("amount", "low", "high")}
    told = {n: float(v) for n, v in numbers.items() if v is not None}
    return {**told, "unit": figure.unit, "year": figure.year}
