"""PDFs as they are printed: turned, hidden, pictured, in columns; what is not read is told."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.read.pdf import read_pdf
from rag.store.source import SourceDocument

SIZE = (595, 842)
ROWS = (
    ("Projekt", "2026", "2027"),
    ("Brandstation", "8.050", "9.060"),
    ("Spejderhus", "315", "425"),
)


def read(draw: Callable[[Canvas], None], turn: int = 0) -> SourceDocument:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=SIZE)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    if turn:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(out.getvalue()))
        writer.pages[0].rotate(turn)
        out = io.BytesIO()
        writer.write(out)
    return read_pdf("x.pdf", out.getvalue())


def texts(source: SourceDocument) -> list[str]:
    return [source.text(b) for b in source.blocks]


def table(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 10)
    for n, (label, *values) in enumerate(ROWS):
        canvas.drawString(60, 400 - 20 * n, label)
        for c, value in enumerate(values):
            canvas.drawRightString(250 + 70 * c, 400 - 20 * n, value)


@pytest.mark.parametrize("sideways", [90, 180, 270])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_table_is_read_however_page_and_writing_are_turned(sideways: int, turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(297, 421)
        canvas.rotate(sideways)
        canvas.translate(-220, -370)
        table(canvas)

    source = read(draw, turn)
    rows = [source.cell_texts(b) for b in source.blocks if b.kind == "row"]
    assert rows == list(ROWS)


def hidden(canvas: Canvas) -> None:
    written = canvas.beginText(60, 660)
    written.setTextRenderMode(3)
    written.textLine("Udstillingen koster 777.000 kr.")
    canvas.drawText(written)


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(60, 660, "Formidling koster 888.000 kr.")


@pytest.mark.parametrize("unseen", [hidden, white])
def test_what_is_not_seen_is_not_read_and_told(unseen: Callable[[Canvas], None]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Museet koster 485.000 kr.")
        unseen(canvas)

    source = read(draw)
    assert texts(source) == ["Museet koster 485.000 kr."]
    (warning,) = source.warnings
    assert "side 1" in warning.da and "page 1" in warning.en and "usynlig" in warning.da


def test_white_on_dark_and_the_text_under_a_scanned_page_are_read() -> None:
    def head(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0.2, 0.4)
        canvas.rect(50, 650, 300, 30, fill=1, stroke=0)
        white(canvas)

    def scan(canvas: Canvas) -> None:
        picture = ImageReader(Image.new("RGB", (60, 80), "lightgrey"))
        canvas.drawImage(picture, 0, 0, *SIZE)
        hidden(canvas)

    for draw, said in ((head, "Formidling"), (scan, "Udstillingen")):
        source = read(draw)
        assert texts(source)[0].startswith(said)
        assert not any("ikke læst" in w.da or "usynlig" in w.da for w in source.warnings)


@pytest.mark.parametrize(("size", "told"), [((400, 120), True), ((60, 60), False)])
def test_a_large_picture_among_text_is_told(size: tuple[int, int], told: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Fordelingen ses i tabellen.")
        canvas.drawImage(ImageReader(Image.new("RGB", (40, 12), "grey")), 60, 500, *size)

    unread = [w for w in read(draw).warnings if "er ikke læst" in w.da]
    assert [("billedet på side 1" in w.da) for w in unread] == [True] * told


LEFT = (
    "Udvalget har gennemgået planen for", "Havnegade og vurderer, at krydset",
    "skal bygges om. Prisen er beregnet til", "3,4 mio. kr. i 2026, og arbejdet går i",
    "gang efter sommerferien. Der bliver", "sat skilte op ved omkørslen.",
)  # fmt: skip
RIGHT = (
    "Bybus 12 får en ny endestation ved", "sygehuset. Driften koster 1,9 mio. kr.",
    "i 2026 og dækkes af kollektiv trafik.", "Bussen kører hvert kvarter om dagen",
    "og hver halve time om aftenen på alle", "hverdage fra den 1. marts 2026.",
)  # fmt: skip


@pytest.mark.parametrize("by_row", [True, False])
def test_columns_are_read_one_by_one_however_they_are_written(by_row: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        lines = [(60, n, text) for n, text in enumerate(LEFT)]
        lines += [(320, n, text) for n, text in enumerate(RIGHT)]
        for x, n, text in sorted(lines, key=lambda line: line[1]) if by_row else lines:
            canvas.drawString(x, 700 - 13 * n, text)

    assert texts(read(draw)) == [" ".join(LEFT), " ".join(RIGHT)]


def test_a_table_of_words_is_no_columns_of_text() -> None:
    rows = [
        (f"{n}. {what} på alle skoler i kommunen", f"{n}. marts 2026 eller {state} derefter")
        for n, (what, state) in enumerate(
            zip("Lys Luft Lyd Legeplads Læring".split(), "abcde", strict=True), 1
        )
    ]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for n, (what, when) in enumerate(rows):
            canvas.drawString(60, 700 - 13 * n, what)
            canvas.drawString(320, 700 - 13 * n, when)

    said = " ".join(texts(read(draw)))
    assert all(f"{what} {when}" in said for what, when in rows)


def test_a_contents_list_is_no_source() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for n, title in enumerate(("Drift af veje", "Anlæg i 2026", "Takster", "Bilag")):
            canvas.drawString(60, 700 - 14 * n, f"{n + 1}. {title} {'.' * (60 - n)} {n + 3}")
        canvas.drawString(60, 600, "Driften af veje koster 12 mio. kr. i 2026.")

    source = read(draw)
    assert texts(source) == ["Driften af veje koster 12 mio. kr. i 2026."]
    assert any("Takster" in line for line in source.furniture)


def test_letters_that_no_font_names_are_told_and_the_rest_is_read() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=SIZE, pageCompression=0)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 700, "Entr# koster 62 kr. i 2026.")
    canvas.save()
    # A letter that the font's encoding gives no name.
    source = read_pdf("x.pdf", out.getvalue().replace(b"Entr#", b"Entr\x02"))
    assert texts(source) == ["Entr\ufffd koster 62 kr. i 2026."]
    assert any("side 1 mangler bogstaver" in warning.da for warning in source.warnings)


def test_a_number_broken_in_a_cell_is_one() -> None:
    from reportlab.platypus import SimpleDocTemplate, Table

    out = io.BytesIO()
    rows = [
        ["Hal", "2026", "2027"],
        ["Syd", "12.450.\n000", "-3.200.\n000"],
        ["Nord", "1.150", "2"],
    ]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("ALIGN", (1, 0), (-1, -1), "RIGHT")]
    SimpleDocTemplate(out, pagesize=SIZE).build([Table(rows, colWidths=[90, 60, 60], style=grid)])
    source = read_pdf("x.pdf", out.getvalue())
    cells = [source.cell_texts(b) for b in source.blocks if b.kind == "row"]
    assert cells[1] == ("Syd", "12.450.000", "-3.200.000")
