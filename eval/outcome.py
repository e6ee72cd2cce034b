"""What a run of known answers came to, question by question and in sum."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from eval.known import ExpectedFigure, KnownAnswer
from eval.metrics import Judgement
from eval.ranking import Ranking
from rag.form import to_json
from rag.types import Answer


@dataclass(frozen=True)
class Outcome:
    """One question's outcome; `seconds` is what the answer took.

    `answer` is None where the question failed with `error`. `ranking` is None
    where nothing was to be retrieved.
    """

    known: KnownAnswer
    answer: Answer | None
    judgement: Judgement
    ranking: Ranking | None
    seconds: float
    error: str | None = None


@dataclass(frozen=True)
class Share:
    """`count` of the `of` questions that a measure applies to."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """The share from 0 to 1, None of nothing."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True)
class Summary:
    """The measures of a group of questions; errors stay in every denominator.

    `correct` to `errors` count every question once. `recall_at_5` and `mrr` are
    means over the `ranked` questions. Seconds are those of one question.
    """

    questions: int
    correct: int
    not_answered: int
    wrong: int
    wrong_figures: int
    errors: int
    page_right: Share
    document_right: Share
    reason_right: Share
    ranked: int
    recall_at_5: float | None
    mrr: float | None
    median_seconds: float
    p95_seconds: float

    @property
    def correct_share(self) -> float:
        """The share of questions answered correctly, from 0 to 1."""
        return self.correct / self.questions if self.questions else 0.0


@dataclass(frozen=True)
class Run:
    """The outcomes of a run, in the order of its questions."""

    outcomes: tuple[Outcome, ...]

    def summaries(self) -> dict[str, dict[str, Summary]]:
        """Return the summaries of all questions, and by author, language and type."""
        groups: dict[str, Callable[[KnownAnswer], str]] = {
            "total": lambda known: "all",
            "author": lambda known: known.author,
            "language": lambda known: known.language,
            "type": lambda known: known.type,
        }
        return {name: self._by(key) for name, key in groups.items()}

    def _by(self, key: Callable[[KnownAnswer], str]) -> dict[str, Summary]:
        members: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            members.setdefault(key(outcome.known), []).append(outcome)
        return {name: summarise(found) for name, found in sorted(members.items())}


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """Return the measures of one or more outcomes."""
    judgements = [o.judgement for o in outcomes]
    verdicts = [j.verdict for j in judgements]
    rankings = [o.ranking for o in outcomes if o.ranking is not None]
    seconds = sorted(o.seconds for o in outcomes)
    return Summary(
        questions=len(outcomes),
        correct=verdicts.count("correct"),
        not_answered=verdicts.count("not_answered"),
        wrong=verdicts.count("wrong"),
        wrong_figures=verdicts.count("wrong_figure"),
        errors=verdicts.count("error"),
        page_right=_share(j.page_right for j in judgements),
        document_right=_share(j.document_right for j in judgements),
        reason_right=_share(j.reason_right for j in judgements),
        ranked=len(rankings),
        recall_at_5=_mean([r.recall_at_5 for r in rankings]),
        mrr=_mean([r.reciprocal_rank for r in rankings]),
        median_seconds=statistics.median(seconds),
        p95_seconds=seconds[math.ceil(0.95 * len(seconds)) - 1],
    )


def run_json(run: Run) -> dict[str, Any]:
    """Return a run as JSON-ready data: its summaries and every outcome."""
    return {
        "summaries": {
            name: {key: _summary_json(s) for key, s in group.items()}
            for name, group in run.summaries().items()
        },
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
        "question": known.question,
        "history": [{"question": t.question, "answer": t.answer} for t in known.history],
        "language": known.language,
        "type": known.type,
        "author": known.author,
        "expected": {
            **vars(expected),
            "figures": [_figure_json(f) for f in expected.figures],
        },
        **vars(judgement),
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


def _share(judged: Iterable[bool | None]) -> Share:
    applies = [j for j in judged if j is not None]
    return Share(sum(applies), len(applies))


def _mean(values: Sequence[float]) -> float | None:
    return statistics.fmean(values) if values else None
