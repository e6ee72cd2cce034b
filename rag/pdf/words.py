"""Words of a pdfium text page, placed as the page is shown.

Called by `rag.pdf.pdfium` alone, under its lock; `raw` is pypdfium2's raw module.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.pdf.frame import Frame, Numbers
from rag.pdf.letters import Letters, Style
from rag.store.source import Box

_SAMPLE = 300  # letters: a turned remark in the margin is still seen
_RUN = re.compile(r"[^ \t\r\n\x0b\x0c\x00\xa0\u2002\u2003\u2007\u2009\u202f\u3000]+")

_LOST = "\ufffd"

_Span = tuple[int, int]


class Word(NamedTuple):
    """A word of a page as it is shown.

    `box` is in points from the top left. `angle` is the clockwise turn of the
    writing: 0, 90, 180 or 270 degrees. `baseline` is the y the letters stand
    on; for words turned by 90 or 270 degrees it is their x. `size` is the type
    size in points; `faint` words are white or not drawn at all.
    """

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool = False
    angle: int = 0
    faint: bool = False


def angles(text: Any, frame: Frame, raw: Any) -> list[int]:
    """Return the turns of a page's writing, seen in a sample of its letters, most used first."""
    letters = Letters(text, frame, raw)
    seen = letters.angles(range(0, letters.count, 1 + letters.count // _SAMPLE))
    return [angle for angle, _ in Counter(seen).most_common()]


def words_of(text: Any, frame: Frame, raw: Any) -> tuple[list[Word], int]:
    """Return the words of a text page, and how many its fonts do not name all letters of.

    A word that lacks a few has U+FFFD for each; one that lacks most is left out.
    """
    letters = Letters(text, frame, raw)
    string = letters.string()
    spans = [run.span() for run in _RUN.finditer(string)]
    if not spans:
        return [], 0
    spans, styles, origins = _straight(letters, spans)
    first = letters.boxes([start for start, _ in spans])
    last = letters.boxes([end - 1 for _, end in spans])
    boxes = np.hstack((np.minimum(first, last)[:, :2], np.maximum(first, last)[:, 2:]))
    shown = _on_page(boxes, frame).tolist()
    found: list[Word] = []
    unmapped = 0
    for (start, end), box, (x, y), style, inside in zip(
        spans, boxes.tolist(), origins.tolist(), styles, shown, strict=True
    ):
        word = _whole(string[start:end])
        lost = word.count(_LOST)
        unmapped += bool(lost)
        if inside and lost * 2 < len(word):
            baseline = x if style.angle % 180 == 90 else y
            size, angle, bold, faint = style
            found.append(Word(word, Box(*box), baseline, size, bold, angle, faint))
    return found, unmapped


def _straight(letters: Letters, spans: list[_Span]) -> tuple[list[_Span], list[Style], Numbers]:
    """Split characters that pdfium runs together though they lie apart.

    Returns the words' spans, and the styles and origins of their first letters.
    """
    starts, ends = (list(side) for side in zip(*spans, strict=True))
    styles, origins = letters.styles(starts), letters.origins(starts)
    apart = _apart(origins, letters.origins([end - 1 for end in ends]), styles)
    cuts: list[int] = []
    for at in np.flatnonzero(apart).tolist():
        points = letters.origins(range(starts[at], ends[at]))
        broken = _apart(points[:-1], points[1:], [styles[at]])
        cuts += (np.flatnonzero(broken) + starts[at] + 1).tolist()
    if not cuts:
        return spans, styles, origins
    starts, styles = starts + cuts, styles + letters.styles(cuts)
    order = np.argsort(starts)
    spans = list(zip(sorted(starts), sorted(ends + cuts), strict=True))
    return spans, [styles[i] for i in order], np.vstack((origins, letters.origins(cuts)))[order]


def _apart(here: Numbers, there: Numbers, styles: Sequence[Style]) -> NDArray[np.bool_]:
    """Tell of each pair of letters whether the second is not where writing goes on."""
    x, y = (there - here).T
    turn = np.radians([style.angle for style in styles])
    right, down = np.cos(turn).round(), np.sin(turn).round()
    size = np.array([style.size for style in styles])
    apart: NDArray[np.bool_] = (np.abs(y * right - x * down) >= 0.5 * size) | (
        x * right + y * down < -0.5 * size
    )
    return apart


def _whole(word: str) -> str:
    """Return a word with its pairs of surrogates joined, U+FFFD for half a pair."""
    if word.isprintable():
        return word
    return word.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _on_page(boxes: Numbers, frame: Frame) -> NDArray[np.bool_]:
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    shown: NDArray[np.bool_] = (middle >= 0) & (middle <= (frame.width, frame.height))
    return shown[:, 0] & shown[:, 1]
