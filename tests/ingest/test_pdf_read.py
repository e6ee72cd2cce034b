"""Running text of PDFs: hyphens, spacing, furniture, lists, headings, columns, errors."""

import io
from pathlib import Path

import pypdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.read import ocr
from ingest.read.errors import Unreadable
from ingest.read.pdf import read_pdf
from ingest.read.pdf_lines import Hyphens, Token
from rag.store.source import Bookmark, Box

SHARED = Path(__file__).parents[3] / "shared" / "pdfs"
HIGH = A4[1]


class Sheet:
    """A PDF drawn line by line; y counts from the top."""

    def __init__(self):
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4)

    def line(self, x, y, text, size=10, font="Helvetica"):
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HIGH - y, text)

    def lines(self, x, y, texts, leading=12, size=10, font="Helvetica"):
        for n, text in enumerate(texts):
            self.line(x, y + n * leading, text, size, font)

    def data(self):
        self.canvas.save()
        return self.out.getvalue()


def blocks(data):
    source = read_pdf("x.pdf", data)
    return [(b.kind, source.text(b)) for b in source.blocks]


FULL = [
    "Kommunen har i flere år arbejdet med at samle sine opgaver, og derfor er en omstil-",
    "lingsplan nu klar til behandling på børne- og ungeområdet. Det gælder også for den IT-",
    "brugeradministration, som i dag ligger spredt i Høje-Taastrup, og for de mange udviklings-",
    "og digitaliseringsopgaver i forvaltningerne.",
]
JOINED = (
    "Kommunen har i flere år arbejdet med at samle sine opgaver, og derfor er en "
    "omstillingsplan nu klar til behandling på børne- og ungeområdet. Det gælder også for den "
    "IT-brugeradministration, som i dag ligger spredt i Høje-Taastrup, og for de mange "
    "udviklings- og digitaliseringsopgaver i forvaltningerne."
)


@pytest.mark.parametrize("leading", [11.5, 14, 24])
def test_hyphens_and_line_spacing_are_undone(leading):
    sheet = Sheet()
    sheet.lines(60, 100, FULL, leading)
    sheet.lines(60, 100 + 6 * leading, FULL, leading)
    assert blocks(sheet.data()) == [("paragraph", JOINED)] * 2


def test_a_joined_word_has_both_boxes():
    sheet = Sheet()
    sheet.lines(60, 100, FULL)
    page = read_pdf("x.pdf", sheet.data()).pages[0]
    at = page.text.index("omstillingsplan")
    first, second = page.boxes(at, at + len("omstillingsplan"))
    assert first.x0 > 300 and second.x0 == pytest.approx(60, abs=1)
    assert second.y0 - first.y0 == pytest.approx(12, abs=0.5)
    right = 60 + stringWidth(FULL[0], "Helvetica", 10)
    assert first.x1 == pytest.approx(right, abs=1)


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("omstil-", "lingsplan", "omstillingsplan"),
        ("børne-", "og", "børne- og"),
        ("Høje-", "Taastrup", "Høje-Taastrup"),
        ("IT-", "brugere", "IT-brugere"),
        ("p-", "huse", "p-huse"),
        ("2026-", "2029", "2026-2029"),
        ("Indtægt/", "udgift", "Indtægt/udgift"),
        ("drift", "og", "drift og"),
        ("-", "drift", "- drift"),
        ("soft\u00ad", "hyphen", "softhyphen"),
    ],
)
def test_what_a_hyphen_at_a_line_end_means(before, after, joined):
    first, space = Hyphens().glue(before, after)
    assert first + space + after == joined


def test_the_files_own_words_decide_a_hyphen():
    def words(*texts):
        box = Box(0, 0, 1, 1)
        return [Token(t, 0, 0, 1, 1, 1, 10, False, box, i) for i, t in enumerate(texts)]

    assert Hyphens(words("e-mailadresse", "SMS-service")).glue("mail-", "boks") == ("mail", "")
    assert Hyphens(words("(mail-boks)")).glue("mail-", "boks.") == ("mail-", "")
    assert Hyphens(words("Budgetrammen")).glue("budget-", "rammen") == ("budget", "")


def page_of(sheet, number, text, foot):
    sheet.line(60, 40, "Høje-Taastrup Kommune – Budget 2026-2029", 9)
    sheet.lines(60, 100, text)
    sheet.line(250, 810, foot, 8)
    sheet.canvas.showPage()


def test_running_heads_feet_and_numbers_are_furniture():
    sheet = Sheet()
    for n in range(1, 4):
        page_of(sheet, n, [f"Afsnit {n} handler om noget andet."], f"Side {n} af 3")
    source = read_pdf("x.pdf", sheet.data())
    assert [page.text for page in source.pages] == [
        f"Afsnit {n} handler om noget andet." for n in (1, 2, 3)
    ]
    assert source.furniture == ("Høje-Taastrup Kommune – Budget 2026-2029", "Side 1 af 3")


def test_the_foot_of_a_single_page():
    sheet = Sheet()
    sheet.lines(60, 100, FULL)
    sheet.line(60, 795, "Gengivelse af forslaget – ordlyden er projektets egen", 8)
    sheet.line(250, 815, "Side 1 af 1", 8)
    source = read_pdf("x.pdf", sheet.data())
    assert source.pages[0].text == JOINED
    assert source.furniture == (
        "Gengivelse af forslaget – ordlyden er projektets egen",
        "Side 1 af 1",
    )


POINT = "At 1) forslaget sendes videre til behandling i udvalget, og at der følges nøje op på det i"
ITEM = "Det første punkt i listen er så langt, at det går videre ned på den næste linje i"


def test_lists_headings_and_short_lines():
    sheet = Sheet()
    sheet.lines(60, 80, ["Anvendelse af robotter i den samlede", "administration"], 20, 16)
    sheet.line(60, 130, "1. Resumé", 10, "Helvetica-Bold")
    sheet.lines(60, 144, FULL)
    sheet.line(60, 200, "Det indstilles,")
    sheet.line(60, 212, POINT)
    sheet.line(60, 224, "næste år.")
    sheet.line(60, 236, "At 2) udvalget orienteres.")
    sheet.line(60, 256, "•")
    sheet.line(75, 256, ITEM)
    sheet.line(75, 268, "samme punkt.")
    sheet.line(60, 280, "•")
    sheet.line(75, 280, "Det andet punkt.")
    assert blocks(sheet.data()) == [
        ("heading", "Anvendelse af robotter i den samlede administration"),
        ("heading", "1. Resumé"),
        ("paragraph", JOINED),
        ("paragraph", "Det indstilles,"),
        ("item", f"{POINT} næste år."),
        ("item", "At 2) udvalget orienteres."),
        ("item", f"{ITEM} samme punkt."),
        ("item", "Det andet punkt."),
    ]


def test_levels_follow_the_look_of_headings():
    sheet = Sheet()
    sheet.line(60, 80, "Budgetnotat", 18)
    sheet.line(60, 110, "Økonomi", 13, "Helvetica-Bold")
    sheet.lines(60, 130, FULL)
    sheet.line(60, 200, "Personale", 13, "Helvetica-Bold")
    sheet.lines(60, 220, FULL)
    source = read_pdf("x.pdf", sheet.data())
    levels = [(source.text(b), b.level) for b in source.blocks if b.kind == "heading"]
    assert levels == [("Budgetnotat", 1), ("Økonomi", 2), ("Personale", 2)]


def test_bookmarks_name_headings():
    sheet = Sheet()
    sheet.lines(60, 80, ["Punkt 1: Godkendelse af en meget lang dagsorden for mødet", "i august"])
    sheet.lines(60, 110, FULL)
    sheet.canvas.bookmarkPage("a")
    sheet.canvas.addOutlineEntry(
        "Punkt 1: Godkendelse af en meget lang dagsorden for mødet i august", "a", level=0
    )
    source = read_pdf("x.pdf", sheet.data())
    title = "Punkt 1: Godkendelse af en meget lang dagsorden for mødet i august"
    assert source.outline == (Bookmark(title, 1, 1),)
    assert source.blocks[0].kind == "heading"
    assert source.text(source.blocks[0]) == title


def test_columns_of_text_are_read_one_after_the_other():
    left = [f"Venstre spalte er nummer {n} i rækken" for n in "abcdef"]
    right = [f"Højre spalte er nummer {n} i rækken" for n in "abcdef"]
    sheet = Sheet()
    sheet.line(60, 60, "En overskrift, der går over begge spalter på siden", 16)
    sheet.lines(60, 100, left)
    sheet.lines(310, 105, right)
    found = " ".join(text for _, text in blocks(sheet.data())[1:])
    assert found == " ".join(left + right)


def test_turned_pages_read_the_same():
    sheet = Sheet()
    sheet.lines(60, 100, FULL)
    plain = sheet.data()
    for angle in (90, 180, 270):
        writer = pypdf.PdfWriter()
        writer.append(io.BytesIO(plain))
        writer.pages[0].rotate(angle)
        out = io.BytesIO()
        writer.write(out)
        source = read_pdf("x.pdf", out.getvalue())
        assert [source.text(b) for b in source.blocks] == [JOINED]
        page = source.pages[0]
        assert (page.width > page.height) == (angle % 180 == 90)
        for span in page.spans:
            assert 0 <= span.box.x0 < span.box.x1 <= page.width
            assert 0 <= span.box.y0 < span.box.y1 <= page.height


def scanned(pages_with_text=0):
    """Return a PDF with a picture of the words "Udgift 2026" after some pages of text."""
    from PIL import Image, ImageDraw

    picture = Image.new("L", (600, 160), 255)
    ImageDraw.Draw(picture).text((30, 40), "Udgiften er 2026 kroner", 0, font_size=44)
    sheet = Sheet()
    for _ in range(pages_with_text):
        sheet.lines(60, 100, FULL)
        sheet.canvas.showPage()
    sheet.canvas.drawInlineImage(picture, 60, 500, 300, 80)
    return sheet.data()


def test_no_text_layer_without_ocr(monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(Unreadable) as error:
        read_pdf("scan.pdf", scanned())
    assert error.value.code == "no_text_layer"
    assert "scan.pdf" in error.value.message.da and "OCR" in error.value.message.da
    mixed = read_pdf("scan.pdf", scanned(1))
    (warning,) = mixed.warnings
    assert "side 2" in warning.da and mixed.pages[1].text == ""


@pytest.mark.skipif(not ocr.available(), reason="needs Tesseract with Danish")
def test_a_scan_is_read_by_ocr_and_says_so():
    source = read_pdf("scan.pdf", scanned())
    assert source.pages[0].text == "Udgiften er 2026 kroner"
    assert "OCR" in source.warnings[0].da
    (box,) = source.pages[0].boxes(12, 16)
    assert 60 < box.x0 < box.x1 < 360 and HIGH - 580 < box.y0 < box.y1 < HIGH - 500


def encrypted():
    sheet = Sheet()
    sheet.line(60, 100, "Hemmeligt")
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(sheet.data()))
    writer.encrypt("kodeord", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blank():
    sheet = Sheet()
    sheet.canvas.showPage()
    return sheet.data()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "wrong_type"),
        (b"<html>", "wrong_type"),
        (b"%PDF-1.7\nnothing follows", "broken"),
        (blank(), "empty"),
    ],
)
def test_what_cannot_be_read_says_why(data, code):
    with pytest.raises(Unreadable) as error:
        read_pdf(Path("mappe/fil.pdf"), data)
    assert error.value.code == code
    assert error.value.message.da.startswith("fil.pdf")
    assert error.value.message.en.startswith("fil.pdf")


def test_a_password_is_asked_for():
    with pytest.raises(Unreadable) as error:
        read_pdf("x.pdf", encrypted())
    assert error.value.code == "encrypted"


def test_metadata_and_identity():
    sheet = Sheet()
    sheet.canvas.setTitle("Et notat")
    sheet.line(60, 100, "Tekst")
    data = sheet.data()
    one, two = read_pdf("a.pdf", data), read_pdf("a.pdf", data)
    assert one == two and one.metadata["Title"] == "Et notat"
    assert one.media_type == "application/pdf" and one.paged


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")
@pytest.mark.parametrize("path", sorted(SHARED.glob("samples/*.pdf")), ids=lambda p: p.name[:12])
def test_every_sample_is_read_or_says_why(path):
    try:
        source = read_pdf(path, path.read_bytes())
    except Unreadable as error:
        assert error.message.da and error.message.en
        return
    for block in source.blocks:
        assert source.text(block).strip()


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")
def test_the_status_list_and_the_agenda():
    path = SHARED / "dagsbil.pdf"
    status = read_pdf(path, path.read_bytes())
    rows = [b for b in status.blocks if b.kind == "row"]
    assert {len(b.cells) for b in rows} == {3}
    assert [status.cell_texts(b)[0] for b in rows if b.head].count("Sag") >= 4
    path = SHARED / "aarhus_byraad_2025-08-27.pdf"
    agenda = read_pdf(path, path.read_bytes())
    assert len(agenda.pages) == 28 and len(agenda.outline) > 20
    headings = {agenda.text(b) for b in agenda.blocks if b.kind == "heading"}
    assert sum(text.startswith("Punkt ") for text in headings) >= 20
    assert sum(len(page.text) for page in agenda.pages) < 62_000
