"""Answers which documents there are."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer import Answer, Statement, remark
from rag.cite import Citations, Pages
from rag.query import Query
from rag.text.topic import Topic, weighted_terms
from rag.types import CouncilDocument, Place, Text
from rag.wording import name

_MOST = 20
_AND_MORE = Text(
    "Der er flere end disse. Nævn en kommune, et budget eller et emne for at få færre.",
    "There are more than these. Name a municipality, a budget or a matter to get fewer.",
)


def list_documents(
    query: Query,
    topic: Topic,
    documents: Sequence[CouncilDocument],
    citations: Citations,
    pages: Pages,
) -> Answer | None:
    """Return the documents of the kind and on the topic asked for, or None where there are none."""
    found = [d for d in documents if not query.kinds or d.kind in query.kinds]
    if query.committees:
        found = [d for d in found if d.committee in query.committees]
    if query.years:
        found = [d for d in found if any(str(y) in (d.period or "") for y in query.years)] or found
    if topic:
        found = [d for d in found if topic.cover(weighted_terms((d.title, 1.0))) >= 0.5]
    if not found:
        return None
    statements = []
    for document in found[:_MOST]:
        index = citations.add(_title_place(document, pages))
        period = f", {document.period}" if document.period else ""
        text = f"{name(document, query.language)}: {document.title}{period}."
        statements.append(Statement(text, (), (index,)))
    if len(found) > _MOST:
        statements.append(remark(_AND_MORE.in_(query.language), statements))
    return Answer("answered", query.language, tuple(statements), citations.all(), query=query)


def _title_place(document: CouncilDocument, pages: Pages) -> Place:
    """Return the line that holds a document's title, else the first line of its first page."""
    text = pages(document.source, document.first_page).text
    at = text.find(document.title)
    start = text.rfind("\n", 0, at) + 1 if at >= 0 else 0
    end = text.find("\n", start)
    return Place(document.id, document.first_page, start, end if end >= 0 else len(text))
