"""Holds every answer to its citations: what cannot be bound is not said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from rag.numerals import Numeral, find_numerals, unit_name
from rag.types import Answer, Page, Statement

Pages = Callable[[str, int], Page]


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
    allowed: set[tuple[Decimal | None, str | None]] = {_key(n) for n in find_numerals(quotes)}
    allowed |= {(abs(f.amount), f.unit) for f, _ in statement.figures if f.amount is not None}
    for shown in (answer.calculation, statement.calculation):
        if shown:
            allowed.add((abs(shown.result), shown.unit))
    cells = {(abs(f.value), f.unit) for f, _ in statement.figures if f.value is not None}
    return all(
        _key(n) in allowed
        or (n.scale == 1 and n.value is not None and (abs(n.value), n.unit) in cells)
        for n in find_numerals(_without_names(statement, answer))
    )


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


def _key(numeral: Numeral) -> tuple[Decimal | None, str | None]:
    value = numeral.value if numeral.value is not None else numeral.high
    return (abs(value) * numeral.scale if value is not None else None, numeral.unit)
