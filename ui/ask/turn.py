"""One turn of the conversation: the answer, its sources, and beside it the one that is open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag.answer import Answer
from rag.redraw import as_seen
from ui.ask import texts
from ui.ask.answer import Ask, draw_answer
from ui.ask.exchange import Exchange
from ui.ask.export import draw_export
from ui.ask.judge import draw_judge
from ui.panel import draw_panel
from ui.safe import html
from ui.shared import assistant, page_language, trouble, troubles
from ui.sources import draw_sources, find_sources


@st.fragment
def draw_turn(
    exchange: Exchange, last: bool, ask: Ask, ask_everything: Ask, instead: Sequence[str]
) -> None:
    """Draw what came of a question; a source opened in it draws nothing else again."""
    with troubles():
        if exchange.error is not None:
            trouble(exchange.error)
        elif exchange.answer is not None:
            seen = as_seen(exchange.answer, assistant().catalogue, exchange.told)
            if seen is None:
                _draw_gone(exchange, ask)
            else:
                _draw_answered(exchange, seen, last, ask, ask_everything, instead)
        elif exchange.form is not None:
            _draw_form(exchange, ask)


def _draw_answered(
    exchange: Exchange,
    answer: Answer,
    last: bool,
    ask: Ask,
    ask_everything: Ask,
    instead: Sequence[str],
) -> None:
    number, question = exchange.number, exchange.question
    sources = find_sources(assistant(), answer)
    with st.container(key=f"turn-{number}", horizontal=True, gap="large"):
        with st.container(key=f"said-{number}"):
            draw_answer(question, answer, sources, number, ask, instead)
            if exchange.within.names and answer.status == "not_found":
                _draw_again(exchange, texts.UNFILTERED.in_(answer.language), ask_everything)
            chosen = draw_sources(sources.citations, number, answer.language, last)
            with st.container(key=f"take-{number}", horizontal=True, vertical_alignment="center"):
                draw_export(question, answer, sources, number)
            draw_judge(exchange)
        if chosen is not None:
            with st.container(key=f"panel-{number}"):
                draw_panel(assistant(), sources.citations, chosen, number, answer.language)


def _draw_gone(exchange: Exchange, ask: Ask) -> None:
    language = page_language()
    st.html(f'<div class="note quiet" role="note"><p>{texts.GONE.in_(language)}</p></div>')
    _draw_again(exchange, texts.AGAIN.in_(language), ask)


def _draw_form(exchange: Exchange, ask: Ask) -> None:
    """Draw an answer that an older version kept, as far as it can be read.

    Which documents it may be shown of cannot be told, so that its question is all.
    """
    language = page_language()
    st.html(f'<div class="note quiet" role="note"><p>{texts.OLD_FORM.in_(language)}</p></div>')
    _draw_again(exchange, texts.AGAIN.in_(language), ask)


def _draw_again(exchange: Exchange, shown: str, ask: Ask) -> None:
    if st.button(html(shown), key=f"again-{exchange.number}"):
        ask(exchange.question)
        st.rerun()
