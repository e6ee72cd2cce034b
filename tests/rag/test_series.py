"""Which figures make a series, which share an axis, and what must be said of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.chain import Assistant
from rag.figures.caveats import caveats, left_out
from rag.figures.series import Axis, Series, axes, find_series, meant
from rag.types import CouncilDocument, Figure, Place

HOME = CouncilDocument("d", "s", "f.pdf", "prioriteringsforslag", "Et forslag", number="ØU1")


def figure(
    measure: str = "Husleje",
    year: int | None = 2026,
    text: str = "5",
    row: int = 0,
    **changes: object,
) -> Figure:
    value = None if text in ("", "-") else Decimal(text)
    state = {"": "blank", "-": "dash"}.get(text, "value")
    place = Place("d", 1, row * 100 + (year or 0) % 100, row * 100 + (year or 0) % 100 + 1)
    made = Figure(
        id=f"d/{row}/{measure}/{year}",
        document="d",
        measure=measure,
        concept=None,
        group=None,
        year=year,
        period=None,
        text=text,
        state=state,  # type: ignore[arg-type]
        value=value,
        low=None,
        high=None,
        unit="kr.",
        scale=1000,
        price_level="2026-priser",
        effect="unknown",
        place=place,
        context=Place("d", 1, row * 100, row * 100 + 99),
        table="t1",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def one(*figures: Figure) -> Series:
    (series,) = find_series(figures)
    return series


def corpus(assistant: Assistant) -> tuple[list[Series], dict[str, CouncilDocument]]:
    catalogue = assistant.catalogue
    return find_series(catalogue.figures()), {d.id: d for d in catalogue.documents()}


def chosen(assistant: Assistant, subject: str, *numbers: str) -> list[Series]:
    series, documents = corpus(assistant)
    return [
        s
        for s in series
        if s.subject == subject and s.first.table and documents[s.first.document].number in numbers
    ]


def test_the_nets_of_two_proposals_share_an_axis_and_their_prices_are_told(
    assistant: Assistant,
) -> None:
    nets = chosen(assistant, "net", "ØU02", "ØU10")
    (axis,) = axes(nets)
    series, documents = corpus(assistant)
    texts = [[f.text for f in s.by_year.values()] for s in axis.series]
    assert texts == [["-1.500", "-2.500", "-3.000", "-3.000"], ["500", "400", "-150", "-700"]]
    told = [caveat.da for caveat in caveats(axis, documents, series)]
    assert "ØU02: 2024-priser; ØU10: 2026-priser" in told[0]
    assert told[1] == "ØU02: »Samlet ændring (Netto)« dækker ikke »Investering - Anlæg«."
    assert len(told) == 2


def test_staff_has_an_axis_of_its_own_and_a_fall_printed_without_minus_is_one(
    assistant: Assistant,
) -> None:
    both = chosen(assistant, "net", "ØU10") + chosen(assistant, "fte", "ØU02", "ØU10")
    money, staff = axes(both)
    assert (money.unit, staff.unit) == ("kr.", "årsværk")
    assert [meant(f) for f in staff.series[1].figures] == [-2, -2, -3, -4]
    assert [meant(f) for f in staff.series[0].figures] == [-3, -5, -6, -8]
    told = [c.da for c in caveats(staff, corpus(assistant)[1], [])]
    assert len(told) == 1 and told[0].startswith("ØU10") and "uden minus" in told[0]


def test_municipalities_side_by_side_are_told(assistant: Assistant) -> None:
    (axis,) = axes(chosen(assistant, "net", "ØU10", "ØK74"))
    series, documents = corpus(assistant)
    assert any("København" in c.en for c in caveats(axis, documents, series))


def test_a_row_has_its_years_in_order_then_its_total() -> None:
    total = figure(year=None, period="2026-2027", text="11")
    series = one(total, figure(year=2027, text="6"), figure(year=2026))
    assert [f.text for f in series.figures] == ["5", "6", "11"]
    assert list(series.by_year) == [2026, 2027] and series.of_periods == (total,)
    assert series.unit == "1.000 kr."


def test_a_table_with_a_row_a_year_is_a_series_a_column() -> None:
    rows = [figure(year=y, row=n) for n, y in enumerate((2026, 2027, 2028))]
    assert list(one(*rows).by_year) == [2026, 2027, 2028]


def test_rows_of_one_name_are_kept_apart() -> None:
    rows = [figure("Heraf løn", y, str(n), row=n) for n in (1, 2) for y in (2026, 2027)]
    series = find_series(rows)
    assert [[f.text for f in s.figures] for s in series] == [["1", "1"], ["2", "2"]]


@pytest.mark.parametrize(
    "other",
    [
        {"unit": "årsværk"},
        {"price_level": "2025-priser"},
        {"group": "Anlæg"},
        {"table": "t2"},
        {"document": "e"},
    ],
)
def test_unlike_figures_make_no_series(other: dict[str, Any]) -> None:
    assert len(find_series([figure(), figure(year=2027, **other)])) == 2


def test_figures_without_a_year_begin_no_series() -> None:
    assert find_series([figure(year=None), figure(year=None, period="2026-2029")]) == []
    assert find_series([figure(year=None, period="2026-2029", table=None)]) == []


def test_blank_dash_and_zero_stay_three_states() -> None:
    series = one(*(figure(year=2026 + n, text=t) for n, t in enumerate(("", "-", "0"))))
    assert [f.state for f in series.figures] == ["blank", "dash", "value"]
    assert [meant(f) for f in series.figures] == [None, None, 0]


def test_a_budget_and_figures_of_unknown_unit_stand_apart() -> None:
    budget = one(figure(concept="current_budget"))
    change = one(figure(concept="net"))
    unknown = [one(figure(name, unit=None)) for name in ("Elever", "Klasser")]
    assert len(axes([budget, change, *unknown])) == 4
    assert len(axes([change, one(figure("Anden"))])) == 1


def test_ranges_are_told_to_be_left_out_of_the_chart() -> None:
    ranged = one(figure(text="", state="value", low=Decimal(5), high=Decimal(9)))
    assert "150-160" in caveats(Axis((ranged,)), {"d": HOME}, [])[0].da


def net_table(under: str = "7", sum_: str = "5") -> list[Series]:
    return find_series(
        [
            figure("Nuværende budget", text="99", row=0, concept="current_budget"),
            figure("Husleje", text="5", row=1),
            figure("Netto", text=sum_, row=2, concept="net"),
            figure("Anlæg", text=under, row=3),
        ]
    )


def test_a_row_under_the_net_row_is_left_out_of_it() -> None:
    rows = net_table()
    assert left_out(rows[2], rows) == [rows[3]]
    assert left_out(rows[1], rows) == []


@pytest.mark.parametrize("rows", [net_table(under=""), net_table(sum_="12")])
def test_nothing_is_said_of_a_blank_row_or_where_the_rows_above_do_not_add_up(
    rows: list[Series],
) -> None:
    assert left_out(rows[2], rows) == []


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from([None, 2026, 2027, 2028]),
                  st.integers(0, 3), st.sampled_from(["kr.", "årsværk"])),
        max_size=12,
    )
)  # fmt: skip
def test_series_lose_no_figure_with_a_year_and_never_mix(
    made: list[tuple[str, int | None, int, str]],
) -> None:
    figures = [figure(m, y, row=r, unit=u) for m, y, r, u in made]
    series = find_series(figures)
    kept = [f for s in series for f in s.figures]
    assert sorted(f.id for f in kept) == sorted(f.id for f in figures if f.year)
    for s in series:
        assert len(s.by_year) == len(s.figures)
        assert len({(f.unit, f.measure, f.price_level) for f in s.figures}) == 1
    for axis in axes(series):
        assert {s.first.unit for s in axis.series} == {axis.unit}
