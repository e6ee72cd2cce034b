"""Judges an answer to a real question by what a user meets: claimed, shown, or refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from eval.known import ExpectedFigure
from eval.real.evidence import words_of
from eval.real.known import COMPUTED, RealQuestion
from eval.real.source import text_of
from eval.real.told import Number, measure_of, numbers_in, tells_date
from eval.told import Told, bound, said
from eval.words import holds
from rag.answer import Answer, Citation, Statement

Verdict = Literal["right", "wrong", "wrong_figure", "near", "refused", "error"]
_QUOTED = re.compile(r"»[^«]*«")
_SHORTEST = 20  # letters that two texts must share to be of one place


class Judge:
    """Judges answers to questions whose documents stand in a folder."""

    def __init__(self, shared: Path) -> None:
        self._shared = shared

    def verdict(self, question: RealQuestion, answer: Answer | None) -> Verdict:
        """Return what an answer is; None is a question that failed.

        right: claimed, from a place that bears it, and all that is expected is told; or
            refused where the documents cannot answer.
        wrong_figure: a claim that leads with another figure than the one expected, or that
            tells a figure where none, or only words, could be right.
        wrong: any other claim that does not tell what is expected.
        near: nothing claimed, and the first place shown holds the answer, or what it is worked
            out of. An answer that lets the user choose among documents claims nothing either.
        refused: all other answers that claim nothing.
        """
        if answer is None:
            return "error"
        if question.trap is not None:
            return _claims_nothing_true(answer)
        if answer.status == "answered":
            return self._claimed(question, answer)
        first = answer.statements if answer.status == "ambiguous" else answer.near
        return "near" if first and self._shows(question, answer, first[0]) else "refused"

    def _claimed(self, question: RealQuestion, answer: Answer) -> Verdict:
        told = _Words.of(answer, answer.statements)
        if question.figures:
            lead = _lead(answer)
            if lead and not any(_agrees(question, e, lead) for e in question.figures):
                return "wrong_figure"
        if self._bears(question, answer.citations) and _tells(question, told):
            return "right"
        return "wrong_figure" if told.bound and not question.dates else "wrong"

    def _shows(self, question: RealQuestion, answer: Answer, first: Statement) -> bool:
        cited = [answer.citations[i] for i in first.citations]
        if not self._bears(question, cited):
            return False
        if question.kind not in COMPUTED and _tells(question, _Words.of(answer, [first])):
            return True
        quotes = [_flat(c.quote) for c in cited]
        held = [_flat(words_of(self._shared, e)) for e in question.evidence]
        return any(_overlap(q, h) for q in quotes for h in held)

    def _bears(self, question: RealQuestion, cited: Sequence[Citation]) -> bool:
        """Tell whether a place cited is of a document with the evidence, or says the same words.

        A matter goes through several meetings with one text: any of them will do.
        """
        places = {(c.document.file, c.place.page if _parted(c.document.file) else 1) for c in cited}
        expected = {place_of(self._shared, e.document) for e in question.evidence}
        if places & expected:
            return True
        texts = [_flat(text_of(self._shared, e.document)) for e in question.evidence]
        return any(len(q := _flat(c.quote)) >= _SHORTEST and q in t for c in cited for t in texts)


@lru_cache(maxsize=4096)
def place_of(shared: Path, document: str) -> tuple[str, int]:
    """Return the file name and the page at which the product has a document.

    A meeting's head is its page 1, and its items follow in their order.
    """
    file, _, part = document.partition("#")
    path = shared / file
    if path.suffix == ".json":
        items = json.loads(path.read_text("utf8"))["Dagsordenpunkter"]
        return path.name, 2 + next(n for n, item in enumerate(items) if item["Id"] == part)
    return path.name, int(part or 1)


@dataclass(frozen=True)
class _Words:
    """What statements tell: their words with what they quote, and the figures they are bound to."""

    text: str
    numbers: tuple[Number, ...]
    bound: tuple[Told, ...]

    @classmethod
    def of(cls, answer: Answer, statements: Sequence[Statement]) -> _Words:
        cited = dict.fromkeys(i for s in statements for i in s.citations)
        text = "\n".join(
            [*(s.text for s in statements), *(answer.citations[i].quote for i in cited)]
        )
        figures = [t for s in statements for t in bound(s)]
        if (shown := answer.calculation) is not None:
            figures.append(Told(shown.result, None, None, shown.unit))
        return cls(text, tuple(numbers_in(text)), tuple(figures))


def _claims_nothing_true(answer: Answer) -> Verdict:
    if answer.status == "not_found":
        return "right"
    told = _Words.of(answer, answer.statements)
    if answer.status == "ambiguous" and not told.bound:
        return "right"
    return "wrong_figure" if told.bound else "wrong"


def _tells(question: RealQuestion, told: _Words) -> bool:
    return (
        all(_figure_told(question, e, told) for e in question.figures)
        and all(tells_date(told.text, date) for date in question.dates)
        and all(any(holds(told.text, word) for word in group) for group in question.words)
    )


def _lead(answer: Answer) -> list[Told]:
    """Return the figures that the first statement which tells any says in its own words."""
    if answer.calculation is not None:
        return [Told(answer.calculation.result, None, None, answer.calculation.unit)]
    for statement in answer.statements:
        own = _QUOTED.sub(" ", statement.text)
        figures = [t for t in said(statement) if t.figure and holds(own, t.figure.text)]
        if figures:
            return figures
    return []


def _agrees(question: RealQuestion, expected: ExpectedFigure, told: Iterable[Told]) -> bool:
    return any(_is(question, expected, t) for t in told)


def _figure_told(question: RealQuestion, expected: ExpectedFigure, told: _Words) -> bool:
    if any(_is(question, expected, t) for t in told.bound):
        return True
    if expected.amount is None:
        ends = (expected.low or Decimal(0), expected.high or Decimal(0))
        return all(any(_has(question, expected, end, n) for n in told.numbers) for end in ends)
    return any(_has(question, expected, expected.amount, n) for n in told.numbers)


def _is(question: RealQuestion, expected: ExpectedFigure, told: Told) -> bool:
    """Tell whether a bound figure is the one expected: measure, size, and year where it has one."""
    if measure_of(told.unit) != measure_of(expected.unit):
        return False
    if expected.year is not None and told.years is not None and expected.year not in told.years:
        return False
    if expected.amount is None:
        return (told.low, told.high) == (expected.low, expected.high)
    if told.amount is None or (told.signed and expected.amount < 0 < told.amount):
        return False
    return _same(question, expected, abs(told.amount), expected.amount)


def _has(question: RealQuestion, expected: ExpectedFigure, amount: Decimal, number: Number) -> bool:
    """Tell whether a number in words is an amount; a table's cell tells no unit and no scale."""
    measure = measure_of(expected.unit)
    if number.measure == measure:
        scales = [1]
    elif number.measure is None:
        scales = [1, 1_000, 1_000_000] if measure == "money" else [1]
    else:
        return False
    return any(_same(question, expected, v * s, amount) for v in number.values for s in scales)


def _same(question: RealQuestion, expected: ExpectedFigure, size: Decimal, amount: Decimal) -> bool:
    """Tell whether a size is that of an amount; what is worked out may be rounded."""
    if size == abs(amount):
        return True
    measure = measure_of(expected.unit)
    if question.kind not in ("difference", "percent", "sum") or measure == "count":
        return False
    share = measure in ("percent", "points", "promille")
    within = Decimal("0.06") if share else abs(amount) / 200
    return abs(size - abs(amount)) <= within


def _parted(file: str) -> bool:
    return file.endswith((".json", ".pdf"))


def _flat(text: str) -> str:
    return " ".join(re.sub(r"[|\t]", " ", text.casefold()).split())


def _overlap(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= min(_SHORTEST, len(other)) and short in long
