"""A run beside the app: a real process, how far it is, and how it can end."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from eval.background import Background, State
from eval.export import run_csv
from eval.runs import Runs
from rag.home import Home
from rag.store.records import Records
from rag.types import Access

ASKED = {
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
REFUSED = {
    "id": "own-2",
    "question": "=Hvad koster ØU77; i 2027?",
    "language": "da",
    "type": "refuse",
    "expected": {"status": "not_found", "reasons": ["unknown_document"]},
    "author": "user",
}


PUBLIC: frozenset[Access] = frozenset({"public"})


@pytest.fixture
def home(corpus_home: Path, tmp_path: Path) -> Home:
    folder = tmp_path / "home"
    shutil.copytree(corpus_home, folder)
    known = "\n".join(json.dumps(k) for k in (ASKED, REFUSED))
    (folder / "known_answers.jsonl").write_text(known, "utf8")
    return Home(folder)


def ended(background: Background) -> State:
    for _ in range(600):
        if not background.state.running:
            return background.state
        time.sleep(0.1)
    pytest.fail("the run does not end")


def test_a_run_is_made_in_a_process_of_its_own_and_kept(home: Home) -> None:
    background = Background(home)
    assert background.state == State()
    background.start(["own"], PUBLIC)
    assert background.state.running
    assert ended(background) == State(False, done=2, total=2, number=1)
    run = Runs(Records(home)).get(1) or {}
    assert [o["verdict"] for o in run["outcomes"]] == ["correct", "correct"]
    assert run["levels"] == ["public"]
    lines = run_csv(run).split("\r\n")
    assert lines[1].startswith("own;own-1;lookup;da;user;correct;Hvor mange årsværk")
    assert "answered; 4 årsværk (2029)" in lines[1]
    assert ';"\'=Hvad koster ØU77; i 2027?";' in lines[2]


def test_a_second_run_waits_until_the_first_has_ended_and_one_can_be_stopped(home: Home) -> None:
    background = Background(home)
    background.start(["own"], PUBLIC)
    background.start(["own"], PUBLIC)
    background.stop()
    state = ended(background)
    assert state.error is not None and "afbrudt" in state.error.da
    assert Runs(Records(home)).all() == []


def test_known_answers_that_cannot_be_read_are_told_in_both_languages(home: Home) -> None:
    (home.folder / "known_answers.jsonl").write_text("{", "utf8")
    background = Background(home)
    background.start(["own"], PUBLIC)
    state = ended(background)
    assert state.error is not None
    assert "known_answers.jsonl, linje 1" in state.error.da
    assert "known_answers.jsonl, line 1" in state.error.en
