"""The catalogue: SQLite, the truth about everything that was read.

One transaction a file: a killed ingest leaves whole files or none. What cannot be
read from the files again is kept beside it, too (`rag.store.kept`).
"""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from rag.errors import (
    CatalogueDamagedError,
    CatalogueError,
    CatalogueOutdatedError,
    CatalogueTooNewError,
    refused,
)
from rag.home import Home
from rag.store import rows
from rag.store.changes import Changes
from rag.store.database import Database
from rag.store.embeddings import Vectors, drop_unheld, keys_of, put_vectors
from rag.store.files import Files
from rag.store.kept import Kept
from rag.store.ledger import Ledger, Told
from rag.store.levels import LEVELS, Levels
from rag.store.lookup import Lookup
from rag.store.schema import TABLES, TYPES, VERSION
from rag.store.source import SourceDocument
from rag.store.view import View
from rag.types import Access, CouncilDocument, Figure, Finding, Passage, Text


class Catalogue(Lookup):
    """Everything read from the files of a data folder. Safe to use from several threads.

    A method that SQLite or the disk refuses raises CatalogueError.
    """

    _home: Home
    _files: Files
    _tidied = False
    _loose: set[str]  # the keys of the texts of passages that a transaction deleted

    def __init__(self, home: Home) -> None:
        """Open or make the catalogue of `home`.

        One that is made anew where there are copies finds them `pending`, under the
        names and decisions that the ledger holds. Raises CatalogueOutdatedError (`renew`
        helps), CatalogueTooNewError, and CatalogueError for a file that is no catalogue.
        """
        self._open(home)
        if self._database.version == 0:
            with self._database.transaction():
                if self._database.version == 0:
                    self._make()
        if self._database.version != VERSION or self.setting("types") != TYPES:
            self.close()
            raise CatalogueOutdatedError(home.catalogue)
        self._kept.watch()
        if not self._kept.agrees():
            with suppress(_BusyError), home.writing(_busy):
                self._kept.agree()

    @classmethod
    def renew(cls, home: Home) -> Catalogue:
        """Empty an outdated catalogue and open it; its files are `pending`, to be read again."""
        catalogue = cls.__new__(cls)
        catalogue._open(home)
        with home.writing():
            catalogue._empty()
            catalogue._kept.watch()
            catalogue._kept.agree()
            with catalogue._database.transaction():
                catalogue._kept.set_right()
        return catalogue

    def seen_by(self, levels: frozenset[Access]) -> Lookup:
        """Return what documents of these levels hold: this, where they are all."""
        if levels >= set(LEVELS):
            return self
        with self._mutex:
            if levels not in self._views:
                self._views[levels] = View(self._connect(), self._files, levels)
            return self._views[levels]

    def close(self) -> None:
        """Close the catalogue, and what `seen_by` returned."""
        for view in self._views.values():
            view.close()
        super().close()

    # -------------------------------------------------------------------- files

    def replace(
        self,
        source: SourceDocument,
        data: bytes,
        documents: Sequence[CouncilDocument],
        figures: Sequence[Figure],
        findings: Sequence[Finding],
        passages: Sequence[Passage],
        reader: str = "",
    ) -> bool:
        """Store a file and all that was read from it, in one transaction.

        What `source.path` held before goes, unless another path holds it too.
        The same bytes read by the same `reader` change nothing but that path.

        Args:
            source: the file as read; its path tells that it is a newer version.
            data: its bytes.
            documents: its documents.
            figures: the figures of those documents.
            findings: what disagrees, each with a place in one of them.
            passages: the passages of those documents.
            reader: the version of the code that read the file.

        Returns whether it was written. Raises ValueError where the arguments do
        not fit each other.
        """
        with self._home.writing():
            self._ready()
            self._tidied = False
            self._files.put(source.id, data)
            with self._changing(self.source_at(source.path) or source.id):
                write = not self.has(source.id, reader)
                if write:
                    self._delete(source.id)
                    rows.put_source(self._database, source, reader)
                    rows.put_documents(self._database, documents)
                    rows.put_figures(self._database, figures)
                    rows.put_findings(self._database, findings)
                    rows.put_passages(self._database, documents, passages)
                    self.changes.add([d.id for d in documents])
                self._database.rows(
                    "INSERT INTO source_path VALUES (?, ?) "
                    "ON CONFLICT (path) DO UPDATE SET source = excluded.source",
                    *(source.path, source.id),
                )
                self._levels.settle(source.id)
                self._database.rows("DELETE FROM pending WHERE path = ?", source.path)
                self.clear_failure(source.path)
            self._tidied = True
        return write

    def remove(self, source_id: str) -> bool:
        """Delete a file under all its paths, with all that was read from it, and its copy.

        A damaged catalogue that was set aside goes too, as it may hold the file's text; return
        whether there was one.
        """
        with self._home.writing():
            self._ready()
            with self._changing(source_id):
                self._levels.forget(source_id)
                for table in ("source_path", "pending"):
                    self._database.rows(
                        "DELETE FROM failure WHERE path IN "
                        f"(SELECT path FROM {table} WHERE source = ?)",
                        source_id,
                    )
                    self._database.rows(f"DELETE FROM {table} WHERE source = ?", source_id)
            self._files.discard([source_id])
            self._database.forget()
            if left := self._home.aside.exists():
                self._home.aside.unlink()
        return left

    def writing(self) -> AbstractContextManager[None]:
        """Hold the writer's lock, so that what is read in it still stands when it is written."""
        return self._home.writing()

    def decide_file(self, path: str, level: Access) -> None:
        """Decide who may see the file at `path`, read already or not (see `rag.store.levels`)."""
        with self._writing():
            self._levels.decide_file(path, level)

    def hold(self, path: str, level: Access) -> None:
        """Narrow the file at `path`, read already or not, until a person decides of it."""
        with self._writing():
            self._levels.hold(path, level)

    def rest(self, path: str, documents: Sequence[str]) -> None:
        """Keep that the letter at `path` rests on these documents, and is as narrow as they are."""
        with self._writing():
            self._levels.rest(path, documents)

    def release(self, path: str) -> None:
        """Let go of the file at `path`: its text and what was decided tell who may see it."""
        with self._writing():
            self._levels.release(path)

    def decide(self, document: str, level: Access) -> None:
        """Decide who may see one document, by its id. Raises KeyError where it is not in."""
        with self._writing():
            self._levels.decide_document(document, level)

    def file(self, sha: str, page: int | None = None) -> Path:
        """Return where the copy of a file lies."""
        return self._files.path(sha)

    def sound(self, sha: str) -> bool:
        """Return whether the copy of a file is there, with the bytes that it had."""
        return self._files.sound(sha)

    def refill(self, sha: str, data: bytes) -> bool:
        """Put back the copy of a file that is in, where it is lost or damaged; tell if it was."""
        with self._home.writing():
            if lost := not self._files.sound(sha):
                self._files.put(sha, data)
        return lost

    def read_again(self) -> None:
        """Have every file be `pending`, to be read again from its copy; until then it stands.

        Names and decisions are set right by the ledger. Raises CatalogueDamagedError
        where the file is not sound: then it must be made anew.
        """
        tables = self._database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        missing = set(re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", TABLES)) - {
            name for (name,) in tables
        }
        wrong = self._database.damage() + self._database.orphans()
        if wrong := [*wrong, *(f"no table {name}" for name in sorted(missing))]:
            raise self._broken(Text(*["; ".join(wrong[:3])] * 2), True)
        self._database.read_texts()
        with self._home.writing():
            self._kept.agree()
            with self._database.transaction():
                self._loose = set()
                self._kept.set_right()
                self._drop_unnamed_findings()
                lost = "SELECT id FROM source WHERE id NOT IN (SELECT source FROM source_path)"
                for (source,) in self._database.rows(lost):
                    self._delete(source)
                drop_unheld(self._database, self._loose)
                self._database.rows("UPDATE source SET reader = ''")
                self._database.rows(
                    "INSERT OR IGNORE INTO pending SELECT path, source FROM source_path "
                    "ORDER BY rowid"
                )

    def told(self) -> Told:
        """Return the names, decisions and settings: what the files themselves do not tell."""
        return self._kept.all()

    def embed(self, model: str, keys: Sequence[str], vectors: Vectors) -> None:
        """Store the vectors that `model` makes of the texts of these keys: texts x dimensions.

        A text that no passage holds any more gets none. Raises ValueError where they do not fit.
        """
        with self._writing():
            documents = put_vectors(self._database, model, keys, vectors)
            self.changes.add(documents, vectors=True)

    def drop_unheld(self) -> None:
        """Delete the vectors of texts that no passage holds: `renew` leaves all vectors.

        Not while files are `pending`, whose texts they are.
        """
        if not self.pending():
            with self._writing():
                drop_unheld(self._database)

    def pending(self) -> list[tuple[str, str]]:
        """Return path and SHA-256 of the files that `renew` left to be read again."""
        found = self._database.rows("SELECT path, source FROM pending ORDER BY rowid")
        return [tuple(row) for row in found]

    def pending_at(self, path: str) -> str | None:
        """Return the SHA-256 of the file that waits to be read again as the one at `path`."""
        found = self._database.rows("SELECT source FROM pending WHERE path = ?", path)
        return found[0][0] if found else None

    # -------------------------------------------------------- settings, failures

    def setting(self, key: str) -> str | None:
        """Return what `set_setting` stored under `key`."""
        found = self._database.rows("SELECT value FROM meta WHERE key = ?", key)
        return found[0][0] if found else None

    def set_setting(self, key: str, value: str) -> None:
        """Store a setting of this catalogue."""
        with self._writing():
            self._set(key, value)

    def record_failure(self, path: str, code: str, message: Text) -> None:
        """Note that the file at `path` could not be read; what it held before stays."""
        now = dt.datetime.now(dt.UTC).isoformat()
        self._database.rows(
            "INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?, ?)", path, code, *message, now
        )

    def clear_failure(self, path: str) -> None:
        """Forget that the file at `path` could not be read, or waits to be read again."""
        self._database.rows("DELETE FROM failure WHERE path = ?", path)
        if self.pending_at(path):
            with self._writing():
                self._database.rows("DELETE FROM pending WHERE path = ?", path)

    # ------------------------------------------------------------------ within

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction of the one writer."""
        with self._home.writing():
            self._kept.agree()
            with self._database.transaction():
                yield

    @contextmanager
    def _changing(self, source: str) -> Iterator[None]:
        """A transaction that ends by deleting the file `source` where no path leads to it.

        What was deleted in it, and not put in again, leaves no vector.
        """
        orphan = False
        with self._database.transaction():
            self._loose = set()
            yield
            led = self._database.rows("SELECT 1 FROM source_path WHERE source = ? LIMIT 1", source)
            if orphan := not led:
                self._delete(source)
            self._levels.follow()
            drop_unheld(self._database, self._loose)
        if orphan and source not in {sha for _, sha in self.pending()}:
            self._files.discard([source])

    def _drop_unnamed_findings(self) -> None:
        """Delete the findings of no document: nothing hides them, and nothing writes them again."""
        self._database.rows(
            "DELETE FROM finding WHERE number NOT IN (SELECT finding FROM finding_document) "
            "OR number IN (SELECT finding FROM finding_document "
            "WHERE document NOT IN (SELECT id FROM document))"
        )

    def _delete(self, source: str) -> None:
        found = self._database.rows("SELECT id FROM document WHERE source = ?", source)
        documents = [id for (id,) in found]
        if documents:
            self._database.many(
                "DELETE FROM finding WHERE number IN "
                "(SELECT finding FROM finding_document WHERE document = ?)",
                [(id,) for id in documents],
            )
            self.changes.add(documents)
        self._loose |= set(keys_of(self._database, source))
        self._database.rows("DELETE FROM source WHERE id = ?", source)

    def _ready(self) -> None:
        """Make ready to write: agree with the ledger, delete what a killed or failed write left."""
        self._kept.agree()
        if not self._tidied:
            keep = self._database.rows("SELECT id FROM source UNION SELECT source FROM pending")
            self._files.tidy({sha for (sha,) in keep}, self._kept.names)
            self._tidied = True

    def _open(self, home: Home) -> None:
        self._home = home
        self._files = Files(home.files)
        self._views: dict[frozenset[Access], View] = {}
        self._loose = set()
        self._mutex = threading.Lock()
        self._database = self._connect()
        self.changes = Changes(self._database)
        self.vector_changes = Changes(self._database, vectors=True)
        self._levels = Levels(self._database, self.changes)
        self._kept = Kept(self._database, Ledger(home.ledger), self._files, self._levels)

    def _connect(self) -> Database:
        path = self._home.catalogue
        return Database(path, VERSION, lambda: CatalogueTooNewError(path), self._broken)

    def _empty(self) -> None:
        database = self._database
        with database.transaction():
            found = database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = [name for (name,) in found]
            known = [
                row
                for table in ("pending", "source_path")
                for row in database.rows(f"SELECT path, source FROM {table}")
            ]
            decided = database.rows("SELECT * FROM decided") if "decided" in tables else []
            settings = database.rows("SELECT * FROM meta") if "meta" in tables else []
            # Deferred: tables go in any order.
            database.rows("PRAGMA defer_foreign_keys = ON")
            for table in set(tables) - {"vector"}:
                database.rows(f'DROP TABLE "{table}"')
            self._make()
            database.many("INSERT OR IGNORE INTO meta VALUES (?, ?)", settings)
            database.many("INSERT OR REPLACE INTO pending VALUES (?, ?)", known)
            database.many("INSERT INTO decided VALUES (?, ?, ?, ?)", decided)

    def _make(self) -> None:
        self._database.script(TABLES)
        self._set("types", TYPES)
        self._database.rows(f"PRAGMA user_version = {VERSION}")

    def _set(self, key: str, value: str) -> None:
        self._database.rows("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)

    def _broken(self, cause: Text, damaged: bool) -> CatalogueError:
        path = self._home.catalogue
        return (
            CatalogueDamagedError(path, cause) if damaged else CatalogueError(refused(path, cause))
        )


class _BusyError(Exception):
    """Another process or thread writes."""


def _busy() -> None:
    raise _BusyError
