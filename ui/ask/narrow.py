"""What the user keeps answers to: municipality, period and kind of document, as chips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from rag.query import EVERYTHING, Filter
from rag.types import CouncilDocument
from ui.ask import texts
from ui.safe import label
from ui.shared import page_language

_WITHIN = "within"
_FIELDS = {
    "municipalities": (texts.MUNICIPALITIES, "municipality"),
    "periods": (texts.PERIODS, "period"),
    "kinds": (texts.KINDS, "kind"),
}


def within() -> Filter:
    """Return what the next question is kept to."""
    kept: Filter = st.session_state.get(_WITHIN, EVERYTHING)
    return kept


def widen() -> None:
    """Keep to nothing."""
    st.session_state[_WITHIN] = EVERYTHING
    for field in _FIELDS:
        st.session_state.pop(_key(field), None)


def draw_choice(documents: Sequence[CouncilDocument]) -> None:
    """Draw the choice of what to keep to, of what `documents` there are."""
    language = page_language()
    with st.popover(texts.FILTER.in_(language), key="filter", type="tertiary"):
        for field, (name, attribute) in _FIELDS.items():
            there = {getattr(d, attribute) for d in documents} - {None}
            st.multiselect(
                name.in_(language),
                sorted(there | set(getattr(within(), field))),
                default=list(getattr(within(), field)),
                key=_key(field),
                on_change=_choose,
                args=(field,),
                placeholder=texts.ALL.in_(language),
            )


def draw_chips() -> None:
    """Draw what is kept to, each with a button that lets go of it."""
    if not within().names:
        return
    language = page_language()
    with st.container(key="chips", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(f'<p class="label">{texts.FILTERED.in_(language)}</p>', width="content")
        for field in _FIELDS:
            for name in getattr(within(), field):
                st.button(
                    f"{label(name)} ✕",
                    key=f"chip-{field}-{name}",
                    on_click=_remove,
                    args=(field, name),
                    help=f"{texts.REMOVE.in_(language)} {label(name)}",
                )


def _key(field: str) -> str:
    return f"within-{field}"


def _choose(field: str) -> None:
    chosen = tuple(st.session_state[_key(field)])
    st.session_state[_WITHIN] = replace(within(), **{field: chosen})


def _remove(field: str, name: str) -> None:
    left = tuple(n for n in getattr(within(), field) if n != name)
    st.session_state[_WITHIN] = replace(within(), **{field: left})
    st.session_state[_key(field)] = list(left)
