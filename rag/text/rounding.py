"""How exactly a printed number is told."""

from __future__ import annotations

from decimal import Decimal


def decimals(number: Decimal) -> int:
    """Return how many decimals a number is printed with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def step(number: Decimal, approximate: bool = False) -> Decimal:
    """Return what the last digit of a number counts: 0,1 for "2,2", 1 for "150".

    Where it is `approximate` ("ca. 150"), zeros at its end may be rounded: 10.
    """
    if approximate and number and not decimals(number):
        digits = f"{abs(number):f}"
        return Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
    return Decimal(10) ** -decimals(number)
