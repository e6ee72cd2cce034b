from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from rag.pdf import pdfium
from rag.store.source import Box, Page, Span
from ui.evidence import EDGE, MARKED, QUOTED, SCALE, cut, mark, page_picture, strips

WIDTH, HEIGHT = 595.0, 842.0
Pixel = tuple[int, int, int]


@pytest.fixture
def pdf(tmp_path: Path) -> tuple[Path, Page]:
    """A PDF with a row of words low on its page, and the page as ingest would read it."""
    path = tmp_path / "side.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    canvas.setFont("Helvetica", 12)
    for x, word in ((100, "Stillinger"), (300, "2"), (400, "4")):
        canvas.drawString(x, 242, word)
    canvas.drawString(100, 800, "Overskrift")
    canvas.save()
    (read,) = pdfium.words(path)
    words = {w.text: w.box for w in read.words}
    spans = (
        Span(0, 10, words["Stillinger"]),
        Span(11, 12, words["2"]),
        Span(13, 14, words["4"]),
        Span(15, 25, words["Overskrift"]),
    )
    return path, Page(1, "Stillinger\t2\t4\nOverskrift", spans, WIDTH, HEIGHT)


def pixels(png: bytes, box: Box, top: float = 0, left: float = 0) -> set[Pixel]:
    """The colours in a box (points) of a picture whose corner is at `left`, `top` (pixels)."""
    corners = [round(v * SCALE - o) for v, o in zip(box, (left, top) * 2, strict=True)]
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return colours(picture.crop((*corners,)))  # type: ignore[arg-type]


def colours(picture: Image.Image) -> set[Pixel]:
    return {c for _, c in picture.getcolors(1 << 20) or []}  # type: ignore[misc]


def test_the_cell_is_strong_yellow_and_its_row_pale(pdf: tuple[Path, Page]) -> None:
    path, page = pdf
    picture = page_picture(path, page, (0, 14), (13, 14), whole=True)
    label, two, four, heading = (s.box for s in page.spans)
    assert MARKED in pixels(picture, four)
    assert MARKED not in pixels(picture, two)
    assert QUOTED in pixels(picture, two) and QUOTED in pixels(picture, label)
    between = Box(label.x1 + 20, label.y0, two.x0 - 20, label.y1)
    assert pixels(picture, between) == {QUOTED}, "the row is one strip"
    assert not {QUOTED, MARKED} & pixels(picture, heading)


def test_letters_stay_black_under_the_mark(pdf: tuple[Path, Page]) -> None:
    path, page = pdf
    picture = page_picture(path, page, (0, 10), (0, 10), whole=True)
    assert min(sum(c) for c in pixels(picture, page.spans[0].box)) < 60


def test_the_picture_is_cut_around_the_place(pdf: tuple[Path, Page]) -> None:
    path, page = pdf
    whole = Image.open(io.BytesIO(page_picture(path, page, (0, 14), (13, 14), whole=True)))
    near = page_picture(path, page, (0, 14), (13, 14))
    picture = Image.open(io.BytesIO(near)).convert("RGB")
    assert whole.size == (round(WIDTH * SCALE), round(HEIGHT * SCALE))
    assert picture.height < whole.height / 2 and picture.width < whole.width
    assert MARKED in colours(picture)


def test_a_page_with_text_but_no_boxes_has_no_picture(pdf: tuple[Path, Page]) -> None:
    path, page = pdf
    with pytest.raises(pdfium.PdfError):
        page_picture(path, Page(1, page.text, (), WIDTH, HEIGHT), (0, 14), (13, 14))
    whole = Image.open(io.BytesIO(page_picture(path, Page(1, ""), (0, 0), (0, 0))))
    assert whole.size == (round(WIDTH * SCALE), round(HEIGHT * SCALE))


def test_a_page_that_is_not_there_is_an_error(pdf: tuple[Path, Page]) -> None:
    with pytest.raises(pdfium.PdfError):
        page_picture(pdf[0], Page(7, "", ()), (0, 1), (0, 1))


def test_strips_join_the_words_of_a_line_and_keep_lines_apart() -> None:
    one, two, below = Box(0, 0, 10, 12), Box(14, 1, 30, 13), Box(0, 14, 20, 26)
    assert strips([one, two, below]) == [Box(0, 0, 30, 13), below]


def test_only_a_mark_that_is_less_than_the_quote_is_framed() -> None:
    blank, box = Image.new("RGB", (400, 200), "white"), Box(50, 20, 150, 40)
    row = Box(20, 20, 190, 40)
    assert EDGE not in colours(mark(blank, [box], [box]))
    assert EDGE in colours(mark(blank, [row], [box]))


def test_marks_that_overlap_do_not_darken() -> None:
    blank = Image.new("RGB", (400, 200), "white")
    box = Box(50, 20, 150, 40)
    once, twice = mark(blank, [box], []), mark(blank, [box, Box(0, 90, 1, 91), box], [])
    assert once.getpixel((200, 60)) == twice.getpixel((200, 60)) == QUOTED


def test_a_cut_stays_on_the_page() -> None:
    blank = Image.new("RGB", (400, 300), "white")
    assert cut(blank, [Box(10, 0, 20, 10)]).size == (400, 300)
    assert cut(blank, [Box(10, 140, 20, 150)]).size == (400, 300)
