"""What a passage earns by what a question names: number, municipality, budget, years.

Each weighs more than any similarity: the right document of the wrong year is a
wrong answer. The weights are those that did best in `eval/retrieval/`.
"""

from __future__ import annotations

import re

from rag.query import Query
from rag.store.shelf import Shelf
from rag.text.dates import find_years, period_years
from rag.text.document_numbers import bears
from rag.types import CouncilDocument, Passage

NUMBER, MUNICIPALITY, BUDGET, YEAR = 16.0, 8.0, 2.0, 2.0
FRONT_MATTER = -1.0  # it repeats the words of a document's title, and says nothing
FIGURE = 0.5  # a passage that tells an amount, where one is asked for
HEADED = 0.5  # one whose table has a column or a row of the year asked for
_FIGURE = re.compile(r"\t|\d\s*(?:kr|mio|mia|t\.?kr|pct|procent|%|årsværk|stilling)", re.IGNORECASE)
_MOST_NAMED = 100
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")  # "B2027" and "2026-priser" too
_LONGEST_FRONT = 300
_LONGEST_HEAD = 25
_SENTENCE_END = re.compile(
    r"\w{2}[)»”\"]?(?:(?<![Nn]r)[.!?][)»”\"]*(?:\s+[A-ZÆØÅ»”\"]|\.?$)|:$)", re.MULTILINE
)


def named(query: Query, shelf: Shelf) -> list[str]:
    """Return the ids of the documents that fit best what `query` names.

    None where it names nothing, or where more than a hundred fit equally well.
    """
    if not (query.numbers or query.municipalities or query.periods or query.years):
        return []
    # A number and a municipality each weigh more than a budget: who has either is looked up.
    surely = shelf.bearing(query.numbers) + shelf.of(query.municipalities)
    documents = surely or shelf.documents
    earned = {d.id: document_boost(query, d) for d in documents}
    best = max(earned.values(), default=0.0)
    fitting = [id for id, boost in earned.items() if boost == best]
    return fitting if best > 0 and len(fitting) <= _MOST_NAMED else []


def document_boost(query: Query, document: CouncilDocument) -> float:
    """Return what every passage of `document` earns."""
    budget = find_years(document.period or "")[:1]
    asked = {int(period[:4]) for period in query.periods}
    # "Vejle 2027-2030: …" names the budget by the years it covers.
    if document.period and query.years and list(query.years) == list(period_years(document.period)):
        asked.add(query.years[0])
    return (
        NUMBER * bears(document.number, query.numbers)
        + MUNICIPALITY * (document.municipality in query.municipalities)
        + BUDGET * any(mention.first in asked for mention in budget)
    )


def passage_boost(query: Query, document: CouncilDocument, passage: Passage) -> float:
    """Return what `passage` earns besides: a year its document covers, and one it states."""
    # Who, when and which case number stand nowhere else.
    earned = FRONT_MATTER * (query.fact is None and is_front_matter(passage.text))
    if query.intent == "figure":
        earned += FIGURE * bool(_FIGURE.search(passage.text))
    if query.years:
        stated = {int(y) for y in _YEAR.findall(passage.text)}
        earned += YEAR * (not stated.isdisjoint(query.years))
        earned += YEAR * (not (stated | _years(document)).isdisjoint(query.years))
        if query.intent == "figure":
            earned += HEADED * (not _headed(passage.text).isdisjoint(query.years))
    return earned


def is_front_matter(text: str) -> bool:
    """Tell whether a passage is title, sender and date: short, without sentence, list or table."""
    return len(text) < _LONGEST_FRONT and "\t" not in text and not _SENTENCE_END.search(text)


def _headed(text: str) -> set[int]:
    """Return the years that head a column or a row of a passage's table."""
    rows = [line.split("\t") for line in text.splitlines() if "\t" in line]
    heads = [cell for row in rows[:1] for cell in row] + [row[0] for row in rows]
    # A longer cell tells of a year, and is none's head.
    short = [head for head in heads if len(head) <= _LONGEST_HEAD]
    return {int(year) for head in short for year in _YEAR.findall(head)}


def _years(document: CouncilDocument) -> set[int]:
    """Return the years of a document's period and date."""
    years = {document.date.year} if document.date else set()
    for mention in find_years(document.period or ""):
        years |= set(range(mention.first, min(mention.last, mention.first + 20) + 1))
    return years
