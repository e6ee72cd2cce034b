"""The letters of a pdfium text page: what they are, and where and how they stand.

Called by `rag.pdf.pdfium` alone, under its lock; `raw` is pypdfium2's raw module.
pdfium tells of one letter a call, and a page has thousands: calls are made from
C over all letters asked about, and write into numpy's memory.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import deque
from collections.abc import Sequence
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.pdf.frame import Frame, Numbers

_HYPHENS = {2: "-", 0xFFFE: "-"}  # what pdfium writes for a hyphen at the end of a line
_UNNAMED = 0xFFFD
# What a font without a map of its letters gives for those it does not name.
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
_INVISIBLE, _WHITE = 3, 250  # a way of drawing; the least of each colour
_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int


class Style(NamedTuple):
    """A letter's type size in points, its clockwise turn (0, 90, 180, 270), and its weight.

    `faint` is one that is not drawn, or drawn in white: seen only on something else.
    """

    size: float
    angle: int
    bold: bool
    faint: bool


class Letters:
    """Reads the letters of a text page by their numbers, from 0."""

    def __init__(self, text: Any, frame: Frame, raw: Any) -> None:
        self.count: int = text.count_chars()
        self._handle: Any = text.raw
        self._frame, self._raw = frame, raw
        self._page = ctypes.cast(self._handle, _ADDRESS).value
        self._matrix, self._name = raw.FS_MATRIX(), ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._styles: dict[int, Style] = {}

    def string(self) -> str:
        """Return the page's letters, one a number; U+FFFD for what is no letter of Unicode."""
        units = (ctypes.c_ushort * (2 * self.count + 1))()
        written = self._raw.FPDFText_GetText(self._handle, 0, self.count, units) - 1
        string = bytes(units)[: 2 * written].decode("utf-16-le", "replace")
        # It leaves letters out that have no code, and gives two for a pair of surrogates.
        if not len(string) == written == self.count or chr(_UNNAMED) in string:
            code, most = self._raw.FPDFText_GetUnicode, 0x10FFFF
            codes = map(code, repeat(self._handle), range(self.count))
            string = "".join(chr(c if c <= most else _UNNAMED) for c in codes)
        return (
            "".join(
                chr(_UNNAMED) if self._raw.FPDFText_HasUnicodeMapError(self._handle, i) else letter
                for i, letter in enumerate(string)
            ).translate(_HYPHENS)
            if _CONTROL.search(string)
            else string.translate(_HYPHENS)
        )

    def origins(self, at: Sequence[int]) -> Numbers:
        """Return where letters stand on their baselines: a row (x, y) each, as shown."""
        found = np.zeros((len(at), 2))
        function = _direct(self._raw, "FPDFText_GetCharOrigin", _INT, _INT, _ADDRESS, _ADDRESS)
        self._each(function, at, _addresses(found, 0), _addresses(found, 8))
        return self._frame.points(found)

    def boxes(self, at: Sequence[int]) -> Numbers:
        """Return the boxes of letters, as high as their type: rows (x0, y0, x1, y1), as shown."""
        found = np.zeros((len(at), 4), np.float32)
        function = _direct(self._raw, "FPDFText_GetLooseCharBox", _INT, _INT, _ADDRESS)
        self._each(function, at, _addresses(found, 0))
        return self._frame.boxes(found.astype(float))

    def styles(self, at: Sequence[int]) -> list[Style]:
        """Return the styles of printed letters (a space that pdfium adds has its own)."""
        function = _direct(self._raw, "FPDFText_GetTextObject", _ADDRESS, _INT)
        objects: list[int] = list(map(function, repeat(self._page), at))
        # What is drawn in one go has one font, size and direction.
        new = {d: i for d, i in zip(objects, at, strict=True) if d not in self._styles}
        for (drawn, i), angle in zip(new.items(), self.angles([*new.values()]), strict=True):
            self._styles[drawn] = Style(self._size(i), angle, self._bold(i), self._faint(drawn))
        return [self._styles[drawn] for drawn in objects]

    def angles(self, at: Sequence[int]) -> list[int]:
        """Return the clockwise turns of letters: 0, 90, 180 or 270 degrees."""
        function = _direct(self._raw, "FPDFText_GetCharAngle", ctypes.c_float, _INT)
        own: list[float] = list(map(function, repeat(self._page), at))
        turns = {a: round((self._frame.turn + math.degrees(a)) / 90) % 4 * 90 for a in set(own)}
        return [turns[a] for a in own]

    def _size(self, i: int) -> float:
        self._raw.FPDFText_GetMatrix(self._handle, i, self._matrix)
        own = math.hypot(self._matrix.c, self._matrix.d) or 1.0
        size: float = self._raw.FPDFText_GetFontSize(self._handle, i)
        return round(abs(size) * own * self._frame.scale, 2)

    def _faint(self, drawn: int) -> bool:
        handle = ctypes.cast(drawn, self._raw.FPDF_PAGEOBJECT)
        if not drawn or self._raw.FPDFTextObj_GetTextRenderMode(handle) == _INVISIBLE:
            return bool(drawn)
        colour = [ctypes.c_uint() for _ in range(4)]
        told = self._raw.FPDFPageObj_GetFillColor(handle, *colour)
        return bool(told) and min(c.value for c in colour[:3]) >= _WHITE

    def _bold(self, i: int) -> bool:
        self._raw.FPDFText_GetFontInfo(self._handle, i, self._name, 128, self._flags)
        name: bytes = self._name.value.lower()
        if any(part in name for part in (b"bold", b"black", b"heavy")):
            return True
        return bool(self._raw.FPDFText_GetFontWeight(self._handle, i) >= 600)

    def _each(self, function: Any, at: Sequence[int], *addresses: range) -> None:
        deque(map(function, repeat(self._page), at, *addresses), maxlen=0)


@cache
def _direct(raw: Any, name: str, result: Any, *arguments: Any) -> Any:
    """Return pdfium's function `name` of a text page, taking addresses as numbers.

    ctypes is twice as fast with them as with pointers. Python's lock is kept:
    let go at each of thousands of calls, it is waited for as often.
    """
    address: Any = ctypes.cast(getattr(raw, name), _ADDRESS).value
    return ctypes.PYFUNCTYPE(result, _ADDRESS, *arguments)(address)


def _addresses(table: NDArray[Any], offset: int) -> range:
    """Return the address in memory of each row of a table, `offset` bytes into it."""
    first, step = table.ctypes.data + offset, table.strides[0]
    return range(first, first + step * len(table), step)
