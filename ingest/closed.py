"""Which of a file's documents are behind closed doors, as its own headings say.

Danish agendas mark what the public may not see in the title of the item
("Lukket punkt: …"), by a heading over the items ("Lukket dagsorden"), in the
table of contents, the running head or the file's name. In doubt a document is closed: a
person can open it, but cannot call back what was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path, PurePath
from typing import NamedTuple

import yaml

from ingest.split import ITEM, Part
from rag.store.source import Block, SourceDocument

_WORDS = Path(__file__).with_suffix(".yaml")


def _phrases(listed: Sequence[str]) -> str:
    """Return a pattern of the phrases of a list, as `closed.yaml` writes them."""
    phrases = (
        r"[\s-]+".join(
            "(?:"
            + "|".join(re.escape(form).replace(r"\*", r"\w*") for form in word.split("|"))
            + ")"
            for word in phrase.split()
        )
        for phrase in listed
    )
    return f"(?:{'|'.join(phrases)})"


class _Patterns(NamedTuple):
    """What a title, a heading, a line and a sentence say that close something.

    And what line opens what stands under it, and what word tells of something open.
    """

    title: re.Pattern[str]
    heading: re.Pattern[str]
    line: re.Pattern[str]
    said: re.Pattern[str]
    open: re.Pattern[str]
    opened: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Return the patterns that the words make."""
    told = yaml.safe_load(_WORDS.read_text("utf8"))
    word = {name: _phrases(listed) for name, listed in told.items()}
    both = rf"(?:\s*[/&+,–—-]\s*|\s+(?:{word['both']}\s+)?)"
    one = rf"(?:{word['closed']}|{word['marks']})"
    shut = rf"(?:{word['open']}{both})?{one}(?:{both}{one})*(?:{both}{word['open']})?"
    thing = rf"(?:{word['before']}\.?\s+)*{shut}\s+{word['things']}"
    closed = rf"(?:{thing}|{word['cases']}|{word['doors']})"
    after = r"\s*(?:$|[^\w\s])"  # a word on its own, not the beginning of a sentence
    letters = rf"[(\[]\s*{word['letters']}\s*[)\]]"
    items = rf"(?:sager|punkter|dagsorden\w*|møde\w*)\b[\w\s]{{0,30}}\b{word['doors']}"
    ruled = rf"{word['closed']},?\s+{word['rules']}"
    title = (
        rf"^\W*(?:{closed}\b|{shut}{after}|{ruled}\b)|^{letters}|{letters}\W*$"
        rf"|[-–—,:;.|/(\[{{]\s*(?:{closed}|{shut})\W*$|\b{word['doors']}\b"
    )
    said = (
        r"^\W*(?:sagen|punktet|mødet|indstillingen|dette\s+punkt|behandle[sdt]+|drøfte[sdt]+)\b"
        rf"(?:.{{0,60}}\b{word['doors']}\b|\s+er\s+(?:{word['closed']}|{word['marks']})\W*$)"
    )
    return _Patterns(
        *(
            re.compile(pattern, re.I)
            for pattern in (
                title,
                rf"^\W*(?:{closed}\b|{items}\b|{word['marks']}{after})",
                rf"^\W*(?:{closed}|{items}|{shut}|{letters})\W*$",
                said,
                rf"^\W*(?:{word['before']}\.?\s+)*{word['open']}\s+{word['things']}\W*$",
                rf"\b{word['open']}\b",
            )
        )
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
    told = _patterns()
    name = re.sub(r"_+", " ", PurePath(source.path).stem)
    heads = [name] if told.title.search(_bare(name)) else []
    for line in (name, *source.furniture):
        if told.heading.match(_bare(line)) or told.line.search(_last(line)):
            heads.append(line)
    # "Åbne og lukkede punkter": what does not stand under open ones may be one of the others.
    if any(not told.opened.search(line) for line in heads):
        return [True] * len(parts)
    listed = {n for part in parts if part.front for n in _listed(source, part)}
    found, under = [], bool(heads)
    for part in parts:
        titled = _titled(source, part) or part.item in listed
        found.append(under or titled or _holds(source, part))
        under = _under(source, part, under)
    titles = [p.title for p, shut in zip(parts, found, strict=True) if shut and p.title]
    return [
        shut or (part.front and _names(source, part, titles))
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
    return bool((_patterns().heading if block.kind == "heading" else _patterns().line).match(line))


def _titled(source: SourceDocument, part: Part) -> bool:
    """Tell whether a document's own title says it: the item's, else its first line's."""
    if part.title and _patterns().title.search(_bare(part.title)):
        return True
    first = next((line for _, line in _lines(source, part)), "")
    items = [m[2] for _, line in _lines(source, part) if (m := ITEM.match(line))]
    return not part.front and any(_patterns().title.search(_bare(line)) for line in (first, *items))


def _holds(source: SourceDocument, part: Part) -> bool:
    """Tell whether a line of a document says it, or something in it stands under one that does."""
    lines = list(_lines(source, part))
    return any(_patterns().said.match(line) for _, line in lines) or any(
        (_marks(block, line) or _closes(part, block, line)) and not _patterns().open.match(below)
        for (block, line), (_, below) in pairwise(lines)
    )


def _closes(part: Part, block: Block, line: str) -> bool:
    """Tell whether a heading within a document says it, as a title of its own would."""
    return (
        block.kind == "heading" and not part.front and bool(_patterns().title.search(_bare(line)))
    )


def _under(source: SourceDocument, part: Part, under: bool) -> bool:
    """Tell whether what follows a document stands under a line that closes it.

    A table of contents that lists open items first closes only what it lists.
    """
    lines = list(_lines(source, part))
    divided = False
    for n, (block, line) in enumerate(lines):
        if _patterns().open.match(line):
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
        if _patterns().open.match(line):
            shut = False
        elif _marks(block, line):
            shut = True
        elif (item := _NUMBERED.match(line)) and (shut or _patterns().title.search(item[2])):
            yield int(item[1])


def _names(source: SourceDocument, part: Part, titles: Sequence[str]) -> bool:
    """Tell whether a table of contents names a closed item by more than that it is closed."""
    text = " ".join(line for _, line in _lines(source, part)).casefold()
    return any(
        t.casefold() in text
        for t in titles
        if not _patterns().line.match(t) and t.casefold() != "lukket"
    )
