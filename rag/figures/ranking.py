"""Which row of a table has most, or least, in a column: "Hvilket projekt afviger mest?"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rag.asking.column_kinds import column_words, fits, head_kinds
from rag.asking.operations import is_extreme
from rag.figures.arithmetic import pick
from rag.query import Query
from rag.text.language import fold
from rag.text.sum_rows import is_sum_row
from rag.text.topic import Topic, TopicOf, weighted_terms
from rag.types import CouncilDocument, Figure, Table

_NOUN = re.compile(
    r"\b(?:hvilke[nt]?|which|what)(?: (?:af|of) (?:\w+ )?)? (?P<noun>[^\W\d_]{3,})", re.IGNORECASE
)
# Of a column with both, no sign tells which is which.
_ONE_SIDE = re.compile(
    r"\b(?:mer|mindre)forbrug\w*|\b(?:over|under)spen\w*|\boverruns?\b", re.IGNORECASE
)
_HEADED, _NAMED, _ABOUT, _FEWEST = 0.35, 0.45, 0.5, 3
_OF_KIND = 0.9  # what a column of the kind asked for is named by that, if its head is not said


def ranked(
    query: Query,
    topics: TopicOf,
    documents: Iterable[CouncilDocument],
    figures: Mapping[str, Figure],
) -> tuple[list[Figure], list[Figure]] | None:
    """Return the figures of the rows that have most (or least), and those of all the rows.

    Of the one table whose rows are of what the question asks among, in the column that it
    names by its head or its year. The documents come whole, `figures` by their id. None
    where no table, or more than one, is so asked for.
    """
    asked = _NOUN.search(query.text)
    if asked is None or query.operation not in ("most", "least"):
        return None
    noun = topics([asked["noun"]])
    kinds = column_words(query.text)
    known = {asked["noun"].lower(), *(w for w in query.words if is_extreme(w) or fold(w) in kinds)}
    rest = [w for w in query.words if w not in known]
    found = [
        column
        for document in documents
        for table in document.tables
        if noun.cover(weighted_terms((_heads(table), 1.0))) >= _HEADED
        and (column := _column(query, topics(rest), document, table))
    ]
    if len(found) != 1:
        return None
    table, at = found[0]
    cells = [
        figure
        for r, row in enumerate(table.rows)
        if not is_sum_row(row.label) and (figure := figures.get(table.cell_id(r, at)))
    ]
    valued = [f for f in cells if f.value is not None]
    if len(valued) < _FEWEST or len({f.unit for f in valued}) > 1:
        return None
    if _ONE_SIDE.search(query.text) and len({f.value > 0 for f in valued if f.value}) > 1:
        return None
    return pick(query.operation, valued), valued


def _heads(table: Table) -> str:
    """Return the heads of the columns that name the rows: "Nr. Projekt"."""
    return " ".join(column.head for column in table.columns[:2] if not column.year)


def _column(
    query: Query, rest: Topic, document: CouncilDocument, table: Table
) -> tuple[Table, int] | None:
    """Return the table with its column that a question names, where it is about the rest."""
    fit = [fits(query.columns, head_kinds(c.head, table.caption or "")) for c in table.columns]
    said = {
        at: _OF_KIND if fit[at] else rest.names(column.head)
        for at, column in enumerate(table.columns)
        if at and (column.year in query.years if query.years else not column.year)
        if fit[at] is not False
    }
    best = max(said, key=said.__getitem__, default=None)
    if best is None or (said[best] < _NAMED and not query.years):
        return None
    about = f"{document.title} {table.caption or ''} {table.columns[best].head}"
    about += " ".join(row.place.section for row in table.rows[:1])
    if rest and rest.cover(weighted_terms((about, 1.0))) < _ABOUT:
        return None
    return table, best
