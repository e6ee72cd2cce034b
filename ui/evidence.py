"""The picture of a page with the quoted place marked."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from rag.pdf import pdfium
from rag.store.source import Box, Page
from rag.text.personal import MASKED

SCALE = 2.0  # pixels a point
QUOTED, MARKED, EDGE = (255, 246, 196), (255, 224, 64), (170, 120, 0)
_AROUND, _LEAST = (150, 90), 260  # points shown above and below the place; height at least
_MARGIN = 10  # points of paper left beside the text
_GROWN = 1.5  # points a mark stands out from its letters


def strips(boxes: Iterable[Box]) -> list[Box]:
    """Join the boxes of words that follow each other on a line, as a marker pen would."""
    joined: list[Box] = []
    for box in boxes:
        last = joined[-1] if joined else None
        if last is not None and _on_one_line(last, box):
            joined[-1] = Box(
                min(last.x0, box.x0),
                min(last.y0, box.y0),
                max(last.x1, box.x1),
                max(last.y1, box.y1),
            )
        else:
            joined.append(box)
    return joined


def mark(picture: Image.Image, quoted: Sequence[Box], marked: Sequence[Box]) -> Image.Image:
    """Return a page's picture with the quote in pale and the marked place in strong yellow.

    Boxes are in points, the picture is `SCALE` pixels a point. Letters stay as
    they are: the colour lies under them. A mark that is less than the quote is
    framed too.
    """
    page = picture.convert("RGB")
    layer = Image.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(layer)
    for boxes, colour in ((quoted, QUOTED), (marked, MARKED)):
        for strip in strips(boxes):
            pen.rectangle(_pixels(strip), fill=colour)
    page = ImageChops.multiply(page, layer)
    if list(marked) != list(quoted):
        pen = ImageDraw.Draw(page)
        for strip in strips(marked):
            pen.rectangle(_pixels(strip), outline=EDGE, width=2)
    return page


def black_out(picture: Image.Image, hidden: Sequence[Box]) -> Image.Image:
    """Return a page's picture with nothing to be read in the boxes `hidden`."""
    page = picture.convert("RGB")
    pen = ImageDraw.Draw(page)
    for box in hidden:
        pen.rectangle(_pixels(box), fill="black")
    return page


def cut(picture: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """Return the part of a page's picture around `boxes`, without its empty margins."""
    left, right = _written(picture)
    above, below = _AROUND
    top = max(0.0, min(b.y0 for b in boxes) - above)
    bottom = max(max(b.y1 for b in boxes) + below, top + _LEAST)
    return picture.crop(
        (left, round(top * SCALE), right, min(picture.height, round(bottom * SCALE)))
    )


def page_picture(
    pdf: Path, page: Page, quoted: tuple[int, int], marked: tuple[int, int], whole: bool = False
) -> bytes:
    """Return page `page` of a PDF as a PNG, `quoted` and `marked` ranges of its text in yellow.

    It is cut around the place unless `whole`. Personal numbers that the page's
    text hides are black. Raises `pdfium.PdfError`, also where a page with text has
    no boxes: nobody knows what its picture shows.
    """
    hidden = [page.boxes(*m.span()) for m in MASKED.finditer(page.text)]
    if not all(hidden) or (page.text and not page.spans):
        raise pdfium.PdfError(f"page {page.number} of {pdf} has text without a place")
    rendered = Image.open(io.BytesIO(pdfium.render(pdf, page.number, SCALE)))
    places = page.boxes(*quoted), page.boxes(*marked)
    picture = mark(black_out(rendered, [box for boxes in hidden for box in boxes]), *places)
    if not whole and (boxes := places[1] or places[0]):
        picture = cut(picture, boxes)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _on_one_line(a: Box, b: Box) -> bool:
    common = min(a.y1, b.y1) - max(a.y0, b.y0)
    return common > 0.5 * min(a.y1 - a.y0, b.y1 - b.y0)


def _pixels(box: Box) -> tuple[float, float, float, float]:
    return (
        (box.x0 - _GROWN) * SCALE,
        (box.y0 - _GROWN) * SCALE,
        (box.x1 + _GROWN) * SCALE,
        (box.y1 + _GROWN) * SCALE,
    )


def _written(picture: Image.Image) -> tuple[int, int]:
    """Return the left and right edge, in pixels, of what is printed on a page."""
    ink = picture.convert("L").point(lambda value: 255 if value < 245 else 0).getbbox()
    if ink is None:
        return 0, picture.width
    margin = round(_MARGIN * SCALE)
    return max(0, ink[0] - margin), min(picture.width, ink[2] + margin)
