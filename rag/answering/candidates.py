"""What may answer a question, each with its features on one scale.

A candidate is a quotation that the reader found, or what one of the product's own ways (a table's
row, a fact, a computation, a list) makes of the documents. `rag.answering.decide` turns the
features of either into one probability.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from rag.answer import Answer, Hit, Statement
from rag.answering.reader import Read
from rag.answering.windows import named, units
from rag.asking.asked_kind import AskedKind
from rag.cite import Citations
from rag.query import Query
from rag.text.dates import find_years, period_years
from rag.text.language import fold
from rag.text.names import name_key, proper_names
from rag.text.topic import Topic, weighted_terms
from rag.types import CouncilDocument, Figure, Place, Text
from rag.wording import cell_sentence, name

FEATURES = (
    *("reader", "share", "search", "cover", "unsaid", "states"),
    *("kind", "years", "names", "number"),
    *("own", "own_figure", "own_named", "computed", "several"),
)
FREE = ("unsaid", "own", "own_figure", "computed", "several")
"""Features of which more may be worse; of the others more can only be better."""
_LEAST_SHARE = 1e-4
QUOTE = 420  # letters of a quotation with what stands around it
_FEWEST_WORDS = 4
_STRANGE = 0.6  # of a question with a word that no document has ("hjemløse")
# What a word is worth that stands beside or above the sentence, and not in it.
_BEFORE, _SECTION, _ABOVE, _TITLE = 0.5, 0.8, 0.35, 0.35


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


def quotation_features(
    found: Quotation, query: Query, topic: Topic, hit: Hit, document: CouncilDocument
) -> dict[str, float]:
    """Return the features of a quotation."""
    core = found.read.window.text[slice(*found.core)]
    around = f"{named(document, found.place.section)}\n{found.read.window.text}"
    cover = _cover(found, topic, core, document)
    return {
        "reader": found.read.score,
        "share": log(max(found.read.share(*found.core), _LEAST_SHARE)),
        "search": hit.score,
        "cover": cover,
        "unsaid": _unsaid(topic, cover),
        "states": float(_states(core, found.place.section)),
        "kind": float(AskedKind(query.text).is_held(core)),
        "years": _years_told(query, around, document),
        "names": _names_told(query, around),
        "number": float(any(c.isdigit() for c in core)) if query.amount else 1.0,
    }


def _cover(found: Quotation, topic: Topic, core: str, document: CouncilDocument) -> float:
    """Return how much of a question its sentences say, with what they stand under."""
    return topic.cover(
        weighted_terms(
            (core, 1.0),
            (found.text, _BEFORE),
            (found.read.window.above, _ABOVE),
            (found.place.section, _SECTION),
            (document.title, _TITLE),
        )
    )


def _unsaid(topic: Topic, cover: float) -> float:
    """Tell whether a word that no document has is asked for, and too little else is said."""
    return float(topic.strange and cover < _STRANGE)


def _states(text: str, section: str) -> bool:
    """Tell whether words state something: no heading, no question, no line of a contents list."""
    said = text.strip()
    return (
        said != section
        and len(said.split()) >= _FEWEST_WORDS
        and not said.rstrip('”"»« ').endswith("?")
        and "....." not in said
    )


def _years_told(query: Query, around: str, document: CouncilDocument) -> float:
    """Return the share of the years asked for that a text, or its document, is of."""
    asked = {*query.years, *(int(p[:4]) for p in query.periods)}
    if not asked:
        return 1.0
    told = {y for m in find_years(around) for y in range(m.first, min(m.last, m.first + 20) + 1)}
    told |= set(period_years(document.period)) if document.period else set()
    return len(asked & told) / len(asked)


def _names_told(query: Query, around: str) -> float:
    """Return the share of the names asked for that a text says."""
    asked = [name_key(n) for n in proper_names(query.text)]
    if not asked:
        return 1.0
    flat = fold(around)
    return sum(n in flat for n in asked) / len(asked)


def _within(inner: Place, outer: Place) -> bool:
    return inner.page == outer.page and inner.start < outer.end and outer.start < inner.end


def own_features(
    answer: Answer,
    query: Query,
    topic: Topic,
    named: bool,
    read: Read | None,
) -> dict[str, float]:
    """Return the features of what one of the product's own ways answers.

    `named` tells that the question chose the documents; `read` is what the reader makes of the
    place that the answer cites first.
    """
    first = answer.citations[0]
    told = "\n".join((answer.text, first.quote, first.place.section))
    around = f"{told}\n{first.document.title}\n{first.document.number or ''}"
    cover = topic.cover(weighted_terms((told, 1.0), (first.document.title, _TITLE)))
    return {
        "reader": read.score if read else 0.0,
        "cover": cover,
        "unsaid": _unsaid(topic, cover),
        "years": _years_told(query, around, first.document),
        "names": _names_told(query, around),
        "own": 1.0,
        "own_figure": float(answer.tells_figures),
        "own_named": float(named),
        "computed": float(answer.calculation is not None),
        "several": float(len({c.document.id for c in answer.citations}) > 1),
    }


def of_quotation(
    found: Quotation,
    query: Query,
    topic: Topic,
    hit: Hit,
    documents: Mapping[str, CouncilDocument],
    citations: Citations,
    figures: Sequence[Figure],
) -> Candidate:
    """Return a quotation as a candidate."""
    statement = quoted(found, query, documents, citations, figures)
    answer = Answer("answered", query.language, (statement,), citations.all(), query=query)
    features = quotation_features(found, query, topic, hit, documents[found.place.document])
    return Candidate(answer, features)
