"""What a text is held against: the documents, figures and sentences of a catalogue.

With `within`, only what stands in those citations counts: a model that was
shown some places may not lean on others.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from rag.answer import Citation
from rag.cite import Citations
from rag.store.lookup import Lookup
from rag.store.source import Page
from rag.text.dates import YearMention, find_dates, find_years
from rag.types import CouncilDocument, Figure, Place, Table

_PAGES = 512  # kept as read: a letter comes back to the same ones
_SPACE = re.compile(r"[\s\x00]+")
# What SQLite folds without case.
_PLAIN = re.compile(r"[a-z0-9-]+", re.IGNORECASE)
EARLIER = "politikersvar"
"""The kind of document that alone binds no figure: an error once sent is no source."""

Size = tuple[Decimal, Decimal]
"""From and to, without sign."""


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
        self._holding: dict[str, frozenset[tuple[str, int]]] = {}
        self._tables: dict[str, dict[str, Table]] = {}
        self._page = lru_cache(maxsize=_PAGES)(self._read)
        self.citations = Citations(self.documents, self._page)

    def _read(self, source: str, number: int) -> Page:
        page = self._catalogue.page(source, number)
        if page is None:
            raise KeyError(f"{source} has no page {number}")
        return page

    def is_primary(self, document: str) -> bool:
        """Tell whether a document may bind a figure alone."""
        return self.documents[document].kind != EARLIER

    def figures_of_size(self, sizes: Sequence[Size]) -> list[Figure]:
        """Return the figures with a number of one of the sizes, in the documents' order.

        Numbers are those printed and those in whole units.
        """
        only = None if self._within is None else list(self.documents)
        return self._counted(self._catalogue.figures_of_size(sizes, only))

    def figures(self, documents: Collection[str] | None = None) -> list[Figure]:
        """Return the figures with a value of documents, or of all, in the documents' order."""
        ids = [id for id in self.documents if documents is None or id in documents]
        found = self._catalogue.figures(ids)
        return self._counted(f for f in found if f.value is not None or f.low is not None)

    def _counted(self, figures: Iterable[Figure]) -> list[Figure]:
        order = {id: n for n, id in enumerate(self.documents)}
        found = [f for f in figures if f.document in order]
        if self._within is not None:
            found = [f for f in found if any(_holds(c.place, f.place) for c in self._within)]
        return sorted(found, key=lambda f: order[f.document])

    def all_figures(self, document: str) -> list[Figure]:
        """Return every figure of a document, blank cells too."""
        return self._catalogue.figures([document])

    def table(self, figure: Figure) -> Table | None:
        """Return the table that a figure stands in."""
        if figure.document not in self._tables:
            whole = self._catalogue.document(figure.document)
            self._tables[figure.document] = {t.id: t for t in whole.tables} if whole else {}
        return self._tables[figure.document].get(figure.table or "")

    def page_text(self, place: Place) -> str:
        """Return the text of the page that a place stands on."""
        return self._page(self.documents[place.document].source, place.page).text

    def words_at(self, place: Place, more: int) -> str:
        """Return the words at a place and so many characters after it."""
        return self.page_text(place)[place.start : place.end + more]

    def section(self, place: Place) -> str:
        """Return the heading above a place."""
        above = [
            s
            for s in self.documents[place.document].sections
            if (s.page, s.start) <= (place.page, place.start)
        ]
        return above[-1].title if above else ""

    def sentence(self, figure: Figure) -> str:
        """Return the sentence or row that holds a figure."""
        return self.citations.words(figure.context)

    def texts(self, words: str = "") -> list[tuple[Place, str]]:
        """Return the texts and their places: whole pages, or with `within` the quotes.

        With `words`, those that cannot hold them may be left out.
        """
        if self._within is not None:
            return [(c.place, c.quote) for c in self._within]
        longest = max(_PLAIN.findall(words), key=len, default="")
        pages = self._pages_holding(longest)
        return [
            (Place(d.id, number, 0, len(text)), text)
            for d in self.documents.values()
            for number in range(d.first_page, d.last_page + 1)
            if (d.source, number) in pages
            for text in [self._page(d.source, number).text]
        ]

    def _pages_holding(self, word: str) -> frozenset[tuple[str, int]]:
        # A letter names the same proposal and year again and again.
        if word not in self._holding:
            self._holding[word] = frozenset(self._catalogue.pages_holding(word))
        return self._holding[word]

    def years(self, words: str = "") -> Iterator[tuple[Place, YearMention]]:
        """Yield the years and periods told, and where."""
        for place, text in self.texts(words):
            for year in find_years(text):
                yield _within(place, year.start, year.end), year

    def dates(self, year: int) -> Iterator[tuple[Place, dt.date]]:
        """Yield the dates told of a year, and where."""
        for place, text in self.texts(str(year)):
            for a, b, date in find_dates(text):
                yield _within(place, a, b), date

    def occurrences(self, words: str) -> Iterator[Place]:
        """Yield the places where `words` stand, apart from spaces and line breaks.

        "90 pladser" does not stand in "190 pladser".
        """
        said = r"\s+".join(re.escape(w) for w in _SPACE.split(words) if w)
        pattern = re.compile(rf"(?<!\d)(?<!\d[.,])(?:{said})", re.IGNORECASE)
        for place, text in self.texts(words):
            for match in pattern.finditer(text):
                yield _within(place, match.start(), match.end())

    def line(self, place: Place) -> Place:
        """Return the place of the whole line that a place stands on."""
        text = self.page_text(place)
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
