"""What Rådsvar makes of a table: the figures of its tables, by the rows and heads they stand in."""

from __future__ import annotations

from bench.tables.score import Read
from bench.tables.truth import number, words
from ingest.assemble import assemble
from ingest.read import read_bytes
from rag.types import Figure, Table


def read(name: str, data: bytes) -> tuple[list[Read], int]:
    """Return the figures that stand in a file's tables, and how many pages it has."""
    source = read_bytes(name, data)
    content = assemble(source)
    tables = {table.id: table for document in content.documents for table in document.tables}
    found = [
        _read(figure, tables[figure.table])
        for figure in content.figures
        if figure.table and figure.value is not None and number(figure.text) is not None
    ]
    return found, len(source.pages)


def _read(figure: Figure, table: Table) -> Read:
    at = figure.id.removeprefix(f"{table.id}/r").partition("/c")
    row, column = table.rows[int(at[0])], table.columns[int(at[2])]
    path = words(f"{row.group or ''} {row.label}")
    unit = figure.unit if figure.unit in ("kr.", "pct.") else None
    assert figure.value is not None
    return Read(path, words(column.head), figure.value, unit, figure.scale)
