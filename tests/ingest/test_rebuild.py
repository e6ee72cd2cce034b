"""The catalogue made again from the copies, after every kind of damage to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from ingest.rebuild import rebuild
from rag.errors import CatalogueError
from rag.home import Home
from rag.search.embed import Embedder, load_embedder
from rag.store.catalogue import Catalogue
from rag.types import CouncilDocument, Figure, Passage


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture
def home(tmp_path: Path, embedder: Embedder) -> Home:
    """A data folder of three files: public, closed by a person, and for staff when read."""
    made = Home(tmp_path / "home")
    folder = tmp_path / "ind"
    folder.mkdir()
    (folder / "a.txt").write_text("Forslag TU07 om lys\n\nVi slukker 4 lamper i 2027.\n")
    (folder / "b.txt").write_text("Notat om grunde\n\nKommunen køber en grund for 3 mio. kr.\n")
    (folder / "dagsorden.md").write_text("# Dagsorden\n\n## 1. Bænke\n\nVi bygger en bænk.\n")
    ingest([folder / "dagsorden.md"], made, embedder, access="staff")
    ingest([folder], made, embedder)
    catalogue = Catalogue(made)
    (b,) = [d for d in catalogue.documents() if d.file == "b.txt"]
    catalogue.decide(b.id, "closed")
    catalogue.set_setting("shipped", '["x"]')
    catalogue.close()
    return made


Held = tuple[list[CouncilDocument], list[Passage], list[Figure], str | None]


def held(home: Home) -> Held:
    catalogue = Catalogue(home)
    try:
        assert catalogue.pending() == []
        ids = [d.id for d in catalogue.documents()]
        return (
            catalogue.documents(),
            sorted(catalogue.passages(), key=lambda p: p.id),
            sorted(catalogue.figures(ids), key=lambda f: f.id),
            catalogue.setting("shipped"),
        )
    finally:
        catalogue.close()


def sql(home: Home, *statements: str) -> None:
    connection = sqlite3.connect(home.catalogue)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def flip(home: Home, share: float) -> None:
    data = bytearray(home.catalogue.read_bytes())
    at = int(len(data) * share)
    data[at : at + 64] = bytes(b ^ 0xFF for b in data[at : at + 64])
    home.catalogue.write_bytes(data)


def gone(home: Home) -> None:
    home.catalogue.unlink()


def cut(home: Home) -> None:
    os.truncate(home.catalogue, home.catalogue.stat().st_size // 2)


def no_database(home: Home) -> None:
    home.catalogue.write_text("nej " * 3000)


GARBLED_SCHEMA = (
    "PRAGMA writable_schema = ON",
    "UPDATE sqlite_master SET sql = 'CREATE TABLE ' || CAST(x'f3' AS TEXT) WHERE name = 'page'",
)
DAMAGES: dict[str, Callable[[Home], None]] = {
    "none": lambda home: None,
    "gone": gone,
    "empty": lambda home: os.truncate(home.catalogue, 0),
    "cut short": cut,
    "another file": no_database,
    "head": lambda home: flip(home, 0),
    **{f"bytes at {n} %": lambda home, n=n: flip(home, n / 100) for n in range(5, 100, 10)},
    "no tables": lambda home: sql(home, "DROP TABLE source_path", "DROP TABLE decided"),
    "no rows": lambda home: sql(home, "DELETE FROM source_path", "DELETE FROM decided"),
    "schema": lambda home: sql(home, *GARBLED_SCHEMA),
    **{
        f"no text in {table}": lambda home, table=table, column=column, values=values: sql(
            home,
            f"INSERT INTO {table} SELECT {values} WHERE NOT EXISTS (SELECT 1 FROM {table})",
            f"UPDATE {table} SET {column} = CAST(x'c5' AS TEXT) WHERE rowid = "
            f"(SELECT max(rowid) FROM {table})",
        )
        for table, column, values in (
            ("meta", "value", "'a', 'b'"),
            ("source_path", "path", "'a', 'b'"),
            ("pending", "source", "'a', 'b'"),
            ("failure", "da", "'a', 'b', 'c', 'd', '2026-01-01'"),
            ("generation", "token", "1, 'a', 0"),
            ("finding", "body", "1, 'a', 'b', 'c'"),
            ("passage", "text", "'', '', 1, 1, 1, '', '', ''"),
        )
    },
    "another name": lambda home: sql(
        home,
        "UPDATE source_path SET path = 'x' WHERE path LIKE '%b.txt'",
        "UPDATE decided SET path = 'y' WHERE path LIKE '%b.txt'",
    ),
    "levels": lambda home: sql(home, "UPDATE decided SET level = 'clozed'"),
    "older": lambda home: sql(home, "PRAGMA user_version = 1"),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_after_any_damage_all_is_as_before(home: Home, embedder: Embedder, damage: str) -> None:
    before = held(home)
    assert {d.file: d.access for d in before[0] if d.file != "dagsorden.md"} == {
        "a.txt": "public", "b.txt": "closed"}  # fmt: skip
    copies = sorted(p.name for p in home.files.iterdir())
    DAMAGES[damage](home)
    reports = rebuild(home)
    assert {r.outcome for r in reports} <= {"added", "replaced"} and len(reports) == 3
    assert held(home) == before
    assert sorted(p.name for p in home.files.iterdir()) == copies
    assert not list(home.folder.glob("*.damaged"))


@pytest.mark.parametrize("damage", [d for d in DAMAGES if d != "older"])
def test_an_ingest_instead_removes_no_copy_and_opens_nothing(
    home: Home, embedder: Embedder, tmp_path: Path, damage: str
) -> None:
    copies = {p.name for p in home.files.iterdir()}
    DAMAGES[damage](home)
    (tmp_path / "ny.txt").write_text("Et nyt notat.\n\nOm noget nyt.")
    try:
        ingest([tmp_path / "ny.txt"], home, embedder)
        catalogue = Catalogue(home)
        assert {d.access for d in catalogue.documents() if d.file == "b.txt"} == {"closed"}
        catalogue.close()
    except CatalogueError as error:
        # Damaged: it says what helps.
        assert "raadsvar rebuild" in error.message.da
    assert {p.name for p in home.files.iterdir()} >= copies


def test_a_finding_that_nothing_hides_does_not_outlive_a_rebuild(
    home: Home, embedder: Embedder
) -> None:
    sql(
        home,
        "INSERT INTO finding VALUES (7, 'a', 'b', 'c')",
        "INSERT INTO finding VALUES (8, 'a', 'b', 'c')",
        "INSERT INTO finding_document VALUES (8, 'nobody')",
    )
    rebuild(home)
    catalogue = Catalogue(home)
    assert catalogue._database.rows("SELECT * FROM finding") == []
    catalogue.close()


def test_without_the_ledger_a_damaged_catalogue_is_salvaged(home: Home, embedder: Embedder) -> None:
    before = held(home)
    home.ledger.unlink()
    sql(home, "DROP TABLE passage")
    rebuild(home)
    assert held(home) == before


def test_decisions_that_nothing_tells_any_more_leave_all_closed(
    home: Home, embedder: Embedder
) -> None:
    home.ledger.unlink()
    sql(home, "DROP TABLE decided")
    rebuild(home)
    assert {d.access for d in held(home)[0]} == {"closed"}


def test_a_line_of_the_ledger_that_cannot_be_read_closes_what_it_may_have_told_of(
    home: Home, embedder: Embedder
) -> None:
    lines = home.ledger.read_bytes().split(b"\n")
    at = max(n for n, line in enumerate(lines) if b"closed" in line)
    lines[at] = b"x" + lines[at][1:]
    home.ledger.write_bytes(b"\n".join(lines))
    sql(home, "DROP TABLE passage")
    rebuild(home)
    assert {d.access for d in held(home)[0] if d.file == "b.txt"} == {"closed"}


def test_one_file_under_two_names_is_done_being_read_again(
    home: Home, embedder: Embedder, tmp_path: Path
) -> None:
    for name in ("c.txt", "d.txt"):
        (tmp_path / name).write_text("Notat om broer\n\nBroen koster 2 mio. kr.\n")
        ingest([tmp_path / name], home, embedder)
    rebuild(home)
    assert Catalogue(home).pending() == []


def test_with_neither_all_copies_come_in_closed(home: Home, embedder: Embedder) -> None:
    texts = {p.text for p in held(home)[1]}
    home.ledger.unlink()
    home.catalogue.unlink()
    rebuild(home)
    documents, passages, _, _ = held(home)
    assert {p.text for p in passages} >= {t for t in texts if "lamper" in t or "grund for" in t}
    assert {d.access for d in documents} == {"closed"}


def test_a_lost_copy_is_named_and_what_was_read_of_it_stays(home: Home, embedder: Embedder) -> None:
    catalogue = Catalogue(home)
    lost = next(s for s in catalogue.sources() if s.path.endswith("a.txt"))
    catalogue.close()
    before = held(home)
    (home.files / lost.id).unlink()
    reports = rebuild(home)
    (failed,) = [r for r in reports if r.outcome == "failed"]
    assert failed.error is not None and "a.txt: its copy is lost" in failed.error.en
    catalogue = Catalogue(home)
    assert {p.id for p in catalogue.passages()} == {p.id for p in before[1]}
    catalogue.close()
    # Ingesting the original again refills it.
    ingest([Path(lost.path)], home, embedder)
    assert (home.files / lost.id).is_file()
    assert held(home)[1:] == before[1:]


def test_a_damaged_copy_is_not_read_as_if_it_were_the_file(home: Home, embedder: Embedder) -> None:
    catalogue = Catalogue(home)
    source = next(s for s in catalogue.sources() if s.path.endswith("a.txt"))
    catalogue.close()
    copy = home.files / source.id
    copy.write_bytes(copy.read_bytes().replace(b"4 lamper", b"9 lamper"))
    home.catalogue.unlink()
    reports = rebuild(home)
    assert [r.outcome for r in reports if r.path.name == "a.txt"] == ["failed"]
    catalogue = Catalogue(home)
    assert not any("9 lamper" in p.text for p in catalogue.passages())
    catalogue.close()
    (again,) = [r for r in ingest([Path(source.path)], home, embedder) if r.path.name == "a.txt"]
    assert again.outcome == "added" and b"4 lamper" in copy.read_bytes()


def test_an_unchanged_file_whose_copy_was_lost_is_refilled(
    home: Home, embedder: Embedder, tmp_path: Path
) -> None:
    for copy in home.files.iterdir():
        copy.unlink()
    reports = ingest([tmp_path / "ind"], home, embedder)
    assert {r.outcome for r in reports} == {"refilled"}
    assert len(list(home.files.iterdir())) == 3
    again = ingest([tmp_path / "ind"], home, embedder)
    assert {r.outcome for r in again} == {"unchanged"}
