"""Tables without ruling: a line names their columns, and rows stand under it."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.read.pdf_columns import Columns, chunks, columns_of
from ingest.read.pdf_heads import Head, find_heads, label_words
from ingest.read.pdf_lines import Line, Token
from ingest.read.pdf_rows import Part, group_rows
from ingest.read.pdf_table import Cell, Row, Table
from ingest.read.pdf_taken import Taken, fits, is_figure, numbers_under, take_rows
from rag.pdf.pdfium import Rule


def find_tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[tuple[Table, int, int]]:
    """Return the tables whose columns a line names, each with its range of `lines`."""
    found: list[tuple[Table, int, int]] = []
    heads = find_heads(lines, rules)
    for number, head in enumerate(heads, start=1):
        body = range(head.end, heads[number].start if number < len(heads) else len(lines))
        table, last = _read(lines, head, body, Columns(head.columns), rules)
        if table is not None:
            found.append((table, head.start, last))
    return found


def continued(
    columns: Columns, lines: Sequence[Line], rules: Sequence[Rule]
) -> tuple[Table, int] | None:
    """Read a table that goes on at a page's top; return it and how many lines it takes."""
    stop = next((i for i, line in enumerate(lines) if columns_of(line)), len(lines))
    table, last = _read(lines, None, range(stop), columns, rules)
    return (table, last) if table is not None else None


def _read(
    lines: Sequence[Line],
    head: Head | None,
    body: range,
    columns: Columns,
    rules: Sequence[Rule],
) -> tuple[Table | None, int]:
    """Read the rows under a head; return the table and the line after its last.

    Without a head the columns are known from the page before.
    """
    if head is not None:
        numbers = numbers_under([lines[i] for i in body], columns)
        if not numbers or columns.fit(numbers) > 0.3:
            return None, body.start
    taken = take_rows(lines, body, columns, rules)
    valued = [i for i, (_, values) in taken.items() if any(map(is_figure, values.values()))]
    if len(valued) < (2 if len(columns.heads) < 2 else 1):
        return None, body.start
    rows = []
    if head is not None:
        names = [part for parts in head.labels for part in parts]
        columns.cuts = _cuts([taken[i][0] for i in taken if taken[i][1]], names)
        rows.append(_head_row(head, columns))
    y0, y1 = lines[head.start if head else body.start].baseline, lines[max(taken)].baseline
    body_rows = _body_rows(lines, taken, columns, _borders(rules, columns, y0, y1))
    rows += body_rows if fits(taken, columns) else [_loose(row, columns) for row in body_rows]
    return Table(rows, y0, y1, columns), max(taken) + 1


def _loose(row: Row, columns: Columns) -> Row:
    texts = len(columns.cuts) + 1
    label = [line for cell in row.cells[:texts] for line in cell]
    values = [[[token]] for cell in row.cells[texts:] for line in cell for token in line]
    return Row([label, *values], aligned=False)


def _cuts(labels: Sequence[list[Token]], names: Sequence[Line]) -> list[float]:
    """Return where the text columns left of the values are parted: at white gaps that
    run through all rows, with words on both sides in two rows or in the head."""
    rows = [label for label in labels if label]
    runs: list[list[float]] = []
    for token in sorted((t for row in rows for t in row), key=lambda t: t.x0):
        if runs and token.x0 - runs[-1][1] <= 0.5 * token.size:
            runs[-1][1] = max(runs[-1][1], token.x1)
        else:
            runs.append([token.x0, token.x1])
    cuts = []
    for _, start in zip(runs, [run[0] for run in runs[1:]], strict=False):
        both = sum(row[0].x0 < start <= row[-1].x0 + 0.1 for row in rows)
        named = any(abs(name.x0 - start) < 6 for name in names)
        if both >= 2 or named:
            cuts.append(start - 1)
    return cuts


def _text_cells(tokens: Sequence[Token], columns: Columns) -> list[list[Token]]:
    """Part a label's words into the text columns; words that run on stay together."""
    cells: list[list[Token]] = [[] for _ in range(len(columns.cuts) + 1)]
    if tokens:
        for chunk in chunks(Line(list(tokens))):
            at = sum(chunk.x0 >= cut for cut in columns.cuts)
            for last, token in zip([chunk.tokens[0], *chunk.tokens], chunk.tokens, strict=False):
                begins = any(abs(token.x0 - 1 - cut) < 1 for cut in columns.cuts)
                if begins and token.x0 - last.x1 > 0.4 * token.size:
                    at = sum(token.x0 >= cut for cut in columns.cuts)
                cells[at].append(token)
    return cells


def _head_row(head: Head, columns: Columns) -> Row:
    """Return the row of heads, each cell with all its lines."""
    labels: list[Cell] = [[] for _ in range(len(columns.cuts) + 1)]
    for line in label_words(head):
        for cell, tokens in zip(labels, _text_cells(line, columns), strict=True):
            if tokens:
                cell.append(tokens)
    names = (
        [part.tokens for part in (*over, *name)]
        for over, name in zip(head.over, head.names, strict=True)
    )
    return Row([*labels, *names], head=True)


def _borders(rules: Sequence[Rule], columns: Columns, y0: float, y1: float) -> list[float]:
    """Return the y of the lines drawn across the value columns."""
    left, right = columns.heads[0].x0, columns.heads[-1].x1
    found: list[float] = []
    for y in sorted(
        r.y0 for r in rules if r.y0 == r.y1 and r.x0 <= left and r.x1 >= right and y0 < r.y0 < y1
    ):
        if not found or y - found[-1] > 3:
            found.append(y)
    return found


def _body_rows(
    lines: Sequence[Line], taken: Taken, columns: Columns, borders: Sequence[float]
) -> list[Row]:
    parts = []
    for i, (label, values) in taken.items():
        figures = any(map(is_figure, values.values()))
        words = label if figures else [*label, *(t for value in values.values() for t in value)]
        text = " ".join(token.text for token in words)
        bold = Line(label).bold if label else False
        parts.append(Part(lines[i].baseline, lines[i].size, text, figures, bold))
    order = list(taken)
    rows = []
    for group in group_rows(parts, borders):
        cells: list[Cell] = [[] for _ in range(columns.count)]
        for index in group:
            label, values = taken[order[index]]
            whole = enumerate(_text_cells(label, columns))
            for cell, tokens in [
                *whole,
                *((len(columns.cuts) + 1 + c, v) for c, v in values.items()),
            ]:
                if tokens:
                    cells[cell].append(tokens)
        rows.append(Row(cells))
    return rows
