from __future__ import annotations

import threading
from pathlib import Path

import pytest

from rag.errors import HomeError
from rag.home import CHECKOUT, VARIABLE, Home


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
