"""Answers how many days lie between two dates that documents tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from rag.answer import Answer, Calculation, Statement
from rag.cite import Citations, Pages
from rag.prose.facts import FactAnswer
from rag.query import Operand, Query
from rag.text.dates import find_dates, spoken_date
from rag.text.sentences import sentences
from rag.text.topic import TopicOf, weighted_terms
from rag.types import CouncilDocument, Figure, Place, Text
from rag.wording import name

_LEAST_COVER = 0.6  # of what a question says of a date, that must be told with it
_MOST_READ, _MOST_TOLD = 40, 6  # documents

Dated = tuple[dt.date, Place]
"""A date, and where a document tells it."""


class DaysAnswer:
    """Counts the days from one date to another, citing both."""

    def __init__(
        self,
        query: Query,
        facts: FactAnswer,
        citations: Citations,
        pages: Pages,
        topic_of: TopicOf,
    ) -> None:
        """Take the question, and what finds the facts that documents tell of themselves."""
        self._query, self._facts = query, facts
        self._citations, self._pages, self._topic_of = citations, pages, topic_of

    def answer(self, documents: Sequence[CouncilDocument], named: bool) -> Answer | None:
        """Return the answer, or None where no document tells both dates.

        They are those the question speaks of ("fra … til …"), else those of a
        question asked in writing and its answer.
        """
        if self._query.operands:
            spans = [(d, self._told(d)) for d in documents[:_MOST_READ]]
        else:
            asked = [(d, p) for d in documents if (p := self._facts.place(d, "asked"))]
            about = asked if named else self._facts.about(asked)
            spans = [(d, self._answered(d, place)) for d, place in about]
        shown = [(d, self._between(*span)) for d, span in spans if span]
        if not shown:
            return None
        language = self._query.language
        statements = [
            Statement(
                f"{name(document, language)}: {days.expression}.",
                (),
                tuple(index for _, index in days.operands),
                days,
            )
            for document, days in shown[:_MOST_TOLD]
        ]
        return Answer(
            "ambiguous" if len(statements) > 1 else "answered",
            language,
            tuple(statements),
            self._citations.all(),
            calculation=statements[0].calculation,
            query=self._query,
        )

    def _answered(self, document: CouncilDocument, asked: Place) -> tuple[Dated, Dated] | None:
        """Return when a politician asked and when the answer came."""
        answered = self._facts.place(document, "date")
        if answered is None or document.asked is None or document.date is None:
            return None
        if document.date < document.asked:
            return None
        return (document.asked, asked), (document.date, answered)

    def _told(self, document: CouncilDocument) -> tuple[Dated, Dated] | None:
        """Return the two dates that the question speaks of, in their order in time."""
        told = list(self._dates(document))
        first, last = (self._meant(operand, told) for operand in self._query.operands)
        if first is None or last is None or first[0] == last[0]:
            return None
        return (first, last) if first[0] < last[0] else (last, first)

    def _dates(self, document: CouncilDocument) -> list[tuple[dt.date, Place, str]]:
        """Return the dates of a document's sentences, each with the words told of it."""
        found = []
        for number in range(document.first_page, document.last_page + 1):
            text = self._pages(document.source, number).text
            for start, end in sentences(text):
                dates = find_dates(text[start:end])
                for at, (_, stop, date) in enumerate(dates):
                    # "Førstebehandles den 18. september og andenbehandles den 9. oktober".
                    begun = dates[at - 1][1] if at else 0
                    ended = end - start if at == len(dates) - 1 else stop
                    said = text[start + begun : start + ended]
                    found.append((date, Place(document.id, number, start, end), said))
        return found

    def _meant(self, operand: Operand, told: list[tuple[dt.date, Place, str]]) -> Dated | None:
        """Return the date an operand means: the one it gives, else the one told of its words."""
        given = [date for _, _, date in find_dates(operand.text)]
        if given:
            return next(((d, place) for d, place, _ in told if d == given[0]), None)
        topic = self._topic_of(operand.words)
        covers = [(topic.cover(weighted_terms((said, 1.0))), d, p) for d, p, said in told]
        best = max((cover for cover, _, _ in covers), default=0.0)
        if not topic or best < _LEAST_COVER:
            return None
        meant = {d: p for cover, d, p in reversed(covers) if cover == best}
        return next(iter(meant.items())) if len(meant) == 1 else None

    def _between(self, first: Dated, last: Dated) -> Calculation:
        language, days = self._query.language, (last[0] - first[0]).days
        operands = tuple(
            (_dated(d, place), self._citations.add(place)) for d, place in (first, last)
        )
        said, then = (spoken_date(date, language) for date, _ in (first, last))
        unit = Text("dage", "days").in_(language)
        text = Text(f"fra {said} til {then}", f"from {said} to {then}").in_(language)
        return Calculation(f"{text} = {days} {unit}", Decimal(days), unit, operands)


def _dated(date: dt.date, place: Place) -> Figure:
    """Return a date as an operand: it has a place, and no amount."""
    return Figure(
        id=f"{place.document}:{date}",
        document=place.document,
        measure="dato",
        concept=None,
        group=None,
        year=date.year,
        period=None,
        text=date.isoformat(),
        state="value",
        value=None,
        low=None,
        high=None,
        unit=None,
        scale=1,
        price_level=None,
        effect="unknown",
        place=place,
        context=place,
    )
