"""Draws chosen figures of chosen documents: a chart and a table for each kind of unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from rag.cite import Citations
from rag.figures.caveats import caveats
from rag.figures.export import table, to_csv, to_xlsx
from rag.figures.series import BUDGET, Axis, Series, axes
from rag.text.units import unit_name
from rag.types import CouncilDocument, Figure, Language
from rag.wording import amount, told_apart
from ui import texts as shared
from ui.choices import choices
from ui.figures import texts
from ui.figures.chart import draw_chart, scale_of
from ui.figures.choosing import choose_series
from ui.figures.table import figure_text, table_html
from ui.panel import draw_source
from ui.safe import html
from ui.shared import empty

if TYPE_CHECKING:
    from rag.chain import Assistant

_CHOSEN = "figures-chosen"


@dataclass(frozen=True)
class Comparison:
    """What was chosen to compare: `known` are all series of the documents, by id."""

    documents: dict[str, CouncilDocument]
    known: list[Series]
    series: list[Series]
    names: dict[str, str]
    """What each series is called."""


def draw_comparison(asked: Assistant, language: Language) -> None:
    """Draw the choice of what to compare, and the comparison."""
    documents = {d.id: d for d in told_apart(asked.catalogue.shelf.current.documents)}
    chosen = choose_series(asked, documents, language)
    if chosen is None:
        empty(texts.EMPTY, texts.EMPTY_HOW)
        return
    known, series = chosen
    if not series:
        st.html(f'<p class="note quiet">{texts.NOTHING.in_(language)}</p>')
        return
    own = {s.first.document for s in known}
    compared = Comparison(
        {id: documents[id] for id in own}, known, series, _names(series, documents, language)
    )
    notes = []
    for number, axis in enumerate(axes(series)):
        notes += _draw_axis(compared, axis, number, language)
        _draw_place(asked, compared, axis, language)
    st.html(f'<p class="aside">{texts.LEGEND.in_(language)}</p>')
    _draw_contradictions(asked, compared, language)
    _draw_exports(compared, notes, language)


def _draw_axis(compared: Comparison, axis: Axis, number: int, language: Language) -> list[str]:
    """Draw a chart and its table; return what was said of them."""
    chosen = st.session_state.get(_CHOSEN)
    budget = axis.series[0].first.concept == BUDGET
    title = texts.BUDGET if budget else texts.MONEY if axis.unit == "kr." else None
    name = title.in_(language) if title else axis.unit or compared.names[axis.series[0].id]
    st.html(f"<h2>{html(name[:1].upper() + name[1:])}</h2>")
    told = [c.in_(language) for c in caveats(axis, compared.documents, compared.known)]
    if told:
        items = "".join(f"<p>{html(t)}</p>" for t in told)
        heading = f"<strong>{texts.KNOW.in_(language)}</strong>"
        st.html(f'<div class="note" role="note">{heading}{items}</div>')
    # The key names what is drawn: a choice made in another chart is not this one's.
    key = f"figures-{number}-{hash(tuple(s.id for s in axis.series))}"
    if any(f.amount is not None for s in axis.series for f in s.by_year.values()):
        draw_chart(axis, compared.names, f"{key}-chart", language, _choose)
    markup = table_html(axis, compared.names, scale_of(axis), chosen, language)
    choices(markup, f"{key}-table", _choose, target="figures-place")
    return told


def _choose(figure: str) -> None:
    st.session_state[_CHOSEN] = figure


def _forget() -> None:
    st.session_state.pop(_CHOSEN, None)


def _draw_place(asked: Assistant, compared: Comparison, axis: Axis, language: Language) -> None:
    """Draw where the figure chosen stands, if it is one of this axis."""
    chosen = st.session_state.get(_CHOSEN)
    found = [(s, f) for s in axis.series for f in s.figures if f.id == chosen]
    if not found:
        return
    series, figure = found[0]
    citations = Citations(compared.documents, asked.page)
    citations.add(figure.context, figure.place)
    with st.container(key="figures-place", border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f"<h2>{texts.STANDS.in_(language)}</h2>")
            st.button(texts.CLOSE.in_(language), on_click=_forget, type="tertiary")
        st.html(f"<p>{html(compared.names[series.id])}, {_told(figure, language)}</p>")
        draw_source(asked, citations.all()[0], "source-figure", language)


def _told(figure: Figure, language: Language) -> str:
    """Return a figure's year, print and amount as HTML."""
    when = figure.year or figure.period or ""
    if figure.state != "value":
        return f"{when}: <strong>{figure_text(figure, language)}</strong>"
    unit, whole = unit_name(figure.unit, figure.scale), ""
    if figure.scale != 1:
        unit = f"({unit})"
        if figure.amount is not None:
            whole = f" = {amount(figure.amount, figure.unit, language)}"
    return f"{when}: <strong>{html(figure.text)}</strong> {html(unit + whole)}"


def _draw_contradictions(asked: Assistant, compared: Comparison, language: Language) -> None:
    """Draw what contradicts the figures shown."""
    shown = {f.id for s in compared.series for f in s.figures}
    known = {d.id: d for d in asked.catalogue.documents()}
    for finding in asked.catalogue.findings(sorted(compared.documents)):
        if shown & set(finding.figures):
            name = shared.NOTES.get(finding.kind, shared.NOTE).in_(language)
            documents = dict.fromkeys(known[p.document] for p in finding.places)
            named = ", ".join(d.number or d.title for d in documents)
            grave = "" if finding.kind != "confirmed" else " quiet"
            st.html(
                f'<div class="note{grave}" role="note"><strong>{html(named)}: {name}</strong>'
                f"<p>{html(finding.message.in_(language))}</p></div>"
            )


def _draw_exports(compared: Comparison, notes: Sequence[str], language: Language) -> None:
    rows = table(compared.series, compared.documents, language)
    file = texts.FILE.in_(language)
    with st.container(horizontal=True):
        st.download_button(
            texts.CSV.in_(language),
            lambda: to_csv(rows),
            file_name=f"{file}.csv",
            mime="text/csv",
            on_click="ignore",
        )
        st.download_button(
            texts.XLSX.in_(language),
            lambda: to_xlsx(rows, notes, language),
            file_name=f"{file}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore",
        )


def _names(
    series: Sequence[Series], documents: dict[str, CouncilDocument], language: Language
) -> dict[str, str]:
    """Return a name of each series that no other has: document, row, group, page, which."""
    names: dict[str, str] = {}
    for one in series:
        document, first = documents[one.first.document], one.first
        measure = first.measure or one.subject_name.in_(language)
        page = f"{shared.PAGE.in_(language)} {first.place.page}" if document.paged else ""
        parts = [document.number or document.title, measure]
        if first.table is None:
            parts.append(texts.FROM_PROSE.in_(language))
        alike = [s for s in series if (s.first.document, s.first.measure) ==
                 (first.document, first.measure)]  # fmt: skip
        if len(alike) > 1:
            parts += [first.group or "", page]
        name = " · ".join(filter(None, parts))
        same = sum(n == name or n.startswith(f"{name} (") for n in names.values())
        names[one.id] = f"{name} ({same + 1})" if same else name
    return names
