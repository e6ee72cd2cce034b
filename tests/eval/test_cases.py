"""The small cases: how strictly they are judged, and a run over documents made here."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from made_answers import answered, calculated, cite, figure, finding, prose, refused, told

from eval.cases.__main__ import main
from eval.cases.expectations import CHECK, Case, Expected, Figure, load_cases
from eval.cases.judge import Got, Verdict, judge, judge_check
from eval.cases.run import run
from rag.answer import Answer, Statement
from rag.errors import InputError
from rag.gate.gate import Outcome
from rag.gate.gate import Verdict as Checked


def money(amount: int, year: int = 2027, *named: str) -> Figure:
    return Figure(Decimal(amount), "kr.", year, named)


SAVED, LESS = money(-1200000), money(-900000)


def verdict(expected: Expected, answer: Answer, **got: object) -> Verdict:
    return judge([expected], Got(answer, **got))


def test_the_right_figure_alone_is_right() -> None:
    expected = Expected(figures=(SAVED,))
    right = told(figure("-1200", 2027))
    assert verdict(expected, answered(right)) == "right"
    assert verdict(expected, answered(told(figure("-1200", 2026)))) == "wrong figure"
    assert verdict(expected, answered(told(figure("1200", 2027)))) == "wrong figure"
    assert verdict(expected, answered(told(figure("-1200", 2027, scale=1)))) == "wrong figure"
    assert verdict(expected, answered(told(figure("-1200", 2027, unit="år")))) == "wrong figure"
    assert verdict(expected, refused()) == "refused"


def test_another_figure_beside_the_right_one_is_wrong_unless_it_may_be_told() -> None:
    both = answered(told(figure("-1200", 2027)), told(figure("-900", 2027)))
    other = answered(told(figure("-900", 2027)), told(figure("-1200", 2027)))
    assert verdict(Expected(figures=(SAVED,)), both) == "wrong figure"
    assert verdict(Expected(figures=(SAVED,), also=(LESS,)), both) == "right"
    assert verdict(Expected(figures=(SAVED,), also=(LESS,)), other) == "wrong figure"


def test_a_right_figure_without_its_unit_or_year_falls_short() -> None:
    expected = Expected(figures=(SAVED,))
    assert verdict(expected, answered(told(figure("-1200000", 2027, unit=None, scale=1)))) == (
        "wrong"
    )
    assert verdict(expected, answered(told(figure("-1200", None)))) == "wrong"


def test_figures_are_told_apart_by_their_names() -> None:
    named = money(-1200000, 2027, "høring"), money(-900000, 2027, "endelig")
    expected = Expected(status=("ambiguous",), figures=named)
    first, second = figure("-1200", 2027), figure("-900", 2027)
    apart = (told(first, text="Høringsudkastet."), told(second, text="Den endelige udgave."))
    crossed = (told(second, text="Høringsudkastet."), told(first, text="Den endelige udgave."))
    bare = (told(first), told(second))
    for statements, expects in ((apart, "right"), (crossed, "wrong"), (bare, "wrong")):
        assert verdict(expected, answered(*statements, status="ambiguous")) == expects


def test_a_result_comes_before_what_it_is_made_of() -> None:
    parts = figure("700", 2027), figure("820", 2027)
    answer = answered(told(*parts), calculation=calculated("-120000", *parts))
    also = money(700000), money(820000)
    assert verdict(Expected(figures=(money(-120000),), also=also), answer) == "right"
    assert verdict(Expected(figures=(SAVED,), also=also), answer) == "wrong figure"


def test_what_is_not_there_must_be_told_nowhere() -> None:
    hidden = Expected(status=("not_found",), without=("777.000",))
    near = Answer("not_found", "da", why_not=refused().why_not, near=(Statement("Det 777.000."),))
    assert verdict(hidden, refused()) == "right"
    assert verdict(hidden, near) == "wrong"
    assert verdict(hidden, answered(told(prose("777000", 2026)))) == "wrong figure"
    assert verdict(hidden, answered(Statement("Den er 777.000 kr. i 2026."))) == "wrong figure"


def test_words_dates_and_places() -> None:
    says = answered(Statement("Fristen er 08.01.27.", citations=(0,)), citations=(cite(5),))
    assert verdict(Expected(date=dt.date(2027, 1, 8)), says) == "right"
    assert verdict(Expected(date=dt.date(2027, 1, 9)), says) == "wrong"
    assert verdict(Expected(words=(("frist", "termin"),)), says) == "right"
    assert verdict(Expected(words=(("frist",), ("termin",))), says) == "wrong"
    assert verdict(Expected(words=(("frist",),), without=("møde",)), says) == "right"
    assert verdict(Expected(words=(("frist",),), without=("fristen er",)), says) == "wrong"
    assert verdict(Expected(words=(("frist",),), place="s. 5"), says) == "right"
    assert verdict(Expected(words=(("frist",),), place="s. 50"), says) == "wrong"


def test_findings_and_warnings_are_counted() -> None:
    answer = answered(told(figure("-1200", 2027)), findings=(finding(),))
    assert verdict(Expected(figures=(SAVED,), findings=1), answer) == "right"
    assert verdict(Expected(figures=(SAVED,), findings=0), answer) == "wrong"
    assert verdict(Expected(figures=(SAVED,), findings=1), answer, findings=2) == "wrong"
    assert verdict(Expected(figures=(SAVED,), warned=("bogstav",)), answer) == "wrong"
    warned = verdict(
        Expected(figures=(SAVED,), warned=("bogstav",)), answer, warnings=("Bogstaver mangler.",)
    )
    assert warned == "right"


@pytest.mark.parametrize(
    ("words", "outcome", "expects"),
    [
        ("203.000 kr. i 2027", "bound", "wrong figure"),
        ("203.000 kr. i 2027", "found_elsewhere", "right"),
        ("65 koster", "not_found", "wrong"),
    ],
)
def test_a_checked_claim_must_be_held_back_itself(
    words: str, outcome: Outcome, expects: Verdict
) -> None:
    checked = Checked(0, len(words), words, "amount", outcome)
    assert judge_check(Expected(claim="203.000"), [checked]) == expects


def test_every_case_can_be_judged() -> None:
    cases = load_cases()
    assert len(cases) == 81
    assert len({(c.files, c.question) for c in cases}) == 81
    for case in cases:
        for expected in case.expected:
            by = expected.figures or expected.words or expected.together or expected.date
            assert by or expected.claim or expected.status == ("not_found",), case.question
            assert (expected.claim is not None) == case.question.startswith(CHECK)
            assert expected.claim is None or expected.claim in case.question


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "sager.jsonl"
    path.write_text('{"files": ["a.md"], "question": "?", "expected": [{"amout": 1}]}\n', "utf8")
    with pytest.raises(InputError) as error:
        load_cases(path)
    assert "sager.jsonl, linje 1" in error.value.message.da
    assert "amout" in error.value.message.da


def test_cases_are_asked_over_their_own_files_alone(tmp_path: Path) -> None:
    for name, saved in (("bad.md", 300), ("hal.md", 400)):
        head = "# Prioriteringsforslag\n\nNr. BU-08\n\nOverskrift: Vikarer\n\nBeløb i 1.000 kr.\n\n"
        table = f"| | 2026 | 2027 |\n| --- | --- | --- |\n| Effektivisering | -{saved} | -700 |\n"
        (tmp_path / name).write_text(head + table, "utf8")
    asked, then = "Hvad sparer BU-08 i 2026?", "Og i 2027?"
    wanted, later = (
        Expected(figures=(money(a, y),)) for a, y in ((-400000, 2026), (-700000, 2027))
    )
    text = f"{CHECK}BU-08 sparer 300.000 kr. i 2026."
    cases = [
        Case(("hal.md",), asked, (wanted,)),
        Case(("bad.md",), asked, (wanted,)),
        Case(("hal.md",), text, (Expected(claim="300.000"),)),
        Case(("bad.md",), text, (Expected(claim="300.000"),)),
        Case(("hal.md",), then, (later,), history=(asked,)),
        Case(("hal.md",), then, (later,)),
    ]
    results = list(run(tmp_path, cases))
    assert [case for case, *_ in results] == cases
    verdicts = ["right", "wrong figure", "right", "wrong figure", "right", "refused"]
    assert [v for _, v, _ in results] == verdicts


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "01-fodnote.docx findes ikke" in capsys.readouterr().err
    assert main([]) == 2
