"""What the checks look at, and what they make of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ingest.checks.mentions import budgets_named, first_year, numbers_named, own_number
from rag.text.document_numbers import compares_itself
from rag.text.rounding import step
from rag.text.units import unit_name
from rag.types import CouncilDocument, Figure, Finding, Place, Severity, Text

_ROUNDED = 1_000  # numbers below it, without decimals, are planned amounts

TextOf = Callable[[Place], str]
"""Returns the text that stands at a place."""


@dataclass(frozen=True)
class Statement:
    """A sentence of a document's prose; `item` numbers the list item it is part of."""

    place: Place
    item: int | None = None


@dataclass(frozen=True)
class Reading:
    """A document with all that was read from it.

    `captions` are the table captions: label ("Tabel 1"), text and place.
    """

    document: CouncilDocument
    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]
    captions: tuple[tuple[str, str, Place], ...]
    text_of: TextOf

    @cached_property
    def prose(self) -> list[Figure]:
        """The figures told in sentences."""
        return [f for f in self.figures if f.table is None]

    @cached_property
    def cells(self) -> list[Figure]:
        """The figures of tables."""
        return [f for f in self.figures if f.table is not None]

    @cached_property
    def told_of_others(self) -> list[tuple[Figure, frozenset[str], frozenset[int]]]:
        """The prose figures told with other proposals or budgets, and which these are."""
        found = []
        for figure in self.prose:
            text = self.sentence(figure)
            numbers = numbers_named(text) - {own_number(self.document)}
            budgets = budgets_named(text) - {first_year(self.document)}
            if figure.value is not None and (numbers or budgets) and not compares_itself(text):
                found.append((figure, numbers, budgets))
        return found

    def sentence(self, figure: Figure) -> str:
        """Return the sentence or row that holds a figure."""
        return self.text_of(figure.context)

    def around(self, figure: Figure) -> tuple[str, str]:
        """Return what stands before and after a prose figure's number in its sentence."""
        sentence, first = self.sentence(figure), figure.context.start
        return sentence[: figure.place.start - first], sentence[figure.place.end - first :]


def finding(
    kind: str, severity: Severity, message: Text, places: Iterable[Place], figures: Iterable[Figure]
) -> Finding:
    """Return a finding, not yet numbered."""
    return Finding(
        "", kind, severity, message, tuple(dict.fromkeys(places)), tuple(f.id for f in figures)
    )


def printed(figure: Figure) -> str:
    """Write a figure as printed with its unit: "-1.000 (1.000 kr.)", "4 årsværk"."""
    if figure.unit == "kr.":
        name = unit_name(figure.unit, figure.scale)
        return f"{figure.text} ({name})" if figure.scale == 1_000 else f"{figure.text} {name}"
    return f"{figure.text} {figure.unit or ''}".strip()


def rows_of(cells: Iterable[Figure]) -> list[list[Figure]]:
    """Return a table's figures row by row, in order."""
    rows: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in cells:
        rows[figure.context.page, figure.context.start].append(figure)
    return list(rows.values())


def agree(one: Figure, other: Figure) -> bool:
    """Tell whether two amounts are the same, apart from sign, or one is the other rounded."""
    if one.amount is None or other.amount is None:
        return False
    apart = abs(abs(one.amount) - abs(other.amount))
    return apart == 0 or apart * 2 < max(_step(one), _step(other))


def _step(figure: Figure) -> Decimal:
    """Return what an amount is printed to: "2,2 mio. kr." to 100.000, "ca. 150" to 10."""
    return step(figure.value or Decimal(0), figure.approximate) * figure.scale


def rounding(operands: Iterable[Figure], result: Figure) -> Decimal:
    """Return by how much a sum of printed numbers may be off, each rounded as it is printed.

    A number that ends in a zero more than others was not rounded there, nor
    were short ones without decimals. Shares of an amount in whole kroner are.
    """
    figures = [f for f in (*operands, result) if f.value is not None]
    numbers = [f.value for f in figures if f.value is not None]
    finest = min(map(step, numbers))
    if finest == 1 and max(map(abs, numbers)) < _ROUNDED:
        return Decimal(0)
    off = finest / 2 * sum(n % (finest * 10) != 0 for n in numbers)
    return max(off, finest) if finest == 1 else off
