"""Data folders of earlier versions are opened by this one, and nothing in them is lost."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from rag.chain import Assistant
from rag.home import Home
from tests.homes.fill import HERE, held

VERSIONS = sorted(path.name.removesuffix(".tar.xz") for path in HERE.glob("*.tar.xz"))


def unpacked(version: str, into: Path) -> Path:
    with tarfile.open(HERE / f"{version}.tar.xz") as archive:
        archive.extractall(into, filter="data")
    return into / "data"


def test_there_are_earlier_folders() -> None:
    assert VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_a_folder_of_an_earlier_version_is_opened_and_holds_the_same(
    version: str, tmp_path: Path
) -> None:
    folder = unpacked(version, tmp_path)
    expected = json.loads((HERE / f"{version}.json").read_text("utf8"))
    assert held(folder) == expected
    answer = Assistant(Home(folder)).ask("Hvad koster svømmehallens tag i 2027?")
    assert answer.status == "answered" and "1.400.000 kr." in answer.text
    assert held(folder) == expected  # opened again, nothing changes
