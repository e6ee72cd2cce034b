"""One document: what was read of it, where it comes from, who may see it, and its end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import streamlit as st

from rag.types import Access, CouncilDocument, Language
from ui import texts as shared
from ui.documents import texts
from ui.documents.catalogue import kind_name
from ui.documents.change import ask_to_delete, delete, keep, set_level, sure_to_delete
from ui.documents.details import draw_details
from ui.documents.figures import draw_figures
from ui.documents.findings import draw_findings
from ui.documents.opened import close_document
from ui.documents.pages import draw_pages
from ui.safe import html
from ui.shared import empty, user

if TYPE_CHECKING:
    from rag.chain import Assistant


def draw_document(asked: Assistant, id: str, language: Language) -> None:
    """Draw the document `id`, or that it is gone."""
    st.button(texts.BACK.in_(language), on_click=close_document, type="tertiary")
    document = asked.catalogue.document(id)
    if document is None:
        empty(texts.GONE, texts.GONE_HOW)
        return
    _draw_head(document, language)
    _draw_actions(asked, document, language)
    for warning in asked.catalogue.warnings(document.source):
        st.html(f'<p class="note">{html(warning.in_(language))}</p>')
    figures = asked.catalogue.figures([id])
    findings = asked.catalogue.findings([id])
    names = [
        texts.PAGES.in_(language),
        f"{texts.FIGURES.in_(language)} ({len(figures)})",
        f"{texts.FINDINGS.in_(language)} ({len(findings)})",
        texts.ABOUT.in_(language),
    ]
    pages, numbers, odd, about = st.tabs(names, key=f"documents-tabs-{id}", on_change="rerun")
    with pages:
        if pages.open:
            draw_pages(asked, document, language)
    with numbers:
        if numbers.open:
            draw_figures(asked, document, figures, language)
    with odd:
        if odd.open:
            draw_findings(asked, findings, language)
    with about:
        if about.open:
            draw_details(document, language)


def _draw_head(document: CouncilDocument, language: Language) -> None:
    name = " · ".join(filter(None, (document.number, document.title)))
    tags = [kind_name(document.kind, language), document.municipality, document.period]
    tags += (
        [texts.SHORT_LEVELS[document.access].in_(language)] if document.access != "public" else []
    )
    shown = "".join(f'<span class="tag">{html(tag)}</span>' for tag in tags if tag)
    told = ""
    if document.rendition:
        told = f'<p class="aside">{shared.RENDITION_HELP.in_(language)}</p>'
    st.html(f"<h1>{html(name)}</h1><p>{shown}</p>{told}")


def _draw_actions(asked: Assistant, document: CouncilDocument, language: Language) -> None:
    """Draw what can be done with the file: taken along and, by staff, closed or deleted."""
    file = asked.catalogue.file(document.source)
    staff = "staff" in user().roles
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if file is not None and file.exists():
            st.download_button(
                texts.ORIGINAL.in_(language),
                file.read_bytes,
                file_name=Path(document.file).name,
                on_click="ignore",
            )
        if staff:
            levels = [level for level in texts.LEVELS if level in user().levels]
            key = f"documents-level-{document.id}"
            st.session_state[key] = document.access
            st.selectbox(
                texts.WHO_ONE.in_(language),
                levels,
                format_func=lambda level: texts.LEVELS[level].in_(language),
                key=key,
                on_change=lambda: set_level(
                    asked, document.id, cast("Access", st.session_state[key])
                ),
                width=260,
            )
        # A file that holds what its reader may not see is not theirs to delete.
        if staff and file is not None:
            st.button(texts.DELETE.in_(language), on_click=ask_to_delete, args=(document.id,))
    if staff and sure_to_delete(document.id):
        _draw_confirmation(asked, document, language)


def _draw_confirmation(asked: Assistant, document: CouncilDocument, language: Language) -> None:
    name = Path(document.file).name
    count = len(asked.catalogue.documents(sources=[document.source]))
    told = texts.DELETE_ONE if count == 1 else texts.DELETE_MANY
    with st.container(border=True, key="documents-sure"):
        st.html(
            f'<div role="alert"><h2>{html(texts.DELETE_SURE.in_(language).format(file=name))}</h2>'
            f"<p>{told.in_(language).format(count=count)}</p></div>"
        )
        with st.container(horizontal=True):
            st.button(
                texts.DELETE_YES.in_(language),
                on_click=delete,
                args=(asked, document),
                type="primary",
            )
            st.button(texts.DELETE_NO.in_(language), on_click=keep)
