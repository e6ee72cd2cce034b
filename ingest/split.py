"""Splits a file into its council documents: an agenda's items, a catalogue's proposals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.catalogues import starts_of_forms
from rag.store.source import Agenda, AgendaItem, Block, SourceDocument

ITEM = re.compile(
    r"^(?:punkt|pkt\.?|dagsordenspunkt|sag)\s*(?:nr\.?\s*)?(\d+)\s*[:.–-]?\s+(.*)", re.I
)
NUMBER = re.compile(r"\b([A-ZÆØÅ]{2,4})\s?-?\s?(\d{1,3})(?![\d.,])\b")
_MINUTES = r"(?:\w+-?\s?)?(?:referat|dagsorden|beslutningsprotokol|protokol|beslutningsreferat)\b"
MEETING = re.compile(
    rf"^{_MINUTES}.*|^(?:(?:[\wæøå-]+,? ){{0,6}}\w*udvalget|\w*rådet|kommunalbestyrelsen|"
    rf"borgerrepræsentationen)\b.{{0,60}}[ ,.]{_MINUTES}.*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(\d{1,3})\.?\s?([a-zæøå]\b)?[.:)]?\s+([A-ZÆØÅ\"»].{2,})$")
_TOP = 8  # lines in which minutes tell what they are
_NUMBER_LINE = re.compile(
    r"^(?:(?:prioriterings|budget)?forslag\s+)?(?:nr\.?|nummer|forslag)\s*:?\s*\t?\s*"
    r"([A-ZÆØÅ]{1,4}\s?-?\s?\d{1,3})\s*$",
    re.IGNORECASE,
)
_NOTE_HEAD = re.compile(
    r"^(?!(?:CO|PL|EU)\b)([A-ZÆØÅ]{2,4}\s?-?\s?\d{1,3})(?![\d.,-])\W*\s+[^\W\d].{8,}"
)
_TITLE_LINE = re.compile(r"^(?:overskrift|titel)\b\s*[:\t ]", re.IGNORECASE)
_FORM_HEAD = re.compile(r"^(?:budget\b.{0,20}|prioriteringsforslag|budgetforslag|[\d\s–-]+)$", re.I)
_CONTENTS = re.compile(r"\.{5,}|\s\d+$")


@dataclass(frozen=True)
class Part:
    """One document's blocks in a file; `item` is its agenda number, if it is an item.

    `front` marks what stands before a catalogue's or agenda's first document. `told` is
    what the file's format tells of the item.
    """

    blocks: tuple[Block, ...]
    item: int | None = None
    title: str | None = None
    front: bool = False
    told: AgendaItem | None = None


def split(source: SourceDocument) -> list[Part]:
    """Return the documents of a file, in order; most files are one.

    A format that tells an agenda's items is taken at its word. Another agenda, or an excerpt of
    one, is split at its items (the outline's, or the
    headings "Punkt 3: …"), a catalogue at its proposals (their "Nr. ØU10" lines,
    their titles, headings such as "ØK74 …", or the forms they are: `ingest.catalogues`). What
    stands before the first
    item or proposal is a document of its own.
    """
    if source.agenda is not None:
        return _told(source, source.agenda)
    for starts in (_items(source), _proposals(source)):
        if len(starts) > 1:
            return _cut(source, starts)
    forms = starts_of_forms(source)
    if forms:
        return _cut(
            source,
            [(_with_form_head(source, source.blocks, f.block), None, f.title) for f in forms],
        )
    return [Part(source.blocks)]


def _told(source: SourceDocument, agenda: Agenda) -> list[Part]:
    on = defaultdict(list)
    for block in source.blocks:
        on[block.page].append(block)
    items = [Part(tuple(on[i.page]), i.number, i.title, told=i) for i in agenda.items]
    return [Part(tuple(on[1]), front=True), *items]


def _cut(source: SourceDocument, starts: list[tuple[int, int | None, str | None]]) -> list[Part]:
    parts = []
    if starts[0][0] > 0:
        parts.append(Part(source.blocks[: starts[0][0]], front=True))
    ends = [s[0] for s in starts[1:]] + [len(source.blocks)]
    for (start, item, title), end in zip(starts, ends, strict=True):
        parts.append(Part(source.blocks[start:end], item, title))
    return [p for p in parts if p.blocks]


def _items(source: SourceDocument) -> list[tuple[int, int | None, str | None]]:
    marked = [(b.page, m) for b in source.outline if (m := ITEM.match(b.title.strip()))]
    starts: list[tuple[int, int | None, str | None]] = []
    if marked:
        for page, match in marked:
            index = _find_item(source, page, int(match[1]))
            if index is not None and (not starts or index > starts[-1][0]):
                starts.append((index, int(match[1]), match[2].strip()))
        return starts
    if len(numbered := _numbered(source)) > 1:
        return numbered
    for index, block in enumerate(source.blocks):
        found = ITEM.match(source.text(block)) if block.kind != "row" else None
        if not found or _CONTENTS.search(found[2]):
            continue
        number, last = int(found[1]), starts[-1][1] or 0 if starts else 0
        # An excerpt of the minutes leaves items out; only its headings are sure to open one.
        if number == last + 1 or (block.kind == "heading" and number > last):
            starts.append((index, number, found[2].strip()))
    return starts


def _numbered(source: SourceDocument) -> list[tuple[int, int | None, str | None]]:
    """Return the items of minutes that head them by number alone: "2. Cykelsti", "3.a Tillæg"."""
    if not any(MEETING.match(source.text(b)) for b in source.blocks[:_TOP]):
        return []
    starts: list[tuple[int, int | None, str | None]] = []
    level = last = 0
    for index, block in enumerate(source.blocks):
        found = _NUMBERED.match(source.text(block)) if block.kind == "heading" else None
        if found is None or (level and block.level != level):
            continue
        number = int(found[1])
        if number > last or (found[2] and number == last):
            level, last = block.level, number
            starts.append((index, number, found[3].strip()))
    return starts


def _find_item(source: SourceDocument, page: int, number: int) -> int | None:
    """Return the index of the block that opens item `number` on `page`."""
    on_page = [i for i, b in enumerate(source.blocks) if b.page == page]
    for i in on_page:
        match = ITEM.match(source.text(source.blocks[i]))
        if match and int(match[1]) == number:
            return i
    return on_page[0] if on_page else None


def _proposals(source: SourceDocument) -> list[tuple[int, int | None, str | None]]:
    def matching(test: Callable[[Block], str | None]) -> list[tuple[int, str]]:
        found = [(i, key) for i, b in enumerate(source.blocks) if (key := test(b))]
        # A running head repeats its number on each page: only a new one opens a proposal.
        return [f for n, f in enumerate(found) if not n or f[1] != found[n - 1][1]]

    def number_line(block: Block) -> str | None:
        match = _NUMBER_LINE.match(source.text(block))
        return match[1] if match else None

    def title_line(block: Block) -> str | None:
        text = source.text(block)
        return text if _TITLE_LINE.match(text) else None

    def note_head(block: Block) -> str | None:
        match = _NOTE_HEAD.match(source.text(block)) if block.kind == "heading" else None
        return match[1] if match else None

    for test in (number_line, title_line, note_head):
        found = matching(test)
        if len(found) > 1:
            return [(_with_form_head(source, source.blocks, i), None, None) for i, _ in found]
    return []


def _with_form_head(source: SourceDocument, blocks: Sequence[Block], index: int) -> int:
    """Step back over the form's own head lines ("Budget 2026-2029", "Prioriteringsforslag")."""
    while index > 0 and _FORM_HEAD.match(source.text(blocks[index - 1])):
        index -= 1
    return index
