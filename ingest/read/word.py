"""Reads DOCX: what stands in the document as it would print, changes accepted."""

from __future__ import annotations

import datetime as dt
import io
from itertools import groupby
from typing import Any

import docx
from docx.oxml.ns import qn

from ingest.read.build import SourceBuilder, clean
from ingest.read.errors import Unreadable
from ingest.read.grid import add_spanning
from ingest.read.headings import looks_like_heading
from ingest.read.sniff import unreadable
from ingest.read.word_numbers import Numbering
from ingest.read.word_rows import Rows, is_gone
from ingest.read.word_styles import Styles
from ingest.read.word_text import Texts
from ingest.read.word_xml import TBL, TC, TR, P, R, boxes, elements, is_on
from rag.store.source import SourceDocument
from rag.text.numbers import parse_number

_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PROPERTIES = ("title", "subject", "author", "keywords", "category", "created", "modified")


def read_docx(path: str, data: bytes) -> SourceDocument:
    """Return the content of a DOCX file: one page, headers and footers as furniture.

    Tracked insertions are read, deletions, hidden text and comments are not. The
    numbers Word sets by itself are part of the text; text boxes and notes follow the
    paragraph or table that they belong to. Raises `Unreadable` for a damaged file.
    """
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:  # zipfile, zlib and python-docx raise a dozen kinds for damage
        raise _broken(path) from error
    builder = SourceBuilder()
    try:
        walk = _Walk(builder, document)
        walk.body(document.element.body)
        furniture = _furniture(document, walk.texts)
        metadata = _metadata(document)
    except (KeyError, ValueError, AttributeError, SyntaxError, TypeError) as error:  # parts amiss
        raise _broken(path) from error
    return builder.source(data, path, _MEDIA, paged=False, metadata=metadata, furniture=furniture)


def _broken(path: str) -> Unreadable:
    return unreadable(
        "broken",
        path,
        "Word-filen er beskadiget og kan ikke læses.",
        "the Word file is damaged and cannot be read.",
    )


class _Walk:
    """Writes a document's paragraphs and tables to one page, in order."""

    def __init__(self, builder: SourceBuilder, document: Any) -> None:
        self.builder, self.page = builder, builder.page()
        self.styles = Styles(document)
        self.texts = Texts(document, self.styles)
        self.numbering = Numbering(document, self.styles)
        self.rows = Rows(self.texts, self.numbering)

    def body(self, parent: Any) -> None:
        """Write what stands in a body, a text box or a cell that is only layout."""
        before = ""
        for element in elements(parent, P, TBL):
            if element.tag == TBL:
                before = self._paragraph(None, before)
                self._table(element)
            else:
                before = self._paragraph(element, before)
        self._paragraph(None, before)

    def _paragraph(self, paragraph: Any, before: str) -> str:
        """Write a paragraph after the text `before`; return what runs on into the next one.

        That is the text of a paragraph whose end is deleted or hidden; None has no text.
        """
        if paragraph is None:
            self.page.add("paragraph", before)
            return ""
        text = before + self.texts.of(paragraph)
        if self._runs_on(paragraph):
            return text
        level = self.styles.heading_level(paragraph)
        listed, mark = self.numbering.of(paragraph)
        if mark:
            text = f"{mark} {text}" if text.strip() else ""
        headed = looks_like_heading(clean(text)) and self._all_bold(paragraph)
        if self.styles.is_contents(paragraph):
            pass
        elif level:
            self.page.add("heading", text, level)
        elif headed and (mark or listed is None):
            self.page.add("heading", text, 3)
        elif listed is not None:
            self.page.add("item", text, listed)
        else:
            # A line break inside a paragraph parts the lines of an address or a form.
            for line in text.split("\n"):
                self.page.add("paragraph", line)
        for box in boxes(paragraph):
            self.body(box)
        self._notes()
        return ""

    def _runs_on(self, paragraph: Any) -> bool:
        end = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        return end is not None and (
            end.find(qn("w:del")) is not None or is_on(end.find(qn("w:vanish")))
        )

    def _all_bold(self, paragraph: Any) -> bool:
        runs = [
            run
            for run in elements(paragraph, R)
            if any((t.text or "").strip() for t in elements(run, qn("w:t")))
            and not self.texts.is_hidden(run, paragraph)
        ]
        return bool(runs) and all(is_on(self.styles.run(r, paragraph, "w:b")) for r in runs)

    def _notes(self) -> None:
        """Write the notes of what was just written: they are read where they are referred to."""
        for note in self.texts.notes():
            self.page.add("paragraph", note)

    def _table(self, table: Any) -> None:
        trs = [tr for tr in elements(table, TR) if not is_gone(tr)]
        cells = [list(elements(tr, TC)) for tr in trs]
        nested = [any(True for tc in row for _ in elements(tc, TBL)) for row in cells]
        frame = any(nested) and not self._has_values(cells, nested)
        if max(map(len, cells), default=0) < 2:
            nested, frame = [True] * len(trs), True
        if not frame:
            self._rows(trs, cells)
            for inner in (t for row in cells for tc in row for t in elements(tc, TBL)):
                self._table(inner)
            return
        # Around another table this one is only layout; its other rows may be a form's.
        for is_frame, run in groupby(zip(nested, trs, cells, strict=True), lambda row: row[0]):
            rows = list(run)
            if is_frame:
                for cell in (c for _, _, row in rows for c in row):
                    self.body(cell)
            else:
                self._rows([tr for _, tr, _ in rows], [row for _, _, row in rows])

    def _has_values(self, cells: list[list[Any]], nested: list[bool]) -> bool:
        """Tell whether a row without a table in it has a number, as a table of figures does."""
        plain = [row for row, around in zip(cells, nested, strict=True) if not around]
        texts = (" ".join(map(self.texts.of, elements(c, P))) for row in plain for c in row[1:])
        return any(parse_number(text) is not None for text in texts)

    def _rows(self, trs: list[Any], cells: list[list[Any]]) -> None:
        rows, heads = self.rows.of(trs, cells)
        add_spanning(self.page, self.builder.new_table(), rows, heads)
        self._notes()


def _furniture(document: Any, read: Texts) -> list[str]:
    texts: list[str] = []
    for section in document.sections:
        for part in (
            section.first_page_header,
            section.header,
            section.even_page_header,
            section.first_page_footer,
            section.footer,
            section.even_page_footer,
        ):
            if not part.is_linked_to_previous:
                texts += [clean(read.of(p)) for p in part._element.iter(P)]
    return [text for text in texts if text]


def _metadata(document: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _PROPERTIES:
        value = getattr(document.core_properties, name)
        if value:
            found[name] = value.isoformat() if isinstance(value, dt.datetime) else clean(str(value))
    return found
