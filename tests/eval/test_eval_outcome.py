import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from made_answers import answered, figure, known, money, refused, told
from rich.console import Console

from eval.calibration import Reason, Refusals, confusion, refusals
from eval.compare import compare
from eval.form import run_json
from eval.gate import breaches, load_floors
from eval.metrics import judge
from eval.outcome import Outcome, Run, Share, summarise
from eval.ranking import Ranking, rank
from eval.report import print_report
from eval.runs import Runs, load_run
from eval.tables import print_comparison, print_status
from rag.answer import Answer
from rag.errors import InputError
from rag.home import Home
from rag.store.records import Records

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
    assert {k: s.questions for k, s in groups["part"].items()} == {
        "shipped/lookup": 2,
        "shipped/misspelt": 1,
    }
    assert groups["collection"]["shipped"].questions == 3
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


def test_the_status_table_and_the_calibration_of_refusals() -> None:
    refuse: dict[str, Any] = {"status": "not_found", "reasons": ("year_outside",)}

    def asked(answer: Answer | None, **fields: Any) -> Outcome:
        entry = known(**fields)
        return Outcome(entry, answer, judge(entry, answer), None, 1.0)

    outcomes = [
        asked(RIGHT, figures=(money(-1000000),)),
        asked(refused("year_outside"), figures=(money(-1000000),)),
        asked(refused("year_outside"), **refuse),
        asked(refused("cell_blank"), **refuse),
        asked(RIGHT, **refuse),
        asked(None, **refuse),
    ]
    assert confusion(outcomes) == {
        "answered": {"answered": 1, "not_found": 1},
        "not_found": {"not_found": 2, "answered": 1, "error": 1},
    }
    assert refusals(outcomes) == Refusals(
        due=4,
        refused=3,
        rightly=2,
        by_reason={"cell_blank": Reason(1, 1, 0), "year_outside": Reason(2, 1, 1)},
    )
    console = Console(file=io.StringIO(), width=150)
    print_status(run_json(Run(tuple(outcomes))), console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "2 (af / of 4 ventede)" in printed
    assert "3/6 (1 forkerte tal)" in printed


def test_two_runs_are_compared_question_by_question() -> None:
    def run(**answers: Answer | None) -> dict[str, Any]:
        return run_json(Run(tuple(outcome(a, id=id) for id, a in answers.items())))

    other = answered(told(figure("-1000"), text="Det er tusind."))
    before = run(same=RIGHT, fixed=OFF, lost=RIGHT, worded=RIGHT, old=RIGHT)
    after = run(same=RIGHT, fixed=refused(), lost=OFF, worded=other, new=RIGHT)
    found = compare({**before, "number": 4}, after)
    assert [e["id"] for e in found["better"]] == ["fixed"], "no answer beats a wrong figure"
    assert found["better"][0]["before"]["verdict"] == "wrong_figure"
    assert [e["id"] for e in found["broke"]] == ["lost"]
    assert [e["id"] for e in found["changed"]] == ["worded"]
    assert (found["new"], found["gone"]) == (["new"], ["old"])
    assert not found["broke"][0]["expectation_changed"]
    console = Console(file=io.StringIO(), width=150)
    print_comparison(found, console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "against run 4" in printed
    assert "lost correct → wrong_figure" in printed


def test_kept_runs_come_back_whole_and_a_file_is_as_good(tmp_path: Path) -> None:
    home = Home(tmp_path)
    runs = Runs(Records(home))
    at = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    run = json.loads(json.dumps(run_json(Run((outcome(RIGHT, id="a"),), at, "openai:made"))))
    assert (runs.add(run), runs.add(run)) == (1, 2)
    first, second = runs.all()
    assert (first.number, first.started, first.model) == (1, at.isoformat(), "openai:made")
    assert second.summaries == run["summaries"]
    assert second.levels == frozenset(), "no document of the data folder is in it"
    inside = {**run, "levels": ["closed", "public"]}
    assert runs.add(inside) == 3
    assert runs.all()[2].levels == {"public", "closed"}
    assert runs.get(1) == {**run, "number": 1}
    assert runs.get(4) is None
    path = tmp_path / "run.json"
    path.write_text(json.dumps(run), "utf8")
    assert load_run(str(path), runs) == run
    assert load_run("2", runs)["number"] == 2
    path.write_text('{"outcomes": [{}]}', "utf8")
    with pytest.raises(InputError, match=r"run\.json: is no run"):
        load_run(str(path), runs)
    with pytest.raises(InputError, match="no run 9"):
        load_run("9", runs)


def test_the_gate_stops_wrong_figures_errors_and_what_falls_below_its_floor() -> None:
    good = Run((outcome(RIGHT, id="a"), outcome(RIGHT, id="b"), outcome(refused(), id="c")))
    passing = {"shipped": {"correct": 2 / 3}, "shipped/lookup": {"correct": 0.6}}
    assert breaches(good, passing) == []
    [low] = breaches(good, {"shipped": {"correct": 0.67}})
    assert low.en == "shipped: correct answers 0.667 is below the floor of 0.670."
    bad = Run((outcome(OFF, id="x"), outcome(None, id="y")))
    assert [t.en for t in breaches(bad, {})] == ["y: failed.", "x: a wrong figure."]
    assert [t.en for t in breaches(bad, {"shipped": {"wrong_figures": 1}})] == ["y: failed."]
    # A measure or a group that nothing was counted for does not pass.
    assert len(breaches(good, {"shipped": {"mrr": 0.0}, "made": {"correct": 0.0}})) == 2


@pytest.mark.parametrize("text", ["{", '{"all": {"luck": 1}}', '{"all": {"mrr": 2}}', "[]"])
def test_floors_that_cannot_be_read_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text, "utf8")
    with pytest.raises(InputError, match=r"floors\.json: the floors cannot be read"):
        load_floors(path)
