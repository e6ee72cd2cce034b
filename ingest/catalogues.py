"""Where the documents of a catalogue begin, whatever it numbers them by: each is one form."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rag.store.source import Block, SourceDocument
from rag.text.language import fold
from rag.text.numbers import parse_number
from rag.types import Text

# "Forslag 12", "Spareforslag nr. 3: Lys", "BU-07 Senere busser", "4.12 Færre kørsler", "D103".
_START = re.compile(
    r"(?:(?P<noun>[a-zæøå]*(?:forslag|tiltag|initiativ|ønske|emne|skema|pulje|indsats|projekt))"
    r"\s*(?:nr\.?|nummer)?\s*[:.]?\s*)?"
    r"(?P<code>[A-ZÆØÅ]{0,6}[ ./-]?\d{1,4}(?:[.-]\d{1,4}){0,3}[a-z]?)(?![\w,%])[.:)–—-]?"
    r"(?:\s+(?P<title>\S.{0,140}))?",
    re.IGNORECASE,
)
_FEWEST = 3  # forms of a catalogue
_SHARED = 0.7  # of the forms have a label that belongs to it
_LABELS = 2  # such labels make a form
_REPEATED = 5  # forms that cannot be told apart are worth a word
_LONGEST = 160


class Start(NamedTuple):
    """The block that a document of a catalogue begins at, and what it is called there."""

    block: int
    title: str | None


def starts_of_forms(source: SourceDocument) -> list[Start]:
    """Return where the documents of a catalogue begin, none where the file is none.

    They begin with lines of one shape, each with a number of its own, or with a heading
    at the top of a page; and what follows has the labels of one form.
    """
    labels = [_label(source, block) for block in source.blocks]
    shapes: dict[tuple[str, ...], list[tuple[int, str, str | None]]] = defaultdict(list)
    for index, block in enumerate(source.blocks):
        if found := _numbered(source, block):
            shape, code, title = found
            if not shapes[shape] or shapes[shape][-1][1] != code:  # else a running head
                shapes[shape].append((index, code, title))
    ways = [
        [Start(index, title) for index, _, title in found]
        for found in shapes.values()
        if len({code for _, code, _ in found}) == len(found)
    ]
    ways.append([Start(i, None) for i in _tops(source)])
    fitting = [w for w in ways if len(w) >= _FEWEST and _is_form(labels, [s.block for s in w])]
    return max(fitting, key=len, default=[])


def unsplit(source: SourceDocument) -> Text | None:
    """Return what to say of a file that was read as one, and seems to hold many forms."""
    pages: dict[str, set[int]] = defaultdict(set)
    for block in source.blocks:
        if block.kind == "row" and (label := _label(source, block)):
            pages[label].add(block.page)
    often = Counter({label: len(on) for label, on in pages.items() if len(on) >= _REPEATED})
    if len(often) < _LABELS:
        return None
    count = often.most_common(_LABELS)[-1][1]
    return Text(
        f"{source.path}: ligner et katalog (samme skema på {count} sider), men det kan ikke ses, "
        "hvor hvert forslag begynder; filen er læst som ét dokument.",
        f"{source.path}: seems to be a catalogue (one form on {count} pages), but where each "
        "proposal begins cannot be told; the file was read as one document.",
    )


def _numbered(
    source: SourceDocument, block: Block
) -> tuple[tuple[str, ...], str, str | None] | None:
    """Return the shape of a line that numbers a document, its number, and its title."""
    text = " ".join(source.text(block).split())
    match = _START.fullmatch(text) if len(text) < _LONGEST else None
    if match is None or (block.kind == "row" and not match["noun"]):
        return None
    noun, code = (match["noun"] or "").lower(), match["code"].upper()
    if not noun and block.kind != "heading" and not re.match(r"[A-ZÆØÅ]", code):
        return None
    shape = re.sub(r"[A-ZÆØÅ]+", "A", re.sub(r"\d+", "#", code))
    titled = match["title"] if match["title"] and match["title"][0].isalpha() else None
    called = text if titled else None
    return (noun, shape, block.kind), code, called


def _tops(source: SourceDocument) -> Iterator[int]:
    """Yield the headings that stand first on their pages, each with other words."""
    seen: set[str] = set()
    page = 0
    for index, block in enumerate(source.blocks):
        if block.page != page and block.kind == "heading":
            text = fold(source.text(block))
            if text not in seen:
                yield index
            seen.add(text)
        page = block.page


def _label(source: SourceDocument, block: Block) -> str | None:
    """Return the label that a block may have in a form: a row's before words, or a heading."""
    if block.kind == "heading":
        text = source.text(block)
    elif block.kind == "row" and len(block.cells) == 2 and not block.head:
        text, said = source.cell_texts(block)
        if not said or parse_number(said) is not None:
            return None
    else:
        return None
    words = re.sub(r"[\d.:)]+", " ", fold(text)).split()
    return " ".join(words) if 0 < len(words) <= 6 else None


def _is_form(labels: Sequence[str | None], starts: Sequence[int]) -> bool:
    """Tell whether most of the parts that begin at `starts` have the same few labels."""
    ends = [*starts[1:], len(labels)]
    own = [
        {label for label in labels[a + 1 : b] if label} for a, b in zip(starts, ends, strict=True)
    ]
    counts = Counter(label for part in own for label in part)
    shared = {label for label, count in counts.items() if count >= _SHARED * len(starts)}
    if len(shared) < _LABELS:
        return False
    return sum(len(part & shared) >= _LABELS for part in own) >= _SHARED * len(starts)
