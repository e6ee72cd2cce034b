"""Word positions, ruling lines and page pictures of PDFs, through pdfium.

The one importer of pypdfium2. pdfium is not thread-safe: every call into it is
made under one process-wide lock, which is let go between pages.
"""

from __future__ import annotations

import ctypes
import io
import math
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rag.types import Box

if TYPE_CHECKING:
    from PIL.Image import Image

_LOCK = threading.Lock()
_BREAKS = frozenset(map(ord, " \t\r\n\x0b\x0c\x00\xa0\u2002\u2003\u2007\u2009\u202f\u3000"))
_MOST_OBJECTS = 20_000  # a page with more drawn objects is a map or a plot, not a table
_THIN = 3.0  # a filled rectangle this many points thick is a drawn line
_SHORT = 4.0  # shorter lines are corners and ticks


class PdfError(Exception):
    """A PDF that pdfium cannot open or show; the base of the two below."""


class PdfPasswordError(PdfError):
    """The PDF needs a password."""


class PdfBrokenError(PdfError):
    """The bytes are no PDF that can be opened, or the page does not exist."""


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


class Rule(NamedTuple):
    """A drawn horizontal (`y0 == y1`) or vertical (`x0 == x1`) line, in points."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class PageWords:
    """A page as shown: its size in points, its words in content order, its lines.

    `unmapped` counts the words whose letters the file does not name (a font
    without a Unicode map): they are not among `words`. `objects` counts what is
    drawn on the page, pictures too.
    """

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    unmapped: int = 0
    objects: int = 0


def words(source: Path | bytes) -> list[PageWords]:
    """Return the words and ruling lines of every page of a PDF.

    Raises PdfPasswordError or PdfBrokenError.
    """
    pages = []
    with _document(source) as document:
        with _LOCK:
            count = len(document)
        for index in range(count):
            with _LOCK, _page(document, index) as page:
                pages.append(_read(page))
    return pages


def render(source: Path | bytes, page: int, scale: float = 1.5) -> bytes:
    """Return page `page` (from 1) as a PNG of `scale` pixels a point.

    Raises PdfPasswordError or PdfBrokenError.
    """
    with _document(source) as document, _LOCK:
        if not 1 <= page <= len(document):
            raise PdfBrokenError(f"no page {page} among {len(document)}")
        with _page(document, page - 1) as handle:
            bitmap = handle.render(scale=scale)
            try:
                picture: Image = bitmap.to_pil().copy()
            finally:
                bitmap.close()
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@contextmanager
def _document(source: Path | bytes) -> Iterator[Any]:
    with _LOCK:
        import pypdfium2

        opened: Any = pypdfium2.PdfDocument
        raw: Any = pypdfium2.raw
        try:
            document = opened(source)
        except pypdfium2.PdfiumError as error:
            if error.err_code == raw.FPDF_ERR_PASSWORD:
                raise PdfPasswordError(str(error)) from error
            raise PdfBrokenError(str(error)) from error
        except OSError as error:
            raise PdfBrokenError(str(error)) from error
    try:
        yield document
    finally:
        with _LOCK:
            document.close()


@contextmanager
def _page(document: Any, index: int) -> Iterator[Any]:
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise PdfBrokenError(f"page {index + 1}: {error}") from error
    try:
        yield page
    finally:
        page.close()


class _Frame:
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
        return self._a * x + self._c * y + self._e, self._b * x + self._d * y + self._f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _read(page: Any) -> PageWords:
    import pypdfium2

    raw: Any = pypdfium2.raw
    frame = _Frame(page, raw)
    turned = page.get_rotation()
    found: list[Word] = []
    unmapped = 0
    # pdfium parts turned writing into letters: each direction is read upright.
    for angle in _angles(page, frame, raw):
        page.set_rotation((turned - angle) % 360)
        text = page.get_textpage()
        try:
            own, lost = _words(text, frame, raw)
        finally:
            text.close()
        found += [word for word in own if word.angle == angle]
        unmapped = max(unmapped, lost)
    rules = tuple(_rules(page, frame, raw))
    objects = raw.FPDFPage_CountObjects(page)
    return PageWords(frame.width, frame.height, tuple(found), rules, unmapped, objects)


def _angles(page: Any, frame: _Frame, raw: Any) -> list[int]:
    """Return the turns of a page's writing, seen in every third letter, most used first."""
    text = page.get_textpage()
    try:
        chars = _Chars(text.raw, frame, raw)
        seen = Counter(chars.angle(i) for i in range(0, text.count_chars(), 3))
    finally:
        text.close()
    return [angle for angle, _ in seen.most_common()]


def _words(text: Any, frame: _Frame, raw: Any) -> tuple[list[Word], int]:
    """Return the words of a text page, and how many could not be read."""
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
    # pdfium writes a hyphen at the end of a line as U+FFFE or U+0002.
    string = "".join("-" if c in (0xFFFE, 2) else chr(c) for c in letters if c <= 0x10FFFF)
    return string.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _on_page(box: Box, frame: _Frame) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return 0 <= x <= frame.width and 0 <= y <= frame.height


class _Chars:
    """Reads the geometry of single characters of a text page."""

    def __init__(self, handle: Any, frame: _Frame, raw: Any) -> None:
        self._handle: Any = handle
        self._frame, self._raw = frame, raw
        self._x, self._y, self._rect = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        self._matrix, self._name = raw.FS_MATRIX(), ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

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

    def straight(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Split characters that pdfium runs together though they lie apart."""
        size, angle = self.size(start), self.angle(start)
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
        angle = self.angle(start)
        x, y = self.origin(start)
        baseline = x if angle % 180 == 90 else y
        return Word(string, box, baseline, self.size(start), self.bold(start), angle)


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


def _rules(page: Any, frame: _Frame, raw: Any) -> Iterator[Rule]:
    """Yield the horizontal and vertical lines drawn on a page, also in its forms."""
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
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            yield from _path_rules(handle, own(handle, outer), frame, raw)


def _path_rules(handle: Any, matrix: _Matrix, frame: _Frame, raw: Any) -> Iterator[Rule]:
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
    handle: Any, matrix: _Matrix, frame: _Frame, raw: Any
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
