"""What a printed figure means: a cut or a raise, read from sign, note and prose.

Budget tables say "(-) = mindreudgift/merindtægt"; that speaks of money. A staff
row may be printed without its minus where the prose says that posts are closed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.text.units import STAFF
from rag.types import Effect, Figure
from rag.vocabulary import concepts

_LESS = r"(?:mindre\s?udgift|mer\s?indtægt|besparelse)"
SIGN_NOTE = re.compile(
    rf"\(\s*[-−–]\s*\)\s*=\s*{_LESS}"
    rf"|\b(?:minus|parentes(?:er)?)\s+(?:er|angiver|betyder|viser|=)\s+(?:en\s+|et\s+)?{_LESS}",
    re.IGNORECASE,
)
_STATES = ("current_budget",)


def with_effects(figures: Iterable[Figure], text: str) -> list[Figure]:
    """Return a document's figures with the effect of each table figure.

    `text` is the document's, where the sign note stands. A money figure follows
    its sign where the note is there, or its own minus; a staff row follows its
    minus, else the prose that tells the same number of posts for the same year.
    """
    listed = list(figures)
    noted = bool(SIGN_NOTE.search(text))
    told = [f for f in listed if f.table is None and f.unit in STAFF]
    rows: dict[tuple[str, int, int], list[Figure]] = defaultdict(list)
    for figure in listed:
        if figure.table is not None:
            rows[figure.table, figure.context.page, figure.context.start].append(figure)
    staff = {key: _staff_effect(row, told) for key, row in rows.items() if _is_staff(row)}
    costs = {key for key, row in rows.items() if noted and _is_cost(row)}
    found = []
    for figure in listed:
        if figure.table is not None:
            key = figure.table, figure.context.page, figure.context.start
            concept = None if key in costs else figure.concept
            effect = _effect(figure, noted, staff.get(key))
            figure = replace(figure, effect=effect, concept=concept)
        found.append(figure)
    return found


def _is_cost(row: Sequence[Figure]) -> bool:
    """Tell whether a row that sounds like a saving only costs, by the table's sign note."""
    values = [f.value for f in row if f.value and f.unit == "kr."]
    saving = any("efficiency" in concepts()[f.concept].wider for f in row if f.concept)
    return saving and bool(values) and all(v > 0 for v in values)


def told_for(figure: Figure, told: Iterable[Figure]) -> list[Figure]:
    """Return the prose figures that tell a table figure's number for its year."""
    return [
        t
        for t in told
        if t.amount is not None
        and figure.amount is not None
        and t.year == figure.year
        and abs(t.amount) == abs(figure.amount)
        and (t.unit in STAFF) == (figure.unit in STAFF)
    ]


def _is_staff(row: Sequence[Figure]) -> bool:
    return any(f.unit in STAFF for f in row)


def _staff_effect(row: Sequence[Figure], told: list[Figure]) -> Effect | None:
    """Return what a staff row without a minus means by its prose, None where signs tell."""
    values = [f.value for f in row if f.value]
    if any(v < 0 for v in values):
        return None
    said = {t.effect for f in row if f.value for t in told_for(f, told)} - {"unknown"}
    return said.pop() if len(said) == 1 else "unknown"


def _effect(figure: Figure, noted: bool, staff: Effect | None) -> Effect:
    if not figure.value or figure.concept in _STATES:
        return "unknown"
    if figure.unit in STAFF:
        if staff is not None:
            return staff
        return "cut" if figure.value < 0 else "raise"
    if figure.unit != "kr.":
        return "unknown"
    if figure.value < 0:
        return "cut"
    if noted or (figure.concept is not None and "investment" in figure.concept):
        return "raise"
    return "unknown"
