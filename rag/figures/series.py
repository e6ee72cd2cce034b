"""Which figures make one series over years, and which series may share an axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.text.language import fold
from rag.text.units import unit_name
from rag.types import Figure, Text
from rag.vocabulary import concepts

BUDGET = "current_budget"


@dataclass(frozen=True)
class Series:
    """One measure of one document: a row of a table, or what its prose tells over years.

    `figures` are those with a year, by year, each year once, then those of a period
    ("I alt"); all of one unit and price level.
    """

    figures: tuple[Figure, ...]

    @property
    def first(self) -> Figure:
        """The first figure: what holds for it but value and place holds for all."""
        return self.figures[0]

    @property
    def id(self) -> str:
        """A name that stays as long as the document does."""
        return self.first.id

    @property
    def by_year(self) -> dict[int, Figure]:
        """The figures that have a year."""
        return {f.year: f for f in self.figures if f.year is not None}

    @property
    def of_periods(self) -> tuple[Figure, ...]:
        """The figures of several years together."""
        return tuple(f for f in self.figures if f.year is None)

    @property
    def subject(self) -> str:
        """What rows of different documents are compared by: the concept, else the words."""
        return self.first.concept or fold(" ".join(self.first.measure.split()))

    @property
    def subject_name(self) -> Text:
        """The subject in words."""
        known = concepts().get(self.first.concept or "")
        return known.name if known else Text(self.first.measure, self.first.measure)

    @property
    def unit(self) -> str:
        """The unit as printed, with its scale; without it where the figures differ in it."""
        scales = {f.scale for f in self.figures}
        return unit_name(self.first.unit, self.first.scale if len(scales) == 1 else 1)


def find_series(figures: Iterable[Figure]) -> list[Series]:
    """Return the series of `figures`, in their order; figures of no year begin none.

    A table's row is one, or its column where its rows are years; so is what the
    prose of a document tells of one measure. Where a year is told twice, the
    rows or sentences are kept apart.
    """
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        if figure.year is not None or (figure.table and figure.period):
            groups.setdefault(_key(figure), []).append(figure)
    return [
        Series(tuple(sorted(run, key=lambda f: (f.year is None, f.year or 0))))
        for group in groups.values()
        for run in _runs(group)
        if any(f.year is not None for f in run)
    ]


def _key(figure: Figure) -> tuple[object, ...]:
    sentence = None if figure.table or figure.measure else figure.context
    return (
        *(figure.document, figure.table, figure.measure, figure.group, figure.concept),
        *(figure.unit, figure.price_level, sentence),
    )


def _runs(group: Sequence[Figure]) -> Iterable[list[Figure]]:
    """Part figures of one name so that no year comes twice: by context, else one by one."""
    if _years_differ(group):
        return [list(group)]
    contexts: dict[object, list[Figure]] = {}
    for figure in group:
        contexts.setdefault(figure.context, []).append(figure)
    parted: list[list[Figure]] = []
    for run in contexts.values():
        parted += [run] if _years_differ(run) else [[f] for f in run]
    return parted


def _years_differ(figures: Sequence[Figure]) -> bool:
    years = [(f.year, f.period) for f in figures]
    return len(set(years)) == len(years)


def meant(figure: Figure) -> Decimal | None:
    """Return the amount in whole units with the sign that is meant: a cut is negative.

    Where the effect is not known, the sign is the print's. None without a value.
    """
    if figure.amount is None or figure.effect == "unknown":
        return figure.amount
    return abs(figure.amount) * (-1 if figure.effect == "cut" else 1)


@dataclass(frozen=True)
class Axis:
    """Series that may be drawn against one scale: of one unit, and all budgets or none."""

    series: tuple[Series, ...]

    @property
    def unit(self) -> str | None:
        """The unit of all of them, unscaled."""
        return self.series[0].first.unit


def axes(series: Iterable[Series]) -> list[Axis]:
    """Part series into those that may share an axis.

    Units are never mixed, nor a budget with changes of one; figures whose unit is
    not known share an axis only with their own subject.
    """
    parted: dict[tuple[object, ...], list[Series]] = {}
    for one in series:
        unit = one.first.unit
        key = (unit, one.first.concept == BUDGET, None if unit else one.subject)
        parted.setdefault(key, []).append(one)
    return [Axis(tuple(own)) for own in parted.values()]
