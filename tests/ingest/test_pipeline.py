"""Files into the catalogue: again, changed, unreadable, deleted, killed, two at once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from made_pdfs import pdf, proposal_pdf
from PIL import Image

from ingest.assemble import assemble
from ingest.found import find_files
from ingest.pipeline import FileReport, ingest, ingest_bytes
from ingest.read import read_bytes
from rag.chain import Assistant, refresh
from rag.errors import CatalogueError, InputError
from rag.home import Home
from rag.search.embed import Embedder, load_embedder
from rag.store.catalogue import Catalogue
from rag.store.files import Files
from rag.types import Text

TESTS = Path(__file__).parents[1]
ROWS = [("Besparelse", "-100", "-200", "-300", "-400"), ("Investering - Drift", "50", "", "-", "0")]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def contents(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the catalogue, but the times and the change log."""
    connection = sqlite3.connect(home.catalogue)
    try:
        names = [n for (n,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'")]  # fmt: skip
        kept = [n for n in names if n not in ("generation", "touched", "failure")]
        return {n: sorted(connection.execute(f'SELECT * FROM "{n}"'), key=repr) for n in kept}
    finally:
        connection.close()


class Renamed:
    """Another embedder, by its name."""

    name = "another"

    def __init__(self, embedder: Embedder) -> None:
        self.embed_passages, self.embed_query = embedder.embed_passages, embedder.embed_query


def test_another_embedder_embeds_what_is_in_already(
    tmp_path: Path, home: Home, embedder: Embedder
) -> None:
    path = proposal_pdf(tmp_path / "a.pdf", "TU07", "Lys", ROWS)
    ingest([path], home, embedder)
    assert outcomes(ingest([path], home, Renamed(embedder))) == {"a.pdf": "unchanged"}
    catalogue = Catalogue(home)
    ids = [d.id for d in catalogue.documents()]
    embedded = [id for e in catalogue.embeddings(Renamed.name, ids) for id in e.ids]
    assert embedded == [p.id for p in catalogue.passages(document_ids=ids)] != []
    catalogue.close()


def outcomes(reports: list[FileReport]) -> dict[str, str]:
    return {r.path.name: r.outcome for r in reports}


def whole(home: Home) -> None:
    """Check that each file in the catalogue is there with all that is read from it."""
    catalogue = Catalogue(home)
    for stored in catalogue.sources():
        copy = catalogue.file(stored.id)
        assert copy.is_file()
        documents = catalogue.documents(sources=[stored.id])
        ids = [d.id for d in documents]
        expected = assemble(read_bytes(Path(stored.path).name, copy.read_bytes()))
        assert documents == [replace(d, tables=()) for d in expected.documents]
        assert catalogue.passages(document_ids=ids) == list(expected.passages)
        assert {f.id for f in catalogue.figures(ids)} == {f.id for f in expected.figures}
        assert len(catalogue.findings(ids)) == len(expected.findings)
    known = {s.id for s in catalogue.sources()}
    catalogue.close()
    assert {p.name for p in home.files.iterdir() if not p.name.endswith(".part")} >= known
    connection = sqlite3.connect(home.catalogue)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def embedded(home: Home) -> bool:
    """Tell whether each passage in the catalogue has its vector."""
    catalogue = Catalogue(home)
    complete = catalogue.embedding_progress(load_embedder().name).complete
    catalogue.close()
    return complete


def test_the_same_bytes_twice_change_nothing(
    tmp_path: Path, home: Home, embedder: Embedder
) -> None:
    path = proposal_pdf(tmp_path / "a.pdf", "TU07", "Lys på stierne", ROWS)
    (first,) = ingest([path], home, embedder)
    before = contents(home)
    (second,) = ingest([path], home, embedder)
    assert (first.outcome, second.outcome) == ("added", "unchanged")
    assert (first.documents, second.documents) == (1, 1)
    assert first.figures == 8
    assert contents(home) == before
    whole(home)
    assert embedded(home)


def test_the_same_bytes_under_two_names_are_one_file(
    tmp_path: Path, home: Home, embedder: Embedder
) -> None:
    path = proposal_pdf(tmp_path / "a.pdf", "TU07", "Lys på stierne", ROWS)
    (tmp_path / "b.pdf").write_bytes(path.read_bytes())
    ingest([path, tmp_path / "b.pdf"], home, embedder)
    catalogue = Catalogue(home)
    assert len({s.id for s in catalogue.sources()}) == len(catalogue.documents()) == 1
    assert {Path(s.path).name for s in catalogue.sources()} == {"a.pdf", "b.pdf"}
    catalogue.close()


def test_a_changed_file_replaces_its_old_version_whole(
    tmp_path: Path, home: Home, embedder: Embedder
) -> None:
    path = proposal_pdf(tmp_path / "a.pdf", "TU07", "Lys på stierne", ROWS, "# Om solsorte")
    ingest([path], home, embedder)
    old = Catalogue(home).documents()[0]
    rows = [("Besparelse", "-1", "-2", "-3", "-4")]
    proposal_pdf(path, "TU08", "Grus på stierne", rows, None, "Om traner.")
    (report,) = ingest([path], home, embedder)
    assert report.outcome == "replaced"
    catalogue = Catalogue(home)
    (document,) = catalogue.documents()
    assert (document.number, document.last_page) == ("TU08", 2)
    assert [f.text for f in catalogue.figures()] == ["-1", "-2", "-3", "-4"]
    assert catalogue.document(old.id) is None
    assert not catalogue.file(old.source).exists()
    catalogue.close()
    assert b"solsorte" not in repr(contents(home)).encode()
    whole(home)
    assert embedded(home)


def unreadable(folder: Path) -> dict[str, str]:
    """Write files that cannot be read; return the code expected of each."""
    good = pdf(folder / "laast.pdf", "Et notat om låse.")
    writer = pypdf.PdfWriter(clone_from=good)
    writer.encrypt("hemmelig", algorithm="AES-256")
    writer.write(good)
    (folder / "brudt.pdf").write_bytes(b"%PDF-1.4\nIkke mere her.")
    (folder / "tom.pdf").write_bytes(b"")
    (folder / "tom.txt").write_bytes(b"  \n \n")
    (folder / "falsk.docx").write_bytes(b"Ren tekst, ikke et Word-dokument.")
    Image.new("L", (300, 300), 255).save(folder / "skannet.pdf")
    return {
        "laast.pdf": "encrypted",
        "brudt.pdf": "broken",
        "tom.pdf": "empty",
        "tom.txt": "empty",
        "falsk.docx": "wrong_type",
        "skannet.pdf": "no_text_layer",
    }


def test_files_that_cannot_be_read_are_listed_and_the_rest_go_on(
    tmp_path: Path, home: Home, embedder: Embedder
) -> None:
    folder = tmp_path / "ind"
    folder.mkdir()
    codes = unreadable(folder)
    proposal_pdf(folder / "aaa.pdf", "TU07", "Lys", ROWS)
    proposal_pdf(folder / "zzz.pdf", "TU08", "Grus", ROWS)
    reports = ingest([folder], home, embedder)
    assert outcomes(reports) == {
        **dict.fromkeys(codes, "failed"), "aaa.pdf": "added", "zzz.pdf": "added"
    }  # fmt: skip
    for report in reports:
        if report.error:
            assert report.path.name in report.error.da and report.path.name in report.error.en
            assert report.error.da != report.error.en
    catalogue = Catalogue(home)
    assert {Path(f.path).name: f.code for f in catalogue.failures()} == codes
    assert [d.number for d in catalogue.documents()] == ["TU07", "TU08"]
    catalogue.close()


def test_a_file_that_breaks_keeps_what_was_read_before(
    tmp_path: Path, home: Home, embedder: Embedder
) -> None:
    path = proposal_pdf(tmp_path / "a.pdf", "TU07", "Lys", ROWS)
    ingest([path], home, embedder)
    before = contents(home)
    path.write_bytes(b"%PDF-1.4\nIkke mere her.")
    assert outcomes(ingest([path], home, embedder)) == {"a.pdf": "failed"}
    assert contents(home) == before


@pytest.mark.parametrize("mended", ["as before", "anew"])
def test_a_file_that_is_mended_is_no_longer_listed_as_unreadable(
    tmp_path: Path, home: Home, embedder: Embedder, mended: str
) -> None:
    path = proposal_pdf(tmp_path / "a.pdf", "TU07", "Lys", ROWS)
    good = path.read_bytes()
    ingest([path], home, embedder)
    path.write_bytes(b"%PDF-1.4\nIkke mere her.")
    ingest([path], home, embedder)
    if mended == "as before":
        path.write_bytes(good)
    else:
        proposal_pdf(path, "TU07", "Mere lys", ROWS)
    ingest([path], home, embedder)
    catalogue = Catalogue(home)
    failures = catalogue.failures()
    catalogue.close()
    assert [f.path for f in failures] == []


def test_a_deleted_file_leaves_nothing(tmp_path: Path, home: Home, embedder: Embedder) -> None:
    gone = proposal_pdf(
        *(tmp_path / "a.pdf", "TU07", "Lys på stierne", ROWS),
        *("# Solsorteformål", "Kvidrevirksomhed foreslås udbredt til hele byen.", None),
        "Kvidrevirksomhed koster 3 mio. kr. i 2026.",
    )
    stays = proposal_pdf(tmp_path / "b.pdf", "TU08", "Grus på stierne", ROWS)
    ingest([gone, stays], home, embedder)
    refresh(home)
    assistant = Assistant(home)
    catalogue = assistant.catalogue
    (document,) = [d for d in catalogue.documents() if d.number == "TU07"]
    passages = catalogue.passages(document_ids=[document.id])
    assert any(h.passage.document == document.id
               for h in assistant.retriever.hits("kvidrevirksomhed", 5))  # fmt: skip
    vector = embedder.embed_passages([passages[0].text])[0]
    assert passages[0].id in dict(assistant.vectors.search(vector, 50))

    catalogue.remove(document.source)
    refresh(home)

    left = repr(contents(home))
    assert document.id not in left and document.source not in left
    assert "vidrevirksomhed" not in left and "olsorteform" not in left
    assert [d.number for d in catalogue.documents()] == ["TU08"]
    assert {f.document for f in catalogue.figures()} == {catalogue.documents()[0].id}
    assert not catalogue.file(document.source).exists()
    again = Assistant(home)
    found = {h.passage.document for h in again.retriever.hits("kvidrevirksomhed", 5)}
    assert document.id not in found
    ids = dict(again.vectors.search(vector, 50))
    assert len(ids) == len(catalogue.passages()) and not set(ids) & {p.id for p in passages}
    answer = again.ask("Hvad koster kvidrevirksomhed i 2026?")
    assert answer.status == "not_found"
    for one in (assistant, again):
        one.words.close()
        one.vectors.close()
        one.catalogue.close()


def test_a_picture_of_a_deleted_page_is_not_kept(
    tmp_path: Path, home: Home, embedder: Embedder
) -> None:
    path = proposal_pdf(tmp_path / "a.pdf", "TU07", "Lys", ROWS)
    ingest([path], home, embedder)
    refresh(home)
    catalogue = Catalogue(home)
    source = catalogue.documents()[0].source
    catalogue.remove(source)
    catalogue.close()
    refresh(home)
    assert [p for p in home.folder.rglob("*") if source[:16] in p.name] == []
    assert [p for p in home.folder.rglob("*") if p.suffix in (".png", ".jpg")] == []


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[3:]
from ingest import pipeline
from rag.store import rows
from rag.search.embed import load_embedder
from rag.home import Home

put, calls = getattr(rows, sys.argv[2]), []

def killing(*arguments):
    calls.append(1)
    if len(calls) == 3:
        put(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)
    return put(*arguments)

setattr(rows, sys.argv[2], killing)
folder = Path(sys.argv[1])
pipeline.ingest([folder / "ind"], Home(folder / "home"), load_embedder())
"""


@pytest.mark.parametrize("step", ["put_documents", "put_passages"])
def test_a_killed_ingest_leaves_whole_files_and_goes_on(
    tmp_path: Path, home: Home, embedder: Embedder, step: str
) -> None:
    folder = tmp_path / "ind"
    folder.mkdir()
    for n in range(1, 5):
        proposal_pdf(folder / f"{n}.pdf", f"TU0{n}", f"Forslag om {n} træer", ROWS)
    process = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), step, str(TESTS.parent)], check=False
    )
    assert process.returncode == -signal.SIGKILL
    catalogue = Catalogue(home)
    assert [d.number for d in catalogue.documents()] == ["TU01", "TU02"]
    catalogue.close()
    whole(home)
    assert outcomes(ingest([folder], home, embedder)) == {
        "1.pdf": "unchanged", "2.pdf": "unchanged", "3.pdf": "added", "4.pdf": "added"
    }  # fmt: skip
    whole(home)
    assert embedded(home)
    names = {p.name for p in home.files.iterdir()}
    catalogue = Catalogue(home)
    assert names == {s.id for s in catalogue.sources()}
    catalogue.close()


INGESTS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from ingest.pipeline import ingest
from rag.chain import refresh
from rag.search.embed import load_embedder
from rag.home import Home
home, embedder = Home(Path(sys.argv[2])), load_embedder()
print("READY", flush=True)
sys.stdin.readline()
reports = ingest([Path(p) for p in sys.argv[3:]], home, embedder)
refresh(home)
print(sum(r.outcome == "added" for r in reports), sum(r.outcome == "failed" for r in reports))
"""


def test_two_ingests_at_once_both_complete(tmp_path: Path, home: Home) -> None:
    paths = [
        proposal_pdf(tmp_path / f"{n}.pdf", f"TU{n:02}", f"Forslag om {n} bænke", ROWS)
        for n in range(1, 9)
    ]
    halves = paths[:5], paths[3:]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", INGESTS, str(TESTS.parent), str(home.folder), *map(str, half)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for half in halves
    ]
    for p in processes:
        assert p.stdout and p.stdout.readline() == "READY\n"
    for p in processes:
        assert p.stdin
        p.stdin.write("\n")
        p.stdin.flush()
    told = [p.communicate(timeout=60) for p in processes]
    assert [p.returncode for p in processes] == [0, 0], told
    added = [tuple(map(int, out.split())) for out, _ in told]
    assert sum(a for a, _ in added) == 8 and sum(f for _, f in added) == 0
    whole(home)
    assert embedded(home)
    assistant = Assistant(home)
    assert len(assistant.catalogue.documents()) == 8
    vector = assistant.embedder.embed_query("bænke")
    assert len(assistant.vectors.search(vector, 99)) == len(assistant.catalogue.passages())
    assistant.vectors.close()
    assistant.catalogue.close()


def test_find_files(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.TXT", "bogen.xlsx", ".skjult.pdf", "under/c.md", ".git/d.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "genvej").symlink_to(tmp_path / "under")
    (tmp_path / "tabt.pdf").symlink_to(tmp_path / "findes ikke")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "b.pdf")
    found, skipped = find_files([tmp_path])
    named = [str(p.relative_to(tmp_path.resolve())) for p in found]
    assert named == ["a.TXT", "b.pdf", "under/c.md"]
    assert {str(s.path.relative_to(tmp_path)): s.cause.en for s in skipped} == {
        ".git": "hidden",
        ".skjult.pdf": "hidden",
        "bogen.xlsx": "the file type is not supported",
        "genvej": "link to a folder; name the folder itself",
        "tabt.pdf": "the link leads nowhere",
    }
    chosen, _ = find_files([tmp_path / "bogen.xlsx", tmp_path / "b.pdf", tmp_path / "b.pdf"])
    assert [p.name for p in chosen] == ["bogen.xlsx", "b.pdf"]
    with pytest.raises(InputError, match=r"mangler\.pdf does not exist"):
        find_files([tmp_path / "mangler.pdf"])


def test_a_manifest_chooses_the_files_of_its_folder(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "README.md"):
        (tmp_path / name).write_text("x")
    (tmp_path / "manifest.yaml").write_text("documents:\n- file: b.txt\n- file: a.txt\n")
    assert [p.name for p in find_files([tmp_path])[0]] == ["b.txt", "a.txt"]


def test_a_missing_path_stops_before_anything_is_stored(
    tmp_path: Path, home: Home, embedder: Embedder
) -> None:
    path = proposal_pdf(tmp_path / "a.pdf", "TU07", "Lys", ROWS)
    with pytest.raises(InputError):
        ingest([path, tmp_path / "mangler.pdf"], home, embedder)
    catalogue = Catalogue(home)
    assert catalogue.documents() == []
    catalogue.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_opened_is_listed(
    tmp_path: Path, home: Home, embedder: Embedder
) -> None:
    path = proposal_pdf(tmp_path / "a.pdf", "TU07", "Lys", ROWS)
    path.chmod(0)
    (report,) = ingest([path], home, embedder)
    assert report.outcome == "failed" and report.error and "a.pdf" in report.error.da


def test_bytes_are_known_by_their_name(tmp_path: Path, home: Home, embedder: Embedder) -> None:
    catalogue = Catalogue(home)
    text = "Et notat om støj i Odense Kommune. Der afsættes 2 mio. kr. i 2026.".encode()
    first = ingest_bytes("støj.txt", text, catalogue)
    again = ingest_bytes("støj.txt", text, catalogue)
    changed = ingest_bytes("støj.txt", text + b" Det er nyt.", catalogue)
    assert [r.outcome for r in (first, again, changed)] == ["added", "unchanged", "replaced"]
    assert len(catalogue.documents()) == 1
    catalogue.close()


def test_where_the_disk_refuses_what_was_stored_is_reported_and_what_was_not(
    tmp_path: Path, home: Home, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = []
    for name in ("a", "b", "c", "d"):
        paths.append(tmp_path / f"{name}.txt")
        paths[-1].write_text(f"Notat {name}.\n\nVi bygger en bænk.")
    put = Files.put

    def full(self: Files, sha: str, data: bytes) -> None:
        if b"Notat c" in data:
            raise CatalogueError(Text("disken er fuld", "the disk is full"))
        put(self, sha, data)

    monkeypatch.setattr(Files, "put", full)
    reports = ingest(paths, home, embedder)
    assert outcomes(reports) == {"a.txt": "added", "b.txt": "added", "c.txt": "failed"}
    error = reports[-1].error
    assert error is not None
    assert error.en == f"{paths[2]}: the disk is full 1 files after it were not read."
    monkeypatch.undo()
    assert list(outcomes(ingest(paths, home, embedder)).values()) == [
        *("unchanged", "unchanged", "added", "added")
    ]
