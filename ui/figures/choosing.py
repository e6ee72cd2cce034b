"""The choice of documents and of what to show of them."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

import streamlit as st

from rag.figures.comparison import subjects, suggestion
from rag.figures.series import Series, find_series
from rag.types import CouncilDocument, Language
from ui.figures import texts
from ui.safe import html

if TYPE_CHECKING:
    from rag.chain import Assistant

_DOCUMENTS, _SUBJECTS, _PROSE = "figures-documents", "figures-subjects", "figures-prose"
_KEPT = "figures-kept"  # Streamlit forgets widgets while another page is shown
_TITLE = 40  # characters of a title
_LOOKED_AT = 40  # of the newest documents, for what to begin with


def choose_series(
    asked: Assistant, documents: dict[str, CouncilDocument], language: Language
) -> tuple[list[Series], list[Series]] | None:
    """Draw the choice; return all series of the documents chosen, and those chosen.

    None where no document has any.
    """
    _begin(asked, documents)
    if not st.session_state[_KEPT]:
        return None
    ids = st.multiselect(
        texts.DOCUMENTS.in_(language),
        list(documents),
        format_func=lambda id: _described(documents[id]),
        placeholder=texts.DOCUMENTS_HOW.in_(language),
        key=_DOCUMENTS,
    )
    known = find_series(asked.catalogue.figures(ids)) if ids else []
    prose = bool(st.session_state.get(_PROSE))
    offered = [s for s in known if s.first.table or (prose and s.first.concept)]
    named = subjects(offered)
    # What is chosen stays an option, so that another choice of documents does not drop it.
    options = list(dict.fromkeys([*named, *st.session_state[_SUBJECTS]]))
    chosen = st.multiselect(
        texts.MEASURES.in_(language),
        options,
        format_func=lambda s: named[s].in_(language) if s in named else s,
        placeholder=texts.MEASURES_HOW.in_(language),
        key=_SUBJECTS,
    )
    if any(s.first.table is None and s.first.concept for s in known):
        st.toggle(texts.PROSE.in_(language), key=_PROSE)
    st.session_state[_KEPT] = (ids, chosen, prose)
    series = [s for s in offered if s.subject in chosen]
    without = [documents[id] for id in ids if id not in {s.first.document for s in series}]
    if series and without:
        names = ", ".join(d.number or f"»{d.title}«" for d in without)
        listed = ", ".join(named[s].in_(language) for s in chosen if s in named)
        st.html(f'<p class="aside">{html(names)} {texts.NOT_IN.in_(language)} {html(listed)}.</p>')
    return known, series


def _begin(asked: Assistant, documents: dict[str, CouncilDocument]) -> None:
    """Set the choice to what it was, or to what the collection suggests; drop what is gone."""
    state = st.session_state
    if not state.get(_KEPT):
        newest = sorted(documents.values(), key=lambda d: d.period or "", reverse=True)
        ids = [d.id for d in newest[:_LOOKED_AT]]
        found = suggestion(list(documents.values()), find_series(asked.catalogue.figures(ids)))
        state[_KEPT] = found and (found[0], [found[1]], False)
    if not state[_KEPT]:
        return
    ids, chosen, prose = state[_KEPT]
    state.setdefault(_DOCUMENTS, ids)
    state.setdefault(_SUBJECTS, chosen)
    state.setdefault(_PROSE, prose)
    state[_DOCUMENTS] = [id for id in state[_DOCUMENTS] if id in documents]


def _described(document: CouncilDocument) -> str:
    title = shorten(document.title, _TITLE, placeholder=" …")
    return " · ".join(
        filter(None, (document.number, title, document.municipality, document.period))
    )
