from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from stores import DIMENSIONS, EMBEDDER, File, embed, make

from rag.errors import ProjectionError
from rag.home import Home
from rag.search import vectors as vectors_module
from rag.search.vectors import Vectors
from rag.store.catalogue import Catalogue

HERE = Path(__file__).parent


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def catalogue(home: Home) -> Catalogue:
    return Catalogue(home)


@pytest.fixture
def files(catalogue: Catalogue) -> list[File]:
    files = [make(f"{n}.txt", *(f"tekst {n} {m}" for m in range(4))) for n in range(6)]
    for file in files:
        file.store(catalogue)
    return files


def finds(vectors: Vectors, file: File) -> bool:
    """Whether each passage of a file is the nearest to its own vector."""
    return all(
        [id for id, _ in vectors.search(embed([p.text])[0], 1)] == [p.id] for p in file.passages
    )


def index(home: Home) -> Path:
    """Where the index of the tests' embedder lies."""
    return home.chroma / EMBEDDER


def build(home: Home) -> Path:
    return index(home) / json.loads((index(home) / "state.json").read_text())["build"]


def test_scores_are_cosines_best_first(home: Home, catalogue: Catalogue, files: list[File]) -> None:
    query = embed(["noget helt andet"])[0]
    passages = [p for f in files for p in f.passages]
    matrix = embed([p.text for p in passages])
    cosines = matrix @ query / np.linalg.norm(matrix, axis=1) / np.linalg.norm(query)
    best = sorted(zip((p.id for p in passages), cosines, strict=True), key=lambda x: -x[1])[:5]
    found = Vectors(home, catalogue, EMBEDDER).search(query, 5)
    assert [id for id, _ in found] == [id for id, _ in best]
    assert [s for _, s in found] == pytest.approx([s for _, s in best], abs=2e-3)


@pytest.mark.parametrize("exact", [0, 1000])
def test_only_the_documents_allowed(
    home: Home,
    catalogue: Catalogue,
    files: list[File],
    exact: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vectors_module, "EXACT", exact)
    vectors = Vectors(home, catalogue, EMBEDDER)
    query = embed([files[0].passages[0].text])[0]
    allowed = [f.documents[0].id for f in files[3:5]]
    found = vectors.search(query, 100, allowed)
    assert {id for id, _ in found} == {p.id for f in files[3:5] for p in f.passages}
    assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
    everywhere = dict(vectors.search(query, 100))
    assert [s for _, s in found] == pytest.approx([everywhere[id] for id, _ in found], abs=2e-3)
    assert vectors.search(query, 5, []) == []
    assert vectors.search(query, 0) == []


def test_few_documents_are_searched_without_chroma(
    home: Home, catalogue: Catalogue, files: list[File]
) -> None:
    vectors = Vectors(home, catalogue, EMBEDDER)
    assert vectors.search(embed(["x"])[0], 3, [files[0].documents[0].id])
    assert not home.chroma.exists()


def test_an_empty_catalogue_finds_nothing(home: Home, catalogue: Catalogue) -> None:
    assert Vectors(home, catalogue, EMBEDDER).search(embed(["x"])[0], 3) == []


def test_what_changes_in_the_catalogue_changes_here(
    home: Home, catalogue: Catalogue, files: list[File]
) -> None:
    vectors = Vectors(home, catalogue, EMBEDDER)
    vectors.refresh()
    before = build(home)
    changed = make("0.txt", "helt ny tekst")
    changed.store(catalogue)
    catalogue.remove(files[1].source.id)
    added = make("ny.txt", "endnu en tekst")
    added.store(catalogue)
    found = {id for id, _ in vectors.search(embed(["x"])[0], 1000)}
    assert found == {p.id for p in catalogue.passages()}
    assert finds(vectors, changed) and finds(vectors, added) and finds(vectors, files[2])
    assert build(home) == before


def test_nothing_is_written_while_nothing_changes(
    home: Home, catalogue: Catalogue, files: list[File]
) -> None:
    Vectors(home, catalogue, EMBEDDER).refresh()
    state = (index(home) / "state.json").stat().st_mtime_ns
    again = Vectors(home, catalogue, EMBEDDER)
    assert finds(again, files[0])
    again.refresh()
    assert (index(home) / "state.json").stat().st_mtime_ns == state


def test_another_embedder_has_an_index_beside_the_first(
    home: Home, catalogue: Catalogue, files: list[File]
) -> None:
    first = Vectors(home, catalogue, EMBEDDER)
    first.refresh()
    built = build(home)
    other = Vectors(home, catalogue, "other")
    query = np.ones(DIMENSIONS + 1, dtype=np.float32)
    assert other.search(query, 5) == []
    keys = [key for _, key, _ in catalogue.unembedded("other", 99)]
    catalogue.embed("other", keys, np.eye(len(keys), len(query), dtype=np.float32))
    assert len(other.search(query, 100)) == 24
    assert all(finds(first, file) for file in files)
    assert build(home) == built


def test_what_is_deleted_goes_from_the_indexes_beside_too(
    home: Home, catalogue: Catalogue, files: list[File]
) -> None:
    Vectors(home, catalogue, EMBEDDER).refresh()
    assert Vectors.beside(home, catalogue, EMBEDDER) == []
    (beside,) = Vectors.beside(home, catalogue, "other/model")
    catalogue.remove(files[0].source.id)
    beside.refresh()
    beside.close()
    state = json.loads((index(home) / "state.json").read_text())
    assert state["count"] == sum(len(f.passages) for f in files[1:])


def folder_gone(home: Home) -> None:
    shutil.rmtree(home.chroma)


def build_gone(home: Home) -> None:
    shutil.rmtree(build(home))


def garbage_in_the_database(home: Home) -> None:
    (build(home) / "store" / "chroma.sqlite3").write_bytes(b"garbage" * 1000)


def garbage_everywhere(home: Home) -> None:
    for path in build(home).rglob("*"):
        if path.is_file():
            path.write_bytes(b"\x00\xff garbage" * 100)


def garbage_in_the_state(home: Home) -> None:
    (index(home) / "state.json").write_bytes(b'{"build": \xff')


def rows_lost(home: Home) -> None:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    client = chromadb.PersistentClient(build(home) / "store", settings=settings)
    collection = client.get_collection("passages", embedding_function=None)
    collection.delete(ids=collection.get(limit=1)["ids"])
    client.close()


def vectors_mixed_up(home: Home) -> None:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    client = chromadb.PersistentClient(build(home) / "store", settings=settings)
    collection = client.get_collection("passages", embedding_function=None)
    ids = collection.get()["ids"]
    collection.update(ids=ids, embeddings=embed([f"andet {n}" for n in range(len(ids))]))
    client.close()


def older_catalogue_put_back(home: Home) -> None:
    state = json.loads((index(home) / "state.json").read_text())
    state["stamp"] = "99-abcd"
    (index(home) / "state.json").write_text(json.dumps(state))


@pytest.mark.parametrize(
    "harm",
    [
        folder_gone,
        build_gone,
        garbage_in_the_database,
        garbage_everywhere,
        garbage_in_the_state,
        rows_lost,
        vectors_mixed_up,
        older_catalogue_put_back,
    ],
)
def test_a_broken_index_is_made_again(
    home: Home, catalogue: Catalogue, files: list[File], harm: object
) -> None:
    first = Vectors(home, catalogue, EMBEDDER)
    first.refresh()
    first.close()
    assert callable(harm)
    harm(home)
    vectors = Vectors(home, catalogue, EMBEDDER)
    assert all(finds(vectors, f) for f in files)
    assert len(list(index(home).glob("build-*"))) == 1


def test_a_build_that_was_being_written_is_not_trusted(
    home: Home, catalogue: Catalogue, files: list[File]
) -> None:
    first = Vectors(home, catalogue, EMBEDDER)
    first.refresh()
    first.close()
    before = build(home)
    state = json.loads((index(home) / "state.json").read_text())
    (index(home) / "state.json").write_text(json.dumps({**state, "writing": True}))
    assert finds(Vectors(home, catalogue, EMBEDDER), files[0])
    assert build(home) != before


def test_an_index_that_breaks_while_open_is_made_again(
    home: Home, catalogue: Catalogue, files: list[File]
) -> None:
    vectors = Vectors(home, catalogue, EMBEDDER)
    vectors.refresh()
    shutil.rmtree(home.chroma)
    assert finds(vectors, files[0])


def test_a_reader_follows_another_writer(
    home: Home, catalogue: Catalogue, files: list[File]
) -> None:
    reader = Vectors(home, catalogue, EMBEDDER)
    assert finds(reader, files[0])
    added = make("ny.txt", "endnu en tekst")
    added.store(catalogue)
    Vectors(home, catalogue, EMBEDDER).refresh()
    assert finds(reader, added)
    Vectors(home, catalogue, EMBEDDER).rebuild()
    assert finds(reader, added)


def test_rebuilding_tells_its_progress(home: Home, catalogue: Catalogue, files: list[File]) -> None:
    told: list[tuple[int, int]] = []
    Vectors(home, catalogue, EMBEDDER).rebuild(lambda done, of: told.append((done, of)))
    assert told[-1] == (len(files), len(files))


def test_a_folder_that_cannot_be_made_is_named(home: Home, catalogue: Catalogue) -> None:
    home.chroma.write_text("in the way")
    with pytest.raises(ProjectionError, match=str(home.chroma)):
        Vectors(home, catalogue, EMBEDDER).refresh()


def test_threads_share_an_index(home: Home, catalogue: Catalogue, files: list[File]) -> None:
    vectors = Vectors(home, catalogue, EMBEDDER)
    results: list[bool] = []
    threads = [
        threading.Thread(target=lambda f=f: results.append(finds(vectors, f))) for f in files
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * len(files)


def start(script: str, home: Home, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, str(home.folder), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent.parent)])},
    )


KILLED = """
import sys
from pathlib import Path
from chromadb.api.models.Collection import Collection
from stores import EMBEDDER
from rag.store.catalogue import Catalogue
from rag.home import Home
from rag.search.vectors import Vectors

upsert = Collection.upsert
def slowly(self, ids, embeddings, metadatas):
    for n in range(len(ids)):
        upsert(self, ids=ids[n:n+1], embeddings=embeddings[n:n+1], metadatas=metadatas[n:n+1])
        print(n, flush=True)
Collection.upsert = slowly
home = Home(Path(sys.argv[1]))
Vectors(home, Catalogue(home), EMBEDDER).refresh()
print("done", flush=True)
"""


@pytest.mark.parametrize("built_before", [False, True])
def test_a_writer_killed_in_the_middle_of_an_upsert(
    home: Home, catalogue: Catalogue, files: list[File], built_before: bool
) -> None:
    if built_before:
        first = Vectors(home, catalogue, EMBEDDER)
        first.refresh()
        first.close()
        more = make("mere.txt", *(f"mere tekst {n}" for n in range(40)))
        more.store(catalogue)
        files.append(more)
    process = start(KILLED, home)
    assert process.stdout
    for line in process.stdout:
        if line.strip() == "12":
            process.send_signal(signal.SIGKILL)
            break
    assert "done" not in process.stdout.read()
    assert process.wait() == -signal.SIGKILL
    process.stdout.close()
    vectors = Vectors(home, catalogue, EMBEDDER)
    assert all(finds(vectors, f) for f in files)


INGEST = """
import sys
from pathlib import Path
from stores import EMBEDDER, make
from rag.store.catalogue import Catalogue
from rag.home import Home
from rag.search.vectors import Vectors

home, name = Home(Path(sys.argv[1])), sys.argv[2]
catalogue = Catalogue(home)
vectors = Vectors(home, catalogue, EMBEDDER)
for n in range(8):
    make(f"{name}{n}.txt", *(f"{name} {n} {m}" for m in range(5))).store(catalogue)
    vectors.refresh()
"""


def test_two_processes_ingest_at_once(home: Home) -> None:
    processes = [start(INGEST, home, name) for name in "ab"]
    catalogue = Catalogue(home)
    reader = Vectors(home, catalogue, EMBEDDER)
    while any(p.poll() is None for p in processes):
        reader.search(embed(["x"])[0], 3)
        time.sleep(0.02)
    for process in processes:
        assert process.wait() == 0
        assert process.stdout
        process.stdout.close()
    assert len(catalogue.sources()) == 16
    for vectors in (reader, Vectors(home, catalogue, EMBEDDER)):
        for name in "ab":
            for n in range(8):
                file = make(f"{name}{n}.txt", *(f"{name} {n} {m}" for m in range(5)))
                assert finds(vectors, file)
