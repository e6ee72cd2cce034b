"""Which document is open: the address says, so that it can be sent, reloaded and left again."""

from __future__ import annotations

import streamlit as st

from rag.types import Place, Text

_DOCUMENT, _PLACE, _TOLD = "dokument", "documents-place", "documents-told"


def opened() -> str | None:
    """Return the id of the document that is open."""
    return st.query_params.get(_DOCUMENT)


def open_document(id: str) -> None:
    """Open a document at its beginning."""
    st.query_params[_DOCUMENT] = id
    st.session_state.pop(_PLACE, None)


def close_document() -> None:
    """Go back to the collection."""
    st.query_params.pop(_DOCUMENT, None)


def say(message: Text) -> None:
    """Say what came of what was just done, when the page is drawn next."""
    st.session_state[_TOLD] = message


def show_place(place: Place, mark: Place | None = None) -> None:
    """Show a place of the document that is open, `mark` the part of it to point at."""
    st.session_state[_PLACE] = place, mark or place


def place_shown(document: str) -> tuple[Place, Place] | None:
    """Return the place to show of a document, and the part to point at."""
    place: tuple[Place, Place] | None = st.session_state.get(_PLACE)
    return place if place and place[0].document == document else None


def told() -> Text | None:
    """Return what `say` was told, once."""
    said: Text | None = st.session_state.pop(_TOLD, None)
    return said
