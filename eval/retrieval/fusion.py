"""Measure word search, dense search and their fusion: python -m eval.retrieval.fusion.

Prints, per kind of question, MRR and recall@5 over the renditions and
distractors. README.md holds the figures and what was chosen by them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import ir_measures
from ir_measures import RR, R

from eval.retrieval.collection import Question, fill
from rag.catalogue import Catalogue
from rag.embed import Embedder, load_embedder
from rag.expansion import Vocabulary
from rag.home import Home
from rag.language import analyse
from rag.retrieve import PassageRetriever, Scores, fuse
from rag.vectors import Vectors
from rag.words import Words

DEPTH = 100
KINDS = ("own words", "other words", "English", "misspelt")
Ranking = Callable[[str], Mapping[str, float]]


def main() -> None:
    """Run the experiment and print its table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--distractors", type=int, default=5000)
    wanted = arguments.parse_args().distractors
    embedder = load_embedder()
    with TemporaryDirectory() as folder:
        home = Home(Path(folder))
        catalogue, questions = fill(home, embedder, wanted)
        print(
            f"{len(questions)} questions, {catalogue.passage_count()} passages, "
            f"{embedder.name}; MRR / recall@5\n"
        )
        heads = ("system", *KINDS, "all", "ms")
        print("| " + " | ".join(heads) + " |\n" + "| --- " * len(heads) + "|")
        for name, ranking in systems(home, catalogue, embedder).items():
            print(f"| {name} | " + " | ".join(figures(questions, ranking)) + " |", flush=True)


def systems(home: Home, catalogue: Catalogue, embedder: Embedder) -> dict[str, Ranking]:
    """Return what is compared, by name."""
    words = Words(home, catalogue, analyse)
    vectors = Vectors(home, catalogue, embedder.name)
    counts, passages = words.vocabulary(), catalogue.passage_count()
    spelling = Vocabulary(counts, passages, None)
    expanding = Vocabulary(counts, passages, embedder)
    whole = PassageRetriever(words=words, vectors=vectors, embedder=embedder, catalogue=catalogue)

    def plain(question: str) -> Scores:
        return words.search([(term, 1.0) for term in dict.fromkeys(analyse(question))], DEPTH)

    def spelt(question: str) -> Scores:
        return words.search(spelling.expand(question), DEPTH)

    def expanded(question: str) -> Scores:
        return words.search(expanding.expand(question), DEPTH)

    def dense(question: str) -> Scores:
        return vectors.search(embedder.embed_query(question), DEPTH)

    def spelt_dense(question: str) -> Scores:
        return dense(expanding.corrected(question))

    def fused(weight: float) -> Ranking:
        return lambda question: fuse(expanded(question), spelt_dense(question), weight)

    return {
        "words: BM25": lambda q: dict(plain(q)),
        "words: + spelling": lambda q: dict(spelt(q)),
        "words: + expansion": lambda q: dict(expanded(q)),
        "dense": lambda q: dict(dense(q)),
        "dense: + spelling": lambda q: dict(spelt_dense(q)),
        "rank fusion of BM25 and dense": lambda q: _rank_fusion(plain(q), dense(q)),
        **{f"fused, dense × {weight}": fused(weight) for weight in (0.15, 0.3, 0.5, 0.7, 1.0, 1.5)},
        "`PassageRetriever`": lambda q: {h.passage.id: h.score for h in whole.hits(q, DEPTH)},
    }


def _rank_fusion(*rankings: Scores) -> dict[str, float]:
    """Return reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009), k = 60."""
    fused: dict[str, float] = {}
    for ranking in rankings:
        for rank, (passage, _) in enumerate(ranking, 1):
            fused[passage] = fused.get(passage, 0.0) + 1 / (60 + rank)
    return fused


def figures(questions: Sequence[Question], ranking: Ranking) -> list[str]:
    """Return "MRR / recall@5" for each kind of question and for all, and ms a question."""
    start = perf_counter()
    run = {q.id: dict(ranking(q.text)) for q in questions}
    milliseconds = 1000 * (perf_counter() - start) / len(questions)
    found = []
    for kind in (*KINDS, None):
        judged = {q.id: dict.fromkeys(q.relevant, 1) for q in questions if kind in (q.kind, None)}
        scores = ir_measures.calc_aggregate([RR @ DEPTH, R @ 5], judged, run)
        found.append(f"{scores[RR @ DEPTH]:.3f} / {scores[R @ 5]:.2f}")
    return [*found, f"{milliseconds:.0f}"]


if __name__ == "__main__":
    main()
