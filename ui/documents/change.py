"""What staff change of the collection: who may see a document, and whether it stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import RaadsvarError
from rag.store.catalogue import Catalogue
from rag.types import Access, CouncilDocument, Text
from ui.documents import texts
from ui.documents.opened import close_document, say

if TYPE_CHECKING:
    from rag.chain import Assistant

_SURE = "documents-sure-of"


def set_level(asked: Assistant, document: str, level: Access) -> None:
    """Decide who may see a document."""
    if _changed(asked, lambda catalogue: catalogue.decide(document, level)):
        say(texts.LEVEL_SET)


def ask_to_delete(document: str) -> None:
    """Ask whether a document's file is to be deleted."""
    st.session_state[_SURE] = document


def sure_to_delete(document: str) -> bool:
    """Tell whether it is being asked of this document."""
    return bool(st.session_state.get(_SURE) == document)


def keep() -> None:
    """Keep the document after all."""
    st.session_state.pop(_SURE, None)


def delete(asked: Assistant, document: CouncilDocument) -> None:
    """Delete a document's file, with all that was read of it, everywhere."""
    from rag.chain import refresh

    keep()
    aside: list[bool] = []
    if not _changed(asked, lambda catalogue: aside.append(catalogue.remove(document.source))):
        return
    name = Path(document.file).name
    close_document()
    told = texts.DELETED_ASIDE if any(aside) else texts.DELETED
    say(Text(told.da.format(file=name), told.en.format(file=name)))
    try:
        refresh(asked.home)
    except RaadsvarError as error:  # gone from the catalogue: searches drop it all the same
        say(error.message)


def release(asked: Assistant, paths: Sequence[str]) -> None:
    """Release files that came in, so that those may see them whom their text lets."""

    def let_go(catalogue: Catalogue) -> None:
        for path in paths:
            catalogue.release(path)

    if _changed(asked, let_go):
        say(texts.RELEASED_ONE if len(paths) == 1 else _counted(texts.RELEASED, len(paths)))


def _counted(text: Text, count: int) -> Text:
    return Text(text.da.format(count=count), text.en.format(count=count))


def dismiss(asked: Assistant, path: str) -> None:
    """Forget that the file at `path` could not be read."""
    _changed(asked, lambda catalogue: catalogue.clear_failure(path))


def _changed(asked: Assistant, change: Callable[[Catalogue], None]) -> bool:
    """Make a change at once, also while files are read in; where it cannot be made, say why."""
    try:
        catalogue = Catalogue(asked.home)
        try:
            change(catalogue)
        finally:
            catalogue.close()
    except RaadsvarError as error:
        say(error.message)
        return False
    return True
