"""From the row blocks of a document to its tables: columns, units, groups, cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from ingest.cell_units import shared_unit, unit_told
from ingest.loose_rows import place_loose
from rag.asking.column_kinds import head_kinds
from rag.store.source import Block, SourceDocument
from rag.text.dates import find_years
from rag.text.numbers import cell_state, parse_number
from rag.text.sum_rows import is_staff_row, is_sum_row
from rag.types import Cell, Column, Place, Row, Table
from rag.vocabulary import row_concept

_PRICE_LEVEL = re.compile(r"\b((?:19|20)\d\d)\s?-?\s?(priser|pris-? og lønniveau|p/l|pl)\b", re.I)
# "Tabel 1 viser …" is a sentence, no caption.
_LABEL = re.compile(
    r"^(tabel|table|bilagstabel)\s+(\d+[a-z]?)\b(?!\s+(?-i:[a-zæøå]))", re.IGNORECASE
)
_TOTAL = re.compile(r"^(?:i alt|ialt|total|sum|samlet|hele perioden)\b", re.IGNORECASE)

# A unit over a table, after a sentence that the reader took it to go on from.
_UNIT_LINE = re.compile(r"(?<=[.:!?] )\(?(?:1\.000|mio\.|mia\.|t\.)\s?kr\b\.?\)?$", re.IGNORECASE)
# "103", "7.", "BSU04": what a table's first column may number its rows with.
_NUMBERING = re.compile(r"[A-ZÆØÅ]{0,5}[ -]?\d{1,4}[a-z]?\.?")

_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_PERCENT = re.compile(r"(?:\bi|[(,])\s?(?:pct\b|procent|%|promille|‰)", re.IGNORECASE)
_SENTENCE_ENDS = tuple(".!?:;,")

PlaceAt = Callable[[int, int, int], Place]
"""Makes the place of a page's range: page, start, end."""


def price_level_in(text: str) -> str | None:
    """Return the price level as printed ("2026-priser", "2026 p/l"), or None."""
    match = _PRICE_LEVEL.search(text)
    return match[0] if match else None


def captions(
    source: SourceDocument, blocks: Sequence[Block], place_at: PlaceAt
) -> list[tuple[str, str, Place]]:
    """Return the table captions among `blocks`: label ("Tabel 1"), text and place."""
    found = []
    for block in blocks:
        text = source.text(block)
        match = _LABEL.match(text) if block.kind != "row" and len(text) < 160 else None
        if match:
            place = place_at(block.page, block.start, block.end)
            found.append((_label(match), text, place))
    return found


def _label(match: re.Match[str]) -> str:
    return f"{match[1].capitalize()} {match[2]}"


def read_tables(
    source: SourceDocument, blocks: Sequence[Block], document: str, place_at: PlaceAt
) -> tuple[Table, ...]:
    """Return the tables in a document's `blocks`, in order, figures tables and text tables."""
    tables = []
    for number, run in groupby(
        (b for b in blocks if b.kind == "row" and b.table), lambda b: b.table
    ):
        rows = list(run)
        before = _lead(source, blocks, rows[0])
        tables.append(_table(source, rows, f"{document}/t{number}", before, place_at))
    return place_loose(source, blocks, tables)


def _lead(source: SourceDocument, blocks: Sequence[Block], first: Block) -> list[str]:
    """Return the one or two short lines above a table, where captions and units stand."""
    index = blocks.index(first)
    lines = []
    for block in reversed(blocks[max(0, index - 2) : index]):
        if block.kind == "row":
            break
        lines.append(source.text(block))
    return [line for line in reversed(lines) if len(line) < 160]


def _table(
    source: SourceDocument, blocks: list[Block], table_id: str, lead: list[str], place_at: PlaceAt
) -> Table:
    heads = [b for b in blocks if b.head]
    width = max(len(b.cells) for b in blocks)
    head_texts = _stack([source.cell_texts(b) for b in heads], width)
    columns = tuple(_column(text) for text in head_texts)
    caption = next((line for line in reversed(lead) if _LABEL.match(line)), None)
    label = _LABEL.match(caption) if caption else None
    if caption is None and lead and lead[-1][-1:] not in _SENTENCE_ENDS:
        caption = lead[-1]
    over = [m[0] if (m := _UNIT_LINE.search(line)) else line for line in reversed(lead)]
    told = [*head_texts[:1], *_shared(head_texts[1:]), *over]
    unit, scale = next((found for text in told if (found := shared_unit(text))[0]), (None, 1))
    unit = unit or next((share for text in told if (share := _share(text))), None)
    price = next((p for text in [*told, *head_texts] if (p := price_level_in(text))), None)
    body = [b for b in blocks if not b.head]
    rows = _rows(source, body, columns, place_at)
    return Table(
        id=table_id,
        label=_label(label) if label else None,
        caption=caption,
        unit=unit,
        scale=scale,
        price_level=price,
        columns=columns,
        rows=rows,
    )


def _share(text: str) -> str | None:
    """Return the share that a caption says its figures are: "i pct.", "i promille"."""
    if not _IN_PERCENT.search(text):
        return None
    found = unit_told(text)
    return found[0] if found else "pct."


def _shared(heads: Sequence[str]) -> list[str]:
    """Return the heads of value columns whose unit holds for the columns beside them too.

    "Budget 2026 (1.000 kr.)" gives that of "2027"; "Udgift pr. elev, kr." not that of "Klasser".
    """
    alone = [h for h in heads if h and not shared_unit(h)[0]]
    return [] if any(not find_years(h) and not head_kinds(h) for h in alone) else list(heads)


def _stack(heads: list[tuple[str, ...]], width: int) -> list[str]:
    """Join the head rows column by column; a repeated head (next page) counts once."""
    texts = [""] * width
    for head in dict.fromkeys(heads):
        for index, text in enumerate(head):
            if text and text not in texts[index]:
                texts[index] = f"{texts[index]} {text}".strip()
    return texts


def _column(head: str) -> Column:
    years = find_years(_PRICE_LEVEL.sub("", head))
    if _TOTAL.match(head.strip()):
        return Column(head, total=True)
    if len(years) == 1:
        mention = years[0]
        if mention.period:
            return Column(head, period=mention.period)
        return Column(head, year=mention.first)
    return Column(head)


def _rows(
    source: SourceDocument, blocks: list[Block], columns: tuple[Column, ...], place_at: PlaceAt
) -> tuple[Row, ...]:
    rows: list[Row] = []
    texts = [source.cell_texts(b) for b in blocks]
    labels = _labels(texts)
    own = _named_apart(texts, columns) if labels == [row[0] for row in texts] else None
    labels = [label for _, label in own] if own else labels
    groups = _Groups(labels, [not any(row[1:]) for row in texts])
    for index, (label, block) in enumerate(zip(labels, blocks, strict=True)):
        cells = _cells(source, block, len(columns)) if block.aligned else None
        if groups.opens(index, cells):
            continue
        group = groups.over(index, cells)
        path = " › ".join(filter(None, (group, own[index][0] if own else None)))
        rows.append(Row(label, path or None, place_at(block.page, block.start, block.end), cells))
    return tuple(rows)


class _Groups:
    """The headings above the rows of a table, as one goes down it: "Drift", or that in an outer
    one ("Kulturudvalget › Drift"), which a heading right under it tells."""

    def __init__(self, labels: Sequence[str], blank: Sequence[bool]) -> None:
        """Take the rows' labels, and which rows have nothing but that."""
        self._labels, self._blank = list(labels), [*blank, False]
        self._path: list[str] = []
        self._seen: list[str] = []

    def opens(self, index: int, cells: tuple[Cell, ...] | None) -> bool:
        """Tell whether a row is a heading, and go on under it."""
        label, later = self._labels[index], self._labels[index + 1 :]
        if not _opens_group(label, cells, later, self._seen[-1] if self._seen else None):
            return False
        if self._blank[index + 1]:
            self._path = []
        elif not (index and self._blank[index - 1]):
            self._path = self._path[:-1]
        self._path = [*self._path[:1], label]
        self._seen.append(label)
        return True

    def over(self, index: int, cells: tuple[Cell, ...] | None) -> str | None:
        """Return the headings over a row with values; one that sums up more has none."""
        label = self._labels[index]
        group = self._path[-1] if self._path else None
        figures = any(parse_number(c.text) is not None for c in (cells or ())[1:])
        sums_up = group is not None and figures and is_sum_row(label)
        own = sums_up and group is not None and group.lower() in label.lower()
        if sums_up and not own and len(self._seen) > 1:  # it sums up more than the last group
            self._path = []
        path = " › ".join(self._path) or None
        if own:
            self._path = self._path[:-1]
        return path


def _named_apart(
    rows: Sequence[tuple[str, ...]], columns: Sequence[Column]
) -> list[tuple[str | None, str]] | None:
    """Return each row's name of the first column and of the second, where both name rows.

    "Skole | Post | 2026": the first repeats or is blank (a merged cell) where the second
    tells its rows apart. None for a table whose first column names its rows.
    """
    if len(columns) < 3 or any(c.year or c.period or c.total for c in columns[:2]):
        return None
    valued = [row for row in rows if len(row) > 2 and any(map(_is_number, row[2:]))]
    seconds = [row[1] for row in valued]
    told = [text for text in seconds if text]
    if len(valued) < 3 or not (all(map(_is_wordy, told)) or all(map(_YEAR.fullmatch, told))):
        return None
    filled = _filled_down(rows)
    names = [(filled[i], row[1]) for i, row in enumerate(rows) if row in valued and row[1]]
    repeated = len({first for first, _ in names}) < len(names)
    if not repeated or len(set(names)) < len(names) or len(names) * 3 < len(valued) * 2:
        return None
    return [
        (first, row[1]) if len(row) > 1 and row[1] else (None, row[0] or first or "")
        for row, first in zip(rows, filled, strict=True)
    ]


def _filled_down(rows: Sequence[tuple[str, ...]]) -> list[str | None]:
    """Return what the first column says of each row: its own words, or those above a blank."""
    found: list[str | None] = []
    for row in rows:
        found.append(row[0] or (found[-1] if found else None))
    return found


def _is_number(text: str) -> bool:
    return parse_number(text) is not None


def _is_wordy(text: str) -> bool:
    return not _is_number(text) and any(map(str.isalpha, text))


def _labels(rows: list[tuple[str, ...]]) -> list[str]:
    """Return what the rows of a table are called.

    Where the first column only numbers them ("103 | Klimasikring | 112,0"), the second
    names them; a number with letters in it ("BSU04") is part of the name.
    """
    names = [row[1] for row in rows if len(row) > 1]
    numbered = [r[0] for r in rows if _NUMBERING.fullmatch(r[0]) and not _YEAR.fullmatch(r[0])]
    worded = sum(any(c.isalpha() for c in n) and parse_number(n) is None for n in names)
    if len(numbered) < 2 or len(numbered) + 1 < len(rows) or worded < len(rows):
        return [row[0] for row in rows]
    return [
        row[1] if not row[0] or row[0].rstrip(".").isdigit() else f"{row[0]} {row[1]}"
        for row in rows
    ]


def _cells(source: SourceDocument, block: Block, width: int) -> tuple[Cell, ...]:
    page = source.page(block.page).text
    cells = [Cell(page[a:b], cell_state(page[a:b]), a, b) for a, b in block.cells]
    while len(cells) < width:
        cells.append(Cell("", "blank", block.end, block.end))
    return tuple(cells)


def _opens_group(
    label: str, cells: tuple[Cell, ...] | None, later: list[str], before: str | None
) -> bool:
    """Tell a group's heading from a measure whose cells are all blank.

    Both look alike ("Personalekonsekvenser", "Investering - Anlæg"): a label
    that the vocabulary knows as a measure is one, unless its own sum follows or
    it stands as a lone word after another such group ("Drift", "Anlæg").
    """
    if cells is None or any(c.state != "blank" for c in cells[1:]) or not label or not later:
        return False
    if row_concept(label) is None:
        return True
    summed = any(re.match(rf"(?:samlet )?{re.escape(label)} i ?alt\b", t, re.I) for t in later)
    return summed or (_is_lone(label) and _is_lone(before) and not is_sum_row(later[0]))


def _is_lone(label: str | None) -> bool:
    return label is not None and label.isalpha() and not is_staff_row(label)
