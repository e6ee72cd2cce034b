"""A question to a real document, and what it must get back, read from JSONL."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

from eval.fields import Line
from eval.known import ExpectedFigure, read_figure, read_words
from rag.types import Language

Pile = Literal["learn", "tune", "shut"]
Place = Literal["greve", "others"]
Voice = Literal["councillor", "officer", "citizen"]
Trap = Literal["other_year", "other_place", "never_told", "only_planned", "other_measure"]
Kind = Literal[
    "table_figure",
    "prose_figure",
    "difference",
    "percent",
    "sum",
    "comparison",
    "list",
    "yes_no",
    "who",
    "when",
    "decision",
    "why",
    "definition",
    "follow_up",
    "several",
]
COMPUTED: tuple[Kind, ...] = ("difference", "percent", "sum", "comparison", "several")
"""Kinds whose answer is worked out: a place shown holds only what it is worked out of."""

QUESTIONS = Path(__file__).parent / "questions"
_FIELDS = {
    *("id", "document", "question", "history", "asked", "language", "voice", "kind", "writer"),
    *("trap", "figures", "dates", "words", "evidence"),
}
_EVIDENCE = {"document", "file", "offset", "length", "words"}
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(frozen=True)
class Evidence:
    """Words of a document, told by where they stand: never the words.

    `document` is as `eval.real.source.text_of` takes it; `file` is the SHA-256 of its bytes,
    `words` that of the words, which are `length` letters from `offset` of its text.
    """

    document: str
    file: str
    offset: int
    length: int
    words: str


@dataclass(frozen=True)
class RealQuestion:
    """A question, the questions before it, and what its answer must tell.

    `document` is what it was written to. `trap` is None where the documents answer it, else why
    they do not, and then nothing is expected. `asked` is the day that its relative words
    ("i år") are read against. Every one of `figures` and of `dates` (YYYY, YYYY-MM or YYYY-MM-DD)
    must be told, and of each group of `words` one. `writer` numbers who wrote it.
    """

    id: str
    document: str
    question: str
    language: Language
    voice: Voice
    kind: Kind
    writer: int
    history: tuple[str, ...] = ()
    asked: dt.date | None = None
    trap: Trap | None = None
    figures: tuple[ExpectedFigure, ...] = ()
    dates: tuple[str, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def place(self) -> Place:
        """Whether the document is one of Greve's."""
        return "greve" if "firstagenda" in self.document else "others"

    @property
    def format(self) -> str:
        """The document's format: its file's suffix."""
        return Path(self.document.partition("#")[0]).suffix.removeprefix(".")


def load_pile(pile: Pile, folder: Path = QUESTIONS) -> tuple[RealQuestion, ...]:
    """Return the questions of a pile, in order; raises InputError naming file, line and cause."""
    path = folder / f"{pile}.jsonl"
    lines = path.read_text("utf8").splitlines() if path.exists() else []
    return tuple(
        read_question(Line(path, number), text)
        for number, text in enumerate(lines, start=1)
        if text.strip()
    )


def read_question(line: Line, text: str) -> RealQuestion:
    """Return the question that a line holds; raises InputError as `load_pile`."""
    entry = line.object(line.json(text), "…", _FIELDS)
    asked, trap = line.optional(entry, "asked", str), line.optional(entry, "trap", str)
    read = RealQuestion(
        id=line.text(entry, "id"),
        document=line.text(entry, "document"),
        question=line.text(entry, "question"),
        language=cast(Language, line.choice(entry, "language", get_args(Language))),
        voice=cast(Voice, line.choice(entry, "voice", get_args(Voice))),
        kind=cast(Kind, line.choice(entry, "kind", get_args(Kind))),
        writer=line.optional(entry, "writer", int) or 0,
        history=tuple(line.list(entry, "history", str)),
        asked=dt.date.fromisoformat(asked) if asked else None,
        trap=cast(Trap, line.choice(entry, "trap", get_args(Trap))) if trap else None,
        figures=tuple(read_figure(line, f) for f in line.list(entry, "figures")),
        dates=tuple(line.list(entry, "dates", str)),
        words=tuple(read_words(line, g) for g in line.list(entry, "words")),
        evidence=tuple(_evidence(line, e) for e in line.list(entry, "evidence")),
    )
    _judgeable(line, read)
    return read


def _judgeable(line: Line, read: RealQuestion) -> None:
    expected = bool(read.figures or read.dates or read.words)
    if expected is (read.trap is not None):
        raise line.error(
            "enten »trap«, eller noget at bedømme svaret efter, ikke begge",
            "either 'trap' or something to judge the answer by, not both",
        )
    if expected and not read.evidence:
        raise line.error("»evidence« mangler", "'evidence' is missing")
    if not all(_DATE.fullmatch(date) for date in read.dates):
        raise line.error("en dato er YYYY, YYYY-MM eller YYYY-MM-DD", "a date is YYYY[-MM[-DD]]")


def _evidence(line: Line, read: Any) -> Evidence:
    entry: Mapping[str, Any] = line.object(read, "evidence", _EVIDENCE)
    offset, length = (line.optional(entry, n, int) or 0 for n in ("offset", "length"))
    document, file, words = (line.text(entry, n) for n in ("document", "file", "words"))
    return Evidence(document, file, offset, length, words)
