"""Reading the catalogue: its files, its documents and, as `Contents`, what stands in them."""

from __future__ import annotations

import datetime as dt
import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rag.store import rows
from rag.store.changes import Changes
from rag.store.contents import Contents
from rag.store.database import where
from rag.store.levels import HELD
from rag.store.shelf import Shelf
from rag.store.source import Page, SourceDocument
from rag.types import CouncilDocument, Text


class Stored(NamedTuple):
    """A file in the catalogue: `id` is its SHA-256, `pages` their number."""

    id: str
    path: str
    media_type: str
    pages: int


class Failure(NamedTuple):
    """A file that could not be read, and when."""

    path: str
    code: str
    message: Text
    time: dt.datetime


class Counts(NamedTuple):
    """How much was read of a document: its figures, its findings, its file's warnings."""

    figures: int
    findings: int
    warnings: int


class Lookup(Contents, ABC):
    """What can be asked of a catalogue. A filter that is None lets everything through.

    `changes` is the change log, `vector_changes` the same with vectors that came.
    """

    changes: Changes
    vector_changes: Changes
    # With the stamp that the catalogue had then.
    _shelved: tuple[str, Shelf] | None = None

    def close(self) -> None:
        """Close the connection."""
        self._database.close()

    def sources(self) -> list[Stored]:
        """Return the files, one a path, by path."""
        found = self._database.rows(
            "SELECT id, path, media_type, pages FROM source_path JOIN source ON id = source "
            "ORDER BY path"
        )
        return [Stored(*row) for row in found]

    def held(self) -> list[Stored]:
        """Return the files that wait for a person to release them, by path."""
        paths = self._database.rows("SELECT path FROM decided WHERE document = ?", HELD)
        waiting = {path for (path,) in paths}
        return [stored for stored in self.sources() if stored.path in waiting]

    def has(self, sha: str, reader: str | None = None) -> bool:
        """Return whether a file's bytes are in; with `reader`, whether it read them."""
        found = self._database.rows("SELECT reader FROM source WHERE id = ?", sha)
        return bool(found) and reader in (None, found[0][0])

    def source_at(self, path: str) -> str | None:
        """Return the SHA-256 of the file last read from `path`."""
        found = self._database.rows("SELECT source FROM source_path WHERE path = ?", path)
        return found[0][0] if found else None

    def source(self, sha: str) -> SourceDocument | None:
        """Return a file as read, its boxes rounded to 0.1 point; None where not all is seen."""
        found = self._database.rows(
            "SELECT body, path, blocks FROM source JOIN source_path ON source = id "
            "WHERE id = ? ORDER BY source_path.rowid LIMIT 1",
            sha,
        )
        if not found or found[0][0] is None:
            return None
        pages = self._database.rows(
            f"SELECT {rows.PAGE} FROM page WHERE source = ? ORDER BY number", sha
        )
        body, path, blocks = found[0]
        return rows.source(body, path, tuple(rows.page(p) for p in pages), blocks)

    @abstractmethod
    def file(self, sha: str, page: int | None = None) -> Path | None:
        """Return where the copy of a file lies, to be given away or, with `page`, pictured.

        None where the file, or that page, holds what may not be seen.
        """

    def failures(self) -> list[Failure]:
        """Return the files that could not be read, by path."""
        return [
            Failure(path, code, Text(da, en), dt.datetime.fromisoformat(time))
            for path, code, da, en, time in self._database.rows(
                "SELECT path, code, da, en, time FROM failure ORDER BY path"
            )
        ]

    def page(self, source: str, number: int) -> Page | None:
        """Return one page of a file, its boxes rounded to 0.1 point."""
        found = self._database.rows(
            f"SELECT {rows.PAGE} FROM page WHERE source = ? AND number = ?", source, number
        )
        return rows.page(found[0]) if found else None

    def page_text(self, source: str, number: int) -> str:
        """Return the text of one page of a file, nothing where there is none."""
        found = self._database.rows(
            "SELECT text FROM page WHERE source = ? AND number = ?", source, number
        )
        return found[0][0] if found else ""

    def documents(
        self,
        ids: Sequence[str] | None = None,
        sources: Sequence[str] | None = None,
        numbers: Sequence[str] | None = None,
        municipalities: Sequence[str | None] | None = None,
        kinds: Sequence[str] | None = None,
        titles: Sequence[str] | None = None,
    ) -> list[CouncilDocument]:
        """Return the documents that fit every filter given, in order of ingest.

        A municipality of None is that of documents that name none. They come without
        their tables: `document` returns one whole.
        """
        if (ids, sources, numbers, municipalities, kinds, titles) == (None,) * 6:
            return list(self.shelf.documents)
        clause, values = where(
            id=ids,
            source=sources,
            number=numbers,
            municipality=municipalities,
            kind=kinds,
            title=titles,
        )
        found = self._database.rows(
            f"SELECT {rows.DOCUMENT} FROM document {clause} ORDER BY rowid", *values
        )
        return [rows.document(*row) for row in found]

    @property
    def hidden(self) -> Shelf:
        """The documents that are there and not to be seen: none, where all are."""
        return Shelf(())

    @property
    def shelf(self) -> Shelf:
        """All documents; after a change, those that it touched are read again."""
        stamp = self.changes.stamp
        if self._shelved is None or self._shelved[0] != stamp:
            self._shelved = stamp, Shelf(self._all_documents())
        return self._shelved[1]

    def _all_documents(self) -> list[CouncilDocument]:
        """Return all documents in order of ingest; those of the last shelf are not read again."""
        known: dict[str, CouncilDocument] = {}
        if self._shelved and (touched := self.changes.since(self._shelved[0])) is not None:
            changed = set(touched)
            known = {d.id: d for d in self._shelved[1].documents if d.id not in changed}
        ids = self.document_ids()
        known |= {d.id: d for d in self.documents([id for id in ids if id not in known])}
        # Another process may take one away meanwhile.
        return [known[id] for id in ids if id in known]

    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in order of ingest."""
        return [id for (id,) in self._database.rows("SELECT id FROM document ORDER BY rowid")]

    def document_count(self) -> int:
        """Return the number of documents."""
        return len(self.shelf.documents)

    def counts(self) -> dict[str, Counts]:
        """Return how much was read of each document, by its id."""
        found = self._database.rows(
            "WITH f AS (SELECT document, count(*) n FROM figure GROUP BY document), "
            "c AS (SELECT document, count(*) n FROM finding_document GROUP BY document) "
            "SELECT d.id, coalesce(f.n, 0), coalesce(c.n, 0), "
            "coalesce(json_array_length(s.body, '$.warnings'), 0) "
            "FROM document d JOIN source s ON s.id = d.source "
            "LEFT JOIN f ON f.document = d.id LEFT JOIN c ON c.document = d.id"
        )
        return {id: Counts(*row) for id, *row in found}

    def warnings(self, source: str) -> tuple[Text, ...]:
        """Return what the reader of a file warned of; none where not all of it is seen."""
        found = self._database.rows(
            "SELECT json_extract(body, '$.warnings') FROM source WHERE id = ?", source
        )
        listed = json.loads((found and found[0][0]) or "[]")
        return tuple(Text(*warning) for warning in listed)

    def document(self, id: str) -> CouncilDocument | None:
        """Return a document whole, with its tables."""
        found = self._database.rows(
            f"SELECT {rows.DOCUMENT}, tables FROM document WHERE id = ?", id
        )
        return rows.whole(*found[0]) if found else None
