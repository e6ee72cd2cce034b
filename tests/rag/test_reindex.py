from __future__ import annotations

from pathlib import Path

import pytest
from stores import EMBEDDER, make

from rag.home import Home
from rag.search.vectors import Vectors
from rag.search.words import Words
from rag.store.catalogue import Catalogue


def analyse(text: str) -> list[str]:
    return text.lower().split()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_both_indexes_are_made_again(home: Home) -> None:
    catalogue = Catalogue(home)
    for n in range(3):
        make(f"{n}.txt", f"tekst {n}").store(catalogue)
    indexes = [Vectors(home, catalogue, EMBEDDER), Words(home, catalogue, analyse)]
    for index in indexes:
        index.rebuild()
    folders = (home.chroma / EMBEDDER, home.words)
    before = [list(f.glob("build-*")) for f in folders]
    told: list[tuple[int, int]] = []
    for index in indexes:
        index.rebuild(lambda done, of: told.append((done, of)))
    after = [list(f.glob("build-*")) for f in folders]
    assert told == [(3, 3), (3, 3)]
    assert all(len(a) == 1 and a != b for a, b in zip(after, before, strict=True))
