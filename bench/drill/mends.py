"""Mends that can be taken out, to see the drill fail: each puts back what was before it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

from draft.records import Drafts
from ingest import pipeline, read
from rag import home
from rag.errors import RecordsError
from rag.store import backup, catalogue, codec, database, files, kept, ledger
from rag.types import Text


def _set(owner: Any, **values: Any) -> Callable[[], None]:
    def take_out() -> None:
        for name, value in values.items():
            patch.object(owner, name, value).start()

    return take_out


def _all(*each: Callable[[], None]) -> Callable[[], None]:
    def take_out() -> None:
        for one in each:
            one()

    return take_out


def _backup_in_place(house: home.Home, target: Path, checkout: Path) -> backup.Taken:
    told = backup._told(house)
    shas = sorted(files.Files(house.files).all())
    with target.open("w+b") as stream:
        amiss = backup._write(stream, house, told, shas, checkout)
    return backup.Taken(len(shas), [], amiss)


def _refused(path: Path) -> Any:
    raise RecordsError(Text("beskadiget", "damaged"))


MENDS: dict[str, Callable[[], None]] = {
    # A catalogue made anew knew of no copies, and tidied them all away.
    "a lost catalogue finds its copies": _set(
        kept.Kept, _merge=lambda self, told: None, names=lambda self: set()
    ),
    # Who may see what stood in the catalogue alone.
    "decisions in the ledger": _set(kept.Kept, _write=lambda self: None),
    "copies without a name come in closed": _set(kept, LEVELS=("public",)),
    "a backup is written beside": _set(backup, backup=_backup_in_place),
    "whatever a reader raises is a cause": _all(
        _set(read, any_cause=lambda name: nullcontext()),
        _set(pipeline, any_cause=lambda name: nullcontext()),
    ),
    "names that are no UTF-8": _set(pipeline, readable=str),
    "a draft is kept whole": _set(Drafts, whole=lambda self: nullcontext()),
    "lost copies are refilled": _set(catalogue.Catalogue, refill=lambda self, sha, data: False),
    "the disk's trouble is named": _all(
        _set(database, disk_trouble=lambda path: None), _set(files, disk_trouble=lambda path: None)
    ),
    "a full disk is read": _set(database, _connected=lambda path, *modes: _as_before(path)),
    "texts that are none are met before a rebuild": _set(
        database.Database, read_texts=lambda self: None
    ),
    "a line cut off is in doubt": _set(ledger, _torn=lambda line: []),
    "damaged records are backed up": _set(backup, salvaged_records=_refused),
    "garbled bytes are told of": _set(codec, DamagedError=ZeroDivisionError),
}


def _as_before(path: Path) -> Any:
    import sqlite3

    connection = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection
