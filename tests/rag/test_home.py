from __future__ import annotations

import threading
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from rag.chain import refresh
from rag.errors import HomeError
from rag.home import CHECKOUT, VARIABLE, Home
from rag.search.embed import load_embedder
from rag.store.records import Records


def test_the_variable_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    home = Home()
    assert home.folder == tmp_path / "data"
    assert home.files.is_dir()
    assert Home(tmp_path / "other").folder == tmp_path / "other"


def test_without_it_the_data_lie_in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(Path, "mkdir", lambda *_, **__: None)
    monkeypatch.setattr("os.access", lambda *_: True)
    monkeypatch.setattr(Home, "_close", lambda self: None)
    assert Home().folder == CHECKOUT / "data"
    assert (CHECKOUT / "pyproject.toml").is_file()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HomeError, match="Not a directory") as caught:
        Home(tmp_path / "file" / "data")
    for text in caught.value.message:
        assert str(tmp_path / "file" / "data") in text


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(HomeError, match="Permission denied"):
        Home(tmp_path)


def test_a_second_writer_waits_and_says_so(tmp_path: Path) -> None:
    home = Home(tmp_path)
    said, order = threading.Event(), []

    def second() -> None:
        with Home(tmp_path).writing(said.set):
            order.append("second")

    thread = threading.Thread(target=second)
    with home.writing(), home.writing():
        thread.start()
        assert said.wait(10)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_a_writer_alone_does_not_wait(tmp_path: Path) -> None:
    with Home(tmp_path).writing(lambda: pytest.fail("nobody else writes")):
        pass


def modes(folder: Path) -> dict[str, int]:
    found = [folder, *folder.rglob("*")]
    return {str(p.relative_to(folder)): p.stat().st_mode & 0o777 for p in found}


def test_other_users_of_the_machine_can_read_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kvadervejen asfalteres i 2027.", "utf8")
    home = Home(tmp_path / "data")
    ingest([path], home, load_embedder())
    refresh(home)
    Records(home).close()
    found = modes(home.folder)
    assert {"catalogue.sqlite", "records.sqlite", "files", "words", "chroma"} <= found.keys()
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}
    assert found["."] == 0o700 and found["catalogue.sqlite"] == 0o600


def test_what_an_older_version_left_open_is_closed_and_nothing_else(tmp_path: Path) -> None:
    home = Home(tmp_path)
    ours, other = home.files / ("a" * 64), tmp_path / "noter.txt"
    for path in (ours, home.catalogue, other):
        path.write_text("x")
        path.chmod(0o644)
    for folder in (tmp_path, home.files):
        folder.chmod(0o755)
    Home(tmp_path)
    found = modes(tmp_path)
    assert found["."] == found["files"] == 0o700
    assert found["catalogue.sqlite"] == found[f"files/{ours.name}"] == 0o600
    assert found["noter.txt"] == 0o644


def test_a_folder_that_cannot_be_closed_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)

    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refused)
    with pytest.raises(HomeError, match="Operation not permitted"):
        Home(tmp_path)
