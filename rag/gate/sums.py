"""Calculations that a text shows: "500 + 400 − 150 − 700 = 50 (1.000 kr.)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from rag.gate.amounts import Range
from rag.text.numbers import MINUS, parse_number
from rag.text.rounding import decimals, step

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?½?"
_UNIT = r"(?:\s*(?:mio\.?\s*kr\.?|t\.?\s?kr\.?|1\.000 kr\.?|kr\.?|pct\.?|%|årsværk|stillinger))?"
_TERM = rf"\(?\s*[{MINUS}]?\s*{_NUMBER}\)?{_UNIT}\s*\)?"
_SHOWN = re.compile(
    rf"(?P<left>\(*{_TERM}(?:\s*[+·*×/:{MINUS}]\s*\(*{_TERM})+)\s*=\s*"
    rf"(?P<right>[{MINUS}]?\s*{_NUMBER})"
)
_TOKEN = re.compile(rf"{_NUMBER}|[-+*/()]")


@dataclass(frozen=True)
class Sum:
    """A calculation in a text: where its operands and its result stand, and the result."""

    operands: tuple[Range, ...]
    result: Range
    value: Decimal

    def holds(self, at: Range) -> bool:
        """Tell whether a claim stands in the calculation."""
        return self.operands[0][0] <= at[0] and at[1] <= self.result[1]


def find_sums(text: str) -> list[Sum]:
    """Return the calculations of a text whose arithmetic is right, in order.

    A result may be rounded to as many decimals as it is printed with.
    """
    found = []
    for m in _SHOWN.finditer(text):
        printed = parse_number(m["right"].replace(" ", "")) or Decimal(0)
        value = _value(m["left"])
        if value is None or not _rounds_to(value, printed):
            continue
        operands = tuple(
            (m.start("left") + n.start(), m.start("left") + n.end())
            for n in re.finditer(_NUMBER, _plain(m["left"]))
        )
        found.append(Sum(operands, m.span("right"), abs(printed)))
    return found


def _rounds_to(value: Decimal, printed: Decimal) -> bool:
    return value == printed or (decimals(printed) > 0 and abs(value - printed) <= step(printed) / 2)


def _plain(text: str) -> str:
    """Return a calculation without its units, of the same length."""
    units = re.compile(_UNIT[:-1] if _UNIT.endswith("?") else _UNIT)
    return units.sub(lambda m: " " * len(m[0]), text)


def _value(text: str) -> Decimal | None:
    """Return the value of an expression of + − · / and brackets, None where it is none."""
    flat = re.sub(rf"[{MINUS}]", "-", _plain(text))
    flat = re.sub(r"[·×]", "*", flat).replace(":", "/")
    tokens = _TOKEN.findall(flat)
    try:
        value, rest = _sum(tokens)
    except (IndexError, ArithmeticError, ValueError):
        return None
    return value if not rest else None


def _sum(tokens: list[str]) -> tuple[Decimal, list[str]]:
    value, rest = _product(tokens)
    while rest and rest[0] in "+-":
        other, after = _product(rest[1:])
        value = value + other if rest[0] == "+" else value - other
        rest = after
    return value, rest


def _product(tokens: list[str]) -> tuple[Decimal, list[str]]:
    value, rest = _factor(tokens)
    while rest and rest[0] in "*/":
        other, after = _factor(rest[1:])
        value = value * other if rest[0] == "*" else value / other
        rest = after
    return value, rest


def _factor(tokens: list[str]) -> tuple[Decimal, list[str]]:
    if tokens[0] == "-":
        value, rest = _factor(tokens[1:])
        return -value, rest
    if tokens[0] == "(":
        value, rest = _sum(tokens[1:])
        if rest[0] != ")":
            raise ValueError("bracket")
        return value, rest[1:]
    number = parse_number(tokens[0])
    if number is None:
        raise ValueError(tokens[0])
    return number, tokens[1:]
