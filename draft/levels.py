"""Who may see a draft: those who may see every document it tells of."""

from __future__ import annotations

from collections.abc import Iterable

from draft.verdicts import Checked
from rag.store.levels import narrowest
from rag.types import Access, CouncilDocument


def level_of(checked: Checked, told: str, documents: Iterable[CouncilDocument]) -> Access:
    """Return the narrowest level of what a draft rests on or names.

    `told` is what is said beside its text, to who writes it on; `documents` are
    those its writer may see.
    """
    leaned = [j.verdict.place.document.access for j in checked.judged if j.verdict.place]
    said = f"{checked.text}\n{told}"
    named = [
        d.access
        for d in documents
        if d.access != "public" and (d.title in said or (d.number and d.number in said))
    ]
    return narrowest([*leaned, *named])
