"""Answers questions from figures: which documents, which rows, in what words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from rag.answer import Answer
from rag.asking.purposes import purposes
from rag.asking.question import sides
from rag.asking.scope import Scope
from rag.cite import Citations, Pages
from rag.figures.answer import FigureAnswer, with_peers
from rag.figures.asked import FigureAsked, QueryTopics
from rag.figures.column_kinds import KindsAsked, tables_of
from rag.figures.computed import FigureArithmetic
from rag.figures.found import Found
from rag.figures.groups import documents_apart, titled
from rag.figures.lookup import FigureLookup
from rag.figures.ranking import ranked
from rag.figures.share import share_answer
from rag.figures.sides import sides_answer
from rag.figures.totals import asks_whole, total_asked
from rag.figures.traits import told_around
from rag.query import COMPARING, Operand, Query
from rag.refusals import too_many
from rag.search.naming import MOST_COMPARED, holding, to_compare, within_reach
from rag.search.retrieve import PassageRetriever
from rag.store.lookup import Lookup
from rag.text.language import words
from rag.text.names import proper_names
from rag.text.topic import Topic, weighted_terms
from rag.types import CouncilDocument, Figure, Finding

_SPOKEN_OF, _SURELY = 0.3, 0.4  # of a word, that a text must say


class FigureSearch:
    """Looks figures up in the catalogue and tells what was found."""

    def __init__(
        self,
        catalogue: Lookup,
        pages: Pages,
        retriever: Callable[[], PassageRetriever],
        topics: Callable[[Query], QueryTopics],
    ) -> None:
        """Take the catalogue; `retriever` is called only to narrow a large collection."""
        self._catalogue, self._pages = catalogue, pages
        self._retriever, self._topics = retriever, topics

    def answer(self, query: Query, scope: Scope, least_label: float = 0.0) -> Answer:
        """Return the answer; `least_label` is as `Scoring` takes it."""
        compares = query.operation in COMPARING
        reach = (to_compare if compares else within_reach)(query, scope, self._retriever)
        if reach is None:
            return too_many(query, MOST_COMPARED)
        documents = self._holding(query, reach)
        figures = self._catalogue.figures([d.id for d in documents])
        citations = Citations(self._catalogue.shelf.by_id, self._pages)
        if query.operation == "share":
            part, whole = (_asked_for(o, query) for o in query.operands)
            parts = self._find(part, documents, figures)
            having = {c.figure.document for f in parts for c in f.best}
            own = [f for f in figures if f.document in having]
            wholes = self._find(whole, [d for d in documents if d.id in having], own)
            shared = share_answer(query, [parts, wholes], documents, citations)
            if shared is not None:
                return shared
            query = replace(query, operation=None, amount="percent")  # told, if anywhere
        builder = FigureAnswer(query, query.language, documents, figures, citations)
        if both := sides(query):
            operands = [self._find(_asked_for(o, query), documents, figures) for o in both]
            computed = sides_answer(query, both, operands, citations, builder.statement)
            if computed is not None:
                return computed
        found = self._find(query, documents, figures, least_label)
        answer = builder.answer(found, self._catalogue.findings([d.id for d in documents]))
        return replace(answer, findings=_once([self._with_peers(f) for f in answer.findings]))

    def speaks(self, query: Query, scope: Scope) -> bool:
        """Tell whether any document in reach has a word of what a question asks a price for."""
        return self._speak_of(query, self._documents(query, scope), _SURELY)

    def of_table(self, query: Query, scope: Scope) -> Answer | None:
        """Return which row of a table has most, or least, or the sum of a table asked for whole.

        None where no table is so asked for.
        """
        among = query.operation in ("most", "least")
        if query.numbers or not (among or asks_whole(query)):
            return None
        within = [d.id for d in self._documents(query, scope)]
        documents = [d for i in within if (d := self._catalogue.document(i)) is not None]
        figures = {f.id: f for f in self._catalogue.figures(within) if f.table}

        def topics(words: Sequence[str]) -> Topic:
            return self._topics(replace(query, words=tuple(words), aside=())).topic

        citations = Citations(self._catalogue.shelf.by_id, self._pages)
        arithmetic = FigureArithmetic(query, {d.id: d for d in documents}, citations)
        if among:
            found = ranked(query, topics, documents, figures)
            statements = arithmetic.most(*found) if found else []
        else:
            total = total_asked(query, topics, documents, figures)
            builder = FigureAnswer(query, query.language, documents, total, citations)
            statements = arithmetic.of_row(total) or [builder.statement(total)] if total else []
        if not statements:
            return None
        return Answer(
            "answered",
            query.language,
            tuple(statements),
            citations.all(),
            calculation=statements[0].calculation,
            query=query,
        )

    def _find(
        self,
        query: Query,
        documents: Sequence[CouncilDocument],
        figures: Sequence[Figure],
        least_label: float = 0.0,
    ) -> list[Found]:
        """Return what answers: an outcome for each measure asked for and document named."""
        asked = self._asked(query, documents, figures)
        groups = documents_apart(query, documents)
        named = bool(query.numbers or query.periods) or len(groups) > 1
        found: list[Found] = []
        for among in groups:
            # Its own title names a document as its number does, whatever others say of it.
            called = set() if query.numbers else titled(query, among)
            group = [d for d in among if d.id in called] or among
            ids = {d.id for d in group}
            if (query.numbers or query.municipalities) and not self._speak_of(query, group):
                rows = tuple(f for f in figures if f.document in ids and f.table)
                alone = rows if len(group) == 1 else ()
                found.append(Found((), "measure_missing" if alone else "nothing_found", alone))
                continue
            own = [f for f in figures if f.document in ids]
            found += FigureLookup(asked, group, own, named, least_label).find()
        return found

    def _asked(
        self, query: Query, documents: Sequence[CouncilDocument], figures: Sequence[Figure]
    ) -> FigureAsked:
        """Return the question with what tells of the figures of the documents."""
        sources, page = {d.id: d.source for d in documents}, cache(self._pages)
        told = told_around(figures, lambda f: page(sources[f.document], f.context.page).text)
        table = tables_of(self._catalogue.document)

        @cache
        def spoken(document: str) -> frozenset[str]:
            passages = self._catalogue.passages(document_ids=[document])
            return frozenset(first for p in passages for first, *_ in words(p.text))

        kinds = KindsAsked(query.columns, table)
        return FigureAsked(query, self._topics(query), told, kinds, table, spoken)

    def _speak_of(
        self, query: Query, documents: Sequence[CouncilDocument], least: float = _SPOKEN_OF
    ) -> bool:
        """Tell whether documents have a word of all that a question says its figure is for.

        "Hvor mange årsværk går til skoler i ØU02?": no figure of it is of schools.
        """
        asked = purposes(query)
        if not asked:
            return True

        def is_said(word: str) -> bool:
            topic = self._topics(replace(query, words=(word,), aside=())).topic
            said = (topic.cover(weighted_terms((t, 1.0))) for t in self._texts(documents))
            return not topic or any(cover >= least for cover in said)

        return all(any(map(is_said, ways)) for ways in asked)

    def _texts(self, documents: Sequence[CouncilDocument]) -> Iterator[str]:
        """Yield all that documents say, their titles first: most words stand in one of those."""
        yield from (d.title for d in documents)
        for document in documents:
            yield from (p.text for p in self._catalogue.passages(document_ids=[document.id]))

    def _documents(self, query: Query, scope: Scope) -> list[CouncilDocument]:
        """Return the documents whose figures may answer."""
        return self._holding(query, within_reach(query, scope, self._retriever))

    def _holding(self, query: Query, documents: Sequence[CouncilDocument]) -> list[CouncilDocument]:
        """Return the documents that hold the names a question speaks of."""
        proper = proper_names(query.text)
        names = [self._retriever().vocabulary.corrected(n).split()[-1] for n in proper]
        return holding(names, documents, self._catalogue)

    def _with_peers(self, finding: Finding) -> Finding:
        """Name the documents of the same municipality that print such a row otherwise."""
        if finding.kind != "sign":
            return finding
        shelf, own = self._catalogue.shelf, finding.places[0].document
        where = shelf.by_id[own].municipality
        documents = {d.id: d for d in shelf.current.documents if d.municipality == where}
        peers = [
            f
            for f in self._catalogue.figures(list(documents), concepts=["fte"])
            if f.document != own and f.table and f.value is not None and f.value < 0
        ]
        return with_peers(finding, peers, documents)


def _once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings without those whose places another of the same kind names with more."""

    def told(finding: Finding) -> bool:
        places = set(finding.places)
        return any(f.kind == finding.kind and places < set(f.places) for f in findings)

    return tuple(f for f in findings if not told(f))


def _asked_for(operand: Operand, query: Query) -> Query:
    """Return the question for one side of a computation."""
    return replace(
        query,
        text=operand.text,
        amount=operand.amount,
        concepts=operand.concepts,
        words=operand.words,
        aside=(),
        noun=None,
        operation=None,
        operands=(),
    )
