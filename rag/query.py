"""A question as read, and what is asked around it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rag.types import CouncilDocument, Effect, Language

# Over the years of a row: largest, smallest, when; over rows or proposals: most, least,
# which (of those that a condition holds of).
Operation = Literal[
    "sum",
    "difference",
    "percent",
    "average",
    "largest",
    "smallest",
    "when",
    "which",
    "most",
    "least",
    "share",
    "days",
]


COMPARING: tuple[Operation, ...] = ("most", "least", "which")
"""What can be told only where every document is looked at."""


@dataclass(frozen=True)
class Turn:
    """An earlier question of a conversation, and its answer where known."""

    question: str
    answer: str | None = None


@dataclass(frozen=True)
class Bounds:
    """The sizes that will do, in whole units without sign: `least` and more, `most` and less.

    A size of exactly a bound will do only where they are `closed`.
    """

    least: Decimal | None = None
    most: Decimal | None = None
    closed: bool = True

    def hold(self, size: Decimal) -> bool:
        """Tell whether a size will do."""
        if size in (self.least, self.most):
            return self.closed
        return (self.least is None or size > self.least) and (self.most is None or size < self.most)


@dataclass(frozen=True)
class Condition:
    """What must hold of a year's figure: its effect, the bounds of its size.

    `every` asks for all years it holds in, not only the first.
    """

    effect: Effect = "unknown"
    bounds: Bounds | None = None
    every: bool = False


@dataclass(frozen=True)
class Operand:
    """What a question names for one side of a computation; fields are as in `Query`."""

    text: str
    amount: str | None = None
    concepts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filter:
    """What the asker keeps answers to; an empty field lets every document through.

    Municipalities, periods ("2026-2029") and kinds are as the documents have them.
    """

    municipalities: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it keeps to."""
        return self.municipalities + self.periods + self.kinds

    def lets(self, document: CouncilDocument) -> bool:
        """Tell whether it lets a document through."""
        return (
            (not self.municipalities or document.municipality in self.municipalities)
            and (not self.periods or document.period in self.periods)
            and (not self.kinds or document.kind in self.kinds)
        )


EVERYTHING = Filter()


@dataclass(frozen=True)
class Query:
    """A question as read.

    `intent` is what it wants: a "figure", a "fact" a document tells of itself
    (`fact` names the field of `CouncilDocument`), a list of "documents", or
    "prose". `amount` is the kind of figure asked for ("money", "staff",
    "percent", "time", or the words after "hvor mange", one of them the noun counted),
    None where any will do. `numbers` are document numbers such as "ØU10";
    `words` are those that are none of all this: what the question is about.
    `aside` are those of what a long message says around its question.
    `noun` names the figure asked for, see `rag.asking.measure_noun`.
    `operation` is the arithmetic it wants (see `rag.asking.operations`), with the
    `condition` of a "when" or "which", and as `operands` the part and the whole of a "share",
    or both dates that a number of "days" lies between.
    `columns` are the kinds of column that it names, see `rag.asking.column_kinds`.
    `speaker` is whose words it asks for ("staff"), see `rag.asking.speakers`.
    `told_of` are document numbers that no document has, and that a sentence must name.
    `within` is what the asker keeps answers to, beside the question. `before` is the question
    that it follows up, "" where it stands alone.
    """

    text: str
    language: Language
    intent: str
    fact: str | None = None
    amount: str | None = None
    numbers: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    periods: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    noun: str | None = None
    operation: Operation | None = None
    condition: Condition | None = None
    operands: tuple[Operand, ...] = ()
    columns: tuple[str, ...] = ()
    speaker: str | None = None
    told_of: tuple[str, ...] = ()
    within: Filter = EVERYTHING
    before: str = ""

    @property
    def whole(self) -> str:
        """The question as it is meant: a follow-up after the one that it follows up."""
        return f"{self.before} {self.text}".strip()
