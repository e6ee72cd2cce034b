"""One SQLite file with a schema version, used from several threads."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from inspect import signature
from pathlib import Path
from typing import Any

from rag.errors import RaadsvarError

_BUSY_SECONDS = 60.0


class Database:
    """A connection shared by threads, one at a time."""

    def __init__(
        self,
        path: Path,
        newest: int,
        too_new: Callable[[], RaadsvarError],
        fail: Callable[[str], RaadsvarError],
        keep: Callable[[str], str] = str,
    ) -> None:
        """Open or make the file.

        Raises `too_new()`, without touching the file, when its version is above
        `newest`. `fail(cause)` makes the error that SQLite's own are turned into,
        here and later. `keep` says what becomes of a text that is to be stored or
        compared.
        """
        self._fail, self._keep = fail, keep
        self._lock = threading.RLock()
        with self._mapped():
            if path.exists() and _stored_version(path) > newest:
                raise too_new()
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                # FULL: a file's copy is deleted only after its rows are, also by a power cut.
                for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                    self._connection.execute(f"PRAGMA {pragma}")
            except sqlite3.Error:
                self._connection.close()
                raise

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
                self.rows("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.rollback()
                raise

    def backup(self, target: Path) -> None:
        """Copy the database to `target` while it is in use."""
        with self._lock, self._mapped():
            copy = sqlite3.connect(target)
            try:
                self._connection.backup(copy)
            finally:
                copy.close()

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()

    def _kept(self, parameters: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(self._keep(p) if isinstance(p, str) else p for p in parameters)

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeEncodeError) as error:
            raise self._fail(str(error)) from error


def _stored_version(path: Path) -> int:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)
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
