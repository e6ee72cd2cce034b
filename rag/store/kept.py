"""Keeps catalogue and ledger telling the same of names, decisions and settings.

Temporary triggers note which paths and settings a transaction changes; just
before it ends, their new state goes to the ledger. A catalogue that the ledger
has run ahead of (a kill in between, an older copy put back) catches up; one that
was lost is given all the names the ledger holds, each `pending`, to be read
again from its copy. Which of the two is believed, `rag.store.witnesses` says.
"""

from __future__ import annotations

from collections.abc import Iterator

from rag.store.database import Database
from rag.store.files import Files
from rag.store.ledger import Ledger, Named, Told
from rag.store.levels import FILE, LEVELS, Decision, Levels
from rag.store.witnesses import believed

MARK = "ledger"
"""The setting that holds the stamp of the ledger that the catalogue agrees with."""
OWN = ("types", MARK)
"""The settings that are the catalogue's alone."""
_PATHS = ("source_path", "pending", "decided")
_HEADS = ((b"%PDF-", ".pdf"), (b"PK\x03\x04", ".docx"), (b"<", ".html"))


class Kept:
    """The ledger of one catalogue. What writes is to be called by the holder of the lock."""

    def __init__(self, database: Database, ledger: Ledger, files: Files, levels: Levels) -> None:
        self._database, self._ledger = database, ledger
        self._files, self._levels = files, levels
        self._anew = False

    def watch(self) -> None:
        """Note from here on what changes; once a connection, when its tables are there."""
        self._database.script("".join(_watching()))
        self._database.journal(self._write, self._ledger.settled, self._ledger.take_back)

    def agrees(self) -> bool:
        """Return whether the catalogue is at the state that the ledger tells."""
        return self._mark() == self._ledger.stamp

    def agree(self) -> None:
        """Bring both to the same state, in one transaction."""
        if self.agrees():
            return
        mark = self._mark()
        told = self._ledger.read(mark) if mark else None
        with self._database.transaction():
            if told is not None:
                self._follow(Told(self._forgotten(told) | told.named, told.settings))
            else:
                self._merge(self._ledger.read() or Told())
            self._anew = True

    def set_right(self) -> None:
        """Put what the ledger tells in place of what the catalogue holds; they agree already."""
        mine = self.all()
        stands = believed(self._ledger.read() or Told(), mine, together=True)
        gone = {path: Named(path, None) for path in mine.named if path not in stands.named}
        self._follow(Told(gone | stands.named, stands.settings))
        self._anew = True

    def names(self) -> set[str]:
        """Return the SHA-256 of every file that the ledger names."""
        told = self._ledger.read() or Told()
        return {n.source for n in told.named.values() if n.source}

    def all(self) -> Told:
        """Return all that the catalogue holds of names, decisions and settings."""
        sources: dict[str, str] = {}
        for table in ("source_path", "pending"):
            sources |= dict(self._database.rows(f"SELECT path, source FROM {table} ORDER BY rowid"))
        decided = self._levels.all()
        named = {
            path: Named(path, sources.get(path), tuple(decided.get(path, ())))
            for path in [*sources, *(p for p in decided if p not in sources)]
        }
        found = self._database.rows("SELECT key, value FROM meta ORDER BY key")
        return Told(named, {key: value for key, value in found if key not in OWN})

    # ------------------------------------------------------------------ to the ledger

    def _write(self) -> None:
        noted = self._database.rows("SELECT kind, key FROM noted ORDER BY rowid")
        if not noted and not self._anew:
            return
        told = Told(
            {key: self._named(key) for kind, key in noted if kind == "path"},
            {key: self._setting(key) for kind, key in noted if kind == "setting"},
        )
        # Nothing is left of a name that was removed, so it cannot only be added to.
        if self._anew or any(n.source is None and not n.decided for n in told.named.values()):
            self._ledger.rewrite(self.all())
            self._anew = False
        else:
            self._ledger.append(told)
        self._database.rows("INSERT OR REPLACE INTO meta VALUES (?, ?)", MARK, self._ledger.stamp)
        self._database.rows("DELETE FROM noted")

    def _named(self, path: str) -> Named:
        found = self._database.rows(
            "SELECT source FROM pending WHERE path = ?1 "
            "UNION ALL SELECT source FROM source_path WHERE path = ?1",
            path,
        )
        return Named(path, found[0][0] if found else None, tuple(self._levels.decided(path)))

    def _setting(self, key: str) -> str:
        found = self._database.rows("SELECT value FROM meta WHERE key = ?", key)
        return str(found[0][0]) if found else ""

    def _mark(self) -> str | None:
        found = self._database.rows("SELECT value FROM meta WHERE key = ?", MARK)
        return found[0][0] if found else None

    # ---------------------------------------------------------------- from the ledger

    def _follow(self, told: Told) -> None:
        """Do what the ledger tells was done after the catalogue's last transaction."""
        for named in told.named.values():
            self._levels.redecide(named.path, named.stands)
            self._lead(named.path, named.source)
        for key, value in told.settings.items():
            self._database.rows("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)

    def _forgotten(self, told: Told) -> dict[str, Named]:
        """Return, in doubt, the names that a line that cannot be read may have told of."""
        mine = self.all().named if told.damaged else {}
        return {path: named._replace(doubt=True) for path, named in mine.items()}

    def _merge(self, told: Told) -> None:
        """Add what only the ledger knows, and set right what both do."""
        mine = self.all()
        stands = believed(told, mine, together=False)
        self._follow(stands)
        if not any(named.source for named in mine.named.values()):
            self._adopt({n.source for n in told.named.values() if n.source})

    def _adopt(self, named: set[str]) -> None:
        """Give the copies that nobody names a name, closed until a person opens them."""
        for sha in sorted(self._files.all() - named):
            path = sha[:16] + self._suffix(sha)
            self._levels.redecide(path, [Decision(FILE, "", LEVELS[-1])])
            self._lead(path, sha)

    def _suffix(self, sha: str) -> str:
        with self._files.path(sha).open("rb") as stream:
            head = stream.read(1024)
        return next((s for mark, s in _HEADS if head.lstrip().startswith(mark)), ".txt")

    def _lead(self, path: str, source: str | None) -> None:
        """Have `path` lead to a file that is in, or is to be read from its copy; or to none."""
        rows = self._database.rows
        before = self._named(path).source
        if source == before:
            return
        rows("DELETE FROM pending WHERE path = ?", path)
        if source is None:
            rows("DELETE FROM source_path WHERE path = ?", path)
        elif rows("SELECT 1 FROM source WHERE id = ?", source):
            rows("INSERT OR REPLACE INTO source_path VALUES (?, ?)", path, source)
        else:
            rows("INSERT INTO pending VALUES (?, ?)", path, source)
        for sha in filter(None, (before, source)):
            self._levels.settle(sha)


def _watching() -> Iterator[str]:
    yield "CREATE TEMP TABLE noted (kind TEXT, key TEXT, PRIMARY KEY (kind, key));"
    for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
        for table in _PATHS:
            yield (
                f"CREATE TEMP TRIGGER noted_{table}_{event} AFTER {event} ON main.{table} BEGIN "
                f"INSERT OR REPLACE INTO noted VALUES ('path', {row}.path); END;"
            )
        own = ", ".join(f"'{key}'" for key in OWN)
        yield (
            f"CREATE TEMP TRIGGER noted_meta_{event} AFTER {event} ON main.meta "
            f"WHEN {row}.key NOT IN ({own}) BEGIN "
            f"INSERT OR REPLACE INTO noted VALUES ('setting', {row}.key); END;"
        )
