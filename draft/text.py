"""The form of a draft's text: paragraphs, headings of its parts, marks where a person must write.

Plain text, so that it can be pasted, compared and read aloud: a blank line
between paragraphs, "- " before an item of a list, "Spørgsmål 2: …" above the
answer to a part, "[SKRIV: …]" where something is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

PARAGRAPH = "\n\n"
"""What stands between two paragraphs."""
_MARK = re.compile(r"\[SKRIV:[^\]]*\]")
_HEADING = re.compile(r"^Spørgsmål \d+: .+$", re.MULTILINE)
_ITEM = re.compile(r"^\s*[-–•]\s+")


class Paragraph(NamedTuple):
    """`text[start:end]` of a draft, without the sign of a list's item."""

    kind: Literal["heading", "paragraph", "item"]
    start: int
    end: int


def heading(number: int, part: str) -> str:
    """Return the line above the answer to a part of the question."""
    return f"Spørgsmål {number}: {part}"


def mark(what: str) -> str:
    """Return a mark for a person to write `what`."""
    return f"[SKRIV: {' '.join(what.split()).replace(']', ')')}]"


def marks(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the marks that are left."""
    return [m.span() for m in _MARK.finditer(text)]


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text, a line each."""
    for line in re.finditer(r"[^\n]+", text):
        if not line[0].strip():
            continue
        item = _ITEM.match(line[0])
        start = line.start() + (item.end() if item else 0)
        kind: Literal["heading", "paragraph", "item"] = "item" if item else "paragraph"
        yield Paragraph("heading" if _HEADING.match(line[0]) else kind, start, line.end())


def claimed(text: str, parts: Sequence[str]) -> str:
    """Return `text` with what claims nothing blanked, letter for letter.

    Marks, and headings that repeat a part of the question: an edited one is
    held to the documents as anything else is.
    """
    asked = {heading(n, part) for n, part in enumerate(parts, start=1)}
    text = _MARK.sub(lambda m: " " * len(m[0]), text)
    return _HEADING.sub(lambda m: " " * len(m[0]) if m[0] in asked else m[0], text)
