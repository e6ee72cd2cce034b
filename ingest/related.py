"""Compares what a file's documents say with the documents of the catalogue they relate to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from ingest.checks.across import across
from ingest.checks.mentions import budget_name, first_year, own_number
from ingest.checks.reading import Reading
from rag.store.lookup import Lookup
from rag.types import CouncilDocument, Figure, Finding, Place


def related_findings(readings: Iterable[Reading], catalogue: Lookup) -> list[Finding]:
    """Return what a file's documents and those of other files tell of one fact.

    Documents are related where one names the other's number, both name a third's,
    or one names the budget of the other and an amount of it. A rendition and a
    real document are not compared: they may be the same one.
    """
    found: list[Finding] = []
    for reading in readings:
        own = [
            f
            for id in _related(reading, catalogue)
            for f in across(reading, _stored(id, catalogue))
        ]
        found += [replace(f, id=f"{reading.document.id}/x{n}") for n, f in enumerate(own)]
    return found


def _related(reading: Reading, catalogue: Lookup) -> list[str]:
    document = reading.document
    told = reading.told_of_others
    named = frozenset[str]().union(*(numbers for _, numbers, _ in told))
    budgets = frozenset[int]().union(*(years for _, _, years in told))
    # A catalogue may hold every document of a town: only those that may be related are read.
    found = {d.id for d in catalogue.documents(numbers=_spelt(named))} if named else set()
    own = own_number(document)
    if numbers := named | ({own} if own else set()):
        found |= set(catalogue.documents_naming(numbers, document.municipality))
    if budgets:
        beside = catalogue.documents(municipalities=[document.municipality])
        earlier = [d.id for d in beside if first_year(d) in budgets]
        found |= _sharing([f for f, _, years in told if years], earlier, catalogue)
    year = first_year(document)
    if year:
        later = catalogue.documents_naming([budget_name(year)], document.municipality)
        found |= _sharing(reading.figures, later, catalogue)
    return [d.id for d in catalogue.documents(ids=sorted(found)) if _comparable(d, document)]


def _comparable(one: CouncilDocument, other: CouncilDocument) -> bool:
    return (
        one.municipality == other.municipality
        and one.rendition == other.rendition
        and one.source != other.source
    )


def _spelt(numbers: Iterable[str]) -> list[str]:
    """Return numbers in both of their spellings: "BU14" and "BU-14"."""
    return sorted({n for own in numbers for n in (own, re.sub(r"(?<=\D)(?=\d)", "-", own))})


def _sharing(figures: Iterable[Figure], ids: list[str], catalogue: Lookup) -> set[str]:
    """Return which of the documents have an amount of `figures`."""
    sizes = {abs(f.amount) for f in figures if f.amount}
    if not sizes or not ids:
        return set()
    return catalogue.documents_of_size(sizes, ids)


def _stored(id: str, catalogue: Lookup) -> Reading:
    document = catalogue.document(id)
    if document is None:
        raise KeyError(id)

    @cache
    def text(page: int) -> str:
        return catalogue.page_text(document.source, page)

    def text_of(place: Place) -> str:
        return text(place.page)[place.start : place.end]

    return Reading(document, tuple(catalogue.figures([id])), (), (), text_of)
