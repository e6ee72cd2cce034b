"""Where a page's text stands, packed for storage: exact to 0.1 point."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from rag.store.source import Box, Span

_PER_POINT = 10


def pack(spans: Sequence[Span]) -> bytes:
    """Return `spans` packed: about 4 bytes a word."""
    if not spans:
        return b""
    table = np.array([(s.start, s.end, *s.box) for s in spans], dtype=np.float64)
    table[:, 2:] *= _PER_POINT
    # Differences down each column are small and alike, which zlib likes.
    steps = np.diff(np.rint(table).astype("<i4"), axis=0, prepend=np.zeros((1, 6), "<i4"))
    return zlib.compress(steps.T.astype("<i4").tobytes(), 6)


def unpack(packed: bytes) -> tuple[Span, ...]:
    """Return the spans that `pack` packed, their boxes rounded to 0.1 point."""
    if not packed:
        return ()
    steps = np.frombuffer(zlib.decompress(packed), dtype="<i4").reshape(6, -1)
    starts, ends, *corners = np.cumsum(steps, axis=1, dtype=np.int64).tolist()
    boxes = zip(*([c / _PER_POINT for c in corner] for corner in corners), strict=True)
    return tuple(Span(a, b, Box(*box)) for a, b, box in zip(starts, ends, boxes, strict=True))
