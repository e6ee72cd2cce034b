"""Conversations that are kept, over sessions and users, by Streamlit's AppTest."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rag.home import CHECKOUT, VARIABLE, Home
from rag.store.access import LOCAL
from rag.store.catalogue import Catalogue
from rag.store.conversations import Conversations, feedback
from rag.store.records import Records

QUESTION = "Hvor mange årsværk sparer ØU10 i 2029?"
ANSWER = "reduktion på 4 årsværk i 2029"


@pytest.fixture
def folder(corpus_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = shutil.copytree(corpus_home, tmp_path / "data")
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


def opened(conversation: str = "") -> AppTest:
    app = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=30)
    if conversation:
        app.query_params["samtale"] = conversation
    return app.run()


def shown(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.body for element in app.html)


def ask(app: AppTest, question: str) -> None:
    app.chat_input[0].set_value(question).run()


def test_a_new_session_at_the_same_address_has_the_conversation_and_goes_on_with_it(
    folder: Path,
) -> None:
    first = opened()
    ask(first, QUESTION)
    address = first.query_params["samtale"][0]
    again = opened(address)
    assert ANSWER in shown(again) and 'href="#source-1-1"' in shown(again)
    assert any("Ændring i antal årsværk" in option for option in again.radio[0].options)
    ask(again, "og i 2028?")
    assert "3 årsværk i 2028" in shown(again)
    kept = Conversations(Records(Home(folder)), LOCAL.id)
    assert [t.question for t in kept.turns(int(address))] == [QUESTION, "og i 2028?"]


@pytest.mark.parametrize(
    "address", ["99", "-1", "x", "1; DROP TABLE turn", "9" * 19, "9" * 30, "9" * 5000, "²"]
)
def test_an_address_of_no_conversation_is_an_empty_page(folder: Path, address: str) -> None:
    app = opened(address)
    assert "Hvad vil du vide?" in shown(app) and "samtale" not in app.query_params


def test_another_users_conversation_is_not_there(folder: Path) -> None:
    others = Conversations(Records(Home(folder)), "en anden")
    conversation = others.start("hemmelig")
    app = opened()
    ask(app, QUESTION)
    first = opened(app.query_params["samtale"][0])
    answer = Conversations(Records(Home(folder)), LOCAL.id).turns(2)[0].answer
    assert answer is not None
    others.add(conversation, "hemmeligt spørgsmål", answer)
    assert "hemmelig" not in shown(opened(str(conversation))) + shown(first)


def test_what_a_deleted_document_said_is_not_shown_and_the_question_can_be_asked_again(
    folder: Path,
) -> None:
    first = opened()
    ask(first, QUESTION)
    catalogue = Catalogue(Home(folder))
    (oeu10,) = catalogue.documents(numbers=["ØU10"])
    catalogue.remove(oeu10.source)
    app = opened(first.query_params["samtale"][0])
    assert "er slettet fra samlingen" in shown(app) and ANSWER not in shown(app)
    assert not app.radio and "forslag" not in shown(app).rsplit('class="question"', 1)[1]
    next(b for b in app.button if b.key and b.key.startswith("again")).click().run()
    assert "ØU10" in shown(app).rsplit('class="question"', 1)[1]
    assert ANSWER not in shown(app)


def test_an_answer_that_an_older_version_kept_leaves_its_question(folder: Path) -> None:
    first = opened()
    ask(first, QUESTION)
    Records(Home(folder)).database.rows("UPDATE turn SET whole = NULL")
    app = opened(first.query_params["samtale"][0])
    assert QUESTION in shown(app) and "ældre udgave" in shown(app) and ANSWER not in shown(app)


def test_a_judgement_is_kept_with_its_reason_for_evaluators(folder: Path) -> None:
    app = opened()
    ask(app, QUESTION)
    app.get("button_group")[-1].set_value("down").run()
    next(t for t in app.text_input if t.key == "why-1").set_value("forkert år").run()
    assert "gemt til dem, der evaluerer" in shown(app)
    (told,) = feedback(Records(Home(folder)))
    assert (told.verdict, told.reason, told.question) == ("down", "forkert år", QUESTION)
    assert told.answer is not None and ANSWER in told.answer.text
    again = opened(app.query_params["samtale"][0])
    assert again.get("button_group")[-1].value == "down"


def test_records_that_cannot_be_used_are_told_and_questions_are_answered_all_the_same(
    folder: Path,
) -> None:
    Home(folder).records.write_bytes(b"no database at all" * 100)
    app = opened()
    ask(app, QUESTION)
    assert ANSWER in shown(app) and "records.sqlite" in shown(app)


def test_the_answer_is_kept_to_the_chips_and_a_chip_lets_go(folder: Path) -> None:
    app = opened()
    next(m for m in app.multiselect if m.key == "within-municipalities").select("København").run()
    assert any(b.key == "chip-municipalities-København" for b in app.button)
    ask(app, QUESTION)
    last = shown(app).rsplit('class="question"', 1)[1]
    assert "ligger uden for" in last and "svar kun fra København" in last
    next(b for b in app.button if b.key == "again-1").click().run()
    assert ANSWER in shown(app) and not any(b.key.startswith("chip") for b in app.button if b.key)


def test_the_users_id_is_what_conversations_are_kept_under(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.ask.exchange.user", lambda: replace(LOCAL, id="anne"))
    app = opened()
    ask(app, QUESTION)
    kept = Records(Home(folder))
    assert [c.title for c in Conversations(kept, "anne").all()] == [QUESTION]
    assert Conversations(kept, LOCAL.id).all() == []
