"""The retrieval experiment's passages, questions and judgements.

Passages: the corpus' renditions, cut from their sources in `corpus/sources`,
and, where there are any, paragraphs of parliament debates as distractors.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rag.types import CouncilDocument, Passage
from rag.vocabulary import municipalities_named

HERE = Path(__file__).parent
SOURCES = HERE.parent.parent / "corpus" / "sources"
DISTRACTORS = Path("/work/shared/training/folketing_paragraphs.txt.gz")
_TARGET_CHARACTERS = 700  # as `ingest.passages`


@dataclass(frozen=True)
class Question:
    """A question, its kind, and the ids of the passages that answer it."""

    id: str
    kind: str
    text: str
    relevant: frozenset[str]


@dataclass(frozen=True)
class Collection:
    """What is searched and what is asked."""

    documents: tuple[CouncilDocument, ...]
    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]


def load(distractors: int) -> Collection:
    """Return the collection with up to that many distractors of 200 characters or more."""
    documents, passages = [], []
    for path in sorted(SOURCES.glob("*.yaml")):
        source = yaml.safe_load(path.read_text("utf8"))
        renders = source["renders"]
        documents.append(
            CouncilDocument(
                id=path.stem,
                source=path.stem,
                file=source["file"],
                kind=source["kind"],
                title=source["title"],
                municipality=municipalities_named(source["municipality"])[0],
                number=renders["number"],
                period=renders["period"],
                date=source["date"],
            )
        )
        passages += _cut(path.stem, list(_lines(source["body"])))
    questions = tuple(_questions(passages))
    passages += _distractors(distractors)
    return Collection(tuple(documents), tuple(passages), questions)


def _lines(body: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield (heading, text) for every paragraph and table of a source."""
    heading = ""
    for block in body:
        for kind, content in block.items():
            if kind in ("h1", "h2", "title"):
                heading = content
            elif kind != "newpage":
                yield heading, "\n".join(_texts(content))


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, list):
        if all(isinstance(c, str) for c in content):
            yield "\t".join(content)
        else:
            for c in content:
                yield from _texts(c)
    elif isinstance(content, dict):
        for key in ("caption", "head", "rows", "p", "bullet", "dash", "circle", "note"):
            yield from _texts(content.get(key))


def _cut(document: str, lines: list[tuple[str, str]]) -> list[Passage]:
    runs: list[tuple[str, str]] = []
    for heading, text in lines:
        if runs and runs[-1][0] == heading and len(runs[-1][1] + text) < _TARGET_CHARACTERS:
            runs[-1] = heading, f"{runs[-1][1]}\n{text}"
        else:
            runs.append((heading, text))
    return [
        Passage(f"{document}/{i}", document, 1, 0, len(t), h, f"{h}\n{t}")
        for i, (h, t) in enumerate(runs)
    ]


def _questions(passages: list[Passage]) -> Iterator[Question]:
    for line in (HERE / "questions.jsonl").read_text("utf8").splitlines():
        entry = json.loads(line)
        relevant = frozenset(
            p.id
            for p in passages
            if p.document == entry["document"] and entry["answer"] in " ".join(p.text.split())
        )
        if not relevant:
            raise ValueError(f"{entry['id']}: no passage holds {entry['answer']!r}")
        yield Question(entry["id"], entry["kind"], entry["question"], relevant)


def _distractors(count: int) -> list[Passage]:
    if not count or not DISTRACTORS.exists():
        return []
    with gzip.open(DISTRACTORS, "rt", encoding="utf8") as lines:
        texts = [line.strip() for line in lines if len(line) >= 200]
    step = max(1, len(texts) // count)
    return [
        Passage(f"folketing/{i}", "folketing", 1, 0, len(t), "", t)
        for i, t in enumerate(texts[::step][:count])
    ]
