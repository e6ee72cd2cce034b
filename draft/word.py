"""Letters as Word documents by a template, and as PDF through LibreOffice."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from draft.letter import Block, Letter
from rag.errors import InputError
from rag.types import Text

if TYPE_CHECKING:
    from docxtpl import DocxTemplate, RichText

TEMPLATE = "RAADSVAR_TEMPLATE"
"""Names the municipality's own Word template; without it, ours is used."""
OURS = Path(__file__).with_name("politikersvar.docx")
_YELLOW = "#FFF3A3"
_PATIENCE = 120  # seconds LibreOffice may take


def template() -> Path:
    """Return the template in use."""
    named = os.environ.get(TEMPLATE, "").strip()
    return Path(named).expanduser() if named else OURS


def to_docx(letter: Letter) -> bytes:
    """Return a letter in the template in use.

    Raises InputError, naming the template and the cause, where it is missing,
    no Word document, or asks for what there is not.
    """
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

    path = template()
    try:
        filled = DocxTemplate(path)
        context = {
            **letter.fields,
            "afsnit": [_block(filled, b) for b in letter.blocks],
            "kilder": [
                {"nummer": s.number, "tekst": s.text, "link": _link(filled, s.url)}
                for s in letter.sources
            ],
            "noter": list(letter.accepted),
        }
        filled.render(context, SandboxedEnvironment(autoescape=True))
        out = io.BytesIO()
        filled.save(out)
    except Exception as error:  # zip, XML and Jinja each have errors of their own
        raise InputError(
            Text(
                f"Skabelonen {path} kan ikke bruges: {error}. "
                "»raadsvar draft template« forklarer felterne.",
                f"The template {path} cannot be used: {error}. "
                "“raadsvar draft template” explains the fields.",
            )
        ) from error
    return out.getvalue()


def to_pdf(docx: bytes) -> bytes:
    """Return a Word document as PDF; raises InputError where LibreOffice is missing or fails."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise InputError(
            Text(
                "PDF kræver LibreOffice, som ikke er installeret. Tag Word-filen i stedet.",
                "PDF needs LibreOffice, which is not installed. Take the Word file instead.",
            )
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "svar.docx"
        source.write_bytes(docx)
        # A profile of its own: a LibreOffice that is open locks the user's.
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        try:
            subprocess.run(
                [*command, str(source)], check=True, capture_output=True, timeout=_PATIENCE
            )
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            cause = f"{type(error).__name__}: {error}"
            raise InputError(
                Text(f"LibreOffice fejlede: {cause}", f"LibreOffice failed: {cause}")
            ) from error


def _block(filled: DocxTemplate, block: Block) -> dict[str, Any]:
    from docxtpl import RichText

    text = RichText()
    for run in block.runs:
        if run.kind == "reference":
            text.add(run.text, superscript=True)
        elif run.kind == "mark":
            text.add(run.text, highlight=_YELLOW)
        elif run.kind == "link":
            text.add(_link(filled, run.text))
        else:
            text.add(run.text)
    return {"tekst": text, "overskrift": block.kind == "heading", "punkt": block.kind == "item"}


def _link(filled: DocxTemplate, url: str) -> RichText:
    from docxtpl import RichText

    text = RichText()
    if url:
        text.add(url, url_id=filled.build_url_id(url), color="#0563C1", underline=True)
    return text
