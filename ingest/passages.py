"""Cuts a document into passages for search: by section and paragraph, within a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.split import Part
from rag.store.source import Block, SourceDocument
from rag.types import Passage

# About a paragraph of council prose; longer passages blur what they are about.
TARGET_CHARACTERS, MOST_CHARACTERS = 700, 1600


def passages(source: SourceDocument, part: Part, document_id: str) -> list[Passage]:
    """Return the passages of a document, in order.

    A passage is one or more whole blocks of one section on one page; a table is
    a passage of its own. `page.text[start:end] == passage.text` always holds.
    """
    found = []
    section = ""
    for run in _runs(source, part.blocks):
        if run[0].kind == "heading":
            section = source.text(run[0])
        page, start, end = run[0].page, run[0].start, run[-1].end
        text = source.page(page).text[start:end]
        found.append(
            Passage(f"{document_id}/p{page}/{start}", document_id, page, start, end, section, text)
        )
    return found


def _runs(source: SourceDocument, blocks: Sequence[Block]) -> Iterator[list[Block]]:
    run: list[Block] = []
    for block in blocks:
        if run and _breaks(source, run, block):
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _breaks(source: SourceDocument, run: list[Block], block: Block) -> bool:
    last = run[-1]
    if block.page != last.page or block.table != last.table:
        # A heading or caption right above a table stays with it.
        return block.page != last.page or not (block.table and len(run) == 1)
    if block.kind == "heading":
        return last.kind != "heading"
    if block.table:
        return False
    if block.kind == "item" and block.end - run[0].start < MOST_CHARACTERS:
        # A list stays with the line that leads it in.
        return False
    return (
        block.end - run[0].start > TARGET_CHARACTERS
        and last.kind != "heading"
        and not source.text(last).endswith(":")
    )
