"""Which of the figures that fit a question are of the years it asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.figures.found import Candidate
from rag.figures.traits import is_of
from rag.text.dates import period_years
from rag.types import CouncilDocument


def of_years(
    fitting: Sequence[Candidate],
    years: Sequence[int],
    has_topic: bool,
    documents: Mapping[str, CouncilDocument],
) -> list[Candidate]:
    """Return the candidates of `years`, all of them where none are asked for.

    A figure told without a year answers for a year only where no table row
    could, and where the year lies in the document's own period. `has_topic` tells
    that the question says what its figure is of.
    """
    if not years:
        return list(fitting)
    dated = [c for c in fitting if any(is_of(c.figure, year) for year in years)]
    rows = {
        c.figure.document for c in fitting if c.figure.table is not None and (c.measure or c.label)
    }
    told = [c for c in dated if c.figure.table is not None]
    if rows and not told:
        # The row asked for has no such year; prose of that year is of something else,
        # unless it names the year itself and what is asked about.
        return [
            c
            for c in dated
            if c.figure.document not in rows or (has_topic and c.figure.year is not None)
        ]
    if dated or rows:
        return dated
    return [
        c
        for c in fitting
        if c.figure.year is None
        and not c.figure.period
        and _in_period(documents[c.figure.document], years)
    ]


def _in_period(document: CouncilDocument, years: Sequence[int]) -> bool:
    return document.period is not None and all(y in period_years(document.period) for y in years)
