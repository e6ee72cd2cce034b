"""Builds the shipped corpus: `python corpus/build.py [FOLDER]` (default: this folder).

Every file of `sources/` becomes one PDF or DOCX; `manifest.yaml` names them all. The same
sources give the same bytes.
"""

import hashlib
import sys
from pathlib import Path
from typing import Any

import to_docx
import to_pdf
import yaml

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
MANIFEST_KEYS = ("file", "title", "kind", "municipality", "date", "renders")


def build(folder: Path) -> None:
    """Write the documents and their manifest into `folder`."""
    divisions = _divisions()
    entries = []
    for path in sorted(SOURCES.glob("*.yaml")):
        source = yaml.safe_load(path.read_text("utf-8"))
        target = folder / source["file"]
        foot = f"{source['foot']} – ordlyden er projektets egen"
        if target.suffix == ".pdf":
            to_pdf.draw(source, foot, divisions, target)
        else:
            to_docx.write(source, foot, target)
        entries.append(_entry(source, target))
    manifest = yaml.safe_dump({"documents": entries}, allow_unicode=True, sort_keys=False, width=98)
    (folder / "manifest.yaml").write_text(
        f"# Written by corpus/build.py; edit corpus/sources/ instead.\n{manifest}", "utf-8"
    )


def _entry(source: dict[str, Any], target: Path) -> dict[str, Any]:
    entry = {key: source[key] for key in MANIFEST_KEYS}
    return {**entry, "sha256": hashlib.sha256(target.read_bytes()).hexdigest()}


def _divisions() -> dict[str, str]:
    """Each word of `hyphenation.txt`, with soft hyphens in place of its marks."""
    marked = (SOURCES / "hyphenation.txt").read_text("utf-8").split()
    return {word.replace("-", ""): word.replace("-", "\u00ad") for word in marked}


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
