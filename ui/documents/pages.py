"""A document page by page: its picture beside what was read of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.pdf.pdfium import PdfError
from rag.store.source import Page
from rag.types import CouncilDocument, Language, Place
from ui.choices import choices
from ui.documents import texts
from ui.documents.opened import place_shown, show_place
from ui.documents.read import page_html
from ui.evidence import page_picture

if TYPE_CHECKING:
    from rag.chain import Assistant


def draw_pages(asked: Assistant, document: CouncilDocument, language: Language) -> None:
    """Draw the page turned to: its picture, and its text and tables as read."""
    number = _turned_to(document)
    if document.first_page < document.last_page:
        number = _draw_turning(document, number, language)
    page = asked.catalogue.page(document.source, number)
    if page is None:
        return
    shown = place_shown(document.id)
    mark = shown[1] if shown and shown[1].page == number else None

    def chosen(choice: str) -> None:
        first, last, start, end = map(int, choice.split("-"))
        row = Place(document.id, number, first, last)
        show_place(row, Place(document.id, number, start, end))

    if not document.paged:
        choices(page_html(document, page, mark, language), f"read-{document.id}", chosen)
        return
    picture, read = st.columns(2, gap="medium")
    with picture:
        _draw_picture(asked, document, page, language)
    with read:
        st.html(f"<h2>{texts.READ_TEXT.in_(language)}</h2>")
        markup = page_html(document, page, mark, language)
        choices(markup, f"read-{document.id}-{number}", chosen)
        if "data-choice" in markup:
            st.html(f'<p class="aside">{texts.CHOOSE.in_(language)}</p>')


def draw_place(asked: Assistant, document: CouncilDocument, language: Language) -> None:
    """Draw the page that holds the place shown, if one is."""
    shown = place_shown(document.id)
    if shown is None:
        return
    page = asked.catalogue.page(document.source, shown[1].page)
    if page is None:
        return
    with st.container(key="documents-place"):
        if document.paged:
            _draw_picture(asked, document, page, language)
        else:
            choices(page_html(document, page, shown[1], language), "read-place", lambda _: None)


def _turned_to(document: CouncilDocument) -> int:
    """Return the page turned to: that of the place shown, else the first."""
    shown = place_shown(document.id)
    return shown[1].page if shown else document.first_page


def _draw_turning(document: CouncilDocument, number: int, language: Language) -> int:
    """Draw what turns the pages; return the page turned to."""
    first, last = document.first_page, document.last_page
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "←",
            help=texts.PREVIOUS.in_(language),
            disabled=number <= first,
            on_click=_turn,
            args=(document, number - 1),
        )
        key = f"documents-page-{document.id}"
        st.session_state[key] = number
        st.selectbox(
            texts.PAGE.in_(language),
            range(first, last + 1),
            format_func=lambda n: f"{texts.PAGE.in_(language)} {n} {texts.OF.in_(language)} {last}",
            key=key,
            on_change=lambda: _turn(document, st.session_state[key]),
            label_visibility="collapsed",
            width=180,
        )
        st.button(
            "→",
            help=texts.NEXT.in_(language),
            disabled=number >= last,
            on_click=_turn,
            args=(document, number + 1),
        )
    return number


def _turn(document: CouncilDocument, number: int) -> None:
    show_place(Place(document.id, number, 0, 0))


def _draw_picture(
    asked: Assistant, document: CouncilDocument, page: Page, language: Language
) -> None:
    file = asked.catalogue.file(document.source, page.number)
    png = None
    if file is not None and file.exists():
        row, mark = place_shown(document.id) or (Place("", 0, 0, 0), Place("", 0, 0, 0))
        here = mark.page == page.number
        ranges = ((row.start, row.end), (mark.start, mark.end)) if here else ((0, 0), (0, 0))
        try:
            png = _picture(str(file), page.number, page, *ranges)
        except PdfError:
            png = None
    if png is None:
        st.html(f'<p class="note quiet">{texts.NO_PICTURE.in_(language)}</p>')
        return
    name = document.number or document.title
    alt = texts.PICTURE.in_(language).format(title=name, page=page.number)
    st.image(png, width="stretch", alt=alt)


@st.cache_data(show_spinner=False, max_entries=64)
def _picture(
    file: str, number: int, _page: Page, quoted: tuple[int, int], marked: tuple[int, int]
) -> bytes:
    return page_picture(Path(file), _page, quoted, marked, whole=True)
