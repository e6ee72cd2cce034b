"""Answers a question from the documents it is about: every way to answer, on one scale.

What the product finds by its own ways (a table's row, a computation, a fact, a list) and what
the reader quotes are candidates alike; the likeliest answers, if it is likely enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rag.answer import Answer, Citation, Statement, WhyNot
from rag.answering.candidates import Candidate
from rag.answering.decide import ranked, weights
from rag.answering.features import own_features
from rag.answering.quotations import Quotations
from rag.answering.reader import Read, Reader
from rag.asking.scope import Scope
from rag.cite import Pages
from rag.producers import Producers
from rag.prose.quote_search import NEAREST
from rag.query import Query
from rag.refusals import nothing
from rag.search.embed import Embedder
from rag.search.retrieve import PassageRetriever
from rag.search.topics import Topics
from rag.store.lookup import Lookup
from rag.types import Place

_NEAR = 3  # places shown where nothing answers


class Answering:
    """Makes the answers to questions that have been read, over what one asker may see."""

    def __init__(
        self,
        catalogue: Lookup,
        pages: Pages,
        retriever: Callable[[], PassageRetriever],
        reader: Callable[[], Reader],
        embedder: Callable[[], Embedder],
    ) -> None:
        """Take the catalogue; retriever and models are opened when first needed.

        `embedder` compares the sentences of the product's own ways.
        """
        self._producers = Producers(catalogue, pages, retriever, embedder)
        self._quotations = Quotations(catalogue, pages, retriever, reader)
        self._catalogue, self._topics = catalogue, Topics(retriever)
        # What was read last: whether a figure is doubted and how it is weighed ask for the same.
        self._last: tuple[tuple[Query, Place], Read | None] | None = None

    def answer(self, query: Query, scope: Scope | WhyNot) -> Answer:
        """Return the likeliest answer, or why there is none and what comes nearest."""
        if isinstance(scope, WhyNot):
            return Answer("not_found", query.language, why_not=scope, query=query)
        own = self.own(query, scope)
        if self.is_certain(own, query, scope):
            return own
        by = weights()
        found = ranked(self.considered(query, scope, own), by)
        if found and found[0][0] >= by.answered:
            likely, best = found[0]
            return self._with_findings(replace(best.answer, confidence=likely, query=query))
        refused = nothing(query) if own.statements else own
        near = [(p, c) for p, c in found if p >= by.near]
        return _shown(refused, near[:_NEAR])

    def told_elsewhere(self, query: Query, scope: Scope) -> Answer | None:
        """Return what the documents in scope tell of a proposal that is none of them."""
        return self._producers.told_elsewhere(query, scope)

    def own(self, query: Query, scope: Scope) -> Answer:
        """Return what the product's own ways answer, or refuse for a reason of their own."""
        return self._producers.answer(query, scope)

    def considered(self, query: Query, scope: Scope, own: Answer) -> list[Candidate]:
        """Return all that may answer: quotations, and what an `own` way answers."""
        candidates = self._quotations.find(query, scope)
        if own.status == "answered":
            features = own_features(own, query, self._topics.of(query), self._read(own, query))
            candidates.append(Candidate(own, features))
        return candidates

    def is_certain(self, own: Answer, query: Query, scope: Scope) -> bool:
        """Tell whether an own way's answer, or its reason for none, stands whatever else is said.

        It does where the question names the document or asks for somebody's words, where several
        documents fit, or documents are listed: that a cell is blank, or a year outside its table,
        is a fact, and no sentence beside it answers. So does a figure that was looked up, where
        the reader does not doubt it. What is quoted, or told of a document itself, is weighed.
        """
        if own.why_not is not None:
            return own.why_not.code != "nothing_found"
        if scope.named or own.status == "ambiguous" or query.speaker is not None:
            return True
        if query.intent == "documents":
            return True
        return query.intent != "prose" and own.tells_figures and self._agrees(own, query)

    def _agrees(self, own: Answer, query: Query) -> bool:
        read = self._read(own, query)
        return read is None or read.score >= 0.0

    def _read(self, own: Answer, query: Query) -> Read | None:
        """Return what the reader makes of the place that an answer cites first, read once."""
        asked = query, own.citations[0].place
        last = self._last
        if last is None or last[0] != asked:
            last = self._last = asked, self._quotations.read(*asked)
        return last[1]

    def _with_findings(self, answer: Answer) -> Answer:
        """Return an answer with the findings that touch a place it quotes."""
        if answer.findings:
            return answer
        cited = [c.place for c in answer.citations]
        findings = self._catalogue.findings(list({p.document for p in cited}))
        touched = [
            f
            for f in findings
            if any(
                (p.document, p.page) == (c.document, c.page) and p.start < c.end and c.start < p.end
                for p in f.places
                for c in cited
            )
        ]
        return replace(answer, findings=tuple(touched))


def _shown(refused: Answer, near: list[tuple[float, Candidate]]) -> Answer:
    """Return a refusal with the places that come nearest, which claim nothing."""
    if not near:
        return refused
    citations: list[Citation] = []
    statements: list[Statement] = []
    for _, candidate in near:
        at = len(citations)
        citations += candidate.answer.citations
        told = candidate.answer.statements[0]
        text = told.text if statements else f"{NEAREST.in_(refused.language)} {told.text}"
        statements.append(Statement(text, (), tuple(at + i for i in told.citations)))
    likely = near[0][0]
    return replace(refused, near=tuple(statements), citations=tuple(citations), confidence=likely)
