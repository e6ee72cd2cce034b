"""From the row blocks of a document to its tables: columns, units, groups, cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from ingest.cell_units import shared_unit, unit_told, without_amounts
from ingest.loose_rows import place_loose
from ingest.row_names import Groups, names_of
from rag.asking.column_kinds import head_kinds
from rag.store.source import Block, SourceDocument
from rag.text.dates import find_years
from rag.text.marks import without_marks
from rag.text.numbers import cell_state
from rag.types import Cell, Column, Place, Row, Table

_PRICE_LEVEL = re.compile(r"\b((?:19|20)\d\d)\s?-?\s?(priser|pris-? og lønniveau|p/l|pl)\b", re.I)
# "Tabel 1 viser …" is a sentence, no caption.
_LABEL = re.compile(
    r"^(tabel|table|bilagstabel)\s+(\d+[a-z]?)\b(?!\s+(?-i:[a-zæøå]))", re.IGNORECASE
)
_TOTAL = re.compile(r"^(?:i alt|ialt|total|sum|samlet|hele perioden)\b", re.IGNORECASE)

# A unit over a table, after a sentence that the reader took it to go on from.
_UNIT_LINE = re.compile(r"(?<=[.:!?] )\(?(?:1\.000|mio\.|mia\.|t\.)\s?kr\b\.?\)?$", re.IGNORECASE)

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
    columns = tuple(_column(without_marks(text)) for text in head_texts)
    caption = next((line for line in reversed(lead) if _LABEL.match(line)), None)
    label = _LABEL.match(caption) if caption else None
    if caption is None and lead and lead[-1][-1:] not in _SENTENCE_ENDS:
        caption = lead[-1]
    over = [_stated(line) for line in reversed(lead)]
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


def _stated(line: str) -> str:
    """Return what a line above a table says of its unit; of a sentence, what is no amount."""
    if found := _UNIT_LINE.search(line):
        return found[0]
    return without_amounts(line) if line.endswith(_SENTENCE_ENDS) else line


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
    names = names_of(texts, columns, [b.aligned for b in blocks])
    groups = Groups([label for _, label in names], [not any(row[1:]) for row in texts])
    for index, ((first, label), block) in enumerate(zip(names, blocks, strict=True)):
        cells = _cells(source, block, len(columns)) if block.aligned else None
        if groups.opens(index, cells):
            continue
        group = groups.over(index, cells)
        path = " › ".join(map(without_marks, filter(None, (group, first))))
        place = place_at(block.page, block.start, block.end)
        rows.append(Row(without_marks(label), path or None, place, cells))
    return tuple(rows)


def _cells(source: SourceDocument, block: Block, width: int) -> tuple[Cell, ...]:
    page = source.page(block.page).text
    cells = [Cell(page[a:b], cell_state(page[a:b]), a, b) for a, b in block.cells]
    while len(cells) < width:
        cells.append(Cell("", "blank", block.end, block.end))
    return tuple(cells)
