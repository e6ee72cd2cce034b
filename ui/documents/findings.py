"""What contradicts a document, in itself or in another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from rag.types import Finding, Language
from rag.wording import told_apart
from ui.documents import texts
from ui.findings import draw_finding

if TYPE_CHECKING:
    from rag.chain import Assistant


def draw_findings(asked: Assistant, findings: Sequence[Finding], language: Language) -> None:
    """Draw the findings of a document, the gravest first."""
    if not findings:
        st.html(f'<p class="note quiet">{texts.NO_FINDINGS.in_(language)}</p>')
    ids = sorted({p.document for f in findings for p in f.places})
    documents = {d.id: d for d in told_apart(asked.catalogue.documents(ids=ids))}
    for finding in sorted(findings, key=lambda f: f.severity != "hard"):
        draw_finding(asked, finding, documents, language)
