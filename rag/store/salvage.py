"""What can still be read of a catalogue, or of records, that are damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from rag.home import Home
from rag.store.files import SHA
from rag.store.kept import MARK, OWN
from rag.store.ledger import Ledger, Named, Told
from rag.store.levels import Decision, level_of
from rag.store.records import MIGRATIONS, SUBJECTS
from rag.store.witnesses import believed
from rag.types import Text


def salvaged(path: Path) -> tuple[Told, str | None]:
    """Return the names, decisions and settings of a damaged catalogue, and its ledger's stamp."""
    if not path.exists():
        return Told(), None
    with closing(_opened(path)) as connection:
        paths = [
            row
            for table in ("source_path", "pending")
            for row in _texts(connection, f"SELECT path, source FROM {table}")[0]
        ]
        decisions, whole = _texts(connection, "SELECT * FROM decided")
        meta = dict(_texts(connection, "SELECT key, value FROM meta")[0])
    sources = {name: sha for name, sha in paths if SHA.fullmatch(sha)}
    decided: dict[str, list[Decision]] = {}
    for name, document, source, level in decisions:
        decided.setdefault(name, []).append(Decision(document, source, level_of(level)))
    named = {
        name: Named(name, sources.get(name), tuple(decided.get(name, ())), doubt=not whole)
        for name in [*sources, *(n for n in decided if n not in sources)]
    }
    settings = {key: value for key, value in meta.items() if key not in OWN}
    return Told(named, settings), meta.get(MARK)


def witnessed(home: Home, harmed: bool) -> Told:
    """Return what stands of names, decisions and settings where the catalogue cannot be used.

    `harmed` tells that it is damaged, not only older.
    """
    ledger = Ledger(home.ledger)
    told, mark = salvaged(home.catalogue)
    return believed(ledger.read() or Told(), told, mark == ledger.stamp, harmed)


def salvaged_rows(path: Path, table: str) -> tuple[list[str], list[tuple[Any, ...]], bool]:
    """Return the columns of a table, its rows that can be read, and whether they are all.

    Where a page of it is harmed, those before it and those after it, by their numbers.
    """
    with closing(_opened(path)) as connection:
        # The schema may be what is harmed: then nothing is known of the table.
        columns, _ = _rows(connection, f"SELECT name FROM pragma_table_info('{table}')")
        names = [str(name) for (name,) in columns]
        quoted = ", ".join(f'"{name}"' for name in names)
        if not names:
            return [], [], False
        query = f'SELECT rowid, {quoted} FROM "{table}" ORDER BY rowid'
        found, whole = _rows(connection, query)
        if not whole:
            after, _ = _rows(connection, f"{query} DESC")
            known = {row[0] for row in found}
            found += [row for row in reversed(after) if row[0] not in known]
    return names, [row[1:] for row in found], whole


def salvaged_records(path: Path) -> tuple[bytes, list[Text]]:
    """Return damaged records as a sound file with what can be read, and what of it is amiss."""
    amiss: dict[Text, None] = {}
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        for script in MIGRATIONS:
            made.executescript(script)
        made.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        for table, subject in SUBJECTS.items():
            columns, rows, whole = salvaged_rows(path, table)
            known = [name for _, name, *_ in made.execute(f"PRAGMA table_info({table})")]
            kept = [n for n, name in enumerate(columns) if name in known]
            put = (
                f"INSERT INTO {table} ({', '.join(columns[n] for n in kept)}) "
                f"VALUES ({', '.join('?' * len(kept))})"
            )
            fitted = [_put(made, put, [row[n] for n in kept]) for row in rows]
            if not (whole and all(fitted)):
                amiss[subject] = None
        # Those that lead to what is lost, until none is left.
        while lost := made.execute("PRAGMA foreign_key_check").fetchall():
            for table, row, *_ in lost:
                amiss[SUBJECTS[table]] = None
                made.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))
        return made.serialize(), list(amiss)


def _put(made: sqlite3.Connection, statement: str, row: list[Any]) -> bool:
    try:
        made.execute(statement, row)
    except sqlite3.Error:  # flipped bytes: no number, a number twice, or nothing at all
        return False
    return True


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    connection.text_factory = partial(str, encoding="utf8", errors="replace")
    return connection


def _texts(connection: sqlite3.Connection, query: str) -> tuple[list[Any], bool]:
    """Return the rows that are all of texts, and whether they are all that there are."""
    found, whole = _rows(connection, query)
    sound = [row for row in found if all(type(v) is str for v in row)]
    return sound, whole and len(sound) == len(found)


def _rows(connection: sqlite3.Connection, query: str) -> tuple[list[Any], bool]:
    found: list[Any] = []
    try:
        for row in connection.execute(query):
            found.append(row)
    except (sqlite3.Error, UnicodeError):
        return found, False
    return found, True
