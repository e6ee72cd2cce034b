"""Small council documents of our own making, for the tests of what is read from them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import count

from ingest.assemble import Content, assemble
from ingest.read.build import SourceBuilder
from rag.store.source import Bookmark, SourceDocument
from rag.types import CouncilDocument, Figure

NOTE = "Note: (-) = mindreudgift/merindtægt, (+) = merudgift/mindreindtægt"
_serial = count()


class Made:
    """A file in the making: each call adds a line, a table or a page, and returns it again."""

    def __init__(self, path: str = "made.pdf", paged: bool = True) -> None:
        self._builder = SourceBuilder()
        self._page = self._builder.page()
        self._path, self._paged = path, paged
        self._outline: list[Bookmark] = []
        self.metadata: dict[str, str] = {}
        self.furniture: list[str] = []

    def heading(self, text: str, level: int = 1) -> Made:
        self._page.add("heading", text, level)
        return self

    def text(self, *paragraphs: str) -> Made:
        for paragraph in paragraphs:
            self._page.add("paragraph", paragraph)
        return self

    def items(self, *items: str) -> Made:
        for item in items:
            self._page.add("item", item)
        return self

    def table(self, head: Sequence[str], *rows: Sequence[str], aligned: bool = True) -> Made:
        number = self._builder.new_table()
        if head:
            self._page.row(head, number, head=True)
        for row in rows:
            self._page.row(row, number, aligned=aligned)
        return self

    def page(self) -> Made:
        self._page = self._builder.page()
        return self

    def bookmark(self, title: str, page: int, level: int = 1) -> Made:
        self._outline.append(Bookmark(title, level, page))
        return self

    def source(self) -> SourceDocument:
        data = f"{self._path} {next(_serial)}".encode()
        return self._builder.source(
            hashlib.sha256(data).digest(),
            self._path,
            "application/pdf",
            paged=self._paged,
            outline=self._outline,
            metadata=self.metadata,
            furniture=self.furniture,
        )

    def content(self) -> Content:
        return assemble(self.source())

    def document(self) -> CouncilDocument:
        (document,) = self.content().documents
        return document


def proposal(number: str, title: str, period: str = "2026-2029") -> Made:
    """The head of a budget proposal's form."""
    return (
        Made()
        .text(f"Budget {period}", "Prioriteringsforslag", f"Nr. {number}")
        .table(
            (),
            ("Overskrift", title),
            ("Udvalg", "Teknikudvalget"),
            ("Forslagsstiller", "Administrationen"),
            ("Udgiftstype", "Serviceudgifter"),
        )
    )


def cells(
    figures: Iterable[Figure], measure: str | None = None
) -> list[tuple[str, int | str | None, str]]:
    """The table figures as (measure, year or period, print)."""
    return [
        (f.measure, f.year or f.period, f.text)
        for f in figures
        if f.table is not None and measure in (None, f.measure)
    ]


def one(figures: Iterable[Figure], measure: str, year: int | str | None = None) -> Figure:
    """The one table figure of a measure and year."""
    (found,) = (
        f
        for f in figures
        if f.table is not None and f.measure == measure and (f.year or f.period) == year
    )
    return found
