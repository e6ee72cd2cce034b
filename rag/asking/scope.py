"""Which documents a question is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.answer import WhyNot
from rag.query import Query
from rag.store.shelf import Shelf
from rag.text.dates import budget_year, period_years, year_of_period
from rag.text.document_numbers import names_one
from rag.text.language import fold
from rag.text.topic import Topic, weighted_terms
from rag.types import CouncilDocument, Language, Text

_OF_IT, _NEAREST, _LISTED = 0.45, 4, 12


@dataclass(frozen=True)
class Scope:
    """The documents that may answer; `named` tells that the question chose them.

    `whole` is the shelf that they are all of: what is asked of every question's
    documents is known of it already.
    """

    documents: tuple[CouncilDocument, ...]
    named: bool = False
    whole: Shelf | None = None

    @property
    def ids(self) -> Sequence[str]:
        """The documents' ids."""
        return self.whole.ids if self.whole else [d.id for d in self.documents]

    @property
    def by_id(self) -> Mapping[str, CouncilDocument]:
        """The documents by their ids."""
        return self.whole.by_id if self.whole else {d.id: d for d in self.documents}


def find_scope(
    query: Query, shelf: Shelf, mentions: Sequence[CouncilDocument] = ()
) -> Scope | WhyNot:
    """Return the documents `query` may be answered from, or why there are none.

    A number that no document bears is never answered from another document;
    `mentions` are documents whose text names it.
    """
    language = query.language
    if not shelf.documents:
        return WhyNot("empty", _EMPTY.in_(language))
    chosen: Sequence[CouncilDocument] = shelf.documents
    if query.numbers:
        chosen = shelf.bearing(query.numbers)
        if not chosen:
            return WhyNot("unknown_document", _unknown(query, shelf.documents, mentions, language))
    if query.municipalities:
        there = shelf.of(query.municipalities)
        if query.numbers:
            there = [d for d in chosen if d.municipality in query.municipalities]
        if not there and (query.numbers or query.intent == "figure"):
            return other_municipality(query, chosen)
        chosen = there or chosen
    if query.periods:
        if len(chosen) == len(shelf.documents):
            there = shelf.of_budgets(int(p[:4]) for p in query.periods)
        else:
            there = [d for d in chosen if any(in_budget(d, p) for p in query.periods)]
        ranges = [p for p in query.periods if "-" in p]
        if not there and ranges and query.numbers:
            return _other_period(query, chosen)
        chosen = there or chosen
    words = _words(query)
    asking = {d.id for d in shelf.asked if _names(d.asker or "") <= words}
    asked = [d for d in chosen if d.id in asking] if asking else []
    chosen = asked or chosen
    named = bool(query.numbers or asked) or len(chosen) == 1 < len(shelf.documents)
    return Scope(tuple(chosen), named, shelf if chosen is shelf.documents else None)


def kept_to(query: Query, shelf: Shelf) -> Shelf | WhyNot:
    """Return the documents that the asker keeps to, or why that leaves none.

    A document that the question names and the filter leaves out is told of.
    """
    if not query.within.names:
        return shelf
    kept = [d for d in shelf.documents if query.within.lets(d)]
    named = shelf.bearing(query.numbers)
    if (kept and not named) or any(d in kept for d in named):
        return Shelf(kept)
    asked, to = _list(query.numbers if named else ()), _list(query.within.names)
    text = Text(
        f"{asked or 'Alt i samlingen'} ligger uden for det, spørgsmålet er afgrænset til ({to}).",
        f"{asked or 'Everything there is'} lies outside what the question is kept to ({to}).",
    )
    return WhyNot("outside_filter", text.in_(query.language))


def settled(query: Query, scope: Scope) -> Query:
    """Return the question without what only chose its documents.

    The name of a politikersvar's asker is no topic. A budget that the documents
    are not of ("ØU10 … i Budget 2025") is a year that the figure must be of.
    """
    chosen = scope.documents if scope.named else ()
    names = {w for d in chosen if d.asker for w in _names(d.asker)}
    words = tuple(w for w in query.words if fold(w) not in names or not names <= _words(query))
    budgets = [p for p in query.periods if not any(in_budget(d, p) for d in scope.documents)]
    years, periods = query.years, query.periods
    if (not years and scope.named) or len(budgets) == len(query.periods) > bool(years):
        # "Accounts 2024, budget 2025 and budget 2026": the columns of one document.
        years = (*years, *(int(p[:4]) for p in budgets))
        periods = tuple(p for p in periods if p not in budgets)
    which = year_of_period(query.text)
    if which:
        words = tuple(w for w in words if not year_of_period(f"{w} år"))  # "det første år"
    if which and not years:
        spans = [period_years(d.period) for d in scope.documents if d.period]
        years = tuple(dict.fromkeys(span[0 if which == "first" else -1] for span in spans))
    return replace(query, words=words, years=years, periods=periods)


def _names(asker: str) -> frozenset[str]:
    """Return the words of a politician's name, folded, without the party letter."""
    return frozenset(re.findall(r"\w{2,}", fold(asker)))


def _words(query: Query) -> frozenset[str]:
    return frozenset(re.findall(r"\w{2,}", fold(query.text)))


def in_budget(document: CouncilDocument, period: str) -> bool:
    """Tell whether a document belongs to the budget of `period` ("2025", "2026-2029")."""
    return budget_year(document.period) == int(period[:4])


_EMPTY = Text(
    "Der er ingen dokumenter endnu. Læg dokumenter ind med »raadsvar ingest«.",
    "There are no documents yet. Add documents with “raadsvar ingest”.",
)


def _list(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _unknown(
    query: Query,
    documents: Sequence[CouncilDocument],
    mentions: Sequence[CouncilDocument],
    language: Language,
) -> str:
    asked = _list(query.numbers)
    titled = [d for d in documents if names_one(d.title, query.numbers)]
    if titled:
        asked = _list(n for n in query.numbers if any(names_one(d.title, [n]) for d in titled))
        names = _list(f"»{d.title}«" for d in titled[:_NEAREST])
        return Text(
            f"{asked} står i titlen på {names}, men er ikke et dokuments eget nummer. "
            "Spørg til dokumentet ved dets titel.",
            f"{asked} stands in the title of {names}, but is no document's own number. "
            "Ask about the document by its title.",
        ).in_(language)
    numbers = sorted({d.number for d in documents if d.number})
    known = _list(numbers[:_LISTED]) + (" …" if len(numbers) > _LISTED else "")
    listed = Text(f" Numre i samlingen: {known}.", f" Numbers in the collection: {known}.")
    told = _list(d.number or d.title for d in mentions[:4])
    aside = Text(f" Det nævnes i {told}." if told else "", f" {told} mention it." if told else "")
    return Text(
        f"Intet dokument i samlingen har nummer {asked}.{aside.da}{listed.da if known else ''}",
        f"No document in the collection has the number {asked}.{aside.en}"
        f"{listed.en if known else ''}",
    ).in_(language)


def _other_period(query: Query, documents: Sequence[CouncilDocument]) -> WhyNot:
    asked, budgets = _list(query.periods), _list(d.period for d in documents if d.period)
    numbers = _list(query.numbers)
    text = Text(
        f"Samlingen har ikke {numbers} til Budget {asked}. Den har {numbers} til Budget {budgets}.",
        f"The collection does not hold {numbers} for Budget {asked}. "
        f"It holds {numbers} for Budget {budgets}.",
    )
    return WhyNot("other_period", text.in_(query.language))


def elsewhere(query: Query, scope: Scope) -> set[str]:
    """Return the municipalities asked for where no document in scope is of any of them."""
    asked = set(query.municipalities)
    return set() if not asked or any(d.municipality in asked for d in scope.documents) else asked


def other_municipality(query: Query, documents: Sequence[CouncilDocument]) -> WhyNot:
    """Return that `documents` hold nothing from the municipality asked for, naming who has it.

    Documents whose title speaks of the matter are named as near misses.
    """
    asked = _list(query.municipalities)
    topic = Topic(query.words)
    near = [
        f"{d.municipality}: {d.number or ''} »{d.title}«".replace(":  »", ": »")
        for d in documents
        if d.municipality
        and topic
        and topic.cover(weighted_terms((f"{d.title} {d.number or ''}", 1.0))) >= _OF_IT
    ]
    there = _list(sorted({d.municipality for d in documents if d.municipality})[:8])
    danish = f" Den har dokumenter fra: {there}." if there else ""
    english = f" It has documents from: {there}." if there else ""
    if near:
        danish = f" Det nærmeste er fra en anden kommune: {_list(near[:_NEAREST])}."
        english = f" The nearest is from another municipality: {_list(near[:_NEAREST])}."
    numbers = _list(query.numbers)
    text = Text(
        f"Samlingen har ikke {numbers or 'noget om det'} fra {asked}.{danish}",
        f"The collection {f'does not hold {numbers}' if numbers else 'holds nothing on this'} "
        f"from {asked}.{english}",
    )
    return WhyNot("other_municipality", text.in_(query.language))
