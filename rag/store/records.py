"""What people made: one SQLite file, each subject in it with a module of its own.

It cannot be rebuilt, so its schema only ever moves forward, by `MIGRATIONS`.
"""

from __future__ import annotations

from rag.errors import RecordsDamagedError, RecordsError, RecordsTooNewError, refused
from rag.home import Home
from rag.store.database import Database
from rag.text.personal import hidden
from rag.types import Text

# The n-th takes a file from version n to n + 1. Never change one that was released.
MIGRATIONS = (
    """
    CREATE TABLE conversation (
        id INTEGER PRIMARY KEY, title TEXT NOT NULL, created TEXT NOT NULL
    );
    CREATE TABLE turn (
        id INTEGER PRIMARY KEY,
        conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
        question TEXT NOT NULL, answer_json TEXT NOT NULL, created TEXT NOT NULL
    );
    CREATE INDEX turn_conversation ON turn (conversation);
    CREATE TABLE feedback (
        turn INTEGER PRIMARY KEY REFERENCES turn ON DELETE CASCADE,
        verdict TEXT NOT NULL, reason TEXT NOT NULL, created TEXT NOT NULL
    );
    """,
    """
    CREATE TABLE eval_run (
        id INTEGER PRIMARY KEY, started TEXT NOT NULL, model TEXT,
        summaries TEXT NOT NULL, run BLOB NOT NULL
    );
    """,
    """
    CREATE TABLE draft (
        id INTEGER PRIMARY KEY, body TEXT NOT NULL, status TEXT NOT NULL,
        owner TEXT NOT NULL, due TEXT NOT NULL, created TEXT NOT NULL
    );
    CREATE TABLE draft_version (
        id INTEGER PRIMARY KEY, draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
        text TEXT NOT NULL, verdicts_json TEXT NOT NULL, author TEXT NOT NULL, note TEXT NOT NULL,
        created TEXT NOT NULL
    );
    CREATE INDEX draft_version_draft ON draft_version (draft);
    CREATE TABLE draft_acceptance (
        id INTEGER PRIMARY KEY, draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
        words TEXT NOT NULL, sentence TEXT NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL,
        created TEXT NOT NULL
    );
    CREATE INDEX draft_acceptance_draft ON draft_acceptance (draft);
    CREATE TABLE draft_event (
        id INTEGER PRIMARY KEY, draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
        what TEXT NOT NULL, detail TEXT NOT NULL, by TEXT NOT NULL, created TEXT NOT NULL
    );
    CREATE INDEX draft_event_draft ON draft_event (draft);
    """,
    """
    ALTER TABLE eval_run ADD COLUMN levels TEXT NOT NULL DEFAULT 'public,staff,closed';
    """,
    "ALTER TABLE draft ADD COLUMN access TEXT NOT NULL DEFAULT 'public'",
    """
    ALTER TABLE conversation ADD COLUMN owner TEXT NOT NULL DEFAULT 'local';
    ALTER TABLE conversation ADD COLUMN deleted TEXT;
    ALTER TABLE turn ADD COLUMN whole TEXT;
    CREATE INDEX conversation_owner ON conversation (owner);
    """,
    # The documents that each tells of, as `rag.store.told` keeps them; NULL of what is older.
    """
    ALTER TABLE turn ADD COLUMN told TEXT;
    ALTER TABLE feedback ADD COLUMN told TEXT;
    ALTER TABLE draft ADD COLUMN told TEXT;
    ALTER TABLE eval_run ADD COLUMN told TEXT;
    """,
)

_CONVERSATIONS, _DRAFTS = Text("samtaler", "conversations"), Text("udkast", "drafts")
SUBJECTS = {
    "conversation": _CONVERSATIONS,
    "turn": _CONVERSATIONS,
    "feedback": Text("tilbagemeldinger", "feedback"),
    "eval_run": Text("evalueringer", "evaluations"),
    "draft": _DRAFTS,
    "draft_version": _DRAFTS,
    "draft_acceptance": _DRAFTS,
    "draft_event": _DRAFTS,
}
"""Of each table what it holds, for those who read of it; what is led to comes first."""


class Records:
    """The records of a data folder. Safe to use from several threads.

    Every method raises RecordsError when SQLite or the disk refuses.
    """

    def __init__(self, home: Home) -> None:
        """Open or make the records, brought to the newest version.

        Raises RecordsTooNewError, and RecordsDamagedError for a file that is none or damaged.
        """
        self._path = home.records
        self._database = Database(
            *(self._path, len(MIGRATIONS), lambda: RecordsTooNewError(self._path), self._broken),
            keep=hidden,
        )
        if self._database.version < len(MIGRATIONS):
            with self._database.transaction():
                for version in range(self._database.version, len(MIGRATIONS)):
                    self._database.script(MIGRATIONS[version])
                    self._database.rows(f"PRAGMA user_version = {version + 1}")
        if wrong := self._database.damage():
            self.close()
            raise self._broken(Text(*["; ".join(wrong[:3])] * 2), True)

    @property
    def database(self) -> Database:
        """The open file, for the modules that keep a subject of their own in it."""
        return self._database

    def copy(self) -> bytes:
        """Return the records as a file of their own, also while they are in use."""
        return self._database.copy()

    def check(self) -> list[str]:
        """Return what SQLite's checks find wrong; nothing for a sound file."""
        return self._database.damage() + self._database.orphans()

    def close(self) -> None:
        """Close the records."""
        self._database.close()

    def _broken(self, cause: Text, damaged: bool) -> RecordsError:
        if damaged:
            return RecordsDamagedError(self._path, cause)
        return RecordsError(refused(self._path, cause))
