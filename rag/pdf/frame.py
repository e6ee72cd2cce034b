"""Where points of a pdfium page's own coordinates are shown."""

from __future__ import annotations

import ctypes
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Frame:
    """Maps a page's own coordinates to points from the top left, as shown."""

    def __init__(self, page: Any, raw: Any) -> None:
        self.width: float
        self.height: float
        self.width, self.height = page.get_size()
        fine = 1000  # pdfium answers in whole device units
        size = (round(self.width * fine), round(self.height * fine))

        def shown(x: float, y: float) -> tuple[float, float]:
            dx, dy = ctypes.c_int(), ctypes.c_int()
            raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, dx, dy)
            return dx.value / fine, dy.value / fine

        self._e, self._f = shown(0, 0)
        (ax, ay), (cx, cy) = shown(100, 0), shown(0, 100)
        self._a, self._b = (ax - self._e) / 100, (ay - self._f) / 100
        self._c, self._d = (cx - self._e) / 100, (cy - self._f) / 100
        self.scale = math.hypot(self._c, self._d)
        self.turn = math.degrees(math.atan2(self._b, self._a))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is shown."""
        return self._a * x + self._c * y + self._e, self._b * x + self._d * y + self._f

    def points(self, own: Numbers) -> Numbers:
        """Return where points are shown: a row (x, y) each, as they are given."""
        x, y = own[:, 0], own[:, 1]
        return np.stack(
            (self._a * x + self._c * y + self._e, self._b * x + self._d * y + self._f), axis=1
        )

    def boxes(self, own: Numbers) -> Numbers:
        """Return where rectangles are shown, rows (x0, y0, x1, y1); given (x, y) of two corners."""
        one, other = self.points(own[:, :2]), self.points(own[:, 2:])
        return np.hstack((np.minimum(one, other), np.maximum(one, other)))
