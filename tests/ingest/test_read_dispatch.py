"""What a file is, is told by its bytes; what cannot be read says why."""

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read import SUPPORTED, Unreadable, read, read_bytes

DANISH = "Rådhuset får nye låse.\n\nDet sker på mandag.\n"


def docx_bytes():
    document = docx.Document()
    document.add_paragraph("Rådhuset får nye låse.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def zip_bytes(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_text_in_any_of_the_usual_encodings(encoding):
    source = read_bytes("nyt.txt", DANISH.encode(encoding))
    assert source.pages[0].text == "Rådhuset får nye låse.\nDet sker på mandag."


def test_read_names_the_file_and_keeps_its_hash(tmp_path):
    path = tmp_path / "Nyt fra rådhuset.TXT"
    path.write_text(DANISH, encoding="utf-8")
    source = read(path)
    assert source.path == "Nyt fra rådhuset.TXT"
    assert source.media_type == "text/plain" and not source.paged
    assert source.id == read_bytes("andet.txt", DANISH.encode()).id


@pytest.mark.parametrize(
    ("name", "media"),
    [("a.md", "text/markdown"), ("a.txt", "text/plain"), ("a.html", "text/html")],
)
def test_the_name_parts_the_kinds_of_text(name, media):
    assert read_bytes(name, DANISH.encode()).media_type == media


def test_html_saved_as_text_is_read_as_html():
    source = read_bytes("a.txt", b"<!DOCTYPE html><html><body><p>Hej</p></body></html>")
    assert source.media_type == "text/html" and source.pages[0].text == "Hej"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("tom.txt", b"", "empty"),
        ("tom.md", b" \n\n", "empty"),
        ("tom.html", b"<html><script>x</script></html>", "empty"),
        ("tom.txt", b"\xef\xbb\xbf", "empty"),
        ("a.docx", b"%PDF-1.7 ...", "wrong_type"),
        ("a.txt", b"%PDF-1.7 ...", "wrong_type"),
        ("a.txt", docx_bytes(), "wrong_type"),
        ("a.docx", DANISH.encode(), "wrong_type"),
        ("a.pdf", DANISH.encode(), "wrong_type"),
        ("a.pdf", docx_bytes(), "wrong_type"),
        ("a.docx", zip_bytes("xl/workbook.xml"), "wrong_type"),
        ("a.xlsx", zip_bytes("xl/workbook.xml"), "unsupported"),
        ("a.zip", zip_bytes("noget.txt"), "unsupported"),
        ("a.docx", docx_bytes()[:2000], "broken"),
        ("a.docx", zip_bytes("word/document.xml"), "broken"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(40), "unsupported"),
        ("a.txt", b"\xff\xd8\xff\xe0" + bytes(40), "wrong_type"),
        ("a.txt", bytes(range(256)) * 4, "wrong_type"),
        ("a.csv", b"a;b\n1;2\n", "unsupported"),
    ],
)
def test_what_cannot_be_read_says_why(name, data, code):
    with pytest.raises(Unreadable) as caught:
        read_bytes(name, data)
    assert caught.value.code == code
    assert name in caught.value.message.da and name in caught.value.message.en
    assert caught.value.message.da != caught.value.message.en


def test_a_docx_that_unpacks_to_far_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("ingest.read.sniff._MOST_UNPACKED", 10_000)
    with pytest.raises(Unreadable) as caught:
        read_bytes("a.docx", docx_bytes())
    assert caught.value.code == "broken" and "MB" in caught.value.message.da


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(Unreadable, match=r"findes-ikke\.txt"):
        read(tmp_path / "findes-ikke.txt")


HEADS = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xd0\xcf\x11\xe0", b"{\\rtf"]


@settings(deadline=None)
@given(
    st.sampled_from([*sorted(SUPPORTED - {".pdf"}), ".xyz", ""]),
    st.sampled_from(HEADS),
    st.binary(max_size=200),
)
def test_any_bytes_are_read_or_refused(suffix, head, data):
    try:
        source = read_bytes("x" + suffix, head + data)
    except Unreadable:
        return
    page = source.pages[0].text
    assert source.blocks and page.split("\n") == [source.text(b) for b in source.blocks]


@settings(deadline=None)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=30))
def test_a_damaged_docx_is_read_or_refused(at, noise):
    data = bytearray(WHOLE)
    at = at * len(data) // 4001
    data[at : at + len(noise)] = noise
    try:
        read_bytes("a.docx", bytes(data))
    except Unreadable as error:
        assert error.code in ("broken", "empty", "wrong_type")


WHOLE = docx_bytes()
