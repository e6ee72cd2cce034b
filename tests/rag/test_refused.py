"""A disk that is full or may only be read, and bytes that were flipped: read on, tell the cause."""

from __future__ import annotations

import pickle
import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stores import EMBEDDER, embed, make

from rag.errors import CatalogueDamagedError, CatalogueError, DamagedError, HomeError, RecordsError
from rag.home import Home
from rag.search.vectors import Vectors
from rag.search.words import Words
from rag.store import database
from rag.store.catalogue import Catalogue
from rag.store.conversations import Conversations
from rag.store.records import Records
from rag.types import Text

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    catalogue = Catalogue(home)
    make("a.txt", "Fire årsværk.").store(catalogue)
    catalogue.close()
    records = Records(home)
    Conversations(records, "local").start("før")
    records.close()
    return home


def files_of(home: Home) -> list[Path]:
    """All files but those that SQLite makes for readers where it may."""
    return sorted(p for p in home.folder.rglob("*") if "sqlite-" not in p.name)


def only_read(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the folder one that may only be read: for root, permissions alone do not."""
    connect = database._connected

    def access(path: Path, mode: int) -> bool:
        return not (mode & 2 and home.folder in (Path(path), *Path(path).parents))

    def connected(path: Path, *modes: str) -> sqlite3.Connection:
        if not modes:
            raise sqlite3.OperationalError("unable to open database file")
        return connect(path, *modes)

    monkeypatch.setattr("os.access", access)
    monkeypatch.setattr(database, "_connected", connected)


def test_what_may_only_be_read_is_read_and_told_so_when_written(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(home)
    only_read(home, monkeypatch)
    catalogue, records = Catalogue(Home(home.folder)), Records(home)
    assert [d.file for d in catalogue.documents()] == ["a.txt"]
    asked = Conversations(records, "local")
    assert [c.title for c in asked.all()] == ["før"]
    with pytest.raises(HomeError, match="Read-only"):
        make("b.txt", "ny").store(catalogue)
    with pytest.raises(RecordsError, match="may only be read") as caught:
        asked.start("efter")
    assert "uskadt" in caught.value.message.da
    assert files_of(home) == before


def words(home: Home, catalogue: Catalogue) -> Words:
    return Words(home, catalogue, lambda text: text.lower().split())


@pytest.mark.parametrize("built", [True, False])
def test_an_index_that_may_only_be_read_is_searched_in_a_copy(
    home: Home, monkeypatch: pytest.MonkeyPatch, built: bool
) -> None:
    catalogue = Catalogue(home)
    if built:
        for index in (words(home, catalogue), Vectors(home, catalogue, EMBEDDER)):
            index.refresh()
            index.close()
    before = files_of(home)
    only_read(home, monkeypatch)
    found, near = words(home, catalogue), Vectors(home, catalogue, EMBEDDER)
    assert len(found.search([("årsværk.", 1.0)], 5)) == 1
    assert len(near.search(embed(["Fire årsværk."])[0], 5)) == 1
    assert files_of(home) == before


def test_a_full_disk_is_named_and_reading_goes_on(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = Catalogue(home)
    pages = catalogue._database.rows("PRAGMA page_count")[0][0]
    catalogue._database.rows(f"PRAGMA max_page_count = {pages}")
    told = home.ledger.read_bytes()
    with pytest.raises(CatalogueError, match="is full") as caught:
        make("b.txt", *("meget at sige " * 500,) * 9).store(catalogue)
    assert not isinstance(caught.value, CatalogueDamagedError)
    for message in caught.value.message:
        assert "rebuild" not in message and "move" not in message and "flyt" not in message
    assert [d.file for d in catalogue.documents()] == ["a.txt"]
    assert home.ledger.read_bytes() == told
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100, 100, 0))
    with pytest.raises(CatalogueError, match="the disk is full"):
        make("b.txt", *("meget at sige " * 500,) * 9).store(catalogue)


def test_a_build_that_the_disk_refuses_is_not_left_on_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = Catalogue(home)
    index = words(home, catalogue)
    index.refresh()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Words, "_update", full)
    with pytest.raises(Exception, match="No space left"):
        index.rebuild()
    assert len(list(home.words.glob("build-*"))) == 1
    monkeypatch.undo()
    assert len(index.search([("årsværk.", 1.0)], 5)) == 1


def test_an_index_that_a_full_disk_keeps_from_catching_up_is_searched_in_a_copy(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = Catalogue(home)
    words(home, catalogue).refresh()
    make("b.txt", "Ni skoler.").store(catalogue)
    save, usage = Words._save, shutil.disk_usage

    def full(index: Words, state: Any) -> None:
        if home.folder in index._folder.parents:
            raise OSError(28, "No space left on device")
        save(index, state)

    def room(path: Path) -> Any:
        return Usage(100, 100, 0) if home.folder in (path, *path.parents) else usage(path)

    monkeypatch.setattr(Words, "_save", full)
    monkeypatch.setattr(shutil, "disk_usage", room)
    found = words(home, catalogue)
    assert len(found.search([("skoler.", 1.0)], 5)) == 1
    assert len(found.search([("årsværk.", 1.0)], 5)) == 1


GARBLED: dict[str, tuple[str, Callable[[Catalogue], Any]]] = {
    "document": ("UPDATE document SET body = replace(body, '{', 'x')", Catalogue.documents),
    "figure": ("UPDATE figure SET body = substr(body, 9)", Catalogue.figures),
    "page": ("UPDATE page SET spans = x'0102'", lambda c: c.page(c.sources()[0].id, 1)),
    "file": ("UPDATE source SET blocks = x'0102'", lambda c: c.source(c.sources()[0].id)),
    "finding": ("UPDATE finding SET body = '[]'", Catalogue.findings),
    "warnings": ("UPDATE source SET body = 'x'", lambda c: c.counts()),
}


@pytest.mark.parametrize("what", GARBLED)
def test_bytes_flipped_in_what_was_read_are_told_of(home: Home, what: str) -> None:
    statement, read = GARBLED[what]
    connection = sqlite3.connect(home.catalogue)
    connection.execute(statement)
    connection.commit()
    connection.close()
    with pytest.raises((DamagedError, CatalogueDamagedError)) as caught:
        read(Catalogue(home))
    assert "raadsvar rebuild" in caught.value.message.da


def test_an_error_goes_from_one_process_to_another_with_both_its_messages() -> None:
    told = pickle.loads(
        pickle.dumps(CatalogueDamagedError(Path("k.sqlite"), Text("brud", "break")))
    )
    assert isinstance(told, CatalogueDamagedError)
    assert "brud" in told.message.da and "break" in str(told)
