"""Citations: the exact words at a place, collected and numbered for one answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from rag.answer import Citation
from rag.store.source import Page
from rag.types import CouncilDocument, Place

Pages = Callable[[str, int], Page]
"""Reads a page: the file's SHA-256 and the page number."""


class Citations:
    """Numbers the places an answer rests on, from 0, each place once."""

    def __init__(self, documents: Mapping[str, CouncilDocument], pages: Pages) -> None:
        """Take the documents that may be cited, by id."""
        self._documents = documents
        self._pages = pages
        self._found: list[Citation] = []

    def add(self, place: Place, mark: Place | None = None) -> int:
        """Return the number of the citation of `place`; `mark` is what to show of it."""
        citation = self.of(place, mark)
        if citation not in self._found:
            self._found.append(citation)
        return self._found.index(citation)

    def of(self, place: Place, mark: Place | None = None) -> Citation:
        """Return the citation of `place`, without a number."""
        document = self._documents[place.document]
        return Citation(
            document=document,
            place=place if document.paged else self._located(document, place),
            quote=self.words(place),
            mark=mark or place,
        )

    def words(self, place: Place) -> str:
        """Return the exact words at a place."""
        source = self._documents[place.document].source
        return self._pages(source, place.page).text[place.start : place.end]

    def _located(self, document: CouncilDocument, place: Place) -> Place:
        """Return a place with its section and the number of its paragraph there."""
        text = self._pages(document.source, place.page).text
        above = [s for s in document.sections if s.page == place.page and s.start <= place.start]
        section = above[-1] if above else None
        paragraph = text[section.start if section else 0 : place.start].count("\n")
        return replace(
            place,
            section=section.title if section else "",
            paragraph=max(paragraph + (section is None), 1),
        )

    def all(self) -> tuple[Citation, ...]:
        """Return the citations in order."""
        return tuple(self._found)
