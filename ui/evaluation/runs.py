"""The runs kept in the data folder, for the parts of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from eval.runs import KeptRun, Runs
from rag.home import Home
from rag.types import Text
from ui.evaluation import texts
from ui.shared import assistant, page_language, records, user


def kept_runs() -> list[KeptRun]:
    """Return the runs without their outcomes, oldest first.

    A run over documents that the user may not see, or may not see any more, is not among them.
    """
    levels, catalogue = user().levels, assistant().catalogue
    return [k for k in Runs(records()).all() if k.is_seen(levels, catalogue)]


def whole_run(number: int) -> dict[str, Any]:
    """Return one of `kept_runs` in its JSON form."""
    return _run(Home().folder, number)


def choose_run(label: Text, kept: Sequence[KeptRun]) -> int:
    """Draw the choice between runs and return the number of the one chosen, at first the latest."""
    by_number = {k.number: k for k in reversed(kept)}
    number: int = st.selectbox(
        label.in_(page_language()),
        list(by_number),
        format_func=lambda number: _name(by_number[number]),
        width=420,
    )
    return number


def _name(run: KeptRun) -> str:
    language = page_language()
    at = dt.datetime.fromisoformat(run.started).astimezone()
    when = at.strftime("%d.%m.%Y kl. %H.%M" if language == "da" else "%Y-%m-%d %H:%M")
    name = texts.RUN_NAME.in_(language).format(number=run.number, when=when)
    model = texts.WITH_MODEL.in_(language).format(model=run.model)
    return f"{name}, {model}" if run.model else name


@st.cache_data(show_spinner=False, max_entries=8)
def _run(folder: Path, number: int) -> dict[str, Any]:
    """Return a kept run; it never changes."""
    return Runs(records()).get(number) or {"outcomes": []}
