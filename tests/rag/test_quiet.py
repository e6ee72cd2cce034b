from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent

# Everything the stores do, with a network that says what it was asked for.
STEPS = """
import sys
from pathlib import Path

def guard(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        address = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
        host = address[0] if isinstance(address, tuple) else address
        if host not in ("127.0.0.1", "::1", "localhost"):
            print("CONNECTS", event, address, flush=True)

sys.addaudithook(guard)
from rag.quiet import quiet
quiet()
from stores import EMBEDDER, embed, make
from rag.store.catalogue import Catalogue
from rag.home import Home
from rag.store.records import Records
from rag.search.vectors import Vectors
from rag.search.words import Words

home = Home(Path(sys.argv[1]) / "home")
catalogue = Catalogue(home)
make("a.txt", "årsværk nedlægges").store(catalogue)
vectors, words = Vectors(home, catalogue, EMBEDDER), Words(home, catalogue, str.split_words)
assert vectors.search(embed(["årsværk"])[0], 1) and words.search([("årsværk", 1.0)], 1)
make("b.txt", "årsværk oprettes").store(catalogue)
assert len(vectors.search(embed(["årsværk"])[0], 9)) == len(words.search([("årsværk", 1.0)], 9))
for index in (vectors, words):
    index.rebuild()
Records(home).check()
for index in (vectors, words):
    index.close()
print("DONE", flush=True)
""".replace("str.split_words", "analyse").replace(
    "home = Home", "def analyse(text):\n    return text.split()\n\nhome = Home"
)


def run(folder: Path, script: str, before: tuple[str, ...] = ()) -> str:
    """Run `script` with an empty home folder and an environment that asks for telemetry."""
    user = folder / "user"
    user.mkdir()
    wishes = {"ANONYMIZED_TELEMETRY": "True", "LANGSMITH_TRACING": "true", "LANGSMITH_API_KEY": "x"}
    result = subprocess.run(
        [*before, sys.executable, "-c", script, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={
            **{k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"},
            **wishes,
            "HOME": str(user),
            "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent.parent)]),
        },
    )
    assert result.returncode == 0, result.stdout
    return result.stdout


def test_no_step_connects_beyond_loopback_nor_writes_at_home(tmp_path: Path) -> None:
    assert run(tmp_path, STEPS).splitlines() == ["DONE"]
    assert list((tmp_path / "user").rglob("*")) == []


@pytest.mark.skipif(not shutil.which("strace"), reason="strace sees what Rust libraries do")
def test_no_library_connects_behind_python(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    strace = ("strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,bind", "-o", str(log))
    assert "DONE" in run(tmp_path, STEPS, strace)
    calls = [line for line in log.read_text().splitlines() if re.search(r"AF_INET|port=", line)]
    assert [c for c in calls if "127.0.0.1" not in c and "::1" not in c] == []


def test_the_guard_sees_a_connection(tmp_path: Path) -> None:
    head = STEPS.partition("from rag.quiet")[0]
    asks = (
        "import socket\n"
        "with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:\n"
        "    s.connect(('192.0.2.1', 9))\n"
    )
    assert "CONNECTS socket.connect ('192.0.2.1', 9)" in run(tmp_path, head + asks)


def test_libraries_hear_it(tmp_path: Path) -> None:
    script = """
from rag.quiet import quiet
quiet()
from chromadb.config import Settings
from huggingface_hub import constants
from langsmith.utils import tracing_is_enabled
from streamlit import config
print(Settings().anonymized_telemetry, constants.HF_HUB_DISABLE_TELEMETRY,
      constants.HF_HUB_OFFLINE, tracing_is_enabled(), config.get_option("browser.gatherUsageStats"))
"""
    assert run(tmp_path, script).split() == ["False", "True", "True", "False", "False"]
