"""Tables of a page: ruled ones cell by cell, the others by their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.read.pdf_columns import Columns, chunks, columns_of, is_note, is_number
from ingest.read.pdf_heads import Head, find_heads, label_words
from ingest.read.pdf_lines import Line, Token
from ingest.read.pdf_rows import Part, group_rows
from rag.pdfium import Rule

Cell = list[list[Token]]
"""A cell's words, line by line."""


@dataclass
class Row:
    """A table row; where not `aligned`, a label and the values in order, columns unknown."""

    cells: list[Cell]
    head: bool = False
    aligned: bool = True

    @property
    def texts(self) -> list[str]:
        """The cells' words, unjoined hyphens and all."""
        return [" ".join(token.text for line in cell for token in line) for cell in self.cells]


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
        numbers = _numbers([lines[i] for i in body], columns)
        if not numbers or columns.fit(numbers) > 0.3:
            return None, body.start
    taken = _taken(lines, body, columns, rules)
    valued = [i for i, (_, values) in taken.items() if any(map(_numeric, values.values()))]
    if len(valued) < (2 if len(columns.heads) < 2 else 1):
        return None, body.start
    rows = []
    if head is not None:
        names = [part for parts in head.labels for part in parts]
        columns.cuts = _cuts([taken[i][0] for i in taken if taken[i][1]], names)
        rows.append(_head_row(head, columns))
    y0, y1 = lines[head.start if head else body.start].baseline, lines[max(taken)].baseline
    body_rows = _body_rows(lines, taken, columns, _borders(rules, columns, y0, y1))
    rows += body_rows if _sure(taken, columns) else [_loose(row, columns) for row in body_rows]
    return Table(rows, y0, y1, columns), max(taken) + 1


Taken = dict[int, tuple[list[Token], dict[int, list[Token]]]]
"""By index of the line: its label's words, and its values by column."""


def _numeric(tokens: list[Token]) -> bool:
    return is_number(" ".join(token.text for token in tokens))


def _sure(taken: Taken, columns: Columns) -> bool:
    """Tell whether the figures fit the columns: one in a cell, all of a column on a line."""
    ends: dict[int, list[float]] = {}
    for _, values in taken.values():
        for column, tokens in values.items():
            if _numeric(tokens):
                ends.setdefault(column, []).append(columns.edge_of(Line(tokens)))
            elif sum(is_number(token.text) for token in tokens) > 1 and len(tokens) < 4:
                return False
    return all(max(at) - min(at) <= 0.35 * columns.pitch(column) for column, at in ends.items())


def _loose(row: Row, columns: Columns) -> Row:
    texts = len(columns.cuts) + 1
    label = [line for cell in row.cells[:texts] for line in cell]
    values = [[[token]] for cell in row.cells[texts:] for line in cell for token in line]
    return Row([label, *values], aligned=False)


def _numbers(lines: Sequence[Line], columns: Columns) -> list[Line]:
    """Return the numbers that seem to stand under the heads, up to the first prose."""
    found: list[Line] = []
    first = columns.heads[0].x0 - 0.8 * columns.pitch(0)
    last = columns.heads[-1].x1 + 0.8 * columns.pitch(len(columns.heads) - 1)
    for line in lines[:80]:
        parts = chunks(line)
        own = [p for p in parts if is_number(p.text) and p.x1 > first and p.x0 < last]
        if not own and any(len(p.tokens) > 6 and p.x1 > columns.heads[0].x0 for p in parts):
            break
        found += own
    return found


def _taken(lines: Sequence[Line], body: range, columns: Columns, rules: Sequence[Rule]) -> Taken:
    """Take the lines that fit the columns, to the table's end."""
    taken: Taken = {}
    wide = columns.heads[-1].x1 - columns.heads[0].x0
    for i in body:
        line = lines[i]
        gap = line.baseline - lines[i - 1].baseline if i else 0.0
        if is_note(line.text) or (taken and gap > 4.5 * line.size):
            break
        parted = columns.values(line)
        if parted is None:
            # A group's title may run over the columns when figures follow at once.
            after = columns.values(lines[i + 1]) if i + 1 in body else None
            near = i + 1 in body and lines[i + 1].baseline - line.baseline < 2.5 * line.size
            short = len(line.tokens) <= 10 and line.x1 < columns.heads[0].x0 + 0.7 * wide
            if not (after and after[1] and near and short and not line.text.endswith(".")):
                break
            parted = (list(line.tokens), {})
        taken[i] = parted
    return _trimmed(lines, taken, columns, rules)


def _trimmed(lines: Sequence[Line], taken: Taken, columns: Columns, rules: Sequence[Rule]) -> Taken:
    """Drop the lines after the last values, but a row that is only blank."""
    valued = [i for i, (_, values) in taken.items() if values]
    if not valued:
        return {}
    end = valued[-1] + 1
    pitches = [lines[b].baseline - lines[a].baseline for a, b in pairwise(valued)]
    usual = min(pitches, default=1.2 * lines[valued[-1]].size)
    drawn = [r.y0 for r in rules if r.y0 == r.y1 and r.x1 > columns.heads[-1].x0]
    while end in taken:
        line = lines[end]
        below = any(0 < y - line.baseline < 1.2 * line.size for y in drawn)
        gap = line.baseline - lines[end - 1].baseline
        goes_on = gap < 0.85 * line.size or (gap <= 1.1 * usual and line.text[:1].islower())
        after = lines[end + 1].baseline - line.baseline if end + 1 < len(lines) else 99.0
        lone = gap <= 1.1 * usual and after > 1.4 * usual and not line.bold
        if not (below or goes_on or (lone and not line.text[:1].isdigit())):
            break
        end += 1
    return {i: parted for i, parted in taken.items() if i < end}


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
    return Row([*labels, *([part.tokens for part in name] for name in head.names)], head=True)


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
        figures = any(map(_numeric, values.values()))
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
