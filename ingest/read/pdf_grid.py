"""Ruled tables: the cells that drawn lines make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.read.pdf_lines import Token
from rag.pdf.pdfium import Rule

_JOIN = 3.0  # lines this near each other, in points, meet
_MOST = 600  # more lines than this in one direction is a drawing


@dataclass
class Grid:
    """A ruled table: `xs` and `ys` are its borders, `cells[band][column]` its words.

    `spans[band][column]` tells how many columns the cell takes.
    """

    xs: list[float]
    ys: list[float]
    cells: list[list[list[Token]]]
    spans: list[list[int]]

    @property
    def tokens(self) -> list[Token]:
        """All words inside."""
        return [token for band in self.cells for cell in band for token in cell]


def find_grids(rules: Sequence[Rule], tokens: Sequence[Token]) -> list[Grid]:
    """Return the ruled tables of a page, of at least two columns and two rows with text."""
    level = _merged([(r.y0, r.x0, r.x1) for r in rules if r.y0 == r.y1])
    plumb = _merged([(r.x0, r.y0, r.y1) for r in rules if r.x0 == r.x1 and r.y0 != r.y1])
    if not level or not plumb or max(len(level), len(plumb)) > _MOST:
        return []
    grids = []
    for across, down in _components(level, plumb):
        grid = _grid(across, down, tokens)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


Stroke = tuple[float, float, float]
"""A line: where it lies (y of a horizontal, x of a vertical), its start and end."""


def _merged(strokes: list[Stroke]) -> list[Stroke]:
    """Join strokes that lie on one line and touch."""
    found: list[list[float]] = []
    for group in _near([s[0] for s in strokes], strokes, 1.5):
        at = sum(s[0] for s in group) / len(group)
        run: list[float] | None = None
        for _, start, end in sorted(group, key=lambda s: s[1]):
            if run is not None and start <= run[2] + _JOIN:
                run[2] = max(run[2], end)
            else:
                run = [at, start, end]
                found.append(run)
    return [(at, start, end) for at, start, end in found]


def _near(keys: list[float], strokes: list[Stroke], gap: float) -> list[list[Stroke]]:
    groups: list[list[Stroke]] = []
    last = float("-inf")
    for key, stroke in sorted(zip(keys, strokes, strict=True)):
        if key - last > gap:
            groups.append([])
        groups[-1].append(stroke)
        last = key
    return groups


def _components(
    level: list[Stroke], plumb: list[Stroke]
) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Group the lines that cross or meet."""
    parent = list(range(len(level) + len(plumb)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, (y, left, right) in enumerate(level):
        for j, (x, top, bottom) in enumerate(plumb):
            if left - _JOIN <= x <= right + _JOIN and top - _JOIN <= y <= bottom + _JOIN:
                parent[root(i)] = root(len(level) + j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, stroke in enumerate([*level, *plumb]):
        sides = groups.setdefault(root(i), ([], []))
        sides[0 if i < len(level) else 1].append(stroke)
    return [(across, down) for across, down in groups.values() if across and down]


def _borders(own: list[Stroke], others: list[Stroke]) -> list[float]:
    """Return where the borders lie, with the table's ends where no line is drawn."""
    borders: list[float] = []
    for at in sorted(stroke[0] for stroke in own):
        if not borders or at - borders[-1] > _JOIN:
            borders.append(at)
    start, end = min(s[1] for s in others), max(s[2] for s in others)
    if start < borders[0] - 2 * _JOIN:
        borders.insert(0, start)
    if end > borders[-1] + 2 * _JOIN:
        borders.append(end)
    return borders


def _grid(across: list[Stroke], down: list[Stroke], tokens: Sequence[Token]) -> Grid | None:
    xs, ys = _borders(down, across), _borders(across, down)
    if len(xs) < 3 or len(ys) < 2:
        return None
    columns, bands = len(xs) - 1, len(ys) - 1
    # Where a border between two columns is not drawn, a cell takes both.
    starts = [
        [_start(xs, column, ys[band], ys[band + 1], down) for column in range(columns)]
        for band in range(bands)
    ]
    tops = [
        [_top(ys, band, starts, starts[band][column], xs, across) for column in range(columns)]
        for band in range(bands)
    ]
    cells: list[list[list[Token]]] = [[[] for _ in range(columns)] for _ in range(bands)]
    for token in tokens:
        x, y = (token.x0 + token.x1) / 2, token.baseline - 0.3 * token.size
        if not (xs[0] <= x < xs[-1] and ys[0] <= y < ys[-1]):
            continue
        column = sum(x >= border for border in xs) - 1
        band = sum(y >= border for border in ys) - 1
        cells[tops[band][column]][starts[band][column]].append(token)
    spans = [[starts[band].count(column) for column in range(columns)] for band in range(bands)]
    filled = [sum(bool(cell) for cell in band) for band in cells]
    if sum(count > 0 for count in filled) < 2 and len(ys) < 3:
        return None
    if max(filled) < 2:
        return None
    return Grid(xs, ys, cells, spans)


def _start(xs: list[float], column: int, y0: float, y1: float, down: list[Stroke]) -> int:
    """Return the first column of the cell that `column` belongs to in a band."""
    middle = (y0 + y1) / 2
    while column > 0:
        drawn = any(
            abs(x - xs[column]) <= _JOIN and top <= middle <= bottom for x, top, bottom in down
        )
        if drawn:
            break
        column -= 1
    return column


def _top(
    ys: list[float],
    band: int,
    starts: list[list[int]],
    start: int,
    xs: list[float],
    across: list[Stroke],
) -> int:
    """Return the first band of the cell: up while no border is drawn above it."""
    middle = (xs[start] + xs[start + 1]) / 2
    while band > 0:
        drawn = any(
            abs(y - ys[band]) <= _JOIN and left <= middle <= right for y, left, right in across
        )
        if drawn or starts[band - 1][start] != start or starts[band - 1] != starts[band]:
            break
        band -= 1
    return band
