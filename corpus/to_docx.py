"""Writes a rendition as a DOCX letter, with python-docx."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.shared import Pt

EPOCH = datetime.datetime(2000, 1, 1)
ITEM_STYLES = {"bullet": "List Bullet", "dash": "List Bullet"}


def write(source: dict[str, Any], foot: str, target: Path) -> None:
    """Write the DOCX of one source.

    Args:
        source: a parsed file of `sources/`.
        foot: the line that names the file a rendition, in the foot of every page.
        target: the file to write; the same arguments give the same bytes.
    """
    document = docx.Document()
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    document.sections[0].footer.paragraphs[0].text = foot
    _describe(document, source, foot)
    for block in source["body"]:
        [(kind, content)] = block.items()
        _add(document, kind, content)
    packed = io.BytesIO()
    document.save(packed)
    _repack(packed, target)


def _describe(document: Document, source: dict[str, Any], foot: str) -> None:
    properties = document.core_properties
    properties.title = f"{source['title']} (gengivelse)"
    properties.author = properties.last_modified_by = "Rådsvar"
    properties.subject = foot
    properties.keywords = "gengivelse"
    properties.comments = ""
    properties.language = "da-DK"
    properties.created = properties.modified = EPOCH


def _add(document: Document, kind: str, content: Any) -> None:
    if kind in ITEM_STYLES:
        for item in content:
            document.add_paragraph(item, style=ITEM_STYLES[kind])
    elif kind == "fields":
        for label, value in content:
            document.add_paragraph().add_run(f"{label}\n").bold = True
            document.paragraphs[-1].add_run(value)
    elif kind in ("h1", "h2"):
        document.add_heading(content, level=int(kind[1]))
    else:
        document.add_paragraph(content)


def _repack(packed: io.BytesIO, target: Path) -> None:
    """Copy the archive with one fixed time stamp, so that a rebuild gives the same bytes."""
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
