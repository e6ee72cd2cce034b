"""Files that people hand in: where each belongs in the collection, and reading them in."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Sequence
from hashlib import sha256
from pathlib import Path, PurePath
from typing import NamedTuple

from ingest.pipeline import FileReport, ingest_bytes, open_catalogue
from ingest.reader_version import reader_version
from rag.home import Home
from rag.store.catalogue import Catalogue
from rag.types import Access, Text

LARGEST = 200
"""Megabytes a file handed in may hold."""
_LONGEST, _LONGEST_SUFFIX = 150, 10  # characters of a name

Progress = Callable[[FileReport], None]


class Upload(NamedTuple):
    """A file handed in: its name as the sender has it, and its bytes."""

    name: str
    data: bytes


def ingest_uploads(
    uploads: Sequence[Upload],
    home: Home,
    level: Access,
    seen: frozenset[Access],
    progress: Progress = lambda report: None,
    on_wait: Callable[[], None] = lambda: None,
) -> list[FileReport]:
    """Read files handed in by someone who may see documents of the levels `seen`.

    A file of a name that is in already is its newer version; see `place_of`. `level`
    is decided of each where it is narrower than what holds anyway. One that cannot
    be read is noted, and the rest go on; `progress` is told of each when it is done.
    Each waits for another writer (`on_wait` is called then).
    """
    catalogue = open_catalogue(home)
    reports = []
    try:
        for upload in uploads:
            with home.ingesting(on_wait):
                reports.append(_ingest(upload, catalogue, level, seen))
            progress(reports[-1])
    finally:
        catalogue.close()
    return reports


def place_of(name: str, seen: Collection[str], taken: Collection[str]) -> str:
    """Return the path that a file handed in is kept at.

    That is the path in the collection with its name, so that it replaces what
    stands there, among the paths `seen` by who hands it in; where none or several
    have it, the name alone. A name that one of the `taken` paths not seen holds is
    numbered: nobody replaces what they cannot see.
    """
    name = clean_name(name)
    same = [path for path in seen if clean_name(path) == name]
    if len(same) == 1:
        return same[0]
    hidden = set(taken) - set(seen)
    free, number = name, 2
    while free in hidden:
        free = f"{PurePath(name).stem} ({number}){PurePath(name).suffix}"
        number += 1
    return free


def clean_name(name: str) -> str:
    """Return a file's name without folders and control characters, and not too long."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(c for c in last if c.isprintable()).strip() or "dokument"
    if len(plain) <= _LONGEST:
        return plain
    suffix = PurePath(plain).suffix
    suffix = suffix if len(suffix) <= _LONGEST_SUFFIX else ""
    return plain[: _LONGEST - len(suffix)].rstrip() + suffix


def _ingest(
    upload: Upload,
    catalogue: Catalogue,
    level: Access,
    levels: frozenset[Access],
) -> FileReport:
    seen = [s.path for s in catalogue.seen_by(levels).sources()]
    taken = [s.path for s in catalogue.sources()]
    path = place_of(upload.name, seen, taken)
    if len(upload.data) > LARGEST * 1_000_000:
        return FileReport(Path(path), "failed", error=_too_large(path))
    sha = sha256(upload.data).hexdigest()
    if path not in taken and catalogue.has(sha, reader_version()):
        catalogue.refill(sha, upload.data)
        same = next((s.path for s in catalogue.seen_by(levels).sources() if s.id == sha), None)
        return FileReport(Path(path), "unchanged", warnings=(_in_already(path, same),))
    # What is open to everyone anyway opens nothing that was closed.
    decided = None if level == "public" else level
    return ingest_bytes(path, upload.data, catalogue, decided)


def _too_large(path: str) -> Text:
    return Text(
        f"{path}: filen er over {LARGEST} MB. Del den op, eller gem den med mindre billeder.",
        f"{path}: the file is over {LARGEST} MB. Split it, or save it with smaller pictures.",
    )


def _in_already(path: str, same: str | None) -> Text:
    name = f" ({clean_name(same)})" if same else ""
    return Text(
        f"{path}: den samme fil er i samlingen allerede{name}.",
        f"{path}: the same file is in the collection already{name}.",
    )
