"""One file with all that cannot be made again.

A zip archive, uncompressed: the copies of the files, the ledger (their names, who
may see them, settings), the records, the settings of sign-in, and last
`manifest.json`, which holds the SHA-256 of each. Of damaged records it holds what can
be read, and beside it the file as it is. It holds what is closed, too, and is for its
owner alone.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import IO, NamedTuple

from rag.errors import (
    CatalogueDamagedError,
    CatalogueOutdatedError,
    InputError,
    RecordsDamagedError,
)
from rag.home import Home
from rag.store.catalogue import Catalogue
from rag.store.files import Files, give_name
from rag.store.ledger import Told, written
from rag.store.records import Records
from rag.store.salvage import salvaged_records, witnessed
from rag.types import Text

VERSION = 2
MANIFEST, LEDGER, RECORDS, FILES = "manifest.json", "ledger.jsonl", "records.sqlite", "files/"
HARMED = "records.sqlite.damaged"
SIGN_IN = "secrets.toml"
SIGN_IN_PLACE = Path(".streamlit", SIGN_IN)
"""Where the settings of sign-in lie, beside `app.py`."""

_EXISTS = Text("filen findes allerede", "the file exists already")
_NAMELESS = Text("det er ikke navnet på en fil", "that is no file's name")
_BUSY = Text("en anden er ved at skrive den", "another is writing it")


class Taken(NamedTuple):
    """What a backup holds: how many files, the paths of those lost, what of the records is amiss.

    `amiss` is None where the records are sound.
    """

    files: int
    lost: list[str]
    amiss: list[Text] | None


def backup(home: Home, target: Path, checkout: Path) -> Taken:
    """Write the archive `target`, of all that can be read; return what it holds and lacks.

    It is written beside, checked, and then given its name, which nothing may have.
    Waits for an ingest. Raises InputError where it cannot be written.
    """
    if target.name in ("", ".."):
        raise _unwritable(target, _NAMELESS)
    part = target.with_name(f".{target.name}.part")
    try:
        with _alone(part, target) as stream:
            with home.writing() if home.writable else nullcontext():
                told = _told(home)
                files = Files(home.files)
                sound = {sha for sha in files.all() if files.sound(sha)}
                lost = [n.path for n in told.named.values() if n.source and n.source not in sound]
                amiss = _write(stream, home, told, sorted(sound), checkout)
                stream.flush()
                os.fsync(stream.fileno())
            check(part)
            give_name(part, target)
    except FileExistsError as error:
        raise _unwritable(target, _EXISTS) from error
    except (OSError, zipfile.BadZipFile) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise _unwritable(target, Text(cause, cause)) from error
    return Taken(len(sound), lost, amiss)


@contextmanager
def _alone(part: Path, target: Path) -> Iterator[IO[bytes]]:
    """Yield the file `part`, empty, while no other process writes it; delete it at the end."""
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as stream:
        try:
            # What a killed one left is not locked, whatever its process was.
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _unwritable(target, _BUSY) from error
        try:
            if target.exists():
                raise FileExistsError
            stream.truncate()
            yield stream
        finally:
            part.unlink(missing_ok=True)


def check(archive: Path) -> dict[str, str]:
    """Return the members of an archive with their SHA-256, each read whole and found right.

    Raises InputError where the file is none of ours, of a newer version, or damaged.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            manifest = json.loads(opened.read(MANIFEST))
            members: dict[str, str] = manifest["members"]
            newer = manifest["version"] > VERSION
            wrong = [name for name, sha in members.items() if _digest(opened, name) != sha]
            extra = set(opened.namelist()) - {MANIFEST, *members}
    except FileNotFoundError as error:
        raise InputError(Text(f"{archive} findes ikke.", f"{archive} does not exist.")) from error
    # zipfile, zlib and json raise a dozen kinds for damage.
    except Exception as error:
        raise _damaged(archive, str(error)) from error
    if newer:
        raise InputError(
            Text(
                f"{archive} er lavet af en nyere Rådsvar. Opdatér programmet.",
                f"{archive} was made by a newer Rådsvar. Update the program.",
            )
        )
    wrong += [name for name in (*members, *extra) if name in extra or not _ours(name, members)]
    if wrong:
        raise _damaged(archive, ", ".join(sorted(wrong)[:3]))
    return members


def _ours(name: str, members: dict[str, str]) -> bool:
    return name in (LEDGER, RECORDS, HARMED, SIGN_IN) or name == FILES + members[name]


def _told(home: Home) -> Told:
    try:
        with closing(Catalogue(home)) as catalogue:
            return catalogue.told()
    except (CatalogueDamagedError, CatalogueOutdatedError) as error:
        return witnessed(home, harmed=isinstance(error, CatalogueDamagedError))


def _write(
    stream: IO[bytes], home: Home, told: Told, shas: list[str], checkout: Path
) -> list[Text] | None:
    members: dict[str, str] = {}
    records, amiss = _records(home)
    with zipfile.ZipFile(stream, "w", strict_timestamps=False) as archive:
        for sha in shas:
            archive.write(home.files / sha, FILES + sha)
            members[FILES + sha] = sha
        whole = {LEDGER: written(told), RECORDS: records}
        if amiss is not None:
            whole[HARMED] = home.records.read_bytes()
        if (sign_in := checkout / SIGN_IN_PLACE).is_file():
            whole[SIGN_IN] = sign_in.read_bytes()
        for name, data in whole.items():
            archive.writestr(name, data)
            members[name] = hashlib.sha256(data).hexdigest()
        archive.writestr(MANIFEST, json.dumps({"version": VERSION, "members": members}))
    return amiss


def _records(home: Home) -> tuple[bytes, list[Text] | None]:
    try:
        with closing(Records(home)) as records:
            return records.copy(), None
    except RecordsDamagedError:
        return salvaged_records(home.records)


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while block := member.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _unwritable(target: Path, cause: Text) -> InputError:
    return InputError(
        Text(
            f"Kopien {target} kan ikke skrives: {cause.da}.",
            f"The copy {target} cannot be written: {cause.en}.",
        )
    )


def _damaged(archive: Path, cause: str) -> InputError:
    return InputError(
        Text(
            f"{archive} er ingen sikkerhedskopi fra Rådsvar, eller den er beskadiget ({cause}).",
            f"{archive} is no backup of Rådsvar's, or it is damaged ({cause}).",
        )
    )
