"""From a question to a bound answer: LangChain runnables over the catalogue and its indexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableLambda

from rag.bind import bind
from rag.catalogue import Catalogue
from rag.cite import Citations
from rag.embed import Embedder, load_embedder
from rag.facts import FactAnswer
from rag.figure_answer import NOTHING, FigureAnswer, with_peers
from rag.figure_lookup import FigureLookup, Found, is_of, kind_fits, told_around
from rag.home import Home
from rag.listing import list_documents
from rag.question import asks_what, content_words, read_question
from rag.quote import Quotes, Sentence
from rag.retrieve import PassageRetriever
from rag.scope import Scope, current, find_scope, other_municipality, settled
from rag.summary import summarise
from rag.topic import Topic
from rag.types import (
    Answer,
    CouncilDocument,
    Figure,
    Finding,
    Language,
    Page,
    Query,
    Statement,
    Text,
    Turn,
    WhyNot,
)
from rag.vocabulary import municipalities_named
from rag.wording import name

if TYPE_CHECKING:
    from rag.vectors import Vectors
    from rag.words import Words

_HITS = 12
_MOST_LOOKED_UP = 40  # documents whose figures are compared; more are narrowed by search first
_SURE_LABEL = 0.75  # the share of a row's label that a question for it must say
_BOUND = ("year_outside", "cell_blank")  # reasons that the row itself gives
_SURE_QUOTE = 0.75  # what a sentence must cover to answer a question for a figure

NOT_FOUND = Text(
    "Dokumenterne i samlingen svarer ikke på det spørgsmål.",
    "The documents in the collection do not answer that question.",
)


@dataclass(frozen=True)
class Asked:
    """A question on its way through the chain."""

    question: str
    history: tuple[Turn, ...] = ()
    language: Language | None = None
    query: Query | None = None
    scope: Scope | WhyNot = field(default_factory=lambda: Scope(()))


class Assistant:
    """Answers questions from the catalogue of a data folder. Safe to share between sessions."""

    def __init__(self, home: Home | None = None) -> None:
        """Open the catalogue of `home`; indexes and model are loaded when first needed."""
        self.home = home or Home()
        self.catalogue = Catalogue(self.home)

    def ask(
        self, question: str, history: Sequence[Turn] = (), language: Language | None = None
    ) -> Answer:
        """Return the answer to `question`.

        `history` are the earlier turns, oldest first; `language` overrides the
        language that the question is read in.
        """
        return self.chain.invoke(Asked(question, tuple(history), language))

    @cached_property
    def chain(self) -> Runnable[Asked, Answer]:
        """The chain: read the question, find its documents, answer, bind."""
        return (
            RunnableLambda(self._read)
            | RunnableLambda(self._scope)
            | RunnableLambda(self._answer)
            | RunnableLambda(self._bind)
        )

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model."""
        return load_embedder()

    @cached_property
    def words(self) -> Words:
        """The word index."""
        from rag.language import analyse
        from rag.words import Words

        return Words(self.home, self.catalogue, analyse)

    @cached_property
    def vectors(self) -> Vectors:
        """The vector index."""
        from rag.vectors import Vectors

        return Vectors(self.home, self.catalogue, self.embedder.name)

    @cached_property
    def retriever(self) -> PassageRetriever:
        """The retriever over the catalogue's passages."""
        return PassageRetriever(
            words=self.words,
            vectors=self.vectors,
            embedder=self.embedder,
            catalogue=self.catalogue,
        )

    def page(self, source: str, number: int) -> Page:
        """Return a page of a file."""
        page = self.catalogue.page(source, number)
        if page is None:
            raise KeyError(f"{source} has no page {number}")
        return page

    # ------------------------------------------------------------------ steps

    def _read(self, asked: Asked) -> Asked:
        known = [d.number for d in self.catalogue.documents() if d.number]
        query = read_question(asked.question, asked.history, known)
        return replace(asked, query=replace(query, language=asked.language or query.language))

    def _scope(self, asked: Asked) -> Asked:
        query = _query(asked)
        documents = current(self.catalogue.documents())
        mentions: list[CouncilDocument] = []
        if query.numbers and not any(d.number in query.numbers for d in documents):
            mentions = self._mentioning(query.numbers, documents)
        scope = find_scope(query, documents, mentions)
        if isinstance(scope, Scope):
            query = settled(query, scope)
        return replace(asked, query=query, scope=scope)

    def _answer(self, asked: Asked) -> Answer:
        query, scope = _query(asked), asked.scope
        if isinstance(scope, WhyNot):
            return Answer("not_found", query.language, why_not=scope, query=query)
        topic = self._topic(query)
        citations = Citations(self.catalogue.documents(), self.page)
        answer: Answer | None = None
        if query.intent == "fact":
            answer = FactAnswer(query, topic, citations, self.page).answer(
                scope.documents, scope.named
            )
        elif query.intent == "prose" and scope.named and not topic and not query.years:
            ids = [d.id for d in scope.documents]
            passages = self.catalogue.passages(document_ids=ids)
            answer = summarise(query, scope.documents, passages, citations)
        elif query.intent == "documents":
            answer = list_documents(query, topic, scope.documents, citations, self.page)
        elif query.intent == "prose" and asks_what(query):
            # "Hvad er Husleje i 2027?" names a row that no vocabulary knows.
            answer = self._figures(query, topic, scope, citations, _SURE_LABEL)
            answer = answer if answer.why_not is None or answer.why_not.code in _BOUND else None
        elif query.intent == "figure":
            answer = self._figures(query, topic, scope, citations)
            if answer.why_not is None or answer.why_not.code != "nothing_found":
                return answer
            quoted = self._quotes(query, topic, scope, _SURE_QUOTE)
            return quoted if quoted and any(s.figures for s in quoted.statements) else answer
        answer = answer or self._quotes(query, topic, scope)
        if answer is None and _elsewhere(query, scope):
            why = other_municipality(query, scope.documents)
            return Answer("not_found", query.language, why_not=why, query=query)
        return answer or _nothing(query)

    def _bind(self, answer: Answer) -> Answer:
        bound = bind(answer, self.page)
        if answer.statements and not bound.statements:
            return _nothing(answer.query or Query("", answer.language, "prose"))
        return bound

    # ---------------------------------------------------------------- answers

    def _topic(self, query: Query) -> Topic:
        return self._topic_of(query.words, query)

    def _topic_of(self, words: Sequence[str], query: Query) -> Topic:
        if not words:
            return Topic(())
        foreign = query.language == "en"
        spelt = [self.retriever.corrected(word) for word in words]
        return Topic(spelt, self.retriever.near, self.retriever.rarity, foreign)

    def _figures(
        self,
        query: Query,
        topic: Topic,
        scope: Scope,
        citations: Citations,
        least_label: float = 0.0,
    ) -> Answer:
        documents = scope.documents
        if len(documents) > _MOST_LOOKED_UP:
            ids = {h.passage.document for h in self.retriever.hits(query, 4 * _HITS, scope.ids)}
            documents = tuple(d for d in documents if d.id in ids)
        figures = self.catalogue.figures([d.id for d in documents])
        sources = {d.id: d.source for d in documents}
        told = told_around(figures, lambda f: self.page(sources[f.document], f.context.page).text)
        words = self._topic_of(content_words(query), query)
        # Each number asked for is answered on its own; two budgets may have the same one.
        groups = [[d for d in documents if d.number == n] for n in query.numbers] or [
            list(documents)
        ]
        found: list[Found] = []
        for group in groups:
            ids = {d.id for d in group}
            lookup = FigureLookup(query, topic, group, told, scope.named, words, least_label)
            found += lookup.find([f for f in figures if f.document in ids])
        builder = FigureAnswer(query, query.language, documents, figures, citations)
        answer = builder.answer(found, self.catalogue.findings([d.id for d in documents]))
        return replace(answer, findings=tuple(self._with_peers(f) for f in answer.findings))

    def _with_peers(self, finding: Finding) -> Finding:
        if finding.kind != "sign":
            return finding
        documents = {d.id: d for d in current(self.catalogue.documents())}
        own = finding.places[0].document
        peers = [
            f
            for f in self.catalogue.figures(list(documents), concepts=["fte"])
            if f.document != own and f.table and f.value is not None and f.value < 0
        ]
        return with_peers(finding, _same_house(peers, documents, own), documents)

    def _quotes(
        self, query: Query, topic: Topic, scope: Scope, least: float = 0.0
    ) -> Answer | None:
        hits = self.retriever.hits(query, _HITS, scope.ids)
        elsewhere = _elsewhere(query, scope)
        if elsewhere:
            hits = [h for h in hits if elsewhere <= set(municipalities_named(h.passage.text))]
        documents = {d.id: d for d in scope.documents}
        quotes = Quotes(query, topic, documents, lambda: self.embedder)
        found = [s for s in quotes.find(hits, scope.named) if s.cover >= least]
        if not found:
            return None
        citations = Citations(scope.documents, self.page)
        held = self._held(found, query)
        statements = [
            _quoted(s, documents[s.place.document], citations, query, held.get(s.passage, []))
            for s in found
        ]
        told = {s.place.document for s in found}
        findings = tuple(
            f
            for f in self.catalogue.findings(list(told))
            if any(_touches(place, s) for place in f.places for s in found)
        )
        return Answer(
            "answered",
            query.language,
            tuple(statements),
            citations.all(),
            findings=findings,
            query=query,
        )

    def _held(self, found: list[Sentence], query: Query) -> dict[str, list[Figure]]:
        """Return the figures asked for that the best sentence holds, by its passage."""
        if query.amount is None or not found:
            return {}
        best = found[0]
        figures = self.catalogue.figures([best.place.document])
        held = [
            f
            for f in figures
            if f.table is None
            and f.context.page == best.place.page
            and best.core[0] <= f.place.start
            and f.place.end <= best.core[1]
            and kind_fits(f, query.amount)
            and (not query.years or any(is_of(f, year) for year in query.years))
        ]
        return {best.passage: held}

    def _mentioning(
        self, numbers: Sequence[str], documents: Sequence[CouncilDocument]
    ) -> list[CouncilDocument]:
        """Return the documents whose text names one of `numbers`."""
        by_id = {d.id: d for d in documents}
        hits = self.retriever.hits(" ".join(numbers), _HITS)
        naming = [
            h.passage.document
            for h in hits
            if any(n in h.passage.text for n in numbers) and h.passage.document in by_id
        ]
        return [by_id[i] for i in dict.fromkeys(naming)]


def refresh(home: Home, anew: bool = False) -> None:
    """Bring the indexes of `home` up to its catalogue; with `anew`, build them from nothing."""
    assistant = Assistant(home)
    for index in (assistant.words, assistant.vectors):
        if anew:
            index.rebuild()
        else:
            index.refresh()
        index.close()


def _query(asked: Asked) -> Query:
    if asked.query is None:
        raise ValueError("the question has not been read")
    return asked.query


def _elsewhere(query: Query, scope: Scope) -> set[str]:
    """Return the municipalities asked for where no document in scope is of any of them."""
    if any(d.municipality in query.municipalities for d in scope.documents):
        return set()
    return set(query.municipalities)


def _nothing(query: Query) -> Answer:
    text = NOTHING if query.intent == "figure" else NOT_FOUND
    return Answer(
        "not_found",
        query.language,
        why_not=WhyNot("nothing_found", text.in_(query.language)),
        query=query,
    )


def _quoted(
    sentence: Sentence,
    document: CouncilDocument,
    citations: Citations,
    query: Query,
    figures: list[Figure],
) -> Statement:
    index = citations.add(sentence.place, figures[0].place if figures else None)
    says = Text("skriver", "says").in_(query.language)
    who = name(document, query.language)
    quote = "; ".join(line.strip() for line in sentence.text.split("\n"))
    return Statement(f"{who} {says}: »{quote}«", tuple((f, index) for f in figures), (index,))


def _touches(place: object, sentence: Sentence) -> bool:
    from rag.types import Place

    return (
        isinstance(place, Place)
        and place.document == sentence.place.document
        and place.page == sentence.place.page
        and place.start < sentence.place.end
        and sentence.place.start < place.end
    )


def _same_house(
    peers: list[Figure], documents: dict[str, CouncilDocument], own: str
) -> list[Figure]:
    """Return the peers of the document's own municipality."""
    where = documents[own].municipality if own in documents else None
    return [f for f in peers if documents[f.document].municipality == where]
