"""One file with all that cannot be made again.

A zip archive, uncompressed: the copies of the files, the ledger (their names, who
may see them, settings), the records, the settings of sign-in, and last
`manifest.json`, which holds the SHA-256 of each. It holds what is closed, too, and
is for its owner alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from contextlib import closing, nullcontext
from pathlib import Path
from typing import IO

from rag.errors import CatalogueDamagedError, CatalogueOutdatedError, InputError
from rag.home import Home
from rag.store.catalogue import Catalogue
from rag.store.files import Files, sync_folder
from rag.store.ledger import Ledger, Told, written
from rag.store.records import Records
from rag.types import Text

VERSION = 1
MANIFEST, LEDGER, RECORDS, FILES = "manifest.json", "ledger.jsonl", "records.sqlite", "files/"
SIGN_IN = "secrets.toml"
SIGN_IN_PLACE = Path(".streamlit", SIGN_IN)
"""Where the settings of sign-in lie, beside `app.py`."""


def backup(home: Home, target: Path, checkout: Path) -> tuple[int, list[str]]:
    """Write the archive `target`; return how many files it holds, and the paths of those it lacks.

    It is written beside, checked, and then given its name, which nothing may have.
    Waits for an ingest. Raises InputError where it cannot be written.
    """
    part = target.with_name(f".{target.name}.part")
    if target.exists():
        raise _unwritable(target, Text("filen findes allerede", "the file exists already"))
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with home.writing() if home.writable else nullcontext():
            told = _told(home)
            files = Files(home.files)
            sound = {sha for sha in files.all() if files.sound(sha)}
            lost = [n.path for n in told.named.values() if n.source and n.source not in sound]
            with part.open("r+b") as stream:
                _write(stream, home, told, sorted(sound), checkout)
                stream.flush()
                os.fsync(stream.fileno())
        check(part)
        _name(part, target)
    except (OSError, zipfile.BadZipFile) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise _unwritable(target, Text(cause, cause)) from error
    finally:
        part.unlink(missing_ok=True)
    return len(sound), lost


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
    return name in (LEDGER, RECORDS, SIGN_IN) or name == FILES + members[name]


def _told(home: Home) -> Told:
    try:
        with closing(Catalogue(home)) as catalogue:
            return catalogue.told()
    except (CatalogueDamagedError, CatalogueOutdatedError):
        if told := home.ledger.exists() and Ledger(home.ledger).read():
            return told
        raise


def _write(stream: IO[bytes], home: Home, told: Told, shas: list[str], checkout: Path) -> None:
    members: dict[str, str] = {}
    with zipfile.ZipFile(stream, "w", strict_timestamps=False) as archive:
        for sha in shas:
            archive.write(home.files / sha, FILES + sha)
            members[FILES + sha] = sha
        whole = {LEDGER: written(told), RECORDS: _records(home)}
        if (sign_in := checkout / SIGN_IN_PLACE).is_file():
            whole[SIGN_IN] = sign_in.read_bytes()
        for name, data in whole.items():
            archive.writestr(name, data)
            members[name] = hashlib.sha256(data).hexdigest()
        archive.writestr(MANIFEST, json.dumps({"version": VERSION, "members": members}))


def _records(home: Home) -> bytes:
    with closing(Records(home)) as records:
        return records.copy()


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while block := member.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _name(part: Path, target: Path) -> None:
    """Give `part` its name, unless another has got it meanwhile."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        if target.exists():
            raise FileExistsError(f"{target} exists") from None
        part.rename(target)
    sync_folder(target.parent)


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
