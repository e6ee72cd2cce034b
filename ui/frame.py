"""The frame around every page: title, look, wordmark, navigation, language and who is signed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from rag.errors import InputError
from rag.store.access import LOCAL, ROLES, Role, User
from rag.types import Text
from ui import texts
from ui.fields import keep_fields
from ui.safe import html
from ui.shared import chosen_language, empty, language_control, page_language, trouble
from ui.sign_in import user as signed_in

_HERE = Path(__file__).parent


class Room(NamedTuple):
    """A page of the app: what draws it, its name in the navigation, its address, and for whom."""

    draw: Callable[[], None]
    name: Text
    path: str
    roles: frozenset[Role] = ROLES


def show(rooms: Sequence[Room]) -> None:
    """Draw the frame, and in it the page that the address names; the first is the default.

    Who uses the session gets the pages of their roles; before they have signed in, none.
    """
    language, exposed, who = page_language(), None, None
    try:
        who = signed_in()
    except InputError as error:
        exposed = error.message
    pages = [
        st.Page(r.draw, title=r.name.in_(language), url_path=r.path, default=r is rooms[0])
        for r in rooms
        if who is None or who.roles & r.roles
    ]
    chosen = st.navigation(pages, position="hidden")
    set_up(chosen.title if who else texts.SIGN_IN.in_(language))
    _draw_head(pages, who)
    if who:
        keep_fields()
        chosen.run()
    elif exposed:
        trouble(exposed)
    else:
        _draw_sign_in()


def set_up(title: str) -> None:
    """Set the window's title, icon, style and language; to be called once a run, first."""
    language, chosen = page_language(), bool(chosen_language())
    spoken = ", ".join(map(json.dumps, (language, chosen, texts.LOST.in_(language))))
    st.set_page_config(
        page_title=f"Rådsvar · {title}", page_icon=str(_HERE / "icon.svg"), layout="wide"
    )
    st.html(_HERE / "style.css")
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    st.html(
        f"<script>{script}\nwindow.raadsvar.speak({spoken});</script>",
        unsafe_allow_javascript=True,
    )


def _draw_head(pages: Sequence[StreamlitPage], who: User | None) -> None:
    with st.container(key="head", horizontal=True, vertical_alignment="center"):
        st.html('<p class="wordmark">Råds<span>var</span></p>', width="content")
        with st.container(key="rooms", horizontal=True, gap="xxsmall"):
            for page in pages if who else ():
                st.page_link(page)
        if who:
            _draw_user(who)
        language_control()


def _draw_user(who: User) -> None:
    """Tell who is signed in; where nobody signs in, that the app serves this machine alone."""
    language = page_language()
    if who == LOCAL:
        told = f'<span title="{texts.LOCAL_HELP.in_(language)}">{texts.LOCAL.in_(language)}</span>'
        st.html(f'<p class="aside">{told}</p>', width="content")
        return
    st.html(f'<p class="aside">{html(who.name)}</p>', width="content")
    st.button(texts.SIGN_OUT.in_(language), key="sign-out", on_click=st.logout, type="tertiary")


def _draw_sign_in() -> None:
    language = page_language()
    empty(texts.SIGN_IN, texts.SIGN_IN_HOW)
    st.button(texts.SIGN_IN.in_(language), key="sign-in", on_click=st.login, type="primary")
