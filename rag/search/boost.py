"""What a passage earns by what a question names: number, municipality, budget.

Each weighs more than any similarity: the right document of the wrong year is a
wrong answer. The weights are those that did best in `eval/retrieval/`.
"""

from __future__ import annotations

from rag.query import Query
from rag.store.shelf import Shelf
from rag.text.dates import find_years, period_years
from rag.text.document_numbers import bears
from rag.types import CouncilDocument

NUMBER, MUNICIPALITY, BUDGET = 16.0, 8.0, 2.0
_MOST_NAMED = 100


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
