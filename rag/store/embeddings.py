"""The vectors of passages: one a text and model, however many passages hold that text.

A passage keeps the key of the text that a model is given of it, and a vector its
text's key, so that the same text is embedded once: in several copies, and when a
file is read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rag.store.codec import unharmed
from rag.store.database import Database, where

Vectors = npt.NDArray[np.float32]

_BATCH = 500  # documents


class Embedded(NamedTuple):
    """A document's passages that have a vector, their texts' keys, and a float32 vector each."""

    document: str
    ids: list[str]
    keys: list[str]
    vectors: Vectors


class Unembedded(NamedTuple):
    """The place of a passage without a vector in the order of ingest, its text's key, the text."""

    at: int
    key: str
    text: str


class Progress(NamedTuple):
    """How many passages have a vector, of how many."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """Whole per cent, 100 only where none is missing."""
        return 100 if self.done >= self.total else 100 * self.done // self.total

    @property
    def complete(self) -> bool:
        """Whether none is missing."""
        return self.done >= self.total


def embedded_text(title: str, section: str, text: str) -> str:
    """Return what a model is given of one passage: title, heading where it has none, and text."""
    above = title if not section or text.startswith(section) else f"{title} › {section}"
    return "\n".join(filter(None, (above, text)))


def text_key(text: str) -> str:
    """Return the key of a text that is embedded: 32 hex digits."""
    return sha256(text.encode()).hexdigest()[:32]


class Embeddings:
    """What can be asked of the vectors. `model` names a model and the version of its content."""

    _database: Database

    def embeddings(
        self, model: str, document_ids: Sequence[str] | None = None
    ) -> Iterator[Embedded]:
        """Yield the vectors of passages, a document at a time, those without one left out."""
        ids = document_ids
        if ids is None:
            found = self._database.rows("SELECT id FROM document ORDER BY id")
            ids = [id for (id,) in found]
        for first in range(0, len(ids), _BATCH):
            clause, values = where(document=ids[first : first + _BATCH])
            found = self._database.rows(
                "SELECT document, id, text_key, vector FROM passage "
                f"JOIN vector ON key = text_key AND model = ? {clause} "
                "ORDER BY document, passage.rowid",
                *(model, *values),
            )
            yield from _by_document(found)

    def passage_vectors(self, model: str, ids: Sequence[str]) -> tuple[list[str], Vectors]:
        """Return those of the passages `ids` that have a vector, and their vectors, a row each."""
        clause, values = where(id=ids)
        found = self._database.rows(
            f"SELECT id, vector FROM passage JOIN vector ON key = text_key AND model = ? {clause}",
            *(model, *values),
        )
        return [id for id, _ in found], unpacked([packed for _, packed in found])

    def unembedded(self, model: str, n: int, after: int = 0) -> list[Unembedded]:
        """Return the first `n` passages without a vector, in order of ingest, `after` a place."""
        found = self._database.rows(
            "SELECT passage.rowid, text_key, title, section, text FROM passage "
            "JOIN document ON document.id = passage.document "
            "WHERE passage.rowid > ? AND NOT EXISTS "
            "(SELECT 1 FROM vector v WHERE v.key = text_key AND v.model = ?) "
            "ORDER BY passage.rowid LIMIT ?",
            *(after, model, n),
        )
        return [Unembedded(at, key, embedded_text(*parts)) for at, key, *parts in found]

    def embedding_progress(self, model: str) -> Progress:
        """Return how many passages have a vector, of how many."""
        (row,) = self._database.rows(
            "SELECT count(v.key), count(*) FROM passage "
            "LEFT JOIN vector v ON v.key = text_key AND v.model = ?",
            model,
        )
        return Progress(*row)


def put_vectors(database: Database, model: str, keys: Sequence[str], vectors: Vectors) -> list[str]:
    """Insert or replace the vectors of texts, and return the documents that hold those.

    `vectors[i]` is that of the text `keys[i]`. Texts that no passage holds any more get none.
    Raises ValueError where they are not parallel, or not finite as float16.
    """
    if vectors.ndim != 2 or len(vectors) != len(keys):
        raise ValueError(f"{vectors.shape} embeddings for {len(keys)} texts")
    with np.errstate(over="ignore"):
        halves = vectors.astype("<f2")
    if not np.isfinite(halves).all():
        raise ValueError("embeddings that float16 cannot hold")
    clause, values = where(text_key=keys)
    found = database.rows(f"SELECT DISTINCT text_key, document FROM passage {clause}", *values)
    held = {key for key, _ in found}
    database.many(
        "INSERT OR REPLACE INTO vector (key, model, vector) VALUES (?, ?, ?)",
        [(k, model, half.tobytes()) for k, half in zip(keys, halves, strict=True) if k in held],
    )
    return sorted({document for _, document in found})


def keys_of(database: Database, source: str) -> list[str]:
    """Return the keys of the texts of a file's passages."""
    found = database.rows(
        "SELECT DISTINCT text_key FROM passage JOIN document ON document.id = document "
        "WHERE source = ?",
        source,
    )
    return [key for (key,) in found]


def drop_unheld(database: Database, keys: Iterable[str] | None = None) -> None:
    """Delete the vectors of those texts, all where None is given, that no passage holds."""
    unheld = "NOT EXISTS (SELECT 1 FROM passage WHERE text_key = vector.key)"
    if keys is None:
        database.rows(f"DELETE FROM vector WHERE {unheld}")
    else:
        database.many(f"DELETE FROM vector WHERE key = ? AND {unheld}", [(k,) for k in keys])


@unharmed()
def unpacked(packed: Sequence[bytes]) -> Vectors:
    """Return stored vectors as float32, a row each."""
    rows = np.frombuffer(b"".join(packed), dtype="<f2").astype(np.float32)
    return rows.reshape(len(packed), -1) if packed else rows.reshape(0, 0)


def _by_document(found: Sequence[tuple[str, str, str, bytes]]) -> Iterator[Embedded]:
    for document, rows in groupby(found, lambda row: row[0]):
        own = list(rows)
        ids, keys = [row[1] for row in own], [row[2] for row in own]
        yield Embedded(document, ids, keys, unpacked([row[3] for row in own]))
