"""Files handed in: where each belongs, and what becomes of good and bad ones."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pdfs import proposal_pdf

from ingest import uploads as module
from ingest.pipeline import FileReport, open_catalogue
from ingest.uploads import Upload, clean_name, ingest_uploads, place_of
from rag.home import Home
from rag.store.catalogue import Catalogue
from rag.types import Access

ALL: frozenset[Access] = frozenset({"public", "staff", "closed"})
OPEN: frozenset[Access] = frozenset({"public"})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "data")


def made(folder: Path, number: str = "BU1", saving: str = "-100") -> bytes:
    path = folder / "made.pdf"
    return proposal_pdf(path, number, "Færre kantiner", [["Husleje", *[saving] * 4]]).read_bytes()


def handed(
    home: Home,
    *uploads: Upload,
    level: Access = "public",
    seen: frozenset[Access] = ALL,
) -> list[FileReport]:
    return ingest_uploads(uploads, home, level, seen)


def catalogued(home: Home) -> Catalogue:
    return open_catalogue(home)


def test_a_broken_file_among_good_ones_is_told_and_stops_nobody(home: Home, tmp_path: Path) -> None:
    told: list[str] = []
    good, broken = made(tmp_path), b"%PDF-1.4 i stykker"
    uploads = [Upload("tom.pdf", broken), Upload("god.pdf", good), Upload("noter.xyz", b"hej")]
    reports = ingest_uploads(uploads, home, "public", ALL, lambda r: told.append(r.path.name))
    assert [r.outcome for r in reports] == ["failed", "added", "failed"]
    assert told == ["tom.pdf", "god.pdf", "noter.xyz"]
    assert reports[0].error is not None and "tom.pdf" in reports[0].error.da
    catalogue = catalogued(home)
    assert [d.number for d in catalogue.documents()] == ["BU1"]
    assert {f.path for f in catalogue.failures()} == {"tom.pdf", "noter.xyz"}


def test_the_same_name_is_a_newer_version_also_of_a_file_read_from_a_folder(
    home: Home, tmp_path: Path
) -> None:
    first, second = made(tmp_path), made(tmp_path, saving="-900")
    catalogue = catalogued(home)
    module.ingest_bytes("/arkiv/2026/forslag.pdf", first, catalogue)
    (report,) = handed(home, Upload("forslag.pdf", second))
    assert report.outcome == "replaced"
    assert [s.path for s in catalogue.sources()] == ["/arkiv/2026/forslag.pdf"]
    assert {f.text for f in catalogue.figures() if f.table} == {"-900"}
    (again,) = handed(home, Upload("forslag.pdf", second))
    assert again.outcome == "unchanged" and catalogue.document_count() == 1


def test_the_same_bytes_under_another_name_are_not_read_twice(home: Home, tmp_path: Path) -> None:
    data = made(tmp_path)
    handed(home, Upload("et.pdf", data))
    (report,) = handed(home, Upload("to.pdf", data))
    assert report.outcome == "unchanged" and "et.pdf" in report.warnings[0].da
    assert [s.path for s in catalogued(home).sources()] == ["et.pdf"]


def test_the_level_chosen_holds_and_nobody_replaces_what_they_cannot_see(
    home: Home, tmp_path: Path
) -> None:
    handed(home, Upload("sag.pdf", made(tmp_path)), level="closed")
    (report,) = handed(home, Upload("sag.pdf", made(tmp_path, "BU2")), seen=OPEN)
    assert (report.outcome, str(report.path)) == ("added", "sag (2).pdf")
    found = {d.number: d.access for d in catalogued(home).documents()}
    assert found == {"BU1": "closed", "BU2": "public"}
    (same,) = handed(home, Upload("x.pdf", made(tmp_path)), seen=OPEN)
    assert same.outcome == "unchanged" and "sag" not in same.warnings[0].da


def test_a_newer_version_handed_in_openly_opens_nothing(home: Home, tmp_path: Path) -> None:
    handed(home, Upload("sag.pdf", made(tmp_path)), level="staff")
    handed(home, Upload("sag.pdf", made(tmp_path, "BU2")))
    assert [(d.number, d.access) for d in catalogued(home).documents()] == [("BU2", "staff")]


def test_too_large_a_file_is_refused_before_it_is_read(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST", 0)
    (report,) = handed(home, Upload("stor.txt", b"en hel bog"))
    assert report.outcome == "failed" and report.error and "0 MB" in report.error.da


def test_another_writer_is_waited_for_and_told(home: Home, tmp_path: Path) -> None:
    waited, held, done = threading.Event(), threading.Event(), threading.Event()

    def hold() -> None:
        with Home(home.folder).ingesting():
            held.set()
            assert waited.wait(20)
        done.set()

    writer = threading.Thread(target=hold)
    writer.start()
    assert held.wait(20)
    data = made(tmp_path)
    reports = ingest_uploads([Upload("a.pdf", data)], home, "public", ALL, on_wait=waited.set)
    writer.join()
    assert waited.is_set() and done.is_set() and reports[0].outcome == "added"


@pytest.mark.parametrize(
    ("name", "seen", "taken", "place"),
    [
        ("a.pdf", [], [], "a.pdf"),
        ("a.pdf", ["/x/a.pdf"], ["/x/a.pdf"], "/x/a.pdf"),
        ("a.pdf", ["/x/a.pdf", "/y/a.pdf"], ["/x/a.pdf", "/y/a.pdf"], "a.pdf"),
        ("a.pdf", [], ["a.pdf"], "a (2).pdf"),
        ("a.pdf", [], ["a.pdf", "a (2).pdf"], "a (3).pdf"),
        ("a.pdf", [], ["/x/a.pdf"], "a.pdf"),
        ("forslag a\u030a.pdf", ["forslag å.pdf"], ["forslag å.pdf"], "forslag å.pdf"),
    ],
)
def test_where_a_file_belongs(name: str, seen: list[str], taken: list[str], place: str) -> None:
    assert place_of(name, seen, taken) == place


@given(st.text(max_size=400))
def test_a_clean_name_is_one_plain_name(name: str) -> None:
    clean = clean_name(name)
    assert clean and len(clean) <= 150 and clean.isprintable()
    assert "/" not in clean and "\\" not in clean and clean_name(clean) == clean


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Sager\\bilag 1.docx", "bilag 1.docx"),
        ("\x00\n", "dokument"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("x." + "y" * 300, "x." + "y" * 148),
    ],
)
def test_names_lose_their_folders_and_stay_short(name: str, clean: str) -> None:
    assert clean_name(name) == clean
