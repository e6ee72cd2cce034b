"""What a cell of a table is in: its own unit, its row's, what it counts, or the table's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.text import compounds
from rag.text.lemmas import lemma
from rag.text.units import STAFF_UNITS, unit_in
from rag.types import Cell, Row, Table

# "Andel i pct.", and not "Uforudsete udgifter (25 %)", which is an amount.
_PERCENT = re.compile(r"(?<!\d)(?<!\d )%|(?<!\d)(?<!\d )\bpct\b|(?<!\d )procent", re.IGNORECASE)
_IN_CELL = re.compile(r"%|\bpct\b|procent", re.IGNORECASE)
_POINTS = re.compile(r"procent\s?-?point|pct\.?\s?-?point|%\s?-?point", re.IGNORECASE)
_PER_MILLE = re.compile(r"‰|promille", re.IGNORECASE)
# "Afvigelse, kr." says of amounts in thousands that they are no per cent.
_DIFFERENCE = re.compile(
    r"^(?:afvigelse|forskel|ændring|difference|vækst|restbudget|mer-?/mindre\w*)\b(?!.*\bpr\b)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\b(?:ændring i )?antal\s+(\w[\w-]*)", re.IGNORECASE)
# "Elever", "Pladser i vuggestue": what a row or column without a unit counts.
_COUNTED = re.compile(
    r"^([A-ZÆØÅa-zæøå-]{3,}[re]|[A-ZÆØÅa-zæøå]*børn)"
    r"(?:\s+(?:i|på|til|med|fra|under|over|ved|hos)\b.*)?$",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\((m²|m2|m³|km|ha|kWh|MWh|ton|tons|timer|minutter|dage|uger|\w{3,}(?:er|re|børn))\)",
    re.IGNORECASE,
)
_NO_COUNT = frozenset(
    str.split(
        "udgift indtægt beløb pris budget regnskab løn besparelse investering ændring afvigelse "
        "effektivisering omstilling reduktion forskel forbrug ramme takst tilskud sum middel år "
        "måned kvartal note bemærkning andel række kilde driftsudgift anlægsudgift"
    )
)
# "Alle priser er i kroner", "Beløbene er angivet i 1.000 kr.".
_STATED = re.compile(
    r"\b(?:priser|beløb|takster|gebyrer)(?:ne|ene)?\s+(?:er|står|vises)\s+"
    r"(?:alle\s+)?(?:(?:an|op)givet\s+)?i\s+(?:hele\s+)?"
    r"(?P<unit>(?:1\.000\s|mio\.\s|t\.\s?)?(?:kr\b|kroner))",
    re.IGNORECASE,
)
# What such a sentence does not speak of.
_NO_AMOUNT = re.compile(
    r"\b(?:antal|minutter|skala|andel|indeks|point|score|alder|årgang)\b|,\s*(?:dage|timer) pr\b",
    re.IGNORECASE,
)

# "Enhed": the column that tells what each row is in; or its cells tell that it is one.
_UNIT_COLUMN = re.compile(r"(?:måle)?enhed(?:er)?", re.IGNORECASE)
_UNIT_ALONE = re.compile(
    r"(?:(?:1\.000|mio\.?|mia\.?|t\.?)\s?)?kr\.?|antal|pct\.?|%|‰|promille|procent(?:point)?|"
    r"årsværk|stillinger|m²|m2|m³|km|ha|kwh|mwh|tons?|timer|stk\.?",
    re.IGNORECASE,
)
# "på 5,1 mio. kr." is an amount, "i 1.000 kr." a unit.
_AMOUNT = re.compile(
    r"(?<![\d.])(?!1\.000(?:\.000)?\s?kr)\d+(?:[.,]\d+)*\s?(?:mio\.?|mia\.?|t\.?)?\s?(?:kr\b\.?|kroner\b)",
    re.IGNORECASE,
)

Unit = tuple[str | None, int]
"""A unit, None where it is not told, and what its figures are to be multiplied by."""


@dataclass(frozen=True)
class CellReading:
    """How a cell is to be read: whose measure, which year or period, under which head.

    `head` is empty where the column's head says no more than the year. `path` are the
    headings over the row ("Drift") where its label alone does not tell it from another.
    `unit_head` is the column's head where it says no more than a unit.
    """

    label: str
    head: str
    year: int | None
    period: str | None
    path: str = ""
    unit_head: str = ""

    @property
    def own(self) -> str:
        """What row and column say: "Elever (Mål 2027)"."""
        if self.label and self.head:
            return f"{self.label} ({self.head})"
        return self.label or self.head

    @property
    def measure(self) -> str:
        """What the figure is of, as printed: "Drift: Løn (Mål 2027)"."""
        return f"{self.path}: {self.own}" if self.path else self.own


def unit_told(text: str, cell: bool = False) -> Unit | None:
    """Return the share that a text says figures are: per cent, points of it, or per mille.

    In a `cell` the sign stands after the very number.
    """
    if _POINTS.search(text):
        return "procentpoint", 1
    if _PER_MILLE.search(text):
        return "promille", 1
    return ("pct.", 1) if (_IN_CELL if cell else _PERCENT).search(text) else None


def shared_unit(head: str) -> Unit:
    """Return the unit that a column's head gives for the columns beside it too."""
    found = unit_in(head)
    return (None, 1) if found[1] == 1 and _DIFFERENCE.match(head) else found


def unit_stated(text: str) -> Unit:
    """Return the unit that a document says all its amounts are in: "Alle priser er i kroner"."""
    stated = _STATED.search(text)
    return unit_in(stated["unit"]) if stated else (None, 1)


def row_units(table: Table) -> dict[Row, str]:
    """Return what the rows of a table say that they are in, where a column of it says so."""
    for c, column in enumerate(table.columns):
        cells = {row: row.cells[c].text for row in table.rows if row.cells and row.cells[c].text}
        named = _UNIT_COLUMN.fullmatch(column.head.strip())
        if c and cells and (named or all(map(_UNIT_ALONE.fullmatch, cells.values()))):
            return cells
    return {}


def cell_unit(
    table: Table, reading: CellReading, row: Row, cell: Cell, stated: Unit, said: str = ""
) -> Unit:
    """Return the unit of a cell: its own, its column's or its row's, else the table's.

    `said` is what its row says in a column of units.

    Where none of them has any, it is what the document has `stated` of all its amounts.
    """
    measure = reading.own
    own_share = unit_told(cell.text, cell=True) or unit_told(said or measure)
    if own_share:
        return own_share
    if (in_cell := unit_in(cell.text))[0]:
        return in_cell
    sides = (said,) if said else (reading.head or reading.unit_head, without_amounts(reading.label))
    own = next((u for text in sides if (u := unit_in(text))[0]), (None, 1))
    if own[0] and not (own[1] == 1 < table.scale and _DIFFERENCE.match(reading.head)):
        return own
    if measured := _MEASURED.search(f"({said.strip(' .')})"):
        return measured[1], 1
    for word in re.findall(r"\w+", (said or f"{measure} {row.group or ''}").lower()):
        if word in STAFF_UNITS and not re.search(r"løn|udgift", measure, re.IGNORECASE):
            return STAFF_UNITS[word], 1
    count = _COUNT.search(reading.head) or _COUNT.search(reading.label)
    if count:
        return count[1].lower(), 1
    if not said and row.group and (over := unit_in(without_amounts(row.group)))[0]:
        return over
    if table.unit is not None and not said:
        return table.unit, table.scale
    if counted := _counted(reading) or _counted_in(table.caption):
        return counted, 1
    told = f"{measure} {table.caption or ''} {' '.join(c.head for c in table.columns)}"
    return (None, 1) if _NO_AMOUNT.search(told) else stated


def without_amounts(text: str) -> str:
    """Return a text without the amounts in it: "Budget på 5,1 mio. kr." tells no row's unit."""
    return _AMOUNT.sub("", text)


def _counted(reading: CellReading) -> str | None:
    """Return what a figure without a unit counts, by its column's head or its row's label."""
    measured = _MEASURED.search(reading.head) or _MEASURED.search(reading.label)
    if measured:
        return measured[1]
    for text in (reading.head, reading.label):
        noun = _COUNTED.match(text)
        if noun:
            base = lemma(noun[1].lower()) or ""
            last = lemma(compounds.head(noun[1].lower())) or base
            # Plural nouns alone: a name or a heading counts nothing.
            if base != noun[1].lower() and base and not {base, last} & _NO_COUNT:
                return noun[1].lower()
    return None


def _counted_in(caption: str | None) -> str | None:
    count = _COUNT.search(caption or "")
    return count[1].lower() if count else None
