"""The catalogue's change log: what a projection must catch up with."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from rag.store.database import Database

_NONE = "0-"


class Changes:
    """Which documents were added, changed or removed, in numbered generations.

    A generation has a random token too, which tells it from one of the same
    number after the catalogue was made again or put back from a copy.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def stamp(self) -> str:
        """The state the catalogue is in: every change gives a new one."""
        found = self._database.rows(
            "SELECT number, token FROM generation ORDER BY number DESC LIMIT 1"
        )
        return "{}-{}".format(*found[0]) if found else _NONE

    def since(self, stamp: str) -> list[str] | None:
        """Return the ids of the documents touched after `stamp`, those removed among them.

        None for a stamp that is not of this catalogue's past.
        """
        number, _, token = stamp.partition("-")
        found = self._database.rows("SELECT token FROM generation WHERE number = ?", number)
        if stamp != _NONE and (not found or found[0][0] != token):
            return None
        ids = self._database.rows(
            "SELECT DISTINCT document FROM touched WHERE generation > ? ORDER BY 1", int(number)
        )
        return [id for (id,) in ids]

    def add(self, documents: Sequence[str]) -> None:
        """Log a change of these documents. Only within a transaction."""
        number = 1 + self._database.rows("SELECT coalesce(max(number), 0) FROM generation")[0][0]
        self._database.rows("INSERT INTO generation VALUES (?, ?)", number, secrets.token_hex(4))
        self._database.many("INSERT INTO touched VALUES (?, ?)", [(number, d) for d in documents])
