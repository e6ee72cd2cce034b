"""Runs kept in the records, so that a score can be followed and a run be compared with."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from rag.errors import InputError
from rag.store.codec import unharmed
from rag.store.lookup import Lookup
from rag.store.records import Records
from rag.store.told import Told, is_hidden, packed, unpacked
from rag.types import Access, Text


class KeptRun(NamedTuple):
    """A run without its outcomes: its number, when it began (ISO 8601), model and summaries.

    `levels` are those of the data folder's documents that may be in its answers, `told`
    those that it tells of, None where that was not kept.
    """

    number: int
    started: str
    model: str | None
    levels: frozenset[str]
    summaries: dict[str, Any]
    told: tuple[Told, ...] | None = None

    def is_seen(self, levels: frozenset[Access], catalogue: Lookup) -> bool:
        """Tell whether those may see it who see `catalogue`, the documents of these levels."""
        if not self.levels <= levels:
            return False
        if self.told is None:
            return not (self.levels and catalogue.hidden.documents)
        return not is_hidden(self.told, "", catalogue)


class Runs:
    """The runs kept in a data folder's records. Methods raise RecordsError as `Records` does."""

    def __init__(self, records: Records) -> None:
        """Keep runs in `records`."""
        self._database = records.database

    def add(self, run: dict[str, Any]) -> int:
        """Keep a run in its JSON form and return its number."""
        rows = self._database.rows(
            "INSERT INTO eval_run (started, model, levels, summaries, run, told) "
            "VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            *(run["started"], run["model"], ",".join(run["levels"])),
            *(json.dumps(run["summaries"]), _packed(run), packed(run["told"])),
        )
        return int(rows[0][0])

    @unharmed()
    def all(self) -> list[KeptRun]:
        """Return the runs, oldest first."""
        found = self._database.rows(
            "SELECT id, started, model, levels, summaries, told FROM eval_run ORDER BY id"
        )
        return [
            KeptRun(
                *(id, at, model, frozenset(filter(None, levels.split(",")))),
                *(json.loads(summaries), unpacked(told)),
            )
            for id, at, model, levels, summaries, told in found
        ]

    @unharmed()
    def get(self, number: int) -> dict[str, Any] | None:
        """Return a run in its JSON form, None where there is none of that number."""
        found = self._database.rows("SELECT run FROM eval_run WHERE id = ?", number)
        return {**json.loads(zlib.decompress(found[0][0])), "number": number} if found else None


def load_run(named: str, runs: Runs) -> dict[str, Any]:
    """Return the run of a number, or of a JSON file written by `raadsvar eval --json`.

    Raises InputError where there is none, or the file holds no run.
    """
    if named.isdecimal():
        kept = runs.get(int(named))
        if kept is None:
            raise InputError(Text(f"Der er ingen kørsel nr. {named}.", f"There is no run {named}."))
        return kept
    try:
        run = json.loads(Path(named).read_text("utf8"))
        for outcome in run["outcomes"]:
            _ = outcome["id"], outcome["collection"], outcome["verdict"], outcome["expected"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            Text(
                f"{named}: er ikke en kørsel skrevet af »raadsvar eval --json« ({error}).",
                f"{named}: is no run written by `raadsvar eval --json` ({error}).",
            )
        ) from error
    return dict(run)


def _packed(run: dict[str, Any]) -> bytes:
    # A run of 500 answers is 2 MB of much repeated JSON; records are what backups copy.
    return zlib.compress(json.dumps(run, ensure_ascii=False).encode())
