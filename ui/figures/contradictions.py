"""The list of what does not agree, with both places of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from rag.types import CouncilDocument, Finding, Language, Text
from rag.wording import told_apart
from ui import texts as shared
from ui.figures import texts
from ui.findings import draw_finding
from ui.shared import empty, page_language

if TYPE_CHECKING:
    from rag.chain import Assistant

T = TypeVar("T")
_LIMIT, _STEP = "figures-findings-limit", 20


def draw_contradictions(asked: Assistant, language: Language) -> None:
    """Draw the filters and the findings that fit them, the gravest first."""
    documents = {d.id: d for d in told_apart(asked.catalogue.documents())}
    known = asked.catalogue.findings()
    if not known:
        empty(texts.NO_FINDINGS, texts.NO_FINDINGS_HOW)
        return
    found = sorted(_filtered(known, documents, language), key=lambda f: f.severity != "hard")
    limit = st.session_state.get(_LIMIT, _STEP)
    shown = found[:limit]
    count = texts.COUNT.in_(language).format(shown=len(shown), all=len(known))
    st.html(f'<p class="aside">{count if found else texts.NONE_LEFT.in_(language)}</p>')
    for finding in shown:
        draw_finding(asked, finding, documents, language)
    if len(found) > limit:
        st.button(texts.MORE.in_(language), on_click=_more)


def _more() -> None:
    st.session_state[_LIMIT] = st.session_state.get(_LIMIT, _STEP) + _STEP


def _filtered(
    known: Sequence[Finding], documents: dict[str, CouncilDocument], language: Language
) -> list[Finding]:
    grade, kind, document = st.columns(3)
    with grade:
        grades = _choice(
            texts.GRADE, [f.severity for f in known], lambda s: _in(shared.GRADES, s, language)
        )
    with kind:
        kinds = _choice(
            texts.KIND, [f.kind for f in known], lambda k: _in(texts.KINDS, k, language)
        )
    with document:
        ids = _choice(
            texts.DOCUMENT,
            [p.document for f in known for p in f.places],
            lambda id: _name(documents[id]),
        )
    return [
        f
        for f in known
        if (not grades or f.severity in grades)
        and (not kinds or f.kind in kinds)
        and (not ids or any(p.document in ids for p in f.places))
    ]


def _choice(title: Text, values: Sequence[T], name: Callable[[T], str]) -> list[T]:
    language = page_language()
    return st.multiselect(
        title.in_(language),
        list(dict.fromkeys(values)),
        format_func=name,
        placeholder=texts.ALL.in_(language),
        key=f"figures-findings-{title.en}",
    )


def _in(texts_: dict[str, Text], key: str, language: Language) -> str:
    return texts_[key].in_(language) if key in texts_ else key


def _name(document: CouncilDocument) -> str:
    return document.number or document.title
