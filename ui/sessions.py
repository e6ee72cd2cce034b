"""Sign-ins that were ended before their time: by log-out, in every tab and copied cookie."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from threading import Lock

from rag.home import Home

HOURS = 12
"""How long a sign-in lasts: a role taken away is gone by the next working day."""
_lock = Lock()


def end(session: str) -> None:
    """End a sign-in, known by `ui.sign_in.session_of`, for good: a restart does not forget it.

    Raises OSError where that cannot be written; in this process it is ended none the less.
    """
    path = _path()
    with _lock:
        _ended(path).add(session)
        with path.open("a", encoding="ascii") as file:
            file.write(f"{int(time.time()) + HOURS * 3600} {session}\n")


def ended(session: str) -> bool:
    """Tell whether a sign-in was ended."""
    return session in _ended(_path())


def _path() -> Path:
    return Home().folder / "ended"


@cache
def _ended(path: Path) -> set[str]:
    """Return the sign-ins ended; those too old to be believed anyway are let go of."""
    lines = path.read_text("ascii").splitlines() if path.exists() else []
    kept = [line for line in lines if _lasts(line.partition(" ")[0])]
    if kept != lines:
        path.write_text("".join(f"{line}\n" for line in kept), "ascii")
    return {line.partition(" ")[2] for line in kept}


def _lasts(until: str) -> bool:
    return until.isdecimal() and int(until) > time.time()
