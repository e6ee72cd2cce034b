"""What may answer a question, each with its features on one scale.

A candidate is a quotation that the reader found, or what one of the product's own ways (a table's
row, a fact, a computation, a list) makes of the documents. `rag.answering.decide` turns the
features of either into one probability.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.answer import Answer, Statement
from rag.answering.reader import Read
from rag.answering.windows import units
from rag.cite import Citations
from rag.query import Query
from rag.text.topic import Topic, weighted_terms
from rag.types import CouncilDocument, Figure, Place, Text
from rag.wording import cell_sentence, name

QUOTE = 420  # letters of a quotation with what stands around it


@dataclass(frozen=True)
class Candidate:
    """An answer as it would be told, and its features by the names of `FEATURES`."""

    answer: Answer
    features: Mapping[str, float]


@dataclass(frozen=True)
class Quotation:
    """Words of a document that may answer: their place, and the answering words among them.

    `core` is the range in its window's text of the sentences that hold these; `text` has what
    stands around them too.
    """

    place: Place
    answering: Place
    text: str
    core: tuple[int, int]
    read: Read


def quotations(read: Read, topic: Topic) -> list[Quotation]:
    """Return what of a window may answer.

    The sentences or rows that hold the words that the reader marks, and the one that says most
    of the question's own words. Prose brings what stands around it, as far as a short quotation
    goes: what "it" is, and the condition that the next sentence sets.
    """
    text, parts = read.window.text, units(read.window.text)
    first, last = read.span
    marked = [n for n, (a, b) in enumerate(parts) if a < last and first < b]
    covers = [topic.cover(weighted_terms((text[a:b], 1.0))) for a, b in parts]
    found = []
    if marked:
        found.append((marked[0], marked[-1], (first, last)))
    if topic and parts:
        most = max(range(len(parts)), key=covers.__getitem__)
        if most not in marked:
            found.append((most, most, parts[most]))
    return [_quotation(read, parts, *held) for held in found]


def _quotation(
    read: Read, parts: Sequence[tuple[int, int]], first: int, last: int, words: tuple[int, int]
) -> Quotation:
    window, passage = read.window, read.window.passage

    def place(start: int, end: int) -> Place:
        at = passage.start + window.start
        return Place(passage.document, passage.page, at + start, at + end, passage.section)

    low, high = _widened(window.text, parts, first, last)
    start, end = parts[low][0], parts[high][1]
    core = parts[first][0], parts[last][1]
    return Quotation(place(start, end), place(*words), window.text[start:end], core, read)


def _widened(text: str, parts: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    """Return the first and last of the parts to quote around those that must be."""
    grew = True
    while grew:
        grew = False
        for low, high in ((first, last + 1), (first - 1, last)):
            if low < 0 or high >= len(parts):
                continue
            start, end = parts[low][0], parts[high][1]
            if end - start <= QUOTE and "\t" not in text[start:end]:
                first, last, grew = low, high, True
    return first, last


def quoted(
    found: Quotation,
    query: Query,
    documents: Mapping[str, CouncilDocument],
    citations: Citations,
    figures: Sequence[Figure],
) -> Statement:
    """Return the statement that tells a quotation: a table's cell as such, prose in its words."""
    document = documents[found.place.document]
    marked = [f for f in figures if _within(f.place, found.answering)]
    if len(marked) == 1 and marked[0].table is not None and marked[0].value is not None:
        index = citations.add(marked[0].context, marked[0].place)
        told = cell_sentence(document, marked[0], query.language)
        return Statement(told, ((marked[0], index),), (index,))
    index = citations.add(found.place, found.answering)
    says = Text("skriver", "says").in_(query.language)
    held = tuple((f, index) for f in marked if f.table is None)
    told = f"{name(document, query.language)} {says}: »{_on_a_line(found.text)}«"
    start = found.answering.start - found.place.start
    words = found.text[start : start + found.answering.end - found.answering.start]
    return Statement(told, held, (index,), answer=_on_a_line(words))


def _on_a_line(text: str) -> str:
    return "; ".join(line.strip().replace("\t", " | ") for line in text.split("\n"))


def _within(inner: Place, outer: Place) -> bool:
    return inner.page == outer.page and inner.start < outer.end and outer.start < inner.end
