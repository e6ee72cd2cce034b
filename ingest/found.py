"""Which files are to be read of those and of the folders named, and which are passed over."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ingest.read import SUPPORTED
from rag.errors import InputError
from rag.home import is_data
from rag.types import Text

MANIFEST = "manifest.yaml"
_HIDDEN = Text("skjult", "hidden")
_KIND = Text("filtypen understøttes ikke", "the file type is not supported")
_LINKED = Text("link til en mappe; nævn mappen selv", "link to a folder; name the folder itself")
_DANGLING = Text("linket fører ingen steder hen", "the link leads nowhere")
_NO_FILE = Text("ikke en almindelig fil", "no ordinary file")
_DATA = Text("Rådsvars egen datamappe", "Rådsvar's own data folder")
_EMPTY = Text("tom mappe", "empty folder")


class Skipped(NamedTuple):
    """What is passed over in a folder, and why."""

    path: Path
    cause: Text


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[Skipped]]:
    """Return the files to read, those named and those of the folders named, and the rest.

    In a folder, hidden files, links to folders, empty folders and those that cannot be
    read, data folders and files of no supported kind are passed over; one with a
    `manifest.yaml` holds the files that its manifest names. Raises InputError for a path
    that does not exist.
    """
    found: list[Path] = []
    skipped: list[Skipped] = []
    for path in paths:
        if not path.exists():
            name = readable(str(path))
            raise InputError(Text(f"{name} findes ikke.", f"{name} does not exist."))
        if not path.is_dir():
            found.append(path)
        elif (path / MANIFEST).is_file():
            listed = _listed(path)
            found += listed
            skipped += [] if listed else [Skipped(path, _EMPTY)]
        else:
            for each in _within(path):
                if isinstance(each, Skipped):
                    skipped.append(each)
                else:
                    found.append(each)
    return list(dict.fromkeys(p.resolve() for p in found)), skipped


def readable(path: str) -> str:
    """Return a path as text: bytes of it that are no UTF-8 are written as `\\xe6`."""
    return os.fsencode(path).decode("utf8", "backslashreplace")


def _listed(folder: Path) -> list[Path]:
    import yaml

    entries = yaml.safe_load((folder / MANIFEST).read_text("utf8"))["documents"]
    return [folder / entry["file"] for entry in entries]


def _within(folder: Path) -> Iterator[Path | Skipped]:
    """Yield what a folder and those in it hold, in order of their names."""
    if is_data(folder):
        yield Skipped(folder, _DATA)
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        cause = error.strerror or str(error)
        yield Skipped(folder, Text(f"kan ikke åbnes ({cause})", f"cannot be opened ({cause})"))
        return
    if not entries:
        yield Skipped(folder, _EMPTY)
    for path in entries:
        if path.name.startswith("."):
            yield Skipped(path, _HIDDEN)
        elif path.is_dir():
            if path.is_symlink():
                yield Skipped(path, _LINKED)
            else:
                yield from _within(path)
        elif not path.exists():
            yield Skipped(path, _DANGLING)
        elif path.suffix.lower() not in SUPPORTED:
            yield Skipped(path, _KIND)
        elif not path.is_file():
            yield Skipped(path, _NO_FILE)
        else:
            yield path
