from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.numbers import cell_state, format_number, parse_number, parse_range
from rag.text.numerals import find_numerals

values = st.decimals(-(10**9), 10**9, allow_nan=False, places=2)


@given(values)
def test_a_printed_number_reads_back(value: Decimal) -> None:
    assert parse_number(format_number(value)) == value


@given(st.text(max_size=20))
def test_any_cell_has_a_state_and_blank_dash_and_zero_stay_apart(text: str) -> None:
    assert cell_state(text) in ("value", "blank", "dash")
    assert (cell_state("0"), cell_state("-"), cell_state(" ")) == ("value", "dash", "blank")
    parse_number(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"),
        ("-2,5", "-2.5"),
        ("−2,5", "-2.5"),
        ("(2,5)", "-2.5"),
        ("1.000-", "-1000"),
        ("2½", "2.5"),
        ("+7", "7"),
        ("1 000", "1000"),
        ("2,0 %", "2.0"),
    ],
)
def test_cells(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "-", "1112 –", "ØU", "1.5", "12.34", "1,2,3", "2026-2029", "(5"]
)
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_a_year_begins_no_range_of_money() -> None:
    told = find_numerals("Da falder besparelsen i 2027 til 2.150 t.kr.")
    assert [(n.number, n.unit, n.scale) for n in told] == [("2.150", "kr.", 1_000)]


def test_ranges() -> None:
    assert parse_range("150-160") == (150, 160)
    assert parse_range("2,5–10") == (Decimal("2.5"), 10)
    assert parse_range("10-5") is None


@pytest.mark.parametrize(
    ("text", "number", "unit", "amount"),
    [
        ("Det koster 2,5 mio. kr. i alt", "2,5", "kr.", 2_500_000),
        ("en ramme på 450.000 kr.", "450.000", "kr.", 450_000),
        ("ca. 0,5 pct. af alle", "0,5", "pct.", Decimal("0.5")),
        ("svarer til en halv stilling", "en halv", "stillinger", Decimal("0.5")),
        ("og tre årsværk mindre", "tre", "årsværk", 3),
        ("en lettelse på −6,5 mio. kr.", "−6,5", "kr.", -6_500_000),
        ("1,2 mia. kr. til veje", "1,2", "kr.", 1_200_000_000),
        ("300 t.kr. til drift", "300", "kr.", 300_000),
        ("sammen med 11 kommuner", "11", "kommuner", 11),
        ("0,275 mio. Kr. årligt", "0,275", "kr.", 275_000),
    ],
)
def test_amounts_in_sentences(text: str, number: str, unit: str, amount: Decimal) -> None:
    (found,) = find_numerals(text)
    assert (found.number, found.unit) == (number, unit)
    assert found.value is not None and found.value * found.scale == amount


def test_ranges_in_sentences() -> None:
    (money,) = find_numerals("Privat netværk (10-50 mio. kr.)")
    assert (money.value, money.low, money.high, money.scale) == (None, 10, 50, 1_000_000)
    (staff,) = find_numerals("omtrent 150-160 stillinger")
    assert (staff.low, staff.high, staff.approximate) == (150, 160, True)


def test_a_list_dash_is_no_minus() -> None:
    (found,) = find_numerals("- 5 mio. kr. i 2026")
    assert found.value == 5


@pytest.mark.parametrize(
    "text",
    [
        "den 21. april 2026",
        "Budget 2026-2029",
        "se afsnit 3 og 4",
        "ØU10",
        "i 2026 og 2027",
        "en stol",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert find_numerals(text) == []


@given(
    st.lists(st.sampled_from(["2 mio. kr.", "3 årsværk", "i 2026", "og", "ca.", "(5-10 mio. kr.)"]))
)
def test_numerals_are_in_order_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    found = find_numerals(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[n.start : n.end].strip() for n in found)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2,2 mio. kr.", (2_200_000, 2_200_000)),
        ("-4 årsværk", (4, 4)),
        ("10-15 mio.", (10**7, 15 * 10**6)),
    ],
)
def test_the_ends_of_an_amount_are_in_whole_units(text: str, ends: tuple[int, int]) -> None:
    (found,) = find_numerals(text)
    assert found.ends == ends


def test_a_word_of_degree_is_not_what_is_counted() -> None:
    (found,) = find_numerals("Målet er 30.000 færre stillinger.")
    assert (found.value, found.unit) == (Decimal(30_000), "stillinger")
    (found,) = find_numerals("Der er 12 færre pladser.")
    assert found.unit == "pladser"
