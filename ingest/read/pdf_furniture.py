"""Takes running heads, running feet, page numbers and lists of contents out of the pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import groupby

from ingest.read.pdf_lines import Line

_MARGIN = 0.2  # heads and feet stand in this share of the page's height
_EDGE = 0.15  # a page number stands in this share of the page's height
_SHARE = 0.6  # a line on this share of the pages is a running one
_NUMBERED = re.compile(
    r"^[-–\s]*(?:side|page|s\.|p\.)\s*\d+(?:\s*(?:af|of|/)\s*\d+)?[-–\s]*$|^\d+\s*(?:af|of|/)\s*\d+$",
    re.IGNORECASE,
)
_BARE = re.compile(r"^[-–\s]*(\d{1,4})[-–\s]*$")
_FOOT = re.compile(
    r"\bgengivelse\b|\b(?:side|page)\s+\d+(?:\s+(?:af|of)\s+\d+)?\s*$", re.IGNORECASE
)
_CONTENTS = re.compile(r"\w.*?(?:\s?[.…]){4,}\s*(?:\d{1,4}|[ivxl]+)$")  # "Drift ........ 12"
_FEWEST_ENTRIES = 3  # a form's dotted line stands alone
_ORDINALS = frozenset({"bilag", "punkt", "tabel", "figur", "afsnit", "kapitel", "nr", "forslag"})


def take_furniture(
    pages: Sequence[list[Line]],
    heights: Sequence[float],
    is_head: Callable[[Sequence[Line], int], bool],
) -> tuple[list[list[Line]], list[str]]:
    """Return the pages without their furniture, and the furniture, each text once.

    The entries of a list of contents are furniture: they tell where, and nothing else.
    A line is furniture when the same words (page numbers aside) stand at the
    same height on most pages, or on three in a row, with nothing but furniture
    between it and the page's edge. `is_head` tells which line of a page is of
    a table's head: those are repeated too but are no furniture.
    """
    repeated = _repeated(pages, heights, is_head)
    kept, taken = [], []
    for index, lines in enumerate(pages):
        first = 0
        while first < len(lines) and (index, first) in repeated["top"]:
            first += 1
        last = len(lines)
        while last > first and (
            (index, last - 1) in repeated["bottom"]
            or (_apart(lines, last - 1) and _page_number(lines[last - 1], index, heights[index]))
        ):
            last -= 1
        last = first + _foot(lines[first:last], heights[index])
        if first < last and _page_number(lines[first], index, heights[index]):
            first += 1
        entries = [line for line in lines[first:last] if _CONTENTS.match(line.text)]
        entries = entries if len(entries) >= _FEWEST_ENTRIES else []
        kept.append([line for line in lines[first:last] if line not in entries])
        taken += lines[:first] + entries + lines[last:]
    once: dict[str, str] = {}
    for line in taken:
        once.setdefault(_key(line), line.text)
    return kept, list(once.values())


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _repeated(
    pages: Sequence[list[Line]],
    heights: Sequence[float],
    is_head: Callable[[Sequence[Line], int], bool],
) -> dict[str, set[tuple[int, int]]]:
    found: dict[str, set[tuple[int, int]]] = {"top": set(), "bottom": set()}
    for side in found:
        same: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, lines in enumerate(pages):
            for place, line in enumerate(lines):
                share = line.baseline / (heights[index] or 1)
                inside = share < _MARGIN if side == "top" else share > 1 - _MARGIN
                if inside and not is_head(lines, place):
                    same[_key(line)].append((index, place))
        for places in same.values():
            for group in _level(pages, places):
                found[side] |= _running(pages, group)
    return found


def _level(
    pages: Sequence[list[Line]], places: list[tuple[int, int]]
) -> list[list[tuple[int, int]]]:
    """Part lines of equal words by their height on the page."""
    groups: list[list[tuple[int, int]]] = []
    last = float("-inf")
    for index, place in sorted(places, key=lambda p: pages[p[0]][p[1]].baseline):
        if pages[index][place].baseline - last > 4:
            groups.append([])
        last = pages[index][place].baseline
        groups[-1].append((index, place))
    return groups


def _running(pages: Sequence[list[Line]], group: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the group's lines whose numbers stay or count with the pages, if enough."""
    group = sorted(group)
    by_numbers: dict[tuple[object, ...], list[tuple[int, int]]] = defaultdict(list)
    for index, place in group:
        numbers = [int(n) for n in re.findall(r"\d+", pages[index][place].text)]
        by_numbers[tuple(numbers)].append((index, place))
        for i, n in enumerate(numbers):
            if not _counts(pages[index][place], i, len(numbers)):
                continue
            by_numbers[(*numbers[:i], f"{n - index:+}", *numbers[i + 1 :])].append((index, place))
    found: set[tuple[int, int]] = set()
    for places in by_numbers.values():
        if len(places) >= max(2, _SHARE * len(pages)):
            found |= set(places)
        for _, run in groupby(enumerate(places), key=lambda p: p[1][0] - p[0]):
            row = [place for _, place in run]
            if len(row) >= 3:
                found |= set(row)
    return found


def _counts(line: Line, which: int, of: int) -> bool:
    """Tell whether one of a line's numbers can be the page's: named so, or at an end."""
    pieces = re.split(r"\d+", line.text)
    before = pieces[which].split()
    if before and before[-1].lower() in {"side", "page", "s.", "p."}:
        return True
    if before and before[-1].lower().strip(".:") in _ORDINALS:
        return False
    return (which == 0 and not pieces[0].strip()) or (which == of - 1 and not pieces[-1].strip())


def _apart(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line stands further from the line above than lines of text do."""
    return at == 0 or lines[at].baseline - lines[at - 1].baseline > 1.6 * lines[at].size


def _page_number(line: Line, index: int, height: float) -> bool:
    share = line.baseline / (height or 1)
    if _EDGE < share < 1 - _EDGE:
        return False
    bare = _BARE.match(line.text)
    return bool(_NUMBERED.match(line.text)) or bool(bare and int(bare[1]) == index + 1)


def _foot(lines: list[Line], height: float) -> int:
    """Return where a foot that stands on one page only begins: at the page's bottom,
    parted from the text by more than its own lines are, saying what feet say."""
    at = len(lines)
    while at > 0 and len(lines) - at < 3 and lines[at - 1].baseline > 0.85 * height:
        at -= 1
        gap = lines[at].baseline - lines[at - 1].baseline if at else float("inf")
        if gap > 1.6 * lines[at].size:
            foot = lines[at:]
            return at if any(_FOOT.search(line.text) for line in foot) else len(lines)
    return len(lines)
