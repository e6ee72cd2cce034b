"""What a document says of itself: who asked, who decided, when, under which number."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import streamlit as st

from rag.types import Attachment, CouncilDocument, Language
from ui.documents import texts
from ui.documents.catalogue import kind_name
from ui.safe import html


def draw_details(document: CouncilDocument, language: Language) -> None:
    """Draw the details that are known, and the document's sections."""
    rows = "".join(
        f"<dt>{texts.DETAILS[field].in_(language)}</dt><dd>{html(told)}</dd>"
        for field in texts.DETAILS
        if (told := _told(document, field, language))
    )
    st.html(f'<dl class="details">{rows}</dl>')
    if document.sections:
        items = "".join(
            f'<li class="level-{min(s.level, 4)}">{html(s.title)}'
            + (f' <span class="aside">{texts.PAGE.in_(language).lower()} {s.page}</span>'
               if document.paged else "")
            + "</li>"
            for s in document.sections
        )  # fmt: skip
        st.html(f'<h2>{texts.SECTIONS.in_(language)}</h2><ul class="sections">{items}</ul>')
    if document.attachments:
        listed = "".join(f"<li>{_attachment(a)}</li>" for a in document.attachments)
        st.html(f"<h2>{texts.ATTACHMENTS.in_(language)}</h2><ul>{listed}</ul>")


def _attachment(attachment: Attachment) -> str:
    """Return what is attached as HTML, with a link where an address is told that may be one."""
    name, address = html(attachment.name), attachment.url or ""
    if not address.startswith(("https://", "http://")):
        return name
    return f'<a href="{html(address)}" target="_blank" rel="noopener noreferrer">{name}</a>'


def _told(document: CouncilDocument, field: str, language: Language) -> str:
    """Return a detail in words, "" where it is not known."""
    if field == "kind":
        return kind_name(document.kind, language)
    if field == "file":
        return Path(document.file).name
    if field == "pages":
        first, last = document.first_page, document.last_page
        return (f"{first}–{last}" if first < last else str(first)) if document.paged else ""
    if field == "decision":
        known = texts.DECISIONS.get(document.decision)
        return known.in_(language) if known else ""
    value = getattr(document, field)
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else value or ""
