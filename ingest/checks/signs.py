"""Rows whose sign goes against what the prose says of them."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.checks.reading import Reading, finding, rows_of
from ingest.effects import told_for
from rag.text.units import STAFF
from rag.types import Figure, Finding, Text
from rag.vocabulary import concepts, row_concept


def signs(reading: Reading) -> Iterator[Finding]:
    """Find rows printed without a minus where their prose closes posts or saves.

    A reduction told in words has no sign in prose: only the table's is compared.
    """
    for row in rows_of(f for f in reading.cells if f.value is not None and f.value > 0):
        if row[0].unit in STAFF:
            odd = [f for f in row if f.effect == "cut"]
            says = "stillingerne nedlægges", "the posts are closed"
        elif _is_saving(row[0]):
            odd = [f for f in row if f.effect == "raise" and not _minus_too(f, reading)]
            says = "der spares", "this is saved"
        else:
            continue
        told = [t for f in odd for t in told_for(f, reading.prose) if t.effect == "cut"]
        if told:
            yield _finding(row[0].measure, odd, told, says)


def _is_saving(figure: Figure) -> bool:
    concept = concepts().get(row_concept(figure.label) or "")
    return figure.unit == "kr." and concept is not None and "efficiency" in concept.wider


def _minus_too(figure: Figure, reading: Reading) -> bool:
    """Tell whether another row prints a cell's amount as a saving, with its minus."""
    return any(
        f.year == figure.year and figure.amount is not None and f.amount == -figure.amount
        for f in reading.cells
    )


def _finding(measure: str, odd: list[Figure], told: list[Figure], says: tuple[str, str]) -> Finding:
    values = ", ".join(f"{f.text} ({f.year})" for f in odd)
    return finding(
        "sign",
        "hard",
        Text(
            f"Tabellen skriver »{measure}« uden minus: {values}. Teksten siger, at {says[0]}.",
            f"The table prints »{measure}« without a minus: {values}. The prose says that "
            f"{says[1]}.",
        ),
        [odd[0].context, *(t.context for t in told)],
        [*odd, *told],
    )
