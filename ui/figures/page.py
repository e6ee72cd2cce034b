"""Tal: figures over years, side by side; and where the documents contradict themselves."""

from __future__ import annotations

import streamlit as st

from ui.figures import texts
from ui.figures.compare import draw_comparison
from ui.figures.contradictions import draw_contradictions
from ui.shared import assistant, heading, page_language, troubles


def page() -> None:
    """Draw the page."""
    heading(texts.TITLE)
    with troubles():
        asked = assistant()
        language = page_language()
        names = [texts.COMPARE.in_(language), texts.FINDINGS.in_(language)]
        compare, findings = st.tabs(names, key="figures-tabs", on_change="rerun")
        if compare.open:
            with compare:
                draw_comparison(asked, language)
        if findings.open:
            with findings:
                draw_contradictions(asked, language)
