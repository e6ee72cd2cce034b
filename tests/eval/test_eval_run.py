import json
import shutil
from itertools import count
from pathlib import Path
from typing import Any, get_args

import pytest
from made_answers import known, money, refused
from typer.testing import CliRunner

from cli import app
from eval.known import KnownAnswer, Type, load_known
from eval.ranking import relevant_passages
from eval.run import ask_known, run_collections, run_side_by_side
from eval.sets import HOUSE, SHIPPED, Collection, offered
from rag.answer import Answer
from rag.home import CHECKOUT, Home
from rag.query import Turn
from rag.store.catalogue import Catalogue

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


@pytest.fixture
def home(corpus_home: Path) -> Home:
    return Home(corpus_home)


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
    outcomes = list(
        ask_known(
            (
                known(id="a", question="break", figures=(money(1),)),
                known(
                    id="b",
                    question="Og i 2027?",
                    history=(Turn("Hvad koster det?"),),
                    words=(("x",),),
                ),
            ),
            Refuser(Home(tmp_path)),
            clock=lambda: float(next(ticks)),
        )
    )
    assert [o.judgement.verdict for o in outcomes] == ["error", "not_answered"]
    assert outcomes[0].error == "RuntimeError: broken"
    assert [o.seconds for o in outcomes] == [1.0, 1.0]


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
    collection, told = Collection("mine", None, (questions,)), list[tuple[int, int]]()
    one = run_collections([collection], home, lambda *done: told.append(done))
    two = run_collections([collection], home)
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert [(o.answer, o.judgement, o.ranking) for o in one.outcomes] == [
        (o.answer, o.judgement, o.ranking) for o in two.outcomes
    ]
    cut, unknown = one.outcomes
    assert cut.collection == "mine"
    assert cut.judgement.verdict == "correct"
    assert cut.judgement.page_right
    assert cut.ranking is not None
    assert unknown.judgement.verdict == "correct"
    assert unknown.judgement.reason_right


def test_collections_side_by_side_come_in_their_order(home: Home, tmp_path: Path) -> None:
    def collection(name: str, question: dict[str, Any]) -> Collection:
        path = tmp_path / f"{name}.jsonl"
        path.write_text(json.dumps({**question, "id": name}), "utf8")
        return Collection(name, None, (path,))

    run = run_side_by_side([collection("b", UNKNOWN), collection("a", UNKNOWN)], home)
    assert [(o.collection, o.known.id, o.judgement.verdict) for o in run.outcomes] == [
        ("b", "b", "correct"),
        ("a", "a", "correct"),
    ]
    assert run.started is not None


def test_the_command_keeps_the_run_and_compares_it_with_an_earlier(
    questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAADSVAR_HOME", str(tmp_path / "home"))
    small = tmp_path / "documents"
    small.mkdir()
    shutil.copy(CHECKOUT / "corpus" / PROPOSAL, small)
    monkeypatch.setattr("eval.sets.CORPUS", small)
    asked = ["eval", "--questions", str(questions)]
    printed = CliRunner().invoke(app, asked)
    assert printed.exit_code == 0, printed.output
    assert "2 (100%)" in printed.output
    assert "nr. 1" in printed.output
    told = json.loads(CliRunner().invoke(app, [*asked, "--json", "--against", "1"]).stdout)
    assert told["summaries"]["total"]["all"]["correct"] == 2
    assert [o["id"] for o in told["outcomes"]] == ["cut", "unknown"]
    assert told["number"] == 2
    assert told["against"]["earlier"]["number"] == 1
    assert told["against"]["better"] == told["against"]["broke"] == told["against"]["new"] == []


def test_a_run_to_compare_with_that_is_not_there_is_told_before_anything_is_asked(
    questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAADSVAR_HOME", str(tmp_path))
    missing = CliRunner().invoke(app, ["eval", "--against", "7"])
    assert missing.exit_code == 2
    assert "ingen kørsel nr. 7" in missing.output


def test_the_answers_kept_in_a_data_folder_are_a_collection(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert [c.name for c in offered(home)] == ["shipped", "made", "unseen", "fresh"]
    (tmp_path / "known_answers.jsonl").write_text(json.dumps({**CUT, "author": "user"}))
    mine = offered(home)[-1]
    assert (mine.name, mine.documents) == ("own", None)
    assert [k.id for k in load_known(mine.questions)] == ["cut"]


@pytest.mark.parametrize("collection", HOUSE, ids=lambda c: c.name)
def test_the_sets_of_the_house_name_documents_that_are_there(collection: Collection) -> None:
    assert collection.documents is not None
    documents = {p.name for p in collection.documents.iterdir()}
    known = load_known(collection.questions)
    assert {k.expected.document for k in known} - {None} <= documents


def test_the_sets_of_the_house_are_the_mixture_it_promises() -> None:
    by_name = {c.name: load_known(c.questions) for c in HOUSE}
    asked = [*by_name["shipped"], *by_name["made"]]
    assert len({k.id for known in by_name.values() for k in known}) == sum(
        map(len, by_name.values())
    )
    assert len(asked) >= 250
    assert sum(k.type == "other_words" for k in asked) >= 60
    assert sum(bool(k.history) for k in asked) >= 60
    assert sum(k.expected.status == "not_found" for k in asked) >= 50
    assert 2 * sum(bool(k.expected.figures) for k in asked) >= len(asked)
    assert {k.type for k in asked} == set(get_args(Type))
    assert {k.language for k in asked} == {"da", "en"}
    assert 4 * sum(k.author == "blind" for k in load_known(SHIPPED.questions)) >= len(
        by_name["shipped"]
    )
