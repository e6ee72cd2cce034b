"""Clocks, memory and processes of their own."""

from __future__ import annotations

import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def apart(function: Callable[..., dict[str, Any]], **arguments: Any) -> dict[str, Any]:
    """Return what a module's `function` returns in a process of its own, with its peak memory.

    Arguments and results are JSON. Adds `peak_mb`. Raises RuntimeError with the
    process's errors where it fails.
    """
    call = [sys.executable, "-m", "bench.apart", function.__module__, function.__name__]
    done = subprocess.run(
        [*call, json.dumps(arguments)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{function.__module__}.{function.__name__}: {done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def command_seconds(*arguments: str, env: dict[str, str] | None = None) -> float:
    """Return how long a Python process takes from start to end. Raises where it fails."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        check=True,
    )
    return time.perf_counter() - start


def peak_mb() -> float:
    """Return the most memory this process has held, in MB."""
    try:
        # getrusage would tell of the parent too, where this process was forked from a larger one.
        return _status("self", "VmHWM")
    except OSError:
        unit = 1e6 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def held_mb(pid: int) -> float:
    """Return the memory a process holds now, in MB. Linux only."""
    return _status(str(pid), "VmRSS")


def _status(pid: str, field: str) -> float:
    text = Path(f"/proc/{pid}/status").read_text()
    found = re.search(rf"{field}:\s+(\d+) kB", text)
    return int(found[1]) / 1024 if found else 0.0


def folder_mb(folder: Path) -> float:
    """Return the size of all files in a folder, in MB."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def summary(seconds: Sequence[float]) -> dict[str, float]:
    """Return the median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    at = min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))
    return {"median_ms": statistics.median(ordered) * 1e3, "p95_ms": ordered[at] * 1e3}


class Parts:
    """The time spent in each of some functions, less what others of them took meanwhile."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner: list[float] = []

    @contextmanager
    def of(self, *functions: tuple[str, type, str]) -> Iterator[Parts]:
        """Time methods while the block runs: (part, class, method's name) each."""
        originals = [(owner, name, getattr(owner, name)) for _, owner, name in functions]
        for part, owner, name in functions:
            setattr(owner, name, self._timed(part, getattr(owner, name)))
        try:
            yield self
        finally:
            for owner, name, original in originals:
                setattr(owner, name, original)

    def _timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            self._inner.append(0.0)
            start = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                took = time.perf_counter() - start
                self.seconds[part] += took - self._inner.pop()
                if self._inner:
                    self._inner[-1] += took

        return timed
