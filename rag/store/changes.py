"""The catalogue's change log: what a projection must catch up with."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from rag.store.database import Database

_NONE = "0-"


class Changes:
    """Which documents were added, changed or removed, in numbered generations.

    With `vectors`, also which got vectors: what is made of texts alone need not
    look again for those. A generation has a random token too, which tells it from one
    of the same number after the catalogue was made again or put back from a copy.
    """

    def __init__(self, database: Database, vectors: bool = False) -> None:
        self._database = database
        self._told = "TRUE" if vectors else "NOT vectors"

    @property
    def stamp(self) -> str:
        """The state the catalogue is in: every change gives a new one."""
        found = self._database.rows(
            f"SELECT number, token FROM generation WHERE {self._told} ORDER BY number DESC LIMIT 1"
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
            "SELECT DISTINCT document FROM touched JOIN generation ON number = generation "
            f"WHERE generation > ? AND {self._told} ORDER BY 1",
            int(number),
        )
        return [id for (id,) in ids]

    def add(self, documents: Sequence[str], vectors: bool = False) -> None:
        """Log a change of these documents: of their `vectors` alone, or of more.

        Only within a transaction.
        """
        number = 1 + self._database.rows("SELECT coalesce(max(number), 0) FROM generation")[0][0]
        token = secrets.token_hex(4)
        self._database.rows("INSERT INTO generation VALUES (?, ?, ?)", number, token, vectors)
        self._database.many("INSERT INTO touched VALUES (?, ?)", [(number, d) for d in documents])
