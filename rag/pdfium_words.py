"""Words of a pdfium text page, placed as the page is shown.

Called by `rag.pdfium` alone, under its lock; `raw` is pypdfium2's raw module.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from rag.source import Box

_SAMPLE = 300  # letters: a turned remark in the margin is still seen
_BREAKS = frozenset(map(ord, " \t\r\n\x0b\x0c\x00\xa0\u2002\u2003\u2007\u2009\u202f\u3000"))


class Word(NamedTuple):
    """A word of a page as it is shown.

    `box` is in points from the top left. `angle` is the clockwise turn of the
    writing: 0, 90, 180 or 270 degrees. `baseline` is the y the letters stand
    on; for words turned by 90 or 270 degrees it is their x. `size` is the type
    size in points.
    """

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool = False
    angle: int = 0


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
        """Return where a point of the page's own coordinates is shown."""
        return self._a * x + self._c * y + self._e, self._b * x + self._d * y + self._f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where a rectangle of the page's own coordinates is shown."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def angles(page: Any, frame: Frame, raw: Any) -> list[int]:
    """Return the turns of a page's writing, seen in a sample of its letters, most used first."""
    text = page.get_textpage()
    try:
        chars = _Chars(text.raw, frame, raw)
        count = text.count_chars()
        seen = Counter(chars.angle(i) for i in range(0, count, 1 + count // _SAMPLE))
    finally:
        text.close()
    return [angle for angle, _ in seen.most_common()]


def words_of(text: Any, frame: Frame, raw: Any) -> tuple[list[Word], int]:
    """Return the words of a text page, and how many its fonts do not name the letters of."""
    count, handle, code = text.count_chars(), text.raw, raw.FPDFText_GetUnicode
    chars = _Chars(handle, frame, raw)
    found: list[Word] = []
    unmapped, start = 0, -1
    letters = [code(handle, i) for i in range(count)]
    for i, letter in enumerate([*letters, 32]):
        if letter not in _BREAKS:
            start = i if start < 0 else start
            continue
        if start < 0:
            continue
        for a, b in chars.straight(start, i):
            string = _string(letters[a:b])
            if "\ufffd" in string:
                unmapped += 1
                continue
            word = chars.word(string, a, b)
            if _on_page(word.box, frame):
                found.append(word)
        start = -1
    return found, unmapped


def _string(letters: list[int]) -> str:
    if max(letters) < 0xD800 and 2 not in letters:
        return "".join(map(chr, letters))
    # pdfium writes a hyphen at the end of a line as U+FFFE or U+0002.
    string = "".join("-" if c in (0xFFFE, 2) else chr(c) for c in letters if c <= 0x10FFFF)
    return string.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _on_page(box: Box, frame: Frame) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return 0 <= x <= frame.width and 0 <= y <= frame.height


class _Chars:
    """Reads the geometry of single characters of a text page."""

    def __init__(self, handle: Any, frame: Frame, raw: Any) -> None:
        self._handle: Any = handle
        self._frame, self._raw = frame, raw
        self._x, self._y, self._rect = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        self._matrix, self._name = raw.FS_MATRIX(), ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._styled = -1, (0.0, 0)

    def origin(self, i: int) -> tuple[float, float]:
        self._raw.FPDFText_GetCharOrigin(self._handle, i, self._x, self._y)
        return self._frame.point(self._x.value, self._y.value)

    def box(self, i: int) -> Box:
        rect = self._rect
        self._raw.FPDFText_GetLooseCharBox(self._handle, i, rect)
        return self._frame.box(rect.left, rect.bottom, rect.right, rect.top)

    def angle(self, i: int) -> int:
        own = math.degrees(self._raw.FPDFText_GetCharAngle(self._handle, i))
        return round((self._frame.turn - own) / 90) % 4 * 90

    def size(self, i: int) -> float:
        self._raw.FPDFText_GetMatrix(self._handle, i, self._matrix)
        own = math.hypot(self._matrix.c, self._matrix.d) or 1.0
        size: float = self._raw.FPDFText_GetFontSize(self._handle, i)
        return round(abs(size) * own * self._frame.scale, 2)

    def bold(self, i: int) -> bool:
        self._raw.FPDFText_GetFontInfo(self._handle, i, self._name, 128, self._flags)
        name: bytes = self._name.value.lower()
        if any(part in name for part in (b"bold", b"black", b"heavy")):
            return True
        return bool(self._raw.FPDFText_GetFontWeight(self._handle, i) >= 600)

    def style(self, i: int) -> tuple[float, int]:
        """Return the size and angle of a character; asked again, the last one is remembered."""
        if i != self._styled[0]:
            self._styled = i, (self.size(i), self.angle(i))
        return self._styled[1]

    def straight(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Split characters that pdfium runs together though they lie apart."""
        size, angle = self.style(start)
        right, down = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[angle]

        def apart(a: tuple[float, float], b: tuple[float, float]) -> bool:
            x, y = b[0] - a[0], b[1] - a[1]
            return abs(y * right - x * down) >= 0.5 * size or x * right + y * down < -0.5 * size

        if not apart(self.origin(start), self.origin(end - 1)):
            yield start, end
            return
        at, last = start, self.origin(start)
        for i in range(start + 1, end):
            here = self.origin(i)
            if apart(last, here):
                yield at, i
                at = i
            last = here
        yield at, end

    def word(self, string: str, start: int, end: int) -> Word:
        first = self.box(start)
        last = self.box(end - 1) if end - 1 > start else first
        box = Box(
            min(first.x0, last.x0),
            min(first.y0, last.y0),
            max(first.x1, last.x1),
            max(first.y1, last.y1),
        )
        size, angle = self.style(start)
        x, y = self.origin(start)
        baseline = x if angle % 180 == 90 else y
        return Word(string, box, baseline, size, self.bold(start), angle)
