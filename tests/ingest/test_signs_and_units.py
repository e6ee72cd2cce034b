"""What a minus means, and what a figure is in, as budgets print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made_documents import Made

from rag.types import Figure

HEAD = ("1.000 kr.", "2025", "2026")


def figures(made: Made) -> list[Figure]:
    return [f for f in made.content().figures if f.state == "value"]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("-860", -860),
        ("−860", -860),
        ("– 860", -860),
        ("860-", -860),
        ("(860)", -860),
        ("860", 860),
    ],
)
@pytest.mark.parametrize(
    "note", ["Negative beløb er indtægter.", "(-) = indtægt, (+) = udgift", "Budget for havnen."]
)
def test_a_minus_in_a_budget_is_an_amount_and_no_cut(printed: str, value: int, note: str) -> None:
    made = Made().heading("Budget").text(note).table(HEAD, ("Pladsleje", printed, "1"))
    figure = figures(made)[0]
    assert (figure.value, figure.effect) == (Decimal(value), "unknown")


def test_a_minus_where_changes_are_told_is_a_cut_and_income_is_none() -> None:
    rows = (("Løn", "-860", "-900"), ("Billetindtægter", "-40", "-50"))
    made = Made().heading("Forslag").text("Besparelsen sker på løn.").table(HEAD, *rows)
    assert [f.effect for f in figures(made)] == ["cut", "cut", "unknown", "unknown"]


def test_a_surplus_is_printed_with_a_minus_and_was_not_cut() -> None:
    made = Made().heading("Regnskab").text("Årets overskud blev på -170,0 mio. kr. i 2025.")
    assert [(f.value, f.effect) for f in figures(made)] == [(Decimal("-170.0"), "unknown")]


UNIT_COLUMN = (
    ("Elever", "antal", "2.140"),
    ("Udgift pr. elev", "kr.", "71.500"),
    ("Ramme", "1.000 kr.", "300"),
    ("Andel i specialtilbud", "pct.", "5,4"),
    ("Grundskyld", "promille", "8,4"),
    ("Fravær", "procentpoint", "0,3"),
    ("Lærere", "årsværk", "184,5"),
    ("Gulve", "m²", "900"),
)
UNITS = [
    ("elever", 1), ("kr.", 1), ("kr.", 1000), ("pct.", 1), ("promille", 1), ("procentpoint", 1),
    ("årsværk", 1), ("m²", 1),
]  # fmt: skip


@pytest.mark.parametrize("head", ["Enhed", "Måleenhed", ""])
def test_a_column_of_units_tells_what_each_row_is_in(head: str) -> None:
    made = Made().heading("Nøgletal").table(("Nøgletal", head, "2026"), *UNIT_COLUMN)
    assert [(f.unit, f.scale) for f in figures(made)] == UNITS


@pytest.mark.parametrize(
    ("caption", "unit"),
    [
        ("Beløb i 1.000 kr.", ("kr.", 1000)),
        ("Tabel 2. Anlæg (mio. kr., løbende priser)", ("kr.", 1_000_000)),
        ("Udviklingen i promille", ("promille", 1)),
        ("Andel i procent", ("pct.", 1)),
        ("Ændring i procentpoint", ("procentpoint", 1)),
    ],
)
def test_the_caption_tells_it_for_all_rows(caption: str, unit: tuple[str, int]) -> None:
    made = Made().heading("Tal").text(caption).table(("", "2026"), ("Nord", "12"), ("Syd", "13"))
    assert {(f.unit, f.scale) for f in figures(made)} == {unit}


def test_a_share_in_a_rows_name_is_not_its_unit() -> None:
    rows = (("Byggeri", "1.790"), ("Uforudsete udgifter (25 %)", "400"), ("I alt", "2.190"))
    made = Made().heading("Overslag").table(("Projekt", "Overslag i 1.000 kr."), *rows)
    assert {(f.unit, f.scale) for f in figures(made)} == {("kr.", 1000)}
    assert made.content().findings == ()


def test_a_column_of_deviations_in_kroner_is_in_the_tables_thousands() -> None:
    head = ("Område", "Budget 2026", "Regnskab 2026", "Afvigelse kr.", "Afvigelse %")
    made = Made().heading("Status").text("Beløb i 1.000 kr.").table(
        head, ("Skole", "12.000", "11.810", "-190", "1,6"), ("Vej", "500", "510", "10", "2,0")
    )  # fmt: skip
    assert [(f.unit, f.scale) for f in figures(made)][:4] == [("kr.", 1000)] * 3 + [("pct.", 1)]


def test_what_a_price_is_for_is_kept() -> None:
    rows = (("Lokale A", "120"), ("Lokale B", "150"))
    made = Made().heading("Takster").table(("Lokale", "Kr. pr. time inkl. moms"), *rows)
    assert next((f.measure, f.unit) for f in figures(made)) == (
        "Lokale A (Kr. pr. time inkl. moms)", "kr.",
    )  # fmt: skip
