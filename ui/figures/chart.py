"""Draws the series of one axis over the years."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from rag.figures.series import Axis, meant
from rag.text.units import unit_name
from rag.types import Language
from rag.wording import amount
from ui.figures import texts

# In the order of `style.css`, which colours the signs in the table.
_COLOURS = {
    "light": ("#1d5c63", "#b3402e", "#8a6100", "#5b4a9e", "#2f6b2f", "#8c2f6b"),
    "dark": ("#7cc4c9", "#f09a86", "#e0b84f", "#b9a8f0", "#8fcf8f", "#e79acb"),
}
_INK = {"light": "#46545b", "dark": "#bcc5c8"}
SIGNS = {
    "circle": "●",
    "square": "■",
    "triangle-up": "▲",
    "diamond": "◆",
    "cross": "✚",
    "triangle-down": "▼",
}
"""The shape of each series' points, in order, and the same as a letter: beyond, they repeat."""
_SHAPES = tuple(SIGNS)
_DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [4, 6])
_HEIGHT = 280  # pixels
# Vega prints 1,234.5 where Danish has 1.234,5.
_DANISH = "replace(replace(replace(datum.label, /,/g, ' '), '.', ','), / /g, '.')"
_PICK = "picked"


def scale_of(axis: Axis) -> int:
    """Return what the amounts of an axis are best told in: kroner, thousands or millions."""
    if axis.unit != "kr.":
        return 1
    amounts = [abs(f.amount) for s in axis.series for f in s.figures if f.amount]
    largest = max(amounts, default=Decimal(0))
    return 1_000_000 if largest >= 1_000_000 else 1_000 if largest >= 1_000 else 1


def draw_chart(
    axis: Axis,
    names: Mapping[str, str],
    key: str,
    language: Language,
    choose: Callable[[str], None],
) -> None:
    """Draw an axis; `names` are the series' by id, `choose` is told the figure of a point chosen.

    Figures without a value leave a gap in the line. The table under it is the legend.
    """

    def picked() -> None:
        if points := st.session_state[key].selection.get(_PICK):
            choose(points[0]["figure"])

    st.altair_chart(
        _chart(axis, names, language),
        key=key,
        on_select=picked,
        selection_mode=_PICK,
        alt=texts.CHART.in_(language).format(names=", ".join(names[s.id] for s in axis.series)),
    )


def _chart(axis: Axis, names: Mapping[str, str], language: Language) -> Any:
    import altair as alt

    scale = scale_of(axis)
    told = [names[s.id] for s in axis.series]
    dark = st.context.theme.type == "dark"
    colours = _COLOURS["dark" if dark else "light"]

    def cycle(of: tuple[Any, ...]) -> Any:
        return alt.Scale(domain=told, range=[of[n % len(of)] for n in range(len(told))])

    values = _points(axis, names, scale, language)
    plot = alt.Chart({"values": values}, height=_HEIGHT)
    plot = plot.encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y(
            "value:Q",
            title=unit_name(axis.unit, scale) or None,
            axis=alt.Axis(
                labelExpr=_DANISH,
                labelFlush=False,  # each beside its own line, the outermost too
                titleAngle=0,
                titleAlign="left",
                titleY=-12,
                titleX=0,
            ),
        ),
        color=alt.Color("name:N", scale=cycle(colours), legend=None),
        tooltip=[
            alt.Tooltip("name:N", title=texts.ROW.in_(language)),
            alt.Tooltip("year:O", title=texts.YEAR.in_(language)),
            alt.Tooltip("print:N", title=texts.PRINTED.in_(language)),
            alt.Tooltip("amount:N", title=texts.AMOUNT.in_(language)),
        ],
    )
    line = plot.mark_line(strokeWidth=2).encode(
        strokeDash=alt.StrokeDash("name:N", scale=cycle(_DASHES), legend=None)
    )
    pick = alt.selection_point(name=_PICK, fields=["figure"], on="click")
    points = plot.mark_point(filled=True, size=110, opacity=1, cursor="pointer").encode(
        shape=alt.Shape("name:N", scale=cycle(_SHAPES), legend=None)
    )
    zero = alt.Chart({"values": [{}]}).mark_rule(color="gray", aria=False).encode(y=alt.datum(0))
    ink = _INK["dark" if dark else "light"]
    drawn = zero + line + points.add_params(pick)
    return drawn.configure_axis(labelColor=ink, titleColor=ink, labelFontSize=13, titleFontSize=13)


def _points(
    axis: Axis, names: Mapping[str, str], scale: int, language: Language
) -> list[dict[str, Any]]:
    years = sorted({year for s in axis.series for year in s.by_year})
    return [
        {
            "name": names[s.id],
            "year": year,
            "value": None if value is None else float(value / scale),
            "print": figure.text,
            "amount": amount_text(value, axis.unit, language),
            "figure": figure.id,
        }
        for s in axis.series
        for year in years
        if (figure := s.by_year.get(year)) is not None
        for value in [meant(figure)]
    ]


def amount_text(value: Decimal | None, unit: str | None, language: Language) -> str:
    """Return an amount in whole units, "" for none."""
    return "" if value is None else amount(value, unit, language)
