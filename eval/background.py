"""One run at a time beside the app, in a process of its own, and how far it is."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.home import CHECKOUT, Home
from rag.types import Access, Text

_ENDED = Text(
    "Kørslen blev afbrudt. Intet er gemt af den; start den igen.",
    "The run was broken off. Nothing of it is kept; start it again.",
)


@dataclass(frozen=True)
class State:
    """How far a run is: `done` of `total` questions.

    At last it has the `number` that the run is kept as, or the `error` it ended with.
    """

    running: bool = False
    done: int = 0
    total: int = 0
    number: int | None = None
    error: Text | None = None


class Background:
    """Runs collections of a data folder, one run at a time. Safe to share between sessions."""

    def __init__(self, home: Home) -> None:
        """Run in `home`."""
        self._home, self._lock, self._state = home, threading.Lock(), State()
        self._process: subprocess.Popen[str] | None = None

    @property
    def state(self) -> State:
        """How far the run is that was started last."""
        return self._state

    def start(self, names: Sequence[str], levels: frozenset[Access]) -> None:
        """Begin a run of the collections of these names, unless one is running.

        It sees the documents of `levels` in the data folder.
        """
        with self._lock:
            if self._state.running:
                return
            self._state = State(running=True)
        command = [sys.executable, "-m", "eval.worker", str(self._home.folder)]
        self._process = subprocess.Popen(
            [*command, ",".join(levels), *names],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf8",
        )
        threading.Thread(target=self._follow, args=(self._process,), daemon=True).start()

    def stop(self) -> None:
        """Break off the run, if there is one."""
        if self._process is not None:
            self._process.terminate()

    def _follow(self, process: subprocess.Popen[str]) -> None:
        with process:
            for line in process.stdout or ():
                self._state = _after(self._state, line)
        if self._state.number is None and self._state.error is None:
            self._state = replace(self._state, error=_ENDED)
        self._state = replace(self._state, running=False)


def _after(state: State, line: str) -> State:
    try:
        told = json.loads(line)
    except json.JSONDecodeError:
        return state  # a library's own print
    if "error" in told:
        return replace(state, error=Text(*told["error"]))
    return replace(state, **told)
