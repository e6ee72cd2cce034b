import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, get_args

import pytest
from made_answers import known, money, refused

from eval.known import KnownAnswer, Type, load_known
from eval.ranking import relevant_passages
from eval.run import SETS, corpus_home, main, run_home, run_known
from rag.catalogue import Catalogue
from rag.home import Home
from rag.types import Answer, Turn

PROPOSAL = "oeu10_kunstig-intelligens_budget-2026-2029.pdf"
CUT = {
    "id": "cut",
    "question": "how many FTE does ØU10 cut in 2029?",
    "language": "en",
    "type": "lookup",
    "expected": {
        "status": "answered",
        "figures": [{"amount": 4, "unit": "årsværk", "year": 2029}],
        "document": PROPOSAL,
        "pages": [1],
        "finding": True,
    },
    "author": "house",
}
UNKNOWN = {
    "id": "unknown",
    "question": "Hvad koster ØU77 i 2027?",
    "language": "da",
    "type": "refuse",
    "expected": {"status": "not_found", "reasons": ["unknown_document"]},
    "author": "house",
}


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    with corpus_home() as home:
        yield home


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, (CUT, UNKNOWN))), "utf8")
    return path


class Refuser:
    """Refuses every question but those it breaks on."""

    def __init__(self, home: Home) -> None:
        self.catalogue = Catalogue(home)
        self.retriever = self

    def ask(self, question: str, history: Any = ()) -> Answer:
        if question == "break":
            raise RuntimeError("broken")
        assert question != "Og i 2027?" or history == (Turn("Hvad koster det?"),)
        return refused()

    def hits(self, query: Any, n: int) -> list[Any]:
        return []


def test_a_question_that_fails_is_an_error_and_the_rest_go_on(tmp_path: Path) -> None:
    ticks = count()
    run = run_known(
        (
            known(id="a", question="break", figures=(money(1),)),
            known(
                id="b", question="Og i 2027?", history=(Turn("Hvad koster det?"),), words=(("x",),)
            ),
        ),
        Refuser(Home(tmp_path)),
        clock=lambda: float(next(ticks)),
    )
    assert [o.judgement.verdict for o in run.outcomes] == ["error", "not_answered"]
    assert run.outcomes[0].error == "RuntimeError: broken"
    assert [o.seconds for o in run.outcomes] == [1.0, 1.0]


def test_relevant_passages_hold_the_figure_on_its_page(home: Home) -> None:
    catalogue = Catalogue(home)
    texts = {p.id: p.text for p in catalogue.passages()}

    def found(question: KnownAnswer) -> list[str]:
        return [texts[id] for id in sorted(relevant_passages(question, catalogue))]

    place: dict[str, Any] = {"document": PROPOSAL, "pages": (1,)}
    [table] = found(known(figures=(money(-2200000, 2029),), **place))
    assert "Effektivisering" in table
    assert found(known(figures=(money(-2200000, 2028),), **place)) == []
    assert found(known(words=(("barnets lov",),), **place)) != []
    assert found(known(words=(("barnets lov",),), document=PROPOSAL, pages=(3,))) == []
    assert found(known(words=(("barnets lov",),))) == []
    catalogue.close()


def test_a_run_over_the_corpus_answers_and_is_the_same_twice(home: Home, questions: Path) -> None:
    asked = load_known([questions])
    one, two = (run_home(asked, home) for _ in range(2))
    assert [(o.answer, o.judgement, o.ranking) for o in one.outcomes] == [
        (o.answer, o.judgement, o.ranking) for o in two.outcomes
    ]
    cut, unknown = one.outcomes
    assert cut.judgement.verdict == "correct"
    assert cut.judgement.page_right
    assert cut.ranking is not None
    assert unknown.judgement.verdict == "correct"
    assert unknown.judgement.reason_right


def test_the_command_prints_the_run_and_tells_by_its_code(
    home: Home, questions: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    monkeypatch.setenv("RAADSVAR_HOME", "/nowhere")  # the evaluation has a folder of its own
    assert main(questions, as_json=True) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["summaries"]["total"]["all"]["correct"] == 2
    assert [o["id"] for o in printed["outcomes"]] == ["cut", "unknown"]


def test_the_sets_shipped_can_be_read() -> None:
    asked = load_known(SETS)
    assert len({k.id for k in asked}) == len(asked)
    documents = {p.name for p in (SETS[0].parent.parent / "corpus").iterdir()}
    assert {k.expected.document for k in asked} - {None} <= documents


def test_the_sets_shipped_are_the_mixture_the_house_promises() -> None:
    asked = load_known(SETS)
    assert len(asked) >= 100
    assert 2 * sum(bool(k.expected.figures) for k in asked) >= len(asked)
    assert 3 * sum(k.author == "blind" for k in asked) >= len(asked)
    assert sum(k.type == "refuse" for k in asked) >= 20
    assert {k.type for k in asked} == set(get_args(Type))
    assert {k.language for k in asked} == {"da", "en"}
    assert any(k.history for k in asked)
