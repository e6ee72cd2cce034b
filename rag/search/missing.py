"""Makes the vectors that are missing, behind the reading.

A few texts at a time, each few committed: a kill loses no more than those, and
whoever comes next goes on from there. One process at a time makes them; others
read, write and answer meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from rag.home import Home
from rag.search.embed import Embedder
from rag.store.catalogue import Catalogue
from rag.store.embeddings import Unembedded
from rag.types import Text

# Texts of one length go together, since a batch costs as much as its longest: more are looked at
# than are committed.
_LOOKED_AT, COMMITTED = 512, 32
_POLL_SECONDS = 0.5

Progress = Callable[[int, int], None]
"""Told how many passages have a vector, and of how many."""


MEANING = Text("Meningssøgning: {percent} %", "Search by meaning: {percent} %")
"""How many passages have a vector."""


def _unheard(done: int, total: int) -> None:
    pass


def embed_missing(
    home: Home, catalogue: Catalogue, embedder: Embedder, progress: Progress = _unheard
) -> bool:
    """Make the vectors that are missing; False, at once, where another makes them already.

    A text that several passages hold is embedded once. What is read in meanwhile is
    embedded too. Raises HomeError and CatalogueError.
    """
    with home.embedding() as ours:
        if not ours:
            return False
        for texts in _windows(catalogue, embedder.name):
            done, total = catalogue.embedding_progress(embedder.name)
            for batch in _batches(texts):
                vectors = embedder.embed_passages(list(batch.values()))
                catalogue.embed(embedder.name, list(batch), vectors)
                done += sum(text.key in batch for text in texts)
                progress(done, total)
    return True


def embed_all(
    home: Home, catalogue: Catalogue, embedder: Embedder, progress: Progress = _unheard
) -> None:
    """Return when no vector is missing, whoever makes them. Raises as `embed_missing` does."""
    while not embed_missing(home, catalogue, embedder, progress):
        made = catalogue.embedding_progress(embedder.name)
        progress(*made)
        if made.complete:
            return
        time.sleep(_POLL_SECONDS)


def _windows(catalogue: Catalogue, model: str) -> Iterator[list[Unembedded]]:
    """Yield the passages without a vector, some hundreds at a time, until there are none."""
    at = 0
    while (texts := catalogue.unembedded(model, _LOOKED_AT, at)) or at:
        if texts:
            yield texts
        # From the start once more after the last: some may have come meanwhile.
        at = texts[-1].at if texts else 0


def _batches(texts: Sequence[Unembedded]) -> Iterator[dict[str, str]]:
    """Yield each text once, by its key, those of one length together."""
    unique = sorted({t.key: t.text for t in texts}.items(), key=lambda pair: len(pair[1]))
    for first in range(0, len(unique), COMMITTED):
        yield dict(unique[first : first + COMMITTED])
