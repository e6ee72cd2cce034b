"""The figures of an answer over years, as a chart beside their table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from rag.answer import Answer
from rag.types import Language
from ui.ask import texts
from ui.ask.figures import FigureRow, figure_rows, names_of

if TYPE_CHECKING:
    import altair

_LEAST_YEARS, _MOST_ROWS = 3, 6
_HEIGHT = 220  # pixels
_DANISH = "replace(replace(replace(format(datum.value, ','), /,/g, ' '), '.', ','), / /g, '.')"
"""How Vega writes 1.234,5."""


def draw_chart(answer: Answer, number: int) -> None:
    """Draw a chart, folded in, where the figures of one unit stand in several years.

    The table above it says the same in words and figures.
    """
    points = _points(answer)
    if points is None:
        return
    language = answer.language
    folded = st.expander(texts.CHART.in_(language), key=f"chart-{number}", on_change="rerun")
    if folded.open:
        folded.altair_chart(
            _chart(points, language), width="stretch", alt=texts.CHART_OF.in_(language)
        )


def _points(answer: Answer) -> list[dict[str, Any]] | None:
    """Return year, value and name of each figure; None where a chart would tell nothing."""
    rows = [r for r in figure_rows(answer) if len(r.figures) >= _LEAST_YEARS]
    units = {(r.first.unit, r.first.scale, r.first.price_level) for r in rows}
    if answer.status != "answered" or len(units) != 1 or len(rows) > _MOST_ROWS:
        return None
    names = names_of(answer, rows)
    points = [
        {"year": head, "value": float(f.value), "text": f.text, "name": _name(row, names, answer)}
        for row in rows
        for head, cell in row.figures.items()
        for f in cell
        if head.isdecimal() and f.value is not None
    ]
    return points if len({p["year"] for p in points}) >= _LEAST_YEARS else None


def _name(row: FigureRow, names: dict[str, str], answer: Answer) -> str:
    named = f"{names[row.first.document]} {row.first.measure}".strip()
    return f"{named} ({unit})" if (unit := row.unit(answer.language)) else named


def _chart(points: list[dict[str, Any]], language: Language) -> altair.LayerChart:
    import altair

    several = len({p["name"] for p in points}) > 1
    base = altair.Chart(altair.InlineData(points)).encode(
        x=altair.X("year:O", title=None, axis=altair.Axis(labelAngle=0)),
        y=altair.Y("value:Q", title=None, axis=altair.Axis(labelExpr=_DANISH, labelFlush=False)),
        xOffset="name:N",
        tooltip=[
            altair.Tooltip("year:O", title=texts.YEAR.in_(language)),
            altair.Tooltip("text:N", title=points[0]["name"] if not several else "Tal"),
        ],
    )
    legend = altair.Legend(orient="top", title=None, labelLimit=480, columns=1)
    bars = base.mark_bar().encode(color=altair.Color("name:N", legend=legend))
    # The print stands at its bar: no figure is told by length or colour alone.
    above = base.transform_filter("datum.value >= 0").mark_text(dy=-7).encode(text="text:N")
    below = base.transform_filter("datum.value < 0").mark_text(dy=9).encode(text="text:N")
    return altair.LayerChart(layer=[bars, above, below], height=_HEIGHT)
