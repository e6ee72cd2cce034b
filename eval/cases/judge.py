"""Judges what a small case got back, strictly: nothing may be told that was not asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.cases.expectations import Expected, Figure
from eval.told import Told, bound_figures, said, worded_figures
from eval.words import holds
from rag.answer import Answer
from rag.form import to_json
from rag.gate.gate import Verdict as Checked
from rag.terminal import where
from rag.text.dates import MONTHS

Verdict = Literal["right", "wrong figure", "wrong", "refused"]


@dataclass(frozen=True)
class Got:
    """What a case got back: an answer, what ingest warned of, how many findings are kept."""

    answer: Answer
    warnings: tuple[str, ...] = ()
    findings: int = 0


def judge(expected: Sequence[Expected], got: Got) -> Verdict:
    """Return the verdict on an answer: right as one of `expected`, else by the first of them.

    wrong figure: it tells a figure that is not among those expected, or leads with one
        that was not asked for.
    refused: it tells nothing where an answer was expected.
    wrong: none of these.
    """
    verdicts = [_judge(e, got) for e in expected]
    return "right" if "right" in verdicts else verdicts[0]


def judge_check(expected: Expected, checked: Sequence[Checked]) -> Verdict:
    """Return the verdict on a checked text: right where its claim is found and held back."""
    claims = [c for c in checked if expected.claim is not None and holds(c.words, expected.claim)]
    if any(c.passed for c in claims):
        return "wrong figure"
    return "right" if claims else "wrong"


def _judge(expected: Expected, got: Got) -> Verdict:
    answer = got.answer
    empty = answer.status == "not_found" and not answer.statements
    if empty and "not_found" not in expected.status:
        return "refused"
    if _tells_wrong_figure(expected, answer):
        return "wrong figure"
    return "wrong" if any(_faults(expected, got)) else "right"


def _tells_wrong_figure(expected: Expected, answer: Answer) -> bool:
    wanted, told = expected.figures, [t for t, _ in _told(answer)]
    if not told and (wanted or expected.status == ("not_found",)):
        told = worded_figures(answer)
    agreed = [any(_agrees(f, t) for f in (*wanted, *expected.also)) for t in told]
    led = not wanted or not told or any(_agrees(f, told[0]) for f in wanted)
    return not all(agreed) or not led


def _faults(expected: Expected, got: Got) -> Iterator[bool]:
    answer = got.answer
    told, texts = list(_told(answer)), [s.text for s in answer.statements]
    yield answer.status not in expected.status
    for figure in expected.figures:
        yield not any(_is(figure, t) and _all(text, figure.named) for t, text in told)
    for group in expected.words:
        yield not _any(answer.text, group)
    for group in expected.together:
        yield not any(_all(text, group) for text in texts)
    yield _any(answer.text, expected.without)
    if expected.date is not None:
        yield not _any(answer.text, _written(expected.date))
    if expected.place is not None:
        yield not holds(_place(answer), expected.place)
    if expected.findings is not None:
        yield max(len(answer.findings), got.findings) > expected.findings
    if expected.warned:
        shown = [f.message.da for f in answer.findings]
        yield not any(_any(warning, expected.warned) for warning in (*got.warnings, *shown))


def _told(answer: Answer) -> Iterator[tuple[Told, str]]:
    """Yield each figure told, with the words that tell it; a calculation's result comes first."""
    if answer.calculation is not None:
        yield bound_figures(answer)[-1], answer.text
    for statement in answer.statements:
        for told in said(statement):
            yield told, statement.text


def _agrees(figure: Figure, told: Told) -> bool:
    """Tell whether a figure told does not contradict one, though it may lack unit or year."""
    expected = figure.expected
    bare = not told.unit and told.amount == figure.amount
    return (bare or told.has_value_of(expected)) and (told.years is None or told.is_of(figure.year))


def _is(figure: Figure, told: Told) -> bool:
    return told.has_value_of(figure.expected) and told.is_of(figure.year)


def _all(text: str, words: Iterable[str]) -> bool:
    return all(holds(text, w) for w in words)


def _any(text: str, words: Iterable[str]) -> bool:
    return any(holds(text, w) for w in words)


def _written(date: dt.date) -> Iterator[str]:
    """Yield the ways a date is written."""
    day, month = date.day, date.month
    yield date.isoformat()
    for year in (f"{date:%Y}", f"{date:%y}"):
        yield from (f"{day:02}.{month:02}.{year}", f"{day}.{month}.{year}", f"{day}/{month} {year}")
    for name in (name for name, number in MONTHS.items() if number == month):
        yield from (f"{day}. {name} {date.year}", f"{name} {day}, {date.year}")


def _place(answer: Answer) -> str:
    """Return where the source of the first statement stands, as users are shown it."""
    cited = answer.statements[0].citations if answer.statements else ()
    return where(to_json(answer)["citations"][cited[0]]) if cited else ""
