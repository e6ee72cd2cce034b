"""Answers "which … are there?" with the whole list a document holds.

A list is the labels of a table whose first column is headed by what is asked
for ("Projekt"), or the headings below the section that the question numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answer import Answer, Statement
from rag.cite import Citations
from rag.query import Query
from rag.text.language import fold
from rag.text.topic import Topic, TopicOf, weighted_terms
from rag.types import CouncilDocument, Place, Row, Table, Text
from rag.wording import name

_WHICH = re.compile(
    r"(?:hvilke|which|nævn|naevn|list|name)\s+(?:(?:de|the)\s+)?"
    r"(?:(?:\d+|to|tre|fire|fem|seks|two|three|four|five|six)\s+)?(?P<noun>[^\W\d_]+)",
    re.IGNORECASE,
)
_SECTION = re.compile(r"\b(?:afsnit|section|kapitel|chapter)\s+(\d+)\b", re.IGNORECASE)
_SUM = re.compile(r"\W*(?:i ?alt|sum|total|netto)\b", re.IGNORECASE)
_HEADED, _ABOUT, _FEWEST = 0.9, 0.5, 2


def asks_which(query: Query) -> bool:
    """Tell whether a question asks for a list: "Hvilke projekter …"."""
    return bool(_WHICH.match(query.text))


def list_members(
    query: Query,
    topics: TopicOf,
    documents: Sequence[CouncilDocument],
    citations: Citations,
    named: bool = True,
) -> Answer | None:
    """Return the list that `query` asks for from the first of `documents` that holds it.

    The documents come whole; where the question has `named` none, it must say what the list
    is about. None where none holds one, or the question says more than the list's own words
    tell.
    """
    asked = _WHICH.match(query.text)
    if asked is None:
        return None
    rest = [word for word in query.words if fold(word) != fold(asked["noun"])]
    noun, about = topics([asked["noun"]]), topics(rest)
    for document in documents if named or rest else ():
        found = _headings(query.text, document) if named else []
        found = found or _labels(noun, about, document)
        indexes = tuple(citations.add(place) for place in found)
        if indexes:
            said = ", ".join(f"»{citations.words(place)}«" for place in found)
            has = Text("har", "has").in_(query.language)
            told = f"{name(document, query.language)} {has}: {said}."
            statement = Statement(told, (), indexes)
            return Answer("answered", query.language, (statement,), citations.all(), query=query)
    return None


def _headings(question: str, document: CouncilDocument) -> list[Place]:
    """Return the headings below the section that a question numbers."""
    number = _SECTION.search(question)
    listed = list(document.sections)
    for at, section in enumerate(listed if number else ()):
        if number and re.match(rf"{number[1]}\.?\s", section.title):
            below = []
            for other in listed[at + 1 :]:
                if other.level <= section.level:
                    break
                end = other.start + len(other.title)
                below.append(Place(document.id, other.page, other.start, end, section.title))
            return below if len(below) >= _FEWEST else []
    return []


def _labels(noun: Topic, rest: Topic, document: CouncilDocument) -> list[Place]:
    """Return the labels of a table that is headed by what is asked for, and is about the rest."""
    for table in document.tables:
        head = " ".join(column.head for column in table.columns[:2] if not column.year)
        if noun.cover(weighted_terms((head, 1.0))) < _HEADED:
            continue
        about = f"{document.title} {table.caption or ''} {_section(table)}"
        rows = [row for row in table.rows if row.cells and not _SUM.match(row.label)]
        kept = rows
        if rest and rest.cover(weighted_terms((about, 1.0))) < _ABOUT:
            kept = list(_said(rest.beyond(about), rows))
            if len(kept) == len(rows):
                return []
        if kept and len(rows) >= _FEWEST:
            return [_label(row) for row in kept]
    return []


def _said(more: Topic, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows whose cells tell what a question asks of them: "… er forsinket"."""
    for row in rows:
        cells = " ".join(cell.text for cell in row.cells or ())
        if more.cover(weighted_terms((cells, 1.0))) >= _HEADED:
            yield row


def _section(table: Table) -> str:
    return table.rows[0].place.section if table.rows else ""


def _label(row: Row) -> Place:
    named = (cell for cell in row.cells or () if cell.text and row.label.endswith(cell.text))
    cell, place = next(named, (row.cells or ())[0]), row.place
    return Place(place.document, place.page, cell.start, cell.end, place.section, place.paragraph)
