"""Runs known answers against a catalogue, and tells how it went."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from eval.gate import breaches, load_floors
from eval.known import KnownAnswer, load_known
from eval.metrics import judge
from eval.outcome import Outcome, Run, run_json
from eval.ranking import DEPTH, Ranking, rank, relevant_passages
from rag.catalogue import Catalogue
from rag.errors import InputError
from rag.home import CHECKOUT, Home
from rag.types import Answer, Hit, Query, Turn

HERE = Path(__file__).parent
CORPUS = CHECKOUT / "corpus"
SETS = (HERE / "questions.jsonl", HERE / "blind.jsonl")
"""The house's own questions, and those of a writer who has not seen the code."""


class Retriever(Protocol):
    """Ranks the passages of a catalogue."""

    def hits(self, query: Query | str, n: int) -> list[Hit]:
        """Return the `n` best passages, best first."""
        ...


class Asker(Protocol):
    """Answers questions: `rag.chain.Assistant`."""

    catalogue: Catalogue

    @property
    def retriever(self) -> Retriever:
        """What finds its passages."""
        ...

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Return the answer to a question."""
        ...


def main(questions: Path | None = None, as_json: bool = False, gate: bool = False) -> int:
    """Run the known answers over the shipped corpus and print the report; return the exit code.

    `questions` replaces the sets of the house; `as_json` prints the run as one
    JSON object instead; with `gate`, 1 is returned where the run fails it.
    Raises InputError for a set or floors that cannot be read.
    """
    from rich.console import Console

    from eval.report import print_report

    known = load_known([questions] if questions else SETS)
    floors = load_floors() if gate else {}
    with corpus_home() as home:
        run = run_home(known, home)
    if as_json:
        print(json.dumps(run_json(run), ensure_ascii=False))
    else:
        # Wide enough for the table also where there is no terminal.
        print_report(run, Console(width=max(Console().width, 150), soft_wrap=True))
    found = breaches(run, floors) if gate else []
    for text in found:
        print(f"{text.da} / {text.en}", file=sys.stderr)
    return 1 if found else 0


@contextmanager
def corpus_home() -> Iterator[Home]:
    """Yield a data folder of its own with the shipped corpus in it, gone at the end.

    Raises InputError for a file of the corpus that cannot be read.
    """
    from ingest.pipeline import ingest
    from rag.embed import load_embedder

    with TemporaryDirectory(prefix="raadsvar-eval-") as folder:
        home = Home(Path(folder))
        for report in ingest([CORPUS], home, load_embedder()):
            if report.error is not None:
                raise InputError(report.error)
        yield home


def run_home(known: Sequence[KnownAnswer], home: Home) -> Run:
    """Run known answers against what a data folder holds."""
    from rag.chain import Assistant

    assistant = Assistant(home)
    try:
        return run_known(known, assistant)
    finally:
        assistant.catalogue.close()


@dataclass(frozen=True)
class _Asked:
    """What came of asking one question: `ranked` are passage ids, best first."""

    answer: Answer | None
    ranked: tuple[str, ...]
    seconds: float
    error: str | None = None


def run_known(
    known: Sequence[KnownAnswer],
    assistant: Asker,
    clock: Callable[[], float] = time.perf_counter,
) -> Run:
    """Ask every question once, in order, each on its own; one that fails is an error.

    `clock` tells seconds.
    """
    asked = {entry.id: _ask(entry, assistant, clock) for entry in known}
    answering = {entry.id: relevant_passages(entry, assistant.catalogue) for entry in known}
    relevant = {id: passages for id, passages in answering.items() if passages}
    rankings = rank(relevant, {id: a.ranked for id, a in asked.items()})
    return Run(tuple(_outcome(entry, asked[entry.id], rankings) for entry in known))


def _ask(entry: KnownAnswer, assistant: Asker, clock: Callable[[], float]) -> _Asked:
    start = clock()
    try:
        answer = assistant.ask(entry.question, entry.history)
        seconds = clock() - start
        # The question as read carries over what a follow-up leaves out.
        hits = assistant.retriever.hits(answer.query or entry.question, DEPTH)
    except Exception as error:
        return _Asked(None, (), clock() - start, f"{type(error).__name__}: {error}")
    return _Asked(answer, tuple(h.passage.id for h in hits), seconds)


def _outcome(entry: KnownAnswer, asked: _Asked, rankings: Mapping[str, Ranking]) -> Outcome:
    return Outcome(
        known=entry,
        answer=asked.answer,
        judgement=judge(entry, asked.answer),
        ranking=rankings.get(entry.id),
        seconds=asked.seconds,
        error=asked.error,
    )
