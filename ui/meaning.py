"""The vectors behind the app: made beside the sessions, and how far that is."""

from __future__ import annotations

import logging
import os
import threading
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import RaadsvarError
from rag.home import Home
from ui.shared import assistant, page_language

if TYPE_CHECKING:
    from rag.store.catalogue import Catalogue
    from rag.store.embeddings import Progress

log = logging.getLogger(__name__)

_EVERY = 3.0  # seconds between looks at how far it is
_LOOK, _REST = 2.0, 60.0  # seconds between looks for texts that came, and after trouble
_NICE = 10  # what others ask comes first


def draw_meaning() -> None:
    """Draw how far the vectors are, while some are missing."""
    if not _progress().complete:
        st.fragment(_draw, run_every=_EVERY)()


def _draw() -> None:
    from rag.search.missing import MEANING

    made = _progress()
    if made.complete:
        st.rerun()
    told = MEANING.in_(page_language()).format(percent=made.percent)
    st.html(f'<p class="aside" role="status">{told}</p>')


def _progress() -> Progress:
    asked = assistant()
    return asked.catalogue.embedding_progress(asked.embedder.name)


def make_behind(home: Home) -> None:
    """Make vectors that are missing in a thread of their own, from now until the server stops."""
    if home.writable:
        threading.Thread(target=_keep_making, args=(home,), name="vectors", daemon=True).start()


def _keep_making(home: Home) -> None:
    with suppress(OSError):
        # Of this thread alone, and of those that the model starts from it.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
    while True:
        try:
            from rag.store.catalogue import Catalogue

            with closing(Catalogue(home)) as catalogue:
                _make(home, catalogue)
        except RaadsvarError as error:
            log.warning("vectors: %s", error)
        time.sleep(_REST)


def _make(home: Home, catalogue: Catalogue) -> None:
    from rag.chain import complete
    from rag.search.embed import load_embedder

    name, done = load_embedder().name, ""
    while True:
        stamp = catalogue.vector_changes.stamp
        if stamp != done and not catalogue.embedding_progress(name).complete:
            complete(home, lambda done, total: None)
        done = stamp
        time.sleep(_LOOK)
