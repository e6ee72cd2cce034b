"""The command in a process of its own, forked: all is imported once, and a kill hits the work."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import cli
from ingest import pipeline, rebuild  # noqa: F401 (imported once, before any fork)
from rag.chain import Assistant  # noqa: F401
from rag.search import vectors, words  # noqa: F401
from rag.search.embed import load_embedder

T = TypeVar("T")
CRASHED, HUNG = 70, 71
_LONGEST = 180.0  # seconds


@dataclass(frozen=True)
class Ran:
    """What became of a command: its exit code (negative: the signal), its words, its seconds."""

    code: int
    told: str
    seconds: float

    @property
    def killed(self) -> bool:
        """Whether it was killed before it ended."""
        return self.code == -signal.SIGKILL

    @property
    def crashed(self) -> bool:
        """Whether it ended by an error that it has no words for, or not at all."""
        return self.code in (CRASHED, HUNG) or "Traceback (most recent call last)" in self.told


def warm() -> None:
    """Load what every command needs."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    load_embedder()


def run(home: Path, *arguments: object, kill_after: float | None = None) -> Ran:
    """Run the command on the data folder `home`; kill it after so many seconds, if given."""

    def command() -> int:
        os.environ["RAADSVAR_HOME"] = str(home)
        sys.argv = ["raadsvar", *map(str, arguments)]
        try:
            cli.main()
        except SystemExit as done:
            return int(done.code or 0)
        return 0

    with tempfile.TemporaryFile() as out:
        code, seconds = _forked(command, out.fileno(), kill_after)
        out.seek(0)
        return Ran(code, out.read().decode("utf8", "replace"), seconds)


def ask(question: Callable[..., T], *arguments: Any) -> T:
    """Return `question(*arguments)`, asked in a process of its own. Raises RuntimeError."""
    with tempfile.TemporaryFile() as out, tempfile.NamedTemporaryFile() as answer:

        def command() -> int:
            Path(answer.name).write_bytes(pickle.dumps(question(*arguments)))
            return 0

        code, _ = _forked(command, out.fileno(), None)
        if code:
            out.seek(0)
            raise RuntimeError(out.read().decode("utf8", "replace")[-800:])
        found: T = pickle.loads(Path(answer.name).read_bytes())
        return found


def _forked(command: Callable[[], int], out: int, kill_after: float | None) -> tuple[int, float]:
    sys.stdout.flush()
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        code = CRASHED
        try:
            os.dup2(out, 1)
            os.dup2(out, 2)
            code = command()
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    limit = _LONGEST if kill_after is None else kill_after
    while time.monotonic() - start < limit:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), time.monotonic() - start
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return (HUNG if kill_after is None else code), time.monotonic() - start
