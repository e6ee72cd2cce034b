"""A file as read: pages of text, what each line is, and where it stands on the page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from rag.types import Attachment, Text

BlockKind = Literal["heading", "paragraph", "item", "row"]


class Box(NamedTuple):
    """A rectangle on a page, in points from its top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


class Span(NamedTuple):
    """`page.text[start:end]` stands in `box`."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True)
class Page:
    """A page's text: one paragraph, heading or table row a line.

    Words hyphenated over lines are whole, running heads are gone. A table
    row's cells are separated by tabs. Formats without pages have one page.
    """

    number: int
    text: str
    spans: tuple[Span, ...] = ()
    width: float = 0.0
    height: float = 0.0

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Return the boxes of `text[start:end]`, in reading order."""
        return tuple(s.box for s in self.spans if s.start < end and start < s.end)


@dataclass(frozen=True)
class Block:
    """One line of a page's text, `page.text[start:end]`, and what it is.

    A `row` has one range a cell in `cells` (empty range: a blank cell) and
    shares its `table` number with the other rows of its table; `head` rows
    name the columns. Where the reader could not tell which column a row's
    values stand in (plain text drops blank cells), `aligned` is False and the
    cells after the first are the row's values in order.
    """

    kind: BlockKind
    page: int
    start: int
    end: int
    level: int = 0
    cells: tuple[tuple[int, int], ...] = ()
    table: int | None = None
    head: bool = False
    aligned: bool = True


class Bookmark(NamedTuple):
    """An entry of a file's outline; `level` counts from 1."""

    title: str
    level: int
    page: int


@dataclass(frozen=True)
class AgendaItem:
    """One item of an agenda whose format tells its parts; it fills `page`, from its title on."""

    page: int
    number: int
    title: str
    url: str | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Agenda:
    """A meeting as its format tells it: whose, when, and the items in order."""

    municipality: str | None
    committee: str
    date: dt.date
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True)
class SourceDocument:
    """A file's content: `id` is the SHA-256 of its bytes, `path` its name.

    `paged` is False for formats without pages. `furniture` holds the running
    heads and feet that were taken out of the pages, each once. `personal` tells
    that the file holds personal numbers (CPR), which its text hides; `unread` are
    the pages whose picture shows what nobody has read, or a number itself. `agenda` is there
    for formats that tell a meeting's parts instead of only printing them.
    """

    id: str
    path: str
    media_type: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    paged: bool = True
    outline: tuple[Bookmark, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    furniture: tuple[str, ...] = ()
    warnings: tuple[Text, ...] = ()
    personal: bool = False
    agenda: Agenda | None = None
    unread: tuple[int, ...] = ()

    def page(self, number: int) -> Page:
        """Return page `number`."""
        return self.pages[number - 1]

    def text(self, block: Block) -> str:
        """Return a block's text."""
        return self.pages[block.page - 1].text[block.start : block.end]

    def cell_texts(self, block: Block) -> tuple[str, ...]:
        """Return the texts of a row's cells, blank ones as ''."""
        page = self.pages[block.page - 1].text
        return tuple(page[a:b] for a, b in block.cells)
