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
from rag.chain import Assistant
from rag.errors import HomeError, InputError
from rag.home import Home
from rag.store.backup import backup
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
