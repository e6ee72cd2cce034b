"""Words, lines and pictures of PDF pages."""

import io
import threading

import pypdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from rag.pdf.pdfium import PdfBrokenError, PdfError, PdfPasswordError, render, words


def make(draw, size=(400, 300), pages=1):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for _ in range(pages):
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def simple(canvas):
    canvas.setFont("Helvetica-Bold", 12)
    canvas.drawString(50, 200, "Udgift 1.000")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, 180, "omstil-")
    canvas.drawString(50, 168, "lingsplan")
    canvas.line(50, 150, 250, 150)
    canvas.rect(60, 50, 100, 40)


def test_words_stand_where_they_are_shown():
    (page,) = words(make(simple))
    assert (page.width, page.height) == (400, 300)
    assert [w.text for w in page.words] == ["Udgift", "1.000", "omstil-", "lingsplan"]
    first = page.words[0]
    assert first.baseline == pytest.approx(100, abs=0.1)
    assert first.box.x0 == pytest.approx(50, abs=0.5)
    assert first.box.y0 < 100 < first.box.y1
    assert (first.size, first.bold, first.angle) == (12, True, 0)
    assert not page.words[2].bold


def test_rules_are_lines_and_borders():
    (page,) = words(make(simple))
    level = [r for r in page.rules if r.y0 == r.y1]
    assert any(r.x0 == 50 and r.x1 == 250 and r.y0 == 150 for r in level)
    assert len([r for r in page.rules if r.x0 == r.x1]) == 2
    assert len(level) == 3


def test_a_turned_page_is_read_as_shown():
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(make(simple)))
    writer.pages[0].rotate(90)
    out = io.BytesIO()
    writer.write(out)
    (page,) = words(out.getvalue())
    assert (page.width, page.height) == (300, 400)
    first = page.words[0]
    assert first.angle == 90
    assert first.baseline == pytest.approx(200, abs=0.1)
    assert first.box.y0 == pytest.approx(50, abs=0.5)


def test_a_cropped_page_starts_at_its_corner():
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(make(simple)))
    writer.pages[0].cropbox = pypdf.generic.RectangleObject((40, 160, 300, 260))
    out = io.BytesIO()
    writer.write(out)
    (page,) = words(out.getvalue())
    assert (page.width, page.height) == (260, 100)
    assert page.words[0].box.x0 == pytest.approx(10, abs=0.5)
    assert page.words[0].baseline == pytest.approx(60, abs=0.1)


def test_a_page_is_rendered_at_its_scale():
    picture = Image.open(io.BytesIO(render(make(simple), 1, 2.0)))
    assert picture.format == "PNG" and picture.size == (800, 600)
    dark = picture.convert("L").point(lambda v: 255 if v < 128 else 0).getbbox()
    assert dark is not None and dark[0] == pytest.approx(100, abs=4)


def test_errors_are_told_apart(tmp_path):
    with pytest.raises(PdfBrokenError):
        words(b"no pdf")
    with pytest.raises(PdfBrokenError):
        words(tmp_path / "missing.pdf")
    with pytest.raises(PdfBrokenError):
        render(make(simple), 2)
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(make(simple)))
    writer.encrypt("kodeord", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(PdfPasswordError):
        words(out.getvalue())
    assert issubclass(PdfPasswordError, PdfError)


def test_threads_may_read_and_render_at_once():
    data = make(simple, pages=3)
    found, failed = [], []

    def work():
        try:
            for _ in range(5):
                found.append([w.text for page in words(data) for w in page.words])
                render(data, 2, 0.5)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(found) == 30 and all(texts == found[0] for texts in found)
