"""The page Evaluering: run the known answers, and see what came of each."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from eval.background import Background
from rag.home import Home
from ui.evaluation import texts
from ui.evaluation.changes import draw_changes
from ui.evaluation.feedback import draw_feedback
from ui.evaluation.outcomes import draw_outcomes
from ui.evaluation.results import draw_results
from ui.evaluation.runs import choose_run, kept_runs, whole_run
from ui.evaluation.start import draw_start
from ui.safe import html
from ui.shared import empty, heading, page_language, troubles

_STYLE = Path(__file__).with_name("style.css")


def page() -> None:
    """Draw the page."""
    st.html(_STYLE)
    heading(texts.TITLE)
    st.html(f'<p class="aside">{html(texts.WHY.in_(page_language()))}</p>')
    with troubles():
        home = Home()
        draw_start(home, _background(home.folder))
        _draw_runs()


def _draw_runs() -> None:
    language, kept = page_language(), kept_runs()
    names = (texts.RESULT, texts.QUESTIONS, texts.CHANGES) if kept else (texts.RESULT,)
    number = choose_run(texts.RUN, kept) if kept else None
    *about, thumbs = st.tabs([t.in_(language) for t in (*names, texts.FEEDBACK)])
    with thumbs:
        draw_feedback()
    if number is None:
        with about[0]:
            empty(texts.EMPTY, texts.EMPTY_HOW)
        return
    run, (result, questions, changes) = whole_run(number), about
    with result:
        draw_results(run, [k for k in kept if k.number <= number])
    with questions:
        draw_outcomes(run)
    with changes:
        draw_changes(run, [k for k in kept if k.number < number])


@st.cache_resource(show_spinner=False)
def _background(folder: Path) -> Background:
    return Background(Home(folder))
