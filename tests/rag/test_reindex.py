from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from stores import EMBEDDER, embed, make

from rag.home import Home
from rag.search.reindex import embed_missing
from rag.search.vectors import Vectors
from rag.search.words import Words
from rag.store.catalogue import Catalogue
from rag.store.rows import Vectors as Matrix
from rag.types import Passage


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


def test_a_new_embedder_embeds_from_the_catalogue(home: Home) -> None:
    catalogue = Catalogue(home)
    files = [make(f"{n}.txt", f"tekst {n}", f"mere {n}") for n in range(3)]
    for file in files:
        file.store(catalogue)
        catalogue.file(file.source.id).unlink()
    asked: list[str] = []

    def embed_backwards(passages: Sequence[Passage]) -> Matrix:
        asked.extend(p.id for p in passages)
        return embed([p.text[::-1] for p in passages])

    embed_missing(catalogue, "other", embed_backwards)
    assert asked == [p.id for f in files for p in f.passages]
    embed_missing(catalogue, "other", embed_backwards)
    assert len(asked) == 6
    vectors = Vectors(home, catalogue, "other")
    wanted = files[1].passages[0]
    assert vectors.search(embed([wanted.text[::-1]])[0], 1)[0][0] == wanted.id
