"""The made documents: built again they are the ones committed, and nothing in them is left open."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from eval.known import load_known
from eval.sets import MADE

FOLDER = Path(MADE.documents or "")
BUILT = sorted(p for p in FOLDER.iterdir() if p.suffix in {".pdf", ".html", ".md", ".txt"})


def text_of(path: Path) -> str:
    if path.suffix != ".pdf":
        return path.read_text("utf8")
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_the_sources_build_the_documents_committed(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(FOLDER / "build.py"), str(tmp_path)], check=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == [p.name for p in BUILT]
    for path in BUILT:
        assert text_of(tmp_path / path.name) == text_of(path), path.name


@pytest.mark.parametrize("path", BUILT, ids=lambda p: p.name)
def test_no_name_of_a_template_is_left_unfilled(path: Path) -> None:
    assert not re.search(r"[{}]", text_of(path))


def test_every_document_is_asked_about() -> None:
    asked = {k.expected.document for k in load_known(MADE.questions)}
    assert {p.name for p in BUILT} <= asked
