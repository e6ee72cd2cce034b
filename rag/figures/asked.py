"""What a question for a figure asks, and what it is read with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rag.figures.column_kinds import KindsAsked
from rag.figures.traits import Told
from rag.query import Query
from rag.text.topic import Topic
from rag.types import Figure, Table


class QueryTopics(NamedTuple):
    """What a question is about, and its words as they are looked for.

    `words` are all of them, for the rows' labels, and `said` those of its own text: a
    follow-up takes words of the turn before. `noun` is the one that names the figure
    asked for (`rag.asking.measure_noun`), empty where none does.
    """

    topic: Topic
    words: Topic
    said: Topic
    noun: Topic


@dataclass(frozen=True)
class FigureAsked:
    """A question for a figure, with what tells of the figures that may answer it.

    `told` is what is told around each prose figure, by figure id. A cell whose column is
    of no kind asked for (`kinds`) never answers. `table` returns the table of a figure,
    `spoken` the words that a document speaks of, by its id: lemmas, no parts of compounds.
    """

    query: Query
    topics: QueryTopics
    told: Mapping[str, Told]
    kinds: KindsAsked
    table: Callable[[Figure], Table | None]
    spoken: Callable[[str], frozenset[str]]
