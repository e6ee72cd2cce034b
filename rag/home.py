"""The data folder: where everything lies, and who may write."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import HomeError
from rag.types import Text

VARIABLE = "RAADSVAR_HOME"
_ROOM = 1 << 20  # bytes; with less, hardly anything of ours can be written
CHECKOUT = Path(__file__).resolve().parent.parent


_OTHERS = 0o077  # the bits of a file's mode that are of other users than its owner
_OURS = (
    *("catalogue.*", "ledger.*", "records.*", "known_answers.*"),
    *("ended", "lock", "ingesting", "embedding", "restored"),
)


class Home:
    """The data folder and the paths in it.

    `files/<sha256>` are copies of every file ingested, `ledger` their names and who
    may see them, `catalogue` what was read from them, `aside` one that was damaged while
    copies are lost that it was read from, `chroma` and `words` indexes
    made from the catalogue, `records` what people made. `restoring` is there while a
    backup is put back, `restored` until it is read again.
    """

    def __init__(self, folder: Path | None = None, restoring: bool = False) -> None:
        """Use `folder`, else RAADSVAR_HOME, else `data/` in the checkout; make it if missing.

        It is closed to other users of the machine, and so is all that this process writes
        from now on. Raises HomeError when the folder cannot be made, closed or read. One that
        cannot be written can be read; `writing` raises then. One that a backup was only half
        put back in is for those alone who are `restoring` it.
        """
        named = os.environ.get(VARIABLE)
        folder = folder or (Path(named).expanduser() if named else CHECKOUT / "data")
        self.folder = folder.absolute()
        self.files = self.folder / "files"
        self.ledger = self.folder / "ledger.jsonl"
        self.catalogue = self.folder / "catalogue.sqlite"
        self.aside = self.folder / "catalogue.sqlite.damaged"
        self.chroma = self.folder / "chroma"
        self.words = self.folder / "words"
        self.records = self.folder / "records.sqlite"
        self.restoring = self.folder / "restoring"
        self.restored = self.folder / "restored"
        os.umask(_OTHERS)
        try:
            self.files.mkdir(parents=True, exist_ok=True)
            self._close()
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from error
        for path in (self.folder, self.files):
            if not os.access(path, os.R_OK | os.X_OK):
                raise self._unusable("Permission denied")
        if self.restoring.exists() and not restoring:
            raise HomeError(
                Text(
                    f"En sikkerhedskopi blev kun halvt lagt tilbage i {self.folder}. "
                    "Kør »raadsvar restore« igen.",
                    f"A backup was only half put back in {self.folder}. "
                    "Run `raadsvar restore` again.",
                )
            )

    @property
    def writable(self) -> bool:
        """Whether the folder can be written, as far as permissions tell."""
        return all(os.access(path, os.W_OK | os.X_OK) for path in (self.folder, self.files))

    def check_writable(self) -> None:
        """Raise HomeError where the folder may only be read."""
        if not self.writable:
            raise self._unusable(os.strerror(errno.EROFS))

    @contextmanager
    def writing(self, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Hold the lock of the one process and thread that writes the catalogue.

        A holder may enter again. `on_wait` is called once if another holds it. Raises
        HomeError where the folder cannot be written.
        """
        self.check_writable()
        with locked(self.folder / "lock", on_wait):
            yield

    @contextmanager
    def ingesting(self, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Hold the lock of the one that reads files in, as `writing` is held.

        It is held for long; `writing` only for what is written, so that a document is closed
        or removed at once, also while files are read. Raises as `writing` does.
        """
        self.check_writable()
        with locked(self.folder / "ingesting", on_wait):
            yield

    @contextmanager
    def embedding(self) -> Iterator[bool]:
        """Hold the lock of the one that makes vectors; False, without waiting, if another does.

        Raises as `writing` does.
        """
        self.check_writable()
        lock = FileLock(self.folder / "embedding", is_singleton=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def _close(self) -> None:
        """Take the folder, and what an older version left open in it, from other users."""
        if not self.folder.stat().st_mode & _OTHERS or not self.writable:
            return  # a disk that may only be read is read as it is
        self.folder.chmod(0o700)
        # What is ours alone: the folder named may hold other things.
        mine = (self.files, self.chroma, self.words)
        found = [*mine, *(path for each in mine for path in each.rglob("*"))]
        found += [path for name in _OURS for path in self.folder.glob(name)]
        for path in found:
            if path.exists() and not path.is_symlink():
                path.chmod(0o700 if path.is_dir() else 0o600)

    def _unusable(self, cause: str) -> HomeError:
        return HomeError(
            Text(
                f"Datamappen {self.folder} kan ikke bruges ({cause}). "
                f"Vælg en anden med {VARIABLE}, eller ret dens adgang.",
                f"The data folder {self.folder} cannot be used ({cause}). "
                f"Choose another with {VARIABLE}, or mend its permissions.",
            )
        )


def is_data(folder: Path) -> bool:
    """Tell whether a folder is a data folder, or one of those in it: ours or another's."""
    whole = folder.resolve()
    home = whole.parent if whole.name in ("files", "chroma", "words", "restoring") else whole
    return any(
        (each / "files").is_dir()
        and any((each / name).exists() for name in ("catalogue.sqlite", "ledger.jsonl"))
        for each in (whole, home)
    )


def disk_trouble(path: Path) -> Text | None:
    """Return what keeps the disk that `path` lies on from being written, None where nothing does.

    Libraries name these causes in many ways, some of them wrong.
    """
    folder = next(each for each in (path, *path.parents) if each.is_dir())
    if not os.access(folder, os.W_OK):
        return Text("mappen kan kun læses", "the folder may only be read")
    if shutil.disk_usage(folder).free < _ROOM:
        return Text("disken er fuld", "the disk is full")
    return None


@contextmanager
def locked(path: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock file `path`; its holder may enter again, others wait.

    `on_wait` is called once before waiting. The lock of a killed process is free.
    """
    # One object a path, so that the same thread can enter twice.
    lock = FileLock(path, is_singleton=True)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        on_wait()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
