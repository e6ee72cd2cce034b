"""An answer: statements with their figures, the citations they rest on, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rag.query import Query
from rag.types import CouncilDocument, Figure, Finding, Language, Passage, Place

Status = Literal["answered", "ambiguous", "not_found"]


@dataclass(frozen=True)
class Hit:
    """A passage found, with its score."""

    passage: Passage
    score: float


@dataclass(frozen=True)
class Citation:
    """The exact words an answer rests on, and where they stand.

    `boxes` are those of `mark`, the range to show on the page's picture: the
    cell or sentence itself. `place` is the range of the quote.
    """

    document: CouncilDocument
    place: Place
    quote: str
    mark: Place


@dataclass(frozen=True)
class Calculation:
    """Arithmetic shown: the expression as text, its result and the cited operands."""

    expression: str
    result: Decimal
    unit: str
    operands: tuple[tuple[Figure, int], ...]


@dataclass(frozen=True)
class Statement:
    """One sentence of an answer; `figures` pair a figure with its citation's index.

    `calculation` is the arithmetic that the sentence tells the result of; `answer` are the
    words of it that answer, where they are told apart.
    """

    text: str
    figures: tuple[tuple[Figure, int], ...] = ()
    citations: tuple[int, ...] = ()
    calculation: Calculation | None = None
    answer: str = ""


def remark(text: str, on: Iterable[Statement]) -> Statement:
    """Return a statement on others, which cites what they do."""
    return Statement(text, citations=tuple(dict.fromkeys(i for s in on for i in s.citations)))


Heard = Callable[[Statement], None]
"""Is told a statement as soon as it stands."""


@dataclass(frozen=True)
class WhyNot:
    """Why there is no answer: a stable code and the reason in words."""

    code: str
    text: str


@dataclass(frozen=True)
class Answer:
    """What a question gets back.

    `near` is what comes nearest to an answer where nothing answers: statements
    marked as that, which tell no figure. `confidence` is how likely it is right, from 0
    to 1, or how likely its nearest place is; None where nothing was weighed.
    """

    status: Status
    language: Language
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    calculation: Calculation | None = None
    findings: tuple[Finding, ...] = ()
    why_not: WhyNot | None = None
    query: Query | None = None
    near: tuple[Statement, ...] = ()
    confidence: float | None = None

    @property
    def tells_figures(self) -> bool:
        """Whether a statement tells a figure."""
        return any(s.figures for s in self.statements)

    @property
    def text(self) -> str:
        """The answer as one text."""
        if self.why_not and not self.statements:
            return " ".join((self.why_not.text, *(s.text for s in self.near)))
        return " ".join(s.text for s in self.statements)
