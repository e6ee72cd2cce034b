"""The JSON form of a run, as `raadsvar eval --json` prints it and as runs are kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from eval.calibration import confusion, refusals
from eval.expected import expected_json
from eval.outcome import Outcome, Run, Share, Summary
from rag.form import to_json


def run_json(run: Run) -> dict[str, Any]:
    """Return a run as JSON-ready data: its summaries and every outcome."""
    return {
        "started": run.started.isoformat() if run.started else None,
        "model": run.model,
        "levels": sorted(run.levels),
        "told": sorted(run.told),
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
    return {
        "id": known.id,
        "collection": outcome.collection,
        "question": known.question,
        "history": [{"question": t.question, "answer": t.answer} for t in known.history],
        "language": known.language,
        "type": known.type,
        "author": known.author,
        "expected": expected_json(known.expected),
        **vars(judgement),
        "missing": list(judgement.missing),
        "recall_at_5": ranking.recall_at_5 if ranking else None,
        "reciprocal_rank": ranking.reciprocal_rank if ranking else None,
        "seconds": outcome.seconds,
        "error": outcome.error,
        "answer": to_json(outcome.answer) if outcome.answer else None,
    }
