from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from rag.answer import Answer
from rag.errors import RecordsError, RecordsTooNewError
from rag.home import Home
from rag.store import records as module
from rag.store.conversations import Conversations
from rag.store.records import MIGRATIONS, Records


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def make_version(home: Home, version: int) -> None:
    connection = sqlite3.connect(home.records)
    for step in MIGRATIONS[:version]:
        connection.executescript(step)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
def test_every_version_is_brought_to_the_newest(home: Home, version: int) -> None:
    make_version(home, version)
    records = Records(home)
    Conversations(records, "local").start("x")
    connection = sqlite3.connect(home.records)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    connection.close()


def test_a_migration_keeps_what_is_there_and_happens_whole_or_not_at_all(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = Records(home)
    Conversations(records, "local").start("før")
    records.close()
    bad = "ALTER TABLE conversation ADD COLUMN pinned INTEGER; INSERT INTO nowhere VALUES (1);"
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, bad))
    with pytest.raises(RecordsError, match="nowhere"):
        Records(home)
    good = "ALTER TABLE conversation ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;"
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, good))
    (kept,) = Conversations(Records(home), "local").all()
    assert kept.title == "før"


def test_newer_records_are_never_touched(home: Home) -> None:
    make_version(home, 1)
    connection = sqlite3.connect(home.records)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = home.records.read_bytes()
    with pytest.raises(RecordsTooNewError, match=str(home.records)):
        Records(home)
    assert home.records.read_bytes() == before
    assert [p.name for p in home.folder.iterdir() if p.name.startswith("records")] == [
        "records.sqlite"
    ]


def test_a_backup_taken_while_writing_is_whole(home: Home, tmp_path: Path) -> None:
    records = Records(home)
    conversations = Conversations(records, "local")
    conversation, answer = conversations.start("x"), Answer("not_found", "da")
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            conversations.add(conversation, "?" * 1000, answer)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copied_then = records.copy()
    finally:
        stop.set()
        writer.join()
    other = Home(tmp_path / "other")
    other.records.write_bytes(copied_then)
    copy = Records(other)
    assert copy.check() == []
    copied = Conversations(copy, "local")
    assert [c.title for c in copied.all()] == ["x"]
    assert len(copied.turns(conversation)) <= len(conversations.turns(conversation))


def test_the_check_finds_what_is_broken(home: Home) -> None:
    records = Records(home)
    assert records.check() == []
    connection = sqlite3.connect(home.records)
    connection.execute("INSERT INTO feedback VALUES (99, 'up', '', '', NULL)")
    connection.commit()
    connection.close()
    assert records.check() == ["feedback 99"]


def test_records_with_flipped_bytes_are_not_opened_and_named(home: Home) -> None:
    records = Records(home)
    conversations = Conversations(records, "local")
    for n in range(200):
        conversations.start(f"samtale {n}")
    records.close()
    data = bytearray(home.records.read_bytes())
    # The page of the conversations: its cells lead nowhere.
    page = next(at for at in range(4096, len(data), 4096) if b"samtale 17" in data[at : at + 4096])
    data[page + 8 : page + 40] = b"\xff" * 32
    home.records.write_bytes(data)
    with pytest.raises(RecordsError, match=r"damaged .*`raadsvar restore`") as caught:
        Records(home)
    assert str(home.records) in caught.value.message.da


def test_a_file_that_is_no_database_is_named(home: Home) -> None:
    home.records.write_bytes(b"not a database at all, not even nearly" * 50)
    with pytest.raises(RecordsError, match=str(home.records)):
        Records(home)
