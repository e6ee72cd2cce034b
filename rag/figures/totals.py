"""Finds the sum of a table that a question asks for whole: "det samlede beløb i 2027"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rag.asking.column_kinds import column_words, fits, head_kinds
from rag.figures.traits import kind_fits
from rag.query import Query
from rag.text.language import fold
from rag.text.sum_rows import is_sum_row
from rag.text.topic import Topic, TopicOf, weighted_terms
from rag.types import CouncilDocument, Figure, Table

_WHOLE = re.compile(
    r"\b(?:samle(?:t|de)|total\w*|i ?alt|overall|whole|entire|combined|altogether)\b"
)
_ABOUT = 0.75  # of the question's words, that a table's caption and its document's title say


def asks_whole(query: Query) -> bool:
    """Tell whether a question asks for the whole of something."""
    return bool(query.words and _WHOLE.search(fold(query.text)))


def total_asked(
    query: Query,
    topics: TopicOf,
    documents: Sequence[CouncilDocument],
    figures: Mapping[str, Figure],
) -> list[Figure]:
    """Return the sum of the one table that `query` asks the whole of, in the years it names.

    The documents come whole, `figures` by their id. Empty where no table, or more than
    one, is so asked for, and where its sum is several amounts for a year.
    """
    topic = topics(query.words)
    told = [own for own in _sums(query, topic, documents, figures) if own and topic]
    if not told and query.columns:
        # The column may say it all: "Hvor stor er den samlede afvigelse?".
        named = column_words(query.text)
        topic = topics([word for word in query.words if fold(word) not in named])
        told = _sums(query, topic, documents, figures)
    if len(told) != 1 or len({f.year for f in told[0]}) < len(told[0]):
        return []
    return told[0]


def _sums(
    query: Query,
    topic: Topic,
    documents: Iterable[CouncilDocument],
    figures: Mapping[str, Figure],
) -> list[list[Figure]]:
    """Return the sums of the tables that `topic` is of, or whose column's kind is all asked for."""
    return [
        _of_all_years([f for f in _sum_row(table, at, figures) if _is_asked(f, query)], query)
        for document in documents
        for table in document.tables
        for at, of_kind in [_columns(query, table)]
        if (topic or of_kind)
        and (not topic or topic.cover(weighted_terms((_about(document, table, at), 1.0))) >= _ABOUT)
    ]


def _columns(query: Query, table: Table) -> tuple[list[int], bool]:
    """Return a table's columns that may answer, and whether they are of a kind asked for."""
    fit = [
        fits(query.columns, head_kinds(column.head, table.caption or ""))
        for column in table.columns
    ]
    of_kind = [at for at, fitting in enumerate(fit) if fitting]
    return of_kind or [at for at, fitting in enumerate(fit) if fitting is None], bool(of_kind)


def _about(document: CouncilDocument, table: Table, columns: Iterable[int]) -> str:
    sections = {row.place.section for row in table.rows}
    heads = (table.columns[at].head for at in columns)
    return " ".join([document.title, table.caption or "", *sections, *heads])


def _sum_row(table: Table, columns: Iterable[int], figures: Mapping[str, Figure]) -> list[Figure]:
    """Return the figures in `columns` of a table's last row where that sums up the others."""
    at = len(table.rows) - 1
    if at < 1 or not is_sum_row(table.rows[at].label):
        return []
    cells = (figures.get(table.cell_id(at, c)) for c in columns)
    return [f for f in cells if f is not None and f.value is not None]


def _of_all_years(row: list[Figure], query: Query) -> list[Figure]:
    """Return what a table has added up over its years itself, where no year is asked for."""
    added = [f for f in row if f.year is None and f.period]
    return added if added and not query.years else row


def _is_asked(figure: Figure, query: Query) -> bool:
    """Tell whether a figure is of the kind and a year asked for."""
    dated = not query.years or figure.year in query.years
    return dated and kind_fits(figure, query.amount)
