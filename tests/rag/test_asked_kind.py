import pytest

from rag.asking.asked_kind import AskedKind
from rag.asking.intent import asks_whether
from rag.asking.question import read_question
from rag.figures.traits import counts


def test_whether_something_is_so_is_told_by_what_denies_or_limits_it() -> None:
    asked = AskedKind("Må en robot afgøre borgernes sager?")
    denied = asked.worth("Den må ikke bruges til afgørelser.")
    assert denied == asked.worth("Den bruges alene til post.") > asked.worth("Den sorterer post.")
    assert AskedKind("Hvad bruges robotten til?").worth("Den må ikke afgøre sager.") == 0


def test_who_is_told_by_a_name_or_a_body() -> None:
    asked = AskedKind("Hvem synes, at planen er god?")
    assert asked.worth("Hovedudvalget er enigt.") == asked.worth("Det siger Ane Lund.") > 0
    assert asked.worth("Planen er god.") == 0


def test_a_question_of_yes_or_no_is_told_from_one_for_an_amount() -> None:
    assert asks_whether(read_question("Regner kommunen med, at 3 stillinger er nok i 2027?"))
    assert not asks_whether(read_question("Hvad bruger kommunen på broer i 2027?"))


@pytest.mark.parametrize(
    "question",
    ["Hvad skal kommunen punge ud?", "Hvad kan vi slippe med?", "Hvad betaler staten til broen?"],
)
def test_who_asks_what_is_paid_asks_for_money(question: str) -> None:
    query = read_question(question)
    assert (query.intent, query.amount) == ("figure", "money")


def test_a_number_of_things_is_told_from_money_staff_and_extents() -> None:
    asked = read_question("How many guests came in 2025?")
    assert counts(asked.amount)
    assert not any(map(counts, (None, "money", "staff", "percent", "time")))
