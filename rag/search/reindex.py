"""Embeds from the catalogue what an embedding model has not embedded yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.search.projection import Progress
from rag.store.catalogue import Catalogue
from rag.store.rows import Vectors as Matrix
from rag.types import Passage

EmbedPassages = Callable[[Sequence[Passage]], Matrix]


def embed_missing(
    catalogue: Catalogue, embedder: str, embed: EmbedPassages, progress: Progress | None = None
) -> None:
    """Embed the documents that `embedder` has not embedded; no file is read.

    `embed` returns one vector a row for passages of one document; `progress` is
    told documents done and their number.
    """
    documents = catalogue.unembedded(embedder)
    for done, document in enumerate(documents, start=1):
        passages = catalogue.passages(document_ids=[document])
        if passages:
            catalogue.embed(document, embed(passages), embedder)
        if progress:
            progress(done, len(documents))
