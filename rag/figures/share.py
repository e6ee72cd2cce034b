"""Answers what share one figure is of another: the part over the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.answer import Answer, Calculation, Statement
from rag.cite import Citations
from rag.figures.arithmetic import share
from rag.figures.found import Found
from rag.query import Query
from rag.types import CouncilDocument, Figure
from rag.wording import label, name, share_sentence, when


def share_answer(
    query: Query,
    operands: Sequence[Sequence[Found]],
    documents: Sequence[CouncilDocument],
    citations: Citations,
) -> Answer | None:
    """Return the answer to a question for a share, or None where it cannot be computed.

    `operands` are the outcomes of the look-ups for the part and for the whole. A
    share is computed only within one document, year by year, and only where a
    year has one figure of each.
    """
    part, whole = (_by_period(found) for found in operands)
    by_id = {d.id: d for d in documents}
    shown: list[Calculation] = []
    periods = sorted(part.keys() & whole.keys(), key=str)
    totals = [p for p in periods if isinstance(p, str)]
    for period in totals or periods:
        size, of = part[period], whole[period]
        if size.document == of.document and size.id != of.id:
            cited = [(f, citations.add(f.context, f.place)) for f in (size, of)]
            result = share(*cited)
            shown += [result] if result else []
    if not shown:
        return None
    return Answer(
        "answered",
        query.language,
        tuple(_statement(c, by_id, query) for c in shown),
        citations.all(),
        calculation=shown[0],
        query=query,
    )


def _by_period(found: Sequence[Found]) -> dict[int | str | None, Figure]:
    """Return the figure of each year or period; none where several fit as well."""
    best = [c for f in found for c in f.best if c.figure.value is not None]
    known: dict[int | str | None, Figure] = {}
    several: set[int | str | None] = set()
    for candidate in best:
        figure = candidate.figure
        key = figure.year or figure.period
        other = known.setdefault(key, figure)
        if other.amount != figure.amount or other.document != figure.document:
            several.add(key)
    return {key: f for key, f in known.items() if key not in several}


def _statement(
    shown: Calculation, documents: Mapping[str, CouncilDocument], query: Query
) -> Statement:
    figures = [f for f, _ in shown.operands]
    part, whole = (label(f, documents, figures) for f in figures)
    who = name(documents[figures[0].document], query.language)
    text = f"{who}{when(figures[0], query.language)}: "
    text += share_sentence(part, whole, shown, query.language)
    indexes = tuple(index for _, index in shown.operands)
    return Statement(text, shown.operands, indexes, shown)
