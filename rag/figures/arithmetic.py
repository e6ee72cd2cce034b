"""Arithmetic over cited figures, shown.

Årsværk and other levels are given per year and never summed over years; unlike
units are never computed with one another, unlike price levels only across rows,
and said. What is computed goes by a figure's effect where the print's sign does
not tell it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from rag.answer import Calculation
from rag.query import Condition, Operation
from rag.text.numbers import format_number
from rag.text.rounding import decimals
from rag.text.units import STAFF, unit_name
from rag.types import Figure
from rag.vocabulary import concepts

Operands = Sequence[tuple[Figure, int]]
"""Figures, each with the index of its citation."""

_MINUS, _TIMES = "−", "·"


def is_level(figure: Figure) -> bool:
    """Tell whether a figure is a level, such as årsværk, that no sum over years has meaning for."""
    concept = concepts().get(figure.concept or "")
    return figure.unit != "kr." or (concept is not None and concept.level)


def directed(figure: Figure) -> Decimal | None:
    """Return a figure's printed value with the sign of its effect, where that is known."""
    if figure.value is None or figure.effect == "unknown":
        return figure.value
    return -abs(figure.value) if figure.effect == "cut" else abs(figure.value)


def is_opposite(figure: Figure, wanted: str) -> bool:
    """Tell whether a figure raises where cuts are `wanted`, or cuts where raises are."""
    return {figure.effect, wanted} == {"cut", "raise"}


def price_levels(figures: Sequence[Figure]) -> list[str]:
    """Return the price levels of figures, each once."""
    return list(dict.fromkeys(f.price_level for f in figures if f.price_level))


def comparable(figures: Sequence[Figure]) -> bool:
    """Tell whether figures may be computed with one another: one unit, effects known or none."""
    units = {"staff" if f.unit in STAFF else f.unit for f in figures}
    known = {f.effect != "unknown" for f in figures if f.value}
    return len(units) == 1 and len(known) <= 1


def calculate(operation: Operation, operands: Operands) -> Calculation | None:
    """Return the computation over the figures of one row, in order of years, shown.

    The result is in whole units. None where it has no meaning: fewer than two
    values, unlike units or price levels, a sum of levels, a change from zero.
    """
    values = [(f, c) for f, c in operands if f.value is not None]
    figures = [f for f, _ in values]
    if len(values) < 2 or len({(f.unit, f.scale, f.price_level) for f in figures}) > 1:
        return None
    first = figures[0]
    if operation in ("sum", "average") and is_level(first):
        return None
    numbers = [f.value for f in figures if f.value is not None]
    if operation == "sum":
        return _shown(_chain(numbers), sum(numbers, Decimal(0)), first, values)
    if operation == "average":
        result = _rounded(sum(numbers, Decimal(0)) / len(numbers), 1 + max(map(decimals, numbers)))
        return _shown(f"({_chain(numbers)}) / {len(numbers)}", result, first, values)
    if operation in ("difference", "percent"):
        return _change(operation, [values[0], values[-1]], _sizes(figures))
    return None


def across(operation: Operation, operands: Operands) -> Calculation | None:
    """Return the sum or difference of figures of several rows or documents, shown.

    Amounts are brought to the smallest of their scales. None where they may not
    be computed with one another; whoever tells a result over several price levels says so.
    """
    values = [(f, c) for f, c in operands if f.value is not None]
    figures = [f for f, _ in values]
    if len(values) < 2 or not comparable(figures):
        return None
    like = min(figures, key=lambda f: f.scale)
    if operation == "sum":
        numbers = [(directed(f) or Decimal(0)) * f.scale / like.scale for f in figures]
        return _shown(_chain(numbers), sum(numbers, Decimal(0)), like, values)
    if operation != "difference" or len(values) != 2:
        return None
    one, other = (n * f.scale / like.scale for n, f in zip(_sizes(figures), figures, strict=True))
    return _shown(f"{format_number(one)} {_MINUS} {_bracketed(other)}", one - other, like, values)


def share(part: tuple[Figure, int], whole: tuple[Figure, int]) -> Calculation | None:
    """Return what share one figure is of another, in per cent with one decimal, shown."""
    figures = [part[0], whole[0]]
    if len({f.unit for f in figures}) > 1 or len(price_levels(figures)) > 1:
        return None
    scale = min(f.scale for f in figures)
    size, of = (abs(f.value or Decimal(0)) * f.scale / scale for f in figures)
    if not of or size > of:
        return None
    result = _rounded(size / of * 100)
    shown = f"{format_number(size)} / {format_number(of)} {_TIMES} 100 = {format_number(result)}"
    return Calculation(f"{shown} pct.", result, "pct.", (part, whole))


def pick(operation: Operation, figures: Sequence[Figure], wanted: str = "unknown") -> list[Figure]:
    """Return the figures that are largest or smallest, more than one where they are equal.

    In a row of savings the largest is the one furthest below zero; `wanted` is
    the effect that the question speaks of.
    """
    values = [f for f in figures if f.value is not None]
    if wanted != "unknown" and any(f.effect == wanted for f in values):
        values = [f for f in values if f.effect == wanted]
    below = all((directed(f) or 0) <= 0 for f in values)
    sizes = {f.id: (directed(f) or Decimal(0)) * f.scale * (-1 if below else 1) for f in values}
    if not sizes:
        return []
    best = (max if operation in ("largest", "most") else min)(sizes.values())
    return [f for f in values if sizes[f.id] == best]


def holding(condition: Condition, figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that a condition holds of: the first of them, or every one."""
    found = [f for f in figures if f.value is not None and _holds(condition, f)]
    return found if condition.every else found[:1]


def _holds(condition: Condition, figure: Figure) -> bool:
    if condition.bounds is None:
        return bool(figure.value) and figure.effect == condition.effect
    if is_opposite(figure, condition.effect):
        return False
    return condition.bounds.hold(abs(figure.amount or Decimal(0)))


def _sizes(figures: Sequence[Figure]) -> list[Decimal]:
    """Return what is compared: sizes where all figures take away, else values with signs."""
    signed = [directed(f) or Decimal(0) for f in figures]
    return [abs(n) for n in signed] if all(n <= 0 for n in signed) else signed


def _change(operation: Operation, ends: Operands, sizes: list[Decimal]) -> Calculation | None:
    start, end = sizes[0], sizes[-1]
    change = f"{format_number(end)} {_MINUS} {_bracketed(start)}"
    if operation == "difference":
        return _shown(change, end - start, ends[0][0], ends)
    if not start:
        return None
    result = _rounded((end - start) / abs(start) * 100)
    text = f"({change}) / {format_number(abs(start))} {_TIMES} 100 = {format_number(result)} pct."
    return Calculation(text, result, "pct.", tuple(ends))


def _chain(numbers: Sequence[Decimal]) -> str:
    """Write a sum as a person would: "500 + 400 − 150 − 700"."""
    text = format_number(numbers[0])
    for number in numbers[1:]:
        text += f" {_MINUS if number < 0 else '+'} {format_number(abs(number))}"
    return text


def _bracketed(number: Decimal) -> str:
    return f"({format_number(number)})" if number < 0 else format_number(number)


def _rounded(number: Decimal, decimals: int = 1) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _shown(text: str, result: Decimal, like: Figure, operands: Operands) -> Calculation:
    unit = unit_name(like.unit, like.scale)
    told = f" ({unit})" if unit else ""
    return Calculation(
        f"{text} = {format_number(result)}{told}",
        result * like.scale,
        like.unit or "",
        tuple(operands),
    )
