"""Arithmetic over cited figures: what a question wants computed, and the computation shown.

Årsværk and other levels are given per year and never summed over years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from rag.numerals import format_number, unit_name
from rag.types import Calculation, Figure, Operation
from rag.vocabulary import concepts

# Matched on folded text, the first that fits is taken.
_YEAR_ASKED = r"(hvilket ar|hvilke ar|hvornar|which year|what year|when)\b.*\b"
_PATTERNS: tuple[tuple[Operation, str], ...] = (
    (
        "first_cut",
        _YEAR_ASKED + r"(nettobesparelse|overskud|tjent hjem|tjener sig hjem|negativ\w*|"
        r"begynder .*spar\w*|net saving|start\w* (to )?sav\w*|break even)",
    ),
    (
        "percent",
        r"(procentvis\w*|hvor mange procent|i procent|percentage|how many per ?cent|what per ?cent)"
        r".*\b20\d\d\b.*\b20\d\d\b",
    ),
    ("average", r"\b(gennemsnit\w*|i snit|average|mean)\b"),
    (
        "difference",
        r"\b(forskel\w*|difference|hvor meget (mere|mindre|storre|stiger|falder|vokser|andr\w+)|"
        r"how much (more|less|larger|smaller)|(stiger|falder|vokser|andrer sig|increase|decrease|"
        r"rise|fall|change|grow)\w*\b.*\b(fra|from|between|mellem) 20\d\d)",
    ),
    (
        "largest",
        _YEAR_ASKED + r"(mest|storst\w*|hojest\w*|flest|most|largest|biggest|highest|greatest)",
    ),
    (
        "smallest",
        _YEAR_ASKED + r"(mindst\w*|lavest\w*|farrest|least|smallest|lowest|fewest)",
    ),
    (
        "sum",
        r"\b(i ?alt|tilsammen|sammenlagt|summen|lag\w* sammen|lagt sammen|over (hele )?perioden|"
        r"over (alle )?arene|(alle|de) fire ar|in total|altogether|over the (whole )?period|"
        r"add\w* up|over (all )?the (four )?years|combined|grand total)\b",
    ),
)
_OPERATIONS = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)
_MINUS, _TIMES = "−", "·"


def operation_asked(flat: str) -> Operation | None:
    """Return what a folded question wants computed, or None."""
    return next((name for name, pattern in _OPERATIONS if pattern.search(flat)), None)


def is_level(figure: Figure) -> bool:
    """Tell whether a figure is a level, such as årsværk, that no sum over years has meaning for."""
    concept = concepts().get(figure.concept or "")
    return figure.unit != "kr." or (concept is not None and concept.level)


def calculate(operation: Operation, operands: Sequence[tuple[Figure, int]]) -> Calculation | None:
    """Return the computation over the figures of one row, in order of years, shown.

    Operands come with their citation's number. The result is in whole units.
    None where it has no meaning: fewer than two values, unlike units or price
    levels, a sum of levels, a change from zero.
    """
    values = [(f, c) for f, c in operands if f.amount is not None]
    if len(values) < 2 or len({(f.unit, f.scale, f.price_level) for f, _ in values}) > 1:
        return None
    first = values[0][0]
    if operation in ("sum", "average") and is_level(first):
        return None
    numbers = [f.value for f, _ in values if f.value is not None]
    if operation == "sum":
        return _shown(_chain(numbers), sum(numbers, Decimal(0)), first, values)
    if operation == "average":
        result = _rounded(sum(numbers, Decimal(0)) / len(numbers))
        return _shown(f"({_chain(numbers)}) / {len(numbers)}", result, first, values)
    ends = [values[0], values[-1]]
    start, end = numbers[0], numbers[-1]
    change = f"{format_number(end)} {_MINUS} {_bracketed(start)}"
    if operation == "difference":
        return _shown(change, end - start, first, ends)
    if operation == "percent" and start:
        result = _rounded((end - start) / abs(start) * 100)
        text = (
            f"({change}) / {format_number(abs(start))} {_TIMES} 100 = {format_number(result)} pct."
        )
        return Calculation(text, result, "pct.", tuple(ends))
    return None


def pick(operation: Operation, figures: Sequence[Figure]) -> Figure | None:
    """Return the figure of the year asked for: the largest, the smallest, the first cut."""
    values = [f for f in figures if f.amount is not None and f.year is not None]
    if operation == "first_cut":
        cuts = sorted((f for f in values if f.effect == "cut"), key=lambda f: f.year or 0)
        return cuts[0] if cuts else None
    if not values:
        return None
    # In a row of savings the largest is the one furthest below zero.
    below = all((f.amount or 0) <= 0 for f in values)

    def size(figure: Figure) -> Decimal:
        amount = figure.amount or Decimal(0)
        return -amount if below else amount

    return max(values, key=size) if operation == "largest" else min(values, key=size)


def _chain(numbers: Sequence[Decimal]) -> str:
    """Write a sum as a person would: "500 + 400 − 150 − 700"."""
    text = format_number(numbers[0])
    for number in numbers[1:]:
        text += f" {_MINUS if number < 0 else '+'} {format_number(abs(number))}"
    return text


def _bracketed(number: Decimal) -> str:
    return f"({format_number(number)})" if number < 0 else format_number(number)


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _shown(
    text: str, result: Decimal, like: Figure, operands: Sequence[tuple[Figure, int]]
) -> Calculation:
    unit = unit_name(like.unit, like.scale)
    shown = (
        f"{text} = {format_number(result)} ({unit})"
        if unit
        else f"{text} = {format_number(result)}"
    )
    return Calculation(shown, result * like.scale, like.unit or "", tuple(operands))
