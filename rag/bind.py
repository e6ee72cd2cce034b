"""Holds every answer to its citations: what cannot be bound is not said.

The gate (`rag.gate.gate`) reads a text that others wrote and searches the documents for
what it may mean; here the answer names its figures and places itself, and its words are
held to these very ones: their sizes, units and, as the gate reads it, their direction.
Judged by the whole gate within its own citations, two in five of the statements over the
known answers were flagged though they are right: a title between quotation marks, a
row told in prose, a calculation's years all mean something else in a free text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from rag.answer import Answer, Statement
from rag.cite import Pages
from rag.gate.claims import Claim, sentence_amounts
from rag.gate.direction import meaning
from rag.text.numerals import find_numerals
from rag.text.units import unit_name
from rag.types import Figure

_QUOTED = re.compile(r"»[^«]*«")
Size = tuple[tuple[Decimal, Decimal], str | None]
"""The low and high end of an amount in whole units, without sign, and its unit."""


def bind(answer: Answer, pages: Pages) -> Answer:
    """Return the answer without the statements that its citations do not bear out.

    A quote must occur at its place, and every amount in a statement's text must
    stand in one of its citations (in the same or another unit of the same
    amount), be the value of a cited figure, or the result of the calculation.
    """
    kept = tuple(s for s in answer.statements if _bound(s, answer, pages))
    near = tuple(s for s in answer.near if _bound(s, answer, pages))
    if (kept, near) == (answer.statements, answer.near):
        return answer
    return replace(answer, statements=kept, near=near)


def _bound(statement: Statement, answer: Answer, pages: Pages) -> bool:
    if not statement.citations:
        return False
    for index in statement.citations:
        citation = answer.citations[index]
        page = pages(citation.document.source, citation.place.page)
        if page.text[citation.place.start : citation.place.end] != citation.quote:
            return False
    quotes = "\n".join(answer.citations[i].quote for i in statement.citations)
    allowed: set[Size] = {(n.ends, n.unit) for n in find_numerals(quotes)}
    allowed |= {_size(f.amount, f.unit) for f, _ in statement.figures if f.amount is not None}
    for shown in (answer.calculation, statement.calculation):
        if shown:
            allowed.add(_size(shown.result, shown.unit))
    told = find_numerals(_without_names(statement, answer))
    return all((n.ends, n.unit) in allowed for n in told) and _directed(statement)


def _directed(statement: Statement) -> bool:
    """Tell whether a statement, its quotes aside, calls no cut a raise, nor a raise a cut."""
    text = _QUOTED.sub(lambda m: " " * len(m[0]), statement.text)
    for claim in sentence_amounts(text):
        told = meaning(claim.led, claim.after, claim.english).named
        effects = {f.effect for f, _ in statement.figures if _is_size(claim, f)}
        if told and effects and not effects & {told, "unknown"}:
            return False
    return True


def _is_size(claim: Claim, figure: Figure) -> bool:
    if claim.value is None or figure.amount is None:
        return False
    return any(claim.value * scale == abs(figure.amount) for _, scale in claim.units)


def _without_names(statement: Statement, answer: Answer) -> str:
    """Return a statement's text without its documents' titles and the units of its tables.

    "1.000 kr." is no amount there, nor is the "fire skoler" of a title.
    """
    text = statement.text
    for index in statement.citations:
        text = text.replace(answer.citations[index].document.title, "")
    for figure, _ in statement.figures:
        if figure.table is not None and figure.scale != 1:
            unit = re.escape(unit_name(figure.unit, figure.scale))
            printed = rf"(?:(?<![\d.,]){re.escape(figure.text)} in? )?"
            text = re.sub(rf"{printed}(?<![\d.,]){unit}", "", text)
    return text


def _size(number: Decimal, unit: str | None) -> Size:
    return (abs(number), abs(number)), unit
