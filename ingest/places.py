"""Names places: page and range, and for formats without pages section and paragraph."""

from __future__ import annotations

from bisect import bisect_right

from ingest.split import Part
from rag.store.source import SourceDocument
from rag.types import Place


class Places:
    """Makes the places of one document.

    A paragraph is a block that is no heading; it counts from 1 in its section.
    """

    def __init__(self, source: SourceDocument, part: Part, document_id: str) -> None:
        self._document = document_id
        self._starts: list[tuple[int, int]] = []
        self._names: list[tuple[str, int]] = []
        section, paragraph = "", 0
        for block in part.blocks:
            if block.kind == "heading":
                section, paragraph = source.text(block), 0
            else:
                paragraph += 1
            self._starts.append((block.page, block.start))
            self._names.append((section, paragraph))

    def __call__(self, page: int, start: int, end: int) -> Place:
        """Return the place of `start:end` on `page`."""
        index = bisect_right(self._starts, (page, start)) - 1
        section, paragraph = self._names[index] if index >= 0 else ("", 0)
        return Place(self._document, page, start, end, section, paragraph or None)
