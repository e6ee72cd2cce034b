"""Headings of a PDF told by their look: larger, bolder or numbered, in no sentence's way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.read.pdf_flow import Flow, Style

_HEADED = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s+[A-ZÆØÅ]")


def mark_headings(blocks: Sequence[Flow], style: Style) -> None:
    """Make headings of the blocks that look like one, and rank them by their look.

    `blocks` are the whole file's, in order. Levels of bookmarks stay.
    """
    found = [
        block
        for number, block in enumerate(blocks)
        if not block.level and _heads(block, blocks[number + 1 : number + 2], style)
    ]
    looks = sorted({_look(block, style) for block in found}, reverse=True)
    for block in found:
        depth = _HEADED.match(block.text)
        block.kind = "heading"
        block.level = min(
            6, looks.index(_look(block, style)) + 1 + (depth[1].count(".") if depth else 0)
        )


def _look(block: Flow, style: Style) -> tuple[float, bool, bool]:
    line = block.lines[0]
    return max(round(line.size), round(style.size)), line.bold, block.text.isupper()


def _heads(block: Flow, after: Sequence[Flow], style: Style) -> bool:
    line, text = block.lines[0], block.text
    words = text.split()
    if len(block.lines) > 3 or len(words) > 25 or not any(c.isalpha() for c in text):
        return False
    if text[-1] in ".;," and not re.search(r"\b(?:m\.?v|m\.?fl|osv|etc)\.$", text):
        return False
    numbered = _HEADED.match(text)
    if block.kind == "item" and not numbered:
        return False
    if line.size > 1.1 * style.size or (line.bold and not style.bold):
        return True
    if text.isupper() and len(words) > 1 and sum(c.isalpha() for c in text) > 8:
        return not any(c.isdigit() for c in words[0])
    lone = bool(after) and not _HEADED.match(after[0].text) and after[0].kind != "item"
    return bool(numbered) and len(words) <= 7 and lone and len(block.lines) == 1
