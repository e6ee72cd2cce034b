"""What a text is held against: the documents, figures and sentences of a catalogue.

With `within`, only what stands in those citations counts: a model that was
shown some places may not lean on others.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import cached_property

from rag.cite import Citations
from rag.dates import YearMention, find_dates, find_years
from rag.lookup import Lookup
from rag.types import Citation, CouncilDocument, Figure, Page, Place

_SPACE = re.compile(r"[\s\x00]+")
EARLIER = "politikersvar"
"""The kind of document that alone binds no figure: an error once sent is no source."""


class Sources:
    """Documents, figures and texts that a claim may be bound to."""

    def __init__(
        self,
        catalogue: Lookup,
        within: Sequence[Citation] | None = None,
        without: Collection[str] = (),
    ) -> None:
        """Take the catalogue; `within` narrows it to what stands in those citations.

        `without` are kinds of documents that do not count.
        """
        self._catalogue, self._within = catalogue, within
        listed = [d for d in catalogue.documents() if d.kind not in without]
        if within is not None:
            cited = {c.document.id for c in within}
            listed = [d for d in listed if d.id in cited]
        # A real document is named before its rendition.
        self.documents = {d.id: d for d in sorted(listed, key=lambda d: d.rendition)}
        self.citations = Citations(listed, self._page)

    def _page(self, source: str, number: int) -> Page:
        page = self._catalogue.page(source, number)
        if page is None:
            raise KeyError(f"{source} has no page {number}")
        return page

    def is_primary(self, document: str) -> bool:
        """Tell whether a document may bind a figure alone."""
        return self.documents[document].kind != EARLIER

    @cached_property
    def figures(self) -> list[Figure]:
        """The figures with a value, in the documents' order."""
        order = {id: n for n, id in enumerate(self.documents)}
        found = [
            f
            for f in self._catalogue.figures(list(self.documents))
            if f.value is not None or f.low is not None
        ]
        if self._within is not None:
            found = [f for f in found if any(_holds(c.place, f.place) for c in self._within)]
        return sorted(found, key=lambda f: order[f.document])

    @cached_property
    def by_value(self) -> dict[Decimal, list[Figure]]:
        """The figures by the size of the number printed, and by that of their whole amount."""
        found: dict[Decimal, list[Figure]] = {}
        for figure in self.figures:
            numbers = [n for n in (figure.value, figure.low, figure.high) if n is not None]
            for key in {abs(m) for n in numbers for m in (n, n * figure.scale)}:
                found.setdefault(key, []).append(figure)
        return found

    def sentence(self, figure: Figure) -> str:
        """Return the sentence or row that holds a figure."""
        return self.citations.words(figure.context)

    @cached_property
    def texts(self) -> list[tuple[Place, str]]:
        """The texts and their places: whole pages, or with `within` the quotes."""
        if self._within is not None:
            return [(c.place, c.quote) for c in self._within]
        return [
            (Place(d.id, number, 0, len(page.text)), page.text)
            for d in self.documents.values()
            for number in range(d.first_page, d.last_page + 1)
            for page in [self._page(d.source, number)]
        ]

    @cached_property
    def years(self) -> list[tuple[Place, YearMention]]:
        """The years and periods told, and where."""
        return [
            (_within(place, y.start, y.end), y)
            for place, text in self.texts
            for y in find_years(text)
        ]

    @cached_property
    def dates(self) -> list[tuple[Place, dt.date]]:
        """The dates told, and where."""
        return [
            (_within(place, a, b), date)
            for place, text in self.texts
            for a, b, date in find_dates(text)
        ]

    def occurrences(self, words: str) -> Iterator[Place]:
        """Yield the places where `words` stand, apart from spaces and line breaks."""
        pattern = re.compile(
            r"\s+".join(re.escape(w) for w in _SPACE.split(words) if w), re.IGNORECASE
        )
        for place, text in self.texts:
            for match in pattern.finditer(text):
                yield _within(place, match.start(), match.end())

    def line(self, place: Place) -> Place:
        """Return the place of the whole line that a place stands on."""
        text = self._page(self.documents[place.document].source, place.page).text
        first, last = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
        return Place(place.document, place.page, first, last if last >= 0 else len(text))

    def around(self, place: Place) -> str:
        """Return the words of the line that a place stands on."""
        return self.citations.words(self.line(place))

    def cite(self, place: Place, mark: Place | None = None) -> Citation:
        """Return the citation of a place."""
        return self.citations.of(place, mark)

    def document(self, id: str) -> CouncilDocument:
        """Return a document."""
        return self.documents[id]


def _holds(outer: Place, inner: Place) -> bool:
    return (
        (outer.document, outer.page) == (inner.document, inner.page)
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def _within(place: Place, start: int, end: int) -> Place:
    return Place(place.document, place.page, place.start + start, place.start + end)
