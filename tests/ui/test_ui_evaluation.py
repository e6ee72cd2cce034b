"""The page Evaluering: its logic by AppTest, the way through it in a real Chromium."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from serving import serving, window
from streamlit.testing.v1 import AppTest

from eval.background import Background, State
from eval.form import run_json
from eval.own import own_answers
from eval.run import run_collections
from eval.runs import Runs
from eval.sets import Collection
from rag.chain import Assistant
from rag.home import VARIABLE, Home
from rag.store.access import User
from rag.store.catalogue import Catalogue
from rag.store.conversations import Conversations
from rag.store.records import Records
from rag.types import Text

PAGE = "from ui.evaluation.page import page\npage()"
CUT: dict[str, Any] = {
    "id": "own-1",
    "question": "Hvor mange årsværk skærer ØU10 i 2029?",
    "language": "da",
    "type": "lookup",
    "expected": {
        "status": "answered",
        "figures": [{"amount": 4, "unit": "årsværk", "year": 2029}],
    },
    "author": "user",
}
REFUSED: dict[str, Any] = {
    "id": "own-2",
    "question": "Hvad koster <b>ØU77</b> i 2027?",
    "language": "da",
    "type": "refuse",
    "expected": {"status": "not_found", "reasons": ["unknown_document"]},
    "author": "user",
}
MISTAKEN = {**CUT, "expected": {"status": "answered", "words": [["syv årsværk"]]}}


def write(path: Path, *known: dict[str, Any]) -> Path:
    path.write_text("\n".join(json.dumps(k) for k in known), "utf8")
    return path


@pytest.fixture(scope="module")
def kept(corpus_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two runs: in the first an expectation was mistaken."""
    folder = tmp_path_factory.mktemp("kept")
    runs = Runs(Records(Home(folder)))
    for known in ((MISTAKEN, REFUSED), (CUT, REFUSED)):
        asked = Collection("own", None, (write(folder / "asked.jsonl", *known),))
        runs.add(json.loads(json.dumps(run_json(run_collections([asked], Home(corpus_home))))))
    return folder


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(VARIABLE, str(folder))
    return AppTest.from_string(PAGE, default_timeout=30).run()


def html(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.body for element in app.html)


def test_without_runs_the_page_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Any] = []
    monkeypatch.setattr(Background, "start", lambda _, names, levels: started.append(names))
    app = opened(tmp_path, monkeypatch)
    assert "Der er ingen kørsler endnu" in html(app)
    app.button(key="run").click().run()
    assert started == [["shipped", "made", "unseen", "fresh"]]
    app.get("button_group")[0].set_value("made").run()
    app.button(key="run").click().run()
    assert started[1:] == [["made"]]


def test_a_run_under_way_shows_how_far_it_is_and_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[Background] = []
    monkeypatch.setattr(Background, "state", State(running=True, done=3, total=12))
    monkeypatch.setattr(Background, "stop", lambda it: stopped.append(it))
    app = opened(tmp_path, monkeypatch)
    assert app.get("progress")[0].proto.text == "Spørger: 3 af 12"
    app.button(key="stop").click().run()
    assert len(stopped) == 1
    monkeypatch.setattr(Background, "state", State(error=Text("Den <gik> ned.", "It broke.")))
    assert "Den &lt;gik&gt; ned." in html(app.run())


def test_the_latest_run_is_shown_with_what_was_expected_beside_what_came(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(kept, monkeypatch)
    assert app.selectbox[0].options[0].startswith("Nr. 2")
    shown = html(app)
    assert "100 %" in shown and "2 af 2" in shown
    assert "besvares; 4 årsværk (2029)" in shown
    assert "reduktion på 4 årsværk i 2029" in shown
    assert "&lt;b&gt;ØU77&lt;/b&gt;" in shown
    app.selectbox[0].set_value(1).run()
    assert "50 %" in html(app)
    assert "der er kun en kørsel".casefold() in html(app).casefold()


def test_a_run_over_documents_that_the_user_may_not_see_is_not_shown(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outsider = User("x", "Ekstern", frozenset({"evaluator"}))
    monkeypatch.setattr("ui.evaluation.runs.user", lambda: outsider)
    shown = html(opened(kept, monkeypatch))
    assert "Der er ingen kørsler endnu" in shown
    assert "årsværk" not in shown


def test_questions_are_filtered_by_verdict_and_kind(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(kept, monkeypatch)
    assert html(app).count('<article class="outcome') == 2 + 1, "two questions and one change"
    app.selectbox(key="kind").set_value("refuse").run()
    shown = html(app)
    assert "1 spørgsmål" in shown and "ØU77" in shown
    assert "besvares; 4 årsværk" not in shown


def test_what_changed_since_the_run_before_is_told(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = html(opened(kept, monkeypatch))
    assert "Blevet bedre (1)" in shown
    assert "det kendte svar er rettet" in shown
    assert "Blevet værre" not in shown


@pytest.fixture
def judged(corpus_home: Path, tmp_path: Path) -> Path:
    """A data folder with a thumb down on an answer from a public document."""
    folder = tmp_path / "judged"
    shutil.copytree(corpus_home, folder)
    home = Home(folder)
    answer = Assistant(home).ask("Hvor mange årsværk skærer ØU10 i 2029?")
    conversations = Conversations(Records(home), "somebody")
    turn = conversations.add(conversations.start("x"), "Hvor mange *årsværk* i ØU10?", answer)
    conversations.judge(turn, "down", "Jeg mente <2028>.")
    return folder


def test_a_thumb_down_becomes_a_known_answer_that_the_next_run_asks(
    judged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(judged, monkeypatch)
    assert [e.label for e in app.expander] == ["Hvor mange \\*årsværk\\* i ØU10?"]
    assert "Jeg mente &lt;2028&gt;." in html(app)
    app.text_input(key="feedback-1-question").set_value("Hvor mange årsværk skærer ØU10 i 2028?")
    app.text_input(key="feedback-1-figure").set_value("3")
    save = next(b for b in app.button if b.label == "Gem som kendt svar")
    save.click().run()
    assert "ikke ét tal med enhed" in html(app)
    assert own_answers(Home(judged)) == ()
    app.text_input(key="feedback-1-figure").set_value("3 årsværk")
    app.text_input(key="feedback-1-year").set_value("2028")
    next(b for b in app.button if b.label == "Gem som kendt svar").click().run()
    assert "Ingen svar med tommel ned venter" in html(app)
    assert "1 kendte svar er vores egne" in html(app)
    (known,) = own_answers(Home(judged))
    assert known.question == "Hvor mange årsværk skærer ØU10 i 2028?"
    (figure,) = known.expected.figures
    assert (figure.amount, figure.unit, figure.year) == (3, "årsværk", 2028)
    assert "Vores egne" in app.get("button_group")[0].proto.options[-1].content


def test_a_thumb_down_on_what_the_user_may_not_see_is_not_shown(
    judged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = Catalogue(Home(judged))
    document = next(d for d in catalogue.documents() if d.number == "ØU10")
    catalogue.decide(document.id, "closed")
    catalogue.close()
    outsider = User("x", "Ekstern", frozenset({"evaluator"}))
    monkeypatch.setattr("ui.shared.user", lambda: outsider)
    app = opened(judged, monkeypatch)
    assert not app.expander
    assert "Ingen svar med tommel ned venter" in html(app)


def test_run_look_filter_and_take_away_in_a_browser(
    corpus_home: Path, tmp_path: Path, browser_path: str
) -> None:
    folder = tmp_path / "home"
    shutil.copytree(corpus_home, folder)
    write(folder / "known_answers.jsonl", CUT, REFUSED)
    with (
        serving(folder, tmp_path) as address,
        window(browser_path, address, width=390) as page,
    ):
        page.goto(f"{address}/evaluering")
        page.get_by_text("Vores egne", exact=True).click()
        page.get_by_role("button", name="Kør de kendte svar").click()
        expect(page.get_by_text("100 %").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.get_by_role("tab", name="Spørgsmål").click()
        expect(page.get_by_text("reduktion på 4 årsværk i 2029")).to_be_visible()
        page.get_by_role("tab", name="Resultat").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Hent kørslen (CSV)").click()
        text = download.value.path().read_text("utf-8-sig")
        assert "own;own-1;lookup;da;user;correct" in text
