"""An answer given before, as its reader may see it now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rag.answer import Answer
from rag.store.lookup import Lookup
from rag.store.told import Told, is_hidden, told_of

_OF_NONE = ("unknown_document", "nothing_found", "empty", "too_many")
"""Why there is no answer, where no document is told of."""


def told_by(question: str, answer: Answer, catalogue: Lookup) -> tuple[Told, ...]:
    """Return the documents, seen in `catalogue`, that an answer to `question` tells of."""
    return told_of(f"{question}\n{_words(answer)}", catalogue, _rests_on(answer))


def as_seen(answer: Answer, catalogue: Lookup, told: Iterable[Told] | None = None) -> Answer | None:
    """Return `answer` as far as `catalogue`, the reader's view, still bears it.

    None where a document it rests on was deleted, or one it tells of (`told`, as kept
    with it) is closed to the reader now: its text would tell what stands there. Findings
    are kept where all their places can be seen.
    """
    words = "" if answer.why_not and answer.why_not.code in _OF_NONE else _words(answer)
    if is_hidden(told, words, catalogue):
        return None
    resting = set(_rests_on(answer))
    found = {p.document for f in answer.findings for p in f.places}
    there = {d.id for d in catalogue.documents(ids=sorted(resting | found))}
    if not resting <= there:
        return None
    findings = tuple(f for f in answer.findings if {p.document for p in f.places} <= there)
    return answer if findings == answer.findings else replace(answer, findings=findings)


def _words(answer: Answer) -> str:
    why = answer.why_not.text if answer.why_not else ""
    return "\n".join([answer.text, why, *(s.text for s in answer.near)])


def _rests_on(answer: Answer) -> Iterator[str]:
    """Yield the ids of the documents that an answer's words are of."""
    figures = [pair for s in answer.statements for pair in s.figures]
    for shown in (answer.calculation, *(s.calculation for s in answer.statements)):
        figures += shown.operands if shown else ()
    yield from (c.document.id for c in answer.citations)
    yield from (figure.document for figure, _ in figures)
