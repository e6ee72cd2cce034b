"""Which of a file's documents are behind closed doors, as its own headings say.

Danish agendas mark what the public may not see in the title of the item
("Lukket punkt: …"), by a heading over the items ("Lukket dagsorden"), in the
table of contents, the running head or the file's name. In doubt a document is closed: a
person can open it, but cannot call back what was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath

from ingest.split import ITEM, Part
from rag.store.source import Block, SourceDocument

_THING = (
    r"(?:(?:\w*(?:punkt|sag|orientering|drøftelse|behandling|dagsorden|møde|meddelelse|beslutning"
    r"|forhandling)|referat|beslutningsreferat|protokol|bilag|notat|mødedel|del|session)(?:e?r|et)?)"
)
_MARK = (
    r"(?:(?:strengt\s+)?fortrolig[te]?|(?:ikke|ej)[\s-]?offentlig[te]?|hemmelig[te]?"
    r"|undtaget\s+(?:fra\s+)?(?:offentlighed|aktindsigt)|(?:under|omfattet\s+af)\s+tavshedspligt)"
)
_DOORS = r"for\s+lukkede\s+døre"
_CLOSED = rf"(?:(?:lukke(?:t|de)|{_MARK})\s+{_THING}|person(?:ale)?sag(?:en|er|erne)?|{_DOORS})"
_AFTER = r"\s*(?:$|[^\w\s])"  # a word on its own, not the beginning of a sentence
_TITLE = re.compile(
    rf"^\W*(?:{_CLOSED}\b|(?:lukket|{_MARK}){_AFTER})"
    rf"|[-–—,:(]\s*(?:{_CLOSED}|lukket|{_MARK})\W*$|\b{_DOORS}\b",
    re.I,
)
_ITEMS = rf"(?:sager|punkter|dagsorden\w*|møde\w*)\b[\w\s]{{0,30}}\b{_DOORS}"
_HEADING = re.compile(rf"^\W*(?:{_CLOSED}\b|{_ITEMS}\b|{_MARK}{_AFTER})", re.I)
_LINE = re.compile(rf"^\W*(?:{_CLOSED}|{_ITEMS}|{_MARK})\W*$", re.I)
_SAID = re.compile(
    rf"^\W*(?:sagen|punktet|mødet|indstillingen|dette\s+punkt|behandle[sdt]+|drøfte[sdt]+)\b"
    rf".{{0,60}}\b{_DOORS}\b",
    re.I,
)
_OPEN = re.compile(
    r"^\W*(?:åben|åbne|offentlig|offentlige)\s+(?:dagsorden|punkter|sager|møde|del|dagsordens?punkter)\W*$",
    re.I,
)
# "2.", "Pkt. 3", "3.a)", "2026-03-12", "Bilag 1 -": what a heading is numbered or dated with.
_NUMBERING = re.compile(
    r"^\W*(?:(?:punkt|pkt\.?|dagsordenspunkt|sag|bilag|nr\.?)\s*)*\d[\d./-]*(?:\s?[a-z])?[.):]?"
    r"\s*[-–—:]?\s+",
    re.I,
)
_NUMBERED = re.compile(
    r"^(?:punkt|pkt\.?|dagsordenspunkt|sag)?\s*(?:nr\.?\s*)?(\d{1,3})\b\s*[:.)–-]?\s*(.*)", re.I
)


def closed(source: SourceDocument, parts: Sequence[Part]) -> list[bool]:
    """Return of each document of a file whether it is behind closed doors."""
    heads = (re.sub(r"_+", " ", PurePath(source.path).stem), *source.furniture)
    if any(_HEADING.match(_bare(line)) or _LINE.search(_last(line)) for line in heads):
        return [True] * len(parts)
    listed = {n for part in parts if part.front for n in _listed(source, part)}
    found, under = [], False
    for part in parts:
        titled = _titled(source, part) or part.item in listed
        found.append(under or titled or _holds(source, part))
        under = _under(source, part, under)
    told = [p.title for p, shut in zip(parts, found, strict=True) if shut and p.title]
    return [
        shut or (part.front and _names(source, part, told))
        for part, shut in zip(parts, found, strict=True)
    ]


def _bare(line: str) -> str:
    """Return a heading without its number or date."""
    return _NUMBERING.sub("", line)


def _last(line: str) -> str:
    """Return what a name says after its last dash: "Bilag 1 - fortroligt"."""
    return re.split(r"\s[-–—]\s", line)[-1]


def _lines(source: SourceDocument, part: Part) -> Iterator[tuple[Block, str]]:
    for block in part.blocks:
        if block.kind != "row":
            yield block, source.text(block).strip()


def _marks(block: Block, line: str) -> bool:
    """Tell whether a line closes what stands under it."""
    return bool((_HEADING if block.kind == "heading" else _LINE).match(line))


def _titled(source: SourceDocument, part: Part) -> bool:
    """Tell whether a document's own title says it: the item's, else its first line's."""
    if part.title and _TITLE.search(_bare(part.title)):
        return True
    first = next((line for _, line in _lines(source, part)), "")
    items = [m[2] for _, line in _lines(source, part) if (m := ITEM.match(line))]
    return not part.front and any(_TITLE.search(_bare(line)) for line in (first, *items))


def _holds(source: SourceDocument, part: Part) -> bool:
    """Tell whether a line of a document says it, or something in it stands under one that does."""
    lines = list(_lines(source, part))
    return any(_SAID.match(line) for _, line in lines) or any(
        (_marks(block, line) or _closes(part, block, line)) and not _OPEN.match(below)
        for (block, line), (_, below) in pairwise(lines)
    )


def _closes(part: Part, block: Block, line: str) -> bool:
    """Tell whether a heading within a document says it, as a title of its own would."""
    return block.kind == "heading" and not part.front and bool(_TITLE.search(_bare(line)))


def _under(source: SourceDocument, part: Part, under: bool) -> bool:
    """Tell whether what follows a document stands under a line that closes it.

    A table of contents that lists open items first closes only what it lists.
    """
    lines = list(_lines(source, part))
    divided = False
    for n, (block, line) in enumerate(lines):
        if _OPEN.match(line):
            under, divided = False, True
        elif _marks(block, line):
            under = not (part.front and divided and n < len(lines) - 1)
        elif part.front and _NUMBERED.match(line):
            divided = True
    return under


def _listed(source: SourceDocument, part: Part) -> Iterator[int]:
    """Yield the numbers of the items that a table of contents lists as closed."""
    shut = False
    for block, line in _lines(source, part):
        if _OPEN.match(line):
            shut = False
        elif _marks(block, line):
            shut = True
        elif (item := _NUMBERED.match(line)) and (shut or _TITLE.search(item[2])):
            yield int(item[1])


def _names(source: SourceDocument, part: Part, titles: Sequence[str]) -> bool:
    """Tell whether a table of contents names a closed item by more than that it is closed."""
    text = " ".join(line for _, line in _lines(source, part)).casefold()
    return any(
        t.casefold() in text for t in titles if not _LINE.match(t) and t.casefold() != "lukket"
    )
