"""Builds pages and blocks whose offsets fit the page's text by construction."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from ingest.read.hyphens import is_cut_number, whole_numbers
from rag.store.source import Agenda, Block, BlockKind, Bookmark, Box, Page, SourceDocument, Span
from rag.text.marks import apart
from rag.types import Text

Run = tuple[str, Box | None]
"""A stretch of text and the box it stands in, if known."""

Content = str | Sequence[Run]
"""A block's text, whole or as runs; runs are concatenated as they are, so that
the spaces between words must be in them."""

# Soft hyphen, zero-width space, word joiner, byte-order mark and the control
# characters that are not white space: invisible in print, fatal to search.
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1b\x7f]")


def clean(text: str) -> str:
    """Return `text` NFC-normalised, on one line, white space collapsed, invisibles removed.

    A note's mark stands apart from what it marks: "320²" is "320 ²".
    """
    if text.isprintable() and " " not in text and unicodedata.is_normalized("NFC", text):
        return apart(text)  # most often: one word
    return " ".join(apart(unicodedata.normalize("NFC", _INVISIBLE.sub("", text))).split())


def join_boxes(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around `boxes` (at least one)."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


def _lay(content: Content, first: int) -> tuple[str, list[Span]]:
    """Return the content's clean text, and its runs' spans where it starts at `first`."""
    if isinstance(content, str):
        return clean(content), []
    text, space = "", False
    spans: list[Span] = []
    for raw, box in content:
        if raw == " ":
            space = True
            continue
        part = clean(raw)
        space = space or raw[:1].isspace()
        if not part:
            space = space or bool(raw and raw.isspace())
            continue
        if space and text and not (_is_below(box, spans) and is_cut_number(text, part)):
            text += " "
        start = len(text)
        text += part
        if box is not None:
            spans.append(Span(first + start, first + len(text), box))
        space = raw[-1:].isspace()
    whole = unicodedata.normalize("NFC", text)
    if whole == text:
        return text, spans
    # A run began with a combining mark: the runs' borders are inside a letter.
    boxes = [span.box for span in spans]
    return whole, [Span(first, first + len(whole), join_boxes(boxes))] if boxes else []


def _is_below(box: Box | None, spans: Sequence[Span]) -> bool:
    """Tell whether a run in `box` begins a line under that of the run before it."""
    return box is not None and bool(spans) and box.y0 > (spans[-1].box.y0 + spans[-1].box.y1) / 2


class PageBuilder:
    """Collects one page's blocks: each becomes one line of the page's text.

    `add` and `row` return False, adding nothing, where no visible text is
    given. Width and height are in points, 0 for formats without pages.
    """

    def __init__(self, number: int, width: float = 0.0, height: float = 0.0) -> None:
        self.number, self.width, self.height = number, width, height
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._spans: list[Span] = []
        self._length = 0

    def add(self, kind: BlockKind, content: Content, level: int = 0) -> bool:
        """Add a heading, paragraph or item (rows: see `row`)."""
        start = self._start
        text, spans = _lay(content, start)
        if not text:
            return False
        self._line(text, spans)
        self.blocks.append(Block(kind, self.number, start, start + len(text), level))
        return True

    def row(
        self, cells: Sequence[Content], table: int, *, head: bool = False, aligned: bool = True
    ) -> bool:
        """Add a table row; blank cells are empty ranges (see `rag.store.source.Block`)."""
        texts: list[str] = []
        ranges: list[tuple[int, int]] = []
        spans: list[Span] = []
        at = start = self._start
        for cell in cells:
            text, own = _lay(whole_numbers(clean(cell)) if isinstance(cell, str) else cell, at)
            texts.append(text)
            ranges.append((at, at + len(text)))
            spans += own
            at += len(text) + 1
        if not any(texts):
            return False
        self._line("\t".join(texts), spans)
        block = Block(
            "row",
            self.number,
            start,
            at - 1,
            cells=tuple(ranges),
            table=table,
            head=head,
            aligned=aligned,
        )
        self.blocks.append(block)
        return True

    def page(self) -> Page:
        """Return the page as built so far."""
        text = "\n".join(self._parts)
        return Page(self.number, text, tuple(self._spans), self.width, self.height)

    @property
    def _start(self) -> int:
        """Where the next line's text starts."""
        return self._length + (1 if self._parts else 0)

    def _line(self, text: str, spans: Iterable[Span]) -> None:
        self._length = self._start + len(text)
        self._parts.append(text)
        self._spans.extend(spans)


class SourceBuilder:
    """Collects a file's pages and numbers its tables."""

    def __init__(self) -> None:
        self._pages: list[PageBuilder] = []
        self._tables = 0

    def page(self, width: float = 0.0, height: float = 0.0) -> PageBuilder:
        """Open the next page; pages count from 1."""
        self._pages.append(PageBuilder(len(self._pages) + 1, width, height))
        return self._pages[-1]

    def new_table(self) -> int:
        """Return a table number not used in this file, from 1."""
        self._tables += 1
        return self._tables

    def source(
        self,
        data: bytes,
        path: str,
        media_type: str,
        *,
        paged: bool,
        outline: Iterable[Bookmark] = (),
        metadata: dict[str, str] | None = None,
        furniture: Iterable[str] = (),
        warnings: Iterable[Text] = (),
        agenda: Agenda | None = None,
    ) -> SourceDocument:
        """Return the finished file; `data` are its bytes, `path` its name."""
        return SourceDocument(
            id=hashlib.sha256(data).hexdigest(),
            path=path,
            media_type=media_type,
            pages=tuple(page.page() for page in self._pages),
            blocks=tuple(block for page in self._pages for block in page.blocks),
            paged=paged,
            outline=tuple(outline),
            metadata=metadata or {},
            furniture=tuple(dict.fromkeys(clean(text) for text in furniture)),
            warnings=tuple(warnings),
            agenda=agenda,
        )
