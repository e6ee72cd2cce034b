from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from stores import DIMENSIONS, EMBEDDER, embed, make

from rag.errors import CatalogueError, CatalogueOutdatedError, CatalogueTooNewError
from rag.home import Home
from rag.store.catalogue import Catalogue
from rag.store.source import Box
from rag.types import Finding, Place, Text


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def catalogue(home: Home) -> Catalogue:
    return Catalogue(home)


def contents(home: Home) -> dict[str, int]:
    """Return the number of rows of each table that holds what was read."""
    connection = sqlite3.connect(home.catalogue)
    names = "source source_path page document naming figure finding finding_document passage vector"
    counts = {
        name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in names.split()
    }
    connection.close()
    return counts


def test_what_goes_in_comes_out(home: Home, catalogue: Catalogue) -> None:
    file = make("a.txt", "Fire årsværk nedlægges.", "Ændringen er varig.")
    assert file.store(catalogue)
    again = Catalogue(home)
    (document,) = file.documents
    assert again.document(document.id) == document
    assert again.figures() == file.figures
    assert again.findings([document.id]) == file.findings
    assert again.passages() == file.passages
    source = again.source(file.source.id)
    assert source is not None
    assert source.blocks == file.source.blocks
    assert source.metadata == {"Title": "a.txt"}
    assert [p.text for p in source.pages] == [p.text for p in file.source.pages]
    assert source.pages[0].spans[0].box == Box(10.0, 20.0, 300.3, 31.5)
    assert again.page(file.source.id, 2) == source.pages[1]
    assert again.page(file.source.id, 3) is None
    assert again.file(file.source.id).read_bytes() == file.data
    assert [s.path for s in again.sources()] == ["a.txt"]


def test_documents_are_listed_without_their_tables(catalogue: Catalogue) -> None:
    file = make("a.txt", "Fire årsværk.")
    file.store(catalogue)
    (listed,) = catalogue.documents(numbers=["ØU10"])
    assert listed.tables == () and listed.sections == file.documents[0].sections


def test_filters_hold_together(catalogue: Catalogue) -> None:
    one, two = make("a.txt", "a", number="ØU10"), make("b.txt", "b", number="ØU02", year=2026)
    one.store(catalogue)
    two.store(catalogue)
    assert catalogue.figures(years=[2026]) == two.figures
    assert catalogue.figures(document_ids=[one.documents[0].id], years=[2026]) == []
    assert catalogue.figures(concepts=["staff"], years=[2026, 2029]) == one.figures + two.figures
    assert catalogue.figures(ids=[one.figures[0].id]) == one.figures
    assert catalogue.figures(years=[]) == []
    assert [d.number for d in catalogue.documents(numbers=["ØU02", "ØU99"])] == ["ØU02"]
    assert catalogue.documents(municipalities=["København"]) == []
    wanted = [two.passages[0].id, "unknown", one.passages[0].id]
    assert catalogue.passages(ids=wanted) == [*two.passages, *one.passages]
    assert catalogue.passage_count([one.documents[0].id]) == 1


def test_documents_are_found_by_the_sizes_of_their_amounts(catalogue: Catalogue) -> None:
    one, other = (make(name, f"{name} sparer.") for name in ("a.txt", "b.txt"))
    cut = replace(one.figures[0], value=Decimal("-2.5"), unit="kr.", scale=1_000_000)
    span = replace(other.figures[0], value=None, low=Decimal(10), high=Decimal(15))
    one.figures[:], other.figures[:] = [cut], [span]
    one.store(catalogue)
    other.store(catalogue)
    (a,), (b,) = ([d.id for d in file.documents] for file in (one, other))

    def found(size: str, *ids: str) -> set[str]:
        return catalogue.documents_of_size([Decimal(size)], ids or (a, b))

    assert found("2.5") == found("2500000") == {a}
    assert found("10") == found("15") == {b}
    assert found("12") == found("10", a) == set()


def test_the_same_bytes_change_nothing(home: Home, catalogue: Catalogue) -> None:
    file = make("a.txt", "Fire årsværk.")
    file.store(catalogue)
    before, stamp = contents(home), catalogue.changes.stamp
    assert not file.store(catalogue)
    assert contents(home) == before
    assert catalogue.changes.stamp == stamp


def test_a_newer_reader_writes_the_same_bytes_anew(catalogue: Catalogue) -> None:
    file = make("a.txt", "Fire årsværk.")
    file.store(catalogue, reader="1")
    file.figures.clear()
    assert catalogue.has(file.source.id) and not catalogue.has(file.source.id, "2")
    assert file.store(catalogue, reader="2")
    assert catalogue.figures() == []
    assert [s.path for s in catalogue.sources()] == ["a.txt"]


def test_a_changed_file_replaces_its_old_version_whole(home: Home, catalogue: Catalogue) -> None:
    old, new = make("a.txt", "Fire årsværk.", "Mere."), make("a.txt", "Fem årsværk.")
    old.store(catalogue)
    single = contents(home)
    new.store(catalogue)
    assert catalogue.source_at("a.txt") == new.source.id
    assert catalogue.document(old.documents[0].id) is None
    assert catalogue.passages() == new.passages
    assert catalogue.figures() == new.figures
    assert contents(home)["document"] == single["document"] == 1
    assert [p.name for p in home.files.iterdir()] == [new.source.id]


def test_bytes_known_by_two_paths_stay_until_both_are_gone(catalogue: Catalogue) -> None:
    file = make("a.txt", "Fire årsværk.")
    file.store(catalogue)
    file.source = type(file.source)(**{**vars(file.source), "path": "b.txt"})
    assert not file.store(catalogue)
    make("b.txt", "Noget andet.").store(catalogue)
    assert catalogue.source_at("a.txt") == file.source.id
    assert catalogue.has(file.source.id)
    make("a.txt", "Noget tredje.").store(catalogue)
    assert not catalogue.has(file.source.id)


def test_removing_leaves_nothing(home: Home, catalogue: Catalogue) -> None:
    file = make("a.txt", "Fire årsværk.", "Mere.")
    file.store(catalogue)
    catalogue.record_failure("a.txt", "broken", Text("i stykker", "broken"))
    catalogue.remove(file.source.id)
    assert set(contents(home).values()) == {0}
    assert list(home.files.iterdir()) == []
    assert catalogue.failures() == []


def test_a_finding_between_two_files_goes_with_either(catalogue: Catalogue) -> None:
    one, two = make("a.txt", "a"), make("b.txt", "b")
    both = tuple(Place(f.documents[0].id, 1, 0, 1) for f in (one, two))
    two.findings = [Finding("x", "documents", "soft", Text("da", "en"), both)]
    one.store(catalogue)
    two.store(catalogue)
    assert catalogue.findings([one.documents[0].id]) == one.findings + two.findings
    catalogue.remove(one.source.id)
    assert catalogue.findings() == []


def test_a_write_that_fails_changes_nothing(home: Home, catalogue: Catalogue) -> None:
    old, bad = make("a.txt", "Fire årsværk."), make("a.txt", "Fem årsværk.")
    old.store(catalogue)
    before = contents(home)
    bad.passages *= 2
    with pytest.raises(CatalogueError, match="UNIQUE"):
        bad.store(catalogue)
    assert contents(home) == before
    assert catalogue.source_at("a.txt") == old.source.id
    make("b.txt", "b").store(catalogue)
    assert not (home.files / bad.source.id).exists()


def test_bytes_must_be_those_of_the_source(catalogue: Catalogue) -> None:
    file = make("a.txt", "Fire årsværk.")
    file.data += b"!"
    with pytest.raises(ValueError, match="bytes"):
        file.store(catalogue)
    assert catalogue.sources() == []


def test_copies_left_by_a_killed_ingest_are_tidied(home: Home, catalogue: Catalogue) -> None:
    left = [home.files / ("a" * 64), home.files / ("b" * 64 + ".part")]
    mine = home.files / "readme.txt"
    for path in (*left, mine):
        path.write_text("x")
    make("a.txt", "a").store(catalogue)
    assert not any(path.exists() for path in left)
    assert mine.exists()


def test_embeddings_come_back_as_float16_beside_their_passages(catalogue: Catalogue) -> None:
    files = [make(f"{n}.txt", f"tekst {n}", f"mere {n}") for n in range(3)]
    for file in files:
        file.store(catalogue)
    found = {
        id: vector
        for _, ids, _, vectors in catalogue.embeddings(EMBEDDER)
        for id, vector in zip(ids, vectors, strict=True)
    }
    for passage in (p for f in files for p in f.passages):
        expected = embed([passage.text])[0].astype(np.float16)
        assert np.array_equal(found[passage.id], expected.astype(np.float32))
    only = list(catalogue.embeddings(EMBEDDER, [files[1].documents[0].id]))
    assert [e.ids for e in only] == [[p.id for p in files[1].passages]]
    assert list(catalogue.embeddings("another")) == []


def test_another_embedder_keeps_its_vectors_beside_the_first(catalogue: Catalogue) -> None:
    file = make("a.txt", "en", "to")
    file.store(catalogue)
    assert catalogue.unembedded(EMBEDDER, 9) == []
    missing = catalogue.unembedded("other", 9)
    assert [text.partition("\n")[2] for _, _, text in missing] == ["en", "to"]
    assert [t.text for t in catalogue.unembedded("other", 9, missing[0].at)] == [missing[1].text]
    assert catalogue.embedding_progress("other") == (0, 2)
    catalogue.embed("other", [key for _, key, _ in missing], np.eye(2, 3, dtype=np.float32))
    assert catalogue.unembedded("other", 9) == []
    assert catalogue.embedding_progress("other").complete
    (embedded,) = catalogue.embeddings("other")
    assert embedded.vectors.tolist() == [[1, 0, 0], [0, 1, 0]]
    (first,) = catalogue.embeddings(EMBEDDER)
    assert (first.ids, first.vectors.shape) == (embedded.ids, (2, DIMENSIONS))


@pytest.mark.parametrize("vectors", [np.ones((1, 4)), np.full((2, 4), 1e6), np.ones(2)])
def test_embeddings_that_do_not_fit_are_refused(
    catalogue: Catalogue, vectors: np.ndarray[tuple[int, ...], np.dtype[np.float32]]
) -> None:
    file = make("a.txt", "en", "to")
    file.store(catalogue)
    keys = [key for _, key, _ in catalogue.unembedded("other", 9)]
    with pytest.raises(ValueError, match="embeddings"):
        catalogue.embed("other", keys, vectors)
    assert catalogue.embedding_progress("other") == (0, 2)


def vector_keys(catalogue: Catalogue) -> list[str]:
    return sorted(key for (key,) in catalogue._database.rows("SELECT key FROM vector"))


def test_the_same_text_has_one_vector_until_the_last_that_holds_it_goes(
    catalogue: Catalogue,
) -> None:
    one, two = make("a.txt", "fælles", "en"), make("b.txt", "fælles", "to")
    one.store(catalogue)
    catalogue.replace(two.source, two.data, two.documents, [], [], two.passages)
    assert len(vector_keys(catalogue)) == 2
    assert [text.partition("\n")[2] for _, _, text in catalogue.unembedded(EMBEDDER, 9)] == ["to"]
    assert sorted(len(e.ids) for e in catalogue.embeddings(EMBEDDER)) == [1, 2]
    catalogue.remove(one.source.id)
    (left,) = catalogue.embeddings(EMBEDDER)
    assert left.ids == [two.passages[0].id] and vector_keys(catalogue) == left.keys
    catalogue.remove(two.source.id)
    assert vector_keys(catalogue) == []


def test_what_is_read_again_keeps_the_vectors_of_the_texts_that_stay(catalogue: Catalogue) -> None:
    make("a.txt", "bliver", "går").store(catalogue)
    newer = make("a.txt", "bliver", "kommer")
    catalogue.replace(newer.source, newer.data, newer.documents, [], [], newer.passages)
    assert catalogue.embedding_progress(EMBEDDER) == (1, 2)
    assert len(vector_keys(catalogue)) == 1
    catalogue.replace(newer.source, newer.data, newer.documents, [], [], newer.passages,
                      reader="newer")  # fmt: skip
    assert catalogue.embedding_progress(EMBEDDER) == (1, 2)


def test_a_text_that_went_while_it_was_embedded_leaves_no_vector(catalogue: Catalogue) -> None:
    file = make("a.txt", "en", "to")
    file.store(catalogue)
    catalogue.remove(file.source.id)
    file.embed(catalogue)
    assert vector_keys(catalogue) == []


def test_an_outdated_catalogue_keeps_its_vectors_until_its_files_are_read(home: Home) -> None:
    catalogue = Catalogue(home)
    one, two = make("a.txt", "en"), make("b.txt", "to")
    for file in (one, two):
        file.store(catalogue)
    catalogue.close()
    renewed = Catalogue.renew(home)
    renewed.drop_unheld()
    assert len(vector_keys(renewed)) == 2, "its files wait to be read"
    renewed.replace(one.source, one.data, one.documents, [], [], one.passages)
    assert renewed.embedding_progress(EMBEDDER).complete
    renewed.remove(two.source.id)
    renewed.drop_unheld()
    assert len(vector_keys(renewed)) == 1


def test_vectors_are_a_change_to_those_alone_that_search_by_them(catalogue: Catalogue) -> None:
    file = make("a.txt", "en", "to")
    file.store(catalogue)
    texts, vectors = catalogue.changes.stamp, catalogue.vector_changes.stamp
    file.embed(catalogue, "other")
    assert catalogue.changes.stamp == texts
    assert catalogue.changes.since("0-") == [file.documents[0].id]
    assert catalogue.vector_changes.since(vectors) == [file.documents[0].id]
    assert catalogue.changes.since(texts) == []


def test_the_change_log_tells_what_was_touched(catalogue: Catalogue) -> None:
    one, two = make("a.txt", "a"), make("b.txt", "b")
    empty = catalogue.changes.stamp
    one.store(catalogue)
    first = catalogue.changes.stamp
    two.store(catalogue)
    catalogue.remove(one.source.id)
    ids = {f.documents[0].id for f in (one, two)}
    assert set(catalogue.changes.since(empty) or []) == ids
    assert set(catalogue.changes.since(first) or []) == ids
    assert catalogue.changes.since(catalogue.changes.stamp) == []
    assert catalogue.changes.since("1-0000") is None
    assert catalogue.changes.since("99-0000") is None


def test_a_shelf_kept_up_to_date_is_as_one_read_anew(home: Home, catalogue: Catalogue) -> None:
    one, two, three = (make(f"{name}.txt", name) for name in "abc")
    changes: list[Callable[[], object]] = [
        lambda: one.store(catalogue),
        lambda: two.store(catalogue),
        lambda: make("a.txt", "a", "ændret").store(catalogue),
        lambda: three.store(catalogue),
        lambda: catalogue.decide(two.documents[0].id, "staff"),
        lambda: catalogue.remove(three.source.id),
        lambda: one.store(catalogue),
        lambda: catalogue.decide(two.documents[0].id, "public"),
    ]
    held = Catalogue(home), catalogue.seen_by(frozenset({"public"}))
    for change in changes:
        change()
        anew = Catalogue(home), Catalogue(home).seen_by(frozenset({"public"}))
        for kept, new in zip(held, anew, strict=True):
            assert kept.shelf.documents == new.shelf.documents


def test_failures_are_kept_until_the_path_is_read(home: Home, catalogue: Catalogue) -> None:
    catalogue.record_failure("a.txt", "broken", Text("i stykker", "broken"))
    catalogue.record_failure("b.txt", "empty", Text("tom", "empty"))
    make("a.txt", "a").store(catalogue)
    (failure,) = Catalogue(home).failures()
    assert (failure.path, failure.code, failure.message.da) == ("b.txt", "empty", "tom")
    assert failure.time.tzinfo is not None
    catalogue.clear_failure("b.txt")
    assert catalogue.failures() == []


def test_settings(home: Home, catalogue: Catalogue) -> None:
    assert catalogue.setting("code") is None
    catalogue.set_setting("code", "1")
    catalogue.set_setting("code", "2")
    assert Catalogue(home).setting("code") == "2"


def sql(home: Home, statement: str) -> None:
    connection = sqlite3.connect(home.catalogue)
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "make_old",
    ["PRAGMA user_version = -1", "UPDATE meta SET value = 'older' WHERE key = 'types'"],
)
def test_an_older_catalogue_is_made_again_from_its_copies(home: Home, make_old: str) -> None:
    catalogue = Catalogue(home)
    file = make("a.txt", "Fire årsværk.")
    file.store(catalogue)
    stamp = catalogue.changes.stamp
    catalogue.close()
    sql(home, make_old)
    with pytest.raises(CatalogueOutdatedError, match="rebuild"):
        Catalogue(home)
    renewed = Catalogue.renew(home)
    assert renewed.sources() == []
    assert renewed.pending() == [("a.txt", file.source.id)]
    assert renewed.changes.since(stamp) is None
    # An ingest killed here still finds what is to be read.
    renewed = Catalogue(home)
    make("b.txt", "b").store(renewed)
    assert renewed.file(file.source.id).read_bytes() == file.data
    file.store(renewed)
    assert renewed.pending() == []
    assert renewed.has(file.source.id)


def test_a_newer_catalogue_is_left_alone(home: Home, catalogue: Catalogue) -> None:
    catalogue.close()
    sql(home, "PRAGMA user_version = 99")
    before = home.catalogue.read_bytes()
    with pytest.raises(CatalogueTooNewError, match=str(home.catalogue)):
        Catalogue(home)
    assert home.catalogue.read_bytes() == before


def test_a_file_that_is_no_catalogue_is_named(home: Home) -> None:
    home.catalogue.write_bytes(b"not a database, but long enough to look like one" * 40)
    with pytest.raises(CatalogueError, match=str(home.catalogue)):
        Catalogue(home)


def test_threads_share_a_catalogue(catalogue: Catalogue) -> None:
    errors: list[BaseException] = []

    def work(n: int) -> None:
        try:
            for m in range(5):
                make(f"{n}-{m}.txt", f"tekst {n} {m}").store(catalogue)
                assert catalogue.source_at(f"{n}-{m}.txt")
                assert catalogue.passages()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(catalogue.sources()) == 20


def test_documents_are_found_by_what_they_name(home: Home, catalogue: Catalogue) -> None:
    file = make("a.txt", "Som i ØU03.")
    (document,) = file.documents
    naming = replace(file, documents=[replace(document, names=("budget 2025", "ØU03"))])
    naming.store(catalogue)
    make("b.txt", "Noget andet.").store(catalogue)
    town = document.municipality
    assert catalogue.documents_naming(["ØU03", "ØU04"], town) == [document.id]
    assert catalogue.documents_naming(["budget 2025", "ØU03"], town) == [document.id]
    assert catalogue.documents_naming(["ØU0"], town) == []
    assert catalogue.documents_naming(["ØU03"], "Odense") == []
    assert catalogue.seen_by(frozenset({"closed"})).documents_naming(["ØU03"], town) == []
    catalogue.remove(file.source.id)
    assert catalogue.documents_naming(["ØU03"], town) == []
