"""Starting a run, and how far it is."""

from __future__ import annotations

import streamlit as st

from eval.background import Background
from eval.sets import offered
from rag.home import Home
from ui.evaluation import texts
from ui.shared import page_language, trouble, user


def draw_start(home: Home, background: Background) -> None:
    """Draw the choice of collections and the button, or how far the run is."""
    if background.state.running:
        _draw_progress(background)
        return
    language = page_language()
    names = [collection.name for collection in offered(home)]
    one = st.pills(
        texts.ASK_OVER.in_(language),
        names,
        format_func=lambda name: texts.COLLECTIONS[name].in_(language),
        help=texts.ASK_OVER_HELP.in_(language),
        key="collection",
    )
    st.button(
        texts.START.in_(language),
        key="run",
        type="primary",
        on_click=background.start,
        args=([one] if one else names, user().levels),
    )
    if background.state.error is not None:
        trouble(background.state.error)


@st.fragment(run_every=1.0)
def _draw_progress(background: Background) -> None:
    state, language = background.state, page_language()
    if not state.running:
        st.rerun()
    asking = texts.RUNNING.in_(language).format(done=state.done, total=state.total)
    told = asking if state.total else texts.STARTING.in_(language)
    st.progress(state.done / state.total if state.total else 0.0, text=told)
    st.button(texts.STOP.in_(language), key="stop", on_click=background.stop)
