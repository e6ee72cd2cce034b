"""TAT-QA: its measure, our answers as its predictions, and a run over contexts made here."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from made_answers import answered, calculated, cite, figure, prose, refused, told
from rich.console import Console

from eval.tatqa.__main__ import main, table
from eval.tatqa.lenient import count
from eval.tatqa.measure import Prediction, Score, score
from eval.tatqa.numbers import is_number, to_number
from eval.tatqa.prediction import predicted
from eval.tatqa.run import Asked, load, run
from rag.answer import Calculation, Statement
from rag.errors import InputError
from rag.types import Place


def gold(answer: Any, kind: str = "span", scale: str = "", **fields: str) -> dict[str, Any]:
    given = {"question": "What?", "answer_from": "table", **fields}
    return {**given, "answer": answer, "answer_type": kind, "scale": scale}


def scored(right: dict[str, Any], *spans: str, scale: str = "") -> Score:
    return score(right, Prediction(spans, scale))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("$1,496.5", 1496.5),
        ("(134)", -134),
        ("12%", 0.12),
        ("1.5 million", 1.5e6),
        ("-3", -3),
        ("(1,234)", 1234),  # as published: a comma hides the brackets
        ("three", None),
        (".5", None),
    ],
)
def test_numbers_are_read_as_published(text: str, number: float | None) -> None:
    assert to_number(text) == number


def test_a_number_may_have_a_scale_word_and_nothing_else() -> None:
    assert is_number("44.1") and is_number("44.1 million")
    assert not is_number("44.1 employees") and not is_number("") and not is_number("nan")


def test_a_number_counts_with_its_scale() -> None:
    right = gold(12.6, "arithmetic", "million")
    assert scored(right, "12.6", scale="million") == (1, 1)
    assert scored(right, "12600000") == (1, 1)
    assert scored(right, "12.6") == (0, 0)
    assert scored(right, "12.6", scale="thousand") == (0, 0)
    assert scored(right, "-12.6", scale="million") == (0, 0)


def test_percent_is_a_hundredth_however_it_is_told() -> None:
    right = gold(-22.22, "arithmetic", "percent")
    for spans, scale in (("-22.22", "percent"), ("-0.2222", ""), ("-22.22%", "")):
        assert scored(right, spans, scale=scale) == (1, 1)
    assert scored(right, "-22.2", scale="percent") == (0, 0)
    assert scored(right, "-22.22") == (0, 0)


def test_what_is_computed_or_counted_has_no_partial_credit() -> None:
    assert scored(gold("3", "count"), "3") == (1, 1)
    assert scored(gold("3 units", "arithmetic"), "3 items") == (0, 0)
    assert scored(gold(["3 units"]), "3 items") == (0, 1 / 2)


def test_a_span_is_scored_by_its_words_without_case_articles_and_punctuation() -> None:
    right = gold(["the annual plan"])
    assert scored(right, "An annual plan.") == (1, 1)
    shared, told_words, right_words = 2, 5, 2
    precision, recall = shared / told_words, shared / right_words
    f1 = round(2 * precision * recall / (precision + recall), 2)
    assert scored(right, "annual plan approved by members") == (0, f1)
    assert scored(right, "nothing") == (0, 0)
    assert score(right, Prediction()) == (0, 0)


def test_the_order_of_spans_does_not_matter_but_each_counts() -> None:
    right = gold(["fixed-price", "cost-plus", "time"], "multi-span")
    assert scored(right, "time", "cost-plus", "fixed-price") == (1, 1)
    precision, recall = 2 / 2, 2 / 3
    f1 = round(2 * precision * recall / (precision + recall), 2)
    assert scored(right, "time", "cost-plus") == (0, f1)
    numbers = gold(["73,260", "57,768"], "multi-span", "thousand")
    assert scored(numbers, "57768", "73260", scale="thousand") == (1, 1)
    assert scored(numbers, "57768", scale="thousand") == (0, round(2 * 1 / 2 / (1 + 1 / 2), 2))


def test_an_answer_predicts_what_it_leads_with() -> None:
    assert predicted(refused()) == ((), "")
    assert predicted(answered(told(figure("-1200")))) == (("-1200",), "thousand")
    assert predicted(answered(told(prose("5.5", unit="pct.")))) == (("5.5",), "percent")
    printed = figure("18.111", scale=1, text="$18,111")
    assert predicted(answered(told(printed))) == (("$18,111",), "")
    two = answered(told(figure("1"), figure("2", 2026)), told(figure("3")))
    assert predicted(two) == (("1", "2"), "thousand")
    mixed = answered(told(figure("1"), prose("2")))
    assert predicted(mixed) == (("1000", "2"), "")


def test_a_result_comes_before_its_operands() -> None:
    parts = figure("700"), figure("820")
    shown = calculated("-120000", *parts)
    assert predicted(answered(told(*parts), calculation=shown)) == (("-120",), "thousand")
    share = Calculation("a / b", Decimal("-12.1"), "pct.", shown.operands)
    assert predicted(answered(told(*parts), calculation=share)) == (("-12.1",), "percent")


def test_words_are_those_marked_in_the_quotation() -> None:
    quote = cite(quote="Reviewed on an annual basis.")
    says = Statement("The document says it.", citations=(0,))
    assert predicted(answered(says, citations=(quote,))).spans == (quote.quote,)
    words = quote.quote.index("an annual"), quote.quote.index(".")
    marked = type(quote)(quote.document, quote.place, quote.quote, Place("f", 1, *words))
    assert predicted(answered(says, citations=(marked,))).spans == ("an annual basis",)
    assert predicted(answered(Statement("Two documents."))).spans == ("Two documents.",)


def test_the_lenient_count() -> None:
    def counted(right: dict[str, Any], answer: Any) -> str:
        return count(right, answer, predicted(answer))

    quote = cite(quote="Total liabilities were $1,305 in 2018.")
    says = answered(Statement("It says so.", citations=(0,)), citations=(quote,))
    assert counted(gold(["$1,305"]), says) == "right"
    assert counted(gold(["$1,306"]), says) == "wrong"
    assert counted(gold(["1,305", "2019"], "multi-span"), says) == "wrong"
    assert counted(gold(1305, "arithmetic"), says) == "wrong", "quoted, not computed"
    assert counted(gold(["$1,305"]), refused()) == "refused"
    share = Calculation("a / b", Decimal("-12.1"), "pct.", ((figure("1"), 0),))
    answer = answered(told(figure("1")), calculation=share)
    assert counted(gold(12.14, "arithmetic", "percent"), answer) == "right"
    assert counted(gold(12.24, "arithmetic", "percent"), answer) == "wrong"
    assert counted(gold(-12100, "arithmetic"), answer) == "right"


def contexts(path: Path) -> Path:
    asked = gold(["166"], scale="", question="What was the cost of pensions in 2019?")
    other = {**asked, "answer": ["57"]}
    made = [
        {
            "table": {"table": [["", "2019", "2018"], ["Cost of pensions", cost, "178"]]},
            "paragraphs": [{"order": 1, "text": "Pensions & benefits"}],
            "questions": [question],
        }
        for cost, question in (("166", asked), ("57", other))
    ]
    path.write_text(json.dumps(made), "utf8")
    return path


def test_a_context_is_asked_alone(tmp_path: Path) -> None:
    results = list(run(load(contexts(tmp_path / "dev.json"))))
    assert [[(a.score, a.count, a.error) for a in r] for r in results] == [
        [(Score(1, 1), "right", None)],
        [(Score(1, 1), "right", None)],
    ]


def test_the_table_counts_every_question() -> None:
    asked = [
        Asked("span", "table", Score(1, 1), "right"),
        Asked("span", "text", Score(0, 0.5), "wrong"),
        Asked("count", "text", Score(0, 0), "refused"),
    ]
    console = Console(width=100)
    with console.capture() as shown:
        console.print(table(asked))
    lines = {" ".join(line.split("│")[1].split()): line for line in shown.get().splitlines()
             if "│" in line}  # fmt: skip
    em, f1 = 100 * 1 / 3, 100 * 1.5 / 3
    assert f"{em:.1f}" in lines["in all"] and f"{f1:.1f}" in lines["in all"]
    assert "1 (50 %)" in lines["span"]
    assert "from table-text" not in lines and "arithmetic" not in lines


@pytest.mark.parametrize("text", ["{", "[{}]", '[{"table": {"table": []}, "paragraphs": []}]', "3"])
def test_a_file_that_is_no_tatqa_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "dev.json"
    path.write_text(text, "utf8")
    with pytest.raises(InputError) as error:
        load(path)
    assert "dev.json" in error.value.message.da


def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "borte.json")]) == 2
    assert "borte.json" in capsys.readouterr().err
    assert main([]) == 2
