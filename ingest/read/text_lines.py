"""The lines of a plain text: double spacing undone, running heads and page numbers out."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from ingest.read.build import clean

_TAG = re.compile(
    r"</?(?:a|b|i|u|s|em|strong|br|p|div|span|font|small|sup|sub|td|th|tr|table|tbody|thead|ul|ol"
    r"|li|h[1-6])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]*)\)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5});")
_PAGE_NUMBER = re.compile(
    r"(?:(?:side|page|s\.)\s*)?(?:[-–]\s*)?(\d{1,3})(?:\s*[-–])?(?:\s*(?:af|of|/)\s*\d{1,3})?",
    re.IGNORECASE,
)
_NAMED_PAGE = re.compile(r"(?:side|page)\s*\d{1,3}(?:\s*(?:af|of|/)\s*\d{1,3})?", re.IGNORECASE)
_NARROW = frozenset("fijlrtI.,;:!'()[]|- ")
_WIDE = frozenset("mwMWæÆ%@—")
_PAGE_APART = 10  # lines: two page numbers stand at least this far apart


@dataclass(frozen=True)
class Line:
    """A line with text in it: `raw` as in the file, `gap` blank lines stand before it.

    `top` marks the first line after a form feed.
    """

    raw: str
    gap: int
    top: bool = False

    @cached_property
    def text(self) -> str:
        """The line without mark-up, white space collapsed (tabs too)."""
        return clean(unmark(self.raw))

    @cached_property
    def width(self) -> float:
        """The line's width in a proportional typeface, in average letters."""
        return text_width(self.text)


def text_width(text: str) -> float:
    """Return about how wide `text` prints, in average letters."""
    return sum(
        0.5 if ch in _NARROW else 1.5 if ch in _WIDE else 1.2 if ch.isupper() else 1.0
        for ch in text
    )


def unmark(text: str) -> str:
    """Return `text` without inline HTML tags, Markdown links and emphasis, and entities."""
    text = _TAG.sub(lambda m: " " if m[0][:3].lower() in ("<br", "<p>") else "", text)
    text = _BOLD.sub(r"\2", _LINK.sub(r"\1", text))
    return _ENTITY.sub(lambda m: html.unescape(m[0]), text)


def read_lines(text: str) -> tuple[list[Line], list[str]]:
    """Return a text's lines, and the running heads and page numbers taken out."""
    lines: list[Line] = []
    gap, top = 0, False
    for raw in re.split(r"\r\n|[\n\r\v\u0085\u2028\u2029]|(\f)", text):
        if raw == "\f":
            top = True
        elif raw is not None and clean(unmark(raw)):
            lines.append(Line(raw, gap, top))
            gap, top = 0, False
        elif raw is not None:
            gap += 1
    return _without_furniture(_single_spaced(lines))


def _single_spaced(lines: list[Line]) -> list[Line]:
    """Undo double spacing: where sentences run on over single blank lines."""
    pairs = [(a.text, b.text) for a, b in pairwise(lines) if b.gap == 1]
    tight = sum(line.gap == 0 for line in lines[1:])
    on = sum(b[0].islower() or a.endswith("-") for a, b in pairs)
    if len(pairs) < 4 or on * 4 < len(pairs) or len(pairs) <= tight:
        return lines
    return [replace(line, gap=max(0, line.gap - 1)) for line in lines]


def _without_furniture(lines: list[Line]) -> tuple[list[Line], list[str]]:
    numbers = _page_numbers(lines)
    out = numbers | _running(lines, numbers)
    kept: list[Line] = []
    owed, top = 0, False
    for index, line in enumerate(lines):
        if index in out:
            owed, top = max(owed, line.gap), top or line.top
            continue
        kept.append(replace(line, gap=max(line.gap, owed), top=line.top or top))
        owed, top = 0, False
    return kept, [lines[i].text for i in sorted(out)]


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """Find lines that are "Side 3 af 7", or numbers alone that count up through the text."""
    out = {i for i, line in enumerate(lines) if _NAMED_PAGE.fullmatch(line.text)}
    alone = [
        (i, int(m[1])) for i, line in enumerate(lines) if (m := _PAGE_NUMBER.fullmatch(line.text))
    ]
    for (i, number), (j, following) in pairwise(alone):
        if following == number + 1 and j - i >= _PAGE_APART:
            out |= {i, j}
    return out


def _running(lines: Sequence[Line], numbers: set[int]) -> set[int]:
    """Find the lines that recur at the edges of pages: form feeds and page numbers."""
    starts = {0, *(i for i, line in enumerate(lines) if line.top)}
    edges = starts | numbers
    if len(edges) < 2:
        return set()
    edges.add(len(lines) - 1)
    around = {i + step for i in edges for step in (-2, -1, 0, 1, 2)} - numbers
    near = [i for i in sorted(around) if 0 <= i < len(lines) and len(lines[i].text) < 100]
    pattern = {i: re.sub(r"\d{1,3}(?!\d)", "#", lines[i].text) for i in near}
    count = Counter(pattern.values())
    least = max(2, (max(len(starts), len(numbers)) + 1) // 2)
    return {i for i in near if count[pattern[i]] >= least and "\t" not in lines[i].raw}
