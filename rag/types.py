"""What travels through Rådsvar: frozen dataclasses, no I/O.

Conventions, everywhere: pages count from 1; text offsets are Python string
offsets into `Page.text`, end exclusive; boxes are PDF points with the origin
at the top left of the page as it is shown; amounts are `Decimal`; scores are
higher-is-better.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

Access = Literal["public", "staff", "closed"]
BlockKind = Literal["heading", "paragraph", "item", "row"]
CellState = Literal["value", "blank", "dash"]
Decision = Literal["proposed", "adopted", "rejected", "unknown"]
Effect = Literal["cut", "raise", "unknown"]
Severity = Literal["hard", "soft"]
Status = Literal["answered", "ambiguous", "not_found"]
Language = Literal["da", "en"]
# Over the years of a row: largest, smallest, when; over rows or proposals: most, least.
Operation = Literal[
    "sum",
    "difference",
    "percent",
    "average",
    "largest",
    "smallest",
    "when",
    "most",
    "least",
    "share",
    "days",
]


class Box(NamedTuple):
    """A rectangle on a page, in points from its top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


class Span(NamedTuple):
    """`page.text[start:end]` stands in `box`."""

    start: int
    end: int
    box: Box


class Text(NamedTuple):
    """One message in both languages of the house."""

    da: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the message in `language`."""
        return self.en if language == "en" else self.da


# ---------------------------------------------------------------- a file, as read


@dataclass(frozen=True)
class Page:
    """A page's text: one paragraph, heading or table row a line.

    Words hyphenated over lines are whole, running heads are gone. A table
    row's cells are separated by tabs. Formats without pages have one page.
    """

    number: int
    text: str
    spans: tuple[Span, ...] = ()
    width: float = 0.0
    height: float = 0.0

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Return the boxes of `text[start:end]`, in reading order."""
        return tuple(s.box for s in self.spans if s.start < end and start < s.end)


@dataclass(frozen=True)
class Block:
    """One line of a page's text, `page.text[start:end]`, and what it is.

    A `row` has one range a cell in `cells` (empty range: a blank cell) and
    shares its `table` number with the other rows of its table; `head` rows
    name the columns. Where the reader could not tell which column a row's
    values stand in (plain text drops blank cells), `aligned` is False and the
    cells after the first are the row's values in order.
    """

    kind: BlockKind
    page: int
    start: int
    end: int
    level: int = 0
    cells: tuple[tuple[int, int], ...] = ()
    table: int | None = None
    head: bool = False
    aligned: bool = True


class Bookmark(NamedTuple):
    """An entry of a file's outline; `level` counts from 1."""

    title: str
    level: int
    page: int


@dataclass(frozen=True)
class SourceDocument:
    """A file's content: `id` is the SHA-256 of its bytes, `path` its name.

    `paged` is False for formats without pages. `furniture` holds the running
    heads and feet that were taken out of the pages, each once. `personal` tells
    that the file holds personal numbers (CPR), which its text hides.
    """

    id: str
    path: str
    media_type: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    paged: bool = True
    outline: tuple[Bookmark, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    furniture: tuple[str, ...] = ()
    warnings: tuple[Text, ...] = ()
    personal: bool = False

    def page(self, number: int) -> Page:
        """Return page `number`."""
        return self.pages[number - 1]

    def text(self, block: Block) -> str:
        """Return a block's text."""
        return self.pages[block.page - 1].text[block.start : block.end]

    def cell_texts(self, block: Block) -> tuple[str, ...]:
        """Return the texts of a row's cells, blank ones as ''."""
        page = self.pages[block.page - 1].text
        return tuple(page[a:b] for a, b in block.cells)


# ------------------------------------------------------------ a council document


@dataclass(frozen=True)
class Place:
    """Where something stands: `start:end` of a page of a document.

    `section` is the heading above it, `paragraph` counts within the section
    from 1; they stand in for the page where a format has none.
    """

    document: str
    page: int
    start: int
    end: int
    section: str = ""
    paragraph: int | None = None


@dataclass(frozen=True)
class Section:
    """A heading and the range it opens, up to the next heading."""

    title: str
    level: int
    page: int
    start: int


@dataclass(frozen=True)
class Column:
    """A table column: its head as printed; `year` or `period` where it has one.

    `total` marks a column that sums the year columns ("I alt").
    """

    head: str
    year: int | None = None
    period: str | None = None
    total: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell: what was printed, and whether it is a value, blank or a dash."""

    text: str
    state: CellState
    start: int
    end: int


@dataclass(frozen=True)
class Row:
    """A table row. `cells` is parallel to the table's columns.

    `cells` is None where the row's values could not be bound to columns.
    """

    label: str
    group: str | None
    place: Place
    cells: tuple[Cell, ...] | None


@dataclass(frozen=True)
class Table:
    """A table of a document, as read."""

    id: str
    label: str | None
    caption: str | None
    unit: str | None
    scale: int
    price_level: str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class CouncilDocument:
    """A proposal, note, answer or agenda item; a file may hold many.

    `id` is derived from the file's SHA-256 and the document's ordinal in it.
    It runs from `start` on its first page to `end` on its last (None: to the
    page's end). What a document does not say of itself is None or empty.
    `rendition` is True for our own renditions of real documents (see
    `corpus/`). `access` is who may see it: everyone signed in, staff, or those
    named.
    """

    id: str
    source: str
    file: str
    kind: str
    title: str
    paged: bool = True
    first_page: int = 1
    last_page: int = 1
    start: int = 0
    end: int | None = None
    municipality: str | None = None
    committee: str | None = None
    number: str | None = None
    period: str | None = None
    price_level: str | None = None
    proposer: str | None = None
    expense_type: str | None = None
    decision: Decision = "unknown"
    date: dt.date | None = None
    case_numbers: tuple[str, ...] = ()
    document_numbers: tuple[str, ...] = ()
    asker: str | None = None
    asked: dt.date | None = None
    answered_by: str | None = None
    caseworker: str | None = None
    rendition: bool = False
    access: Access = "public"
    url: str | None = None
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A figure bound to its place.

    `value` is the printed number as a Decimal, in `unit` times `scale` (None
    for blanks, dashes and ranges; a range has `low` and `high`). `unit` is
    "kr.", "årsværk", "stillinger", "pct." or another counted noun. `place` is
    the number itself, `context` the table row or sentence that holds it.
    `measure` is as printed; `concept` its key in the vocabulary, or None.
    """

    id: str
    document: str
    measure: str
    concept: str | None
    group: str | None
    year: int | None
    period: str | None
    text: str
    state: CellState
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    scale: int
    price_level: str | None
    effect: Effect
    place: Place
    context: Place
    table: str | None = None
    approximate: bool = False

    @property
    def amount(self) -> Decimal | None:
        """The value in whole units (kroner, årsværk, ...)."""
        return None if self.value is None else self.value * self.scale


@dataclass(frozen=True)
class Finding:
    """Two or more places that disagree, or one that is odd; never a repair."""

    id: str
    kind: str
    severity: Severity
    message: Text
    places: tuple[Place, ...]
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A run of text for search; `source.page(page).text[start:end] == text`."""

    id: str
    document: str
    page: int
    start: int
    end: int
    section: str
    text: str


# ----------------------------------------------------------- question and answer


@dataclass(frozen=True)
class Turn:
    """An earlier question of a conversation, and its answer where known."""

    question: str
    answer: str | None = None


@dataclass(frozen=True)
class Condition:
    """What must hold of a year's figure: its effect, or its size in whole units.

    `every` asks for all years it holds in, not only the first.
    """

    effect: Effect = "unknown"
    least: Decimal | None = None
    most: Decimal | None = None
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
    "percent", or the words after "hvor mange", one of them the noun counted),
    None where any will do. `numbers` are document numbers such as "ØU10";
    `words` are those that are none of all this: what the question is about.
    `aside` are those of what a long message says around its question.
    `operation` is the arithmetic it wants (see `rag.operations`), with the
    `condition` of a "when", and the part and the whole of a "share" as `operands`.
    `within` is what the asker keeps answers to, beside the question.
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
    operation: Operation | None = None
    condition: Condition | None = None
    operands: tuple[Operand, ...] = ()
    within: Filter = EVERYTHING


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

    `calculation` is the arithmetic that the sentence tells the result of.
    """

    text: str
    figures: tuple[tuple[Figure, int], ...] = ()
    citations: tuple[int, ...] = ()
    calculation: Calculation | None = None


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
    marked as that, which tell no figure.
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

    @property
    def text(self) -> str:
        """The answer as one text."""
        if self.why_not and not self.statements:
            return " ".join((self.why_not.text, *(s.text for s in self.near)))
        return " ".join(s.text for s in self.statements)
