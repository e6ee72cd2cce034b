"""The facts a document tells of itself: who asked, when, which committee, what number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from rag.answer import Answer, Statement, Status
from rag.asking.facts import fact_beside
from rag.cite import Citations, Pages
from rag.prose.decisions import asks_for_votes, decision_told
from rag.query import Query
from rag.text.dates import find_dates, spoken_date
from rag.text.language import fold
from rag.text.topic import Topic, weighted_terms
from rag.types import CouncilDocument, Place, Text
from rag.wording import name

_LABELS = {
    "asked": Text("Spørgsmålet er stillet", "The question was asked on"),
    "asker": Text("Spørgsmålet er stillet af", "The question was asked by"),
    "caseworker": Text("Sagsbehandler", "Caseworker"),
    "answered_by": Text("Besvaret af", "Answered by"),
    "proposer": Text("Forslagsstiller", "Proposed by"),
    "committee": Text("Udvalg", "Committee"),
    "expense_type": Text("Udgiftstype", "Type of expense"),
    "price_level": Text("Prisniveau", "Price level"),
    "case_numbers": Text("Sagsnummer", "Case number"),
    "document_numbers": Text("Dokumentnummer", "Document number"),
    "period": Text("Periode", "Period"),
    "date": Text("Dato", "Date"),
    "municipality": Text("Kommune", "Municipality"),
    "title": Text("Titel", "Title"),
}
# What a document must cover of the question; for a decision, whose matter its title tells.
_LEAST_COVER, _OF_MATTER, _NEAR_BEST = 0.5, 0.6, 0.1
# Where a case is filed: a document may have a number of its own in each.
_SYSTEM = re.compile(r"\b(?:f2|edoc|acadre|sbsys|workzone|getorganized|captia|esdh)\b")


class FactAnswer:
    """Answers with what a document says of itself, citing the line that says it."""

    def __init__(self, query: Query, topic: Topic, citations: Citations, pages: Pages) -> None:
        """Take the question; `pages` reads the pages the facts are cited from."""
        self._query, self._topic = query, topic
        self._citations, self._pages = citations, pages

    def answer(self, documents: Sequence[CouncilDocument], named: bool) -> Answer | None:
        """Return the answer, or None where no document in scope tells it of itself."""
        field = self._query.fact or ""
        found = [(d, place) for d in documents if (place := self.place(d, field)) is not None]
        if not named:
            found = self.about(found)
        if not found:
            return None
        status: Status = "ambiguous" if len(found) > 1 and not named else "answered"
        statements = []
        for document, place in found[:6]:
            statements.append(self._told(document, field, place))
            other = fact_beside(field, fold(self._query.text))
            if other and (at := self.place(document, other)) is not None:
                statements.append(self._told(document, other, at))
        return Answer(
            status,
            self._query.language,
            tuple(statements),
            self._citations.all(),
            query=self._query,
        )

    def about(
        self, found: list[tuple[CouncilDocument, Place]]
    ) -> list[tuple[CouncilDocument, Place]]:
        """Keep the documents that the question's words fit best, none where they fit none."""
        if not self._topic:
            return found
        decided = [f for f in found if f[0].decision != "proposed"]
        if self._query.fact == "decision" and (told := self._best(decided, _OF_MATTER)):
            return told  # that a proposal tells no decision is no answer where another does
        return self._best(found, _OF_MATTER if self._query.fact == "decision" else _LEAST_COVER)

    def _best(
        self, found: list[tuple[CouncilDocument, Place]], least: float
    ) -> list[tuple[CouncilDocument, Place]]:
        covers = [self._cover(document) for document, _ in found]
        best = max(covers, default=0.0)
        if best < least:
            return []
        return [f for f, c in zip(found, covers, strict=True) if c >= best - _NEAR_BEST]

    def _cover(self, document: CouncilDocument) -> float:
        names = f"{document.title} {document.kind} {document.asker or ''}"
        if self._query.fact == "decision":
            # A decision is told of many things; the document's is of its own matter.
            return self._topic.cover(weighted_terms((names, 1.0)))
        pages = range(document.first_page, document.last_page + 1)
        text = "\n".join(self._pages(document.source, number).text for number in pages)
        return self._topic.cover(weighted_terms((names, 1.0), (text, 0.7)))

    def _value(self, document: CouncilDocument, field: str) -> str:
        if field == "decision":
            return "" if document.decision == "unknown" else document.decision
        value = getattr(document, field)
        if isinstance(value, dt.date):
            return spoken_date(value, self._query.language)
        if isinstance(value, tuple):
            return ", ".join(value)
        return value or ""

    def _told(self, document: CouncilDocument, field: str, place: Place) -> Statement:
        index, language = self._citations.add(place), self._query.language
        who, words = name(document, language), self._citations.words(place)
        if field == "decision":
            text = f"{who} {decision_told(document, words, language)}"
        elif field == "caseworker" and "sagsbehandler" not in words.lower() and "\t" not in words:
            text = f"{who}: »{words}«"  # an author, a contact: the line says which
        else:
            text = f"{who}: {_LABELS[field].in_(language)} {self._value(document, field)}."
        return Statement(text, (), (index,))

    def place(self, document: CouncilDocument, field: str) -> Place | None:
        """Return the line of the document that says a fact."""
        value = getattr(document, field)
        if field == "decision":
            decided = document.decided
            if decided and asks_for_votes(self._query.text):
                return decided if asks_for_votes(self._citations.words(decided)) else None
            if decided or document.decision == "unknown" or asks_for_votes(self._query.text):
                return decided
            value = document.title
        if not value:
            return None
        if field == "period" and value:
            value = value[:4]
        for number in range(document.first_page, document.last_page + 1):
            text = self._pages(document.source, number).text
            start, before = 0, ""
            for line in text.split("\n"):
                if _says(line, value) and self._filed(f"{before} {line}", field):
                    return Place(document.id, number, start, start + len(line))
                start, before = start + len(line) + 1, line
        return None

    def _filed(self, text: str, field: str) -> bool:
        """Tell whether a number is that of the system the question names, if it names one."""
        asked = set(_SYSTEM.findall(fold(self._query.text)))
        return not field.endswith("_numbers") or asked <= set(_SYSTEM.findall(fold(text)))


def _says(line: str, value: object) -> bool:
    if isinstance(value, dt.date):
        return any(date == value for _, _, date in find_dates(line))
    if isinstance(value, tuple):
        return bool(value) and str(value[0]) in line
    return str(value) in line
