"""What a look-up of figures came to, and which of its candidates answer together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.types import Figure

NEAR_BEST = 0.2  # how far below the best a candidate still answers
_IN_PROSE = 0.7  # how much less a sentence fits than a row, and one of no year
LABEL = 1.2  # what a row's label, said in full, is worth


@dataclass(frozen=True)
class Candidate:
    """A figure that may answer, with how well it fits (higher is better).

    `measure` is 1 for a figure of the measure asked for, `label` the share of
    its row's words that the question says; from 0 to 1.
    """

    figure: Figure
    score: float
    measure: float
    label: float


@dataclass(frozen=True)
class Found:
    """The outcome of a look-up.

    `best` are the figures that answer, best row first; a question without a
    year gets all years of a row. Where there are none, `near` are those that
    would but for the year (`reason` "year_outside"), or whose cell is blank
    ("cell_blank"), or the cells of a row whose column is not told ("column_open"), or the
    figures of the document that was named ("measure_missing"); else the reason is
    "nothing_found".
    """

    best: tuple[Candidate, ...]
    reason: str = ""
    near: tuple[Figure, ...] = ()


def beside(
    top: Sequence[Candidate], others: Sequence[Candidate], compared: bool
) -> list[Candidate]:
    """Return the rows of other documents that differ from those on `top` in their label alone.

    One house's "Omstilling" is another's "Effektivisering": both answer. Where documents are
    `compared`, so do the sentences of those that have no such row.
    """
    if not all(c.measure and c.figure.table for c in top):
        return []
    told = {c.figure.document for c in top}
    least = max(map(_unlabelled, top)) - NEAR_BEST
    rows = [c for c in others if c.measure and c.figure.document not in told]
    found = []
    for document in dict.fromkeys(c.figure.document for c in rows):
        within = [c for c in rows if c.figure.document == document]
        tabled = [c for c in within if c.figure.table]
        own = tabled or (within if compared else [])
        best = max((c.score for c in own), default=0.0)
        worth = max(map(_unlabelled, own), default=0.0)
        if worth >= (least if tabled else least - _IN_PROSE):
            found += [c for c in own if c.score >= best - NEAR_BEST]
    return found


def _unlabelled(candidate: Candidate) -> float:
    """Return how well a candidate fits, whatever its row is called."""
    return candidate.score - LABEL * candidate.label
