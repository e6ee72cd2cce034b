"""Vectors kept between runs, by their text and model: a collection asked again is embedded once."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from rag.search.embed import Embedder, Vectors
from rag.store.embeddings import text_key, unpacked

_BATCH = 256
_WAIT_SECONDS = 60.0
_TABLE = (
    "CREATE TABLE IF NOT EXISTS vector "
    "(key TEXT, model TEXT, vector BLOB NOT NULL, PRIMARY KEY (key, model)) WITHOUT ROWID"
)


def cache_folder() -> Path:
    """Return the folder of what can be made again, of the user of this machine."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "raadsvar"


class Cached:
    """An embedder whose passage vectors are kept, as float16, in `folder`.

    Several processes may share it. It is for documents that are open to all.
    """

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        """Keep the vectors of `embedder`."""
        self._embedder = embedder
        self.name, self.dimensions = embedder.name, embedder.dimensions
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "vectors.sqlite"

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question."""
        return self._embedder.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of `texts`, one a row; those made anew are kept."""
        keys = [text_key(text) for text in texts]
        with closing(self._opened()) as database:
            kept = self._kept(database, keys)
            missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in kept}
            # Texts of one length share a batch: a transformer pads to the longest.
            pairs = sorted(missing.items(), key=lambda pair: len(pair[1]))
            for at in range(0, len(pairs), _BATCH):
                batch = pairs[at : at + _BATCH]
                made = self._embedder.embed_passages([text for _, text in batch])
                halves = [row.tobytes() for row in made.astype("<f2")]
                new = dict(zip((k for k, _ in batch), halves, strict=True))
                rows = [(key, self.name, half) for key, half in new.items()]
                database.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", rows)
                kept |= new
        return unpacked([kept[k] for k in keys]).reshape(len(texts), self.dimensions)

    def _opened(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._file, _WAIT_SECONDS, isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute(_TABLE)
        return database

    def _kept(self, database: sqlite3.Connection, keys: Sequence[str]) -> dict[str, bytes]:
        found = "SELECT vector FROM vector WHERE key = ? AND model = ?"
        rows = {key: database.execute(found, (key, self.name)).fetchone() for key in keys}
        return {key: row[0] for key, row in rows.items() if row}
