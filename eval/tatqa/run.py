"""Asks the questions of each TAT-QA context over a data folder that holds that context alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from html import escape
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.sets import holding
from eval.tatqa.lenient import Count, count
from eval.tatqa.measure import Prediction, Score, score
from eval.tatqa.prediction import predicted
from rag.chain import Assistant
from rag.errors import InputError
from rag.search.embed import Embedder, load_embedder
from rag.search.indexes import Indexes
from rag.types import Text

PROCESSES = 2
Context = dict[str, Any]
"""A context of the data set: `table`, `paragraphs`, `questions`."""


@dataclass(frozen=True)
class Asked:
    """A question's score, and what it counts as; `error` is what it failed with."""

    kind: str
    source: str
    score: Score
    count: Count
    error: str | None = None


def load(path: Path) -> list[Context]:
    """Return the contexts of a file of TAT-QA; raises InputError, naming it, where it is none."""
    try:
        contexts = json.loads(path.read_text("utf8"))
        for context in contexts:
            page(context)
            for gold in context["questions"]:
                score(gold, Prediction((gold["question"], gold["answer_from"])))
    except OSError as error:
        cause = error.strerror or str(error)
        told = Text(f"{path}: kan ikke læses ({cause}).", f"{path}: cannot be read ({cause}).")
        raise InputError(told) from error
    except (ValueError, TypeError, KeyError) as error:
        told = Text(f"{path}: er ikke TAT-QA ({error!r}).", f"{path}: is not TAT-QA ({error!r}).")
        raise InputError(told) from error
    return list(contexts)


def run(contexts: list[Context]) -> Iterator[list[Asked]]:
    """Yield what came of each context's questions, in order."""
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        yield from pool.map(ask, contexts)


def ask(context: Context) -> list[Asked]:
    """Return what came of a context's questions, asked as they stand of that context alone."""
    with TemporaryDirectory(prefix="raadsvar-tatqa-") as folder:
        path = Path(folder) / "context.html"
        path.write_text(page(context), "utf8")
        with holding([path], _embedder()) as (home, _):
            indexes = Indexes(home)
            indexes.embedder = _embedder()
            try:
                assistant = Assistant(home, indexes)
                return [_asked(gold, assistant) for gold in context["questions"]]
            finally:
                indexes.catalogue.close()


def page(context: Context) -> str:
    """Return a context as an HTML page: its table as it stands, then its paragraphs in order."""
    rows = (
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in context["table"]["table"]
    )
    told = sorted(context["paragraphs"], key=lambda p: int(p["order"]))
    paragraphs = (f"<p>{escape(p['text'])}</p>" for p in told)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Annual report</title>'
        f"</head><body><table>{''.join(rows)}</table>{''.join(paragraphs)}</body></html>"
    )


def _asked(gold: dict[str, Any], assistant: Assistant) -> Asked:
    kind, source = gold["answer_type"], gold["answer_from"]
    try:
        answer = assistant.ask(gold["question"])
    except Exception as failure:
        return Asked(kind, source, Score(0, 0), "refused", f"{type(failure).__name__}: {failure}")
    prediction = predicted(answer)
    return Asked(kind, source, score(gold, prediction), count(gold, answer, prediction))


@cache
def _embedder() -> Embedder:
    """Return the embedder, loaded once a process."""
    return load_embedder()
