"""Vectors are made behind the reading: a few at a time, each text once, by one at a time."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from stores import embed, make

from rag.home import Home
from rag.search import missing
from rag.search.missing import COMMITTED, embed_all, embed_missing
from rag.search.vectors import Vectors
from rag.store.catalogue import Catalogue
from rag.store.embeddings import Vectors as Matrix

ROOT = Path(__file__).resolve().parents[2]


class FakeEmbedder:
    """Gives each text a direction of its own, and keeps what it was asked for, call by call."""

    name, dimensions = "fake", 16

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        self.calls.append(list(texts))
        return embed(list(texts))

    def embed_query(self, text: str) -> Matrix:
        return embed([text])[0]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def catalogue(home: Home) -> Catalogue:
    catalogue = Catalogue(home)
    for n in range(4):
        make(f"{n}.txt", *(f"tekst {m} af {n}" for m in range(20)), "fælles").store(catalogue)
    return catalogue


def test_each_text_is_embedded_once_those_of_one_length_together(
    home: Home, catalogue: Catalogue
) -> None:
    fake, told = FakeEmbedder(), list[tuple[int, int]]()
    assert embed_missing(home, catalogue, fake, lambda *made: told.append(made))
    asked = [text for call in fake.calls for text in call]
    assert len(asked) == len(set(asked)) == 4 * 20 + 1
    assert [len(t) for t in asked] == sorted(len(t) for t in asked)
    assert all(len(call) <= COMMITTED for call in fake.calls)
    assert told[-1] == (84, 84) and told == sorted(told)
    assert embed_missing(home, catalogue, fake) and len(fake.calls) == len(told)


def test_the_index_finds_what_was_made(home: Home, catalogue: Catalogue) -> None:
    fake = FakeEmbedder()
    index = Vectors(home, catalogue, fake.name)
    assert index.search(fake.embed_query("x"), 5) == []
    embed_all(home, catalogue, fake)
    (text, *_), *_ = fake.calls
    ((found, cosine),) = index.search(fake.embed_query(text), 1)
    assert cosine == pytest.approx(1, abs=1e-3)
    assert index.cosines(fake.embed_query(text), [found, "none"]) == {
        found: pytest.approx(1, abs=1e-3)
    }
    assert len(index.search(fake.embed_query("x"), 200)) == 84


def test_what_is_read_in_meanwhile_is_embedded_too(home: Home, catalogue: Catalogue) -> None:
    class Reading(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Matrix:
            if not self.calls:
                with closing(Catalogue(home)) as other:
                    make("ny.txt", "kommer imens").store(other)
            return super().embed_passages(texts)

    assert embed_missing(home, catalogue, Reading())
    assert catalogue.embedding_progress("fake") == (85, 85)


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from test_missing import FakeEmbedder
from rag.home import Home
from rag.search.missing import embed_missing
from rag.store.catalogue import Catalogue

class Killed(FakeEmbedder):
    def embed_passages(self, texts):
        if len(self.calls) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().embed_passages(texts)

home = Home(Path(sys.argv[1]))
embed_missing(home, Catalogue(home), Killed())
"""


def test_a_kill_loses_no_more_than_what_was_not_committed(home: Home, catalogue: Catalogue) -> None:
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(home.folder), str(ROOT), str(Path(__file__).parent)],
        check=False,
    )
    assert run.returncode == -signal.SIGKILL
    assert catalogue.embedding_progress("fake").done >= 2 * COMMITTED
    fake = FakeEmbedder()
    embed_all(home, catalogue, fake)
    assert sum(map(len, fake.calls)) == 81 - 2 * COMMITTED
    assert catalogue.embedding_progress("fake").complete


def test_one_makes_them_and_the_others_go_on(
    home: Home, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missing, "_POLL_SECONDS", 0.01)
    going, go_on = threading.Event(), threading.Event()

    class Slow(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Matrix:
            going.set()
            assert go_on.wait(20)
            return super().embed_passages(texts)

    with closing(Catalogue(home)) as own:
        maker = threading.Thread(target=embed_missing, args=(Home(home.folder), own, Slow()))
        maker.start()
        assert going.wait(20)
        second = FakeEmbedder()
        assert not embed_missing(home, catalogue, second), "another makes them already"
        make("imens.txt", "kan læses ind og søges").store(catalogue)
        assert catalogue.passage_count() == 85 and not catalogue.embedding_progress("fake").done
        told: list[tuple[int, int]] = []
        waits = threading.Thread(
            target=embed_all,
            args=(home, catalogue, second, lambda *made: (told.append(made), go_on.set())),
        )
        waits.start()
        waits.join(20)
        maker.join(20)
    assert catalogue.embedding_progress("fake") == (85, 85) and told
    assert second.calls == [] or sum(map(len, second.calls)) <= 1


def test_progress_is_whole_only_when_it_is(home: Home, catalogue: Catalogue) -> None:
    from rag.store.embeddings import Progress

    assert [Progress(d, 1000).percent for d in (0, 634, 999, 1000)] == [0, 63, 99, 100]
    assert Progress(0, 0).complete and Progress(0, 0).percent == 100
