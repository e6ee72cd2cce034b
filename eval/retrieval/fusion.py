"""Measure word search, dense search and their fusion: python -m eval.retrieval.fusion.

Prints, per kind of question, MRR and recall@5 over the renditions and
distractors. README.md holds the figures and what was chosen by them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

import ir_measures
from ir_measures import RR, R

from eval.retrieval.collection import Collection, Question, load
from eval.retrieval.memory import MemoryCatalogue, MemoryVectors, MemoryWords
from rag import retrieve
from rag.embed import load_embedder
from rag.expansion import Vocabulary
from rag.language import analyse
from rag.retrieve import PassageRetriever, fuse

DEPTH = 100
KINDS = ("own words", "other words", "English", "misspelt")
Ranking = Callable[[Question], Mapping[str, float]]


def main() -> None:
    """Run the experiment and print its table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--distractors", type=int, default=5000)
    collection = load(arguments.parse_args().distractors)
    distractors = sum(p.document == "folketing" for p in collection.passages)
    print(
        f"{len(collection.questions)} questions, {len(collection.passages)} passages, "
        f"{distractors} of them distractors; MRR / recall@5\n"
    )
    print("| system | " + " | ".join(KINDS) + " | all |\n" + "| --- " * (len(KINDS) + 2) + "|")
    for name, ranking in systems(collection).items():
        print(f"| {name} | " + " | ".join(figures(collection, ranking)) + " |", flush=True)


def systems(collection: Collection) -> dict[str, Ranking]:
    """Return what is compared, by name."""
    passages = collection.passages
    titles = {d.id: d.title for d in collection.documents}
    texts = [f"{titles.get(p.document, '')}\n{p.text}" for p in passages]
    embedder = load_embedder()
    words = MemoryWords(passages, texts)
    vectors = MemoryVectors(passages, embedder.embed_passages(texts))
    counts = words.vocabulary()
    spelling = Vocabulary(counts, len(passages), None)
    expanding = Vocabulary(counts, len(passages), embedder)
    whole = PassageRetriever(
        words=words,
        vectors=vectors,
        embedder=embedder,
        catalogue=MemoryCatalogue(collection.documents, passages),
    )

    def plain(question: Question) -> retrieve.Scores:
        terms = [(term, 1.0) for term in dict.fromkeys(analyse(question.text))]
        return words.search(terms, DEPTH)

    def spelt(question: Question) -> retrieve.Scores:
        return words.search(spelling.expand(question.text), DEPTH)

    def expanded(question: Question) -> retrieve.Scores:
        return words.search(expanding.expand(question.text), DEPTH)

    def dense(question: Question) -> retrieve.Scores:
        return vectors.search(embedder.embed_query(question.text), DEPTH)

    def fused(weight: float) -> Ranking:
        return lambda question: fuse(expanded(question), dense(question), weight)

    return {
        "words: BM25": lambda q: dict(plain(q)),
        "words: + spelling": lambda q: dict(spelt(q)),
        "words: + expansion": lambda q: dict(expanded(q)),
        "dense": lambda q: dict(dense(q)),
        "rank fusion (RRF, k = 60)": lambda q: _rank_fusion(plain(q), dense(q)),
        **{f"fused, dense × {weight}": fused(weight) for weight in (0.3, 0.5, 0.7, 1.0, 1.5)},
        "`PassageRetriever`": lambda q: {h.passage.id: h.score for h in whole.hits(q.text, DEPTH)},
    }


def _rank_fusion(*rankings: retrieve.Scores) -> dict[str, float]:
    """Return reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)."""
    fused: dict[str, float] = {}
    for ranking in rankings:
        for rank, (passage, _) in enumerate(ranking, 1):
            fused[passage] = fused.get(passage, 0.0) + 1 / (60 + rank)
    return fused


def figures(collection: Collection, ranking: Ranking) -> list[str]:
    """Return "MRR / recall@5" for each kind of question and for all."""
    run = {q.id: dict(ranking(q)) for q in collection.questions}
    found = []
    for kind in (*KINDS, None):
        asked = [q for q in collection.questions if kind in (q.kind, None)]
        judged = {q.id: dict.fromkeys(q.relevant, 1) for q in asked}
        scores = ir_measures.calc_aggregate([RR @ DEPTH, R @ 5], judged, run)
        found.append(f"{scores[RR @ DEPTH]:.3f} / {scores[R @ 5]:.2f}")
    return found


if __name__ == "__main__":
    main()
