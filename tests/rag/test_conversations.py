from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from rag.answer import Answer
from rag.chain import Assistant
from rag.errors import RecordsError
from rag.form import to_json
from rag.home import Home
from rag.store import conversations as module
from rag.store.conversations import Conversations, feedback
from rag.store.records import MIGRATIONS, Records

EMPTY = Answer("not_found", "da")


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(Home(tmp_path / "home"))


def test_an_answer_is_kept_whole_and_as_json(records: Records, assistant: Assistant) -> None:
    answer = assistant.ask("Hvor mange årsværk skærer ØU10 i 2026 og 2029?")
    mine = Conversations(records, "a")
    turn = mine.add(mine.start("Årsværk"), "Hvor mange?", answer)
    (kept,) = mine.turns(mine.all()[0].id)
    assert (kept.id, kept.question, kept.form) == (turn, "Hvor mange?", to_json(answer))
    assert kept.answer is not None and to_json(kept.answer) == to_json(answer)
    assert kept.answer.statements == answer.statements and kept.answer.query == answer.query
    assert not any(c.document.tables for c in kept.answer.citations), "tables are the catalogue's"


def test_an_answer_of_other_types_is_still_there_as_json(records: Records) -> None:
    mine = Conversations(records, "a")
    conversation = mine.start("x")
    mine.add(conversation, "?", EMPTY)
    records.database.rows("""UPDATE turn SET whole = '{"status":"answered","gone":1}'""")
    (kept,) = mine.turns(conversation)
    assert kept.answer is None and kept.form["status"] == "not_found"


def test_conversations_are_their_owners_alone(records: Records) -> None:
    mine, others = Conversations(records, "a"), Conversations(records, "b")
    conversation = mine.start("mit")
    turn = mine.add(conversation, "?", EMPTY)
    others.rename(conversation, "dit")
    others.delete(conversation)
    others.judge(turn, "down")
    assert others.all() == [] and others.turns(conversation) == []
    with pytest.raises(RecordsError):
        others.add(conversation, "?", EMPTY)
    assert [c.title for c in mine.all()] == ["mit"] and len(mine.turns(conversation)) == 1
    assert feedback(records) == []


def test_search_is_in_titles_and_questions_and_knows_danish_capitals(records: Records) -> None:
    mine = Conversations(records, "a")
    first, second = mine.start("Økonomi"), mine.start("Andet")
    mine.add(second, "Hvad koster ÅRSVÆRK?", EMPTY)
    assert [c.id for c in mine.all("økonomi")] == [first]
    assert [c.id for c in mine.all("andet årsværk")] == [second]
    assert mine.all("%") == []


def test_the_latest_used_comes_first(records: Records) -> None:
    mine = Conversations(records, "a")
    first, second = mine.start("1"), mine.start("2")
    mine.add(second, "?", EMPTY)
    mine.add(first, "?", EMPTY)
    assert [c.id for c in mine.all()] == [first, second]


def test_a_deleted_conversation_can_be_had_back_for_a_while_and_then_nothing_is_left(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Conversations(records, "a")
    conversation = mine.start("x")
    turn = mine.add(conversation, "?", EMPTY)
    mine.judge(turn, "down", "forkert år")
    mine.delete(conversation)
    assert mine.all() == [] and mine.turns(conversation) == [] and feedback(records) == []
    mine.restore(conversation)
    assert [c.id for c in mine.all()] == [conversation] and len(mine.turns(conversation)) == 1
    mine.delete(conversation)
    monkeypatch.setattr(module, "UNDO", dt.timedelta(seconds=-1))
    assert mine.all() == []
    left = [records.database.rows(f"SELECT count(*) FROM {t}")[0][0]
            for t in ("conversation", "turn", "feedback")]  # fmt: skip
    assert left == [0, 0, 0]


def test_a_verdict_replaces_the_one_before_and_can_be_taken_back(records: Records) -> None:
    mine = Conversations(records, "a")
    conversation = mine.start("x")
    turn = mine.add(conversation, "Hvor mange?", EMPTY)
    mine.judge(turn, "up")
    mine.judge(turn, "down", "forkert år")
    (told,) = feedback(records)
    assert (told.turn, told.verdict, told.reason, told.question) == (
        *(turn, "down", "forkert år", "Hvor mange?"),
    )
    assert mine.turns(conversation)[0].verdict == "down"
    mine.judge(turn, None)
    assert feedback(records) == [] and mine.turns(conversation)[0].verdict is None


def test_conversations_from_before_there_were_owners_are_the_local_users(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    old = sqlite3.connect(home.records)
    old.executescript(MIGRATIONS[0] + "PRAGMA user_version = 1;")
    old.execute("INSERT INTO conversation VALUES (1, 'før', '2026-01-01T00:00:00+00:00')")
    old.execute("INSERT INTO turn VALUES (1, 1, '?', '{}', '2026-01-01T00:00:00+00:00')")
    old.commit()
    old.close()
    kept = Conversations(Records(home), "local")
    assert [c.title for c in kept.all()] == ["før"]
    assert kept.turns(1)[0][1:4] == ("?", {}, None)


def test_a_number_that_no_conversation_can_have_is_one_that_is_not_there(tmp_path: Path) -> None:
    asked = Conversations(Records(Home(tmp_path / "home")), "local")
    for number in (2**63, -(2**63) - 1, 10**30):
        assert asked.turns(number) == [] and asked.title(number) is None
        asked.delete(number)
