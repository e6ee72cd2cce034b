"""Reads HTML as councils publish it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PreformattedString

from ingest.read.build import PageBuilder, SourceBuilder, clean
from ingest.read.grid import Spanning, add_spanning
from ingest.read.headings import looks_like_heading
from ingest.read.sniff import decode
from ingest.read.web_page import drop_other, is_layout, only_leads_elsewhere
from rag.store.source import BlockKind, SourceDocument
from rag.text.marks import raised
from rag.text.numbers import parse_number

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table ul".split()
)
_BOLD = ("b", "strong")


def read_html(path: str, data: bytes) -> SourceDocument:
    """Return the content of an HTML file; scripts, menus and hidden parts are left out.

    The file's title and meta fields are metadata, and so is its own address where
    it tells one ("url"); a site's footer is furniture.
    Raises `Unreadable` where the bytes are no text.
    """
    soup = BeautifulSoup(_decode(path, data), "lxml")
    metadata = _metadata(soup)
    drop_other(soup)
    furniture = []
    for tag in soup.find_all("footer"):
        if not tag.decomposed and tag.find_parent(["article", "main"]) is None:
            furniture += [clean(text) for text in tag.stripped_strings]
            tag.decompose()
    builder = SourceBuilder()
    walk = _Walk(builder, builder.page())
    walk.block(soup.body or soup)
    return builder.source(
        data, path, "text/html", paged=False, metadata=metadata, furniture=furniture
    )


def add_html(builder: SourceBuilder, page: PageBuilder, html: str) -> None:
    """Add a fragment of HTML to a page, as `read_html` reads a whole one."""
    soup = BeautifulSoup(html, "lxml")
    drop_other(soup)
    _Walk(builder, page).block(soup.body or soup)


def _decode(path: str, data: bytes) -> str:
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        declared = EncodingDetector.find_declared_encoding(data, is_html=True)
        try:
            if declared and "16" not in declared:
                return data.decode(declared)
        except (LookupError, ValueError):
            pass  # declared wrongly: as undeclared
    return decode(data, path)


def _metadata(soup: BeautifulSoup) -> dict[str, str]:
    found = {}
    for tag in soup.find_all("meta", attrs={"name": True, "content": True}):
        found[str(tag["name"]).lower()] = clean(str(tag["content"]))
    if soup.title and clean(soup.title.get_text()):
        found["title"] = clean(soup.title.get_text())
    canonical = soup.select_one('link[rel~="canonical"][href], meta[property="og:url"][content]')
    address = str(canonical.get("href") or canonical.get("content")) if canonical else ""
    if re.fullmatch(r"https?://\S+", address):
        found["url"] = address
    return found


class _Walk:
    """Writes the blocks of a tree to a page, in document order."""

    def __init__(self, builder: SourceBuilder, page: PageBuilder) -> None:
        self.builder, self.page = builder, page

    def block(
        self, tag: Tag, kind: BlockKind = "paragraph", level: int = 0, mark: str = ""
    ) -> None:
        """Write what a block element holds; its own inline text is of `kind`."""
        texts: list[str] = []
        bold: list[bool] = []
        written = False

        def flush() -> None:
            nonlocal mark, written
            text = clean("".join(texts))
            strong = bool(bold) and all(bold)
            texts.clear()
            bold.clear()
            if kind == "paragraph" and strong and looks_like_heading(text):
                self.page.add("heading", text, 3)
            elif self.page.add(kind, mark + text if text else "", level):
                mark, written = "", True

        for part in _inline(tag):
            if isinstance(part, Tag) and part.name == "br":
                if kind == "heading":
                    texts.append(" ")
                else:
                    flush()
            elif isinstance(part, Tag):
                flush()
                if kind == "item" and part.name in ("p", "div") and not written:
                    self.block(part, kind, level, mark)
                    written = True
                else:
                    self._child(part)
            else:
                text = _raised(part)
                lines = text.split("\n") if tag.name == "pre" else [text]
                for index, line in enumerate(lines):
                    if index:
                        flush()
                    texts.append(line)
                    if line.strip():
                        bold.append(part.find_parent(_BOLD) is not None)
        flush()

    def _child(self, tag: Tag) -> None:
        if re.fullmatch(r"h[1-6]", tag.name):
            self.block(tag, "heading", int(tag.name[1]))
        elif tag.name in ("ul", "ol"):
            self._list(tag)
        elif tag.name == "table":
            self._table(tag)
        else:
            self.block(tag)

    def _list(self, tag: Tag) -> None:
        level = len(tag.find_parents(["ul", "ol"]))
        start = str(tag.get("start", "1"))
        number = int(start) if start.isdecimal() and len(start) < 9 else 1
        for child in tag.find_all(True, recursive=False):
            if child.name == "li":
                self.block(child, "item", level, f"{number}. " if tag.name == "ol" else "")
                number += 1
            else:
                self._child(child)

    def _table(self, tag: Tag) -> None:
        rows = [tr for tr in tag.find_all("tr") if tr.find_parent("table") is tag]
        cells = [list(tr.find_all(["td", "th"], recursive=False)) for tr in rows]
        caption = tag.find("caption")
        if isinstance(caption, Tag) and caption.find_parent("table") is tag:
            self.block(caption)
        nested = [any(_tables(cell) for cell in row) for row in cells]
        whole = max(map(len, cells), default=0) < 2 or tag.get("role") == "presentation"
        figures = any(map(_has_values, (r for r, n in zip(cells, nested, strict=True) if not n)))
        if whole or (not figures and is_layout(cells)):
            nested = [True] * len(rows)
        elif figures or not any(nested):
            inner = [t for row in cells for cell in row for t in _tables(cell)]
            for below in inner:
                below.extract()
            self._rows(rows, cells)
            for below in inner:
                self._table(below)
            return
        # Around another table this one is only layout; its other rows may be a form's.
        for is_frame, run in groupby(zip(nested, rows, cells, strict=True), lambda row: row[0]):
            part = list(run)
            if is_frame:
                for cell in (c for _, _, row in part for c in row):
                    if len(cells[0]) < 2 or not only_leads_elsewhere([cell]):
                        self.block(cell)
            else:
                self._rows([tr for _, tr, _ in part], [row for _, _, row in part])

    def _rows(self, rows: list[Tag], cells: list[list[Tag]]) -> None:
        heads = _heads(rows, cells)
        spanning = [
            [Spanning(_text(c), _span(c, "colspan"), _span(c, "rowspan")) for c in row]
            for row in cells
        ]
        add_spanning(self.page, self.builder.new_table(), spanning, heads or None)


def _tables(cell: Tag) -> list[Tag]:
    """Return the tables that stand in a cell, not those within them."""
    tables = cell.find_all("table")
    return [t for t in tables if isinstance(t, Tag) and _around(t) is _around(cell)]


def _has_values(row: list[Tag]) -> bool:
    return any(parse_number(clean(_text(cell))) is not None for cell in row[1:])


def _inline(tag: Tag) -> Iterator[NavigableString | Tag]:
    """Yield the text, line breaks and block elements in `tag`, inline elements opened up."""
    for child in tag.children:
        if isinstance(child, PreformattedString):  # comments and the like
            continue
        if isinstance(child, NavigableString) or (
            isinstance(child, Tag) and (child.name in _BLOCKS or child.name == "br")
        ):
            yield child
        elif isinstance(child, Tag):
            yield from _inline(child)


def _around(tag: Tag) -> Tag | None:
    return tag.find_parent("table")


def _text(cell: Tag) -> str:
    return "".join(
        " "
        if isinstance(part, Tag) and part.name == "br"
        else f" {_text(part)} "
        if isinstance(part, Tag)
        else _raised(part)
        for part in _inline(cell)
    )


def _raised(text: NavigableString) -> str:
    """Return a text as it stands, raised where it is set above the line."""
    for around in text.parents:
        if around.name in _BLOCKS or around.name in ("td", "th"):
            break
        if around.name == "sup" or "super" in str(around.get("style", "")):
            return raised(str(text))
    return str(text)


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(max(int(value), 1), 100) if value.isdecimal() and len(value) < 6 else 1


def _heads(rows: list[Tag], cells: list[list[Tag]]) -> int:
    """Count the rows at the top that the mark-up says are heads."""
    count = 0
    for tr, row in zip(rows, cells, strict=True):
        named = tr.find_parent("thead") is not None or all(cell.name == "th" for cell in row)
        if not named:
            break
        count += 1
    return count if count < len(rows) else 0
