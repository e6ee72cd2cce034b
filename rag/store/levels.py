"""Who may see a document: what its own text says, and what a person decided of it.

Decisions are kept by path, so that they outlive every reading of the file: one
for the file, and one for each document of it, known by its title and which it
is of how many of that title. A document's own decision goes before its file's
and before its own text, but only for the bytes it was made of: when these
change, or no document bears the title any more, a decision narrows and never
opens, and one that has lost its document narrows the whole file. A file that is
held is narrowed whole likewise, until a person decides of it or releases it. A
letter of ours is as narrow as what it rests on, also when that is narrowed later, and
as what is read in its place: the document of its title at its path, else all there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, get_args

from rag.store.changes import Changes
from rag.store.database import Database
from rag.types import Access

LEVELS: tuple[Access, ...] = get_args(Access)
"""From the widest to the narrowest."""
FILE = ""
"""Stands for the title where a decision is of the whole file."""
HELD = "*"  # and where nobody has decided yet
_RESTS = "~"  # before the id of a document that a letter of ours rests on


class Decision(NamedTuple):
    """What was decided at a path: of `document` (its key), read from the bytes `source`.

    Of what a letter rests on, `source` is the document's own key, and the path of its file.
    """

    document: str
    source: str
    level: Access


class _Own(NamedTuple):
    """A document of a file, and the level that its own text gives it."""

    id: str
    title: str
    level: Access


def narrowest(levels: Iterable[Access]) -> Access:
    """Return the level that fewest may see; `public` of none."""
    return max(levels, key=LEVELS.index, default="public")


def level_of(text: object) -> Access:
    """Return the level that a text names; the narrowest where flipped bytes make it none."""
    return next((level for level in LEVELS if level == text), LEVELS[-1])


def _decision(document: str, source: str, level: object) -> Decision:
    return Decision(document, source, level_of(level))


class Levels:
    """The decisions of a catalogue. Everything that writes is to be called in a transaction."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database, self._changes = database, changes

    def decide_file(self, path: str, level: Access) -> None:
        """Decide of the file at `path`, read already or not; wider decisions in it are dropped."""
        self._let_go(path)
        wider = LEVELS[: LEVELS.index(level)]
        self._database.many(
            f"DELETE FROM decided WHERE path = ? AND level = ? AND document NOT LIKE '{_RESTS}%'",
            [(path, w) for w in wider],
        )
        self._keep(path, Decision(FILE, "", level))
        self._settle_at(path)

    def hold(self, path: str, level: Access) -> None:
        """Narrow the file at `path`, read already or not, until a person decides of it."""
        self._keep(path, Decision(HELD, "", level))
        self._settle_at(path)

    def rest(self, path: str, documents: Iterable[str]) -> None:
        """Make the file at `path`, read already or not, as narrow as these documents, ever."""
        for id in documents:
            found = self._database.rows("SELECT access FROM document WHERE id = ?", id)
            for (level,) in found:
                self._keep(path, Decision(_RESTS + id, self._place(id), level))
        self._settle_at(path)

    def release(self, path: str) -> None:
        """Let the file at `path` be seen by whom its text and what was decided let see it."""
        self._let_go(path)
        self._settle_at(path)

    def decide_document(self, id: str, level: Access) -> None:
        """Decide of one document. Raises KeyError where there is none of that id."""
        found = self._database.rows("SELECT source FROM document WHERE id = ?", id)
        if not found:
            raise KeyError(id)
        source = found[0][0]
        own = self._own(source)
        key = next(key for key, document in _keyed(own) if document.id == id)
        for path in self._paths(source):
            self._keep(path, Decision(key, source, level))
            decided = {d.document for d in self.decided(path) if d.source == source}
            if decided >= set(_keys(own)):
                self._let_go(path)
        self.settle(source)

    def settle(self, source: str) -> None:
        """Give the documents of a file their levels: the narrowest of all its paths'."""
        own = self._own(source)
        paths = [self.decided(path) for path in self._paths(source)]
        settled = [_levels(own, decisions, source) for decisions in paths]
        levels = [narrowest(each) for each in zip(*settled, strict=True)]
        before = dict(
            self._database.rows("SELECT id, access FROM document WHERE source = ?", source)
        )
        changed = [
            (level, d.id) for level, d in zip(levels, own, strict=True) if level != before[d.id]
        ]
        if changed:
            self._database.many("UPDATE document SET access = ? WHERE id = ?", changed)
            self._changes.add([id for _, id in changed])
            self.follow()

    def follow(self) -> None:
        """Give the letters the levels of what they rest on, or of what is in its place."""
        resting = self._database.rows(
            f"SELECT path, document, source, level FROM decided WHERE document LIKE '{_RESTS}%'"
        )
        for path, key, place, level in resting:
            now = self._resting(key.removeprefix(_RESTS), place)
            if now is not None and now != (place, level):
                self._keep(path, Decision(key, *now))
                self._settle_at(path)

    def _resting(self, id: str, place: str) -> tuple[str, Access] | None:
        """Return where a document that a letter rests on stands, and its level; None if unknown."""
        found = self._database.rows("SELECT access FROM document WHERE id = ?", id)
        if found:
            return self._place(id), level_of(found[0][0])
        key, _, path = place.partition("\n")
        listed = [
            (own, document.id)
            for (source,) in self._database.rows(
                "SELECT source FROM source_path WHERE path = ?", path
            )
            for own, document in _keyed(self._own(source))
        ]
        if not listed:
            return None
        ids = [id for own, id in listed if own == key] or [id for _, id in listed]
        marks = ", ".join("?" * len(ids))
        levels = self._database.rows(f"SELECT access FROM document WHERE id IN ({marks})", *ids)
        return place, narrowest(level_of(level) for (level,) in levels)

    def _place(self, id: str) -> str:
        """Return what a document and its file are known by, whatever version is read."""
        for (source,) in self._database.rows("SELECT source FROM document WHERE id = ?", id):
            key = next(own for own, document in _keyed(self._own(source)) if document.id == id)
            return "\n".join([key, *self._paths(source)[:1]])
        return ""

    def forget(self, source: str) -> None:
        """Drop what was decided at the paths of a file."""
        for table in ("source_path", "pending"):
            paths = f"SELECT path FROM {table} WHERE source = ?"
            self._database.rows(f"DELETE FROM decided WHERE path IN ({paths})", source)

    def decided(self, path: str) -> list[Decision]:
        """Return what was decided at a path."""
        found = self._database.rows(
            "SELECT document, source, level FROM decided WHERE path = ?", path
        )
        return [_decision(*row) for row in found]

    def all(self) -> dict[str, list[Decision]]:
        """Return what was decided, by path."""
        found: dict[str, list[Decision]] = {}
        for path, *decision in self._database.rows("SELECT * FROM decided ORDER BY path, document"):
            found.setdefault(path, []).append(_decision(*decision))
        return found

    def redecide(self, path: str, decisions: Sequence[Decision]) -> None:
        """Put `decisions` in place of all that was decided at a path."""
        if set(decisions) == set(self.decided(path)):
            return
        self._database.rows("DELETE FROM decided WHERE path = ?", path)
        for decision in decisions:
            self._keep(path, decision)
        self._settle_at(path)

    def _let_go(self, path: str) -> None:
        self._database.rows("DELETE FROM decided WHERE path = ? AND document = ?", path, HELD)

    def _settle_at(self, path: str) -> None:
        for (source,) in self._database.rows("SELECT source FROM source_path WHERE path = ?", path):
            self.settle(source)

    def _keep(self, path: str, decision: Decision) -> None:
        self._database.rows("INSERT OR REPLACE INTO decided VALUES (?, ?, ?, ?)", path, *decision)

    def _paths(self, source: str) -> list[str]:
        found = self._database.rows("SELECT path FROM source_path WHERE source = ?", source)
        return [path for (path,) in found]

    def _own(self, source: str) -> list[_Own]:
        found = self._database.rows(
            "SELECT id, title, coalesce(json_extract(body, '$.access'), 'public') "
            "FROM document WHERE source = ? ORDER BY rowid",
            source,
        )
        return [_Own(id, title, level_of(level)) for id, title, level in found]


def _keys(documents: Sequence[_Own]) -> list[str]:
    """Return what each document of a file is known by."""
    titles = [" ".join(d.title.casefold().split()) for d in documents]
    counts, seen = Counter(titles), Counter[str]()
    keys = []
    for title in titles:
        seen[title] += 1
        keys.append(f"{title} {seen[title]}/{counts[title]}")
    return keys


def _keyed(documents: Sequence[_Own]) -> list[tuple[str, _Own]]:
    return list(zip(_keys(documents), documents, strict=True))


def _levels(documents: Sequence[_Own], decisions: Sequence[Decision], source: str) -> list[Access]:
    """Return the levels of a file's documents by what was decided at one of its paths."""
    keys = _keys(documents)
    decided = {d.document: d for d in decisions}
    floor = [d.level for d in decisions if d.document not in keys]
    levels = []
    for document, key in zip(documents, keys, strict=True):
        base = narrowest([document.level, *floor])
        own = decided.get(key)
        if own is None:
            levels.append(base)
        elif own.source == source:
            levels.append(own.level)
        else:
            levels.append(narrowest([base, own.level]))
    return levels
