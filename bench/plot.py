"""Line plots as SVG, written by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

Series = Mapping[str, Sequence[tuple[float, float]]]

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 360, 70, 170, 40, 46
_COLOURS = ("#1b5e8c", "#b3541e", "#3a7d44", "#7b3f8c", "#8c7a1b", "#555555")


def lines(title: str, x_label: str, y_label: str, series: Series) -> str:
    """Return a plot of each series' (x, y) points, both axes logarithmic, as SVG."""
    points = [p for line in series.values() for p in line]
    x_at = _scale([x for x, _ in points], _LEFT, _WIDTH - _RIGHT)
    y_at = _scale([y for _, y in points], _HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
        f'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{_LEFT}" y="22" font-size="15">{escape(title)}</text>',
        f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 8}">{escape(x_label)}</text>',
        f'<text x="8" y="{_TOP - 6}">{escape(y_label)}</text>',
    ]
    for x in sorted({x for x, _ in points}):
        parts.append(_rule(x_at(x), _TOP, x_at(x), _HEIGHT - _BOTTOM))
        parts.append(f'<text x="{x_at(x) - 18:.0f}" y="{_HEIGHT - 28}">{x:,.0f}</text>')
    for y in _ticks([y for _, y in points]):
        parts.append(_rule(_LEFT, y_at(y), _WIDTH - _RIGHT, y_at(y)))
        parts.append(f'<text x="{_LEFT - 48}" y="{y_at(y) + 4:.0f}">{y:g}</text>')
    for n, (name, line) in enumerate(series.items()):
        colour = _COLOURS[n % len(_COLOURS)]
        path = " ".join(f"{x_at(x):.1f},{y_at(y):.1f}" for x, y in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x_at(x):.1f}" cy="{y_at(y):.1f}" r="3" fill="{colour}"/>'
            for x, y in line
        ]
        label = f'x="{_WIDTH - _RIGHT + 12}" y="{_TOP + 18 * n + 10}" fill="{colour}"'
        parts.append(f"<text {label}>{escape(name)}</text>")
    return "\n".join([*parts, "</svg>\n"])


def _scale(values: Sequence[float], start: float, end: float) -> Callable[[float], float]:
    low, high = math.log10(min(values)), math.log10(max(values))
    span = (high - low) or 1.0
    return lambda value: start + (math.log10(value) - low) / span * (end - start)


def _ticks(values: Sequence[float]) -> list[float]:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    steps = [m * 10.0**e for e in range(low, high + 1) for m in (1, 2, 5)]
    return [s for s in steps if min(values) <= s <= max(values)]


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#ddd"/>'
