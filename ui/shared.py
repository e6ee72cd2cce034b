"""What every page shares: the look, the language, and the assistant of all sessions."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import streamlit as st

from rag.access import LOCAL, User
from rag.errors import RaadsvarError
from rag.home import Home
from rag.types import Language, Text
from ui import texts
from ui.safe import html

if TYPE_CHECKING:
    from rag.chain import Assistant

_HERE = Path(__file__).parent
_CHOSEN, _CONTROL = "language", "language_control"


def set_up() -> None:
    """Set the page's title, icon, style and language; to be called once a run, first."""
    st.set_page_config(
        page_title=texts.PAGE_TITLE.in_(page_language()),
        page_icon=str(_HERE / "icon.svg"),
        layout="centered",
    )
    st.html(_HERE / "style.css")
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    st.html(
        f"<script>document.documentElement.lang = '{page_language()}';\n{script}</script>",
        unsafe_allow_javascript=True,
    )


def user() -> User:
    """Return who uses this session."""
    return LOCAL


def assistant() -> Assistant:
    """Return the assistant of the data folder, as the user may see it.

    Raises RaadsvarError where the folder or its catalogue cannot be used.
    """
    return _assistant(Home().folder)


@st.cache_resource(show_spinner=False)
def _assistant(folder: Path) -> Assistant:
    # Not at the top: the first page is drawn while the chain is imported.
    from rag.chain import Assistant

    return Assistant(Home(folder))


def chosen_language() -> Language | None:
    """Return the language the user chose, None where each answer follows its question."""
    return cast("Language | None", st.session_state.get(_CHOSEN))


def page_language() -> Language:
    """Return the language of the page: Danish until English is chosen."""
    return chosen_language() or "da"


def language_control() -> None:
    """Draw the choice between Danish and English."""
    st.segmented_control(
        texts.LANGUAGE.in_(page_language()),
        list(texts.LANGUAGE_NAMES),
        format_func=texts.LANGUAGE_NAMES.__getitem__,
        default=page_language(),
        required=True,
        key=_CONTROL,
        on_change=_choose,
        label_visibility="collapsed",
    )


def _choose() -> None:
    st.session_state[_CHOSEN] = st.session_state[_CONTROL]


@contextmanager
def troubles() -> Iterator[None]:
    """Show what goes wrong within as a message, in the page's language."""
    try:
        yield
    except RaadsvarError as error:
        trouble(error.message)


def trouble(message: Text) -> None:
    """Show what went wrong."""
    language = page_language()
    st.html(
        f'<div class="note trouble" role="alert"><strong>{texts.TROUBLE.in_(language)}</strong>'
        f"<p>{html(message.in_(language))}</p></div>"
    )


def unforeseen(error: Exception) -> Text:
    """Log an error that is not the user's, and return what to tell of it."""
    logging.getLogger("raadsvar").error("unforeseen", exc_info=error)
    return texts.UNFORESEEN
