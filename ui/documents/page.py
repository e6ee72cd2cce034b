"""Dokumenter: the collection; what was read of a document; adding, changing and deleting."""

from __future__ import annotations

import streamlit as st

from ui.documents import texts
from ui.documents.adding import draw_adding
from ui.documents.catalogue import draw_catalogue
from ui.documents.document import draw_document
from ui.documents.held import draw_held
from ui.documents.opened import opened, told
from ui.meaning import draw_meaning
from ui.safe import html
from ui.shared import assistant, heading, page_language, troubles, user


def page() -> None:
    """Draw the page: the document that the address names, else the whole collection."""
    with troubles():
        asked, language = assistant(), page_language()
        if (said := told()) is not None:
            st.html(f'<p class="note quiet" role="status">{html(said.in_(language))}</p>')
        if (id := opened()) is not None:
            draw_document(asked, id, language)
            return
        heading(texts.TITLE)
        draw_meaning()
        if "staff" in user().roles:
            draw_adding(asked, language)
            draw_held(asked, language)
        draw_catalogue(asked, language)
