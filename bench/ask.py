"""Ask: time with its parts, beside the plain chain's retrieval; cold starts."""

from __future__ import annotations

import json
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.ingest import sets
from bench.measure import ROOT, Parts, apart, command_seconds, summary
from bench.plain import PlainChain, extract, load

_ROUNDS = 3
_FIGURE = "Hvad er nettovirkningen af ØU10 i 2026?"


def parts() -> tuple[tuple[str, type, str], ...]:
    """Return the parts of answering: a name, a class and its method each."""
    from rag.answering.quotations import Quotations
    from rag.answering.reader import Reader
    from rag.figures.lookup import FigureLookup
    from rag.figures.search import FigureSearch
    from rag.search.expansion import Vocabulary
    from rag.search.retrieve import PassageRetriever
    from rag.search.vectors import Vectors
    from rag.search.words import Words
    from rag.steps import Steps
    from rag.store.lookup import Lookup

    return (
        ("read", Steps, "read"),
        ("scope", Steps, "scope"),
        ("documents", Lookup, "documents"),
        ("expand", Vocabulary, "expand"),
        ("expand", Vocabulary, "near"),
        ("expand", Vocabulary, "corrected"),
        ("words", Words, "search"),
        ("vectors", Vectors, "search"),
        ("hits", PassageRetriever, "hits"),
        ("figures read", Lookup, "figures"),
        ("figures", FigureLookup, "find"),
        ("figures", FigureSearch, "answer"),
        ("quotations", Quotations, "find"),
        ("reader", Reader, "read"),
        ("compose", Steps, "answer"),
        ("compose", Steps, "bound"),
    )


@dataclass(frozen=True)
class Timed:
    """An answer, the seconds and processor seconds it took, and the seconds of its parts."""

    answer: Any
    seconds: float
    worked: float
    parts: dict[str, float]


def timed(assistant: Any, question: str) -> Timed:
    """Ask, with a clock on every part."""
    with Parts().of(*parts()) as spent:
        assistant.__dict__.pop("chain", None)  # it holds the untimed methods
        _ = assistant.chain
        start, worked = time.perf_counter(), time.process_time()
        answer = assistant.ask(question)
        seconds, worked = time.perf_counter() - start, time.process_time() - worked
    assistant.__dict__.pop("chain", None)
    return Timed(answer, seconds, worked, dict(spent.seconds))


def measure() -> dict[str, Any]:
    """Return the times of warm questions, of the plain chain's retrieval, and of cold starts."""
    paths = [path for group in sets().values() for path in group]
    result: dict[str, Any] = {"raadsvar": apart(ours, paths=paths)}
    for name, embedder in (("static", "static"), ("all-MiniLM-L6-v2", "minilm")):
        try:
            result[f"plain, {name}"] = apart(plain, paths=paths, embedder=embedder)
        except RuntimeError as error:
            if "No module named 'gt_all" not in str(error):
                raise
    result["cold"] = cold()
    return result


def questions() -> list[str]:
    """Return the questions of the known answers, those without a conversation before them."""
    lines = [
        json.loads(line)
        for name in ("questions.jsonl", "blind.jsonl")
        for line in (ROOT / "eval" / name).read_text("utf8").splitlines()
    ]
    return [e["question"] for e in lines if not e.get("history")]


def ours(paths: list[str]) -> dict[str, Any]:
    """Ask every question some times over; the first time is not counted."""
    from ingest.pipeline import ingest
    from rag.chain import Assistant
    from rag.home import Home
    from rag.search.embed import load_embedder

    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        ingest([Path(p) for p in paths], home, load_embedder())
        assistant = Assistant(home)
        asked = questions()
        intents: dict[str, list[float]] = defaultdict(list)
        spent: dict[str, float] = defaultdict(float)
        for question in asked:
            assistant.ask(question)
        for _ in range(_ROUNDS):
            for question in asked:
                asking = timed(assistant, question)
                intents[asking.answer.query.intent].append(asking.seconds)
                for part, took in asking.parts.items():
                    spent[part] += took
    everything = [s for times in intents.values() for s in times]
    return {
        "questions": len(asked),
        **summary(everything),
        "by_intent": {intent: summary(times) for intent, times in intents.items()},
        "parts_ms": {p: s / len(everything) * 1e3 for p, s in spent.items()},
    }


def plain(paths: list[str], embedder: str) -> dict[str, Any]:
    """Retrieve for every question with the plain chain: the passages only, no answer."""
    with tempfile.TemporaryDirectory() as folder:
        chain = PlainChain(Path(folder), load(embedder))
        chain.add(extract(Path(p) for p in paths))
        asked, took = questions(), []
        for round_ in range(_ROUNDS + 1):
            for question in asked:
                start = time.perf_counter()
                chain.search(question)
                if round_:
                    took.append(time.perf_counter() - start)
    return summary(took)


def cold(rounds: int = 5) -> dict[str, float]:
    """Return the median seconds of commands as processes of their own, and if torch is loaded."""
    import statistics

    ask = f"import sys; sys.argv[1:] = ['ask', {_FIGURE!r}]\nimport cli\n"
    ask += "try: cli.main()\nexcept SystemExit: pass\nassert 'torch' not in sys.modules"
    run = "import sys; sys.argv[1:] = {!r}\nimport cli\ncli.main()"
    with tempfile.TemporaryDirectory() as folder:
        env = {"RAADSVAR_HOME": folder}
        command_seconds("-c", run.format(["ingest", str(ROOT / "corpus")]), env=env)
        prose = run.format(["ask", "Hvorfor foreslås en investering i robotter?"])
        commands = {"ask figure": ask, "ask prose": prose, "help": run.format(["--help"])}
        return {
            name: statistics.median(command_seconds("-c", code, env=env) for _ in range(rounds))
            for name, code in commands.items()
        }
