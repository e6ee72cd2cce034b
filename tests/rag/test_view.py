"""What those see of a catalogue who may not see all of it, and what was decided of it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stores import EMBEDDER, File, make

from rag.errors import CatalogueError
from rag.home import Home
from rag.store.catalogue import Catalogue
from rag.store.levels import LEVELS
from rag.store.source import Block, Bookmark
from rag.types import Access, Finding, Place, Text

Levels = frozenset[Access]
PUBLIC: Levels = frozenset({"public"})
STAFF: Levels = frozenset({"public", "staff"})
NAMED: Levels = frozenset({"public", "closed"})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def catalogue(home: Home) -> Catalogue:
    return Catalogue(home)


def agenda(path: str, *items: tuple[str, Access]) -> File:
    """A file of one page, each item a line of its own: a document, passage, figure and finding.

    One more finding names them all.
    """
    file = make(path, "\n".join(text for text, _ in items))
    ids = [f"{file.source.id[:16]}-{n}" for n in range(1, len(items) + 1)]
    starts = [sum(len(text) + 1 for text, _ in items[:n]) for n in range(len(items))]
    places = [
        Place(id, 1, start, start + len(text))
        for id, start, (text, _) in zip(ids, starts, items, strict=True)
    ]
    (page,), (whole,), (passage,) = file.source.pages, file.documents, file.passages
    file.documents = [
        replace(whole, id=p.document, title=text, start=p.start, end=p.end, access=level)
        for p, (text, level) in zip(places, items, strict=True)
    ]
    figure = file.figures[0]
    file.figures = [
        replace(figure, id=f"{p.document}/f", document=p.document, place=p, context=p)
        for p in places
    ]
    shared = Finding("shared", "sum", "hard", Text("alle", "all"), tuple(places))
    own = [Finding(p.document, "sum", "hard", Text("en", "one"), (p,)) for p in places]
    file.findings = [*own, shared]
    file.passages = [
        replace(passage, id=f"{p.document}/p", document=p.document, start=p.start, end=p.end,
                text=page.text[p.start : p.end])
        for p in places
    ]  # fmt: skip
    spans = tuple(page.spans[0]._replace(start=p.start, end=p.end) for p in places)
    file.source = replace(
        file.source,
        pages=(replace(page, spans=spans),),
        blocks=tuple(Block("paragraph", 1, p.start, p.end) for p in places),
        outline=tuple(Bookmark(text, 1, 1) for text, _ in items),
    )
    return file


ITEMS: tuple[tuple[str, Access], ...] = (
    ("Punkt 1: Skolerne", "public"),
    ("Punkt 2: Lukket salg", "closed"),
    ("Punkt 3: Vejene", "public"),
)


def levels(catalogue: Catalogue) -> list[Access]:
    return [d.access for d in catalogue.documents()]


# ---------------------------------------------------------------- what is seen


def test_each_kind_of_row_is_held_to_the_documents_seen(catalogue: Catalogue) -> None:
    file = agenda("dagsorden.txt", *ITEMS)
    file.store(catalogue)
    one, shut, three = file.documents
    seen = catalogue.seen_by(PUBLIC)
    assert [d.id for d in seen.documents()] == seen.document_ids() == [one.id, three.id]
    assert seen.document_count() == 2
    assert seen.documents(ids=[shut.id]) == [] and seen.document(shut.id) is None
    assert {f.document for f in seen.figures()} == {one.id, three.id}
    assert seen.figures(ids=[f"{shut.id}/f"]) == []
    assert [f.id for f in seen.findings()] == [one.id, three.id], "a shared one needs both places"
    assert seen.findings([shut.id]) == []
    assert [p.document for p in seen.passages()] == [one.id, three.id]
    assert seen.passages(ids=[f"{shut.id}/p"]) == [] and seen.passage_count() == 2
    assert [e.document for e in seen.embeddings(EMBEDDER)] == sorted([one.id, three.id])
    assert seen.embedding_progress(EMBEDDER) == (2, 2)
    assert len(seen.unembedded("another", 9)) == 2
    whole = catalogue.seen_by(NAMED)
    assert len(whole.documents()) == 3 and len(whole.findings()) == 4
    assert whole.passages() == catalogue.passages() == file.passages


def test_a_shared_page_is_blank_where_the_hidden_document_stands(catalogue: Catalogue) -> None:
    file = agenda("dagsorden.txt", *ITEMS)
    file.store(catalogue)
    seen, sha = catalogue.seen_by(PUBLIC), file.source.id
    page = seen.page(sha, 1)
    assert page is not None
    assert page.text == "\n".join(("Punkt 1: Skolerne", " " * 20, "Punkt 3: Vejene"))
    assert [s.start for s in page.spans] == [0, 39]
    for passage in seen.passages():
        assert page.text[passage.start : passage.end] == passage.text
    assert seen.file(sha) is None and seen.file(sha, 1) is None, "no file, no picture"
    assert seen.source(sha) is None, "the outline names the closed item"
    assert [s.path for s in seen.sources()] == ["dagsorden.txt"]
    whole = catalogue.seen_by(NAMED)
    assert whole.page(sha, 1) == catalogue.page(sha, 1)
    assert whole.file(sha) == whole.file(sha, 1) == catalogue.file(sha)
    assert whole.source(sha) == catalogue.source(sha) is not None


def test_a_page_without_hidden_documents_keeps_its_picture(catalogue: Catalogue) -> None:
    file = make("a.txt", "Det åbne.", "Det lukkede.", "Til sidst.")
    (whole,) = file.documents
    file.documents = [
        replace(whole, last_page=1),
        replace(whole, id="shut", first_page=2, last_page=2, access="closed"),
    ]
    file.store(catalogue)
    seen, sha = catalogue.seen_by(PUBLIC), file.source.id
    assert seen.file(sha, 1) == catalogue.file(sha) and seen.file(sha) is None
    assert seen.page(sha, 2) is None and seen.file(sha, 2) is None
    assert seen.page(sha, 3) is None, "a page of no document is seen with the whole file"
    assert catalogue.seen_by(NAMED).page(sha, 3) is not None


# Few examples, all askers on each: what costs is that each catalogue is written to the disk.
@settings(max_examples=20)
@given(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=6))
def test_no_row_tells_of_a_hidden_document(
    tmp_path_factory: pytest.TempPathFactory, levels: list[Access]
) -> None:
    catalogue = Catalogue(Home(tmp_path_factory.mktemp("home")))
    try:
        file = agenda("a.txt", *((f"Ord{n}{level}", level) for n, level in enumerate(levels)))
        file.store(catalogue)
        for seen in (set(s) for n in range(len(LEVELS) + 1) for s in combinations(LEVELS, n)):
            view = catalogue.seen_by(frozenset(seen))
            told = repr((
                view.documents(), view.figures(), view.findings(), view.passages(),
                view.sources(), view.source(file.source.id), view.page(file.source.id, 1),
                view.document_count(),
            ))  # fmt: skip
            for n, level in enumerate(levels):
                assert (f"Ord{n}{level}" in told) == (level in seen)
            assert (view.file(file.source.id) is not None) == (set(levels) <= seen)
    finally:
        catalogue.close()


def test_a_table_without_a_view_is_empty_and_nothing_can_be_written(
    home: Home, catalogue: Catalogue
) -> None:
    agenda("a.txt", *ITEMS).store(catalogue)
    other = sqlite3.connect(home.catalogue)
    other.executescript("CREATE TABLE newer (word TEXT); INSERT INTO newer VALUES ('hemmelig');")
    other.close()
    database = catalogue.seen_by(PUBLIC)._database
    for table in ("newer", "meta", "pending", "decided"):
        assert database.rows(f"SELECT * FROM {table}") == []
    with pytest.raises(CatalogueError, match="readonly"):
        database.rows("DELETE FROM main.document")


def test_a_change_of_level_is_seen_at_once(catalogue: Catalogue) -> None:
    file = agenda("a.txt", *ITEMS)
    file.store(catalogue)
    seen = catalogue.seen_by(PUBLIC)
    assert len(seen.documents()) == 2
    catalogue.decide(file.documents[0].id, "staff")
    assert len(seen.documents()) == 1 and len(catalogue.seen_by(STAFF).documents()) == 2
    catalogue.decide(file.documents[1].id, "public")
    assert [d.title for d in seen.documents()] == ["Punkt 2: Lukket salg", "Punkt 3: Vejene"]


def test_failures_are_told_to_staff_who_may_see_the_path(catalogue: Catalogue) -> None:
    for path, level in (("a.pdf", None), ("b.pdf", "staff"), ("c.pdf", "closed")):
        if level:
            catalogue.decide_file(path, level)  # type: ignore[arg-type]
        catalogue.record_failure(path, "broken", Text(path, path))
    agenda("d.pdf", *ITEMS).store(catalogue)
    catalogue.record_failure("d.pdf", "broken", Text("d", "d"))
    assert catalogue.seen_by(PUBLIC).failures() == []
    assert [f.path for f in catalogue.seen_by(STAFF).failures()] == ["a.pdf", "b.pdf"]
    assert len(catalogue.failures()) == 4


# ------------------------------------------------------------- what was decided


def test_decisions_outlive_a_newer_reader_and_a_renewal(home: Home, catalogue: Catalogue) -> None:
    file = agenda("a.txt", *ITEMS)
    file.store(catalogue, reader="1")
    catalogue.decide_file("a.txt", "staff")
    assert levels(catalogue) == ["staff", "closed", "staff"]
    catalogue.decide(file.documents[1].id, "public")
    assert levels(catalogue) == ["staff", "public", "staff"]
    file.store(catalogue, reader="2")
    assert levels(catalogue) == ["staff", "public", "staff"]
    catalogue.close()
    renewed = Catalogue.renew(home)
    file.store(renewed, reader="2")
    assert levels(renewed) == ["staff", "public", "staff"]


def test_other_bytes_close_what_was_opened_and_keep_what_was_closed(catalogue: Catalogue) -> None:
    file = agenda("a.txt", *ITEMS)
    file.store(catalogue)
    catalogue.decide(file.documents[1].id, "public")
    catalogue.decide(file.documents[2].id, "staff")
    agenda("a.txt", ("Forsiden", "public"), *ITEMS).store(catalogue)
    assert levels(catalogue) == ["public", "public", "closed", "staff"]


def test_a_narrowing_that_lost_its_document_narrows_the_file(catalogue: Catalogue) -> None:
    file = agenda("a.txt", ("Et", "public"), ("To", "public"))
    file.store(catalogue)
    catalogue.decide(file.documents[1].id, "staff")
    agenda("a.txt", ("Et", "public"), ("To, rettet", "public")).store(catalogue)
    assert levels(catalogue) == ["staff", "staff"]


def test_items_of_one_title_are_told_apart(catalogue: Catalogue) -> None:
    file = agenda("a.txt", ("Lukket", "closed"), ("Lukket", "closed"))
    file.store(catalogue)
    catalogue.decide(file.documents[1].id, "public")
    assert levels(catalogue) == ["closed", "public"]


def test_a_file_decided_narrower_takes_back_what_was_opened(catalogue: Catalogue) -> None:
    file = agenda("a.txt", *ITEMS)
    file.store(catalogue)
    catalogue.decide(file.documents[1].id, "public")
    catalogue.decide_file("a.txt", "staff")
    assert levels(catalogue) == ["staff", "closed", "staff"]


def test_bytes_at_two_paths_have_the_narrower_level(catalogue: Catalogue) -> None:
    file = make("a.txt", "Fire årsværk.")
    file.store(catalogue)
    catalogue.decide_file("b.txt", "staff")
    file.source = replace(file.source, path="b.txt")
    file.store(catalogue)
    assert levels(catalogue) == ["staff"]


def test_deleting_a_file_forgets_what_was_decided_of_it(home: Home, catalogue: Catalogue) -> None:
    file = agenda("a.txt", *ITEMS)
    file.store(catalogue)
    catalogue.decide_file("a.txt", "staff")
    catalogue.decide(file.documents[0].id, "closed")
    catalogue.remove(file.source.id)
    connection = sqlite3.connect(home.catalogue)
    assert connection.execute("SELECT * FROM decided").fetchall() == []
    connection.close()


def test_a_document_that_is_not_there_cannot_be_decided_of(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        catalogue.decide("nowhere", "staff")
