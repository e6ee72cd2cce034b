"""The figures read of a document, each with a way to its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from rag.text.units import unit_name
from rag.types import CouncilDocument, Figure, Language
from rag.wording import amount
from ui import texts as shared
from ui.choices import choice_button, choices
from ui.documents import texts
from ui.documents.opened import show_place
from ui.documents.pages import draw_place
from ui.safe import html

if TYPE_CHECKING:
    from rag.chain import Assistant

_LIMIT, _STEP = "documents-figures-limit", 100
_EXCERPT = 70  # characters of what a figure in the prose is of


def draw_figures(
    asked: Assistant, document: CouncilDocument, figures: Sequence[Figure], language: Language
) -> None:
    """Draw the figures as a table; one chosen is shown where it stands."""
    if not figures:
        st.html(f'<p class="note quiet">{texts.NO_FIGURES.in_(language)}</p>')
        return
    by_id = {f.id: f for f in figures}
    limit = st.session_state.get(_LIMIT, _STEP)

    def chosen(id: str) -> None:
        if (figure := by_id.get(id)) is not None:
            show_place(figure.context, figure.place)

    table, place = st.columns([3, 2])
    with table:
        markup = _table_html(document, figures[:limit], language)
        choices(markup, f"documents-figures-{document.id}", chosen, target="documents-place")
        if len(figures) > limit:
            st.button(texts.MORE.in_(language), on_click=_more)
    with place:
        draw_place(asked, document, language)


def _more() -> None:
    st.session_state[_LIMIT] = st.session_state.get(_LIMIT, _STEP) + _STEP


def _table_html(document: CouncilDocument, figures: Sequence[Figure], language: Language) -> str:
    heads = (texts.MEASURE, texts.YEAR, texts.PRINTED, texts.AMOUNT)
    named = "".join(f'<th scope="col">{head.in_(language)}</th>' for head in heads)
    body = "".join(_row_html(document, figure, language) for figure in figures)
    return (
        f'<div class="scroll"><table class="figures choosable"><thead><tr>{named}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row_html(document: CouncilDocument, figure: Figure, language: Language) -> str:
    measure = figure.measure or figure.concept or ""
    when = str(figure.year or figure.period or "")
    told, shown = figure.text, html(figure.text)
    if figure.state == "blank":
        told = texts.BLANK_HELP.in_(language)
        shown = f'<span class="none">{texts.BLANK.in_(language)}</span>'
    elif figure.state == "dash":
        told, shown = texts.DASH_HELP.in_(language), "–"
    where = f"{shared.PAGE.in_(language)} {figure.place.page}" if document.paged else ""
    whole = "" if figure.amount is None else amount(figure.amount, figure.unit, language)
    unit = ", ".join(filter(None, [unit_name(figure.unit, figure.scale), figure.price_level]))
    label = ", ".join(filter(None, [measure, when, told, where]))
    short = measure if len(measure) <= _EXCERPT else f"… {measure[-_EXCERPT:]}"
    about = ", ".join(filter(None, [figure.group, unit, where]))
    return (
        f'<tr><th scope="row">{html(short)} <span class="unit">{html(about)}</span></th>'
        f"<td>{html(when)}</td>"
        f"<td>{choice_button(figure.id, shown, label, pressed=False)}</td>"
        f"<td>{html(whole)}</td></tr>"
    )
