from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.arithmetic import calculate, operation_asked, pick
from rag.language import fold
from rag.types import Figure, Place

PLACE = Place("d", 1, 0, 1)


def figure(value: str | None, year: int, **changes: object) -> Figure:
    number = Decimal(value) if value is not None else None
    one = Figure(
        id=f"f{year}",
        document="d",
        measure="Effektivisering",
        concept="efficiency",
        group=None,
        year=year,
        period=None,
        text=value or "",
        state="value" if value is not None else "blank",
        value=number,
        low=None,
        high=None,
        unit="kr.",
        scale=1000,
        price_level="2026-priser",
        effect="cut" if number is not None and number < 0 else "raise",
        place=PLACE,
        context=PLACE,
        table="t",
    )
    return replace(one, **changes)  # type: ignore[arg-type]


def row(*values: str | None) -> list[tuple[Figure, int]]:
    return [(figure(v, 2026 + n), 0) for n, v in enumerate(values)]


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("Hvad er nettoændringen i ØU10 i alt over perioden?", "sum"),
        ("What does it add up to altogether?", "sum"),
        ("Hvad spares i gennemsnit om året?", "average"),
        ("Hvor meget stiger besparelsen fra 2026 til 2029?", "difference"),
        ("Hvor mange procent stiger den fra 2026 til 2029?", "percent"),
        ("Hvilket år er besparelsen størst?", "largest"),
        ("In which year is the investment smallest?", "smallest"),
        ("Hvilket år bliver ØU10 en nettobesparelse?", "first_cut"),
        ("Hvor mange årsværk spares i 2027?", None),
    ],
)
def test_what_a_question_wants_computed(question: str, operation: str | None) -> None:
    assert operation_asked(fold(question)) == operation


def test_a_sum_is_shown_with_its_signs() -> None:
    shown = calculate("sum", row("500", "400", "-150", "-700"))
    assert shown is not None
    assert shown.expression == "500 + 400 − 150 − 700 = 50 (1.000 kr.)"
    assert (shown.result, shown.unit) == (50_000, "kr.")


def test_difference_percent_and_average() -> None:
    operands = row("-1000", "-1100", "-1650", "-2200")
    results = [calculate(o, operands) for o in ("difference", "percent", "average")]  # type: ignore[arg-type]
    assert [r.result for r in results if r] == [-1_200_000, -120, Decimal("-1487500")]


@given(st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=6))
def test_a_sum_is_the_sum_of_its_operands(values: list[int]) -> None:
    shown = calculate("sum", row(*map(str, values)))
    assert shown is not None and shown.result == sum(values) * 1000
    assert sum(f.amount or 0 for f, _ in shown.operands) == shown.result


def test_levels_unlike_units_and_lone_values_are_not_summed() -> None:
    staff = [(replace(f, unit="årsværk", scale=1, concept="fte"), c) for f, c in row("-3", "-5")]
    assert calculate("sum", staff) is None
    assert calculate("average", staff) is None
    other = [(figure("1", 2026), 0), (figure("1", 2027, price_level="2027-priser"), 0)]
    assert calculate("sum", other) is None
    assert calculate("sum", row("1", None)) is None
    assert calculate("percent", row("0", "5")) is None


def test_the_largest_saving_is_furthest_below_zero() -> None:
    savings = [f for f, _ in row("-1000", "-2200", "-1650")]
    assert [pick(o, savings).year for o in ("largest", "smallest")] == [2027, 2026]  # type: ignore[union-attr,arg-type]
    net = [f for f, _ in row("500", "400", "-150", "-700")]
    assert pick("first_cut", net).year == 2028  # type: ignore[union-attr]
    assert pick("first_cut", net[:2]) is None
