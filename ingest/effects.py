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
# "Negative beløb er indtægter", "(-) = indtægt, (+) = udgift", "indtægter er angivet med minus".
_INCOME_NOTE = re.compile(
    r"\b(?:negative|minus)\w*\s+(?:(?:tal|beløb)\w*\s+)?(?:er|angiver|betyder|viser|=)\s+"
    r"(?:en\s+|et\s+)?(?:netto)?(?:indtægt|overskud)"
    r"|\(?\s*[-−–]\s*\)?\s*=\s*(?:netto)?(?:indtægt|overskud)"
    r"|\b(?:indtægt|overskud)\w*\s+(?:er|vises|angives|står)\s+(?:angivet\s+|anført\s+)?"
    r"(?:med|som)\s+(?:minus|negativ|parentes)",
    re.IGNORECASE,
)
INCOME = re.compile(
    r"indtægt|gebyr|refusion|overskud|underskud|provenu|skat|tilskud fra|\b\w*salg(?:et)?\b"
    r"|\bresultat",
    re.IGNORECASE,
)
"""What is written with a minus because it comes in, not because it was cut."""
# A document that says none of these tells budgets, and no changes of them.
_OF_CHANGE = re.compile(
    r"spar(?:er|es|e|ing)|besparelse|effektivisering|reduktion|reducer|mindre\s?udgift|"
    r"mer\s?udgift|mindre\s?forbrug|nettoændring|ændring|omprioritering|omstilling|"
    r"prioriteringsforslag|råderum|nedlæg|nedsæt",
    re.IGNORECASE,
)
_PROPOSAL = re.compile(r"\W*[A-ZÆØÅ]{2,4}\s?-?\d{2,3}\b")  # it begins with its number
_STATES = ("current_budget",)


def with_effects(figures: Iterable[Figure], text: str) -> list[Figure]:
    """Return a document's figures with the effect of each table figure.

    `text` is the document's, where the sign note stands. A money figure follows its sign
    where the note is there, or its own minus in a document of changes: in a budget a minus
    is income. A staff row follows its minus, else the prose that tells the same number of
    posts for the same year.
    """
    listed = list(figures)
    changes = bool(_OF_CHANGE.search(text) or _PROPOSAL.match(text))
    changes = changes and not _INCOME_NOTE.search(text)
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
            effect = _effect(figure, noted, changes, staff.get(key))
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


def _effect(figure: Figure, noted: bool, changes: bool, staff: Effect | None) -> Effect:
    if not figure.value or figure.concept in _STATES:
        return "unknown"
    if figure.unit in STAFF:
        if staff is not None:
            return staff
        return "cut" if figure.value < 0 else "raise"
    if figure.unit != "kr.":
        return "unknown"
    if figure.value < 0:
        own = changes and not INCOME.search(figure.measure)
        return "cut" if noted or own else "unknown"
    if noted or (figure.concept is not None and "investment" in figure.concept):
        return "raise"
    return "unknown"
