"""What a follow-up compares: the figures that the two questions before it asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.language import fold
from rag.query import Query
from rag.vocabulary import only_hinted

_TELLING_APART = ("years", "concepts", "numbers", "municipalities", "periods", "words")
_ENDS = ("difference", "percent")
_AMONG = ("sum", "most", "least")
_BOTH = re.compile(
    r"\b(de to|dem|dem begge|begge|begge to|disse|the two|both|them|those|these)( tal| years)?\b"
)


def compared(query: Query, turns: Sequence[Query]) -> Query | None:
    """Return `query` as asked of the figures spoken of; None where it asks of something else.

    "Hvad er forskellen på de to?", "hvor stor er stigningen?": the question names
    nothing itself, and the last two of `turns` (completed, oldest first) asked for
    figures that one thing tells apart: the year, the measure, the document.
    """
    hinted = query.operation == "sum" and only_hinted(query.text)  # "tilsammen" names no net
    own = replace(query, concepts=()) if hinted else query
    if any(getattr(own, field) for field in _TELLING_APART):
        return None
    if query.operation not in _ENDS and not (
        query.operation in _AMONG and _BOTH.search(fold(query.text))
    ):
        return None
    figures = [t for t in turns if t.intent == "figure" and not t.operation]
    if len(figures) < 2 or figures[-1] is not turns[-1]:
        return None
    one, other = figures[-2:]
    apart = [f for f in _TELLING_APART if getattr(one, f) != getattr(other, f)]
    if len(apart) != 1:
        return None
    both = tuple(dict.fromkeys((*getattr(one, apart[0]), *getattr(other, apart[0]))))
    told = {field: getattr(other, field) for field in (*_TELLING_APART, "kinds")}
    return replace(query, intent="figure", amount=other.amount, **told | {apart[0]: both})
