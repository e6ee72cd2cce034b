"""Conversations, their turns, and what readers thought of the answers, kept in the records.

A turn keeps its answer twice: in the form that `raadsvar ask --json` promises,
which any later version can read, and whole, to be drawn again with its places.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from rag.answer import Answer
from rag.errors import RecordsError
from rag.form import to_json
from rag.store.codec import decode, encode, unharmed
from rag.store.records import Records
from rag.store.told import Told, packed, unpacked
from rag.types import Text

UNDO = dt.timedelta(minutes=15)
"""How long a deleted conversation can be had back; then nothing is left of it."""

Verdict = Literal["up", "down"]


class Conversation(NamedTuple):
    """A conversation."""

    id: int
    title: str
    created: dt.datetime


class KeptTurn(NamedTuple):
    """A question and its answer: as JSON, and whole unless an older version wrote it.

    `told` are the documents it tells of, None where an older version wrote it.
    """

    id: int
    question: str
    form: dict[str, Any]
    answer: Answer | None
    verdict: Verdict | None
    told: tuple[Told, ...] | None = None


class Feedback(NamedTuple):
    """What a reader thought of a turn: a verdict and, if they said, why.

    `told` are the documents that it and the turn tell of, None where that was not kept.
    """

    turn: int
    verdict: Verdict
    reason: str
    created: dt.datetime
    question: str
    form: dict[str, Any]
    answer: Answer | None
    told: tuple[Told, ...] | None = None


class Conversations:
    """The conversations of one user; those of others are as if they were not there.

    Every method raises RecordsError when SQLite or the disk refuses.
    """

    def __init__(self, records: Records, owner: str) -> None:
        self._database, self._owner = records.database, owner

    def start(self, title: str) -> int:
        """Begin a conversation and return its id."""
        sql = "INSERT INTO conversation (title, created, owner) VALUES (?, ?, ?) RETURNING id"
        return int(self._database.rows(sql, title, _now(), self._owner)[0][0])

    @unharmed()
    def all(self, search: str = "") -> list[Conversation]:
        """Return the conversations, the latest used first; `search` is in a title or question."""
        # A full disk, or one that may only be read, keeps nobody from reading.
        with suppress(RecordsError):
            self._database.rows(
                "DELETE FROM conversation WHERE owner = ? AND deleted < ?",
                *(self._owner, (dt.datetime.now(dt.UTC) - UNDO).isoformat()),
            )
        found = self._database.rows(
            "SELECT c.id, title, c.created, coalesce(group_concat(question, char(10)), '') "
            "FROM conversation c LEFT JOIN turn ON conversation = c.id "
            "WHERE owner = ? AND deleted IS NULL GROUP BY c.id "
            "ORDER BY coalesce(max(turn.id), 0) DESC, c.id DESC",
            self._owner,
        )
        wanted = search.casefold().split()
        return [
            Conversation(id, title, dt.datetime.fromisoformat(at))
            for id, title, at, asked in found
            if all(word in f"{title}\n{asked}".casefold() for word in wanted)
        ]

    def title(self, conversation: int) -> str | None:
        """Return a conversation's title, None where there is none."""
        found = self._database.rows(
            "SELECT title FROM conversation WHERE id = ? AND owner = ? AND deleted IS NULL",
            *(conversation, self._owner),
        )
        return found[0][0] if found else None

    def rename(self, conversation: int, title: str) -> None:
        """Give a conversation another title."""
        self._set(conversation, "title = ?", title)

    def delete(self, conversation: int) -> None:
        """Delete a conversation with its turns and their feedback; `restore` undoes it."""
        self._set(conversation, "deleted = ?", _now())

    def restore(self, conversation: int) -> None:
        """Take back a deletion, within `UNDO`."""
        self._set(conversation, "deleted = ?", None)

    def add(
        self, conversation: int, question: str, answer: Answer, told: Iterable[Told] | None = None
    ) -> int:
        """Keep a question and its answer, and the documents they tell of; return the turn's id.

        Raises RecordsError where the user has no such conversation.
        """
        form = json.dumps(to_json(answer), ensure_ascii=False)
        kept = self._database.rows(
            "INSERT INTO turn (conversation, question, answer_json, whole, created, told) "
            "SELECT id, ?, ?, ?, ?, ? FROM conversation WHERE id = ? AND owner = ? RETURNING id",
            *(question, form, encode(_slim(answer)), _now(), packed(told)),
            *(conversation, self._owner),
        )
        if not kept:
            raise RecordsError(
                Text("Samtalen findes ikke længere.", "The conversation is no longer there.")
            )
        return int(kept[0][0])

    @unharmed()
    def turns(self, conversation: int) -> list[KeptTurn]:
        """Return a conversation's turns, oldest first."""
        found = self._database.rows(
            "SELECT turn.id, question, answer_json, whole, verdict, turn.told FROM turn "
            "JOIN conversation c ON c.id = conversation LEFT JOIN feedback ON turn = turn.id "
            "WHERE c.id = ? AND owner = ? AND deleted IS NULL ORDER BY turn.id",
            *(conversation, self._owner),
        )
        return [
            KeptTurn(id, question, json.loads(form), _whole(whole), verdict, unpacked(told))
            for id, question, form, whole, verdict, told in found
        ]

    def judge(
        self,
        turn: int,
        verdict: Verdict | None,
        reason: str = "",
        told: Iterable[Told] | None = None,
    ) -> None:
        """Keep what the user thinks of a turn, in place of any before; None takes it back.

        `told` are the documents that the reason tells of.
        """
        mine = "SELECT turn.id FROM turn JOIN conversation c ON c.id = conversation WHERE owner = ?"
        with self._database.transaction():
            self._database.rows(
                f"DELETE FROM feedback WHERE turn = ? AND turn IN ({mine})", turn, self._owner
            )
            if verdict:
                self._database.rows(
                    "INSERT INTO feedback (turn, verdict, reason, created, told) "
                    f"SELECT id, ?, ?, ?, ? FROM turn WHERE id = ? AND id IN ({mine})",
                    *(verdict, reason, _now(), packed(told), turn, self._owner),
                )

    def _set(self, conversation: int, change: str, value: str | None) -> None:
        self._database.rows(
            f"UPDATE conversation SET {change} WHERE id = ? AND owner = ?",
            *(value, conversation, self._owner),
        )


@unharmed()
def feedback(records: Records) -> list[Feedback]:
    """Return everybody's feedback, the latest first, with question and answer: for evaluators."""
    found = records.database.rows(
        "SELECT turn, verdict, reason, f.created, question, answer_json, whole, turn.told, f.told "
        "FROM feedback f "
        "JOIN turn ON turn.id = turn JOIN conversation c ON c.id = conversation "
        "WHERE deleted IS NULL ORDER BY f.created DESC, turn DESC"
    )
    return [
        Feedback(
            *(turn, verdict, reason, dt.datetime.fromisoformat(at)),
            *(question, json.loads(form), _whole(whole)),
            None
            if of_turn is None or own is None
            else (unpacked(of_turn) or ()) + (unpacked(own) or ()),
        )
        for turn, verdict, reason, at, question, form, whole, of_turn, own in found
    ]


def _slim(answer: Answer) -> Answer:
    """Return an answer without the tables and sections of the documents it cites."""
    return replace(
        answer,
        citations=tuple(
            replace(c, document=replace(c.document, tables=(), sections=()))
            for c in answer.citations
        ),
    )


def _whole(text: str | None) -> Answer | None:
    """Return the answer kept whole; None where a version with other types wrote it."""
    try:
        return decode(Answer, text) if text else None
    except (KeyError, TypeError, ValueError):
        return None


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat()
