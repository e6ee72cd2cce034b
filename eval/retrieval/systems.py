"""What the benchmark compares: each half of the retriever, the whole, and an English model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from eval.retrieval.collection import Collection
from rag.asking.question import read_question
from rag.query import Query
from rag.search.boost import document_boost, named, passage_boost
from rag.search.embed import Embedder, load_word_embedder
from rag.search.expansion import Vocabulary
from rag.search.retrieve import POOL, PassageRetriever, Scores
from rag.search.vectors import Vectors
from rag.search.words import Words
from rag.text.language import analyse, detect_language

Ranking = Callable[[str], Mapping[str, float]]
"""A question's passages by id, with scores."""
Search = Callable[[str, Sequence[str] | None], Scores]
"""A question's best passages, of some documents or of all."""
BM25, FUSED = "BM25", "fused (`PassageRetriever`)"
NO_WORD_MODEL = "fused, without the word model"
READ = " + query reading"


def systems(collection: Collection, embedder: Embedder) -> dict[str, Ranking]:
    """Return what is compared, by name; each without and with query reading."""
    catalogue = collection.catalogue
    words = Words(collection.home, catalogue, analyse)
    vectors = Vectors(collection.home, catalogue, embedder.name)
    word_embedder = load_word_embedder()
    expansion = Vocabulary(words.vocabulary(), catalogue.passage_count(), word_embedder)
    plainer = PassageRetriever(words=words, vectors=vectors, embedder=embedder, catalogue=catalogue)
    whole = plainer.model_copy(update={"word_embedder": word_embedder})

    def plain(question: str, documents: Sequence[str] | None = None) -> Scores:
        terms = [(term, 1.0) for term in dict.fromkeys(analyse(question))]
        return _unit(words.search(terms, POOL, documents))

    def expanded(question: str, documents: Sequence[str] | None = None) -> Scores:
        return _unit(words.search(expansion.expand(question), POOL, documents))

    def dense(question: str, documents: Sequence[str] | None = None) -> Scores:
        return vectors.search(embedder.embed_query(question), POOL, documents)

    def fused(retriever: PassageRetriever, question: str) -> Mapping[str, float]:
        unread = Query(question, detect_language(question), "prose")
        return {hit.passage.id: hit.score for hit in retriever.hits(unread, POOL)}

    def fused_read(retriever: PassageRetriever, question: str) -> Mapping[str, float]:
        return {hit.passage.id: hit.score for hit in retriever.hits(question, POOL)}

    halves: dict[str, Search] = {BM25: plain, "BM25 + expansion": expanded, "dense": dense}
    found: dict[str, Ranking] = {}
    for name, search in halves.items():
        found[name] = partial(_unread, search)
        found[name + READ] = _reading(collection, search)
    for name, retriever in ((FUSED, whole), (NO_WORD_MODEL, plainer)):
        found[name] = partial(fused, retriever)
        found[name + READ] = partial(fused_read, retriever)
    return found


def english_model(collection: Collection, model: Embedder) -> Ranking:
    """Return dense search by another model; it gets the texts that ours is given."""
    titles = {d.id: d.title for d in collection.catalogue.documents()}
    passages = collection.catalogue.passages()
    texts = [
        f"{title}. {p.section}. {p.text}" if (title := titles[p.document]) else p.text
        for p in passages
    ]
    matrix = model.embed_passages(texts)

    def ranking(question: str) -> Mapping[str, float]:
        scores = matrix @ model.embed_query(question)
        best = np.argsort(-scores, kind="stable")[:POOL]
        return {passages[i].id: float(scores[i]) for i in best}

    return ranking


def _unread(search: Search, question: str) -> Mapping[str, float]:
    return dict(search(question, None))


def _reading(collection: Collection, search: Search) -> Ranking:
    """Return `search` with what the question names on top, as the product does."""
    shelf = collection.catalogue.shelf

    def ranking(question: str) -> Mapping[str, float]:
        query = read_question(question, known=shelf.numbers)
        scores = dict(search(question, None))
        if chosen := named(query, shelf):
            scores |= dict(search(question, chosen))
        for passage in collection.catalogue.passages(list(scores)):
            document = shelf.by_id[passage.document]
            scores[passage.id] += document_boost(query, document)
            scores[passage.id] += passage_boost(query, document, passage)
        return scores

    return ranking


def _unit(scores: Scores) -> Scores:
    """Return scores divided by the best, so that they are at most 1."""
    best = max((score for _, score in scores), default=1.0) or 1.0
    return [(id, score / best) for id, score in scores]
