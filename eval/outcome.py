"""What a run of known answers came to, question by question and in sum."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.known import KnownAnswer
from eval.metrics import Judgement
from eval.ranking import Ranking
from rag.answer import Answer
from rag.store.told import Told
from rag.types import Access


@dataclass(frozen=True)
class Outcome:
    """One question's outcome; `seconds` is what the answer took.

    `answer` is None where the question failed with `error`. `ranking` is None
    where nothing was to be retrieved. `collection` names the documents asked over.
    """

    known: KnownAnswer
    answer: Answer | None
    judgement: Judgement
    ranking: Ranking | None
    seconds: float
    error: str | None = None
    collection: str = "shipped"


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
    """The outcomes of a run, in the order of its questions.

    `model` names the language model that wrote the answers, None without one.
    `levels` are those of the data folder's documents that may be in the answers, `told`
    those that its questions and answers tell of.
    """

    outcomes: tuple[Outcome, ...]
    started: dt.datetime | None = None
    model: str | None = None
    levels: frozenset[Access] = frozenset()
    told: frozenset[Told] = frozenset()

    def summaries(self) -> dict[str, dict[str, Summary]]:
        """Return the summaries of all questions, and by collection, author, language and type.

        "part" holds those of one type in one collection ("shipped/refuse").
        """
        groups: dict[str, Callable[[Outcome], str]] = {
            "total": lambda outcome: "all",
            "collection": lambda outcome: outcome.collection,
            "author": lambda outcome: outcome.known.author,
            "language": lambda outcome: outcome.known.language,
            "type": lambda outcome: outcome.known.type,
            "part": lambda outcome: f"{outcome.collection}/{outcome.known.type}",
        }
        return {name: self._by(key) for name, key in groups.items()}

    def _by(self, key: Callable[[Outcome], str]) -> dict[str, Summary]:
        members: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            members.setdefault(key(outcome), []).append(outcome)
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


def _share(judged: Iterable[bool | None]) -> Share:
    applies = [j for j in judged if j is not None]
    return Share(sum(applies), len(applies))


def _mean(values: Sequence[float]) -> float | None:
    return statistics.fmean(values) if values else None
