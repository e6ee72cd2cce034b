"""The record of drafts: questions, versions, verdicts, acceptances, and who did what when.

It lies in records.sqlite: the catalogue can be built again, what people wrote cannot.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, cast

from draft.inquiry import Inquiry
from draft.verdicts import Acceptance
from rag.errors import InputError
from rag.store.access import LOCAL
from rag.store.codec import decode, encode, unharmed
from rag.store.lookup import Lookup
from rag.store.records import Records
from rag.store.told import Told, is_hidden, packed, unpacked
from rag.types import Access, Text

Status = Literal["new", "in_draft", "checked", "sent"]
_DRAFT = "id, body, status, owner, due, created, access, told"


@dataclass(frozen=True)
class Case:
    """What a draft answers, and how its letter is headed.

    `fields` are those of the template that a person fills in; `notes` tell who
    writes it on what the documents disagree on.
    """

    inquiry: Inquiry
    fields: dict[str, str] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A draft as the list shows it; `access` is who may see it.

    `told` are the documents that it tells of, in any version, question or reason; None
    where an older version of the program wrote it.
    """

    id: int
    case: Case
    status: Status
    owner: str
    due: dt.date | None
    created: dt.datetime
    access: Access = "public"
    told: tuple[Told, ...] | None = None

    @property
    def rests_on(self) -> list[str]:
        """The ids of the documents that it tells of."""
        return [t.id for t in self.told or ()]


class Version(NamedTuple):
    """A text that a draft had: `number` counts from 1, `verdicts` as they were then."""

    number: int
    text: str
    verdicts: list[dict[str, Any]]
    author: str
    note: str
    created: dt.datetime


class Event(NamedTuple):
    """Something that was done to a draft."""

    what: str
    detail: str
    by: str
    created: dt.datetime


class Drafts:
    """The drafts of a data folder. Every method raises RecordsError as `Records` does."""

    def __init__(
        self,
        records: Records,
        levels: frozenset[Access] = LOCAL.levels,
        catalogue: Lookup | None = None,
    ) -> None:
        """Open the drafts that tell of nothing but what is of these levels, now too.

        `catalogue` is what those see who may see documents of these levels.
        """
        self._database, self._levels, self._catalogue = records.database, levels, catalogue

    def whole(self) -> AbstractContextManager[None]:
        """What is kept in the block is kept whole or not at all, and seen when all is."""
        return self._database.transaction()

    def add(self, case: Case, owner: str, due: dt.date | None) -> int:
        """Keep a new draft, without a text yet, and return its number."""
        return self._insert(
            "draft (body, status, owner, due, told, created)",
            *(encode(case), "new", owner, due.isoformat() if due else "", packed(())),
        )

    def all(self) -> list[Draft]:
        """Return the drafts: what is not sent first, by due date, the rest newest first."""
        rows = self._database.rows(f"SELECT {_DRAFT} FROM draft")
        found = [d for row in rows if self._is_seen(d := _draft(row))]
        late = dt.date.max
        return sorted(found, key=lambda d: (d.status == "sent", d.due or late, -d.id))

    def get(self, id: int) -> Draft:
        """Return a draft; raises InputError where there is none, or none that may be seen."""
        found = self._database.rows(f"SELECT {_DRAFT} FROM draft WHERE id = ?", id)
        draft = _draft(found[0]) if found else None
        if draft is None or not self._is_seen(draft):
            raise InputError(Text(f"Der er intet udkast {id}.", f"There is no draft {id}."))
        return draft

    def _is_seen(self, draft: Draft) -> bool:
        if draft.access not in self._levels:
            return False
        if self._catalogue is None:
            return True
        text = encode(draft.case)
        if draft.told is None:
            text += "".join(v.text + json.dumps(v.verdicts) for v in self.versions(draft.id))
            text += "".join(a.sentence + a.reason for a in self.acceptances(draft.id))
        return not is_hidden(draft.told, text, self._catalogue)

    def update(
        self,
        id: int,
        *,
        case: Case | None = None,
        status: Status | None = None,
        owner: str | None = None,
        due: dt.date | None = None,
        access: Access | None = None,
        told: Iterable[Told] | None = None,
    ) -> None:
        """Change what is given of a draft."""
        given = {
            "body": encode(case) if case else None,
            "status": status,
            "owner": owner,
            "due": due.isoformat() if due else None,
            "access": access,
            "told": None if told is None else packed(told),
        }
        for column, value in given.items():
            if value is not None:
                self._database.rows(f"UPDATE draft SET {column} = ? WHERE id = ?", value, id)

    # ----------------------------------------------------------- what belongs to one

    def save(
        self, id: int, text: str, verdicts: Sequence[dict[str, Any]], author: str, note: str = ""
    ) -> None:
        """Keep a text as the newest version; those before it stay."""
        self._insert(
            "draft_version (draft, text, verdicts_json, author, note, created)",
            *(id, text, json.dumps(verdicts, ensure_ascii=False), author, note),
        )

    @unharmed()
    def versions(self, id: int) -> list[Version]:
        """Return a draft's versions, oldest first."""
        found = self._database.rows(
            "SELECT text, verdicts_json, author, note, created FROM draft_version "
            "WHERE draft = ? ORDER BY id",
            id,
        )
        return [
            Version(n, text, json.loads(verdicts), author, note, _time(at))
            for n, (text, verdicts, author, note, at) in enumerate(found, start=1)
        ]

    def accept(self, id: int, accepted: Acceptance) -> None:
        """Record that someone lets a claim stand."""
        self._insert(
            "draft_acceptance (draft, words, sentence, by, reason, created)",
            *(id, accepted.words, accepted.sentence, accepted.by, accepted.reason),
        )

    @unharmed()
    def acceptances(self, id: int) -> list[Acceptance]:
        """Return what was accepted in a draft, oldest first."""
        found = self._database.rows(
            "SELECT words, sentence, by, reason, created FROM draft_acceptance "
            "WHERE draft = ? ORDER BY id",
            id,
        )
        return [Acceptance(w, s, by, why, _time(at)) for w, s, by, why, at in found]

    def log(self, id: int, what: str, by: str, detail: str = "") -> None:
        """Record that something was done."""
        self._insert("draft_event (draft, what, detail, by, created)", id, what, detail, by)

    @unharmed()
    def events(self, id: int) -> list[Event]:
        """Return what was done to a draft, oldest first."""
        found = self._database.rows(
            "SELECT what, detail, by, created FROM draft_event WHERE draft = ? ORDER BY id", id
        )
        return [Event(what, detail, by, _time(at)) for what, detail, by, at in found]

    def _insert(self, into: str, *values: Any) -> int:
        marks = ", ".join("?" * (len(values) + 1))
        sql = f"INSERT INTO {into} VALUES ({marks}) RETURNING rowid"
        now = dt.datetime.now(dt.UTC).isoformat()
        return int(self._database.rows(sql, *values, now)[0][0])


@unharmed()
def _draft(row: Sequence[Any]) -> Draft:
    id, body, status, owner, due, created, access, told = row
    day = dt.date.fromisoformat(due) if due else None
    case, stands = decode(Case, body), cast("Status", status)
    return Draft(id, case, stands, owner, day, _time(created), access, unpacked(told))


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
