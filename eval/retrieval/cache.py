"""Embeddings kept in a folder between runs, so that slow models embed distractors once."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from rag.search.embed import Embedder, Vectors

_BATCH = 1_000


class Cached:
    """An embedder whose passage vectors are kept, as float16, in `folder`."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        """Read what `folder` holds of this embedder's vectors."""
        self._embedder = embedder
        self.name, self.dimensions = embedder.name, embedder.dimensions
        self._file = folder / f"{embedder.name.replace('/', '_')}.npz"
        self._kept: dict[str, Vectors] = {}
        if self._file.exists():
            with np.load(self._file) as kept:
                self._kept = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question."""
        return self._embedder.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of `texts`, one a row; those made anew are kept."""
        keys = [sha256(text.encode()).hexdigest()[:24] for text in texts]
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._kept}
        # Texts of one length share a batch: a transformer pads to the longest.
        pairs = sorted(missing.items(), key=lambda pair: len(pair[1]))
        for at in range(0, len(pairs), _BATCH):
            batch = pairs[at : at + _BATCH]
            made = self._embedder.embed_passages([text for _, text in batch])
            self._kept |= zip((k for k, _ in batch), made.astype(np.float16), strict=True)
            self._save()
        vectors = [self._kept[k] for k in keys]
        return np.array(vectors, np.float32).reshape(len(texts), self.dimensions)

    def _save(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        part = self._file.with_suffix(".part.npz")
        np.savez(part, keys=list(self._kept), vectors=np.stack(list(self._kept.values())))
        part.replace(self._file)
