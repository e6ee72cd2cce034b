"""The rows of tables that a question names in full: "Asfalt og vinter i Viborg i 2026?"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.text.language import analyse
from rag.text.topic import Topic
from rag.types import Figure

WHOLE_LABEL = 0.9
_SAID = 0.75  # of what the question is about, that the rows and their document's title must say


def row_key(figure: Figure) -> tuple[object, ...]:
    """Return what tells a figure's row, or the column of a table whose rows are years."""
    if figure.table is None:
        return figure.context.page, figure.context.start
    return figure.table, figure.group, figure.measure


def rows_named(
    figures: Sequence[Figure], label: Callable[[Figure], float], topic: Topic, told: str
) -> list[list[Figure]]:
    """Return the rows of one document that a question names in full.

    `label` tells what share of a row's label is said. Empty where the rows and
    what is `told` besides leave out what the question is about.
    """
    named: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        if figure.table is not None and label(figure) >= WHOLE_LABEL:
            named.setdefault(row_key(figure), []).append(figure)
    terms = {row: frozenset(analyse(own[0].measure)) for row, own in named.items()}
    rows = [row for row in named if not any(terms[row] < terms[other] for other in named)]
    if len({named[row][0].document for row in rows}) != 1:
        return []
    said = [*analyse(told), *(term for row in rows for term in terms[row])]
    if topic and topic.cover(dict.fromkeys(said, 1.0)) < _SAID:
        return []
    return [named[row] for row in rows]
