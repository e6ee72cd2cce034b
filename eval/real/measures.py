"""What a pile of outcomes comes to: counts, intervals, and risk against coverage."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from eval.real.judge import Verdict
from eval.real.run import RealOutcome

Z = 1.96  # of a 95 % interval


@dataclass(frozen=True)
class Tally:
    """How many outcomes a group has of each verdict. `answerable` leaves out the trapped ones.

    `wrong` counts wrong figures too; `answered` are answerable ones of which something was claimed.
    """

    questions: int
    right: int
    wrong: int
    wrong_figures: int
    near: int
    refused: int
    errors: int
    answerable: int
    answered: int

    def share(self, count: int) -> str:
        """Return a count as "36 % (30-42)": of the questions, with its 95 % interval."""
        low, high = interval(count, self.questions)
        value = count / self.questions if self.questions else 0
        return f"{value:.0%} ({low:.0%}-{high:.0%})".replace("%-", "-").replace("%", " %")


def tally(outcomes: Sequence[RealOutcome]) -> Tally:
    """Return the counts of a group of outcomes."""
    of: Counter[Verdict] = Counter(o.verdict for o in outcomes)
    answerable = [o for o in outcomes if o.question.trap is None]
    claimed = ("right", "wrong", "wrong_figure")
    return Tally(
        questions=len(outcomes),
        right=of["right"],
        wrong=of["wrong"] + of["wrong_figure"],
        wrong_figures=of["wrong_figure"],
        near=of["near"],
        refused=of["refused"],
        errors=of["error"],
        answerable=len(answerable),
        answered=sum(o.verdict in claimed for o in answerable),
    )


def by(
    outcomes: Iterable[RealOutcome], key: Callable[[RealOutcome], str]
) -> dict[str, list[RealOutcome]]:
    """Return outcomes grouped by a key, sorted by it."""
    groups: dict[str, list[RealOutcome]] = {}
    for outcome in outcomes:
        groups.setdefault(key(outcome), []).append(outcome)
    return dict(sorted(groups.items()))


def interval(count: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927), from 0 to 1; all of it of nothing."""
    if not of:
        return 0.0, 1.0
    share, square = count / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    width = Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - width), min(1.0, middle + width)


@dataclass(frozen=True)
class Curve:
    """Risk against coverage: `points` are (coverage, risk), from the surest answer on.

    Claims come first, the surest first, then everything that claims nothing. The risk up to a
    point is the share of mistakes: wrong claims, and answerable questions left unanswered. So
    both answering more by being wrong more and answering less raise the `area`, which is the
    mean risk over all coverages (El-Yaniv and Wiener 2010; Geifman and El-Yaniv 2017).
    """

    points: tuple[tuple[float, float], ...]
    area: float


def curve(outcomes: Sequence[RealOutcome]) -> Curve:
    """Return the curve of outcomes; those equally sure count as if in random order."""
    groups = groupby(sorted(outcomes, key=_sureness, reverse=True), key=_sureness)
    points, area, done, mistakes = [], 0.0, 0, 0.0
    for _, group in groups:
        members = list(group)
        rate = sum(_mistaken(o) for o in members) / len(members)
        for _ in members:
            done, mistakes = done + 1, mistakes + rate
            area += mistakes / done / len(outcomes)
        points.append((done / len(outcomes), mistakes / done))
    return Curve(tuple(points), area)


def _sureness(outcome: RealOutcome) -> float:
    """Return how sure an answer is of itself: what claims nothing comes last."""
    claims = outcome.answer is not None and outcome.answer.status == "answered"
    if not claims:
        return -1.0
    return 1.0 if outcome.confidence is None else outcome.confidence


def _mistaken(outcome: RealOutcome) -> bool:
    return outcome.verdict != "right"
