"""What every page shares: who asks, in which language, the assistant, and what goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import streamlit as st

from rag.errors import InputError, RaadsvarError
from rag.home import Home
from rag.store.access import User
from rag.store.records import Records
from rag.types import Language, Text
from ui import texts
from ui.safe import html
from ui.sign_in import user as signed_in

if TYPE_CHECKING:
    from rag.chain import Assistant

_CHOSEN, _CONTROL = "language", "language_control"
_DIGITS = 18  # SQLite has room for no more
_COOKIE = "raadsvar_language"
"""Where the browser keeps the language chosen; `page.js` writes it."""


def user() -> User:
    """Return who uses this session.

    Raises InputError before they have signed in: the frame draws no page then.
    """
    who = signed_in()
    if who is None:
        raise InputError(texts.SIGN_IN_FIRST)
    return who


def assistant() -> Assistant:
    """Return the assistant of the data folder, as the user may see it.

    Raises RaadsvarError where the folder or its catalogue cannot be used.
    """
    return _assistant(Home().folder).seen_by(user().levels)


@st.cache_resource(show_spinner=False)
def _assistant(folder: Path) -> Assistant:
    # Not at the top: the first page is drawn while the chain is imported.
    from rag.chain import Assistant

    return Assistant(Home(folder))


def records() -> Records:
    """Return what people made, of the data folder. Raises RecordsError."""
    return _records(Home().folder)


@st.cache_resource(show_spinner=False)
def _records(folder: Path) -> Records:
    return Records(Home(folder))


def chosen_language() -> Language | None:
    """Return the language the user chose, None where each answer follows its question."""
    if _CHOSEN not in st.session_state:
        kept = st.context.cookies.get(_COOKIE)
        st.session_state[_CHOSEN] = kept if kept in texts.LANGUAGE_NAMES else None
    return cast("Language | None", st.session_state[_CHOSEN])


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


def heading(title: Text) -> None:
    """Draw a page's title."""
    st.html(f"<h1>{html(title.in_(page_language()))}</h1>")


def empty(title: Text, how: Text, code: str = "") -> None:
    """Draw what stands where there is nothing yet: that, and how to come further."""
    language = page_language()
    shown = f"<pre>{html(code)}</pre>" if code else ""
    st.html(
        f'<section class="empty"><h2>{html(title.in_(language))}</h2>'
        f"<p>{html(how.in_(language))}</p>{shown}</section>"
    )


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


def number_of(text: str) -> int | None:
    """Return the number of a conversation or draft that an address names, None where none can be.

    Anyone may write anything there; Python reads no number of thousands of digits.
    """
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None


def name_uploader(language: Language) -> None:
    """Put the page's language over a file uploader's own English words, its button's name too."""
    words = {"drop": texts.DROP, "browse": texts.BROWSE}
    said = "".join(f'--upload-{name}: "{word.in_(language)}";' for name, word in words.items())
    st.html(f"<style>:root {{ {said} }}</style>")
