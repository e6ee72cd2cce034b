"""Tells what a document is about, in its own words: its résumé, or how it begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer import Answer, Statement, Status
from rag.cite import Citations
from rag.query import Query
from rag.text.sentences import sentences
from rag.types import CouncilDocument, Passage, Place, Text
from rag.wording import name, told_apart

_RESUME = re.compile(
    r"^(?:\d+\.?\s*)?(?:resum|sammenfatning|sammendrag|indledning|kort fortalt)", re.I
)
_MOST_DOCUMENTS, _QUOTE = 4, 500  # characters


def summarise(
    query: Query,
    documents: Sequence[CouncilDocument],
    passages: Sequence[Passage],
    citations: Citations,
) -> Answer | None:
    """Return how each of a few `documents` tells its matter; None where none has prose.

    `passages` are those of the documents, in their order.
    """
    statements = []
    for document in told_apart(documents)[:_MOST_DOCUMENTS]:
        place = _opening([p for p in passages if p.document == document.id])
        if place is not None:
            index = citations.add(place)
            says = Text("skriver", "says").in_(query.language)
            who = name(document, query.language)
            text = f"{who} (»{document.title}«) {says}: »{citations.words(place)}«"
            statements.append(Statement(text, (), (index,)))
    if not statements:
        return None
    status: Status = "ambiguous" if len(statements) > 1 else "answered"
    return Answer(status, query.language, tuple(statements), citations.all(), query=query)


def _opening(passages: Sequence[Passage]) -> Place | None:
    """Return the first sentences of the résumé, else of the first passage of prose."""
    resume = [p for p in passages if _RESUME.match(p.section)]
    for passage in [*resume, *passages]:
        for line in re.finditer(r"[^\n]+", passage.text):
            ranges = sentences(line[0])
            if "\t" in line[0] or not line[0].rstrip().endswith((".", ":")) or len(line[0]) < 60:
                continue
            fitting = [end for _, end in ranges if end <= _QUOTE] or [ranges[0][1]]
            start = passage.start + line.start() + ranges[0][0]
            end = passage.start + line.start() + fitting[-1]
            return Place(passage.document, passage.page, start, end, passage.section)
    return None
