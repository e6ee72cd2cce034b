"""Puts a backup back in an empty data folder."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Literal, NamedTuple

from rag.errors import InputError
from rag.home import Home
from rag.store.backup import HARMED, LEDGER, RECORDS, SIGN_IN, SIGN_IN_PLACE, check
from rag.store.files import sync_folder, write_new, write_whole
from rag.types import Text

_BACK = (LEDGER, RECORDS, HARMED)


class Restored(NamedTuple):
    """What was put back: nothing, where it was there `already` and only reading is left.

    `sign_in` tells what became of the settings of sign-in: `written`; `kept`, where others are
    there; `refused` by the disk; None where the archive has none.
    """

    already: bool = False
    sign_in: Literal["written", "kept", "refused"] | None = None


def restore(archive: Path, home: Home, checkout: Path) -> Restored:
    """Put all that `archive` holds in `home`; what it was read to is for `rebuild` to make.

    The archive is checked first. One that is killed leaves a folder that nothing else
    uses, and can be run again, also until `rebuild` has ended. Settings of sign-in that are
    there already stay. Raises InputError where the folder is not empty, or the archive not
    sound.
    """
    members = check(archive)
    stamp = hashlib.sha256(json.dumps(members, sort_keys=True).encode()).hexdigest()
    with home.writing():
        again = home.restoring.exists()
        if not again and home.restored.exists() and home.restored.read_text() == stamp:
            return Restored(already=True)
        ours = {"lock", "files", "restoring", *((*_BACK, home.restored.name) if again else ())}
        others = sorted(p.name for p in home.folder.iterdir() if p.name not in ours)
        if others or (not again and any(home.files.iterdir())):
            raise _not_empty(home, others or ["files"])
        try:
            _clear(home)
            _unpack(archive, members, home.restoring)
            (home.restoring / "files").replace(home.files)
            for name in _BACK:
                if (kept := home.restoring / name).exists():
                    kept.replace(home.folder / name)
            sign_in = _sign_in(home.restoring / SIGN_IN, checkout / SIGN_IN_PLACE)
            write_whole(home.restored, stamp.encode())
            shutil.rmtree(home.restoring)
        except OSError as error:
            cause = error.strerror or str(error)
            raise InputError(
                Text(
                    f"{archive} kunne ikke lægges tilbage i {home.folder}: {cause}. Prøv igen.",
                    f"{archive} could not be put back in {home.folder}: {cause}. Try again.",
                )
            ) from error
    return Restored(sign_in=sign_in)


def _clear(home: Home) -> None:
    """Begin, and take away what a killed restore left."""
    home.restoring.mkdir(exist_ok=True)
    for path in home.restoring.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for copy in home.files.iterdir():
        copy.unlink()
    for name in _BACK:
        (home.folder / name).unlink(missing_ok=True)


def _unpack(archive: Path, members: dict[str, str], folder: Path) -> None:
    (folder / "files").mkdir()
    with zipfile.ZipFile(archive) as opened:
        for name in members:
            with opened.open(name) as member, (folder / name).open("xb") as out:
                shutil.copyfileobj(member, out, 1 << 20)
                out.flush()
                os.fsync(out.fileno())
    sync_folder(folder / "files")


def _sign_in(kept: Path, place: Path) -> Literal["written", "kept", "refused"] | None:
    if not kept.is_file():
        return None
    data = kept.read_bytes()
    try:
        place.parent.mkdir(exist_ok=True)
        write_new(place, data)
    except FileExistsError:
        # Run again after a kill, it finds its own.
        return "written" if place.read_bytes() == data else "kept"
    except OSError:
        return "refused"
    return "written"


def _not_empty(home: Home, names: list[str]) -> InputError:
    listed = ", ".join(names[:5])
    return InputError(
        Text(
            f"Datamappen {home.folder} er ikke tom ({listed}). Vælg en tom med RAADSVAR_HOME.",
            f"The data folder {home.folder} is not empty ({listed}). "
            "Choose an empty one with RAADSVAR_HOME.",
        )
    )
