"""Makes the catalogue again from the copies of the files and from the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from ingest.pipeline import FileReport, Progress, ingest
from rag.errors import CatalogueDamagedError, CatalogueOutdatedError, DamagedError
from rag.home import Home
from rag.store.catalogue import Catalogue
from rag.store.files import SHA
from rag.store.ledger import Ledger, Named, Told
from rag.store.levels import Decision, level_of

# What flipped bytes, read as if they were sound, make the code that meets them raise.
_HARM = (DamagedError, LookupError, ValueError, TypeError, ArithmeticError)
_BESIDE = ("", "-wal", "-shm")


def rebuild(
    home: Home,
    progress: Progress = lambda report, done, total: None,
    on_wait: Callable[[], None] = lambda: None,
) -> list[FileReport]:
    """Read every file again from its copy, and return a report of each.

    A sound catalogue answers meanwhile; one that is damaged or lost is made anew,
    under the names and decisions of the ledger. A copy that nobody has a name for
    comes in closed. Raises CatalogueTooNewError.
    """
    with home.writing(on_wait):
        aside = home.catalogue.with_name(home.catalogue.name + ".damaged")
        read = partial(ingest, [], home, None, progress, on_wait)
        try:
            _ready(home)
            reports = read()
        except (*_HARM, CatalogueDamagedError):
            _set_aside(home, aside)
            reports = read()
        # What a lost copy said stands nowhere else.
        if not any(r.outcome == "failed" for r in reports):
            aside.unlink(missing_ok=True)
        return reports


def _ready(home: Home) -> None:
    """Have every file be read again, where the catalogue can be kept in use."""
    try:
        with closing(Catalogue(home)) as catalogue:
            catalogue.read_again()
    except CatalogueOutdatedError:
        Catalogue.renew(home).close()


def _set_aside(home: Home, aside: Path) -> None:
    """Move a damaged catalogue away, after what the ledger lacks of it is in the ledger."""
    ledger = Ledger(home.ledger)
    told, saved = ledger.read() or Told(), _salvaged(home.catalogue)
    ledger.rewrite(Told(saved.named | told.named, saved.settings | told.settings))
    home.catalogue.replace(aside)
    for suffix in _BESIDE:
        home.catalogue.with_name(home.catalogue.name + suffix).unlink(missing_ok=True)


def _salvaged(path: Path) -> Told:
    """Return the names, decisions and settings that can still be read of a damaged catalogue."""
    tables = ("source_path", "pending")
    paths = [r for table in tables for r in _rows(path, f"SELECT path, source FROM {table}")[0]]
    sources = {name: sha for name, sha in paths if SHA.fullmatch(sha)}
    decided: dict[str, list[Decision]] = {}
    decisions, whole = _rows(path, "SELECT * FROM decided")
    for name, document, source, level in decisions:
        decided.setdefault(name, []).append(Decision(document, source, level_of(level)))
    named = {
        name: Named(name, sources.get(name), tuple(decided.get(name, ())), doubt=not whole)
        for name in [*sources, *(n for n in decided if n not in sources)]
    }
    shipped, _ = _rows(path, "SELECT key, value FROM meta WHERE key NOT IN ('types', 'ledger')")
    return Told(named, dict(shipped))


def _rows(path: Path, query: str) -> tuple[list[Any], bool]:
    """Return the rows that can be read, and whether they are all."""
    found: list[Any] = []
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            connection.text_factory = partial(str, encoding="utf8", errors="replace")
            for row in connection.execute(query):
                found.append(row)
    except sqlite3.Error:
        return [row for row in found if all(type(v) is str for v in row)], False
    sound = [row for row in found if all(type(v) is str for v in row)]
    return sound, len(sound) == len(found)
