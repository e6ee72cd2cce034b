"""Reads DOCX: what stands in the document as it would print, changes accepted."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.read.build import PageBuilder, SourceBuilder, clean
from ingest.read.errors import Unreadable
from ingest.read.grid import Spanning, add_spanning
from ingest.read.headings import looks_like_heading
from ingest.read.sniff import unreadable
from ingest.read.word_xml import TBL, TC, TR, P, boxes, elements, is_on, row_of, text_of
from rag.store.source import SourceDocument

_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEADING = re.compile(r"(?:heading|overskrift)\s*([1-9])", re.IGNORECASE)
_PROPERTIES = ("title", "subject", "author", "keywords", "category", "created", "modified")


def read_docx(path: str, data: bytes) -> SourceDocument:
    """Return the content of a DOCX file: one page, headers and footers as furniture.

    Tracked insertions are read, deletions are not; text boxes follow the
    paragraph they are anchored to, footnotes come last. Raises `Unreadable` for
    a damaged file.
    """
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:  # zipfile, zlib and python-docx raise a dozen kinds for damage
        raise _broken(path) from error
    builder = SourceBuilder()
    try:
        walk = _Walk(builder, document)
        walk.body(document.element.body)
        _add_notes(walk.page, document)
        furniture = _furniture(document)
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
        self.styles = {style.style_id: style for style in document.styles}

    def body(self, parent: Any) -> None:
        """Write what stands in a body, a text box or a cell that is only layout."""
        for element in elements(parent, P, TBL):
            if element.tag == P:
                self._paragraph(element)
            else:
                self._table(element)

    def _paragraph(self, paragraph: Any) -> None:
        text = text_of(paragraph)
        level = self._heading_level(paragraph)
        depth = self._list_depth(paragraph)
        if level:
            self.page.add("heading", text, level)
        elif depth is not None:
            self.page.add("item", text, depth)
        elif looks_like_heading(clean(text)) and self._all_bold(paragraph):
            self.page.add("heading", text, 3)
        else:
            # A line break inside a paragraph parts the lines of an address or a form.
            for line in text.split("\n"):
                self.page.add("paragraph", line)
        for box in boxes(paragraph):
            self.body(box)

    def _style(self, paragraph: Any) -> Iterator[Any]:
        """Yield a paragraph's style and those it is based on."""
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = self.styles.get(found.get(qn("w:val"))) if found is not None else None
        for _ in range(20):
            if style is None:
                return
            yield style
            style = style.base_style

    def _properties(self, paragraph: Any, name: str) -> Any:
        """Return a paragraph property, its own or its style's; None if unset."""
        own = [paragraph, *(style.element for style in self._style(paragraph))]
        found = (element.find(f"{qn('w:pPr')}/{qn(name)}") for element in own)
        return next((element for element in found if element is not None), None)

    def _heading_level(self, paragraph: Any) -> int:
        for style in self._style(paragraph):
            if match := _HEADING.match(style.name or ""):
                return int(match[1])
            if (style.name or "").lower() in ("title", "titel"):
                return 1
        outline = self._properties(paragraph, "w:outlineLvl")
        level = int(outline.get(qn("w:val"), "9")) if outline is not None else 9
        return level + 1 if level < 9 else 0

    def _list_depth(self, paragraph: Any) -> int | None:
        numbering = self._properties(paragraph, "w:numPr")
        if numbering is None:
            listed = any(
                re.match(r"List (?:Bullet|Number)", style.name or "")
                for style in self._style(paragraph)
            )
            return 0 if listed else None
        number = numbering.find(qn("w:numId"))
        if number is not None and number.get(qn("w:val")) == "0":
            return None
        depth = numbering.find(qn("w:ilvl"))
        return int(depth.get(qn("w:val"), "0")) if depth is not None else 0

    def _all_bold(self, paragraph: Any) -> bool:
        runs = [run for run in elements(paragraph, qn("w:r")) if text_of(run).strip()]
        styled = any(
            is_on(style.element.find(f"{qn('w:rPr')}/{qn('w:b')}"))
            for style in self._style(paragraph)
        )
        for run in runs:
            bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
            if not (is_on(bold) or (styled and bold is None)):
                return False
        return bool(runs)

    def _table(self, table: Any) -> None:
        rows: list[list[Spanning]] = []
        inner: list[Any] = []
        heads = 0
        trs = [tr for tr in elements(table, TR) if tr.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
        cells = [list(elements(tr, TC)) for tr in trs]
        if max(map(len, cells), default=0) < 2:
            for cell in (c for row in cells for c in row):
                self.body(cell)
            return
        for tr, tcs in zip(trs, cells, strict=True):
            above = rows[-1] if rows else []
            rows.append(row_of(tr, tcs, above))
            if is_on(tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")) and heads == len(rows) - 1:
                heads += 1
            inner += [t for tc in tcs for t in elements(tc, TBL)]
        known = heads if 0 < heads < len(rows) else None
        add_spanning(self.page, self.builder.new_table(), rows, known)
        for nested in inner:
            self._table(nested)


def _add_notes(page: PageBuilder, document: Any) -> None:
    """Add the footnotes and endnotes."""
    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] in ("footnotes", "endnotes"):
            root = parse_xml(relation.target_part.blob)
            for paragraph in root.iter(P):
                page.add("paragraph", text_of(paragraph))


def _furniture(document: Any) -> list[str]:
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
                texts += [clean(text_of(p)) for p in part._element.iter(P)]
    return [text for text in texts if text]


def _metadata(document: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _PROPERTIES:
        value = getattr(document.core_properties, name)
        if value:
            found[name] = value.isoformat() if isinstance(value, dt.datetime) else clean(str(value))
    return found
