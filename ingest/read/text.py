"""Reads plain text as PDF extractors and people leave it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.read.build import PageBuilder, SourceBuilder
from ingest.read.grid import add_grid
from ingest.read.text_flow import page_width, read_flow
from ingest.read.text_lines import Line, read_lines, unmark
from ingest.read.text_marks import is_bullet, is_numbered
from ingest.read.text_tables import TextTable, find_tables, gather_cells
from rag.store.source import SourceDocument

_PIPES = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"[\s|:+=-]+")


def read_text(path: str, data: bytes, text: str) -> SourceDocument:
    """Return the content of a plain text file: `data` are its bytes, decoded in `text`.

    The file is one page. Hyphenated words, wrapped lines and double spacing are
    undone; running heads and page numbers are in `furniture`.
    """
    lines, furniture = read_lines(text)
    lines = gather_cells(lines)
    builder = SourceBuilder()
    page = builder.page()
    width = page_width([line for line in lines if "\t" not in line.raw.strip()])
    at = 0
    for start, end, table in _tables(lines):
        _add_flow(page, lines[at:start], width, table_follows=True)
        number = builder.new_table()
        if isinstance(table, TextTable):
            page.row(table.head, number, head=True)
            for row in table.rows:
                page.row(row.cells, number, aligned=row.aligned)
        else:
            add_grid(page, number, table)
        at = end
    _add_flow(page, lines[at:], width, table_follows=False)
    return builder.source(data, path, "text/plain", paged=False, furniture=furniture)


def _add_flow(
    page: PageBuilder, lines: Sequence[Line], width: float, *, table_follows: bool
) -> None:
    for draft in read_flow(lines, width, table_follows=table_follows):
        page.add(draft.kind, draft.text, draft.level)


def _tables(
    lines: Sequence[Line],
) -> list[tuple[int, int, TextTable | list[list[str]]]]:
    """Return the tables with the lines they stand in, `start:end`, in order."""
    found: list[tuple[int, int, TextTable | list[list[str]]]] = []
    found += [(table.start, table.end, table) for table in find_tables(lines)]
    found += _split_cells(lines)
    return sorted(found, key=lambda item: item[0])


def _split_cells(lines: Sequence[Line]) -> list[tuple[int, int, list[list[str]]]]:
    """Find the runs of lines whose cells are parted by tabs or by pipes."""
    runs: list[tuple[int, int, list[list[str]]]] = []
    for index, line in enumerate(lines):
        cells = _cells(line)
        if cells is None:
            continue
        new = not runs or runs[-1][1] != index or line.gap > 0 or _changes(runs[-1][2], cells)
        if new:
            runs.append((index, index + 1, [cells]))
        else:
            start, _, rows = runs[-1]
            runs[-1] = (start, index + 1, [*rows, cells])
    kept = [run for run in runs if len(run[2]) > 1 or len(run[2][0]) > 2]
    return [(a, b, [row for row in rows if not _is_rule(row)]) for a, b, rows in kept]


def _cells(line: Line) -> list[str] | None:
    if _PIPES.match(line.raw):
        return [unmark(cell) for cell in line.raw.strip()[1:-1].split("|")]
    if "\t" not in line.raw.strip(" ") or is_bullet(line.text) or is_numbered(line.text):
        return None
    cells = [unmark(cell) for cell in line.raw.split("\t")]
    # An indented line is no row.
    filled = [i for i, cell in enumerate(cells) if cell.strip()]
    return cells if len(cells) > 1 and filled != [len(cells) - 1] else None


def _changes(rows: Sequence[Sequence[str]], cells: Sequence[str]) -> bool:
    """Tell whether a row of years opens a new table under rows without values."""
    years = [sum(bool(re.fullmatch(r"\D*(?:19|20)\d\d", c)) for c in r) for r in (rows[-1], cells)]
    return len(rows[-1]) != len(cells) and years[1] > 1 and years[0] < 2


def _is_rule(cells: Sequence[str]) -> bool:
    return all(_RULE.fullmatch(cell) or not cell for cell in cells) and "---" in "".join(cells)
