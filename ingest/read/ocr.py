"""Text recognition of scanned pages with Tesseract, where it is installed with Danish."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from functools import cache

from rag.pdf.pdfium import PageWords, Word, render
from rag.store.source import Box

_SCALE = 300 / 72  # 300 dots an inch is what Tesseract reads best
_SECONDS = 120
_LEAST = 30  # words Tesseract is less sure of (of 100) are specks


@cache
def available() -> bool:
    """Tell whether Tesseract is installed and knows Danish."""
    if shutil.which("tesseract") is None:
        return False
    try:
        said = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "dan" in said.stdout.split()


def recognise(data: bytes, number: int, page: PageWords) -> PageWords:
    """Return page `number` (from 1) of a PDF with the words Tesseract reads on it.

    A page that Tesseract fails on comes back as it was.
    """
    picture = render(data, number, _SCALE)
    command = ["tesseract", "-", "-", "-l", "dan", "--psm", "3", "tsv"]
    try:
        said = subprocess.run(
            command, input=picture, capture_output=True, timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return page
    words = _words(said.stdout.decode("utf-8", "replace"))
    return replace(page, words=tuple(words), unmapped=0)


def _words(tsv: str) -> list[Word]:
    """Return the words of Tesseract's table, one baseline and size a line of text."""
    lines: dict[tuple[str, ...], list[tuple[str, Box]]] = {}
    for row in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != "5" or not text or float(row["conf"]) < _LEAST:
            continue
        x, y = int(row["left"]) / _SCALE, int(row["top"]) / _SCALE
        box = Box(x, y, x + int(row["width"]) / _SCALE, y + int(row["height"]) / _SCALE)
        key = (row["block_num"], row["par_num"], row["line_num"])
        lines.setdefault(key, []).append((text, box))
    found = []
    for line in lines.values():
        # Letters such as g reach below the baseline, so most words' foot is it.
        feet = sorted(box.y1 for _, box in line)
        tall = sorted(box.y1 - box.y0 for _, box in line)
        baseline, size = feet[len(feet) // 2], 1.25 * tall[len(tall) // 2]
        found += [Word(text, box, baseline, round(size, 1)) for text, box in line]
    return found
