"""Backup, loss of the whole data folder, restore: by the command, as a person would."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from made_pdfs import proposal_pdf
from typer.testing import CliRunner, Result

import cli
from draft.desk import Desk
from draft.inquiry import read_inquiry
from draft.records import Drafts
from rag.answer import Answer
from rag.chain import Assistant
from rag.errors import HomeError, InputError
from rag.home import Home
from rag.store.backup import backup, check
from rag.store.catalogue import Catalogue
from rag.store.conversations import Conversations, feedback
from rag.store.records import Records
from rag.store.restore import restore

ROOT = Path(__file__).parents[1]
ROWS = [("Besparelse", "-100", "-200", "-300", "-400"),
        ("Ændring i antal årsværk", "-1", "-2", "-3", "-4")]  # fmt: skip
Command = Callable[..., Result]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("RAADSVAR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("RAADSVAR_LANGUAGE", "en")
    # The checkout's own sign-in is none of the tests' business.
    monkeypatch.setattr("rag.home.CHECKOUT", tmp_path / "checkout")
    (tmp_path / "checkout").mkdir()

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(cli.app, [str(a) for a in arguments])

    return run


@pytest.fixture
def home(tmp_path: Path, command: Command) -> Home:
    """A data folder with all that people make: access, an upload's only copy, talk, drafts."""
    made = tmp_path / "ind"
    made.mkdir()
    proposal_pdf(made / "tu07.pdf", "TU07", "Lys på stierne", ROWS)
    proposal_pdf(made / "tu08.pdf", "TU08", "Hemmelig grund", ROWS)
    assert command("ingest", made).exit_code == 0
    assert command("access", "TU08", "closed").exit_code == 0
    shutil.rmtree(made)
    home = Home(tmp_path / "home")
    assistant, records = Assistant(home), Records(home)
    asked = Conversations(records, "local")
    conversation = asked.start("Årsværk")
    turn = asked.add(conversation, "?", assistant.ask("Hvor mange årsværk nedlægger TU07 i 2029?"))
    asked.judge(turn, "up", "godt svar")
    desk = Desk(assistant, Drafts(records))
    id = desk.open(read_inquiry("Hvad sparer TU07 i 2027?"), "Grete", dt.date(2026, 12, 24))
    desk.edit(id, "Vi sparer 200.000 kr. i 2027.", "Grete")
    assistant.catalogue.close()
    records.close()
    return home


def held(home: Home) -> dict[str, object]:
    """All of a data folder that is to come back."""
    catalogue, records = Catalogue(home), Records(home)
    drafts, asked = Drafts(records), Conversations(records, "local")
    try:
        return {
            "documents": catalogue.documents(),
            "access": catalogue.told(),
            "passages": sorted(p.id for p in catalogue.passages()),
            "copies": sorted(p.name for p in home.files.iterdir()),
            "conversations": [(c, asked.turns(int(c.id))) for c in asked.all()],
            "feedback": feedback(records),
            "drafts": [(d, drafts.versions(d.id), drafts.events(d.id)) for d in drafts.all()],
        }
    finally:
        catalogue.close()
        records.close()


def test_all_is_back_after_the_loss_of_the_whole_folder(
    command: Command, home: Home, tmp_path: Path
) -> None:
    before = held(home)
    secrets = tmp_path / "checkout" / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir()
    secrets.write_text("[auth]\n")
    copy = tmp_path / "kopi.zip"
    taken = command("backup", copy)
    assert taken.exit_code == 0 and f"{copy}: 2 file(s)" in taken.stdout
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    shutil.rmtree(home.folder)
    secrets.unlink()
    assert command("restore", copy).exit_code == 0
    after = held(Home(home.folder))
    for what, kept in before.items():
        assert after[what] == kept, what
    levels = {d.number: d.access for d in after["documents"]}  # type: ignore[attr-defined]
    assert levels == {"TU07": "public", "TU08": "closed"}
    assert secrets.read_text() == "[auth]\n"
    answer = command("ask", "Hvor mange årsværk nedlægger TU07 i 2029?")
    assert "4 årsværk" in answer.stdout


def test_a_backup_overwrites_nothing_and_names_what_is_amiss(
    command: Command, home: Home, tmp_path: Path
) -> None:
    mine = tmp_path / "min.txt"
    mine.write_text("min")
    refused = command("backup", mine)
    assert refused.exit_code == 2 and "min.txt" in refused.stderr
    assert "exists already" in refused.stderr and mine.read_text() == "min"
    nowhere = command("backup", tmp_path / "findes" / "ikke.zip")
    assert nowhere.exit_code == 2 and "No such file" in nowhere.stderr
    catalogue = Catalogue(home)
    source = catalogue.sources()[0]
    catalogue.close()
    (home.files / source.id).unlink()
    lacking = command("backup", tmp_path / "kopi.zip")
    assert lacking.exit_code == 1 and f"{source.path}: its copy is lost" in lacking.stderr
    assert (tmp_path / "kopi.zip").is_file()


def test_a_backup_is_taken_of_a_damaged_catalogue(command: Command, home: Home) -> None:
    before = held(home)
    home.catalogue.write_bytes(b"\xff" * 9000)
    copy = home.folder.parent / "kopi.zip"
    assert command("backup", copy).exit_code == 0
    shutil.rmtree(home.folder)
    assert command("restore", copy).exit_code == 0
    assert held(Home(home.folder))["access"] == before["access"]


@pytest.mark.parametrize("name", ["", ".", "..", "/"])
def test_a_backup_without_a_name_is_refused(command: Command, home: Home, name: str) -> None:
    refused = command("backup", name)
    assert refused.exit_code == 2 and "cannot be written" in refused.stderr


def test_of_two_backups_to_one_name_one_is_made_and_the_other_says_why(
    command: Command, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, whole, others = tmp_path / "kopi.zip", check, []

    def meanwhile(part: Path) -> dict[str, str]:
        monkeypatch.undo()
        with pytest.raises(InputError) as refused:
            backup(home, copy, tmp_path)
        others.append(refused.value.message.en)
        return whole(part)

    monkeypatch.setattr("rag.store.backup.check", meanwhile)
    backup(home, copy, tmp_path)
    assert len(others) == 1 and "another is writing it" in others[0]
    assert check(copy) and not list(tmp_path.glob(".*part"))


def spoil(path: Path, share: float, length: int = 512) -> None:
    data = bytearray(path.read_bytes())
    at = int(len(data) * share) // 4096 * 4096
    data[at : at + length] = b"\xff" * length
    path.write_bytes(data)


def test_of_damaged_records_what_can_be_read_is_in_the_backup(
    command: Command, home: Home, tmp_path: Path
) -> None:
    records = Records(home)
    asked = Conversations(records, "local")
    for n in range(300):
        id = asked.start(f"Samtale {n}")
        asked.add(id, f"Spørgsmål {n}?" * 20, Answer("not_found", "da"))
    before = {t.question for c in asked.all() for t in asked.turns(int(c.id))}
    records.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    records.close()
    spoil(home.records, 0.6)
    assert command("draft", "list").exit_code == 2
    copy = tmp_path / "kopi.zip"
    taken = command("backup", copy)
    assert taken.exit_code == 1 and "are damaged" in taken.stderr
    assert "conversations" in taken.stderr and "feedback" not in taken.stderr.split("part:")[1]
    harmed = home.records.read_bytes()
    shutil.rmtree(home.folder)
    assert command("restore", copy).exit_code == 0
    records = Records(Home(home.folder))
    assert records.check() == []
    asked = Conversations(records, "local")
    after = {t.question for c in asked.all() for t in asked.turns(int(c.id))}
    assert after < before and len(after) > 0.7 * len(before)
    assert Drafts(records).all() and feedback(records)
    records.close()
    assert (home.folder / "records.sqlite.damaged").read_bytes() == harmed


def test_of_records_that_are_none_the_backup_has_the_file(
    command: Command, home: Home, tmp_path: Path
) -> None:
    home.records.write_bytes(b"nej " * 3000)
    taken = command("backup", tmp_path / "kopi.zip")
    assert taken.exit_code == 1 and "conversations, feedback" in taken.stderr
    shutil.rmtree(home.folder)
    assert command("restore", tmp_path / "kopi.zip").exit_code == 0
    assert command("draft", "list").exit_code == 0


def test_a_restore_says_what_becomes_of_the_settings_of_sign_in(
    command: Command, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets, copy = tmp_path / "checkout" / ".streamlit" / "secrets.toml", tmp_path / "kopi.zip"
    secrets.parent.mkdir()
    secrets.write_text("[auth]\n")
    assert command("backup", copy).exit_code == 0

    def restored() -> str:
        shutil.rmtree(home.folder)
        done = command("restore", copy)
        assert done.exit_code == 0
        return done.stderr

    secrets.write_text("[auth] # min\n")
    assert f"{secrets} was there" in restored() and "min" in secrets.read_text()
    secrets.unlink()
    assert f"sign-in are in {secrets}" in restored()
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    secrets.unlink()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rag.store.files.give_name", full)
    assert "could not be written" in restored() and not secrets.exists()
    assert list(secrets.parent.iterdir()) == []


def test_a_restore_killed_while_it_reads_is_run_again(
    command: Command, home: Home, tmp_path: Path
) -> None:
    before, copy, other = held(home), tmp_path / "kopi.zip", tmp_path / "anden.zip"
    assert command("backup", copy).exit_code == 0
    assert command("access", "TU07", "staff").exit_code == 0
    assert command("backup", other).exit_code == 0
    shutil.rmtree(home.folder)
    restore(copy, Home(home.folder, restoring=True), tmp_path / "checkout")
    waiting = command("documents")
    assert "2 file(s) wait to be read again" in waiting.stderr
    assert command("restore", other).exit_code == 2
    assert command("restore", copy).exit_code == 0
    assert held(Home(home.folder)) == before
    assert command("restore", copy).exit_code == 2


KILLED = """
import os, signal, sys, zipfile
from pathlib import Path
from rag.home import Home
from rag.store import backup, restore

def kill(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

what, where, home, archive = sys.argv[1:]
owner, name = {
    "written": (zipfile.ZipFile, "writestr"), "checked": (backup, "check"),
    "named": (os, "link"), "unpacked": (restore, "_unpack"),
    "signed": (restore, "_sign_in"), "ended": (restore.shutil, "rmtree"),
}[where]
setattr(owner, name, kill)
home = Home(Path(home), restoring=what == "restore")
run = backup.backup if what == "backup" else None
if run:
    run(home, Path(archive), Path(home.folder.parent))
else:
    restore.restore(Path(archive), home, Path(home.folder.parent))
"""


def killed(what: str, where: str, home: Path, archive: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-c", KILLED, what, where, str(home), str(archive)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("where", ["written", "checked", "named"])
def test_a_killed_backup_leaves_none_under_its_name(
    command: Command, home: Home, tmp_path: Path, where: str
) -> None:
    copy = tmp_path / "kopi.zip"
    killed("backup", where, home.folder, copy)
    assert not copy.exists()
    assert command("backup", copy).exit_code == 0
    assert [p.name for p in tmp_path.iterdir() if "part" in p.name] == []


@pytest.mark.parametrize("where", ["unpacked", "signed", "ended"])
def test_a_killed_restore_is_run_again_and_nothing_else_is(
    command: Command, home: Home, tmp_path: Path, where: str
) -> None:
    before, copy = held(home), tmp_path / "kopi.zip"
    assert command("backup", copy).exit_code == 0
    shutil.rmtree(home.folder)
    killed("restore", where, home.folder, copy)
    with pytest.raises(HomeError, match="restore"):
        Home(home.folder)
    assert command("documents").exit_code == 2
    assert command("restore", copy).exit_code == 0
    assert held(Home(home.folder)) == before


def test_a_folder_in_use_is_not_restored_over(command: Command, home: Home, tmp_path: Path) -> None:
    before, copy = held(home), tmp_path / "kopi.zip"
    assert command("backup", copy).exit_code == 0
    refused = command("restore", copy)
    assert refused.exit_code == 2 and "is not empty" in refused.stderr
    assert held(home) == before


def test_a_damaged_backup_is_refused_whole(home: Home, tmp_path: Path) -> None:
    copy = tmp_path / "kopi.zip"
    backup(home, copy, tmp_path)
    data = copy.read_bytes()
    for n in range(0, len(data), len(data) // 25):
        harmed = tmp_path / "skadet.zip"
        harmed.write_bytes(data[:n] + bytes([data[n] ^ 0xFF]) + data[n + 1 :])
        empty = Home(tmp_path / "tom")
        try:
            restore(harmed, empty, tmp_path)
        except InputError as error:
            assert "skadet.zip" in error.message.da
            assert sorted(p.name for p in empty.folder.iterdir()) == ["files"]
        else:
            # The byte was one that the archive does not need: all is right.
            assert {p.name: p.read_bytes() for p in empty.files.iterdir()} == {
                p.name: p.read_bytes() for p in home.files.iterdir()
            }
            shutil.rmtree(empty.folder)
    with pytest.raises(InputError, match="is no backup"):
        (tmp_path / "nej.zip").write_text("nej")
        restore(tmp_path / "nej.zip", Home(tmp_path / "tom"), tmp_path)
    with pytest.raises(InputError, match="does not exist"):
        restore(tmp_path / "intet.zip", Home(tmp_path / "tom"), tmp_path)


def test_an_archive_with_a_path_out_of_the_folder_is_refused(tmp_path: Path, home: Home) -> None:
    copy = tmp_path / "kopi.zip"
    backup(home, copy, tmp_path)
    with zipfile.ZipFile(copy, "a") as archive:
        archive.writestr("../ude.txt", "ude")
    with pytest.raises(InputError, match=r"\.\./ude\.txt"):
        restore(copy, Home(tmp_path / "tom"), tmp_path)
    assert not (tmp_path / "ude.txt").exists()
