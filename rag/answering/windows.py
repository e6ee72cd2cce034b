"""What the reader reads: a stretch of a passage, under its document's title and heading.

A passage longer than a window is cut between its lines and sentences; a table's head
stands above every stretch of its rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag.text.sentences import sentences
from rag.types import CouncilDocument, Passage

LONGEST = 600  # letters: some 150 tokens
_TITLE, _SECTION, _HEAD = 140, 60, 160  # letters of what stands above


@dataclass(frozen=True)
class Window:
    """`start:end` of a passage's text, and what stands above it: title, heading, table head."""

    passage: Passage
    above: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.passage.text[self.start : self.end]


def windows(passage: Passage, document: CouncilDocument) -> list[Window]:
    """Return a passage as the windows that it is read in, in order."""
    above = named(document, passage.section)
    head = _table_head(passage.text)
    found = []
    for start, end in _stretches(passage.text):
        own = above if head is None or start <= head[0] else f"{above} › {head[1][:_HEAD]}"
        found.append(Window(passage, own, start, end))
    return found


def named(document: CouncilDocument, section: str) -> str:
    """Return what a passage stands under: who it is of and when, its title and heading."""
    of = [document.municipality, document.committee, document.date and document.date.isoformat()]
    who = ", ".join(part for part in of if part)
    names = (who, document.title[:_TITLE], section[:_SECTION])
    return " › ".join(name for name in names if name)


def units(text: str) -> list[tuple[int, int]]:
    """Return the ranges of a passage's table rows and of the sentences of its other lines."""
    found, at = [], 0
    for line in text.split("\n"):
        if "\t" in line:
            found.append((at, at + len(line)))
        else:
            found += [(at + a, at + b) for a, b in sentences(line)]
        at += len(line) + 1
    return found


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start = end = 0
    for first, last in units(text):
        if end > start and last - start > LONGEST:
            yield start, end
            start = first
        end = last
    if end > start:
        yield start, end


def _table_head(text: str) -> tuple[int, str] | None:
    """Return where a passage's first table row stands, and that row."""
    at = 0
    for line in text.split("\n"):
        if "\t" in line:
            return at, line.replace("\t", " | ")
        at += len(line) + 1
    return None
