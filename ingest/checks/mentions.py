"""Which other proposals and budgets a sentence names."""

from __future__ import annotations

import re

from ingest.split import NUMBER
from rag.types import CouncilDocument

_LETTERS = re.compile(r"[A-ZÆØÅ]{1,3}U|ØK|BK")
_BUDGET = re.compile(
    r"\b(?:budget(?:tet|aftalen)?(?:\s+for)?\s+|B)(20\d\d)\b(?!\s*[-–]\s*\d)", re.I
)


def numbers_named(text: str) -> frozenset[str]:
    """Return the numbers of proposals in a text, as documents have them ("ØU03")."""
    return frozenset(f"{m[1]}{m[2]}" for m in NUMBER.finditer(text) if _LETTERS.fullmatch(m[1]))


def names_in(text: str) -> tuple[str, ...]:
    """Return all that a text names of proposals, also unlike ours in letters, and of budgets."""
    numbers = {f"{m[1]}{m[2]}" for m in NUMBER.finditer(text)}
    return tuple(sorted(numbers | {budget_name(year) for year in budgets_named(text)}))


def budget_name(year: int) -> str:
    """Return what `names_in` calls the budget that begins with a year."""
    return f"budget {year}"


def own_number(document: CouncilDocument) -> str | None:
    """Return a document's number as `numbers_named` gives it: "BU14", printed "BU-14"."""
    return document.number and document.number.replace("-", "")


def budgets_named(text: str) -> frozenset[int]:
    """Return the first years of the budgets that a text names ("Budget 2025")."""
    return frozenset(int(m[1]) for m in _BUDGET.finditer(text))


def first_year(document: CouncilDocument) -> int | None:
    """Return the first year of a document's period."""
    return int(document.period[:4]) if document.period else None
