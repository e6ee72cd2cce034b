"""Whether a newer budget's proposal on the same matter has come since a document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from rag.text.language import analyse
from rag.text.names import without_municipalities
from rag.types import CouncilDocument, Language, Text
from rag.wording import name

_PROPOSALS = frozenset(("prioriteringsforslag", "budgetnotat"))
_SAME_MATTER = 85.0  # token set ratio of the titles' terms


def successor(
    document: CouncilDocument, documents: Iterable[CouncilDocument]
) -> CouncilDocument | None:
    """Return the newest proposal of a later budget on the matter of `document`, if any.

    The matter is the same where municipality and kind are, and the titles share
    their words (rapidfuzz' token set ratio over lemmas, names of places apart).
    """
    if document.kind not in _PROPOSALS or not document.period:
        return None
    later = [
        d
        for d in documents
        if d.kind == document.kind
        and d.municipality == document.municipality
        and d.period
        and _first_year(d.period) > _first_year(document.period)
        and fuzz.token_set_ratio(_matter(d), _matter(document)) >= _SAME_MATTER
    ]
    return max(later, key=lambda d: _first_year(d.period or ""), default=None)


def superseded_text(document: CouncilDocument, newer: CouncilDocument) -> Text:
    """Return the warning that a newer budget's proposal has come."""
    old, new = _of_budget(document, "da"), _of_budget(newer, "da")
    old_en, new_en = _of_budget(document, "en"), _of_budget(newer, "en")
    return Text(
        f"{old} har et nyere forslag om samme sag: {new}",
        f"{old_en} has a newer proposal on the same matter: {new_en}",
    )


def _of_budget(document: CouncilDocument, language: Language) -> str:
    told = name(document, language)
    return told if (document.period or "") in told else f"{told} (Budget {document.period})"


def _first_year(period: str) -> int:
    found = re.match(r"\d{4}", period)
    return int(found[0]) if found else 0


def _matter(document: CouncilDocument) -> str:
    title = document.title.replace(document.number or "\0", " ")
    return " ".join(dict.fromkeys(analyse(without_municipalities(title))))
