"""Answers what two things that a question names come to together, or how far apart they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.answer import Answer, Statement
from rag.cite import Citations
from rag.figures.arithmetic import across, is_level, price_levels
from rag.figures.found import Found
from rag.query import Operand, Query
from rag.types import Figure
from rag.wording import difference_sentence

_Cited = list[tuple[Figure, int]]


def sides_answer(
    query: Query,
    operands: Sequence[Operand],
    found: Sequence[Sequence[Found]],
    citations: Citations,
    tell: Callable[[list[Figure]], Statement],
) -> Answer | None:
    """Return the sum or difference of what was `found` for both `operands`.

    None where a side has no figure of its own, or several, in a document that has
    the other's too, and where the two may not be computed with one another. `tell`
    words the figures of one side.
    """
    pair = _pair([_figures(f, query.years) for f in found])
    if pair is None or query.operation is None:
        return None
    cited = [(f, citations.add(f.context, f.place)) for f in pair]
    shown = across(query.operation, cited)
    if shown is None or len(price_levels(pair)) > 1:
        return None
    names = [
        f"»{figure.measure if figure.table else ' '.join(operand.words)}«"
        for figure, operand in zip(pair, operands, strict=True)
    ]
    is_sum = query.operation == "sum"
    text = difference_sentence(names, pair[0], shown, query.language, sum=is_sum)
    indexes = tuple(dict.fromkeys(index for _, index in shown.operands))
    told = Statement(text, shown.operands, indexes, shown)
    statements = (told, *(tell([figure]) for figure in pair))
    return Answer(
        "answered",
        query.language,
        statements,
        citations.all(),
        calculation=shown,
        query=query,
    )


def _figures(found: Sequence[Found], years: Sequence[int]) -> dict[str, list[Figure]]:
    """Return the figures found for a side by document: those of the year asked for, or of all."""
    own: dict[str, list[Figure]] = {}
    for candidate in (c for f in found for c in f.best):
        figure = candidate.figure
        dated = figure.year in years if years else figure.year is None or figure.table is None
        if figure.value is not None and dated:
            own.setdefault(figure.document, []).append(figure)
    return own


def _pair(sides: Sequence[dict[str, list[Figure]]]) -> list[Figure] | None:
    """Return the one figure of each side, in the one document that has both."""
    pairs = []
    for document in sides[0].keys() & sides[1].keys():
        one, other = (_one(side[document]) for side in sides)
        if one and other and one.id != other.id and _alike(one, other):
            pairs.append([one, other])
    return pairs[0] if len(pairs) == 1 else None


def _one(figures: Sequence[Figure]) -> Figure | None:
    """Return what figures tell, where all tell the same amount."""
    return figures[0] if len({abs(f.amount or 0) for f in figures}) == 1 else None


def _alike(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are of one time, and of a kind that is added up."""
    same = (one.year, one.period) == (other.year, other.period)
    return same or (is_level(one) and not (one.table or other.table))
