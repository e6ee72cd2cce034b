"""Reading the catalogue: files, documents, figures, findings, passages, embeddings."""

from __future__ import annotations

import datetime as dt
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from rag import rows
from rag.changes import Changes
from rag.codec import decode
from rag.database import Database
from rag.rows import Vectors
from rag.shelf import Shelf
from rag.source import Page, SourceDocument
from rag.types import CouncilDocument, Figure, Finding, Passage, Text

_BATCH = 500


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


class Embedded(NamedTuple):
    """A document's passages and their float32 vectors, a row each."""

    document: str
    ids: list[str]
    vectors: Vectors


class Lookup(ABC):
    """What can be asked of a catalogue. A filter that is None lets everything through.

    `changes` is the change log.
    """

    changes: Changes
    _database: Database
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

    def documents(
        self,
        ids: Sequence[str] | None = None,
        sources: Sequence[str] | None = None,
        numbers: Sequence[str] | None = None,
        municipalities: Sequence[str | None] | None = None,
        kinds: Sequence[str] | None = None,
    ) -> list[CouncilDocument]:
        """Return the documents that fit every filter given, in order of ingest.

        A municipality of None is that of documents that name none. They come without
        their tables: `document` returns one whole.
        """
        if (ids, sources, numbers, municipalities, kinds) == (None,) * 5:
            return list(self.shelf.documents)
        where, values = _where(
            id=ids, source=sources, number=numbers, municipality=municipalities, kind=kinds
        )
        found = self._database.rows(
            f"SELECT {rows.DOCUMENT} FROM document {where} ORDER BY rowid", *values
        )
        return [rows.document(*row) for row in found]

    @property
    def shelf(self) -> Shelf:
        """All documents; read again only when the catalogue has changed."""
        stamp = self.changes.stamp
        if self._shelved is None or self._shelved[0] != stamp:
            found = self._database.rows(f"SELECT {rows.DOCUMENT} FROM document ORDER BY rowid")
            self._shelved = stamp, Shelf([rows.document(*row) for row in found])
        return self._shelved[1]

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

    def figures(
        self,
        document_ids: Sequence[str] | None = None,
        years: Sequence[int] | None = None,
        concepts: Sequence[str] | None = None,
        ids: Sequence[str] | None = None,
    ) -> list[Figure]:
        """Return the figures that fit every filter given, in order of ingest."""
        where, values = _where(document=document_ids, year=years, concept=concepts, id=ids)
        found = self._database.rows(f"SELECT body FROM figure {where} ORDER BY rowid", *values)
        return [_figure(body) for (body,) in found]

    def figures_of_size(
        self, sizes: Sequence[tuple[Decimal, Decimal]], document_ids: Sequence[str] | None = None
    ) -> list[Figure]:
        """Return the figures of which a number is in one of `sizes`: from, to, without sign.

        Numbers are those printed, and those in whole units.
        """
        spans = json.dumps([[float(low), float(high)] for low, high in sizes])
        size = "SELECT value ->> 0 AS low, value ->> 1 AS high FROM json_each(?)"
        columns = ("number", "amount", "high_number", "high_amount")
        within, values = _where(document=document_ids)
        found = self._database.rows(
            " UNION ".join(
                f"SELECT figure.rowid, body FROM ({size}) s JOIN figure "
                f"ON figure.{column} BETWEEN s.low AND s.high {within}"
                for column in columns
            )
            + " ORDER BY 1",
            *[v for _ in columns for v in (spans, *values)],
        )
        return [decode(Figure, body) for _, body in found]

    def pages_holding(self, word: str) -> list[tuple[str, int]]:
        """Return the pages, file and number, in whose text a word stands, without case."""
        return [
            (source, number)
            for source, number in self._database.rows(
                "SELECT source, number FROM page WHERE instr(lower(text), lower(?))", word
            )
        ]

    def documents_naming(self, words: Sequence[str], municipality: str | None) -> list[str]:
        """Return the ids of a municipality's documents in whose text one of `words` stands."""
        found = self._database.rows(
            "SELECT DISTINCT document.id FROM document JOIN passage ON passage.document = "
            "document.id JOIN json_each(?) w ON instr(lower(passage.text), lower(w.value)) "
            "WHERE municipality IS ?",
            json.dumps(list(words)),
            municipality,
        )
        return [id for (id,) in found]

    def findings(self, document_ids: Sequence[str] | None = None) -> list[Finding]:
        """Return the findings with a place in one of the documents, in order of ingest."""
        where, values = _where(document=document_ids)
        found = self._database.rows(
            "SELECT body FROM finding WHERE number IN "
            f"(SELECT finding FROM finding_document {where}) ORDER BY number",
            *values,
        )
        return [decode(Finding, body) for (body,) in found]

    def passages(
        self,
        ids: Sequence[str] | None = None,
        document_ids: Sequence[str] | None = None,
    ) -> list[Passage]:
        """Return passages: those of `ids` in that order, unknown ones left out.

        Without `ids`, those of `document_ids` or all, in order of ingest.
        """
        where, values = _where(id=ids, document=document_ids)
        found = self._database.rows(
            f"SELECT {rows.PASSAGE} FROM passage {where} ORDER BY rowid", *values
        )
        passages = [Passage(*row) for row in found]
        if ids is not None:
            rank = {id: n for n, id in enumerate(ids)}
            passages.sort(key=lambda p: rank[p.id])
        return passages

    def passage_count(self, document_ids: Sequence[str] | None = None) -> int:
        """Return the number of passages."""
        where, values = _where(document=document_ids)
        return int(self._database.rows(f"SELECT count(*) FROM passage {where}", *values)[0][0])

    def embeddings(
        self, embedder: str, document_ids: Sequence[str] | None = None
    ) -> Iterator[Embedded]:
        """Yield the embeddings of passages, a document at a time.

        Documents that `embedder` has not embedded are left out.
        """
        where, values = _where(document=document_ids, embedder=[embedder])
        documents = [
            d
            for (d,) in self._database.rows(
                f"SELECT document FROM embedding {where} ORDER BY 1", *values
            )
        ]
        for first in range(0, len(documents), _BATCH):
            batch, chosen = _where(document=documents[first : first + _BATCH])
            ids: dict[str, list[str]] = {}
            for document, id in self._database.rows(
                f"SELECT document, id FROM passage {batch} ORDER BY rowid", *chosen
            ):
                ids.setdefault(document, []).append(id)
            for document, packed in self._database.rows(
                f"SELECT document, vectors FROM embedding {batch} AND embedder = ? ORDER BY 1",
                *(*chosen, embedder),
            ):
                own = ids.get(document, [])
                if own:
                    yield Embedded(document, own, rows.vectors(packed, len(own)))

    def unembedded(self, embedder: str) -> list[str]:
        """Return the ids of documents with passages that `embedder` has not embedded."""
        found = self._database.rows(
            "SELECT id FROM document WHERE "
            "EXISTS (SELECT 1 FROM passage WHERE passage.document = document.id) AND NOT "
            "EXISTS (SELECT 1 FROM embedding e WHERE e.document = document.id AND embedder = ?) "
            "ORDER BY rowid",
            embedder,
        )
        return [id for (id,) in found]


@lru_cache(maxsize=10_000)
def _figure(body: str) -> Figure:
    """Return a figure. Cached: questions come back to the same budgets."""
    return decode(Figure, body)


def _where(**filters: Sequence[Any] | None) -> tuple[str, list[str]]:
    """Return a WHERE clause that holds each column to its values, and its parameters."""
    given = {column: list(values) for column, values in filters.items() if values is not None}
    clauses = [
        f"({column} IN (SELECT value FROM json_each(?))"
        + (f" OR {column} IS NULL)" if None in values else ")")
        for column, values in given.items()
    ]
    clause = f"WHERE {' AND '.join(clauses)}" if clauses else ""
    return clause, [json.dumps(values) for values in given.values()]
