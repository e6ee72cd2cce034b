"""Copies of the ingested files, each under the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from rag.errors import CatalogueError
from rag.types import Text

_PART = ".part"
_OURS = re.compile(r"[0-9a-f]{64}(\.part)?")


class Files:
    """The folder `files/`. Only the holder of the writer lock writes it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha: str) -> Path:
        """Return where the copy of a file lies."""
        return self._folder / sha

    def put(self, sha: str, data: bytes) -> None:
        """Store `data`, whole or not at all.

        Raises ValueError when its SHA-256 is not `sha`, CatalogueError when the
        disk refuses.
        """
        if hashlib.sha256(data).hexdigest() != sha:
            raise ValueError(f"the bytes are not those of {sha}")
        target, part = self.path(sha), self.path(sha + _PART)
        if target.exists() and target.stat().st_size == len(data):
            return
        try:
            with part.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(target)
            self._sync_folder()
        except OSError as error:
            part.unlink(missing_ok=True)
            raise CatalogueError(
                Text(
                    f"Filen kunne ikke gemmes i {self._folder}: {error.strerror}.",
                    f"The file could not be stored in {self._folder}: {error.strerror}.",
                )
            ) from error

    def discard(self, shas: Iterable[str]) -> None:
        """Delete the copies of these files."""
        for sha in shas:
            self.path(sha).unlink(missing_ok=True)

    def tidy(self, keep: set[str]) -> None:
        """Delete what a killed ingest left: all but the copies in `keep`."""
        names = {p.name for p in self._folder.iterdir()} - keep
        self.discard(name for name in names if _OURS.fullmatch(name))

    def _sync_folder(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
