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
from rag.types import SourceDocument

_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted and moved-away text, field codes, the older copy of a drawing, text boxes (read apart).
_UNREAD = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:delText"), f"{_MC}Fallback"}
_BOX = qn("w:txbxContent")
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
    except (KeyError, ValueError, AttributeError, SyntaxError) as error:  # parts amiss
        raise _broken(path) from error
    return builder.source(data, path, _MEDIA, paged=False, metadata=metadata, furniture=furniture)


def _broken(path: str) -> Unreadable:
    return unreadable(
        "broken",
        path,
        "Word-filen er beskadiget og kan ikke læses.",
        "the Word file is damaged and cannot be read.",
    )


def _elements(parent: Any, *names: str) -> Iterator[Any]:
    """Yield the elements of `names` in document order, not looking inside those found."""
    for child in parent:
        if child.tag in names:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _UNREAD and child.tag != _BOX:
            yield from _elements(child, *names)


def _text(paragraph: Any) -> str:
    parts: list[str] = []
    for leaf in _elements(
        paragraph,
        qn("w:t"),
        qn("w:tab"),
        qn("w:br"),
        qn("w:cr"),
        qn("w:noBreakHyphen"),
        qn("w:pPr"),
    ):
        if leaf.tag == qn("w:t"):
            parts.append(leaf.text or "")
        elif leaf.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif leaf.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif leaf.tag == qn("w:tab"):
            parts.append(" ")
    return "".join(parts)


class _Walk:
    """Writes a document's paragraphs and tables to one page, in order."""

    def __init__(self, builder: SourceBuilder, document: Any) -> None:
        self.builder, self.page = builder, builder.page()
        self.styles = {style.style_id: style for style in document.styles}

    def body(self, parent: Any) -> None:
        """Write what stands in a body, a text box or a cell that is only layout."""
        for element in _elements(parent, _P, _TBL):
            if element.tag == _P:
                self._paragraph(element)
            else:
                self._table(element)

    def _paragraph(self, paragraph: Any) -> None:
        text = _text(paragraph)
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
        for box in _boxes(paragraph):
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
        runs = [run for run in _elements(paragraph, qn("w:r")) if _text(run).strip()]
        styled = any(
            _is_on(style.element.find(f"{qn('w:rPr')}/{qn('w:b')}"))
            for style in self._style(paragraph)
        )
        for run in runs:
            bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
            if not (_is_on(bold) or (styled and bold is None)):
                return False
        return bool(runs)

    def _table(self, table: Any) -> None:
        rows: list[list[Spanning]] = []
        inner: list[Any] = []
        heads = 0
        trs = [
            tr for tr in _elements(table, _TR) if tr.find(f"{qn('w:trPr')}/{qn('w:del')}") is None
        ]
        cells = [list(_elements(tr, _TC)) for tr in trs]
        if max(map(len, cells), default=0) < 2:
            for cell in (c for row in cells for c in row):
                self.body(cell)
            return
        for tr, tcs in zip(trs, cells, strict=True):
            above = rows[-1] if rows else []
            rows.append(_row(tr, tcs, above))
            if _is_on(tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")) and heads == len(rows) - 1:
                heads += 1
            inner += [t for tc in tcs for t in _elements(tc, _TBL)]
        known = heads if 0 < heads < len(rows) else None
        add_spanning(self.page, self.builder.new_table(), rows, known)
        for nested in inner:
            self._table(nested)


def _row(tr: Any, tcs: list[Any], above: list[Spanning]) -> list[Spanning]:
    """Return a table row's cells; one merged with the cell above repeats its words."""
    before = tr.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    row = [Spanning("")] * (int(before.get(qn("w:val"), "0")) if before is not None else 0)
    for tc in tcs:
        span = tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        columns = int(span.get(qn("w:val"), "1")) if span is not None else 1
        text = " ".join(_text(p) for p in _elements(tc, _P, _TBL) if p.tag == _P)
        text = " ".join([text, *(_text(p) for box in _boxes(tc) for p in _elements(box, _P))])
        if merge is not None and merge.get(qn("w:val"), "continue") == "continue":
            text = _at(above, sum(cell.columns for cell in row))
        row.append(Spanning(clean(text), columns))
    return row


def _at(row: list[Spanning], column: int) -> str:
    """Return the words at a column of the row above, '' for a value: it would count twice."""
    for cell in row:
        if column < cell.columns:
            return cell.text if re.search(r"[^\W\d_]{2}", cell.text) else ""
        column -= cell.columns
    return ""


def _boxes(element: Any) -> list[Any]:
    """Return the text boxes anchored in `element`, each once."""
    boxes = []
    for child in element:
        if child.tag == _BOX:
            boxes.append(child)
        elif isinstance(child.tag, str) and child.tag not in _UNREAD and child.tag != _TBL:
            boxes += _boxes(child)
    return boxes


def _is_on(toggle: Any) -> bool:
    return toggle is not None and toggle.get(qn("w:val"), "1") not in ("0", "false", "off")


def _add_notes(page: PageBuilder, document: Any) -> None:
    """Add the footnotes and endnotes."""
    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] in ("footnotes", "endnotes"):
            root = parse_xml(relation.target_part.blob)
            for paragraph in root.iter(_P):
                page.add("paragraph", _text(paragraph))


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
                texts += [clean(_text(p)) for p in part._element.iter(_P)]
    return [text for text in texts if text]


def _metadata(document: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _PROPERTIES:
        value = getattr(document.core_properties, name)
        if value:
            found[name] = value.isoformat() if isinstance(value, dt.datetime) else clean(str(value))
    return found
