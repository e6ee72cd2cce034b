"""The plain chain most would build: recursive splitter, all-MiniLM-L6-v2, Chroma, top 4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from eval.retrieval.collection import Collection
from eval.retrieval.questions import Piece, Relevant, relevant
from eval.retrieval.systems import Ranking
from rag.search.embed import Embedder

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

CHUNK, OVERLAP, TOP = 1000, 200, 4  # characters; the tutorials' defaults
_BATCH = 2_000


def plain_chain(collection: Collection, model: Embedder) -> tuple[Ranking, Relevant]:
    """Return the chain's ranking of its own chunks, and which of those answer each question.

    It is given the pages as our readers read them, so that only retrieval differs.
    """
    from langchain_chroma import Chroma

    chunks = _chunks(collection)
    store = Chroma(
        collection_name="plain",
        embedding_function=_embeddings(model),
        collection_metadata={"hnsw:space": "cosine"},
    )
    for first in range(0, len(chunks), _BATCH):
        batch = chunks[first : first + _BATCH]
        store.add_texts([c.text for c in batch], [{"file": c.file} for c in batch],
                        [c.id for c in batch])  # fmt: skip

    def ranking(question: str) -> Mapping[str, float]:
        found = store.similarity_search(question, k=TOP)
        return {str(document.id): 1.0 / rank for rank, document in enumerate(found, 1)}

    return ranking, relevant(collection.entries, chunks)


def _chunks(collection: Collection) -> list[Piece]:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    files = {d.source: d.file for d in collection.catalogue.documents()}
    chunks = []
    for source, file in files.items():
        read = collection.catalogue.source(source)
        for page in read.pages if read else ():
            for n, text in enumerate(splitter.split_text(page.text)):
                chunks.append(Piece(f"{file}/{page.number}/{n}", file, text))
    return chunks


def _embeddings(model: Embedder) -> Embeddings:
    from langchain_core.embeddings import Embeddings

    class Adapter(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = model.embed_passages(texts).tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            vector: list[float] = model.embed_query(text).tolist()
            return vector

    return Adapter()
