import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.dates import FAR, find_dates, find_years, period_years, spoken_date

dates = st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1))


@given(dates, st.sampled_from(["da", "en"]))
def test_a_spoken_date_reads_back(date: dt.date, language: str) -> None:
    assert [d for _, _, d in find_dates(f"mødet {spoken_date(date, language)}.")] == [date]


@given(dates)
def test_dates_in_numbers_read_back(date: dt.date) -> None:
    text = f"den {date.day:02}-{date.month:02}-{date.year}"
    assert [d for _, _, d in find_dates(text)] == [date]
    assert find_years(text) == []


def test_an_impossible_date_is_none() -> None:
    assert find_dates("31-02-2025") == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("i 2026 og 2027", [(2026, 2026), (2027, 2027)]),
        ("Budget 2026-2029", [(2026, 2029)]),
        ("fra 2028–2030", [(2028, 2030)]),
        ("strategi 2026-27", [(2026, 2027)]),
        ("fra 2027 og frem", [(2027, FAR)]),
        ("B2023", [(2023, 2023)]),
        ("2026-priser", []),
        ("1.000 kr., 2026 p/l", []),
        ("sag 2026 - 10323", []),
        ("den 21. april 2026", []),
        ("frem mod 2035", [(2035, 2035)]),
        ("2.026 kr.", []),
    ],
)
def test_years(text: str, years: list[tuple[int, int]]) -> None:
    assert [(m.first, m.last) for m in find_years(text)] == years


def test_periods() -> None:
    assert list(period_years("2026-2029")) == [2026, 2027, 2028, 2029]
    assert 2050 in period_years("2027-")
