"""What a file holds, as rows of the catalogue's tables and back."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from rag.store import spans
from rag.store.codec import decode, encode, unharmed
from rag.store.database import Database
from rag.store.embeddings import embedded_text, text_key
from rag.store.source import Block, Page, SourceDocument
from rag.types import Access, CouncilDocument, Figure, Finding, Passage, Table

DOCUMENT = "body, access"
PAGE = "number, text, width, height, spans"
PASSAGE = 'id, document, page, start, "end", section, text'


def put_source(database: Database, source: SourceDocument, reader: str) -> None:
    """Insert a file and its pages."""
    bare = replace(source, path="", pages=(), blocks=())
    blocks = zlib.compress(encode(source.blocks).encode())
    database.many(
        "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(source.id, source.media_type, len(source.pages), reader, encode(bare), blocks),
                source.personal,
            )
        ],
    )
    database.many(
        "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?)",
        [
            (source.id, p.number, p.text, p.width, p.height, spans.pack(p.spans))
            for p in source.pages
        ],
    )


def put_documents(database: Database, documents: Sequence[CouncilDocument]) -> None:
    """Insert documents."""
    database.many(
        "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(d.id, d.source, d.kind, d.municipality, d.committee, d.number, d.period),
                d.date and d.date.isoformat(),
                *(d.title, d.rendition, encode(replace(d, tables=()))),
                encode(d.tables),
                *(d.access, d.first_page, d.start, d.last_page, d.end),
            )
            for d in documents
        ],
    )
    named = {(name, d.id) for d in documents for name in d.names}
    database.many("INSERT INTO naming VALUES (?, ?)", sorted(named))


def put_figures(database: Database, figures: Sequence[Figure]) -> None:
    """Insert figures; their documents are there."""
    database.many(
        "INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (f.id, f.document, f.concept, f.year, f.period, f.unit, encode(f), *_sizes(f))
            for f in figures
        ],
    )


def _sizes(figure: Figure) -> tuple[float | None, ...]:
    ends = (figure.low, figure.high) if figure.value is None else (figure.value, None)
    return tuple(
        None if end is None else float(abs(end) * scale)
        for end in ends
        for scale in (1, figure.scale)
    )


def put_findings(database: Database, findings: Sequence[Finding]) -> None:
    """Insert findings, each under every document it names."""
    first = 1 + database.rows("SELECT coalesce(max(number), 0) FROM finding")[0][0]
    numbered = list(enumerate(findings, start=first))
    database.many(
        "INSERT INTO finding VALUES (?, ?, ?, ?)",
        [(n, f.kind, f.severity, encode(f)) for n, f in numbered],
    )
    database.many(
        "INSERT INTO finding_document VALUES (?, ?)",
        [(n, document) for n, f in numbered for document in {p.document for p in f.places}],
    )


def put_passages(
    database: Database, documents: Sequence[CouncilDocument], passages: Sequence[Passage]
) -> None:
    """Insert the passages of `documents`, which are there."""
    titles = {d.id: d.title for d in documents}
    database.many(
        "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(p.id, p.document, p.page, p.start, p.end, p.section, p.text),
                text_key(embedded_text(titles[p.document], p.section, p.text)),
            )
            for p in passages
        ],
    )


@lru_cache(maxsize=128)
@unharmed()
def page(row: tuple[Any, ...]) -> Page:
    """Return the page of a row of `PAGE`. Cached: an answer reads its pages many times."""
    number, text, width, height, packed = row
    return Page(number, text, spans.unpack(packed), width, height)


@unharmed()
def source(body: str, path: str, pages: tuple[Page, ...], blocks: bytes) -> SourceDocument:
    """Return a file as read."""
    lines = decode(tuple[Block, ...], zlib.decompress(blocks).decode())
    return replace(decode(SourceDocument, body), path=path, pages=pages, blocks=lines)


@lru_cache(maxsize=20_000)
def document(body: str, access: Access) -> CouncilDocument:
    """Return a document without its tables. Cached: a question lists them all."""
    read = decode(CouncilDocument, body)
    return read if read.access == access else replace(read, access=access)


def whole(body: str, access: Access, tables: str) -> CouncilDocument:
    """Return a document with its tables."""
    return replace(document(body, access), tables=decode(tuple[Table, ...], tables))
