"""Copies of the ingested files, each under the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from rag.errors import CatalogueError, refused
from rag.home import disk_trouble
from rag.types import Text

_PART = ".part"
SHA = re.compile(r"[0-9a-f]{64}")


class Files:
    """The folder `files/`. Only the holder of the writer lock writes it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha: str) -> Path:
        """Return where the copy of a file lies."""
        return self._folder / sha

    def all(self) -> set[str]:
        """Return the SHA-256 of every copy."""
        return {p.name for p in self._folder.iterdir() if SHA.fullmatch(p.name)}

    def put(self, sha: str, data: bytes) -> None:
        """Store `data`, whole or not at all; over a copy that is damaged, too.

        Raises ValueError when its SHA-256 is not `sha`, CatalogueError when the
        disk refuses.
        """
        if hashlib.sha256(data).hexdigest() != sha:
            raise ValueError(f"the bytes are not those of {sha}")
        if not self.sound(sha):
            write_whole(self.path(sha), data)

    def sound(self, sha: str) -> bool:
        """Return whether the copy of a file is there, with the bytes that it had."""
        try:
            with self.path(sha).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == sha
        except OSError:
            return False

    def discard(self, shas: Iterable[str]) -> None:
        """Delete the copies of these files."""
        for sha in shas:
            self.path(sha).unlink(missing_ok=True)

    def tidy(self, keep: set[str], named: Callable[[], set[str]]) -> None:
        """Delete what a killed ingest left: half copies, and those neither in `keep` nor `named`.

        `named` is asked only where something would go: what one witness has lost,
        the other may know.
        """
        for part in self._folder.glob(f"*{_PART}"):
            if SHA.fullmatch(part.stem):
                part.unlink(missing_ok=True)
        if left := self.all() - keep:
            self.discard(left - named())


def write_whole(target: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises CatalogueError when the disk refuses."""
    part = target.with_name(target.name + _PART)
    try:
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise unwritten(target, error) from error


def write_new(target: Path, data: bytes) -> None:
    """Write a file whole or not at all, and over no other. Raises OSError."""
    part = target.with_name(f".{target.name}{_PART}")
    try:
        part.write_bytes(data)
        part.chmod(0o600)
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        give_name(part, target)
    finally:
        part.unlink(missing_ok=True)


def give_name(part: Path, target: Path) -> None:
    """Give a file its name. Raises FileExistsError where another has got it meanwhile."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        if target.exists():
            raise FileExistsError(f"{target} exists") from None
        part.rename(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Have a folder's names on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def unwritten(path: Path, error: OSError) -> CatalogueError:
    """Return what to tell where the disk refuses a file."""
    cause = error.strerror or str(error)
    return CatalogueError(refused(path, disk_trouble(path) or Text(cause, cause)))
