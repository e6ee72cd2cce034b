"""The sources of an answer: which there are, and which one is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING

import streamlit as st

from rag.answer import Answer, Citation
from rag.types import Finding, Language, Place
from ui import texts
from ui.quoted import excerpt, is_row, where
from ui.safe import label

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


def reference(number: int, index: int, language: Language) -> str:
    """Return the HTML of a reference such as [1] to a source of answer `number`."""
    named = f"{texts.SOURCE.in_(language)} {index + 1}"
    key = source_key(number, index)
    return f'<a class="reference" href="#{key}" aria-label="{named}">[{index + 1}]</a>'


def draw_sources(
    citations: Sequence[Citation], key: int | str, language: Language, open_first: bool = False
) -> int | None:
    """Draw sources as a list to choose from; return the one that is open, for `draw_panel`.

    `key` is an answer's number, or names what else they are of; `open_first` opens
    the first where the user has chosen none.
    """
    if not citations:
        return None
    chosen = opened_key(key)
    if chosen not in st.session_state and open_first:
        st.session_state[chosen] = 0
    return st.radio(
        texts.SOURCES.in_(language),
        range(len(citations)),
        index=None,
        format_func=lambda index: _title(index, citations[index], language),
        key=chosen,
    )


def opened_key(key: int | str) -> str:
    """Return the key under which the session has the open source of `draw_sources`."""
    return f"source-{key}"


def source_key(key: int | str, index: int) -> str:
    """Return the address of a source within the page: what a reference opens."""
    return f"{opened_key(key)}-{index + 1}"


def _index(place: Place, citations: Sequence[Citation]) -> int | None:
    """Return the index of the citation that shows `place`."""
    for index, citation in enumerate(citations):
        own = citation.place
        if (own.document, own.page) == (place.document, place.page) and (
            own.start <= place.start and place.end <= own.end
        ):
            return index
    return None


def _title(index: int, citation: Citation, language: Language) -> str:
    """Return a source's heading as Markdown."""
    kind = f"{texts.ROW.in_(language).lower()} " if is_row(citation) else ""
    name = citation.document.number or citation.document.title
    parts = [f"**{label(f'[{index + 1}]')}** {label(_shortened(name))}"]
    if place := where(citation, language):
        parts.append(f"**{label(_shortened(place))}**")
    parts.append(f":gray[{kind}{label(f'»{excerpt(citation)}«')}]")
    badge = f" :gray-badge[{texts.RENDITION.in_(language)}]" if citation.document.rendition else ""
    return " · ".join(parts) + badge


def _shortened(text: str) -> str:
    return shorten(text, _HEADING, placeholder=" …")
