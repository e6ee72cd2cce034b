"""Binds rows whose values stand in no column, where the arithmetic allows one way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.placement import LooseRow, place
from rag.store.source import Block, SourceDocument
from rag.text.numbers import cell_state, parse_number
from rag.text.sum_rows import is_sum_row
from rag.types import Cell, Row, Table


def place_loose(
    source: SourceDocument, blocks: Sequence[Block], tables: list[Table]
) -> tuple[Table, ...]:
    """Return the tables, in order, with their loose rows bound where only one way adds up."""
    by_start = {(b.page, b.start): b for b in blocks if b.kind == "row"}
    placed: list[Table] = []
    # Tables that are whole come first: they can tell where a like row's values stand.
    order = sorted(range(len(tables)), key=lambda i: any(r.cells is None for r in tables[i].rows))
    results: dict[int, Table] = {}
    for index in order:
        table = tables[index]
        if any(row.cells is None for row in table.rows):
            table = _bind(source, by_start, table, placed)
        results[index] = table
        placed.append(table)
    return tuple(results[i] for i in range(len(tables)))


def _value_columns(table: Table) -> list[int]:
    dated = [i for i, c in enumerate(table.columns) if i and (c.year or c.period or c.total)]
    return sorted(dated, key=lambda i: table.columns[i].total)


def _bind(
    source: SourceDocument,
    by_start: dict[tuple[int, int], Block],
    table: Table,
    others: list[Table],
) -> Table:
    columns = _value_columns(table)
    years = sum(not table.columns[i].total for i in columns)
    total = years if len(columns) > years else None
    heads = [table.columns[i].head for i in columns]
    twins = [
        loose
        for other in others
        if [other.columns[i].head for i in _value_columns(other)] == heads
        for row in other.rows
        if (loose := _loose(source, by_start, row, columns_of=_value_columns(other))).placed
    ]
    rows = [_loose(source, by_start, row, columns) for row in table.rows]
    ways = place(rows, years, total, twins)
    bound = []
    for row, way in zip(table.rows, ways, strict=True):
        if row.cells is None and way is not None:
            block = by_start[row.place.page, row.place.start]
            bound.append(replace(row, cells=_spread(source, block, table, columns, way)))
        else:
            bound.append(row)
    return replace(table, rows=tuple(bound))


def _loose(
    source: SourceDocument,
    by_start: dict[tuple[int, int], Block],
    row: Row,
    columns_of: list[int],
) -> LooseRow:
    if row.cells is None:
        texts = source.cell_texts(by_start[row.place.page, row.place.start])[1:]
        return LooseRow(row.label, tuple(texts), None, is_sum_row(row.label))
    at = [(n, row.cells[i]) for n, i in enumerate(columns_of) if row.cells[i].state == "value"]
    at = [(n, c) for n, c in at if parse_number(c.text) is not None]
    return LooseRow(
        row.label,
        tuple(c.text for _, c in at),
        tuple(n for n, _ in at),
        is_sum_row(row.label),
    )


def _spread(
    source: SourceDocument, block: Block, table: Table, columns: list[int], way: tuple[int, ...]
) -> tuple[Cell, ...]:
    page = source.page(block.page).text
    cells = [Cell("", "blank", block.end, block.end)] * len(table.columns)
    label = block.cells[0]
    cells[0] = Cell(page[label[0] : label[1]], "value", *label)
    for column, (a, b) in zip(way, block.cells[1:], strict=True):
        cells[columns[column]] = Cell(page[a:b], cell_state(page[a:b]), a, b)
    return tuple(cells)
