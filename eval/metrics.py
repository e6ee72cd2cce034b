"""Judges one answer against what was expected of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.known import ExpectedFigure, KnownAnswer
from eval.told import Told, bound_figures, said, same_measure, worded_figures
from eval.words import holds
from rag.answer import Answer

Verdict = Literal["correct", "not_answered", "wrong", "wrong_figure", "error"]
Part = Literal["status", "figures", "words", "finding"]


@dataclass(frozen=True)
class Judgement:
    """What is thought of an answer; `missing` are the parts it is not right in.

    `reason_right`, `document_right` and `page_right` are None where the known
    answer expects none.
    """

    verdict: Verdict
    missing: tuple[Part, ...] = ()
    reason_right: bool | None = None
    document_right: bool | None = None
    page_right: bool | None = None


def judge(known: KnownAnswer, answer: Answer | None) -> Judgement:
    """Return the judgement of an answer; None is a question that failed.

    The verdicts exclude each other:

    correct: the status is the one expected, every expected figure is bound
        (amount, unit and year), of each group of words one is there, and a
        finding is shown where one must be.
    not_answered: `not_found` where an answer was expected.
    wrong_figure: see `tells_wrong_figure`.
    wrong: answered, and none of these.
    error: the question failed.

    Whether the citations lead to the expected document and page is judged apart,
    and counts as not right where there is no answer.
    """
    if answer is None:
        verdict: Verdict = "error"
        missing: tuple[Part, ...] = ()
    else:
        missing = tuple(_missing(known, answer))
        verdict = _verdict(known, answer, missing)
    return Judgement(
        verdict, missing, _reason(known, answer), _document(known, answer), _page(known, answer)
    )


def tells_wrong_figure(known: KnownAnswer, answer: Answer) -> bool:
    """Tell whether an answer states a figure that contradicts the expectation.

    It does where
    - nothing should have been answered, and it tells any figure, bound or worded;
    - figures are expected, and what it leads with holds none of them: what the
      first statement that is bound to figures says outside its quotation, or all
      of an ambiguous answer, or all its words where it is bound to none. A figure
      that tells no year contradicts by its amount alone;
    - it holds an expected figure, and elsewhere another amount for the same
      measure, document and year, which no finding in the answer accounts for;
    - only words are expected, they are missing, and it is bound to figures.
    Not wrong are other figures of the same row or sentence, other rows after the
    right one, and prose that confirms it: they are true, and labelled as what
    they are.
    """
    figures = bound_figures(answer)
    if known.expected.status == "not_found":
        return bool(figures or worded_figures(answer))
    if not known.expected.figures:
        return bool(figures) and not _has_words(known, answer)
    lead = _lead(answer)
    agreeing = any(_agrees(known, e, t) for e in known.expected.figures for t in lead)
    return bool(lead) and (not agreeing or _contradicts_itself(known, answer, figures))


def right(known: KnownAnswer, expected: ExpectedFigure, told: Told) -> bool:
    """Tell whether a told figure is an expected one: amount, unit family and year."""
    return _same_value(known, expected, told) and told.is_of(expected.year)


def _verdict(known: KnownAnswer, answer: Answer, missing: tuple[Part, ...]) -> Verdict:
    refused = answer.status == "not_found"
    if known.expected.status != "not_found" and refused and not answer.statements:
        return "not_answered"
    if tells_wrong_figure(known, answer):
        return "wrong_figure"
    return "wrong" if missing else "correct"


def _missing(known: KnownAnswer, answer: Answer) -> Iterable[Part]:
    expected = known.expected
    if answer.status != expected.status:
        yield "status"
    figures = bound_figures(answer)
    if not all(any(right(known, e, t) for t in figures) for e in expected.figures):
        yield "figures"
    if not _has_words(known, answer):
        yield "words"
    if expected.finding and not answer.findings:
        yield "finding"


def _lead(answer: Answer) -> list[Told]:
    """Return the figures that an answer puts first."""
    figures = bound_figures(answer)
    if not figures:
        return worded_figures(answer)
    if answer.calculation is not None or answer.status != "answered":
        return figures
    return next(told for s in answer.statements if (told := said(s)))


def _agrees(known: KnownAnswer, expected: ExpectedFigure, told: Told) -> bool:
    return _same_value(known, expected, told) and (told.years is None or told.is_of(expected.year))


def _same_value(known: KnownAnswer, expected: ExpectedFigure, told: Told) -> bool:
    # Prose tells a size ("2,2 mio. kr. spares") of what a table prints with a minus.
    return told.has_value_of(expected, signed=known.type != "prose_figure")


def _contradicts_itself(known: KnownAnswer, answer: Answer, figures: list[Told]) -> bool:
    expected = known.expected.figures
    disclosed = {id for finding in answer.findings for id in finding.figures}
    wanted = [t for t in figures if any(right(known, e, t) for e in expected)]
    others = [t for t in figures if not any(_same_value(known, e, t) for e in expected)]
    return any(
        one.figure is not None
        and other.figure is not None
        and other.figure.id not in disclosed
        and other.figure.context != one.figure.context
        and same_measure(one.figure, other.figure)
        and bool((one.years or frozenset()) & (other.years or frozenset()))
        for one in wanted
        for other in others
    )


def _has_words(known: KnownAnswer, answer: Answer) -> bool:
    said = "\n".join([answer.text, *(c.quote for c in answer.citations)])
    return all(any(holds(said, w) for w in group) for group in known.expected.words)


def _reason(known: KnownAnswer, answer: Answer | None) -> bool | None:
    if not known.expected.reasons:
        return None
    why = answer.why_not if answer else None
    return why is not None and why.code in known.expected.reasons


def _document(known: KnownAnswer, answer: Answer | None) -> bool | None:
    if known.expected.document is None or known.expected.status == "not_found":
        return None
    return known.expected.document in {file for file, _ in _cited(answer)}


def _page(known: KnownAnswer, answer: Answer | None) -> bool | None:
    expected = known.expected
    if expected.document is None or not expected.pages or expected.status == "not_found":
        return None
    places = {(expected.document, page) for page in expected.pages}
    return bool(places & set(_cited(answer)))


def _cited(answer: Answer | None) -> list[tuple[str | None, int]]:
    cited = answer.citations if answer else ()
    return [(Path(c.document.file).name, c.place.page) for c in cited]
