"""Reads PDFs: words by their positions, tables cell by cell, running text as blocks."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.read import ocr
from ingest.read.build import Content, SourceBuilder, clean
from ingest.read.errors import Unreadable, UnreadableCode
from ingest.read.pdf_flow import usual_style
from ingest.read.pdf_furniture import take_furniture
from ingest.read.pdf_heads import names_columns
from ingest.read.pdf_lines import Hyphens, Token, to_lines, upright
from ingest.read.pdf_looks import mark_headings
from ingest.read.pdf_page import Entry, lay_out
from ingest.read.pdf_pictures import pictures_kept, unread_pictures
from ingest.read.pdf_table import Table, whole
from ingest.read.pdf_unread import unread
from rag.pdf.pdfium import PageWords, PdfBrokenError, PdfPasswordError, words
from rag.store.source import Bookmark, SourceDocument
from rag.types import Text

MEDIA_TYPE = "application/pdf"


def read_pdf(path: Path | str, data: bytes) -> SourceDocument:
    """Read a PDF's bytes; `path` names it in the result and in errors.

    Raises Unreadable: encrypted, broken, empty, no_text_layer or wrong_type.
    """
    name = Path(path).name
    if b"%PDF-" not in data[:1024]:
        raise _unreadable("wrong_type", name)
    try:
        found = words(data)
    except PdfPasswordError as error:
        raise _unreadable("encrypted", name) from error
    except PdfBrokenError as error:
        raise _unreadable("broken", name) from error
    if not found:
        raise _unreadable("empty", name)
    pages, warnings = _with_text(name, data, found)
    warnings += unread(name, pages)
    outline, metadata = _pypdf(data, len(pages))
    builder = SourceBuilder()
    furniture = _build(builder, pages, outline)
    kept, personal = unread_pictures(data, found, pages)
    source = builder.source(
        data,
        name,
        MEDIA_TYPE,
        paged=True,
        outline=outline,
        metadata=metadata,
        furniture=furniture,
        warnings=[*warnings, *pictures_kept(name, kept, found)],
    )
    return replace(source, unread=kept, personal=personal)


def _with_text(
    name: str, data: bytes, pages: list[PageWords]
) -> tuple[list[PageWords], list[Text]]:
    """Return the pages with text, recognised where it is drawn only, and what to warn of."""
    bare = [i for i, page in enumerate(pages) if not page.words and (page.objects or page.unmapped)]
    if not any(page.words for page in pages) and not bare:
        raise _unreadable("empty", name)
    if not bare:
        return pages, []
    if not ocr.available():
        if len(bare) == sum(bool(page.objects) for page in pages):
            raise _unreadable("no_text_layer", name)
        return pages, [_missing(name, bare)]
    read = {i: ocr.recognise(data, i + 1, pages[i]) for i in bare}
    pages = [read.get(i, page) for i, page in enumerate(pages)]
    if not any(page.words for page in pages):
        raise _unreadable("no_text_layer", name)
    still = [i for i in bare if not pages[i].words]
    seen = [i for i in bare if pages[i].words]
    return pages, [_recognised(name, seen)] * bool(seen) + [_missing(name, still)] * bool(still)


def _pypdf(data: bytes, count: int) -> tuple[list[Bookmark], dict[str, str]]:
    """Return a PDF's bookmarks and metadata, none where they cannot be read."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
    except Exception:  # pypdf raises many kinds on damaged files that pdfium can read
        return [], {}
    metadata: dict[str, str] = {}
    try:
        for key, value in (reader.metadata or {}).items():
            text = clean(str(value))
            if text:
                metadata[str(key).lstrip("/")] = text
    except Exception:
        metadata = {}
    try:
        outline = _bookmarks(reader, reader.outline, 1)
    except Exception:
        outline = []
    return [mark for mark in outline if 1 <= mark.page <= count], metadata


def _bookmarks(reader: object, entries: Sequence[object], level: int) -> list[Bookmark]:
    import pypdf

    assert isinstance(reader, pypdf.PdfReader)
    found: list[Bookmark] = []
    for entry in entries:
        if isinstance(entry, list):
            found += _bookmarks(reader, entry, level + 1)
        elif isinstance(entry, pypdf.generic.Destination):
            page = reader.get_destination_page_number(entry)
            title = clean(str(entry.title or ""))
            if page is not None and title:
                found.append(Bookmark(title, level, page + 1))
    return found


@dataclass
class _Last:
    """The table that ended the page before, if it may go on: its number and itself."""

    number: int
    table: Table


def _build(builder: SourceBuilder, pages: list[PageWords], outline: list[Bookmark]) -> list[str]:
    """Add all pages to the builder; return the furniture."""
    turned = [upright(page) for page in pages]
    lines, furniture = take_furniture(
        [to_lines(page.tokens) for page in turned],
        [page.height for page in turned],
        names_columns,
    )
    style = usual_style(lines)
    hyphens = Hyphens(token for page in lines for line in page for token in line.tokens)
    entries: list[list[Entry]] = []
    last: Table | None = None
    for number, (page, own) in enumerate(zip(turned, lines, strict=True), start=1):
        marks = [mark for mark in outline if mark.page == number]
        laid = lay_out(own, page, style, marks, last)
        entries.append(laid)
        last = laid[-1].table if laid else last
    mark_headings([e.flow for page in entries for e in page if e.flow], style)
    number = 0
    for raw, page_entries in zip(pages, entries, strict=True):
        page_builder = builder.page(raw.width, raw.height)
        for entry in page_entries:
            if entry.flow:
                runs = hyphens.runs(entry.flow.words)
                page_builder.add(entry.flow.kind, runs, entry.flow.level)
            elif entry.table:
                number = number if entry.goes_on else builder.new_table()
                for row in entry.table.rows:
                    cells: list[Content] = [_cell(hyphens, cell) for cell in row.cells]
                    page_builder.row(cells, number, head=row.head, aligned=row.aligned)
    return furniture


def _cell(hyphens: Hyphens, lines: list[list[Token]]) -> Content:
    # Word writes its bullets in a private letter of the Symbol font.
    runs = [(text.replace("\uf0b7", "•"), box) for text, box in hyphens.runs(lines)]
    text = "".join(text for text, _ in runs)
    return runs if whole(text) == text else [run for run in runs if run[0] != " "]


def _list(pages: Sequence[int]) -> str:
    return ", ".join(str(page + 1) for page in pages)


def _missing(name: str, pages: Sequence[int]) -> Text:
    return Text(
        f"{name}: side {_list(pages)} har intet tekstlag (scannet?) og er ikke læst.",
        f"{name}: page {_list(pages)} has no text layer (scanned?) and was not read.",
    )


def _recognised(name: str, pages: Sequence[int]) -> Text:
    return Text(
        f"{name}: teksten på side {_list(pages)} er læst med OCR (Tesseract); "
        "tal herfra skal kontrolleres mod originalen.",
        f"{name}: the text of page {_list(pages)} was read by OCR (Tesseract); "
        "check its figures against the original.",
    )


def _unreadable(code: UnreadableCode, name: str) -> Unreadable:
    if ocr.available():
        tried = Text("OCR (Tesseract) fandt ingen tekst i dem.", "OCR (Tesseract) found no text.")
    else:
        tried = Text(
            "Installér Tesseract med dansk, så læses de med OCR.",
            "Install Tesseract with Danish to have them read by OCR.",
        )
    messages: dict[UnreadableCode, Text] = {
        "wrong_type": Text(
            f"{name} er ikke en PDF, selv om navnet siger det. Gem filen i sit rigtige format.",
            f"{name} is no PDF, though its name says so. Save it in its real format.",
        ),
        "encrypted": Text(
            f"{name} er låst med adgangskode. Gem en kopi uden adgangskode, og indlæs den.",
            f"{name} is locked by a password. Save a copy without one and ingest that.",
        ),
        "broken": Text(
            f"{name} er beskadiget og kan ikke åbnes. Hent eller eksportér filen igen.",
            f"{name} is damaged and cannot be opened. Download or export it again.",
        ),
        "empty": Text(f"{name} har ingen sider med indhold.", f"{name} has no pages with content."),
        "no_text_layer": Text(
            f"{name} har intet tekstlag: siderne er billeder (scannet). {tried.da} "
            "Indlæs en udgave med tekst.",
            f"{name} has no text layer: its pages are pictures (scanned). {tried.en} "
            "Ingest a version with text.",
        ),
    }
    return Unreadable(code, messages[code])
