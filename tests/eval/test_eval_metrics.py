from decimal import Decimal
from typing import Any

import pytest
from made_answers import (
    FILE,
    answered,
    calculated,
    cite,
    figure,
    finding,
    known,
    money,
    prose,
    refused,
    told,
)

from eval.known import ExpectedFigure
from eval.metrics import judge
from eval.words import holds
from rag.answer import Answer, Statement
from rag.types import Place

FTE: dict[str, Any] = {
    "unit": "årsværk",
    "scale": 1,
    "measure": "Ændring i antal årsværk",
    "concept": "fte",
}
ASKED = known(figures=(money(-1000000),))


def verdict(question: Any, answer: Answer | None) -> str:
    return judge(question, answer).verdict


# ------------------------------------------------------------------ right figures


@pytest.mark.parametrize(
    ("given", "right"),
    [
        (figure("-1000"), True),
        (figure("1000"), False),  # a table's sign counts
        (figure("-1000", 2026), False),
        (figure("-1001"), False),
        (figure("-1000", unit="årsværk"), False),
        (figure(None, state="blank"), False),
        (prose("1000000"), True),  # prose tells the size of what is cut
        (prose("1", scale=1000000), True),
        (prose("1000000", None, period="2024-2026"), True),
        (prose("1000000", None, period="2025-"), True),
        (prose("1000000", None, period="2026-"), False),
        (prose("1000000", None), False),  # tells no year
        (figure("-1000", None, period="2025-2028"), False),  # a table's sum is of no year
    ],
)
def test_amount_unit_and_year_make_a_figure_right(given: Any, right: bool) -> None:
    assert (verdict(ASKED, answered(told(given))) == "correct") is right


def test_positions_and_fte_are_one_unit_and_nouns_go_by_their_last_word() -> None:
    staff = known(figures=(ExpectedFigure("stillinger", Decimal(4), year=2029),))
    assert verdict(staff, answered(told(figure("4", 2029, **FTE)))) == "correct"
    towns = known(figures=(ExpectedFigure("kommuner", Decimal(11)),))
    assert verdict(towns, answered(told(prose("11", None, unit="andre kommuner")))) == "correct"
    assert verdict(towns, answered(told(prose("11", None, unit="byer")))) == "wrong_figure"


def test_a_range_is_right_by_both_ends() -> None:
    asked = known(figures=(ExpectedFigure("kr.", low=Decimal(2500000), high=Decimal(10000000)),))
    ends = {"low": Decimal("2.5"), "high": Decimal(10), "scale": 1000000}
    assert verdict(asked, answered(told(prose(None, None, **ends)))) == "correct"
    assert verdict(asked, answered(told(prose(None, None, **{**ends, "high": Decimal(5)})))) == (
        "wrong_figure"
    )
    assert verdict(asked, answered(told(prose("10", None, scale=1000000)))) == "wrong_figure"


def test_a_question_for_the_proses_figure_may_be_answered_by_the_table() -> None:
    asked = known(type="prose_figure", figures=(money(1000000),))
    assert verdict(asked, answered(told(figure("-1000")))) == "correct"


def test_every_expected_figure_must_be_there() -> None:
    both = known(figures=(money(-1000000, 2025), money(-2000000, 2026)))
    one, other = figure("-1000", 2025), figure("-2000", 2026)
    assert verdict(both, answered(told(one, other))) == "correct"
    assert verdict(both, answered(told(one))) == "wrong"


def test_the_result_of_a_shown_calculation_is_a_figure_of_the_answer() -> None:
    asked = known(figures=(money(-3000000, None),))
    operands = figure("-1000", 2025), figure("-2000", 2026)
    right = answered(told(*operands), calculation=calculated("-3000000", *operands))
    assert verdict(asked, right) == "correct"
    off = answered(told(*operands), calculation=calculated("-2000000", *operands))
    assert verdict(asked, off) == "wrong_figure"


# ------------------------------------------------------------------ wrong figures


def test_another_amount_first_is_a_wrong_figure_even_if_the_right_one_follows() -> None:
    right, other = told(figure("-1000")), told(figure("500", measure="Netto", concept="net"))
    assert verdict(ASKED, answered(other, right)) == "wrong_figure"
    assert verdict(ASKED, answered(right, other)) == "correct"


def test_other_years_of_the_row_and_prose_that_confirms_are_no_wrong_figures() -> None:
    row = told(figure("-1000"), figure("-1100", 2026))
    assert verdict(ASKED, answered(row, told(prose("1000000")))) == "correct"


def test_two_amounts_for_one_measure_and_year_contradict_unless_a_finding_says_so() -> None:
    table = figure("-5", **FTE)
    elsewhere = Place(FILE, 2, 0, 60)
    text = prose("3", **FTE, id="prose", context=elsewhere)
    asked = known(figures=(ExpectedFigure("årsværk", Decimal(-5), year=2025),))
    both = told(table), told(text)
    assert verdict(asked, answered(*both)) == "wrong_figure"
    assert verdict(asked, answered(*both, findings=(finding(table, text),))) == "correct"
    foreign = prose("3", **FTE, document="other.pdf", context=elsewhere)
    assert verdict(asked, answered(told(table), told(foreign))) == "correct"


def test_of_a_sentence_with_several_amounts_the_one_said_before_the_quotation_counts() -> None:
    asked = known(figures=(money(500000),))
    amounts = [prose(a, 2025, scale=1000000, text=t) for a, t in (("1.25", "1,25"), ("0.5", "0,5"))]
    quote = "»Der går 1,25 mio. kr. til robotter og 0,5 mio. kr. til kurser.«"
    assert verdict(asked, answered(told(*amounts, text=f"Den skriver 0,5 mio. kr.: {quote}"))) == (
        "correct"
    )
    assert verdict(asked, answered(told(*amounts, text=f"Den skriver 1,25 mio. kr.: {quote}"))) == (
        "wrong_figure"
    )


def test_a_figure_that_tells_no_year_contradicts_by_its_amount_alone() -> None:
    assert verdict(ASKED, answered(told(prose("1000000", None)))) == "wrong"
    assert verdict(ASKED, answered(told(prose("7000000", None)))) == "wrong_figure"


def test_amounts_in_words_alone_are_never_right_and_may_be_wrong_figures() -> None:
    def quote(text: str) -> Answer:
        return answered(Statement(text, (), (0,)))

    assert verdict(ASKED, quote("»Der spares 1 mio. kr.«")) == "wrong"
    assert verdict(ASKED, quote("»Der spares 600.000 kr.«")) == "wrong_figure"
    assert verdict(ASKED, quote("»Der spares i 2025.«")) == "wrong"


def test_what_must_be_refused_may_hold_no_figure_at_all() -> None:
    asked = known(type="refuse", status="not_found", reasons=("year_outside",))
    assert verdict(asked, refused()) == "correct"
    assert verdict(asked, answered(told(figure("-1000")))) == "wrong_figure"
    assert verdict(asked, answered(Statement("»Puljen er på 600.000 kr.«", (), (0,)))) == (
        "wrong_figure"
    )
    assert verdict(asked, answered(Statement("»Det ved vi ikke.«", (), (0,)))) == "wrong"
    assert judge(asked, refused("year_outside")).reason_right is True
    assert judge(asked, refused()).reason_right is False
    assert judge(asked, None).reason_right is False


def test_figures_beside_the_words_asked_for_are_context() -> None:
    asked = known(type="yes_no", words=(("ja", "yes"),))
    assert verdict(asked, answered(told(figure("-1000"), text="Ja, i 2025."))) == "correct"
    assert verdict(asked, answered(told(figure("-1000"), text="Netto."))) == "wrong_figure"
    assert verdict(asked, answered(Statement("»Puljen er 600.000 kr.«", (), (0,)))) == "wrong"


def test_an_ambiguous_answer_may_hold_its_figures_in_any_order() -> None:
    asked = known(status="ambiguous", figures=(money(-1000000), money(-2000000)))
    one, two = figure("-1000"), figure("-2000", document="other.pdf")
    three = figure("-9000", document="third.pdf")
    for order in ([one, two, three], [three, two, one]):
        assert verdict(asked, answered(*map(told, order), status="ambiguous")) == "correct"
    assert verdict(asked, answered(told(one))) == "wrong"
    assert verdict(asked, answered(told(three), status="ambiguous")) == "wrong_figure"


# ------------------------------------------------------- status, words, findings


def test_no_answer_where_one_was_expected_is_not_answered() -> None:
    assert verdict(ASKED, refused()) == "not_answered"
    assert verdict(ASKED, None) == "error"
    unsure = answered(told(figure("-1000")), status="ambiguous")
    assert judge(ASKED, unsure).missing == ("status",)


def test_a_finding_that_must_be_shown_must_be_shown() -> None:
    asked = known(figures=(money(-1000000),), finding=True)
    shown = figure("-1000")
    assert judge(asked, answered(told(shown))).missing == ("finding",)
    assert verdict(asked, answered(told(shown), findings=(finding(shown),))) == "correct"


def test_one_of_each_group_of_words_must_stand_in_text_or_quotes() -> None:
    asked = known(type="prose", words=(("Hovedudvalget", "HU"), ("strategi",)))
    said = Statement("hovedudvalget siger det.", (), (0,))
    assert judge(asked, answered(said)).missing == ("words",)
    assert verdict(asked, answered(said, citations=(cite(quote="en STRATEGI"),))) == "correct"


@pytest.mark.parametrize(
    ("text", "words", "there"),
    [
        ("Ældre-\tog  Handicaprådet", "ældre- og handicaprådet", True),
        ("i alt −1.100 kr.", "-1.100", True),
        ("2,5 mio. kr.", "5 mio. kr.", False),
        ("2.200 kr.", "200 kr.", False),
        ("10-15 mio.", "15 mio.", True),
        ("i 2026", "202", False),
        ("bevilling 1112.", "1112", True),
        ("kortlægger", "kortlæg", True),
    ],
)
def test_words_are_compared_without_case_and_space_and_numbers_whole(
    text: str, words: str, there: bool
) -> None:
    assert holds(text, words) is there


# ------------------------------------------------------------------------ places


def test_page_and_document_are_judged_by_any_citation() -> None:
    asked = known(figures=(money(-1000000),), document=FILE, pages=(2, 3))
    right = told(figure("-1000"))
    judged = judge(asked, answered(right, citations=(cite(1), cite(3))))
    assert (judged.document_right, judged.page_right) == (True, True)
    judged = judge(asked, answered(right, citations=(cite(1), cite(3, file="other.pdf"))))
    assert (judged.document_right, judged.page_right) == (True, False)
    judged = judge(asked, refused())
    assert (judged.document_right, judged.page_right) == (False, False)


def test_pages_are_judged_only_where_one_is_expected() -> None:
    word = known(words=(("x",),), document="a.docx")
    quoted = answered(Statement("x", (), (0,)), citations=(cite(file="a.docx", paged=False),))
    judged = judge(word, quoted)
    assert (judged.document_right, judged.page_right) == (True, None)
    several = known(words=(("x",),), pages=(1,))
    assert judge(several, quoted).page_right is None
