"""From a file as read to what the catalogue holds of it. No I/O."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ingest.catalogues import unsplit
from ingest.cell_units import unit_stated
from ingest.checks.document import findings
from ingest.checks.reading import Reading, Statement
from ingest.closed import closed
from ingest.describe import FileFacts, describe, file_facts
from ingest.effects import with_effects
from ingest.figures import is_text_table, table_figures
from ingest.passages import passages
from ingest.places import Places
from ingest.prose import prose_figures
from ingest.split import Part, split
from ingest.tables import captions, read_tables
from rag.store.source import SourceDocument
from rag.text.sentences import BULLETS, statements
from rag.types import CouncilDocument, Figure, Finding, Passage, Table, Text


@dataclass(frozen=True)
class Content:
    """All that a file's documents hold, each in document order; `readings` are for comparing,
    `warnings` for whoever read it in."""

    documents: tuple[CouncilDocument, ...]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    passages: tuple[Passage, ...]
    readings: tuple[Reading, ...] = field(compare=False)
    warnings: tuple[Text, ...] = ()


def assemble(source: SourceDocument) -> Content:
    """Return the documents of a file with their figures, findings and passages.

    Ids are derived from the file's SHA-256 and the document's ordinal, so that
    the same bytes give the same ids.
    """
    documents: list[CouncilDocument] = []
    figures: list[Figure] = []
    found: list[Finding] = []
    texts: list[Passage] = []
    read: list[Reading] = []
    facts = file_facts(source)
    parts = split(source)
    for ordinal, (part, shut) in enumerate(zip(parts, closed(source, parts), strict=True), start=1):
        document_id = f"{source.id[:16]}-{ordinal}"
        read.append(_reading(source, part, document_id, facts))
        document = read[-1].document
        documents.append(replace(document, access="closed") if shut else document)
        figures += read[-1].figures
        found += findings(read[-1])
        texts += passages(source, part, document_id)
    told = unsplit(source) if len(parts) == 1 else None
    warnings = (told,) if told else ()
    return Content(
        tuple(documents), tuple(figures), tuple(found), tuple(texts), tuple(read), warnings
    )


def _reading(source: SourceDocument, part: Part, document_id: str, facts: FileFacts) -> Reading:
    """Return one document, its figures, and what else the checks look at."""
    place_at = Places(source, part, document_id)
    tables = read_tables(source, part.blocks, document_id, place_at)
    prose = list(_prose(source, part, tables))
    whole = "\n".join(source.text(b) for b in part.blocks)
    stated = unit_stated(whole)
    figures = [f for table in tables for f in table_figures(document_id, table, place_at, stated)]
    figures += _told(source, document_id, prose, place_at)
    return Reading(
        describe(source, part, document_id, tables, facts),
        tuple(with_effects(figures, whole)),
        tuple(Statement(place_at(s.page, s.start, s.end), s.item) for s in prose),
        tuple(captions(source, part.blocks, place_at)),
        lambda p: source.page(p.page).text[p.start : p.end],
    )


class _Sentence(NamedTuple):
    """A sentence of a page, and the number of the list item it is part of."""

    page: int
    start: int
    end: int
    item: int | None


def _told(
    source: SourceDocument, document_id: str, prose: list[_Sentence], place_at: Places
) -> list[Figure]:
    """Return the figures of a document's sentences."""
    figures: list[Figure] = []
    counted: str | None = None
    for page, start, end, _ in prose:
        text = source.page(page).text
        told = prose_figures(document_id, page, text, start, end, place_at, counted)
        counts = [f.unit for f in told if f.unit not in ("kr.", "pct.")]
        counted = counts[-1] if counts else None
        figures += told
    return figures


def _prose(source: SourceDocument, part: Part, tables: tuple[Table, ...]) -> Iterator[_Sentence]:
    """Yield the sentences of a document: of its paragraphs, and of the cells of text tables."""
    text_rows = {
        (row.place.page, row.place.start)
        for table in tables
        if is_text_table(table)
        for row in table.rows
    }
    items = 0
    for block in part.blocks:
        if block.kind != "row":
            ranges = [(block.start, block.end)]
        elif (block.page, block.start) in text_rows:
            ranges = list(block.cells)
        else:
            continue
        page = source.page(block.page).text
        for a, b in ranges:
            item = None
            for start, end in statements(page[a:b]):
                opens = page[a + start] in BULLETS and page[a + start + 1 : a + end][:1] == " "
                if opens or (block.kind == "item" and item is None):
                    item = items = items + 1
                yield _Sentence(block.page, a + start, a + end, item)
