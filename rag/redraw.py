"""An answer given before, as its reader may see it now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rag.answer import Answer
from rag.store.lookup import Lookup


def as_seen(answer: Answer, catalogue: Lookup) -> Answer | None:
    """Return `answer` as far as `catalogue`, the reader's view, still bears it.

    None where a document it rests on was deleted, or is closed to the reader now:
    its text would tell what stands there. Findings are kept where all their
    places can be seen.
    """
    resting = set(_rests_on(answer))
    told = {p.document for f in answer.findings for p in f.places}
    there = {d.id for d in catalogue.documents(ids=sorted(resting | told))}
    if not resting <= there:
        return None
    findings = tuple(f for f in answer.findings if {p.document for p in f.places} <= there)
    return answer if findings == answer.findings else replace(answer, findings=findings)


def _rests_on(answer: Answer) -> Iterator[str]:
    """Yield the ids of the documents that an answer's words are of."""
    figures = [pair for s in answer.statements for pair in s.figures]
    for shown in (answer.calculation, *(s.calculation for s in answer.statements)):
        figures += shown.operands if shown else ()
    yield from (c.document.id for c in answer.citations)
    yield from (figure.document for figure, _ in figures)
