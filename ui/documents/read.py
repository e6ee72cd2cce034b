"""What was read of a page as HTML: headings, paragraphs, and tables whose cells can be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag.store.source import Page
from rag.text.units import unit_name
from rag.types import Cell, Column, CouncilDocument, Language, Place, Row, Table
from ui.choices import choice_button
from ui.documents import texts
from ui.safe import html

_END = "</tbody></table></div>"


def page_html(document: CouncilDocument, page: Page, mark: Place | None, language: Language) -> str:
    """Return what was read of the document's part of a page, in its order.

    A cell's choice is "row start-row end-start-end"; the one at `mark` is pressed.
    """
    heads = {s.start: s.level for s in document.sections if s.page == page.number}
    grids = [_Grid(table, rows) for table in document.tables if (rows := _rows(table, page))]
    parts: list[str] = []
    opened: _Grid | None = None
    for start, line in _lines(document, page):
        grid = next((g for g in grids if g.start <= start < g.end), None)
        if grid is not opened:
            parts.append(_END if opened else "")
            parts.append(_table_head(grid.table, language) if grid else "")
            opened = grid
        row = grid and next((r for r in grid.rows if r.place.start == start), None)
        if grid and row:
            parts.append(_row_html(grid.table, row, mark, language))
        elif grid:
            parts.append(_group_html(grid.table, line))
        elif start in heads:
            level = min(heads[start] + 2, 6)
            parts.append(f"<h{level}>{html(line)}</h{level}>")
        elif not any(_is_head(g.table, line) for g in grids):
            parts.append(_line_html(line))
    parts.append(_END if opened else "")
    shown = "".join(parts) or f"<p>{texts.NO_TEXT.in_(language)}</p>"
    return f'<div class="read" lang="da">{shown}</div>'


@dataclass(frozen=True)
class _Grid:
    """A table's rows on a page, from the first to the last."""

    table: Table
    rows: list[Row]

    @property
    def start(self) -> int:
        return min(r.place.start for r in self.rows)

    @property
    def end(self) -> int:
        return max(r.place.end for r in self.rows)


def _rows(table: Table, page: Page) -> list[Row]:
    return [row for row in table.rows if row.place.page == page.number]


def _lines(document: CouncilDocument, page: Page) -> Iterator[tuple[int, str]]:
    """Yield the lines of the document's part of a page that say something, and their starts."""
    first = document.start if page.number == document.first_page else 0
    last = document.end if page.number == document.last_page else None
    start = 0
    for line in page.text.split("\n"):
        if line.strip() and first <= start and (last is None or start < last):
            yield start, line
        start += len(line) + 1


def _is_head(table: Table, line: str) -> bool:
    """Tell whether a line is a table's row of heads, which its columns show already."""
    return line.split() == " ".join(c.head for c in table.columns).split()


def _group_html(table: Table, line: str) -> str:
    """Return a line between a table's rows, which names those under it."""
    if _is_head(table, line):
        return ""
    words = " · ".join(filter(None, (cell.strip() for cell in line.split("\t"))))
    width = len(table.columns)
    return f'<tr class="group"><th scope="rowgroup" colspan="{width}">{html(words)}</th></tr>'


def _line_html(line: str) -> str:
    """Return a line outside the tables: a paragraph, or cells that no table took."""
    if "\t" not in line:
        return f"<p>{html(line)}</p>"
    return f'<p class="cells">{" · ".join(html(c) for c in line.split(chr(9)) if c.strip())}</p>'


def _table_head(table: Table, language: Language) -> str:
    told = [table.caption or table.label or "", unit_name(table.unit, table.scale)]
    told.append(table.price_level or "")
    caption = ", ".join(filter(None, told))
    heads = "".join(f'<th scope="col">{html(column.head)}</th>' for column in table.columns)
    return (
        f'<div class="scroll"><table class="figures choosable"><caption>{html(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>"
    )


def _row_html(table: Table, row: Row, mark: Place | None, language: Language) -> str:
    label = f'<th scope="row">{html(row.label)}</th>'
    if row.cells is None:
        width = max(len(table.columns) - 1, 1)
        return f'<tr>{label}<td colspan="{width}">{texts.UNBOUND.in_(language)}</td></tr>'
    pairs = list(zip(table.columns, row.cells, strict=False))[1:]
    cells = "".join(f"<td>{_cell_html(row, c, column, mark, language)}</td>" for column, c in pairs)
    return f"<tr>{label}{cells}</tr>"


def _cell_html(row: Row, cell: Cell, column: Column, mark: Place | None, language: Language) -> str:
    shown, told = html(cell.text), cell.text
    if cell.state == "blank":
        return f'<span class="none">{texts.BLANK.in_(language)}</span>'
    if cell.state == "dash":
        shown, told = "–", texts.DASH_HELP.in_(language)
    pressed = mark is not None and (mark.start, mark.end) == (cell.start, cell.end)
    choice = f"{row.place.start}-{row.place.end}-{cell.start}-{cell.end}"
    where = ", ".join(filter(None, [row.label, column.head]))
    return choice_button(choice, shown, f"{where}: {told}", pressed)
