"""An index made from the catalogue: kept in step with it, made again when it is broken.

A projection's folder holds its builds, of which `state.json` names the one in
use, what made it, which stamp of the catalogue it has reached, and how many
passages it holds. An index that is made again is a new build beside the old
one, so that whoever reads the old one is not disturbed. One process at a time
writes; one that was killed while writing leaves `writing` behind, and its build
is not trusted again.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import threading
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from filelock import FileLock, Timeout

from rag.errors import ProjectionError, RaadsvarError
from rag.home import disk_trouble
from rag.store.catalogue import Catalogue
from rag.store.changes import Changes
from rag.types import Text

Progress = Callable[[int, int], None]
T = TypeVar("T")

_BATCH = 200


@dataclass(frozen=True)
class State:
    """What `state.json` says. `turn` differs after every write."""

    build: str
    maker: str
    stamp: str
    count: int
    writing: bool
    turn: int = 0


class Projection(ABC):
    """An index of the catalogue's passages. Safe to use from several threads.

    `maker` names what the index is made with (embedder or analyser); an index
    of another maker is made again. `changes` is the log that it keeps up with.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, maker: str, changes: Changes) -> None:
        self._folder = self._beside(folder)
        self._catalogue, self._changes = catalogue, changes
        self._maker = maker
        self._mutex = threading.RLock()
        self._opened: State | None = None

    def _beside(self, folder: Path) -> Path:
        """Return where the index is used: in a copy where `folder` may only be read."""
        home = next(each for each in (folder, *folder.parents) if each.exists())
        # Reading takes locks too.
        return folder if os.access(home, os.W_OK) else self._copied(folder)

    def _copied(self, folder: Path) -> Path:
        """Return a copy of `folder` on the disk of temporary files; it goes with this object."""
        made = mkdtemp(prefix="raadsvar-")
        weakref.finalize(self, shutil.rmtree, made, ignore_errors=True)
        copy = Path(made, folder.name)
        if folder.exists():
            shutil.copytree(folder, copy)
        return copy

    def refresh(self, progress: Progress | None = None) -> None:
        """Bring the index up to date with the catalogue, waiting for another writer.

        `progress` is told documents done and their number. Raises ProjectionError.
        """
        with self._mutex:
            self._catch_up(wait=True, progress=progress)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make the index again from the catalogue. Raises ProjectionError."""
        with self._mutex, self._lock(wait=True):
            self._build(progress)

    def close(self) -> None:
        """Close the index; it opens again when used."""
        with self._mutex:
            self._release()

    # ---------------------------------------------------------- what a kind does

    @abstractmethod
    def _open(self, folder: Path, new: bool) -> None:
        """Open the index in `folder`, or make an empty one."""

    @abstractmethod
    def _close(self) -> None:
        """Close the index, if it is open."""

    @abstractmethod
    def _count(self) -> int:
        """Return the number of passages in the index."""

    @abstractmethod
    def _finds(self, documents: Sequence[str]) -> bool:
        """Return whether passages of these documents find themselves."""

    @abstractmethod
    def _update(self, documents: Sequence[str], new: bool) -> None:
        """Put what the catalogue holds of these documents in place of what the index does.

        `new`: the index holds nothing of them.
        """

    # ------------------------------------------------------------------- reading

    def _search(self, ask: Callable[[], T]) -> T:
        """Return `ask()` of an index in step with the catalogue; mend it once if that fails."""
        with self._mutex:
            self._keep_up()
            try:
                with _mapped(self._folder):
                    return ask()
            except ProjectionError:
                failed = self._opened
                self._release()
                with self._lock(wait=True):
                    if self._read() == failed:
                        self._build(None)
                self._catch_up(wait=False)
            with _mapped(self._folder):
                return ask()

    def _keep_up(self) -> None:
        """Catch up without waiting; on a disk that takes no more, in a copy on another."""
        try:
            self._catch_up(wait=False)
        except ProjectionError:
            if disk_trouble(self._folder) is None:
                raise
            self._release()
            with _mapped(self._folder):
                self._folder = self._copied(self._folder)
            self._catch_up(wait=False)

    def _catch_up(self, wait: bool, progress: Progress | None = None) -> None:
        stamp = self._changes.stamp
        if self._use(self._read()) and self._opened and self._opened.stamp == stamp:
            return
        try:
            with self._lock(wait=wait or not self._opened):
                state = self._read()
                usable = self._use(state) and state == self._opened
                touched = self._changes.since(state.stamp) if state and usable else None
                if state is None or touched is None:
                    self._build(progress)
                elif touched:
                    self._apply(state, touched, progress)
        except Timeout:
            # Another process is at it: what is open stays good, only older.
            return

    def _use(self, state: State | None) -> bool:
        """Open the build that `state` names; return whether a good one is open."""
        if state is None or state.maker != self._maker:
            self._release()
            return False
        if state == self._opened:
            return True
        if state.writing:
            return self._opened is not None and self._opened.build == state.build
        self._release()
        try:
            with _mapped(self._folder):
                self._open(self._folder / state.build, new=False)
                self._opened = state
                if self._count() == state.count and self._finds(self._sample(state)):
                    return True
        except ProjectionError:
            pass
        self._release()
        return False

    def _sample(self, state: State) -> list[str]:
        """Return a few documents that the index must hold."""
        ids = self._catalogue.document_ids()
        changed = set(self._changes.since(state.stamp) or ())
        return [id for id in ids[:: len(ids) // 5 + 1] if id not in changed]

    # ------------------------------------------------------------------- writing

    def _build(self, progress: Progress | None) -> None:
        self._release()
        old = self._read()
        turn = old.turn + 1 if old else 1
        stamp = self._changes.stamp
        state = State(f"build-{secrets.token_hex(6)}", self._maker, stamp, 0, True, turn)
        folder = self._folder / state.build
        try:
            with _mapped(self._folder):
                folder.mkdir(parents=True)
                self._open(folder, new=True)
                self._write(self._catalogue.document_ids(), True, progress)
                state = replace(state, writing=False, count=self._count())
                self._save(state)
                self._tidy(state.build)
        except ProjectionError:
            # Half a build on a full disk is what keeps it full.
            self._release()
            shutil.rmtree(folder, ignore_errors=True)
            raise
        # Opened anew, as any reader would: what was written must be there.
        if not self._use(state):
            raise _failure(self._folder, "not found after writing")

    def _apply(self, state: State, touched: Sequence[str], progress: Progress | None) -> None:
        stamp = self._changes.stamp
        with _mapped(self._folder):
            self._save(replace(state, writing=True))
            self._write(touched, False, progress)
            state = replace(state, stamp=stamp, count=self._count(), turn=state.turn + 1)
            self._save(state)
            self._opened = state
            self._tidy(state.build)

    def _write(self, documents: Sequence[str], new: bool, progress: Progress | None) -> None:
        for first in range(0, len(documents), _BATCH):
            batch = documents[first : first + _BATCH]
            self._update(batch, new)
            if progress:
                progress(first + len(batch), len(documents))

    def _tidy(self, build: str) -> None:
        """Delete all builds but one."""
        for path in self._folder.glob("build-*"):
            if path.name != build:
                shutil.rmtree(path, ignore_errors=True)

    def _release(self) -> None:
        self._opened = None
        self._close()

    @contextmanager
    def _lock(self, wait: bool) -> Iterator[None]:
        """Hold the lock of the one writer; without `wait` raise Timeout if another does."""
        with _mapped(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / "lock", is_singleton=True)
        with lock.acquire(timeout=-1 if wait else 0):
            yield

    def _read(self) -> State | None:
        return read_state(self._folder)

    def _save(self, state: State) -> None:
        part = self._folder / "state.json.part"
        part.write_text(json.dumps(asdict(state)), "utf-8")
        part.replace(self._folder / "state.json")


def read_state(folder: Path) -> State | None:
    """Return what is known of the index in `folder`, None where there is none."""
    try:
        return State(**json.loads((folder / "state.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def _mapped(folder: Path) -> Iterator[None]:
    """Turn whatever an index library raises, Rust panics among it, into ProjectionError."""
    try:
        yield
    except (RaadsvarError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise _failure(folder, str(error)) from error


def _failure(folder: Path, cause: str) -> ProjectionError:
    trouble = disk_trouble(folder)
    told = trouble or Text(cause, cause)
    help_ = (
        Text("Se efter plads på disken og adgang til mappen.", "See to the disk's room and access.")
        if trouble
        else Text("Prøv `raadsvar reindex`.", "Try `raadsvar reindex`.")
    )
    return ProjectionError(
        Text(
            f"Indekset {folder} kan ikke bruges ({told.da}). {help_.da}",
            f"The index {folder} cannot be used ({told.en}). {help_.en}",
        )
    )
