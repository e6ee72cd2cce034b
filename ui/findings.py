"""Draws what does not agree: what it is, how grave, and every place of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from rag.cite import Citations
from rag.types import CouncilDocument, Finding, Language
from ui import texts
from ui.panel import draw_places
from ui.safe import html

if TYPE_CHECKING:
    from rag.chain import Assistant


def draw_finding(
    asked: Assistant,
    finding: Finding,
    documents: Mapping[str, CouncilDocument],
    language: Language,
) -> None:
    """Draw a finding; `documents` holds those of its places, by id."""
    citations = Citations(documents, asked.page)
    for place in finding.places:
        citations.add(place)
    found = [documents[p.document] for p in finding.places]
    names = ", ".join(dict.fromkeys(d.number or d.title for d in found))
    heading = texts.NOTES.get(finding.kind, texts.NOTE).in_(language)
    confirmed = finding.kind == "confirmed"
    grade = (texts.CONFIRMED if confirmed else texts.GRADES[finding.severity]).in_(language)
    st.html(
        f'<section class="finding"><h2>{html(heading)}</h2>'
        f'<p class="aside"><span class="tag {finding.severity}">{grade}</span> {html(names)}</p>'
        f"<p>{html(finding.message.in_(language))}</p></section>"
    )
    draw_places(asked, citations.all(), finding.id.replace("/", "-"), language)
