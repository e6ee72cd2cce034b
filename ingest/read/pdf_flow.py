"""Lines of running text to paragraphs, list items and the headings that bookmarks name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.read.pdf_lines import Line, Token
from rag.store.source import BlockKind, Bookmark

_BULLET = re.compile(r"^[•▪▫◦●○■□‣⁃·–\-−*o\uf0b7\uf0a7\uf02d\uf0d8]$")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)]|[a-zæøå]\)|\(?\d{1,2}\)|\d{1,2}\.\d{1,2}\.?)$")
_LEADS_ON = frozenset(
    {"i", "og", "af", "til", "for", "på", "med", "ved", "om", "fra", "den", "det", "de", "en", "et"}
)
_FORM_GAP = 1.2  # type sizes between a label and its value
_PLAIN = re.compile(r"[\W_]+")


@dataclass
class Flow:
    """A block of running text: its lines' words, and the line it begins with."""

    kind: BlockKind
    lines: list[Line]
    level: int = 0

    @property
    def text(self) -> str:
        """The words, unjoined hyphens and all."""
        return " ".join(line.text for line in self.lines)

    @property
    def words(self) -> list[list[Token]]:
        """The words line by line, without the bullet of an item."""
        rows = [line.tokens for line in self.lines]
        if self.kind == "item" and _BULLET.match(rows[0][0].text) and len(rows[0]) > 1:
            rows[0] = rows[0][1:]
        return rows


@dataclass(frozen=True)
class Style:
    """What is usual in a file: the type size in points, whether it is bold, and the
    distance between lines in type sizes."""

    size: float
    bold: bool
    leading: float


def usual_style(pages: Iterable[Sequence[Line]]) -> Style:
    """Return the style most letters of the file's lines are set in."""
    styles: Counter[tuple[float, bool]] = Counter()
    gaps: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            styles[line.size, line.bold] += len(line.text)
        for above, below in pairwise(lines):
            gap = (below.baseline - above.baseline) / (below.size or 1)
            if above.size == below.size and 0.9 < gap < 3:
                gaps[round(gap * 10) / 10] += len(below.text)
    (size, bold), _ = max(styles.items(), key=lambda s: s[1], default=((10.0, False), 0))
    return Style(size, bold, max(gaps, key=lambda gap: gaps[gap], default=1.2))


def plain(text: str) -> str:
    """Return a text's letters and digits in lower case, to compare titles."""
    return _PLAIN.sub("", text).casefold()


def flow(
    lines: Sequence[Line], right: float, style: Style, bookmarks: Sequence[Bookmark] = ()
) -> list[Flow]:
    """Gather lines into blocks; `right` is where full lines of this column end.

    Headings told by their look are found later, over the whole file (`pdf_looks`);
    titles of `bookmarks` are headings of the bookmark's level.
    """
    titles = {plain(mark.title): mark.level for mark in bookmarks}
    blocks: list[Flow] = []
    rights = _rights(lines, right)
    fresh = True
    index = 0
    while index < len(lines):
        title = _title(lines, index, titles)
        if title is not None:
            count, level = title
            blocks.append(Flow("heading", list(lines[index : index + count]), level))
            index, fresh = index + count, True
            continue
        line = lines[index]
        if fresh or _breaks(blocks[-1], line, rights[index], style):
            blocks.append(Flow("item" if _marked(line) else "paragraph", [line]))
        else:
            blocks[-1].lines.append(line)
        index, fresh = index + 1, False
    return blocks


def _title(lines: Sequence[Line], at: int, titles: dict[str, int]) -> tuple[int, int] | None:
    """Return how many lines from `at` make a bookmark's title, and its level."""
    text = ""
    for count, line in enumerate(lines[at : at + 4], start=1):
        text += plain(line.text)
        if text and text in titles:
            return count, titles[text]
        if not any(title.startswith(text) for title in titles):
            return None
    return None


def _marked(line: Line) -> bool:
    first = line.tokens[0].text
    if len(line.tokens) < 2:
        return False
    if first.lower() == "at" and re.match(r"^\d{1,2}[).:]$", line.tokens[1].text):
        return True
    return bool(_BULLET.match(first) or _NUMBERED.match(first))


def _rights(lines: Sequence[Line], right: float) -> list[float]:
    """Return where full lines end around each line: nearer than `right` for narrow text."""
    found: list[float] = []
    end, size = 0, 0.0
    for at, line in enumerate(lines):
        if at < end and line.size == size:
            found.append(found[-1])  # lines that stand together end alike
            continue
        size = line.size
        start, end = _together(lines, at)
        found.append(_right(lines[start:end], right))
    return found


def _together(lines: Sequence[Line], at: int) -> tuple[int, int]:
    """Return the range of the lines around line `at` that are set as close and as large."""
    start, end, size = at, at + 1, lines[at].size

    def near(a: Line, b: Line) -> bool:
        return b.baseline - a.baseline < 2.6 * size and abs(a.size - b.size) < 0.1 * size

    while start > 0 and near(lines[start - 1], lines[start]):
        start -= 1
    while end < len(lines) and near(lines[end - 1], lines[end]):
        end += 1
    return start, end


def _right(lines: Sequence[Line], right: float) -> float:
    """Return where full lines end, of lines that stand together."""
    ends = [line.x1 for line in lines]
    left = min(line.x0 for line in lines)
    most = max(ends)
    full = sum(x > most - 0.15 * (most - left) for x in ends)
    if most > left + 0.75 * (right - left) or (len(ends) > 3 and full >= 0.75 * len(ends)):
        return most
    return right


def _breaks(block: Flow, line: Line, right: float, style: Style) -> bool:
    """Tell whether a line begins a new block after the last line of `block`."""
    last, first = block.lines[-1], block.lines[0]
    gap = line.baseline - last.baseline
    size = max(last.size, line.size)
    values = _value_x(last), _value_x(line)
    if values[0] is not None and values[1] is not None and abs(values[0] - values[1]) < size / 2:
        return True
    if gap < 0 or (gap > max(style.leading * 1.3, 1.45) * size and not _spaced(block, line, right)):
        return True
    if abs(last.size - line.size) > 0.07 * size or last.bold != line.bold:
        return True
    if _marked(line) and not (_BULLET.match(line.tokens[0].text) and not _ended(last, right)):
        return True
    if block.kind == "item" and line.x0 > first.x0 + 0.4 * size:
        return _would_fit(last, line, right) and _ended(last, right) and line.text[:1].isupper()
    standing_out = abs(size - style.size) > 0.07 * size or (line.bold and not style.bold)
    if standing_out and (line.text[:1].islower() or last.tokens[-1].text.lower() in _LEADS_ON):
        return False
    if line.x0 > last.x0 + 0.8 * size and len(block.lines) > 1:
        return True
    return _would_fit(last, line, right)


def _value_x(line: Line) -> float | None:
    """Return where a form line's value begins ("Udvalg    Økonomiudvalget"), else None."""
    for label, value in pairwise(line.tokens):
        if value.x0 - label.x1 > _FORM_GAP * line.size:
            return value.x0
    return None


def _spaced(block: Flow, line: Line, right: float) -> bool:
    """Tell whether a line far below goes on in a block set with wide spacing: as far
    as the block's lines are apart, or from a full line that ends no sentence."""
    last = block.lines[-1]
    gap = line.baseline - last.baseline
    if gap > 3 * last.size:
        return False
    if len(block.lines) > 1:
        return abs(gap - (last.baseline - block.lines[-2].baseline)) < 0.1 * last.size
    return (
        last.text[-1:] not in ".:;?!" and not _would_fit(last, line, right) and len(last.tokens) > 4
    )


def _ended(line: Line, right: float) -> bool:
    return line.text[-1:] in ".:;?!" or line.x1 < right - 8 * line.size


def _would_fit(last: Line, line: Line, right: float) -> bool:
    """Tell whether the line's first word had room on the line before: a wanted break."""
    word = line.tokens[0]
    if last.text.endswith(("-", "\u00ad")):
        return False
    return last.x1 + 0.35 * last.size + (word.x1 - word.x0) < right - 0.5 * last.size
