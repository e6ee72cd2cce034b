"""Finds the places that hold a year, a date, a case number or a quotation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rag.gate.claims import Claim
from rag.gate.sources import Sources
from rag.text.dates import FAR, YearMention
from rag.types import Place

_LONGEST = 5  # years from the first of a period that tells of a later one
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.|[\[(](?:…|\.\.\.)[\])])\s*")


def places_of(claim: Claim, sources: Sources) -> list[Place]:
    """Return the places that hold what a claim that is no amount states."""
    find: dict[str, Callable[[Claim, Sources], list[Place]]] = {
        "quotation": _quotations,
        "year": _years,
        "date": _dates,
        "case": _cases,
    }
    return find[claim.kind](claim, sources)


def is_own_fact(claim: Claim, documents: Iterable[str], sources: Sources) -> bool:
    """Tell whether a date or case number is one that an earlier answer tells of itself."""
    known = [sources.document(d) for d in documents]
    if claim.kind == "case":
        own = [n for d in known for n in (*d.case_numbers, *d.document_numbers)]
        return _flat(claim.text) in map(_flat, own)
    return claim.kind == "date" and any(claim.date in (d.date, d.asked) for d in known)


def _quotations(claim: Claim, sources: Sources) -> list[Place]:
    parts = [p for p in _ELLIPSIS.split(claim.text.strip('»«“”„" .,;')) if p.strip()]
    found = [list(sources.occurrences(part.strip(" .,;"))) for part in parts]
    if not found or not all(found):
        return []
    shared = set.intersection(*({p.document for p in places} for places in found))
    return [p for p in found[0] if p.document in shared]


def _years(claim: Claim, sources: Sources) -> list[Place]:
    year = claim.years[0]
    told = [p for p, t in sources.years(str(year.first)) if _covers(t, year)]
    if any(sources.is_primary(p.document) for p in told):
        return told
    # "2024-2027" tells of 2025 too.
    begun = (str(n) for n in range(year.first - _LONGEST, year.first))
    return [p for n in begun for p, t in sources.years(n) if _covers(t, year)]


def _covers(told: YearMention, year: YearMention) -> bool:
    if (told.first, told.last) == (year.first, year.last):
        return True
    return year.period is None and told.last != FAR and told.first <= year.first <= told.last


def _dates(claim: Claim, sources: Sources) -> list[Place]:
    if claim.date is None:
        return []
    return [place for place, date in sources.dates(claim.date.year) if date == claim.date]


def _cases(claim: Claim, sources: Sources) -> list[Place]:
    wanted = _flat(claim.text)
    named = [
        Place(d.id, d.first_page, 0, 0)
        for d in sources.documents.values()
        if wanted in map(_flat, (*d.case_numbers, *d.document_numbers))
    ]
    return [*sources.occurrences(claim.text), *named]


def _flat(number: str) -> str:
    return re.sub(r"\s", "", number).lower()
