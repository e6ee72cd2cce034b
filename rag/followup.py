"""What a follow-up question leaves out, taken from the question before it."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.language import fold
from rag.types import Query
from rag.vocabulary import concepts

_ELLIPTIC = re.compile(
    r"^(og|hvad med|hvad sa med|and|what about|how about|in english|pa dansk|samme|same)\b"
)
_ASKING = re.compile(r"^(hvorfor|why|hvem|who|hvornar|when|hvordan|how|hvad|what|det|den)\b")
_POINTING = re.compile(r"\b(det|den|dette|forslaget|svaret|notatet|it|that|this|the proposal)\b")


def carry_over(query: Query, earlier: Query) -> Query:
    """Return `query`, completed from the `earlier` one where it is a follow-up.

    A question that names its document, or that says enough on its own, is
    returned as it is.
    """
    return _carried(query, earlier) if _follows(query) else query


def _follows(query: Query) -> bool:
    """Tell whether a question leaves out what it is about."""
    flat = fold(query.text)
    few = len(flat.split()) <= 6
    if few and (_ELLIPTIC.match(flat) or (_ASKING.match(flat) and not query.words)):
        return True
    if query.numbers or (query.municipalities and query.words):
        return False
    return bool(_POINTING.search(flat)) or (len(flat.split()) <= 4 and not query.words)


def _carried(query: Query, earlier: Query) -> Query:
    """Return `query` with what it leaves out taken from the question before it."""
    intent, fact, amount = query.intent, query.fact, query.amount
    measures, words = query.concepts, query.words
    if intent == "prose" and not words and earlier.intent == "figure":
        intent, amount = "figure", earlier.amount
    if intent == "figure" and not measures and not words:
        measures, amount = earlier.concepts, earlier.amount or amount
    elif intent == "prose" and measures and earlier.intent == "figure":
        intent = "figure"
        amount = "staff" if any(concepts()[m].unit for m in measures) else "money"
    same = query.numbers or query.municipalities or query.kinds
    return replace(
        query,
        intent=intent,
        fact=fact,
        amount=amount,
        numbers=query.numbers or (() if same else earlier.numbers),
        municipalities=query.municipalities or (() if same else earlier.municipalities),
        periods=query.periods or (() if same else earlier.periods),
        kinds=query.kinds or (() if same else earlier.kinds),
        years=query.years or earlier.years,
        concepts=measures,
        words=words or (() if same else earlier.words),
    )
