"""Growth: ingest rate, memory, disk, time and right answers at sizes ten times apart."""

from __future__ import annotations

import gc
import json
import os
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from bench import made
from bench.ask import timed
from bench.measure import apart, folder_mb, held_mb, peak_mb, summary

ASKED = 40  # documents asked about, the first made: every size holds them
_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_REAL = 10_000  # up to so many passages the model makes the vectors


class _MadeUp:
    """In a model's name, a direction at random for each text: its answers are the words' alone."""

    def __init__(self, model: Any) -> None:
        self.name, self.dimensions = model.name, model.dimensions
        self.embed_query = model.embed_query
        self._random = np.random.default_rng(0)

    def embed_passages(self, texts: Sequence[str]) -> Any:
        """Return unit vectors that tell nothing of their texts."""
        vectors = self._random.normal(size=(len(texts), self.dimensions))
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def measure(largest: int, keep: Path | None = None) -> list[dict[str, Any]]:
    """Return what each size up to `largest` passages costs.

    With `keep`, the catalogues stay in that folder and are used again.
    """
    result = []
    for size in [s for s in _SIZES if s <= largest]:
        folder = (keep or Path(tempfile.mkdtemp())) / f"made-{size}"
        try:
            done = folder / "built.json"
            if not done.is_file():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                apart(build, folder=str(folder), passages=size)
            result.append(apart(asked, folder=str(folder), passages=size))
        finally:
            if keep is None:
                shutil.rmtree(folder.parent, ignore_errors=True)
    return result


def build(folder: str, passages: int) -> dict[str, Any]:
    """Fill a data folder with made documents, through the reading of Markdown; say how fast.

    Above `_REAL` passages the vectors are made up: the real ones would take a day.
    """
    from ingest.pipeline import ingest_bytes, open_catalogue
    from rag.chain import refresh
    from rag.home import Home
    from rag.search.embed import load_embedder
    from rag.search.missing import embed_all

    home, embedder = Home(Path(folder)), load_embedder()
    catalogue = open_catalogue(home)
    make = embedder if passages <= _REAL else _MadeUp(embedder)
    texts = [(m.file, m.text.encode()) for m in made.first(passages)]
    start = time.perf_counter()
    for file, data in texts:
        ingest_bytes(file, data, catalogue)
    ingested = time.perf_counter()
    embed_all(home, catalogue, make)
    embedded = time.perf_counter()
    refresh(home)
    indexed = time.perf_counter()
    count = catalogue.passage_count()
    catalogue.close()
    facts = {
        "documents": len(texts),
        "passages": count,
        "ingest_passages_a_second": count / (ingested - start),
        "vectors_are_real": passages <= _REAL,
        "vectors_a_second": count / (embedded - ingested),
        "index_passages_a_second": count / (indexed - embedded),
        "ingest_peak_mb": peak_mb(),
    }
    (Path(folder) / "built.json").write_text(json.dumps(facts))
    return facts


def asked(folder: str, passages: int) -> dict[str, Any]:
    """Ask the known questions; return times by kind and part, and how many were right."""
    from rag.chain import Assistant
    from rag.home import Home

    home = Home(Path(folder))
    assistant = Assistant(home)
    questions = [q for m in islice(made.documents(), ASKED) for q in m.questions]
    start = time.perf_counter()
    assistant.ask(questions[-1].text)
    first = time.perf_counter() - start
    for question in questions[:4]:
        assistant.ask(question.text)
    gc.collect()
    took: dict[str, list[float]] = defaultdict(list)
    worked: dict[str, list[float]] = defaultdict(list)
    right: dict[str, list[bool]] = defaultdict(list)
    parts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for question in questions[4:]:
        asking = timed(assistant, question.text)
        worked[question.kind].append(asking.worked)
        took[question.kind].append(asking.seconds)
        right[question.kind].append(_right(question, asking.answer))
        for part, own in asking.parts.items():
            parts[question.kind][part] += own
    counts = {kind: len(times) for kind, times in took.items()}
    return {
        **json.loads((Path(folder) / "built.json").read_text()),
        "passages_wanted": passages,
        "disk_mb": folder_mb(home.folder),
        "first_question_s": first,
        "ask": {kind: summary(times) for kind, times in took.items()},
        "ask_cpu": {kind: summary(times) for kind, times in worked.items()},
        "parts_ms": {
            kind: {part: s / counts[kind] * 1e3 for part, s in sorted(spent.items())}
            for kind, spent in parts.items()
        },
        "right": {kind: sum(oks) / len(oks) for kind, oks in right.items()},
        "recall_at_5": _recall(assistant, questions),
        "held_mb": held_mb(os.getpid()),
    }


def _right(question: made.Question, answer: Any) -> bool:
    """Tell whether the first statement is of the right document, and tells the right amount."""
    if answer.status != "answered" or not answer.citations:
        return False
    if answer.citations[0].document.file not in question.files:
        return False
    if question.amount is None:
        return True
    amounts = {abs(f.amount) for f, _ in answer.statements[0].figures if f.amount}
    return abs(question.amount) in amounts


def _recall(assistant: Any, questions: list[made.Question]) -> dict[str, float]:
    """Return the share of prose questions with a passage of the right document in the first 5."""
    found: dict[str, list[bool]] = defaultdict(list)
    for question in questions:
        if question.amount is None:
            documents = {h.passage.document for h in assistant.retriever.hits(question.text, 5)}
            files = {d.file for d in assistant.catalogue.documents(ids=list(documents))}
            found[question.kind].append(not files.isdisjoint(question.files))
    return {kind: sum(oks) / len(oks) for kind, oks in found.items()}
