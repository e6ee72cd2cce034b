"""Lays a page out: its tables and its running text, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.read.pdf_aligned import aligned_tables
from ingest.read.pdf_flow import Flow, Style, flow
from ingest.read.pdf_grid import find_grids
from ingest.read.pdf_lines import Line, Upright, to_lines
from ingest.read.pdf_ruled import mark_repeats, ruled_table
from ingest.read.pdf_table import Table
from ingest.read.pdf_tables import continued, find_tables
from ingest.read.pdf_zones import zones
from rag.pdf.pdfium import Rule
from rag.store.source import Bookmark


@dataclass
class Entry:
    """A block of text or a table; `goes_on` where it continues the page before's last."""

    flow: Flow | None = None
    table: Table | None = None
    goes_on: bool = False


def lay_out(
    lines: list[Line],
    page: Upright,
    style: Style,
    bookmarks: Sequence[Bookmark],
    last: Table | None,
) -> list[Entry]:
    """Return a page's blocks and tables in reading order.

    `lines` are the page's without furniture; `last` is the table that ended the
    page before, if one did.
    """
    tokens = [token for line in lines for token in line.tokens]
    grids = find_grids(page.rules, tokens)
    inside = {token.order for grid in grids for token in grid.tokens}
    rest = [token for token in tokens if token.order not in inside]
    entries: list[Entry] = []
    for grid in grids:
        above = to_lines(token for token in rest if token.baseline < grid.ys[0] + 2)
        rest = [token for token in rest if token.baseline >= grid.ys[0] + 2]
        entries += _text(above, page.rules, style, bookmarks, None if entries else last)
        before = None if entries else last
        table = ruled_table(grid, before is not None and _same_place(grid.xs, before.xs))
        goes_on = before is not None and _continues(table, before)
        if before is not None and goes_on and before.head is not None:
            table.inherited = before.head
            mark_repeats(table.rows, before.head)
        entries.append(Entry(table=table, goes_on=goes_on))
    below = to_lines(rest) if grids else lines
    entries += _text(below, page.rules, style, bookmarks, None if entries else last)
    if page.aside:
        entries.append(Entry(Flow("paragraph", [Line(page.aside)])))
    return entries


def _text(
    page_lines: list[Line],
    rules: Sequence[Rule],
    style: Style,
    bookmarks: Sequence[Bookmark],
    last: Table | None,
) -> list[Entry]:
    """Lay out words outside ruled tables, zone by zone."""
    entries: list[Entry] = []
    for lines in zones(page_lines) if page_lines else []:
        right = max(line.x1 for line in lines)
        if last is not None and last.columns is not None and not entries:
            more = continued(last.columns, lines, rules)
            if more is not None:
                more[0].inherited = last.head
                entries.append(Entry(table=more[0], goes_on=True))
                lines = lines[more[1] :]
        done = 0
        for table, start, end in _tables(lines, rules):
            entries += [Entry(f) for f in flow(lines[done:start], right, style, bookmarks)]
            goes_on = last is not None and not entries and _continues(table, last)
            entries.append(Entry(table=table, goes_on=goes_on))
            done = end
        entries += [Entry(f) for f in flow(lines[done:], right, style, bookmarks)]
    return entries


def _tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[tuple[Table, int, int]]:
    """Return a zone's unruled tables in order: of figures, and of words between them."""
    found = find_tables(lines, rules)
    for table, start, end in aligned_tables(lines):
        if all(end <= first or last <= start for _, first, last in found):
            found.append((table, start, end))
    return sorted(found, key=lambda table: table[1])


def _continues(table: Table, last: Table) -> bool:
    """Tell whether a table at a page's top goes on from the page before: the same
    heads, or none and the columns at the same place."""
    if last.width != table.width:
        return False
    if table.head is not None:
        return table.head == last.head
    return _same_place(table.xs, last.xs)


def _same_place(xs: Sequence[float], others: Sequence[float]) -> bool:
    near = len(xs) == len(others) > 0
    return near and all(abs(a - b) < 4 for a, b in zip(xs, others, strict=True))
