"""The features of what may answer, by which `rag.answering.decide` weighs it."""

from __future__ import annotations

from math import log

from rag.answer import Answer, Hit
from rag.answering.candidates import Quotation
from rag.answering.reader import Read
from rag.answering.windows import named
from rag.query import Query
from rag.text.dates import find_years, period_years
from rag.text.language import fold
from rag.text.names import name_key, proper_names
from rag.text.topic import Topic, weighted_terms
from rag.types import CouncilDocument

FEATURES = (
    *("reader", "share", "search", "cover", "unsaid", "states"),
    *("years", "names", "number"),
    *("own", "own_reader", "own_cover"),
)
FREE = ("unsaid", "own", "own_reader", "own_cover")
"""Features of which more may be worse; of the others more can only be better."""
_LEAST_SHARE = 1e-4
_FEWEST_WORDS = 4
_STRANGE = 0.6  # of a question with a word that no document has ("hjemløse")
# What a word is worth that stands beside or above the sentence, and not in it.
_BEFORE, _SECTION, _ABOVE, _TITLE = 0.5, 0.8, 0.35, 0.35


def quotation_features(
    found: Quotation, query: Query, topic: Topic, hit: Hit, document: CouncilDocument
) -> dict[str, float]:
    """Return the features of a quotation."""
    core = found.read.window.text[slice(*found.core)]
    around = f"{named(document, found.place.section)}\n{found.read.window.text}"
    cover = _cover(found, topic, core, document)
    return {
        "reader": found.read.score,
        "share": log(max(found.read.share(*found.core), _LEAST_SHARE)),
        "search": hit.score,
        "cover": cover,
        "unsaid": _unsaid(topic, cover),
        "states": float(_states(core, found.place.section)),
        "years": _years_told(query, around, document),
        "names": _names_told(query, around),
        "number": float(any(c.isdigit() for c in core)) if query.amount else 1.0,
    }


def _cover(found: Quotation, topic: Topic, core: str, document: CouncilDocument) -> float:
    """Return how much of a question its sentences say, with what they stand under."""
    return topic.cover(
        weighted_terms(
            (core, 1.0),
            (found.text, _BEFORE),
            (found.read.window.above, _ABOVE),
            (found.place.section, _SECTION),
            (document.title, _TITLE),
        )
    )


def _unsaid(topic: Topic, cover: float) -> float:
    """Tell whether a word that no document has is asked for, and too little else is said."""
    return float(topic.strange and cover < _STRANGE)


def _years_told(query: Query, around: str, document: CouncilDocument) -> float:
    """Return the share of the years asked for that a text, or its document, is of."""
    asked = {*query.years, *(int(p[:4]) for p in query.periods)}
    if not asked:
        return 1.0
    told = {y for m in find_years(around) for y in range(m.first, min(m.last, m.first + 20) + 1)}
    told |= set(period_years(document.period)) if document.period else set()
    return len(asked & told) / len(asked)


def _names_told(query: Query, around: str) -> float:
    """Return the share of the names asked for that a text says."""
    asked = [name_key(n) for n in proper_names(query.text)]
    if not asked:
        return 1.0
    flat = fold(around)
    return sum(n in flat for n in asked) / len(asked)


def _states(text: str, section: str) -> bool:
    """Tell whether words state something: no heading, no question, no line of a contents list."""
    said = text.strip()
    return (
        said != section
        and len(said.split()) >= _FEWEST_WORDS
        and not said.rstrip('”"»« ').endswith("?")
        and "....." not in said
    )


def own_features(
    answer: Answer,
    query: Query,
    topic: Topic,
    read: Read | None,
) -> dict[str, float]:
    """Return the features of what one of the product's own ways answers.

    `read` is what the reader makes of the place that the answer cites first.
    """
    first = answer.citations[0]
    score = read.score if read else 0.0
    told = "\n".join((answer.text, first.quote, first.place.section))
    around = f"{told}\n{first.document.title}\n{first.document.number or ''}"
    cover = topic.cover(weighted_terms((told, 1.0), (first.document.title, _TITLE)))
    return {
        "reader": score,
        "cover": cover,
        "unsaid": _unsaid(topic, cover),
        "years": _years_told(query, around, first.document),
        "names": _names_told(query, around),
        "own": 1.0,
        "own_reader": score,
        "own_cover": cover,
    }
