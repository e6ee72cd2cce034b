"""What the user thinks of an answer: right or not, and why not, kept for evaluators."""

from __future__ import annotations

import streamlit as st

from rag.store.conversations import Verdict
from rag.store.told import told_of
from ui.ask import texts
from ui.ask.exchange import Exchange, conversations
from ui.shared import assistant, page_language, troubles

_THUMBS: dict[Verdict, str] = {"up": ":material/thumb_up:", "down": ":material/thumb_down:"}


def draw_judge(exchange: Exchange) -> None:
    """Draw the question whether an answer was right; a no is asked why."""
    if exchange.turn is None:
        return
    language, number = page_language(), exchange.number
    names = {"up": texts.UP.in_(language), "down": texts.DOWN.in_(language)}
    st.pills(
        texts.HELPFUL.in_(language),
        list(_THUMBS),
        format_func=lambda verdict: f"{_THUMBS[verdict]} {names[verdict]}",
        default=exchange.verdict,
        key=f"verdict-{number}",
        on_change=_judge,
        args=(exchange,),
    )
    if exchange.verdict == "down":
        st.text_input(
            texts.WHY.in_(language), key=f"why-{number}", on_change=_judge, args=(exchange,)
        )
    if st.session_state.pop(f"thanked-{number}", False):
        st.html(f'<p class="aside" role="status">{texts.THANKS.in_(language)}</p>')


def _judge(exchange: Exchange) -> None:
    number = exchange.number
    exchange.verdict = st.session_state[f"verdict-{number}"]
    with troubles():
        reason = st.session_state.get(f"why-{number}", "").strip()
        told = told_of(reason, assistant().catalogue)
        conversations().judge(exchange.turn or 0, exchange.verdict, reason, told)
        st.session_state[f"thanked-{number}"] = exchange.verdict is not None
