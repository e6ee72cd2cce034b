"""The evidence panel: the place a source cites, as a picture and as text, and its document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit import runtime

from rag.answer import Citation
from rag.pdf.pdfium import PdfError
from rag.store.source import Page
from rag.types import CouncilDocument, Language, Place
from ui import texts
from ui.evidence import page_picture
from ui.quoted import context_html, is_row, quote_html, row_html, where
from ui.safe import html
from ui.shared import trouble
from ui.sources import draw_sources, opened_key

if TYPE_CHECKING:
    from rag.chain import Assistant

_PDF = "application/pdf"


def draw_panel(
    assistant: Assistant,
    citations: Sequence[Citation],
    index: int,
    key: int | str,
    language: Language,
) -> None:
    """Draw the one of `citations` that is open, and the way to the ones beside it.

    `key` is the one given to `draw_sources`.
    """
    _draw_head(index, len(citations), key, language)
    draw_source(assistant, citations[index], f"{key}-{index}", language)


def draw_places(
    assistant: Assistant, citations: Sequence[Citation], key: int | str, language: Language
) -> None:
    """Draw places as a list, and below it the one that is open; `key` names what they are of."""
    chosen = draw_sources(citations, key, language)
    if chosen is not None:
        with st.container(key=f"panel-{key}"):
            draw_panel(assistant, citations, chosen, key, language)


def draw_source(assistant: Assistant, citation: Citation, key: str, language: Language) -> None:
    """Draw one place: its words, and its page as a picture; `key` is that of its widgets."""
    document = assistant.catalogue.document(citation.document.id)
    page = assistant.catalogue.page(citation.document.source, citation.place.page)
    if document is None or page is None:
        trouble(texts.GONE)
    elif page.text[citation.place.start : citation.place.end] != citation.quote:
        trouble(texts.MOVED)
    else:
        st.html(_about(citation, document, language))
        _draw_place(assistant, citation, document, page, key, language)


def _draw_head(index: int, count: int, key: int | str, language: Language) -> None:
    with st.container(key=f"steps-{key}", horizontal=True, vertical_alignment="center"):
        told = texts.EVIDENCE.in_(language).format(number=index + 1, count=count)
        st.html(f'<h3 class="label" tabindex="-1">{told}</h3>', width="stretch")
        for name, target, there in (
            (texts.PREVIOUS, index - 1, index > 0),
            (texts.NEXT, index + 1, index + 1 < count),
            (texts.CLOSE, None, True),
        ):
            if count > 1 or target is None:
                st.button(
                    name.in_(language),
                    key=f"{name.en.lower()}-{key}",
                    type="tertiary",
                    disabled=not there,
                    on_click=_open,
                    args=(key, target),
                )


def _open(key: int | str, index: int | None) -> None:
    st.session_state[opened_key(key)] = index


def _draw_place(
    assistant: Assistant,
    citation: Citation,
    document: CouncilDocument,
    page: Page,
    key: str,
    language: Language,
) -> None:
    file = assistant.catalogue.file(document.source, page.number)
    original = assistant.catalogue.file(document.source)
    if is_row(citation):
        st.html(row_html(citation, document, language))
    else:
        st.html(quote_html(citation, language))
    whole = bool(st.session_state.get(f"whole-{key}"))
    if png := _picture(citation, page, file, whole):
        st.image(png, width="stretch", alt=_alternative(citation, language))
        st.toggle(texts.WHOLE_PAGE.in_(language), key=f"whole-{key}")
    elif document.paged:
        st.html(f'<p class="aside">{texts.NO_PICTURE.in_(language)}</p>')
    with st.expander(texts.AROUND.in_(language), expanded=not png, key=f"around-{key}"):
        st.html(context_html(citation, page))
    if original and original.exists():
        with st.container(horizontal=True, vertical_alignment="center"):
            _draw_original(citation, document, original, key, language)


def _picture(citation: Citation, page: Page, file: Path | None, whole: bool) -> bytes | None:
    """Return the picture of the cited page, None where there can be none."""
    if not citation.document.paged or not page.spans or not file or not file.exists():
        return None
    try:
        return _kept_picture(str(file), page, _range(citation.place), _range(citation.mark), whole)
    except PdfError:
        return None


@st.cache_data(show_spinner=False, max_entries=64)
def _kept_picture(
    file: str, _page: Page, place: tuple[int, int, int], mark: tuple[int, int, int], whole: bool
) -> bytes:
    return page_picture(Path(file), _page, place[1:], mark[1:], whole)


def _range(place: Place) -> tuple[int, int, int]:
    return place.page, place.start, place.end


def _draw_original(
    citation: Citation, document: CouncilDocument, file: Path, key: str, language: Language
) -> None:
    """Draw the ways to the file: at its page in the browser, and as a download."""
    if document.paged and runtime.exists():
        media = runtime.get_instance().media_file_mgr
        address = media.add(str(file), _PDF, f"original-{key}")
        named = texts.OPEN.in_(language).format(where=where(citation, language))
        st.html(
            f'<a class="original" target="_blank" rel="noopener" '
            f'href="{address}#page={citation.place.page}">{named}'
            f'<span class="unseen"> ({texts.OPENS.in_(language)})</span></a>',
            width="content",
        )
    st.download_button(
        texts.ORIGINAL.in_(language),
        file.read_bytes,
        file_name=Path(document.file).name,
        key=f"file-{key}",
        on_click="ignore",
        type="tertiary",
    )


def _alternative(citation: Citation, language: Language) -> str:
    """Return the text for those who cannot see the picture."""
    name = citation.document.number or citation.document.title
    place = f"{name}, {where(citation, language)}"
    return f"{texts.PICTURE.in_(language)}: {place}. {citation.quote}"


def _about(citation: Citation, document: CouncilDocument, language: Language) -> str:
    """Return what the document is, and where in it the place stands, as HTML."""
    named = (document.number, document.title, document.municipality, document.period)
    place = where(citation, language)
    help = f"<br>{texts.RENDITION_HELP.in_(language)}" if document.rendition else ""
    about = " · ".join(html(part) for part in named if part)
    return f'<p class="aside">{about} · <strong>{html(place)}</strong>{help}</p>'
