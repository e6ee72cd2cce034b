"""Word positions, ruling lines and page pictures of PDFs, through pdfium.

The one importer of pypdfium2. pdfium is not thread-safe: every call into it is
made under one process-wide lock, which is let go between pages.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.pdf.drawn import is_on, pictures_on, surfaces_on
from rag.pdf.frame import Frame
from rag.pdf.rules import Rule, rules_of
from rag.pdf.words import Word, angles, words_of
from rag.store.source import Box

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = [
    "PageWords",
    "PdfBrokenError",
    "PdfError",
    "PdfPasswordError",
    "Rule",
    "Word",
    "render",
    "words",
]

_LOCK = threading.Lock()


class PdfError(Exception):
    """A PDF that pdfium cannot open or show; the base of the two below."""


class PdfPasswordError(PdfError):
    """The PDF needs a password."""


class PdfBrokenError(PdfError):
    """The bytes are no PDF that can be opened, or the page does not exist."""


@dataclass(frozen=True)
class PageWords:
    """A page as shown: its size in points, its words in content order, its lines.

    `unmapped` counts the words of whose letters the file does not name all (a font
    without a Unicode map), `hidden` are those that are not seen: not drawn, or white on
    white; none of these are among `words`. `objects` counts what is drawn on the page,
    pictures too, which stand at `pictures`; `legible` counts those, in its forms too,
    of a size that words can be read on.
    """

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    unmapped: int = 0
    objects: int = 0
    hidden: tuple[Word, ...] = ()
    pictures: tuple[Box, ...] = ()
    legible: int = 0


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

    What is laid over the page, notes and filled-in fields, is not in its words nor here.
    Raises PdfPasswordError or PdfBrokenError.
    """
    with _document(source) as document, _LOCK:
        if not 1 <= page <= len(document):
            raise PdfBrokenError(f"no page {page} among {len(document)}")
        with _page(document, page - 1) as handle:
            bitmap = handle.render(scale=scale, draw_annots=False, may_draw_forms=False)
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


def _read(page: Any) -> PageWords:
    import pypdfium2

    raw: Any = pypdfium2.raw
    frame = Frame(page, raw)
    turned = page.get_rotation()
    read: dict[int, tuple[list[Word], int]] = {}
    with closing(page.get_textpage()) as text:
        turns = angles(text, frame, raw)
        if 0 in turns:
            read[0] = words_of(text, frame, raw)
    # pdfium parts turned writing into letters: each direction is read upright.
    for angle in filter(None, turns):
        page.set_rotation((turned - angle) % 360)
        with closing(page.get_textpage()) as text:
            read[angle] = words_of(text, frame, raw)
        page.set_rotation(turned)
    written = [word for angle in turns for word in read[angle][0] if word.angle == angle]
    surfaces = surfaces_on(page, frame, raw) if any(w.faint for w in written) else []
    # The text of a scanned page is not drawn: it lies on the page's picture.
    seen = [not w.faint or is_on(w.box, surfaces) for w in written]
    found = tuple(compress(written, seen))
    hidden = tuple(word for word, shown in zip(written, seen, strict=True) if not shown)
    pictures = tuple(pictures_on(page, frame, raw))
    unmapped = max((lost for _, lost in read.values()), default=0)
    rules, legible = rules_of(page, frame, raw)
    objects = raw.FPDFPage_CountObjects(page)
    return PageWords(
        frame.width,
        frame.height,
        found,
        tuple(rules),
        unmapped=unmapped,
        objects=objects,
        hidden=hidden,
        pictures=pictures,
        legible=legible,
    )
