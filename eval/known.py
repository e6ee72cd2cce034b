"""Known answers: what a question must get back, read from JSONL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, cast, get_args

from eval.fields import Line
from rag.answer import Status
from rag.errors import InputError
from rag.query import Turn
from rag.types import Language, Text

Type = Literal[
    "lookup",
    "prose_figure",
    "prose",
    "who_when",
    "list",
    "yes_no",
    "several",
    "misspelt",
    "other_words",
    "follow_up",
    "arithmetic",
    "finding",
    "refuse",
]
Author = Literal["blind", "house", "user"]

_ENTRY = {"id", "question", "history", "language", "type", "expected", "author"}
_EXPECTED = {"status", "figures", "words", "document", "pages", "finding", "reasons"}
_FIGURE = {"amount", "low", "high", "unit", "year"}


@dataclass(frozen=True)
class ExpectedFigure:
    """A figure that an answer must hold.

    `amount` is in whole units (kroner, årsværk, ...) with the sign as printed;
    a range has `low` and `high` instead. A `year` of None binds the answer to
    no year.
    """

    unit: str
    amount: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    year: int | None = None


@dataclass(frozen=True)
class Expected:
    """What is expected of an answer.

    Of each group of `words` one must stand in the answer's text or quotes.
    `document` is a file name, None where several documents answer; `pages` are
    those of it that bear the answer, empty where the format has none. `finding` tells
    that a finding must be shown; `reasons` are the codes of `WhyNot` that fit.
    """

    status: Status
    figures: tuple[ExpectedFigure, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    document: str | None = None
    pages: tuple[int, ...] = ()
    finding: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownAnswer:
    """A question, the turns before it, and what it must get back."""

    id: str
    question: str
    language: Language
    type: Type
    expected: Expected
    author: Author
    history: tuple[Turn, ...] = ()


def load_known(paths: Iterable[Path]) -> tuple[KnownAnswer, ...]:
    """Return the known answers of JSONL files, in order; blank lines are passed over.

    Raises InputError, which names the file, the line and the cause: a file that
    cannot be read, a field that is missing, unknown or of the wrong kind, an
    expectation that nothing could be judged by, an id that comes twice.
    """
    known: dict[str, KnownAnswer] = {}
    for path in paths:
        for number, line in enumerate(_lines(path), start=1):
            if not line.strip():
                continue
            entry = read_known(path, number, line)
            if entry.id in known:
                raise Line(path, number).error(
                    f"id »{entry.id}« bruges to gange", f"id {entry.id!r} comes twice"
                )
            known[entry.id] = entry
    return tuple(known.values())


def read_known(path: Path, number: int, text: str) -> KnownAnswer:
    """Return the known answer on line `number` of a file; raises InputError as `load_known`."""
    line = Line(path, number)
    entry = line.object(line.json(text), "…", _ENTRY)
    return KnownAnswer(
        id=line.text(entry, "id"),
        question=line.text(entry, "question"),
        language=cast(Language, line.choice(entry, "language", get_args(Language))),
        type=cast(Type, line.choice(entry, "type", get_args(Type))),
        expected=_expected(line, entry.get("expected")),
        author=cast(Author, line.choice(entry, "author", get_args(Author))),
        history=tuple(_turn(line, t) for t in line.list(entry, "history")),
    )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf8").split("\n")
    except OSError as error:
        cause = error.strerror or str(error)
        raise InputError(
            Text(f"{path}: kan ikke læses ({cause}).", f"{path}: cannot be read ({cause}).")
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(Text(f"{path}: er ikke UTF-8.", f"{path}: is not UTF-8.")) from error


def _expected(line: Line, read: Any) -> Expected:
    entry = line.object(read, "expected", _EXPECTED)
    expected = Expected(
        status=cast(Status, line.choice(entry, "status", get_args(Status))),
        figures=tuple(read_figure(line, f) for f in line.list(entry, "figures")),
        words=tuple(read_words(line, g) for g in line.list(entry, "words")),
        document=line.optional(entry, "document", str),
        pages=tuple(line.list(entry, "pages", int)),
        finding=line.optional(entry, "finding", bool) or False,
        reasons=tuple(line.list(entry, "reasons", str)),
    )
    if expected.status == "answered" and not (expected.figures or expected.words):
        raise line.error(
            "et svar skal have »figures« eller »words« at blive bedømt efter",
            "an answer needs 'figures' or 'words' to be judged by",
        )
    if expected.status == "not_found" and expected.figures:
        raise line.error(
            "»figures« hører ikke til »not_found«", "'figures' do not belong to 'not_found'"
        )
    return expected


def read_figure(line: Line, read: Any) -> ExpectedFigure:
    """Return the figure that an object of a line tells; raises InputError as `load_known`."""
    entry = line.object(read, "figures", _FIGURE)
    amount, low, high = (line.number(entry, n) for n in ("amount", "low", "high"))
    if (amount is None) == (low is None) or (low is None) != (high is None):
        raise line.error(
            "et tal skal have »amount«, eller »low« og »high«",
            "a figure needs 'amount', or 'low' and 'high'",
        )
    unit, year = line.text(entry, "unit"), line.optional(entry, "year", int)
    return ExpectedFigure(unit, amount, low, high, year)


def read_words(line: Line, read: Any) -> tuple[str, ...]:
    """Return a group of words that may stand for each other; raises InputError as `load_known`."""
    if isinstance(read, list) and read and all(isinstance(w, str) and w.strip() for w in read):
        return tuple(read)
    raise line.error(
        "hver gruppe i »words« skal være en liste af tekster",
        "each group of 'words' must be a list of texts",
    )


def _turn(line: Line, read: Any) -> Turn:
    if isinstance(read, str):
        return Turn(read)
    entry = line.object(read, "history", {"question", "answer"})
    return Turn(line.text(entry, "question"), line.optional(entry, "answer", str))
