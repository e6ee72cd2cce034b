"""Words of a page to lines, and lines to text with their hyphens undone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from ingest.read.build import Run
from rag.pdf.pdfium import PageWords, Rule, Word
from rag.store.source import Box

_SAME_LINE = 0.4  # baselines this near, in type sizes, are one line
_HANGING = frozenset({"og", "eller", "samt", "and", "or", "til", "men"})
_SHORT_FORMS = frozenset({"it", "ai", "pc", "tv", "hr", "sms", "cv", "co2", "id", "ph", "vvm"})
_ALPHANUMERIC = re.compile(r"[^\W_]")
_CORE = re.compile(r"^\W+|[^\w]+$")


class Token(NamedTuple):
    """A word in the frame in which the page's text stands upright.

    `box` is where it stands on the page as shown; `order` its place in the
    file's content stream.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    bold: bool
    box: Box
    order: int


@dataclass
class Line:
    """Words on one baseline, from left to right."""

    tokens: list[Token]

    @cached_property
    def text(self) -> str:
        """The words, one space between."""
        return " ".join(token.text for token in self.tokens)

    @cached_property
    def x0(self) -> float:
        """Left edge."""
        return min(token.x0 for token in self.tokens)

    @cached_property
    def x1(self) -> float:
        """Right edge."""
        return max(token.x1 for token in self.tokens)

    @cached_property
    def size(self) -> float:
        """The type size most of its letters have."""
        if len({token.size for token in self.tokens}) == 1:
            return round(self.tokens[0].size, 1)
        sizes: Counter[float] = Counter()
        for token in self.tokens:
            sizes[round(token.size, 1)] += len(token.text)
        return sizes.most_common(1)[0][0]

    @cached_property
    def baseline(self) -> float:
        """The y its letters stand on."""
        return max(self.tokens, key=lambda token: token.size).baseline

    @cached_property
    def bold(self) -> bool:
        """True where every word with a letter or digit is bold."""
        light = (t.text for t in self.tokens if not t.bold)
        if any(_ALPHANUMERIC.search(text) for text in light):
            return False
        return any(_ALPHANUMERIC.search(token.text) for token in self.tokens)

    @cached_property
    def gaps(self) -> list[float]:
        """How far each word stands from the word before, in type sizes."""
        return [
            (right.x0 - left.x1) / (max(left.size, right.size) or 1)
            for left, right in pairwise(self.tokens)
        ]

    def split(self, gap: float) -> list[Line]:
        """Split at gaps wider than `gap` type sizes; a line without them is its only part."""
        cuts = [at for at, wide in enumerate(self.gaps, start=1) if wide > gap]
        if not cuts:
            return [self]
        return [Line(self.tokens[a:b]) for a, b in pairwise([0, *cuts, None])]


@dataclass
class Upright:
    """A page turned so that most of its text is upright; `aside` is the rest."""

    width: float
    height: float
    tokens: list[Token]
    rules: list[Rule]
    aside: list[Token]


def upright(page: PageWords) -> Upright:
    """Turn a page's words and rules into the frame most of its letters stand in."""
    angle = _usual_angle(page.words)
    wide, high = page.width, page.height

    def turned(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        if angle == 90:
            return y0, wide - x1, y1, wide - x0
        if angle == 180:
            return wide - x1, high - y1, wide - x0, high - y0
        if angle == 270:
            return high - y1, x0, high - y0, x1
        return x0, y0, x1, y1

    tokens: list[Token] = []
    aside: list[Token] = []
    for order, (text, box, baseline, size, bold, own, _) in enumerate(page.words):
        x0, y0, x1, y1 = turned(*box) if angle else box
        if angle in (90, 180):
            baseline = (wide if angle == 90 else high) - baseline
        token = Token(text, x0, y0, x1, y1, baseline, size, bold, box, order)
        (tokens if own == angle else aside).append(token)
    rules = [Rule(*turned(*rule)) for rule in page.rules]
    if angle % 180:
        wide, high = high, wide
    return Upright(wide, high, tokens, rules, aside)


def _usual_angle(words: Sequence[Word]) -> int:
    """Return the turn most of the words' letters have."""
    angles = {word.angle for word in words}
    if len(angles) < 2:
        return next(iter(angles), 0)
    letters: Counter[int] = Counter()
    for word in words:
        letters[word.angle] += len(word.text)
    return letters.most_common(1)[0][0]


def to_lines(tokens: Iterable[Token]) -> list[Line]:
    """Gather words into lines by their baselines, top to bottom."""
    groups: list[list[Token]] = []
    base = size = 0.0
    for token in sorted(tokens, key=lambda t: t.baseline):
        near = _SAME_LINE * max(size, token.size)
        if not groups or token.baseline - base > near:
            groups.append([])
            base, size = token.baseline, token.size
        groups[-1].append(token)
        if token.size > size:
            base, size = token.baseline, token.size
    return [Line(_single(group)) for group in groups]


def _single(tokens: list[Token]) -> list[Token]:
    """Sort from left to right and drop words printed twice (shadows, faked bold)."""
    kept: list[Token] = []
    for token in sorted(tokens, key=lambda t: (t.x0, t.order)):
        twin = kept and token.text == kept[-1].text
        if twin and abs(token.x0 - kept[-1].x0) < 0.25 * token.size:
            continue
        kept.append(token)
    return kept


class Hyphens:
    """Joins lines to running text: words broken over two lines are made whole.

    A hyphen at a line's end may belong to the word ("p-huse", "Høje-Taastrup")
    or to the break ("omstil-lingsplan"): the file's own words decide where
    they can, and the shape of the two parts where they cannot.
    """

    def __init__(self, tokens: Iterable[Token] = ()) -> None:
        self._words = Counter(
            text.lower() if text.isalnum() else _CORE.sub("", text).lower()
            for text in (token.text for token in tokens)
        )

    def glue(self, before: str, after: str) -> tuple[str, str]:
        """Return what becomes of `before` at a line's end, and what follows it."""
        if before.endswith("\u00ad"):
            return before[:-1], ""
        if before.endswith("/") and len(before) > 1 and after[:1].isalpha():
            return before, ""
        stem = before[:-1]
        if before[-1:] not in "-\u2010" or not stem[-1:].isalnum() or not after[:1].isalnum():
            return before, " "
        first = _CORE.sub("", after)
        if first.lower() in _HANGING:
            return before, " "
        if first[:1].isdigit() or stem[-1].isdigit():
            return before, ""
        core = _CORE.sub("", stem)
        whole = self._words[(core + first).lower()]
        parted = self._words[f"{core}-{first}".lower()]
        if whole != parted:
            return (stem, "") if whole > parted else (before, "")
        last = re.split(r"[-/]", core)[-1]
        if first[:1].isupper() and not (core.isupper() and first.isupper() and len(core) > 4):
            return before, ""
        if len(last) == 1 or last.lower() in _SHORT_FORMS or (last.isupper() and len(last) < 5):
            return before, ""
        return stem, ""

    def runs(self, lines: Sequence[Sequence[Token]]) -> list[Run]:
        """Return the lines' words as runs of one text."""
        found: list[Run] = []
        lines = [line for line in lines if line]
        for number, line in enumerate(lines):
            for token in line[:-1]:
                found += [(token.text, token.box), (" ", None)]
            last = line[-1]
            if number + 1 == len(lines):
                found.append((last.text, last.box))
            else:
                text, space = self.glue(last.text, lines[number + 1][0].text)
                found.append((text, last.box))
                if space:
                    found.append((space, None))
        return found

    def text(self, lines: Sequence[Sequence[Token]]) -> str:
        """Return the lines' words as one text."""
        return "".join(text for text, _ in self.runs(lines))
