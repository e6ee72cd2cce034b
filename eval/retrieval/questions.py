"""The benchmark's questions, and which pieces of text answer them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

KINDS = ("own words", "other words", "English", "near-identical", "short", "long", "misspelt")
Relevant = dict[str, frozenset[str]]
"""The ids of the pieces that answer, by question id."""


class Entry(NamedTuple):
    """A question and its answer: a piece of `document` that holds one of `answers`.

    `document` begins the name of one file. `author` is "house" (who wrote the
    retriever), "blind" (who had not seen the code) or "made" (made.yaml).
    """

    id: str
    author: str
    kind: str
    question: str
    document: str
    answers: tuple[str, ...]


class Piece(NamedTuple):
    """A passage or chunk of a file."""

    id: str
    file: str
    text: str


def read(file: Path) -> list[Entry]:
    """Return the questions of a JSONL file."""
    found = [Entry(**json.loads(line)) for line in file.read_text("utf8").splitlines()]
    return [entry._replace(answers=tuple(entry.answers)) for entry in found]


def relevant(entries: Iterable[Entry], pieces: Sequence[Piece]) -> Relevant:
    """Return the pieces that answer each question; white space in answers and texts is equal."""
    texts: dict[str, list[tuple[str, str]]] = {}
    for piece in pieces:
        texts.setdefault(piece.file, []).append((piece.id, " ".join(piece.text.split())))
    return {
        entry.id: frozenset(
            id
            for file, own in texts.items()
            if file.startswith(entry.document)
            for id, text in own
            if any(answer in text for answer in entry.answers)
        )
        for entry in entries
    }
