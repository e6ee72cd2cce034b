from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.rounding import decimals, step
from rag.text.units import SCALES, same_unit, unit_in, unit_name


def test_units_print_as_tables_do() -> None:
    assert [unit_name("kr.", s) for s in (1, 1000, 10**6)] == ["kr.", "1.000 kr.", "mio. kr."]
    assert unit_name("kr.", 10_000) == "10.000 kr."
    assert unit_name("årsværk", 1) == "årsværk"


@given(st.sampled_from(sorted(set(SCALES.values()))))
def test_a_printed_unit_reads_back(scale: int) -> None:
    if scale < 10**9:  # no table is in "mia. kr." without saying more
        assert unit_in(f"Beløb i {unit_name('kr.', scale)}, 2026-priser") == ("kr.", scale)


@pytest.mark.parametrize(
    ("head", "scale"), [("t.kr.", 1000), ("i 1.000.000 kr.", 10**6), ("tkr", 1000), ("kr.", 1)]
)
def test_the_head_of_a_table_gives_its_unit(head: str, scale: int) -> None:
    assert unit_in(head) == ("kr.", scale)
    assert unit_in("Antal elever") == (None, 1)


def test_units_of_staff_are_one() -> None:
    assert same_unit("årsværk", "stillinger")
    assert not same_unit("årsværk", "kr.")
    assert same_unit(None, None) and not same_unit(None, "stillinger")


@pytest.mark.parametrize(
    ("number", "plain", "rounded"),
    [("150", "1", "10"), ("2.2", "0.1", "0.1"), ("0.50", "0.01", "0.01"), ("0", "1", "1")],
)
def test_what_the_last_digit_counts(number: str, plain: str, rounded: str) -> None:
    assert step(Decimal(number)) == Decimal(plain)
    assert step(Decimal(number), approximate=True) == Decimal(rounded)


@given(st.decimals(-(10**6), 10**6, allow_nan=False, places=3))
def test_a_number_is_a_whole_count_of_its_steps(number: Decimal) -> None:
    assert number % step(number) == 0
    assert number % step(number, approximate=True) == 0
    assert decimals(number) == 3
