"""The figures an answer tells, and whether they are those expected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from eval.known import ExpectedFigure
from eval.words import holds
from rag.answer import Answer, Statement
from rag.text.dates import period_years
from rag.text.numerals import Numeral, find_numerals
from rag.text.units import STAFF
from rag.types import Figure

_QUOTED = re.compile("»[^«]*«")


@dataclass(frozen=True)
class Told:
    """A figure that an answer tells, in whole units.

    `years` are those it is told for, None where its words tell none. `figure`
    is the figure it is bound to; None for the result of a calculation, and for
    an amount that only stands in a statement's words. `signed` tells that it
    comes from a table, which prints a cut with a minus; prose tells its size.
    """

    amount: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    years: frozenset[int] | None = None
    figure: Figure | None = None
    signed: bool = False

    def has_value_of(self, expected: ExpectedFigure, signed: bool = True) -> bool:
        """Tell whether amount (or range) and unit are those expected, whatever the year.

        Signs count only between a table's figure and an expectation that is `signed`.
        """
        if _family(self.unit) != _family(expected.unit):
            return False
        if expected.amount is None:
            return (self.low, self.high) == (expected.low, expected.high)
        if self.amount is None:
            return False
        if self.signed and signed:
            return self.amount == expected.amount
        return abs(self.amount) == abs(expected.amount)

    def is_of(self, year: int | None) -> bool:
        """Tell whether it is told for `year`; None is any."""
        return year is None or (self.years is not None and year in self.years)


def bound(statement: Statement) -> list[Told]:
    """Return the figures a statement is bound to, without blank cells and dashes."""
    return [told(f) for f, _ in statement.figures if f.state == "value"]


def said(statement: Statement) -> list[Told]:
    """Return the bound figures that a statement says in its own words, or all if it says none.

    Others only stand in the words it quotes between » and «.
    """
    own = _QUOTED.sub(" ", statement.text)
    figures = bound(statement)
    return [t for t in figures if t.figure and holds(own, t.figure.text)] or figures


def bound_figures(answer: Answer) -> list[Told]:
    """Return the figures an answer is bound to, with the result of its calculation."""
    figures = [t for s in answer.statements for t in bound(s)]
    shown = answer.calculation
    if shown is not None:
        years = frozenset(y for f, _ in shown.operands for y in _years(f) or ())
        figures.append(Told(shown.result, None, None, shown.unit, years))
    return figures


def worded_figures(answer: Answer) -> list[Told]:
    """Return the amounts that stand in the words of an answer's statements."""
    return [_of_numeral(n) for s in answer.statements for n in find_numerals(s.text)]


def same_measure(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are of one row or concept of one document, in one unit."""
    if one.document != other.document or _family(one.unit or "") != _family(other.unit or ""):
        return False
    if one.measure.casefold() == other.measure.casefold():
        return one.group == other.group
    return one.concept is not None and one.concept == other.concept


def told(figure: Figure) -> Told:
    """Return a figure as it is told."""
    scale = figure.scale
    return Told(
        amount=figure.amount,
        low=None if figure.low is None else figure.low * scale,
        high=None if figure.high is None else figure.high * scale,
        unit=figure.unit or "",
        years=_years(figure),
        figure=figure,
        signed=figure.table is not None,
    )


def _of_numeral(numeral: Numeral) -> Told:
    def whole(value: Decimal | None) -> Decimal | None:
        return None if value is None else value * numeral.scale

    return Told(whole(numeral.value), whole(numeral.low), whole(numeral.high), numeral.unit)


def _years(figure: Figure) -> frozenset[int] | None:
    if figure.year is not None:
        return frozenset({figure.year})
    # A table's column for a period ("I alt") sums its years; it is none of them.
    if figure.period is None or figure.table is not None:
        return None
    return frozenset(period_years(figure.period))


def _family(unit: str) -> str:
    """Return what units are compared by: årsværk and stillinger are one, nouns go by the last word.

    "mindre kommuner" and "kommuner" count the same thing.
    """
    words = unit.casefold().split()
    last = words[-1] if words else ""
    return "staff" if last in STAFF else last
