"""Where a page's text stands, packed for storage: exact to 0.1 point."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import chain

import numpy as np

from rag.store.source import Box, Span

_PER_POINT = 10


def pack(spans: Sequence[Span]) -> bytes:
    """Return `spans` packed: about 4 bytes a word."""
    if not spans:
        return b""
    starts, ends, boxes = zip(*spans, strict=True)
    corners = np.fromiter(chain.from_iterable(boxes), np.float64).reshape(-1, 4)
    columns = np.vstack((starts, ends, np.rint(corners.T * _PER_POINT))).astype("<i4")
    # Differences along each column are small and alike, which zlib likes.
    return zlib.compress(np.diff(columns, prepend=np.zeros((6, 1), "<i4")).tobytes(), 6)


def unpack(packed: bytes) -> tuple[Span, ...]:
    """Return the spans that `pack` packed, their boxes rounded to 0.1 point."""
    if not packed:
        return ()
    steps = np.frombuffer(zlib.decompress(packed), dtype="<i4").reshape(6, -1)
    starts, ends, *corners = np.cumsum(steps, axis=1, dtype=np.int64).tolist()
    boxes = zip(*([c / _PER_POINT for c in corner] for corner in corners), strict=True)
    return tuple(Span(a, b, Box(*box)) for a, b, box in zip(starts, ends, boxes, strict=True))
