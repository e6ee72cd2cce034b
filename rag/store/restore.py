"""Puts a backup back in an empty data folder."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

from rag.errors import InputError
from rag.home import Home
from rag.store.backup import LEDGER, RECORDS, SIGN_IN, SIGN_IN_PLACE, check
from rag.store.files import sync_folder
from rag.types import Text


def restore(archive: Path, home: Home, checkout: Path) -> None:
    """Put all that `archive` holds in `home`; what it was read to is for `rebuild` to make.

    The archive is checked first. One that is killed leaves a folder that nothing else
    uses, and can be run again. Settings of sign-in that are there already stay. Raises
    InputError where the folder is not empty, or the archive not sound.
    """
    members = check(archive)
    with home.writing():
        again = home.restoring.exists()
        ours = {"lock", "files", "restoring", *((LEDGER, RECORDS) if again else ())}
        others = sorted(p.name for p in home.folder.iterdir() if p.name not in ours)
        if others or (not again and any(home.files.iterdir())):
            raise _not_empty(home, others or ["files"])
        try:
            _clear(home)
            _unpack(archive, members, home.restoring)
            (home.restoring / "files").replace(home.files)
            (home.restoring / LEDGER).replace(home.ledger)
            (home.restoring / RECORDS).replace(home.records)
            _sign_in(home.restoring / SIGN_IN, checkout / SIGN_IN_PLACE)
            sync_folder(home.folder)
            shutil.rmtree(home.restoring)
        except OSError as error:
            cause = error.strerror or str(error)
            raise InputError(
                Text(
                    f"{archive} kunne ikke lægges tilbage i {home.folder}: {cause}. Prøv igen.",
                    f"{archive} could not be put back in {home.folder}: {cause}. Try again.",
                )
            ) from error


def _clear(home: Home) -> None:
    """Begin, and take away what a killed restore left."""
    home.restoring.mkdir(exist_ok=True)
    for path in home.restoring.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for copy in home.files.iterdir():
        copy.unlink()
    home.ledger.unlink(missing_ok=True)
    home.records.unlink(missing_ok=True)


def _unpack(archive: Path, members: dict[str, str], folder: Path) -> None:
    (folder / "files").mkdir()
    with zipfile.ZipFile(archive) as opened:
        for name in members:
            with opened.open(name) as member, (folder / name).open("xb") as out:
                shutil.copyfileobj(member, out, 1 << 20)
                out.flush()
                os.fsync(out.fileno())
    sync_folder(folder / "files")


def _sign_in(kept: Path, place: Path) -> None:
    if kept.is_file() and not place.exists():
        place.parent.mkdir(exist_ok=True)
        kept.chmod(0o600)
        shutil.move(kept, place)


def _not_empty(home: Home, names: list[str]) -> InputError:
    listed = ", ".join(names[:5])
    return InputError(
        Text(
            f"Datamappen {home.folder} er ikke tom ({listed}). Vælg en tom med RAADSVAR_HOME.",
            f"The data folder {home.folder} is not empty ({listed}). "
            "Choose an empty one with RAADSVAR_HOME.",
        )
    )
