"""Training text: read, held out before anything is learnt, and drawn as pairs."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ§0-9])")
FILES = (
    "parallel_da_en.tsv.gz",
    "law_title_provision.tsv.gz",
    "folketing_paragraphs.txt.gz",
    "folketing_question_answer.jsonl.gz",
)
READING = "reading.jsonl.gz"
SENTENCE_SETS = {"tatoeba", "cdt"}
HELD_OUT_PER_MILLE = 50


@dataclass
class Texts:
    """Texts by kind. Paragraphs and provisions are lists of their sentences.

    `sentences` and `terms` are (Danish, English); `provisions` have the title
    of their act first; `answers` are (question, answer).
    """

    sentences: list[tuple[str, str]] = field(default_factory=list)
    terms: list[tuple[str, str]] = field(default_factory=list)
    provisions: list[tuple[str, list[str]]] = field(default_factory=list)
    paragraphs: list[list[str]] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)

    def danish(self) -> Iterator[str]:
        """Yield every Danish text."""
        yield from (danish for danish, _ in self.sentences + self.terms)
        for title, provision in self.provisions:
            yield title
            yield from provision
        for paragraph in self.paragraphs:
            yield from paragraph
        for answer in self.answers:
            yield from answer

    def english(self) -> Iterator[str]:
        """Yield every English text."""
        yield from (english for _, english in self.sentences + self.terms)


def read(folder: Path, *, parliament: bool = True) -> tuple[Texts, Texts]:
    """Read the training files of `folder`; return what to train on and what is held out.

    Held out are one in twenty: translation pairs (and, from training, every
    pair that shares a side with one), acts by title (an act amended or issued
    again keeps its title), and the last sittings and answers of parliament.
    Without `parliament` the Folketing's text is only held out, not trained on.
    Raises FileNotFoundError naming the file that is missing.
    """
    train, held = Texts(), Texts()
    _read_translations(folder / FILES[0], train, held)
    for line in _lines(folder / FILES[1]):
        _, title, provision = line.split("\t")
        side = held if _held_out(title) else train
        side.provisions.append((title, _sentences(provision)))
    paragraphs = [_sentences(line) for line in _lines(folder / FILES[2])]
    answers = [json.loads(line) for line in _lines(folder / FILES[3])]
    for rows, kept, out in (
        (paragraphs, train.paragraphs, held.paragraphs),
        ([(a["question"], a["answer"]) for a in answers], train.answers, held.answers),
    ):
        cut = len(rows) * (1000 - HELD_OUT_PER_MILLE) // 1000
        kept.extend(rows[:cut] if parliament else [])
        out.extend(rows[cut:])
    return train, held


def training_lines(folder: Path) -> Iterator[str]:
    """Yield every text of the training files, reading comprehension included, in full."""
    columns = {FILES[0]: slice(0, 2), FILES[1]: slice(1, 3), FILES[2]: slice(0, 1)}
    for name, wanted in columns.items():
        for line in _lines(folder / name):
            yield from line.split("\t")[wanted]
    keys = {FILES[3]: ("question", "answer"), READING: ("question", "context")}
    for name, both in keys.items():
        for line in _lines(folder / name):
            row = json.loads(line)
            yield from (row[key] for key in both)


def _read_translations(path: Path, train: Texts, held: Texts) -> None:
    rows = list(dict.fromkeys(tuple(line.split("\t")) for line in _lines(path)))
    for danish, english, source in rows:
        if source in SENTENCE_SETS and _held_out(english):
            held.sentences.append((danish, english))
    taken = {side.casefold() for pair in held.sentences for side in pair}
    for danish, english, source in rows:
        if danish.casefold() not in taken and english.casefold() not in taken:
            kind = train.sentences if source in SENTENCE_SETS else train.terms
            kind.append((danish, english))


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def _held_out(key: str) -> bool:
    """Say whether `key` is one of the one in twenty that are held out."""
    return crc32(key.casefold().encode()) % 1000 < HELD_OUT_PER_MILLE


def _sentences(text: str) -> list[str]:
    return SENTENCE_END.split(text)
