"""Whether a claim and a figure say the same: value, unit, printed sign and year."""

from __future__ import annotations

import re
from decimal import Decimal

from rag.gate.amounts import COUNTED
from rag.gate.claims import Claim
from rag.text.dates import FAR, YearMention, find_years, period_years
from rag.text.language import analyse
from rag.text.rounding import step
from rag.text.units import STAFF, same_unit
from rag.types import Figure

# "Kilometer" holds "meter", and is another unit.
_MEASURES = frozenset(
    str.split("m km meter kilometer m² m2 ha hektar kg ton tons liter timer minutter")
)
_END = re.compile(r"\b(?:op til|højst|mindst|mellem|fra|up to|at (?:least|most)|between)\b", re.I)


def same_value(claim: Claim, figure: Figure) -> bool:
    """Tell whether value and unit agree, in the same or another unit of the same amount."""
    return any(
        unit_fits(claim, unit, figure) and _equal(claim, unit, scale, figure)
        for unit, scale in claim.units
    )


def same_number(claim: Claim, figure: Figure) -> bool:
    """Tell whether the printed numbers agree, whatever their units."""
    return _equal(claim, None, 1, figure)


def unit_fits(claim: Claim, unit: str | None, figure: Figure) -> bool:
    """Tell whether a figure is in a unit; a unit of None is any."""
    if unit is None or same_unit(unit, figure.unit):
        return True
    if unit == COUNTED:
        return figure.unit not in ("kr.", "pct.")
    if figure.unit is None:
        return unit == "kr."
    if unit in ("kr.", "pct.", *STAFF):
        return False
    told = f"{figure.unit} {figure.measure if figure.table else ''}"
    if {unit, figure.unit} & _MEASURES:
        return analyse(unit)[:1] == analyse(figure.unit)[:1]
    return bool(set(analyse(unit)) & set(analyse(told)))


def _equal(claim: Claim, unit: str | None, scale: int, figure: Figure) -> bool:
    """Tell whether the amounts are equal; a unit of None compares the printed numbers."""
    times = figure.scale if unit is not None else 1

    def of(number: Decimal | None, by: int) -> Decimal | None:
        return None if number is None else abs(number) * by

    if claim.value is None:
        return figure.low is not None and (of(claim.low, scale), of(claim.high, scale)) == (
            of(figure.low, times),
            of(figure.high, times),
        )
    wanted = claim.value * scale
    if figure.value is None:
        ends = (of(figure.low, times), of(figure.high, times))
        return wanted in ends and bool(_END.search(claim.clause))
    held = abs(figure.value) * times
    return held == wanted or (bool(claim.about) and _rounds(claim, scale, held))


def _rounds(claim: Claim, scale: int, held: Decimal) -> bool:
    """Tell whether `held`, rounded as the text prints, is what it calls "ca.", "knap", "godt"."""
    value = claim.value or Decimal(0)
    off, wanted = min(step(value, approximate=True), value / 10) * scale, value * scale
    if claim.about in ("knap", "nearly", "almost"):
        return wanted - off < held <= wanted
    if claim.about in ("godt", "over"):
        return wanted <= held < wanted + off
    return abs(held - wanted) <= off / 2


def same_sign(claim: Claim, figure: Figure) -> bool:
    """Tell whether a printed sign goes with a figure's value or effect."""
    if not claim.sign:
        return True
    negative = figure.value is not None and figure.value < 0
    return (figure.effect == "cut" or negative) == (claim.sign < 0)


def same_years(claim: Claim, figure: Figure, sentence: str) -> bool:
    """Tell whether a figure is of all the years that a claim is told for.

    A figure told without a year is of the years that its sentence names.
    """
    return all(_of_year(y, claim.loosely, figure, sentence) for y in claim.years)


def _of_year(year: YearMention, loosely: bool, figure: Figure, sentence: str) -> bool:
    if figure.year is not None:
        return year.first == year.last == figure.year
    if figure.period is not None:
        own = period_years(figure.period)
        if year.first in own and (year.last in own or year.last == FAR == own[-1]):
            # A table's "I alt" is of its whole period, told years of each of them.
            return figure.table is None or (year.first, year.last) == (own[0], own[-1])
        return False
    told = find_years(sentence)
    if not told and loosely:
        return True
    return any((t.first, t.last) == (year.first, year.last) for t in told)


def covers_period(claim: Claim, figures: list[Figure]) -> bool:
    """Tell whether cells of one row tell the value for each year of the claim's period."""
    for year in claim.years:
        if year.period is None:
            return False
        for row in {(f.document, f.measure, f.table) for f in figures if f.table}:
            own = [f for f in figures if (f.document, f.measure, f.table) == row]
            have = {f.year for f in own if f.year is not None}
            last = max(have, default=0) if year.last == FAR else year.last
            if last >= year.first and set(range(year.first, last + 1)) <= have:
                break
        else:
            return False
    return bool(claim.years)


def likeness(claim: Claim, figure: Figure) -> int:
    """Return how many words of a claim's clause are those of a figure's measure."""
    measure = set(analyse(figure.measure))
    return 2 * len(set(analyse(claim.clause)) & measure) + len(set(analyse(claim.before)) & measure)
