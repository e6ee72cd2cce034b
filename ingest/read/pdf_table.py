"""A table as read from a page: rows of cells, and where its columns stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.read.pdf_columns import Columns
from ingest.read.pdf_lines import Token

# A number that is broken after a point, at the end of a cell's line.
_BROKEN = re.compile(
    r"(?P<first>[-−–(]?\d{1,3}(?:\.\d{3})*\.) (?P<rest>\d{3}(?:\.\d{3})*(?:,\d+)?[-)]?)"
)

Cell = list[list[Token]]
"""A cell's words, line by line."""


def whole(text: str) -> str:
    """Return a cell's words; a number broken over two lines is one."""
    broken = _BROKEN.fullmatch(text)
    return broken["first"] + broken["rest"] if broken else text


@dataclass
class Row:
    """A table row; where not `aligned`, a label and the values in order, columns unknown.

    `spans` tells how many columns each cell takes, 0 for one that another takes in.
    """

    cells: list[Cell]
    head: bool = False
    aligned: bool = True
    spans: Sequence[int] = ()

    @property
    def texts(self) -> list[str]:
        """The cells' words, unjoined hyphens and all."""
        return [
            whole(" ".join(token.text for line in cell for token in line)) for cell in self.cells
        ]


@dataclass
class Table:
    """A table on one page; `columns` or `xs` say where its columns stand.

    `inherited` is the head of the page before, where the table goes on from it.
    """

    rows: list[Row]
    y0: float
    y1: float
    columns: Columns | None = None
    xs: list[float] = field(default_factory=list)
    inherited: list[str] | None = None

    @property
    def head(self) -> list[str] | None:
        """The texts of the first row that names the columns."""
        return next((row.texts for row in self.rows if row.head), self.inherited)

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.rows[0].cells)
