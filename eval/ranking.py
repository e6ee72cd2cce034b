"""Retrieval measures: which passages answer a question, and how high they were ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.known import KnownAnswer
from eval.metrics import right
from eval.told import told
from eval.words import holds
from rag.store.lookup import Lookup
from rag.types import Figure, Passage

DEPTH = 10
"""How many passages are ranked for a question."""


@dataclass(frozen=True)
class Ranking:
    """Recall among the first five passages, and the reciprocal rank among the first `DEPTH`."""

    recall_at_5: float
    reciprocal_rank: float


def relevant_passages(known: KnownAnswer, catalogue: Lookup) -> frozenset[str]:
    """Return the ids of the passages that answer a question.

    They stand on an expected page of the expected document (anywhere in it
    where no page is expected) and hold an expected figure, or one of the
    expected words where no figure is expected. None where nothing is to be
    found, where no single document is expected, or where only words of our own
    answer ("ja"): such a question is not ranked.
    """
    expected = known.expected
    if expected.document is None or expected.status == "not_found":
        return frozenset()
    documents = [d.id for d in catalogue.documents() if d.file == expected.document]
    passages = [
        p
        for p in catalogue.passages(document_ids=documents)
        if not expected.pages or p.page in expected.pages
    ]
    if not expected.figures:
        words = [w for group in expected.words for w in group]
        return frozenset(p.id for p in passages if any(holds(p.text, w) for w in words))
    wanted = [f for f in catalogue.figures(documents) if _is_expected(known, f)]
    return frozenset(p.id for p in passages if any(_lies_in(f, p) for f in wanted))


def rank(
    relevant: Mapping[str, frozenset[str]], ranked: Mapping[str, Sequence[str]]
) -> dict[str, Ranking]:
    """Return the ranking of each question of `relevant` (question id: passage ids).

    `ranked` holds the passages retrieved, best first; a question without any
    has found nothing. Computed by ir_measures.
    """
    import ir_measures
    from ir_measures import RR, R

    qrels = {q: dict.fromkeys(ids, 1) for q, ids in relevant.items()}
    run = {
        q: {id: float(-place) for place, id in enumerate(ranked.get(q, ())[:DEPTH])}
        for q in relevant
    }
    found = {
        (m.query_id, m.measure): m.value for m in ir_measures.iter_calc([R @ 5, RR], qrels, run)
    }
    return {q: Ranking(found.get((q, R @ 5), 0.0), found.get((q, RR), 0.0)) for q in relevant}


def _is_expected(known: KnownAnswer, figure: Figure) -> bool:
    return any(right(known, e, told(figure)) for e in known.expected.figures)


def _lies_in(figure: Figure, passage: Passage) -> bool:
    place = figure.place
    return place.page == passage.page and passage.start <= place.start < passage.end
