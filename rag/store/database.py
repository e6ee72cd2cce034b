"""One SQLite file with a schema version, used from several threads."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from inspect import signature
from pathlib import Path
from typing import Any

from rag.errors import RaadsvarError
from rag.home import disk_trouble
from rag.types import Text

_BUSY_SECONDS = 60.0


class Database:
    """A connection shared by threads, one at a time."""

    def __init__(
        self,
        path: Path,
        newest: int,
        too_new: Callable[[], RaadsvarError],
        fail: Callable[[Text, bool], RaadsvarError],
        keep: Callable[[str], str] = str,
    ) -> None:
        """Open or make the file.

        Raises `too_new()`, without touching the file, when its version is above
        `newest`. `fail(cause, damaged)` makes the error that SQLite's own are turned
        into, here and later; `damaged` tells that the file, not the disk, is at fault.
        Where the folder cannot be written, the file is only read. `keep` says what
        becomes of a text that is to be stored or compared.
        """
        self._path, self._fail, self._keep = path, fail, keep
        self._lock = threading.RLock()
        self._ending = self._ended = self._undone = _nothing
        with self._mapped():
            if path.exists() and _stored_version(path) > newest:
                raise too_new()
            try:
                self._connection = _connected(path)
            except sqlite3.OperationalError:
                if not path.exists():
                    raise
                # The disk is full, or may only be read: what is there can be.
                self._connection = _connected(path, "?mode=ro", "?immutable=1")

    @property
    def version(self) -> int:
        """The schema version; 0 for a file without tables."""
        return int(self.rows("PRAGMA user_version")[0][0])

    def rows(self, sql: str, *parameters: Any) -> list[Any]:
        """Return all rows of a query."""
        with self._lock, self._mapped():
            return self._connection.execute(sql, self._kept(parameters)).fetchall()

    def function(self, name: str, answer: Callable[..., Any]) -> None:
        """Let queries call `answer`, which depends on nothing but its arguments, by `name`."""
        parameters = len(signature(answer).parameters)
        with self._lock, self._mapped():
            self._connection.create_function(name, parameters, answer, deterministic=True)

    def many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run `sql` once a row. Only within `transaction`."""
        with self._mapped():
            self._connection.executemany(sql, map(self._kept, rows))

    def script(self, sql: str) -> None:
        """Run the statements of `sql`; within `transaction` where they belong together."""
        # executescript would commit first.
        for statement in _statements(sql):
            self.rows(statement)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing; other threads and processes wait."""
        with self._lock:
            self.rows("BEGIN IMMEDIATE")
            try:
                yield
                self._ending()
                self.rows("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.rollback()
                self._undone()
                raise
            self._ended()

    def journal(
        self,
        ending: Callable[[], None],
        ended: Callable[[], None],
        undone: Callable[[], None],
    ) -> None:
        """Call `ending` last in each transaction, then `ended` or, if it failed, `undone`."""
        self._ending, self._ended, self._undone = ending, ended, undone

    def damage(self) -> list[str]:
        """Return what SQLite's integrity check finds wrong; nothing for a sound file."""
        told = "\n".join(message for (message,) in self.rows("PRAGMA integrity_check"))
        return [line for line in told.splitlines() if line != "ok" and not line.startswith("*")]

    def read_texts(self) -> None:
        """Read every text, so that one whose bytes are none raises as it would when asked for."""
        for (table,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            found = self.rows(f"SELECT name FROM pragma_table_info('{table}') WHERE type = 'TEXT'")
            columns = ", ".join(f'"{name}"' for (name,) in found)
            if columns:
                with self._lock, self._mapped():
                    for _ in self._connection.execute(f'SELECT {columns} FROM "{table}"'):
                        pass

    def forget(self) -> None:
        """Leave nothing of what was deleted in the log beside the file, where nobody reads it."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def orphans(self) -> list[str]:
        """Return the rows that lead to rows that are not there, each by table and number."""
        return [f"{row[0]} {row[1]}" for row in self.rows("PRAGMA foreign_key_check")]

    def copy(self) -> bytes:
        """Return the database as a file of its own, as it is between two transactions."""
        with self._lock, self._mapped(), closing(sqlite3.connect(":memory:")) as copy:
            self._connection.backup(copy)
            return copy.serialize()

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()

    def _kept(self, parameters: tuple[Any, ...]) -> tuple[Any, ...]:
        # A number that SQLite has no room for is that of no row.
        return tuple(
            self._keep(p) if isinstance(p, str) else None if _huge(p) else p for p in parameters
        )

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeError) as error:
            damaged = _damaged(error)
            cause = None if damaged else disk_trouble(self._path)
            raise self._fail(cause or Text(str(error), str(error)), damaged) from error


def _huge(value: Any) -> bool:
    return isinstance(value, int) and not -(1 << 63) <= value < 1 << 63


def _nothing() -> None:
    pass


def _connected(path: Path, *modes: str) -> sqlite3.Connection:
    """Return a connection that can read `path`: to write, or the first of `modes` that can."""
    for mode in modes or ("",):
        connection = sqlite3.connect(
            *(path.as_uri() + mode, _BUSY_SECONDS),
            isolation_level=None,
            check_same_thread=False,
            uri=True,
        )
        try:
            # FULL: a file's copy is deleted only after its rows are, also by a power cut.
            # SQLite leaves what is deleted in the file's free pages unless it is told to.
            pragmas = (
                *("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"),
                "secure_delete = ON",
            )
            for pragma in ("schema_version", *(() if mode else pragmas)):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            return connection
        except (sqlite3.Error, UnicodeDecodeError) as error:
            connection.close()
            failed: Exception = error
    raise failed


def _damaged(error: Exception) -> bool:
    """Tell whether the file is at fault, rather than the disk, its permissions or a lock."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # SQLite's own words may quote a garbled schema, which is no UTF-8.
        return isinstance(error, UnicodeDecodeError) or "decode" in str(error)
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


def _stored_version(path: Path) -> int:
    connection = _connected(path, "?mode=ro", "?immutable=1")
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def _statements(sql: str) -> Iterator[str]:
    statement = ""
    for part in sql.split(";"):
        statement += part + ";"
        # A semicolon may stand in a comment or a string.
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def where(**filters: Sequence[Any] | None) -> tuple[str, list[str]]:
    """Return a WHERE clause that holds each column to its values, and its parameters."""
    given = {column: list(values) for column, values in filters.items() if values is not None}
    clauses = [
        f"({column} IN (SELECT value FROM json_each(?))"
        + (f" OR {column} IS NULL)" if None in values else ")")
        for column, values in given.items()
    ]
    clause = f"WHERE {' AND '.join(clauses)}" if clauses else ""
    return clause, [json.dumps(values) for values in given.values()]
