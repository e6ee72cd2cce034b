"""Which lines of a table are one row: labels on several lines, groups without values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_GOES_ON = frozenset({"og", "eller", "samt", "af", "til", "for", "i", "på", "med", "ved", "fra"})


@dataclass
class Part:
    """A line of a table: its baseline and type size in points, its label, whether it has values."""

    y: float
    size: float
    label: str
    valued: bool
    bold: bool = False


def group_rows(parts: Sequence[Part], borders: Sequence[float] = ()) -> list[list[int]]:
    """Group a table's lines (indices into `parts`) into rows, top to bottom.

    `borders` are the y of lines drawn across the table: no row crosses one,
    and where they part all rows with values, what lies between two is one row.
    Elsewhere a line without values joins the row whose line is nearer than rows
    are to each other; where the distances do not tell, its wording does.
    """
    bands: list[list[int]] = []
    last = -1
    for index, part in enumerate(parts):
        band = sum(border < part.y - 0.3 * part.size for border in borders)
        if band != last:
            bands.append([])
        bands[-1].append(index)
        last = band
    if len(bands) > 1 and all(sum(parts[i].valued for i in band) <= 1 for band in bands):
        whole = [band for band in bands if any(parts[i].valued for i in band) or len(band) == 1]
        if len(whole) == len(bands):
            return bands
    wrap = _wrap(parts)
    return [row for band in bands for row in _rows(parts, band, wrap)]


def _wrap(parts: Sequence[Part]) -> float | None:
    """Return the distance under which two lines are one row, where the lines tell."""
    size = max(part.size for part in parts)
    gaps = [(b.y - a.y, a.valued and b.valued) for a, b in pairwise(parts) if a.label and b.label]
    rows = [gap for gap, valued in gaps if valued]
    if rows:
        # Rows no further apart than lines of text are tell nothing.
        return 0.85 * min(rows) if min(rows) > 1.35 * size else None
    near = sorted(gap for gap, _ in gaps if gap < 2.5 * size)
    steps = [(b / a, (a + b) / 2) for a, b in pairwise(near)]
    ratio, middle = max(steps, default=(1.0, 0.0))
    return middle if ratio > 1.2 else None


def _rows(parts: Sequence[Part], band: list[int], wrap: float | None) -> list[list[int]]:
    rows: list[list[int]] = [[band[0]]]
    for above, here in pairwise(band):
        row = rows[-1]
        valued = any(parts[i].valued for i in row)
        if not (valued and parts[here].valued) and _one(parts[above], parts[here], wrap):
            row.append(here)
        else:
            rows.append([here])
    return rows


def _one(above: Part, below: Part, wrap: float | None) -> bool:
    """Tell whether line `below` continues the row of the line right above it."""
    gap = below.y - above.y
    size = max(above.size, below.size)
    if gap < 0.85 * size:  # nearer than lines can be: a value centred on its label's lines
        return True
    if not above.label or not below.label or above.bold != below.bold:
        return False
    if wrap is not None:
        return gap < wrap
    return gap <= 1.45 * size and _goes_on(above.label, below.label)


def _goes_on(above: str, below: str) -> bool:
    """Tell from the wording whether a label goes on in the next line."""
    if below[:1].islower() or below[:1] in "(&/":
        return True
    last = above.split()[-1] if above.split() else ""
    ends = last.endswith(("-", ",", "/", "\u2010")) and len(last) > 1
    return ends or last.lower() in _GOES_ON
