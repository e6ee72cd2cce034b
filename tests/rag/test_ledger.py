"""The ledger and the catalogue: what each knows of names, decisions and settings."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stores import File, make

from rag.errors import CatalogueError
from rag.home import Home
from rag.store.catalogue import Catalogue
from rag.store.ledger import Ledger, Named, Told, written
from rag.store.levels import LEVELS, Decision
from rag.store.witnesses import believed

HERE = Path(__file__).parent


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def stocked(home: Home, *names: str) -> list[File]:
    catalogue = Catalogue(home)
    files = [make(name, f"tekst i {name}") for name in names]
    for file in files:
        file.store(catalogue)
    catalogue.close()
    return files


def lose(home: Home) -> None:
    for path in home.folder.glob("catalogue.sqlite*"):
        path.unlink()


def told(home: Home) -> Told:
    found = Ledger(home.ledger).read()
    assert found is not None
    return found


def levels(home: Home) -> dict[str, str]:
    catalogue = Catalogue(home)
    found = {d.file: d.access for d in catalogue.documents()}
    catalogue.close()
    return found


# ------------------------------------------------------------------- the file itself

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
decisions = st.builds(Decision, texts, texts, st.sampled_from(LEVELS))
listed = st.lists(decisions, max_size=2).map(tuple)
names = st.builds(Named, texts, st.none() | texts, listed, st.just(False))


@given(st.lists(names, max_size=6), st.dictionaries(texts, texts, max_size=2), st.data())
def test_a_ledger_is_read_as_written_and_a_bad_line_costs_one(
    tmp_path_factory: pytest.TempPathFactory,
    listed: list[Named],
    settings: dict[str, str],
    data: st.DataObject,
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "ledger.jsonl"
    ledger, whole = Ledger(path), Told({n.path: n for n in listed}, settings)
    ledger.append(Told({}, settings))
    stamp = ledger.stamp
    for named in listed:
        ledger.append(Told({named.path: named}))
    assert ledger.read() == whole
    assert ledger.read(stamp) == Told(whole.named)
    ledger.rewrite(whole)
    assert ledger.read() == whole
    lines = written(whole).splitlines(keepends=True)
    if lines:
        n = data.draw(st.integers(0, len(lines) - 1))
        at = data.draw(st.integers(0, len(lines[n]) - 2))
        flipped = bytearray(lines[n])
        flipped[at] ^= 0x80  # never into a line's end
        path.write_bytes(b"".join([*lines[:n], bytes(flipped), *lines[n + 1 :]]))
        read = ledger.read()
        assert read is not None and read.damaged == 1
        assert len(read.named) + len(read.settings) == len(lines) - 1
        before = list(whole.named)[: max(0, n - len(settings))]
        assert [p for p, each in read.named.items() if each.doubt] == before


def tear(path: Path, told: Told, at: int) -> None:
    with path.open("ab") as stream:
        stream.write(written(told)[:at])


@pytest.mark.parametrize(
    ("at", "doubted"), [(1, ["a"]), (14, ["a"]), (20, ["a"]), (24, ["b\n"]), (-2, ["b\n"])]
)
def test_what_a_line_cut_off_may_have_told_is_in_doubt(
    tmp_path: Path, at: int, doubted: list[str]
) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.append(Told({"a": Named("a", "1")}))
    stamp = ledger.stamp
    tear(tmp_path / "ledger.jsonl", Told({"b\n": Named("b\n", "2")}), at)
    read = ledger.read()
    assert read is not None and [p for p, n in read.named.items() if n.doubt] == doubted
    assert read.damaged == (doubted == ["a"])
    # Who was there before it was written knows that it was never promised.
    assert ledger.read(stamp) == Told()
    ledger.append(Told({"c": Named("c", "3")}))
    read = ledger.read()
    assert read is not None and list(read.named) == ["a", "c"] and read.damaged == 1


def test_a_setting_cut_off_closes_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.append(Told({"a": Named("a", "1")}))
    tear(tmp_path / "ledger.jsonl", Told({}, {"shipped": "x"}), 25)
    assert ledger.read() == Told({"a": Named("a", "1")})


@given(names)
def test_in_doubt_nothing_stands_but_what_is_closed(named: Named) -> None:
    assert named.stands == named.decided
    doubted = named._replace(doubt=True)
    assert {d.level for d in doubted.stands} == {"closed"}
    assert Named("x", None, doubted.stands, doubt=True).stands == doubted.stands


# ------------------------------------------------------------- of two, who is believed

OPEN, SHUT = (Decision("", "", "public"),), (Decision("", "", "closed"),)


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("harmed", [True, False])
@pytest.mark.parametrize(("told", "mine"), [(OPEN, SHUT), (SHUT, OPEN), (SHUT, ()), ((), SHUT)])
def test_a_sound_ledger_is_the_truth_where_both_are_of_one_state_else_the_narrower_is(
    together: bool, harmed: bool, told: tuple[Decision, ...], mine: tuple[Decision, ...]
) -> None:
    ledger = Told({"a": Named("a", "1", told)}, {"s": "new"})
    stands = believed(ledger, Told({"a": Named("a", "1", mine)}, {"s": "old"}), together, harmed)
    assert stands.named["a"].stands == (told if together else SHUT)
    assert stands.settings == {"s": "new" if together or harmed else "old"}


def test_who_is_in_doubt_is_not_believed_and_two_in_doubt_are_closed() -> None:
    doubted, sure = Named("a", "1", OPEN, doubt=True), Named("a", "1", OPEN)
    for ledger, mine in ((doubted, sure), (sure, doubted)):
        stands = believed(Told({"a": ledger}), Told({"a": mine}), together=False)
        assert stands.named["a"].stands == OPEN
    for harmed, mine in ((True, sure), (False, doubted)):
        stands = believed(Told({"a": doubted}), Told({"a": mine}), False, harmed)
        assert stands.named["a"].stands == SHUT


def test_a_name_that_a_harmed_catalogue_alone_tells() -> None:
    only = Told({"x": Named("x", "1")})
    assert believed(Told(), only, together=True, harmed=True).named == {}
    assert believed(Told(), only, together=False, harmed=True).named["x"].stands == ()
    assert believed(Told(damaged=1), only, True, harmed=True).named["x"].stands == SHUT
    assert believed(Told(damaged=1), only, together=True).named["x"].stands == ()


def test_what_one_alone_decided_of_a_document_is_no_wider_than_the_others_of_its_file() -> None:
    own = (Decision("t 1/1", "1", "staff"),)
    stands = believed(Told({"a": Named("a", "1", own)}), Told({"a": Named("a", "1", SHUT)}), False)
    assert {d.level for d in stands.named["a"].stands} == {"closed"}


# -------------------------------------------------------------- with the catalogue


def test_every_change_is_in_the_ledger(home: Home) -> None:
    catalogue = Catalogue(home)
    file = make("a.txt", "tekst")
    catalogue.decide_file("a.txt", "staff")
    file.store(catalogue)
    catalogue.decide(file.documents[0].id, "closed")
    catalogue.set_setting("shipped", "[1]")
    key, source = "forslag øu10 1/1", file.source.id
    assert told(home) == Told(
        {"a.txt": Named("a.txt", source, (Decision("", "", "staff"),
                                          Decision(key, source, "closed")))},
        {"shipped": "[1]"},
    )  # fmt: skip
    catalogue.remove(source)
    assert told(home).named == {}
    assert b"a.txt" not in home.ledger.read_bytes()


def test_a_lost_catalogue_finds_its_files_and_who_may_see_them(home: Home) -> None:
    files = stocked(home, "a.txt", "b.txt", "c.txt")
    catalogue = Catalogue(home)
    catalogue.decide(files[1].documents[0].id, "closed")
    catalogue.close()
    lose(home)
    catalogue = Catalogue(home)
    assert catalogue.pending() == [(f.source.path, f.source.id) for f in files]
    # The first write tidies: it removes no copy.
    files[0].store(catalogue)
    assert {p.name for p in home.files.iterdir()} == {f.source.id for f in files}
    files[1].store(catalogue)
    catalogue.close()
    assert levels(home) == {"a.txt": "public", "b.txt": "closed"}


def test_copies_without_any_name_stay_and_come_in_closed(home: Home) -> None:
    files = stocked(home, "a.txt", "b.txt")
    lose(home)
    home.ledger.unlink()
    catalogue = Catalogue(home)
    wanted = {(f.source.id[:16] + ".txt", f.source.id) for f in files}
    assert set(catalogue.pending()) == wanted
    make("c.txt", "ny").store(catalogue)
    assert all(catalogue.file(f.source.id).is_file() for f in files)
    named = make(files[0].source.id[:16] + ".txt", "tekst i a.txt")
    catalogue.close()
    assert {n.decided for p, n in told(home).named.items() if p != "c.txt"} == {
        (Decision("", "", "closed"),)
    }
    assert named


def test_a_lost_ledger_is_written_again_from_the_catalogue(home: Home) -> None:
    stocked(home, "a.txt", "b.txt")
    catalogue = Catalogue(home)
    catalogue.decide_file("b.txt", "closed")
    catalogue.close()
    before = told(home)
    home.ledger.unlink()
    Catalogue(home).close()
    assert told(home) == before


def test_an_older_catalogue_put_back_catches_up(home: Home) -> None:
    (first,) = stocked(home, "a.txt")
    older = home.catalogue.read_bytes()
    catalogue = Catalogue(home)
    second = make("b.txt", "kom siden")
    second.store(catalogue)
    catalogue.decide(first.documents[0].id, "closed")
    catalogue.close()
    lose(home)
    home.catalogue.write_bytes(older)
    catalogue = Catalogue(home)
    assert [d.access for d in catalogue.documents()] == ["closed"]
    assert catalogue.pending() == [("b.txt", second.source.id)]
    make("c.txt", "ny").store(catalogue)
    assert catalogue.file(second.source.id).is_file()


def test_of_two_that_know_a_path_the_narrower_stands(home: Home) -> None:
    files = stocked(home, "a.txt", "b.txt")
    catalogue = Catalogue(home)
    catalogue.decide_file("a.txt", "closed")
    catalogue.close()
    other = Told({
        "a.txt": Named("a.txt", files[0].source.id),
        "b.txt": Named("b.txt", files[1].source.id, (Decision("", "", "staff"),)),
    })  # fmt: skip
    home.ledger.write_bytes(written(other))
    assert levels(home) == {"a.txt": "closed", "b.txt": "staff"}


def test_a_name_told_before_a_bad_line_comes_in_closed(home: Home) -> None:
    files = stocked(home, "a.txt", "b.txt")
    lose(home)
    lines = home.ledger.read_bytes().splitlines(keepends=True)
    home.ledger.write_bytes(b"".join([lines[0], b"x" + lines[1][1:]]))
    catalogue = Catalogue(home)
    for file in files:
        file.store(catalogue)
    catalogue.close()
    assert levels(home) == {"a.txt": "closed", "b.txt": "public"}
    assert all(n.decided for n in told(home).named.values() if n.path != "b.txt")


def test_a_torn_line_and_a_lost_catalogue_reopen_nothing(home: Home) -> None:
    files = stocked(home, "a.txt", "b.txt")
    catalogue = Catalogue(home)
    catalogue.decide(files[0].documents[0].id, "public")
    catalogue.decide_file("a.txt", "closed")
    catalogue.close()
    lose(home)
    home.ledger.write_bytes(home.ledger.read_bytes()[:-5])
    catalogue = Catalogue(home)
    for file in files:
        file.store(catalogue)
    catalogue.close()
    assert levels(home) == {"a.txt": "closed", "b.txt": "public"}


def test_a_torn_line_of_what_never_came_in_closes_it_when_it_does(home: Home) -> None:
    stocked(home, "a.txt")
    tear(home.ledger, Told({"n.txt": Named("n.txt", None, SHUT)}), 40)
    lose(home)
    stocked(home, "a.txt", "n.txt")
    assert levels(home) == {"a.txt": "public", "n.txt": "closed"}


def test_an_older_catalogue_and_a_bad_line_after_it_open_nothing(home: Home) -> None:
    stocked(home, "a.txt", "b.txt")
    older = home.catalogue.read_bytes()
    catalogue = Catalogue(home)
    catalogue.decide_file("a.txt", "closed")
    catalogue.decide_file("b.txt", "staff")
    catalogue.close()
    lose(home)
    home.catalogue.write_bytes(older)
    lines = home.ledger.read_bytes().splitlines(keepends=True)
    lines[-2] = b"x" + lines[-2][1:]
    home.ledger.write_bytes(b"".join(lines))
    assert levels(home) == {"a.txt": "closed", "b.txt": "staff"}


def test_a_copy_that_only_the_ledger_names_is_not_tidied_away(home: Home) -> None:
    (file,) = stocked(home, "a.txt")
    catalogue = Catalogue(home)
    # A flipped byte: the catalogue knows another name for the copy.
    for table, column in (("source_path", "source"), ("source", "id"), ("page", "source")):
        catalogue._database.rows("PRAGMA foreign_keys = OFF")
        catalogue._database.rows(f"UPDATE {table} SET {column} = replace({column}, ?, ?)",
                                 file.source.id, "f" * 64)  # fmt: skip
    make("b.txt", "ny").store(catalogue)
    assert catalogue.file(file.source.id).is_file()


def test_what_the_disk_refuses_leaves_no_trace_in_the_ledger(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    stocked(home, "a.txt")
    before = home.ledger.read_bytes()
    catalogue = Catalogue(home)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rag.store.ledger.os.fsync", full)
    with pytest.raises(CatalogueError, match="No space left"):
        catalogue.decide_file("a.txt", "closed")
    monkeypatch.undo()
    assert home.ledger.read_bytes() == before
    assert [d.access for d in catalogue.documents()] == ["public"]


SCRIPT = """
import os, signal, sys
from pathlib import Path
from stores import make
from rag.store.catalogue import Catalogue
from rag.store.ledger import Ledger
from rag.home import Home

catalogue = Catalogue(Home(Path(sys.argv[1])))
append = Ledger.append
def killed(self, told):
    append(self, told)
    os.kill(os.getpid(), signal.SIGKILL)
Ledger.append = killed
catalogue.decide_file("a.txt", "closed")
"""


def test_a_decision_killed_between_ledger_and_catalogue_is_done_after_all(home: Home) -> None:
    stocked(home, "a.txt")
    paths = os.pathsep.join([str(HERE), str(HERE.parent.parent)])
    process = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(home.folder)],
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    assert process.returncode == -signal.SIGKILL
    assert levels(home) == {"a.txt": "closed"}
