"""From a file as read to what the catalogue holds of it. No I/O."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

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
from rag.sentences import BULLETS, statements
from rag.source import SourceDocument
from rag.types import CouncilDocument, Figure, Finding, Passage, Table


@dataclass(frozen=True)
class Content:
    """All that a file's documents hold, each in document order; `readings` are for comparing."""

    documents: tuple[CouncilDocument, ...]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    passages: tuple[Passage, ...]
    readings: tuple[Reading, ...] = field(compare=False)


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
        document, own = _document(source, part, document_id, facts)
        documents.append(replace(document, access="closed") if shut else document)
        figures += own
        read.append(_reading(source, part, document, own))
        found += findings(read[-1])
        texts += passages(source, part, document_id)
    return Content(tuple(documents), tuple(figures), tuple(found), tuple(texts), tuple(read))


def _reading(
    source: SourceDocument, part: Part, document: CouncilDocument, figures: list[Figure]
) -> Reading:
    """Return what the checks look at of one document."""
    place_at = Places(source, part, document.id)
    told = [
        Statement(place_at(page, start, end), item)
        for page, start, end, item in _prose(source, part, document.tables)
    ]
    return Reading(
        document,
        tuple(figures),
        tuple(told),
        tuple(captions(source, part.blocks, place_at)),
        lambda p: source.page(p.page).text[p.start : p.end],
    )


def _document(
    source: SourceDocument, part: Part, document_id: str, facts: FileFacts
) -> tuple[CouncilDocument, list[Figure]]:
    place_at = Places(source, part, document_id)
    tables = read_tables(source, part.blocks, document_id, place_at)
    figures = [f for table in tables for f in table_figures(document_id, table, place_at)]
    counted: str | None = None
    for page, start, end, _ in _prose(source, part, tables):
        text = source.page(page).text
        told = prose_figures(document_id, page, text, start, end, place_at, counted)
        counts = [f.unit for f in told if f.unit not in ("kr.", "pct.")]
        counted = counts[-1] if counts else None
        figures += told
    whole = "\n".join(source.text(b) for b in part.blocks)
    return (
        describe(source, part, document_id, tables, facts),
        with_effects(figures, whole),
    )


def _prose(
    source: SourceDocument, part: Part, tables: tuple[Table, ...]
) -> Iterator[tuple[int, int, int, int | None]]:
    """Yield the sentences of a document: of its paragraphs, and of the cells of text tables.

    Each is page, start, end, and the number of the list item it is part of.
    """
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
                yield block.page, a + start, a + end, item
