"""Draws the sources of an answer; each opens the page it cites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

import streamlit as st

from rag.pdfium import PdfError
from rag.types import Answer, Citation, CouncilDocument, Finding, Language, Page, Place
from ui import texts
from ui.evidence import page_picture
from ui.quoted import context_html, excerpt, is_row, quote_html, row_html, where
from ui.safe import html, label
from ui.shared import trouble

if TYPE_CHECKING:
    from rag.chain import Assistant

_HEADING = 55  # characters of a name in a source's heading


@dataclass(frozen=True)
class Sources:
    """The places an answer rests on, then those of its findings that it does not cite."""

    citations: tuple[Citation, ...]
    notes: tuple[tuple[Finding, tuple[int, ...]], ...]
    """Each finding with the indexes of its places."""


def find_sources(assistant: Assistant, answer: Answer) -> Sources:
    """Return the sources of an answer and of its findings."""
    citations = list(answer.citations)
    ids = {p.document for f in answer.findings for p in f.places}
    documents = {d.id: d for d in assistant.catalogue.documents(ids=sorted(ids))}
    notes = []
    for finding in answer.findings:
        indexes = []
        for place in finding.places:
            index = _index(place, citations)
            document = documents.get(place.document)
            if index is None and document is not None:
                page = assistant.catalogue.page(document.source, place.page)
                if page is None:
                    continue
                quote = page.text[place.start : place.end]
                citations.append(Citation(document, place, quote, place))
                index = len(citations) - 1
            if index is not None:
                indexes.append(index)
        notes.append((finding, tuple(sorted(set(indexes)))))
    return Sources(tuple(citations), tuple(notes))


def reference(turn: int, index: int, language: Language) -> str:
    """Return the HTML of a reference such as [1] to a source of answer `turn`."""
    named = f"{texts.SOURCE.in_(language)} {index + 1}"
    key = source_key(turn, index)
    return f'<a class="reference" href="#{key}" aria-label="{named}">[{index + 1}]</a>'


def draw_sources(
    assistant: Assistant, turn: int | str, citations: Sequence[Citation], language: Language
) -> None:
    """Draw the sources of answer `turn`, or of what else it names.

    The page is read when one is opened.
    """
    st.html(f'<p class="label">{texts.SOURCES.in_(language)}</p>')
    with st.container(key=f"sources-{turn}", gap="xsmall"):
        for index, citation in enumerate(citations):
            key = source_key(turn, index)
            title = _title(index, citation, language)
            with st.container(key=key):
                opened = st.expander(title, key=f"{key}-x", on_change="rerun")
                if opened.open:
                    with opened:
                        draw_source(assistant, citation, key, language)


def draw_source(assistant: Assistant, citation: Citation, key: str, language: Language) -> None:
    """Draw one source: its words, and its page as a picture; `key` is that of its widgets."""
    document = assistant.catalogue.document(citation.document.id)
    page = assistant.catalogue.page(citation.document.source, citation.place.page)
    if document is None or page is None:
        trouble(texts.GONE)
        return
    picture = assistant.catalogue.file(document.source, page.number)
    original = assistant.catalogue.file(document.source)
    st.html(_about(document, language))
    png = _page_picture(citation, page, picture, key)
    if is_row(citation):
        st.html(row_html(citation, document, language))
    elif png:
        st.html(quote_html(citation, language))
    else:
        st.html(context_html(citation, page))
    if png:
        st.image(png, width="stretch", alt=_alternative(citation, language))
    elif document.paged:
        st.html(f'<p class="aside">{texts.NO_PICTURE.in_(language)}</p>')
    with st.container(horizontal=True, vertical_alignment="center"):
        if png:
            st.toggle(texts.WHOLE_PAGE.in_(language), key=f"{key}-whole")
        if original and original.exists():
            st.download_button(
                texts.ORIGINAL.in_(language),
                original.read_bytes,
                file_name=Path(document.file).name,
                key=f"{key}-file",
                on_click="ignore",
                type="tertiary",
            )


def _page_picture(citation: Citation, page: Page, file: Path | None, key: str) -> bytes | None:
    """Return the picture of the cited page, None where there can be none."""
    if not citation.document.paged or not page.spans or not file or not file.exists():
        return None
    whole = bool(st.session_state.get(f"{key}-whole"))
    try:
        return _kept_picture(str(file), page, _range(citation.place), _range(citation.mark), whole)
    except PdfError:
        return None


def _alternative(citation: Citation, language: Language) -> str:
    """Return the text for those who cannot see the picture."""
    name = f"{_name(citation.document)}, {where(citation, language)}"
    return f"{texts.PICTURE.in_(language)}: {name}. {citation.quote}"


@st.cache_data(show_spinner=False, max_entries=64)
def _kept_picture(
    file: str, _page: Page, place: tuple[int, int, int], mark: tuple[int, int, int], whole: bool
) -> bytes:
    return page_picture(Path(file), _page, place[1:], mark[1:], whole)


def _range(place: Place) -> tuple[int, int, int]:
    return place.page, place.start, place.end


def _index(place: Place, citations: Sequence[Citation]) -> int | None:
    """Return the index of the citation that shows `place`."""
    for index, citation in enumerate(citations):
        own = citation.place
        if (own.document, own.page) == (place.document, place.page) and (
            own.start <= place.start and place.end <= own.end
        ):
            return index
    return None


def source_key(turn: int | str, index: int) -> str:
    """Return the key of the container that holds a source: what a reference opens."""
    return f"source-{turn}-{index + 1}"


def _name(document: CouncilDocument) -> str:
    return document.number or document.title


def _title(index: int, citation: Citation, language: Language) -> str:
    """Return a source's heading as Markdown."""
    kind = f"{texts.ROW.in_(language).lower()} " if is_row(citation) else ""
    parts = [f"**{label(f'[{index + 1}]')}** {label(_shortened(_name(citation.document)))}"]
    if place := where(citation, language):
        parts.append(f"**{label(_shortened(place))}**")
    parts.append(f":gray[{kind}{label(f'»{excerpt(citation)}«')}]")
    badge = f" :gray-badge[{texts.RENDITION.in_(language)}]" if citation.document.rendition else ""
    return " · ".join(parts) + badge


def _about(document: CouncilDocument, language: Language) -> str:
    """Return what the document is, as HTML."""
    named = (document.number, document.title, document.municipality, document.period)
    help = f"<br>{texts.RENDITION_HELP.in_(language)}" if document.rendition else ""
    return f'<p class="aside">{html(" · ".join(filter(None, named)))}{help}</p>'


def _shortened(text: str) -> str:
    return shorten(text, _HEADING, placeholder=" …")
