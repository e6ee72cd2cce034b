"""Tells what a file is from its bytes, and decodes text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from ingest.read.errors import Unreadable, UnreadableCode
from rag.types import Text

SUFFIXES = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".eml": "mail",
    ".json": "json",
}
_MAGIC = {
    b"\xd0\xcf\x11\xe0": "Word/Excel 97-2003",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"GIF8": "GIF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"OTTO": "font",
    b"SQLite format 3": "SQLite",
    b"\x7fELF": "program",
    b"BM": "BMP",
}
_OFFICE = {"word/document.xml": "docx", "xl/": "Excel", "ppt/": "PowerPoint", "content.xml": "ODF"}
_MOST_UNPACKED = 500 << 20  # bytes
_HTML = re.compile(
    r"(?:\ufeff|\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
# OLE file with the stream that holds an encrypted office file.
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def unreadable(code: UnreadableCode, path: str, da: str, en: str) -> Unreadable:
    """Return the error for the file `path`, with its cause in both languages."""
    return Unreadable(code, Text(f"{path}: {da}", f"{path}: {en}"))


def kind_of(data: bytes, path: str) -> str:
    """Return a file's kind: "pdf", "docx", "html", "markdown", "mail" or "text".

    Content decides; the name only parts Markdown, mail and plain text. Raises
    `Unreadable` for an empty file, for one of another kind, and for one that is
    not what its name says.
    """
    if not data.strip(b"\x00\t\n\r\x0b\x0c \xef\xbb\xbf"):
        raise unreadable("empty", path, "filen er tom.", "the file is empty.")
    named = SUFFIXES.get(PurePath(path).suffix.lower())
    found = _content(data, path)
    if found == "text" and named in ("text", "markdown", "html", "mail", "json"):
        # A fragment of HTML has no head to tell it by.
        return named
    if named is None and found == "text":
        raise unreadable(
            "unsupported",
            path,
            "filtypen understøttes ikke. Brug PDF, DOCX, HTML, tekst, Markdown, EML eller "
            "FirstAgendas JSON.",
            "the file type is not supported. Use PDF, DOCX, HTML, plain text, Markdown, EML or "
            "FirstAgenda's JSON.",
        )
    if named is not None and found != named and not (named == "text" and found == "html"):
        raise unreadable(
            "wrong_type",
            path,
            f"filen er ikke {named.upper()}, som navnet siger, men {found.upper()}.",
            f"the file is not {named.upper()}, as its name says, but {found.upper()}.",
        )
    return found


def _content(data: bytes, path: str) -> str:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise unreadable(
            "encrypted",
            path,
            "filen er beskyttet med adgangskode. Gem den uden og prøv igen.",
            "the file is protected by a password. Save it without one and try again.",
        )
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, path)
    foreign = next((name for magic, name in _MAGIC.items() if data.startswith(magic)), None)
    if foreign == "BMP" and b"\x00" not in data[:64]:
        foreign = None
    named = SUFFIXES.get(PurePath(path).suffix.lower())
    if foreign is None and named in ("pdf", "docx"):
        raise unreadable(
            "wrong_type",
            path,
            f"filen er ikke {named.upper()}, som navnet siger, eller den er beskadiget.",
            f"the file is not {named.upper()}, as its name says, or it is damaged.",
        )
    if foreign is not None or (text := _decoded(data)) is None:
        code: UnreadableCode = "wrong_type" if named else "unsupported"
        what = foreign or "?"
        raise unreadable(
            code,
            path,
            f"filen kan ikke læses som tekst (indhold: {what}); typen understøttes ikke.",
            f"the file cannot be read as text (content: {what}); its type is not supported.",
        )
    return "html" if _HTML.match(text[:4096]) else "text"


def _zipped(data: bytes, path: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            size = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise unreadable("broken", path, "filen er beskadiget.", "the file is damaged.") from error
    kind = next((k for part, k in _OFFICE.items() if any(n.startswith(part) for n in names)), "ZIP")
    if kind != "docx":
        code: UnreadableCode = "wrong_type" if PurePath(path).suffix in SUFFIXES else "unsupported"
        raise unreadable(
            code,
            path,
            f"filen er {kind}, som ikke understøttes.",
            f"the file is {kind}, which is not supported.",
        )
    if size > _MOST_UNPACKED:
        raise unreadable(
            "broken",
            path,
            f"filen fylder {size >> 20} MB pakket ud, mere end der kan læses.",
            f"the file is {size >> 20} MB unpacked, more than can be read.",
        )
    return kind


def decode(data: bytes, path: str) -> str:
    """Return a text file's text (UTF-8, UTF-16, or Windows-1252); raises `Unreadable`."""
    text = _decoded(data)
    if text is None:
        raise unreadable(
            "broken",
            path,
            "filens tegnkodning kan ikke læses (UTF-8, UTF-16 eller Windows-1252 ventet).",
            "the file's encoding cannot be read (UTF-8, UTF-16 or Windows-1252 expected).",
        )
    return text


def _decoded(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _try(data, "utf-16")
    if b"\x00" in data:
        # UTF-16 without a mark: every second byte of Latin text is zero.
        even, odd = data[0:400:2].count(0), data[1:400:2].count(0)
        if max(even, odd) < 0.4 * len(data[:400]) / 2:
            return None
        return _try(data, "utf-16-be" if even > odd else "utf-16-le")
    text = _try(data, "utf-8-sig")
    if text is None:
        text = _try(data, "cp1252")
    if text is None or _controls(text) > 0.01 * len(text):
        return None
    return text


def _controls(text: str) -> int:
    return sum(ord(ch) < 32 and ch not in "\t\n\r\f\v\x1a" for ch in text)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
