"""Claims that no row bears out, and "no connection" beside a reference to another proposal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.checks.mentions import numbers_named, own_number
from ingest.checks.reading import Reading, agree, finding, printed
from rag.text.units import STAFF, same_unit
from rag.types import Figure, Finding, Place, Text

_HIRES = re.compile(
    r"\b(?:opnorm\w*|(?:ny)?ansætte(?:r|s|lse\w*)?|(?:skal|vil|kan|bliver) ansat|rekrutterer?s?|"
    r"nyansæt\w*)\b",
    re.IGNORECASE,
)
_STAFF_WORDS = re.compile(
    r"\b\w*(?:medarbejder|specialist|konsulent|ansatte|stilling|årsværk|personale|fagfolk|"
    r"vejleder|sagsbehandler)\w*",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:ikke|ingen|uden|svært at|vanskeligt at)\b", re.IGNORECASE)
_UNCONNECTED = re.compile(
    r"\b(?:ingen|ikke)\b[^.]{0,30}\b(?:sammenhæng|sammen)\b[^.]{0,60}\b(?:andre|øvrige)\b"
    r"[^.]{0,30}(?:bidrag|forslag)",
    re.IGNORECASE,
)
# "en sammenhæng til Fremtidens Administration": what it names is spelt as a name.
_CONNECTED = re.compile(
    r"\b(?:sammenhæng|hænger sammen) (?:til|med) (?=(?-i:[A-ZÆØÅ])\w)", re.IGNORECASE
)


def claims(reading: Reading) -> Iterator[Finding]:
    """Find what a document's prose claims and its tables or its own words do not bear out."""
    yield from _savings(reading)
    yield from _hires(reading)
    yield from _unconnected(reading)


def _savings(reading: Reading) -> Iterator[Finding]:
    """Find a framework saving with amount and year that no row of its column holds."""
    reported: set[tuple[object, ...]] = set()
    for told in reading.prose:
        claim = (told.amount, told.unit, told.year)
        cells = [f for f in reading.cells if f.year == told.year and f.year and f.amount]
        cells = [f for f in cells if same_unit(f.unit, told.unit)]
        if (
            told.concept == "framework_saving"
            and told.amount is not None
            and cells
            and not any(agree(told, c) for c in cells)
            and claim not in reported
        ):
            reported.add(claim)
            yield _soft(
                f"Teksten nævner {printed(told)} i {told.year}; "
                "ingen række i tabellen har det beløb.",
                f"The prose names {printed(told)} in {told.year}; "
                "no row of the table holds that amount.",
                [told.context],
                [told],
            )


def _hires(reading: Reading) -> Iterator[Finding]:
    """Find staff that the prose adds where the staff row only takes away."""
    row = [f for f in reading.cells if f.unit in STAFF and f.value]
    if not row or any(f.effect != "cut" for f in row):
        return
    for statement in reading.statements:
        text = reading.text_of(statement.place)
        if _HIRES.search(text) and _STAFF_WORDS.search(text) and not _NEGATED.search(text):
            yield _soft(
                f"Teksten vil tilføre medarbejdere; rækken »{row[0].measure}« rummer kun færre.",
                f"The prose adds staff; the row »{row[0].measure}« holds cuts alone.",
                [statement.place, row[0].context],
                row,
            )
            return


def _unconnected(reading: Reading) -> Iterator[Finding]:
    """Find a reference to another proposal in a document that says it has no connection."""
    texts = [(s.place, reading.text_of(s.place)) for s in reading.statements]
    denied = next((p for p, text in texts if _UNCONNECTED.search(text)), None)
    if denied is None:
        return
    places = [p for p, text in texts if p != denied and _refers(text, own_number(reading.document))]
    if places:
        yield _soft(
            "Der står, at der ingen sammenhæng er til andre forslag; et andet sted henvises der "
            "til et.",
            "It says that there is no connection to other proposals; elsewhere it refers to one.",
            [denied, *places],
            [],
        )


def _refers(text: str, own: str | None) -> bool:
    if _CONNECTED.search(text) and not _NEGATED.search(text):
        return True
    return bool(numbers_named(text) - {own})


def _soft(da: str, en: str, places: list[Place], figures: list[Figure]) -> Finding:
    return finding("claim_without_row", "soft", Text(da, en), places, figures)
