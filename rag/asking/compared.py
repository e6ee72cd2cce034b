"""What a follow-up compares or adds up: the figures that the questions before it asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from rag.asking.followup import ALL_YEARS
from rag.query import Query
from rag.text.language import fold
from rag.vocabulary import only_hinted

_TELLING_APART = ("years", "concepts", "numbers", "municipalities", "periods", "words")
_ENDS = ("difference", "percent")
_AMONG = ("sum", "most", "least")
_TOGETHER = re.compile(
    r"\b(tilsammen|sammenlagt|lagt sammen|lagges? sammen|together|altogether|combined)\b"
)
_BOTH = re.compile(
    r"\b(de to|dem|dem begge|begge|begge to|disse|the two|both|them|those|these)( tal| years)?\b"
)


def compared(query: Query, turns: Sequence[Query]) -> Query | None:
    """Return `query` as asked of the figures spoken of; None where it asks of something else.

    "Hvad er forskellen på de to?", "hvor stor er stigningen?", "og tilsammen?": the
    question names nothing itself, and the last two of `turns` (completed, oldest first)
    asked for figures that one thing tells apart: the year, the measure, the document.
    What is added up may be more than two.
    """
    hinted = query.operation == "sum" and only_hinted(query.text)  # "tilsammen" names no net
    own = replace(query, concepts=()) if hinted else query
    if any(getattr(own, field) for field in _TELLING_APART):
        return None
    flat = fold(query.text)
    figures = [t for t in turns if t.intent == "figure" and not t.operation]
    if len(figures) < 2 or figures[-1] is not turns[-1]:
        return None
    last = figures[-1]
    apart = _apart(figures[-2], last)
    of_both = bool(_BOTH.search(flat)) or (query.operation == "sum" and _adds(flat, apart))
    if len(apart) != 1 or not (query.operation in _ENDS or (query.operation in _AMONG and of_both)):
        return None
    spoken = figures[-2:]
    if query.operation == "sum" and not _BOTH.search(flat):
        # "Og tilsammen?": all that was spoken of in a row.
        alike = takewhile(lambda t: _apart(t, last) in ([], apart), reversed(figures))
        spoken = list(alike)[::-1]
    each = tuple(dict.fromkeys(value for turn in spoken for value in getattr(turn, apart[0])))
    told = {field: getattr(last, field) for field in (*_TELLING_APART, "kinds")}
    return replace(query, intent="figure", amount=last.amount, **told | {apart[0]: each})


def _apart(one: Query, other: Query) -> list[str]:
    """Return the fields in which two questions differ."""
    return [f for f in _TELLING_APART if getattr(one, f) != getattr(other, f)]


def _adds(flat: str, apart: list[str]) -> bool:
    """Tell whether a folded question wants what was spoken of added up, not the whole period."""
    if ALL_YEARS.search(flat):
        return False
    return apart == ["years"] or bool(_TOGETHER.search(flat))
