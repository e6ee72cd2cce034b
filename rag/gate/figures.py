"""Finds the figure that bears an amount out, or the one nearest to it that does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.gate.claims import Claim
from rag.gate.context import of_context
from rag.gate.match import (
    covers_period,
    likeness,
    same_number,
    same_sign,
    same_value,
    same_years,
)
from rag.gate.parts import Holder, Missing
from rag.gate.sources import Size, Sources
from rag.gate.subjects import Subject
from rag.types import Figure

_MOST = 40  # figures of one amount, year and subject that are looked at, the likest first
_ABOUT = Decimal("0.1")  # what "ca." may be off by, at most


@dataclass(frozen=True)
class Held:
    """What was found of an amount: `figure` bears it out, alone in an earlier answer or not.

    Where it has its number, year and subject and not all else, `missing` is what it lacks.
    Else `other` is the figure nearest to it: of another year, proposal or unit.
    """

    figure: Figure | None = None
    primary: bool = False
    missing: Missing | None = None
    other: Figure | None = None


class Amounts:
    """The figures that the amounts of one text may be bound to."""

    def __init__(self, claims: Iterable[Claim], sources: Sources) -> None:
        """Look up all figures of the claims' sizes at once."""
        self._sources = sources
        self._figures = sources.figures_of_size([s for c in claims for s in _sizes(c)])
        self._told: dict[str, list[Figure]] = {}
        self._holder = Holder(sources)
        self._by_size: dict[Decimal, list[Figure]] = {}
        for figure in self._figures:
            numbers = [n for n in (figure.value, figure.low, figure.high) if n is not None]
            for key in {abs(m) for n in numbers for m in (n, n * figure.scale)}:
                self._by_size.setdefault(key, []).append(figure)

    def held(self, claim: Claim, subject: Subject) -> Held:
        """Return what is found of an amount told about a subject."""
        near = self._near(claim)
        valued = [f for f in near if same_value(claim, f)]
        fitting = [f for f in valued if same_sign(claim, f)]
        own = [f for f in fitting if self._fits(subject, f)]
        dated = self._of_years(claim, own)
        sure = [f for f in dated if self._sources.is_primary(f.document)]
        ranked = sorted(sure or dated, key=lambda f: likeness(claim, f), reverse=True)[:_MOST]
        missing = [(f, self._holder.missing(claim, f)) for f in ranked]
        cells = [(f, lacks) for f, lacks in missing if f.table is not None]
        for n, (figure, lacks) in enumerate(missing):
            retold = [m for f, m in cells if figure.table is None and _retells(figure, f)]
            if lacks is None and retold and None not in retold:
                missing[n] = figure, retold[0]
        whole = next((f for f, lacks in missing if lacks is None), None)
        if whole is not None or ranked:
            figure, lacks = (whole, None) if whole else missing[0]
            return Held(figure, bool(sure), lacks)
        timely = [f for f in fitting if same_years(claim, f, self._sources.sentence(f))]
        number = [f for f in near if same_number(claim, f) and self._fits(subject, f)]
        nearest = [*own, *timely, *fitting, *valued, *number]
        primary = (f for f in nearest if self._sources.is_primary(f.document))
        return Held(other=next(primary, None))

    def _near(self, claim: Claim) -> list[Figure]:
        """Return the figures that could have a claim's value."""
        if claim.about:
            return self._figures
        keys = {low for low, _ in _sizes(claim)}
        found = {f.id: f for key in keys for f in self._by_size.get(key, ())}
        return list(found.values())

    def _fits(self, subject: Subject, figure: Figure) -> bool:
        # Its sentence is read only where it may tell.
        own = subject.documents is None or figure.document in subject.documents
        return own or subject.fits(figure.document, self._sources.sentence(figure))

    def _of_years(self, claim: Claim, figures: list[Figure]) -> list[Figure]:
        """Return the figures of a claim's years, none where one of its years has none."""
        if not claim.years:
            return self._of_context(claim, figures)
        found: list[Figure] = []
        for year in claim.years:
            told = replace(claim, years=(year,))
            of = [f for f in figures if same_years(told, f, self._sources.sentence(f))]
            if not of and covers_period(told, figures):
                of = figures
            if not of:
                return []
            found += of
        return found

    def _of_context(self, claim: Claim, figures: list[Figure]) -> list[Figure]:
        """Return the figures that a claim without a year may mean.

        Those of the years around it, else those of documents that tell nothing of these:
        "I 2025 blev ØU10 fremsat. Det sparer 2,2 mio. kr." is not about its row in 2025.
        """
        if not claim.context:
            return figures
        told = [f for f in figures if of_context(claim, f)]
        another = {f.document for f in figures if self._tells_another(claim, f)}
        return told or [f for f in figures if f.document not in another]

    def _tells_another(self, claim: Claim, figure: Figure) -> bool:
        """Tell whether a document has a figure's measure for the years around a claim."""
        if figure.document not in self._told:
            self._told[figure.document] = self._sources.figures([figure.document])
        return any(
            f.unit == figure.unit
            and (f.year is not None or f.period is not None)
            and (f.measure == figure.measure or f.concept == figure.concept is not None)
            and of_context(claim, f)
            for f in self._told[figure.document]
        )


def _retells(prose: Figure, cell: Figure) -> bool:
    """Tell whether a prose figure says in words what a table's cell of its document has."""
    return (prose.document, prose.amount, prose.year) == (
        cell.document,
        None if cell.amount is None else abs(cell.amount),
        cell.year,
    )


def _sizes(claim: Claim) -> Iterator[Size]:
    value = claim.value if claim.value is not None else claim.low
    if claim.kind != "amount" or value is None:
        return
    for scale in {1, *(scale for _, scale in claim.units)}:
        off = value * scale * _ABOUT if claim.about else Decimal(0)
        yield value * scale - off, value * scale + off
