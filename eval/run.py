"""Runs known answers against a catalogue, and tells how it went."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from eval.expected import expected_json, expected_text
from eval.known import KnownAnswer, load_known
from eval.metrics import judge
from eval.outcome import Outcome, Run
from eval.ranking import DEPTH, rank, relevant_passages
from eval.sets import Collection, check_complete, opened
from rag.answer import Answer, Hit
from rag.home import Home
from rag.llm import configured
from rag.query import Query, Turn
from rag.redraw import told_by
from rag.store.levels import LEVELS
from rag.store.lookup import Lookup
from rag.store.told import Told, is_hidden, told_of
from rag.types import Access

Progress = Callable[[int, int], None]
"""Called with how many questions are asked, of how many."""


def _unheard(done: int, total: int) -> None:
    pass


class Retriever(Protocol):
    """Ranks the passages of a catalogue."""

    def hits(self, query: Query | str, n: int) -> list[Hit]:
        """Return the `n` best passages, best first."""
        ...


class Asker(Protocol):
    """Answers questions: `rag.chain.Assistant`."""

    catalogue: Lookup

    @property
    def retriever(self) -> Retriever:
        """What finds its passages."""
        ...

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Return the answer to a question."""
        ...


def run_collections(
    collections: Sequence[Collection],
    home: Home,
    on_progress: Progress = _unheard,
    levels: frozenset[Access] = frozenset(LEVELS),
) -> Run:
    """Ask the known answers of collections, in order, each over its own documents.

    `home` is the data folder of a collection that has no documents of its own,
    asked over those of `levels`.
    Raises InputError for a set or a document that cannot be read, and while passages of
    `home` have no vector.
    """
    if any(c.documents is None for c in collections):
        check_complete(home)
    asked = [(c, load_known(c.questions)) for c in collections]
    total, outcomes = sum(len(known) for _, known in asked), list[Outcome]()
    told = set[Told]()
    on_progress(0, total)
    started = dt.datetime.now(dt.UTC)
    for collection, known in asked:
        own = told if collection.documents is None else None
        with opened(collection, home) as folder:
            for outcome in _outcomes(known, folder, levels, own):
                outcomes.append(replace(outcome, collection=collection.name))
                on_progress(len(outcomes), total)
    model = configured()
    inside = any(c.documents is None for c in collections)
    return Run(
        tuple(outcomes),
        started,
        model.name if model else None,
        levels if inside else frozenset(),
        frozenset(told),
    )


def run_side_by_side(collections: Sequence[Collection], home: Home) -> Run:
    """Do as `run_collections`, in a process for each collection where there are several."""
    if len(collections) == 1:
        return run_collections(collections, home)
    if any(c.documents is None for c in collections):
        check_complete(home)  # before the others have been asked
    started = dt.datetime.now(dt.UTC)
    alone = [[c] for c in collections]
    workers = min(len(alone), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        runs = list(pool.map(run_collections, alone, repeat(home)))
    return Run(
        tuple(o for run in runs for o in run.outcomes),
        started,
        runs[0].model,
        frozenset().union(*(run.levels for run in runs)),
        frozenset().union(*(run.told for run in runs)),
    )


def _outcomes(
    known: Sequence[KnownAnswer], home: Home, levels: frozenset[Access], told: set[Told] | None
) -> Iterator[Outcome]:
    """Ask known answers over the documents of `levels`.

    With `told`, over people's own documents: what these known answers and answers tell of
    is added there, and one that tells of a document of another level is not asked.
    """
    from rag.chain import Assistant

    assistant = Assistant(home, levels=levels)
    try:
        if told is None:
            yield from ask_known(known, assistant)
            return
        seen = [k for k in known if not _is_of_hidden(k, assistant.catalogue)]
        for outcome in ask_known(seen, assistant):
            told |= set(told_of(_words(outcome.known), assistant.catalogue))
            if outcome.answer is not None:
                told |= set(told_by("", outcome.answer, assistant.catalogue))
            yield outcome
    finally:
        assistant.catalogue.close()


def _is_of_hidden(known: KnownAnswer, catalogue: Lookup) -> bool:
    files = {Path(d.file).name for d in catalogue.hidden.documents}
    return Path(known.expected.document or "").name in files or is_hidden(
        None, _words(known), catalogue
    )


def _words(known: KnownAnswer) -> str:
    turns = (f"{turn.question} {turn.answer or ''}" for turn in known.history)
    return "\n".join([known.question, *turns, expected_text(expected_json(known.expected))])


def ask_known(
    known: Sequence[KnownAnswer],
    assistant: Asker,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[Outcome]:
    """Ask every question once, in order, each on its own; one that fails is an error.

    `clock` tells seconds.
    """
    for entry in known:
        relevant = relevant_passages(entry, assistant.catalogue)
        answer, error, found = None, None, list[str]()
        start = clock()
        try:
            answer = assistant.ask(entry.question, entry.history)
            seconds = clock() - start
            # The question as read carries over what a follow-up leaves out.
            query = answer.query or entry.question
            hits = assistant.retriever.hits(query, DEPTH) if relevant else []
            found = [hit.passage.id for hit in hits]
        except Exception as failure:
            seconds = clock() - start
            answer, error = None, f"{type(failure).__name__}: {failure}"
        ranking = rank({entry.id: relevant}, {entry.id: found})[entry.id] if relevant else None
        yield Outcome(entry, answer, judge(entry, answer), ranking, seconds, error)
