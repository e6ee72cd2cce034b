"""Personal numbers where no reader looks: the original that holds one is for staff."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from made_pdfs import pdf
from PIL import Image, ImageDraw
from pypdf.annotations import FreeText
from pypdf.generic import NameObject, TextStringObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.pipeline import ingest_bytes
from ingest.read import ocr, read_bytes
from ingest.read.whole import said
from rag.home import Home
from rag.pdf.pdfium import PageWords, render
from rag.pdf.words import Word
from rag.store.catalogue import Catalogue
from rag.store.source import Box
from rag.text.personal import personal_numbers

NUMBER = "010203-1234"
STAFF = frozenset({"public", "staff"})


def holds(name: str, data: bytes) -> bool:
    return any(personal_numbers(s.text, bare=s.plain) for s in said(name, data))


def word(*paragraphs: str, title: str = "", part: tuple[str, str] = ("", "")) -> bytes:
    """A DOCX; `part` is put into the document's XML in place of a word."""
    made = docx.Document()
    for text in paragraphs or ("Om Kvadervejen.", "STED"):
        made.add_paragraph(text)
    made.core_properties.title = title
    out = io.BytesIO()
    made.save(out)
    if not part[0]:
        return out.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == f"word/{part[0]}.xml":
                content = content.replace(b"<w:t>STED</w:t>", part[1].encode())
            new.writestr(item, content)
        if part[0] != "document":
            new.writestr(part[0], part[1])
    return changed.getvalue()


WORDS = {
    "title": word(title=f"Klage {NUMBER}"),
    "deletion": word(part=("document", f"<w:del><w:delText>{NUMBER}</w:delText></w:del>")),
    "split runs": word(
        part=("document", "<w:t>01</w:t></w:r><w:r><w:delText>0203</w:delText></w:r><w:r>"
              "<w:noBreakHyphen/><w:t>1234</w:t>")
    ),
    "alternative text": word(part=("document", f'<w:t alt="{NUMBER}">x</w:t>')),
    "comment": word(part=("word/comments.xml", f"<w:comment><w:t>Se {NUMBER}</w:t></w:comment>")),
    "form": word(part=("docProps/custom.xml", f"<property><vt:v>{NUMBER}</vt:v></property>")),
}  # fmt: skip


@pytest.mark.parametrize("where", WORDS)
def test_a_word_file_that_holds_one_anywhere_is_found(where: str) -> None:
    assert holds("a.docx", WORDS[where])


def test_files_within_files_are_looked_through() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/embeddings/a.docx", WORDS["comment"])
    assert holds("a.docx", out.getvalue())
    mail = (
        f"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain\n\nHej\n> {NUMBER}\n"
    ).encode()
    assert holds("a.eml", mail)
    quoted = "Subject: x\nContent-Transfer-Encoding: quoted-printable\n\n0102=\n03-1234\n"
    assert holds("a.eml", quoted.encode())


def test_an_ordinary_word_file_holds_none() -> None:
    assert not holds("a.docx", word("Sagsnr. 2025-123456", "Tlf. 43 59 10 00", "Budget 2026-2029"))


@pytest.mark.parametrize(
    "text",
    [f"<!-- {NUMBER} -->", f'<p hidden="">{NUMBER}</p>', "<b>010203</b>-<i>1234</i>",
     f'<a href="mailto:x?subject={NUMBER}">x</a>', "<p>010203&#8211;1234</p>"],
)  # fmt: skip
def test_what_a_page_hides_is_found(text: str) -> None:
    assert holds("a.html", f"<html><body>Om vejen. {text}</body></html>".encode())


def written(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def sheet(tmp_path: Path) -> pypdf.PdfWriter:
    made = pdf(tmp_path / "made.pdf", "# Kvadervejen", "Kvadervejen asfalteres i 2027.")
    return pypdf.PdfWriter(clone_from=io.BytesIO(made.read_bytes()))


def annotated(tmp_path: Path) -> bytes:
    writer = sheet(tmp_path)
    writer.add_annotation(0, FreeText(text=NUMBER, rect=(50, 50, 250, 100)))
    return written(writer)


def test_what_lies_over_a_pdf_or_beside_its_pages_is_found(tmp_path: Path) -> None:
    assert not holds("a.pdf", written(sheet(tmp_path)))
    assert holds("a.pdf", annotated(tmp_path))
    writer = sheet(tmp_path)
    writer.add_metadata({"/Keywords": f"klage, {NUMBER}"})
    assert holds("a.pdf", written(writer))
    writer = sheet(tmp_path)
    writer.add_attachment("brev.txt", f"Se {NUMBER}".encode())
    assert holds("a.pdf", written(writer))
    writer = sheet(tmp_path)
    writer.pages[0][NameObject("/Felt")] = TextStringObject(NUMBER)
    assert holds("a.pdf", written(writer))


def test_what_lies_over_a_page_is_not_in_its_picture(tmp_path: Path) -> None:
    assert render(annotated(tmp_path), 1) == render(written(sheet(tmp_path)), 1)


def pictured(small: bool = False) -> bytes:
    """A page of text with a picture of a number on it."""
    picture = Image.new("L", (600, 80), 255)
    ImageDraw.Draw(picture).text((10, 10), NUMBER, 0, font_size=50)
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for line in range(5):
        canvas.drawString(60, 700 - 20 * line, f"Kvadervejen asfalteres i år 2027, linje {line}.")
    canvas.drawImage(ImageReader(picture), 60, 400, *((20, 4) if small else (300, 40)))
    canvas.showPage()
    canvas.drawString(60, 700, "Side to handler om Prismevejen.")
    canvas.save()
    return out.getvalue()


def test_a_picture_nobody_has_read_is_for_staff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    catalogue = Catalogue(Home(tmp_path))
    report = ingest_bytes("a.pdf", pictured(), catalogue)
    assert any("billeder på side 1" in w.da for w in report.warnings)
    (stored,) = catalogue.sources()
    public = catalogue.seen_by(frozenset({"public"}))
    assert public.file(stored.id) is None and public.file(stored.id, 1) is None
    assert public.file(stored.id, 2) is not None and public.page(stored.id, 1) is not None
    staff = catalogue.seen_by(STAFF)
    assert staff.file(stored.id) is not None and staff.file(stored.id, 1) is not None
    assert read_bytes("b.pdf", pictured(small=True)).unread == ()
    catalogue.close()


@pytest.mark.parametrize(("seen", "kept"), [(NUMBER, (1,)), ("Vejkort", ())])
def test_a_picture_is_read_where_ocr_is_installed(
    monkeypatch: pytest.MonkeyPatch, seen: str, kept: tuple[int, ...]
) -> None:
    def recognise(data: bytes, number: int, page: PageWords) -> PageWords:
        return PageWords(page.width, page.height, (Word(seen, Box(0, 0, 9, 9), 9.0, 9.0),))

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "recognise", recognise)
    source = read_bytes("a.pdf", pictured())
    assert (source.unread, source.personal) == (kept, bool(kept))


def test_a_number_beside_the_text_keeps_the_original_to_staff(tmp_path: Path) -> None:
    catalogue = Catalogue(Home(tmp_path))
    report = ingest_bytes("a.docx", WORDS["comment"], catalogue)
    assert report.outcome == "added" and any("egenskaber" in w.da for w in report.warnings)
    (stored,) = catalogue.sources()
    assert catalogue.seen_by(frozenset({"public"})).file(stored.id) is None
    assert catalogue.seen_by(STAFF).file(stored.id) is not None
    catalogue.close()


def test_a_number_that_is_not_seen_on_a_page_keeps_the_original_to_staff() -> None:
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(60, 700, "Museet koster 485.000 kr.")
    unseen = canvas.beginText(60, 660)
    unseen.setTextRenderMode(3)
    unseen.textLine(f"Sagen om {NUMBER}")
    canvas.drawText(unseen)
    canvas.save()
    source = read_bytes("a.pdf", made.getvalue())
    assert source.personal and NUMBER not in source.pages[0].text
