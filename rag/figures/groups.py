"""The documents that a question for a figure is answered from one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.asking.scope import in_budget
from rag.query import Query
from rag.text.dates import find_dates, find_months
from rag.text.document_numbers import bears
from rag.text.language import fold, words
from rag.types import CouncilDocument
from rag.vocabulary import generic_words

_Documents = list[CouncilDocument]


def documents_apart(query: Query, documents: Sequence[CouncilDocument]) -> list[_Documents]:
    """Return `documents` in groups, each to be looked up on its own.

    Each number asked for is one; so are the budgets ("Budget 2025 og 2026"), the
    months of a report ("fra marts til juni") and the municipalities ("i Holbæk og
    i Næstved"), where several are named.
    """
    groups = [[d for d in documents if bears(d.number, [n])] for n in query.numbers]
    if len(query.periods) > 1 and not groups:
        groups = [[d for d in documents if in_budget(d, p)] for p in query.periods]
    groups = groups or _of_months(find_months(query.text), documents) or [list(documents)]
    if len(query.municipalities) < 2:
        return groups
    apart = [[d for d in g if d.municipality == m] for g in groups for m in query.municipalities]
    return [group for group in apart if group] or groups


def titled(query: Query, documents: Iterable[CouncilDocument]) -> set[str]:
    """Return the ids of the documents whose titles the question says in full.

    A title of one word says what many are about.
    """
    said = {first for first, *_ in words(query.text)}
    titles = {d.id: {first for first, *_ in words(d.title)} for d in documents}
    telling = {id: {w for w in title if _tells(w)} for id, title in titles.items()}
    return {id for id, title in titles.items() if len(telling[id]) > 1 and title <= said}


def _tells(word: str) -> bool:
    """Tell whether a word of a title says what its document is on: "budget 2026" does not."""
    return not word.isdigit() and fold(word) not in generic_words()


def _of_months(months: Sequence[int], documents: Iterable[CouncilDocument]) -> list[_Documents]:
    """Return the reports of each of several months, the last first: a change is from then to now.

    No groups where no month has any.
    """
    dated = [(d, {date.month for _, _, date in find_dates(d.title)}) for d in documents]
    groups = [[d for d, own in dated if month in own] for month in sorted(months, reverse=True)]
    return groups if len(groups) > 1 and any(groups) else []
