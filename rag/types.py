"""What the documents hold, as it travels through Rådsvar: frozen dataclasses, no I/O.

A file as read is in `rag.store.source`, a question in `rag.query`, an answer in `rag.answer`.

Conventions, everywhere: pages count from 1; text offsets are Python string
offsets into `Page.text`, end exclusive; boxes are PDF points with the origin
at the top left of the page as it is shown; amounts are `Decimal`; scores are
higher-is-better.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Access = Literal["public", "staff", "closed"]
CellState = Literal["value", "blank", "dash"]
Decision = Literal["proposed", "adopted", "partly", "rejected", "postponed", "returned", "unknown"]
Effect = Literal["cut", "raise", "unknown"]
Severity = Literal["hard", "soft"]
Language = Literal["da", "en"]


class Text(NamedTuple):
    """One message in both languages of the house."""

    da: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the message in `language`."""
        return self.en if language == "en" else self.da


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
    """A table row. `cells` is parallel to the table's columns; `group` as a figure's.

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

    def cell_id(self, row: int, column: int) -> str:
        """Return the id of the figure that stands in a cell, both numbered from 0."""
        return f"{self.id}/r{row}/c{column}"


class Attachment(NamedTuple):
    """What is attached to a document: its name, and where it is published, if told."""

    name: str
    url: str | None = None


@dataclass(frozen=True)
class CouncilDocument:
    """A proposal, note, answer or agenda item; a file may hold many.

    `id` is derived from the file's SHA-256 and the document's ordinal in it.
    It runs from `start` on its first page to `end` on its last (None: to the
    page's end). What a document does not say of itself is None or empty.
    `version` is what it calls itself among its versions ("Høringsudkast, maj 2025").
    `decided` is where it says what was decided of its matter.
    `names` are the proposals and budgets that its text names ("ØU03", "budget 2025").
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
    version: str | None = None
    price_level: str | None = None
    proposer: str | None = None
    expense_type: str | None = None
    decision: Decision = "unknown"
    decided: Place | None = None
    date: dt.date | None = None
    case_numbers: tuple[str, ...] = ()
    document_numbers: tuple[str, ...] = ()
    asker: str | None = None
    asked: dt.date | None = None
    answered_by: str | None = None
    caseworker: str | None = None
    names: tuple[str, ...] = ()
    rendition: bool = False
    access: Access = "public"
    url: str | None = None
    attachments: tuple[Attachment, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A figure bound to its place.

    `value` is the printed number as a Decimal, in `unit` times `scale` (None
    for blanks, dashes and ranges; a range has `low` and `high`). `unit` is
    "kr.", "årsværk", "stillinger", "pct." or another counted noun. `place` is
    the number itself, `context` the table row or sentence that holds it.
    `measure` is as printed, `concept` its key in the vocabulary, or None; `group` are the
    headings over a table's row, outermost first ("Kulturudvalget › Drift"), which stand
    before the measure too where the row's label does not tell it from another's.
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
    def column(self) -> int | None:
        """The number of its table's column that it stands in, from 0; None for prose."""
        return int(self.id.rpartition("/c")[2]) if self.table else None

    @property
    def label(self) -> str:
        """Its measure without the headings over its row."""
        return self.measure.removeprefix(f"{self.group}: ")

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
