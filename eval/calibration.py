"""How far an answer's status can be trusted: what was expected against what was given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.outcome import Outcome

Confusion = dict[str, dict[str, int]]
"""Questions by the status expected, then by the status given; a failed one gave "error"."""


@dataclass(frozen=True)
class Reason:
    """A reason code: how often it was given, to a question that is to be refused, and fitting."""

    given: int
    rightly: int
    fitting: int


@dataclass(frozen=True)
class Refusals:
    """Of `due` questions that must not be answered and `refused` ones, `rightly` are both.

    `by_reason` has each reason code that was given.
    """

    due: int
    refused: int
    rightly: int
    by_reason: dict[str, Reason]


def confusion(outcomes: Iterable[Outcome]) -> Confusion:
    """Return the confusion table of the status."""
    table: Confusion = {}
    for outcome in outcomes:
        row = table.setdefault(outcome.known.expected.status, {})
        row[_given(outcome)] = row.get(_given(outcome), 0) + 1
    return table


def refusals(outcomes: Sequence[Outcome]) -> Refusals:
    """Return how often a refusal was right, and the reason it gave."""
    refused = [o for o in outcomes if _given(o) == "not_found"]
    codes = sorted({_reason(o) for o in refused})
    return Refusals(
        due=sum(map(_is_due, outcomes)),
        refused=len(refused),
        rightly=sum(map(_is_due, refused)),
        by_reason={c: _counted([o for o in refused if _reason(o) == c]) for c in codes},
    )


def _counted(given: Sequence[Outcome]) -> Reason:
    fitting = sum(o.judgement.reason_right is True for o in given)
    return Reason(len(given), sum(map(_is_due, given)), fitting)


def _is_due(outcome: Outcome) -> bool:
    return outcome.known.expected.status == "not_found"


def _given(outcome: Outcome) -> str:
    return outcome.answer.status if outcome.answer else "error"


def _reason(outcome: Outcome) -> str:
    why = outcome.answer.why_not if outcome.answer else None
    return why.code if why else "none"
