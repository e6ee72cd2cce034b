from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.asking.operations import condition_asked, operation_asked, share_asked
from rag.figures.arithmetic import across, calculate, directed, holding, pick, share
from rag.query import Condition, Operation
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
        ("Hvilket år bliver ØU10 en nettobesparelse?", "when"),
        ("Hvornår når vi op på at spare 3 mio. kr. om året?", "when"),
        ("Læg effektiviseringerne i ØU10 sammen.", "sum"),
        ("Sparer ØU02 eller ØU10 mest i 2027?", "most"),
        ("Which proposal invests least in 2027?", "least"),
        ("Hvor mange flere årsværk nedlægger ØU02 end ØU10?", "difference"),
        ("Hvor stor en del af besparelsen er rammebesparelsen?", "share"),
        ("Hvor længe gik der fra spørgsmål til svar?", "days"),
        ("Hvor mange årsværk spares i 2027?", None),
    ],
)
def test_what_a_question_wants_computed(question: str, operation: str | None) -> None:
    assert operation_asked(question) == operation


def test_a_sum_is_shown_with_its_signs() -> None:
    shown = calculate("sum", row("500", "400", "-150", "-700"))
    assert shown is not None
    assert shown.expression == "500 + 400 − 150 − 700 = 50 (1.000 kr.)"
    assert (shown.result, shown.unit) == (50_000, "kr.")


def test_difference_percent_and_average() -> None:
    operands = row("-1000", "-1100", "-1650", "-2200")
    results = [calculate(o, operands) for o in ("difference", "percent", "average")]  # type: ignore[arg-type]
    assert [r.result for r in results if r] == [1_200_000, 120, Decimal("-1487500")]


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
    assert [pick(o, savings)[0].year for o in ("largest", "smallest")] == [2027, 2026]  # type: ignore[arg-type]
    net = [f for f, _ in row("500", "400", "-150", "-700")]
    assert [f.year for f in pick("largest", net)] == [2026]
    assert [f.year for f in pick("largest", net, "cut")] == [2029]
    assert [f.year for f in pick("largest", [f for f, _ in row("-5", "-9", "-9")])] == [2027, 2028]


def test_the_years_that_a_condition_holds_in() -> None:
    net = [f for f, _ in row("500", "400", "-150", "-700")]
    assert [f.year for f in holding(Condition("cut"), net)] == [2028]
    assert [f.year for f in holding(Condition("raise", every=True), net)] == [2026, 2027]
    assert holding(Condition("cut"), net[:2]) == []
    assert [f.year for f in holding(condition_asked("Hvornår når den 600.000 kr.?"), net)] == [2029]


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Hvilke år er den over 400.000 kr.?", [2026, 2029]),
        ("Hvilke år er den mindst 400.000 kr.?", [2026, 2027, 2029]),
        ("Hvilke år er den under 400.000 kr.?", [2028]),
        ("Which years is it at most 400.000 kr.?", [2027, 2028]),
    ],
)
def test_a_bound_is_within_or_without(question: str, years: list[int]) -> None:
    net = [f for f, _ in row("500", "400", "-150", "-700")]
    assert [f.year for f in holding(condition_asked(question), net)] == years


@pytest.mark.parametrize(
    ("question", "part", "whole"),
    [
        ("Hvor stor en del af ØK74s ramme ligger på anlæg?", "på anlæg", "ØK74s ramme"),
        ("Hvor mange procent udgør løn af udgifterne?", "løn", "udgifterne"),
        ("What share of the total goes to service?", "to service", "the total"),
        ("Hvad er det i procent af budgettet?", "Hvad er det", "budgettet"),
    ],
)
def test_part_and_whole_of_a_share(question: str, part: str, whole: str) -> None:
    assert share_asked(question) == (part, whole)


# ------------------------------------------------------------------- invariants

EFFECTS = st.sampled_from(["cut", "raise", "unknown"])
SCALES = st.sampled_from([1, 1000, 1_000_000])
OPERATIONS = st.sampled_from(["sum", "difference", "percent", "average"])


@st.composite
def figures(draw: st.DrawFn, level: bool = False) -> tuple[Figure, int]:
    number = draw(st.integers(-(10**5), 10**5))
    return (
        figure(
            str(number),
            draw(st.integers(2024, 2032)),
            effect=draw(EFFECTS),
            scale=1 if level else draw(SCALES),
            unit="årsværk" if level else "kr.",
            price_level=None if level else draw(st.sampled_from(["2026-priser", "2027-priser"])),
        ),
        draw(st.integers(0, 9)),
    )


@given(OPERATIONS, st.lists(figures(), max_size=5))
def test_what_is_computed_over_a_row_is_computed_again_from_its_operands(
    operation: Operation, operands: list[tuple[Figure, int]]
) -> None:
    shown = calculate(operation, operands)
    if shown is None:
        return
    assert len(shown.operands) >= 2 and set(shown.operands) <= set(operands)
    assert len({(f.unit, f.scale, f.price_level) for f, _ in shown.operands}) == 1
    if operation in ("sum", "average"):
        total = sum((f.amount or Decimal(0)) for f, _ in shown.operands)
        exact = total if operation == "sum" else total / len(shown.operands)
        assert abs(shown.result - exact) <= Decimal("0.05") * shown.operands[0][0].scale
    if operation == "difference":
        ends = [shown.operands[at][0] for at in (0, -1)]
        signed = [(directed(f) or Decimal(0)) * f.scale for f in ends]
        assert abs(shown.result) in (
            abs(signed[1] - signed[0]),
            abs(abs(signed[1]) - abs(signed[0])),
        )


@given(st.lists(figures(level=True), min_size=2, max_size=5))
def test_levels_are_never_summed_over_years(operands: list[tuple[Figure, int]]) -> None:
    assert calculate("sum", operands) is None
    assert calculate("average", operands) is None


@given(st.sampled_from(["sum", "difference"]), st.lists(figures(), min_size=2, max_size=4))
def test_across_rows_only_like_amounts_are_computed_with(
    operation: Operation, operands: list[tuple[Figure, int]]
) -> None:
    shown = across(operation, operands)
    if shown is None:
        return
    told = [f for f, _ in shown.operands]
    assert len({f.unit for f in told}) == 1
    assert len({f.effect == "unknown" for f in told if f.value}) <= 1
    signed = [(directed(f) or Decimal(0)) * f.scale for f in told]
    if operation == "sum":
        assert shown.result == sum(signed)
    else:
        one, other = signed if any(n > 0 for n in signed) else [abs(n) for n in signed]
        assert shown.result == one - other


@given(figures(), figures())
def test_a_share_is_of_the_whole(part: tuple[Figure, int], whole: tuple[Figure, int]) -> None:
    shown = share(part, whole)
    if shown is not None:
        assert shown.operands == (part, whole) and 0 <= shown.result <= 100
        exact = abs(part[0].amount or 0) / abs(whole[0].amount or 1) * 100
        assert abs(shown.result - exact) <= Decimal("0.05")
