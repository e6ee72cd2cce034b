"""What a passage earns by what a question names: number, municipality, budget, years.

Each weighs more than all below it and than any similarity, whose scores are at
most about 1: the right document of the wrong year is a wrong answer.
"""

from __future__ import annotations

import re

from rag.dates import find_years
from rag.types import CouncilDocument, Passage, Query

NUMBER, MUNICIPALITY, YEAR = 8.0, 4.0, 2.0


def boost(query: Query, document: CouncilDocument, passage: Passage) -> float:
    """Return what `passage` of `document` earns."""
    earned = NUMBER * (document.number in query.numbers)
    earned += MUNICIPALITY * (document.municipality in query.municipalities)
    if query.years:
        earned += YEAR * bool(set(query.years) & _years(document, passage))
    return earned


def _years(document: CouncilDocument, passage: Passage) -> set[int]:
    """Return the years that a passage, or its document's period or date, speaks of."""
    years = {int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", passage.text)}
    for mention in find_years(document.period or ""):
        years |= set(range(mention.first, min(mention.last, mention.first + 20) + 1))
    if document.date:
        years.add(document.date.year)
    return years
