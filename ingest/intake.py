"""Whether what comes in waits for a person: `RAADSVAR_INTAKE=staff` keeps it to staff till then."""

from __future__ import annotations

import os

from rag.errors import InputError
from rag.store.catalogue import Catalogue
from rag.store.levels import LEVELS
from rag.types import Access, Text

VARIABLE = "RAADSVAR_INTAKE"


def intake() -> Access:
    """Return who may see what comes in before a person has decided: `public` unless set.

    Raises InputError for a setting that is no level.
    """
    told = os.environ.get(VARIABLE, "").strip() or "public"
    if told not in LEVELS:
        levels = ", ".join(LEVELS)
        raise InputError(
            Text(
                f"{VARIABLE} er »{told}«; den kan være {levels}.",
                f'{VARIABLE} is "{told}"; it may be {levels}.',
            )
        )
    return told


def hold_new(path: str, sha: str, catalogue: Catalogue, level: Access) -> None:
    """Hold a file at `path` that nobody has seen the bytes of, where `level` is not public."""
    if level != "public" and not catalogue.has(sha) and catalogue.pending_at(path) != sha:
        catalogue.hold(path, level)
