"""A question as it was understood, in a few words: what is wrong there, the user sees first."""

from __future__ import annotations

from itertools import pairwise

from rag.query import Query
from rag.types import Language
from rag.vocabulary import concepts
from ui.ask import texts
from ui.safe import html


def understood(query: Query, language: Language) -> tuple[str, ...]:
    """Return what a question was read as asking for: of what, what, when, and how."""
    known = concepts()
    measures = [known[c].name.in_(language) for c in query.concepts if c in known]
    asked = list(measures)
    if query.intent == "fact" and query.fact in texts.FACTS:
        asked = [texts.FACTS[query.fact].in_(language)]
    elif query.intent == "documents":
        asked = [texts.LIST.in_(language)]
    elif not measures and query.intent == "figure" and query.amount in texts.AMOUNTS:
        asked = [texts.AMOUNTS[query.amount].in_(language)]
    about = f"{texts.ABOUT.in_(language)} »{' '.join(query.words)}«" if query.words else ""
    how = texts.OPERATIONS[query.operation].in_(language) if query.operation else ""
    places = (*query.numbers, *query.municipalities, *query.committees, *query.kinds)
    parts = [*places, *asked, about, *query.periods, _years(query.years), how]
    return tuple(dict.fromkeys(filter(None, parts)))


def understood_html(query: Query, question: str, language: Language) -> str:
    """Return the question as understood as HTML, "" where nothing in it was."""
    parts = list(understood(query, language))
    if query.text != question:
        parts.insert(0, f"{texts.READ_AS.in_(language)} »{query.text}«")
    if query.within.names:
        parts.append(f"{texts.FILTERED.in_(language).lower()} {', '.join(query.within.names)}")
    if not parts:
        return ""
    shown = " · ".join(html(part) for part in parts)
    return f'<p class="understood"><span>{texts.UNDERSTOOD.in_(language)}:</span> {shown}</p>'


def _years(years: tuple[int, ...]) -> str:
    """Return years as "2026-2029" where they follow each other, else as a list."""
    if len(years) > 2 and all(b == a + 1 for a, b in pairwise(years)):
        return f"{years[0]}-{years[-1]}"
    return ", ".join(map(str, years))
