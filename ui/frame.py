"""The frame around every page: title, look, wordmark, navigation, language and who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from rag.access import LOCAL
from rag.types import Text
from ui import texts
from ui.safe import html
from ui.shared import chosen_language, language_control, page_language, user

_HERE = Path(__file__).parent


class Room(NamedTuple):
    """A page of the app: what draws it, its name in the navigation, and its address."""

    draw: Callable[[], None]
    name: Text
    path: str


def show(rooms: Sequence[Room]) -> None:
    """Draw the frame, and in it the page that the address names; the first is the default."""
    language = page_language()
    pages = [
        st.Page(r.draw, title=r.name.in_(language), url_path=r.path, default=r is rooms[0])
        for r in rooms
    ]
    chosen = st.navigation(pages, position="hidden")
    set_up(chosen.title)
    _draw_head(pages)
    chosen.run()


def set_up(title: str) -> None:
    """Set the window's title, icon, style and language; to be called once a run, first."""
    language, chosen = page_language(), "true" if chosen_language() else "false"
    st.set_page_config(
        page_title=f"Rådsvar · {title}", page_icon=str(_HERE / "icon.svg"), layout="wide"
    )
    st.html(_HERE / "style.css")
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    st.html(
        f"<script>{script}\nwindow.raadsvar.speak('{language}', {chosen});</script>",
        unsafe_allow_javascript=True,
    )


def _draw_head(pages: Sequence[StreamlitPage]) -> None:
    with st.container(key="head", horizontal=True, vertical_alignment="center"):
        st.html('<p class="wordmark">Råds<span>var</span></p>', width="content")
        with st.container(key="rooms", horizontal=True, gap="xxsmall"):
            for page in pages:
                st.page_link(page)
        _draw_user()
        language_control()


def _draw_user() -> None:
    """Tell who is signed in; where nobody signs in, that the app serves this machine alone."""
    language, signed_in = page_language(), user()
    if signed_in == LOCAL:
        told = f'<span title="{texts.LOCAL_HELP.in_(language)}">{texts.LOCAL.in_(language)}</span>'
    else:
        told = html(signed_in.name)
    st.html(f'<p class="aside">{told}</p>', width="content")
