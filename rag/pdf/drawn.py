"""What is drawn on a page beside writing: pictures, and surfaces that are not white.

Called by `rag.pdf.pdfium` alone, under its lock; `raw` is pypdfium2's raw module.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

from rag.pdf.frame import Frame
from rag.store.source import Box

_MOST_OBJECTS = 20_000  # as of `rag.pdf.rules`
_WHITE = 250  # the least of each colour


def pictures_on(page: Any, frame: Frame, raw: Any) -> list[Box]:
    """Return where the pictures of a page stand, as shown, apart from what its forms hold."""
    return [_box(h, frame, raw) for h in _objects(page, raw) if _is(h, raw.FPDF_PAGEOBJ_IMAGE, raw)]


def surfaces_on(page: Any, frame: Frame, raw: Any) -> list[Box]:
    """Return where what is neither writing nor white stands on a page, as shown."""
    return [
        _box(handle, frame, raw)
        for handle in _objects(page, raw)
        if not _is(handle, raw.FPDF_PAGEOBJ_TEXT, raw) and not _is_white(handle, raw)
    ]


def is_on(box: Box, surfaces: Sequence[Box]) -> bool:
    """Tell whether the middle of a box is on one of several surfaces."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1 for b in surfaces)


def _objects(page: Any, raw: Any) -> Iterator[Any]:
    count = min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    return (raw.FPDFPage_GetObject(page, i) for i in range(count))


def _is(handle: Any, kind: int, raw: Any) -> bool:
    return bool(raw.FPDFPageObj_GetType(handle) == kind)


def _is_white(handle: Any, raw: Any) -> bool:
    """Tell whether a shape is not filled, or filled with white."""
    if not _is(handle, raw.FPDF_PAGEOBJ_PATH, raw):
        return False
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, fill, stroke)
    colour = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(handle, *colour)
    return not fill.value or min(c.value for c in colour[:3]) >= _WHITE


def _box(handle: Any, frame: Frame, raw: Any) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    one, other = frame.point(left.value, bottom.value), frame.point(right.value, top.value)
    return Box(
        min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
    )
