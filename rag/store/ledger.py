"""What cannot be read from the files again: where each came from, who may see it, settings.

It lies beside the copies, outside the catalogue, which is made again from both. A
text file, one change a line: a checksum, then JSON. The last line of a path or a
setting stands. A line is on the disk before the catalogue's transaction ends.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from rag.store.files import sync_folder, unwritten, write_whole
from rag.store.levels import FILE, LEVELS, Decision

_LAST = 64  # bytes at the end that tell a ledger from another of its length
_NONE = "0-0"
# How a line begins: its path whole, or that it is a setting.
_BEGUN = re.compile(rb'[0-9a-f]{8} \{"(?:path": ("(?:[^"\\]|\\.)*")|setting")')


class Named(NamedTuple):
    """What is known of a path: the SHA-256 of its file, None where none is kept, and decisions.

    In `doubt`, a line that cannot be read may have told something newer.
    """

    path: str
    source: str | None
    decided: tuple[Decision, ...] = ()
    doubt: bool = False

    @property
    def stands(self) -> tuple[Decision, ...]:
        """What holds at the path: in doubt all of it is closed, whatever was decided."""
        if not self.doubt:
            return self.decided
        shut = LEVELS[-1]
        own = (d._replace(level=shut) for d in self.decided if d.document != FILE)
        return (*own, Decision(FILE, "", shut))


@dataclass
class Told:
    """What a ledger, or the end of one, tells: `named` by path.

    `damaged` counts the bad lines that may have told of any path. A last line that was
    cut off is one, unless it names its path, or only a kill can have done it.
    """

    named: dict[str, Named] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    damaged: int = 0


class Ledger:
    """The file. Only the holder of the writer lock writes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._before: int | None = None

    @property
    def stamp(self) -> str:
        """The state the ledger is in."""
        try:
            with self._path.open("rb") as stream:
                size = stream.seek(0, os.SEEK_END)
                stream.seek(max(size - _LAST, 0))
                return _stamp(size, stream.read())
        except FileNotFoundError:
            return _NONE
        except OSError as error:
            raise unwritten(self._path, error) from error

    def read(self, after: str = _NONE) -> Told | None:
        """Return what was told after the stamp `after`; None where it is none of this ledger's."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            data = b""
        except OSError as error:
            raise unwritten(self._path, error) from error
        size = int(after.partition("-")[0])
        if size > len(data) or _stamp(size, data[max(size - _LAST, 0) : size]) != after:
            return None
        # A line alone after what a catalogue agrees with: a kill cut it off, before the
        # transaction ended, and so it was never promised.
        killed = size > 0 and b"\n" not in data[size:]
        return _told(data[size:], killed)

    def append(self, told: Told) -> None:
        """Add what `told` holds. Raises CatalogueError where the disk refuses; nothing is added."""
        new = not self._path.exists()
        try:
            with self._path.open("r+b" if not new else "xb") as stream:
                size = stream.seek(0, os.SEEK_END)
                self._before = size
                torn = size > 0 and self._last_byte() != b"\n"
                stream.write(b"\n" * torn + written(told))
                stream.flush()
                os.fsync(stream.fileno())
            if new:
                sync_folder(self._path.parent)
        except OSError as error:
            self.take_back()
            raise unwritten(self._path, error) from error

    def rewrite(self, told: Told) -> None:
        """Tell only what `told` holds: nothing is left of what was removed."""
        self._before = None
        write_whole(self._path, written(told))

    def take_back(self) -> None:
        """Undo the last `append`, whose transaction failed; `settled` ends that."""
        if self._before is not None:
            try:
                os.truncate(self._path, self._before)
            except OSError as error:
                raise unwritten(self._path, error) from error
            self._before = None

    def settled(self) -> None:
        """The transaction of the last `append` is done."""
        self._before = None

    def _last_byte(self) -> bytes:
        with self._path.open("rb") as stream:
            stream.seek(-1, os.SEEK_END)
            return stream.read()


def written(told: Told) -> bytes:
    """Return `told` as a ledger holds it."""
    return b"".join(_lines(told))


def _stamp(size: int, last: bytes) -> str:
    return f"{size}-{zlib.crc32(last):x}"


def _lines(told: Told) -> Iterable[bytes]:
    for name, value in told.settings.items():
        yield _line({"setting": name, "value": value})
    for named in told.named.values():
        decided = [list(d) for d in named.stands]
        yield _line({"path": named.path, "source": named.source, "decided": decided})


def _line(entry: dict[str, Any]) -> bytes:
    body = json.dumps(entry, ensure_ascii=False).encode()
    return b"%08x %s\n" % (zlib.crc32(body), body)


def _told(data: bytes, killed: bool) -> Told:
    told = Told()
    whole, _, last = data.rpartition(b"\n")
    lines = whole.split(b"\n") if whole else []
    if last and not (killed and _entry(last) is None):
        lines.append(last)
    for n, line in enumerate(lines):
        entry = _entry(line)
        if entry is None:
            torn = _torn(line) if last and n == len(lines) - 1 else None
            told.damaged += bool(line) and torn is None
            doubted = told.named if torn is None else torn
            told.named |= {
                p: told.named.get(p, Named(p, None))._replace(doubt=True) for p in doubted
            }
        elif "setting" in entry:
            told.settings[entry["setting"]] = entry["value"]
        else:
            path, decided = entry["path"], tuple(Decision(*d) for d in entry["decided"])
            told.named[path] = Named(path, entry["source"], decided)
    return told


def _torn(line: bytes) -> list[str] | None:
    """Return the paths that a line cut off tells of; None where it does not say any more."""
    found = _BEGUN.match(line)
    if found is None:
        return None
    return [json.loads(found[1])] if found[1] else []


def _entry(line: bytes) -> dict[str, Any] | None:
    check, _, body = line.partition(b" ")
    if check != b"%08x" % zlib.crc32(body):
        return None
    entry: dict[str, Any] = json.loads(body)
    return entry
