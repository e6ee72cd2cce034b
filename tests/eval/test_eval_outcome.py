import io
import json
from pathlib import Path
from typing import Any

import pytest
from made_answers import answered, figure, known, money, refused, told
from rich.console import Console

from eval.gate import breaches, load_floors
from eval.metrics import judge
from eval.outcome import Outcome, Run, Share, run_json, summarise
from eval.ranking import Ranking, rank
from eval.report import print_report
from rag.errors import InputError
from rag.types import Answer

RIGHT, OFF = answered(told(figure("-1000"))), answered(told(figure("-9000")))


def outcome(answer: Answer | None, seconds: float = 1.0, **fields: Any) -> Outcome:
    asked = known(figures=(money(-1000000),), **fields)
    return Outcome(asked, answer, judge(asked, answer), None, seconds, None if answer else "E: x")


def test_every_question_counts_once_and_errors_stay_in_the_denominators() -> None:
    paged: dict[str, Any] = {"document": "robot.pdf", "pages": (1,)}
    answers = [RIGHT, RIGHT, refused(), OFF, answered(), None]
    summary = summarise([outcome(a, **paged) for a in answers])
    assert (summary.correct, summary.not_answered, summary.wrong) == (2, 1, 1)
    assert (summary.wrong_figures, summary.errors) == (1, 1)
    assert summary.questions == 2 + 1 + 1 + 1 + 1
    assert summary.correct_share == 2 / 6
    # The refusal and the error cite nothing; the other four cite page 1.
    assert summary.page_right == Share(4, 6)
    assert summary.document_right.value == 4 / 6
    assert summary.reason_right.value is None


def test_seconds_are_the_median_and_the_95th_of_a_hundred() -> None:
    summary = summarise([outcome(RIGHT, seconds=s) for s in range(100, 0, -1)])
    assert summary.median_seconds == (50 + 51) / 2
    assert summary.p95_seconds == 95
    assert summarise([outcome(RIGHT, seconds=3.0)]).p95_seconds == 3.0


def test_recall_at_5_and_mrr() -> None:
    relevant = {
        "first": frozenset("a"),
        "third": frozenset("cx"),
        "sixth": frozenset("f"),
        "eleventh": frozenset("k"),
        "unasked": frozenset("a"),
    }
    listed = {key: list("abcdefghijk") for key in ("first", "third", "sixth", "eleventh")}
    assert rank(relevant, listed) == {
        "first": Ranking(1 / 1, 1 / 1),
        "third": Ranking(1 / 2, 1 / 3),
        "sixth": Ranking(0 / 1, 1 / 6),
        "eleventh": Ranking(0.0, 0.0),
        "unasked": Ranking(0.0, 0.0),
    }
    assert rank({}, {}) == {}


def test_recall_and_mrr_are_means_over_the_questions_that_are_ranked() -> None:
    base = outcome(RIGHT)
    rankings = [Ranking(1.0, 1 / 2), Ranking(0.0, 1 / 8), None]
    summary = summarise([Outcome(base.known, RIGHT, base.judgement, r, 1.0) for r in rankings])
    assert summary.ranked == 2
    assert summary.recall_at_5 == (1 + 0) / 2
    assert summary.mrr == (1 / 2 + 1 / 8) / 2


def test_groups_are_by_author_language_and_type() -> None:
    run = Run(
        (
            outcome(RIGHT, id="a"),
            outcome(OFF, id="b", author="blind", language="en"),
            outcome(refused(), id="c", type="misspelt"),
        )
    )
    groups = run.summaries()
    assert {k: s.correct for k, s in groups["author"].items()} == {"blind": 0, "house": 1}
    assert {k: s.questions for k, s in groups["language"].items()} == {"da": 2, "en": 1}
    assert {k: s.questions for k, s in groups["type"].items()} == {"lookup": 2, "misspelt": 1}
    assert groups["total"]["all"].questions == 3


def test_the_json_form_is_json_and_holds_every_outcome() -> None:
    run = Run((outcome(RIGHT, id="a"), outcome(None, id="b")))
    read = json.loads(json.dumps(run_json(run)))
    first, second = read["outcomes"]
    assert first["verdict"] == "correct"
    assert first["expected"]["figures"] == [{"amount": -1000000.0, "unit": "kr.", "year": 2025}]
    assert first["answer"]["statements"][0]["figures"][0]["amount_dkk"] == -1000000
    assert (second["verdict"], second["error"], second["answer"]) == ("error", "E: x", None)
    assert read["summaries"]["total"]["all"]["errors"] == 1
    assert read["summaries"]["total"]["all"]["page_right"] == {"count": 0, "of": 0}


def test_the_report_lists_what_is_not_correct_with_what_was_expected_and_came() -> None:
    console = Console(file=io.StringIO(), width=150)
    run = Run((outcome(RIGHT, id="good"), outcome(OFF, id="bad"), outcome(None, id="broken")))
    print_report(run, console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "good" not in printed
    assert "bad · FORKERT TAL / WRONG FIGURE (figures)" in printed
    assert "−1.000.000 kr. (2025)" in printed
    assert "broken · FEJL / ERROR" in printed
    assert "E: x" in printed
    assert "1 (33%)" in printed


def test_the_gate_stops_wrong_figures_errors_and_what_falls_below_its_floor() -> None:
    good = Run((outcome(RIGHT, id="a"), outcome(RIGHT, id="b"), outcome(refused(), id="c")))
    assert breaches(good, {"all": {"correct": 2 / 3}, "house": {"correct": 0.6}}) == []
    [low] = breaches(good, {"house": {"correct": 0.67}})
    assert low.en == "house: correct answers 0.667 is below the floor of 0.670."
    bad = Run((outcome(OFF, id="x"), outcome(None, id="y")))
    assert [t.en for t in breaches(bad, {})] == ["x: a wrong figure.", "y: failed."]
    # A measure or a group that nothing was counted for does not pass.
    assert len(breaches(good, {"all": {"mrr": 0.0}, "blind": {"correct": 0.0}})) == 2


@pytest.mark.parametrize("text", ["{", '{"all": {"luck": 1}}', '{"all": {"mrr": 2}}', "[]"])
def test_floors_that_cannot_be_read_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text, "utf8")
    with pytest.raises(InputError, match=r"floors\.json: the floors cannot be read"):
        load_floors(path)
