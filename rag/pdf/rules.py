"""Horizontal and vertical lines, and pictures, drawn on a pdfium page.

Called by `rag.pdf.pdfium` alone, under its lock; `raw` is pypdfium2's raw module.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from math import hypot
from typing import Any, NamedTuple

from rag.pdf.frame import Frame

_MOST_OBJECTS = 20_000  # a page with more drawn objects is a map or a plot, not a table
_THIN = 3.0  # a filled rectangle this many points thick is a drawn line
_PICTURE = (6.0, 36.0)  # points high and wide: what less can be read of?
_SHORT = 4.0  # shorter lines are corners and ticks


class Rule(NamedTuple):
    """A drawn horizontal (`y0 == y1`) or vertical (`x0 == x1`) line, in points."""

    x0: float
    y0: float
    x1: float
    y1: float


_Matrix = tuple[float, float, float, float, float, float]


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    a, b, c, d, e, f = m
    p, q, r, s, t, u = n
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _drawn_on(page: Any, raw: Any) -> Iterator[tuple[int, Any, _Matrix]]:
    """Yield what is drawn on a page, also in its forms: its kind, itself, and where it stands."""
    matrix = raw.FS_MATRIX()

    def own(handle: Any, outer: _Matrix) -> _Matrix:
        if not raw.FPDFPageObj_GetMatrix(handle, matrix):
            return outer
        inner = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        return _times(inner, outer)

    todo = [
        (raw.FPDFPage_GetObject(page, i), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
        for i in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS))
    ]
    seen = 0
    while todo and seen < _MOST_OBJECTS:
        handle, outer = todo.pop()
        seen += 1
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            inside = own(handle, outer)
            todo += [
                (raw.FPDFFormObj_GetObject(handle, i), inside)
                for i in range(min(raw.FPDFFormObj_CountObjects(handle), _MOST_OBJECTS))
            ]
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield kind, handle, own(handle, outer)


def rules_of(page: Any, frame: Frame, raw: Any) -> tuple[list[Rule], int]:
    """Return the horizontal and vertical lines drawn on a page, and how many pictures are.

    A picture too small for eleven letters to be read on it is none.
    """
    rules: list[Rule] = []
    pictures = 0
    for kind, handle, matrix in _drawn_on(page, raw):
        if kind == raw.FPDF_PAGEOBJ_PATH:
            rules += _path_rules(handle, matrix, frame, raw)
        else:
            a, b, c, d, _, _ = matrix
            sides = sorted((hypot(a, b), hypot(c, d)))
            pictures += sides[0] >= _PICTURE[0] and sides[1] >= _PICTURE[1]
    return rules, pictures


def _path_rules(handle: Any, matrix: _Matrix, frame: Frame, raw: Any) -> Iterator[Rule]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, fill, stroke)
    lines = _segments(handle, matrix, frame, raw)
    if not lines or not (fill.value or stroke.value):
        return
    if not stroke.value:
        # A filled shape is a line only where it is as thin as one.
        xs = [x for line in lines for x in (line[0], line[2])]
        ys = [y for line in lines for y in (line[1], line[3])]
        x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        if y1 - y0 <= _THIN:
            lines = [(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)]
        elif x1 - x0 <= _THIN:
            lines = [((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)]
        else:
            return
    for x0, y0, x1, y1 in lines:
        if abs(y1 - y0) < 0.5 and abs(x1 - x0) >= _SHORT:
            yield Rule(min(x0, x1), (y0 + y1) / 2, max(x0, x1), (y0 + y1) / 2)
        elif abs(x1 - x0) < 0.5 and abs(y1 - y0) >= _SHORT:
            yield Rule((x0 + x1) / 2, min(y0, y1), (x0 + x1) / 2, max(y0, y1))


def _segments(
    handle: Any, matrix: _Matrix, frame: Frame, raw: Any
) -> list[tuple[float, float, float, float]]:
    """Return the straight segments of a path, as shown; none for a long curve."""
    count = raw.FPDFPath_CountSegments(handle)
    if count > 400:
        return []
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    lines: list[tuple[float, float, float, float]] = []
    start = at = (0.0, 0.0)
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(handle, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        to = frame.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = to
        elif kind == raw.FPDF_SEGMENT_LINETO:
            lines.append((*at, *to))
        at = to
        if raw.FPDFPathSegment_GetClose(segment):
            lines.append((*at, *start))
            at = start
    return lines
