from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from stores import make

from rag.home import Home
from rag.store.catalogue import Catalogue

HERE = Path(__file__).parent

# Stores files, and is killed as one of them reaches a step of `Catalogue.replace`.
SCRIPT = """
import os, signal, sys
from pathlib import Path
from stores import make
from rag.store import rows
from rag.store.catalogue import Catalogue
from rag.store.database import Database
from rag.store.files import Files
from rag.home import Home

home, where = Home(Path(sys.argv[1])), sys.argv[2]
catalogue = Catalogue(home)
make("a.txt", "første udgave").store(catalogue)
make("b.txt", "en anden").store(catalogue)
owner, name = {
    "copying": (os, "fsync"),
    "copied": (Catalogue, "has"),
    "writing": (rows, "put_passages"),
    "written": (Catalogue, "clear_failure"),
    "deleting": (Files, "discard"),
}[where]
setattr(owner, name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
make("a.txt", "anden udgave", "med en side mere").store(catalogue)
"""


@pytest.mark.parametrize("where", ["copying", "copied", "writing", "written", "deleting"])
def test_a_killed_ingest_leaves_whole_files(tmp_path: Path, where: str) -> None:
    paths = os.pathsep.join([str(HERE), str(HERE.parent.parent)])
    process = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path), where],
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    assert process.returncode == -signal.SIGKILL
    old = make("a.txt", "første udgave")
    new = make("a.txt", "anden udgave", "med en side mere")
    expected = new if where == "deleting" else old
    home = Home(tmp_path)
    catalogue = Catalogue(home)
    assert catalogue.source_at("a.txt") == expected.source.id
    document = expected.documents[0].id
    assert catalogue.passages(document_ids=[document]) == expected.passages
    assert catalogue.figures(document_ids=[document]) == expected.figures
    assert len(catalogue.documents()) == 2
    assert {catalogue.file(s.id).is_file() for s in catalogue.sources()} == {True}
    make("c.txt", "en tredje").store(catalogue)
    assert {p.name for p in home.files.iterdir()} == {s.id for s in catalogue.sources()}
    connection = sqlite3.connect(home.catalogue)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
