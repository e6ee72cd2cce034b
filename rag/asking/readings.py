"""Other ways to read a question that the first gave no answer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.asking.operations import sides_of
from rag.asking.question import side_words
from rag.query import Query
from rag.text.topic import Topic, weighted_terms
from rag.types import CouncilDocument

_TITLED, _OF_TITLE = 0.75, 0.3  # of a side's words in the title; of the title's in the side
_BETWEEN = ("sum", "difference", "most", "least")


def other_readings(query: Query, documents: Sequence[CouncilDocument]) -> Iterator[Query]:
    """Yield the question with a budget as a year, and with titles as the numbers they stand for.

    "Budget 2026 til elevbefordring" may be in a document of another budget; "BU04 og
    senere åbning i klubberne" are two proposals.
    """
    a_range = any("-" in period for period in query.periods)  # names a budget for certain
    if query.periods and not a_range and not query.numbers and not query.years:
        years = dict.fromkeys(int(p[:4]) for p in query.periods)
        yield replace(query, periods=(), years=tuple(years))
    if query.operation in _BETWEEN and len(query.numbers) < 2:
        named = _by_title(query, documents)
        if len(named.numbers) > 1:
            yield named


def _by_title(query: Query, documents: Sequence[CouncilDocument]) -> Query:
    """Return the question with the number of each document that a side names by its title."""
    found = query
    for text in sides_of(query.text) or ():
        words = side_words(text, query)
        near = [d for d in documents if d.number and _is_title(d.title, words)]
        numbers = {d.number for d in near if d.number}
        if len(numbers) == 1 and not numbers & set(query.numbers):
            kept = tuple(w for w in found.words if w not in words)
            found = replace(found, numbers=(*found.numbers, *numbers), words=kept)
    return found


def _is_title(title: str, words: Sequence[str]) -> bool:
    topic = Topic(words)
    covered = topic.cover(weighted_terms((title, 1.0)))
    return bool(words) and covered >= _TITLED and topic.names(title) >= _OF_TITLE
