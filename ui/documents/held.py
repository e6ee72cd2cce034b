"""The files that came in and wait for a person to release them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.types import CouncilDocument, Language
from ui.documents import texts
from ui.documents.change import release
from ui.documents.opened import open_document
from ui.safe import html

if TYPE_CHECKING:
    from rag.chain import Assistant

_MOST = 20  # files shown at a time; the next come as these are released


def draw_held(asked: Assistant, language: Language) -> None:
    """Draw the files that wait, each to be looked at and released; nothing where none does."""
    files = asked.catalogue.held()
    if not files:
        return
    shown = files[:_MOST]
    of: dict[str, list[CouncilDocument]] = defaultdict(list)
    for document in asked.catalogue.documents(sources=[f.id for f in shown]):
        of[document.source].append(document)
    with st.container(border=True, key="documents-held"):
        st.html(
            f"<h2>{texts.HELD.in_(language)} ({len(files)})</h2>"
            f'<p class="aside">{texts.HELD_HOW.in_(language)}</p>'
        )
        for n, file in enumerate(shown):
            _draw_file(asked, n, file.path, of[file.id], language)
        if len(shown) > 1:
            st.button(
                texts.RELEASE_ALL.in_(language).format(count=len(shown)),
                on_click=release,
                args=(asked, [file.path for file in shown]),
            )


def _draw_file(
    asked: Assistant, n: int, path: str, documents: list[CouncilDocument], language: Language
) -> None:
    name = Path(path).name
    count = texts.HELD_COUNT.in_(language).format(count=len(documents))
    told = documents[0].title if len(documents) == 1 else count
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p>{html(told)} <span class="aside">{html(name)}</span></p>')
        if documents:
            st.button(
                texts.SEE.in_(language),
                key=f"documents-see-{n}",
                help=name,
                on_click=open_document,
                args=(documents[0].id,),
                type="tertiary",
            )
        st.button(
            texts.RELEASE.in_(language),
            key=f"documents-release-{n}",
            help=name,
            on_click=release,
            args=(asked, [path]),
        )
