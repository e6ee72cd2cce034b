"""Which years the amounts of a sentence are told for: one reading for documents and texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.prose import prose_figures
from rag.gate.claims import read_claims
from rag.text.dates import find_years
from rag.text.numerals import find_numerals
from rag.text.year_binding import Spot, bind_years
from rag.types import Place


def told(text: str) -> list[tuple[tuple[int, int], ...]]:
    spots = [Spot(n.start, n.end, n.unit == "pct.") for n in find_numerals(text)]
    return [
        tuple((y.first, y.last) for y in t.years) for t in bind_years(text, spots, find_years(text))
    ]


def one(*years: int) -> tuple[tuple[int, int], ...]:
    return tuple((year, year) for year in years)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I 2025 og 2026 er det 3 mio. kr.", [one(2025, 2026)]),
        ("Tilskuddet er 2 mio. kr. (2026).", [one(2026)]),
        ("Der blev besat 3 stillinger i februar 2026.", [one(2026)]),
        ("Klinikken har manglet to tandlæger siden oktober 2025.", [()]),
        ("I 2025 var andelen steget til 5 pct.", [one(2025)]),
        ("I 2025 er det 4 årsværk stigende til 6 årsværk.", [one(2025), ()]),
        ("I 2026 er det 2 årsværk, i 2028 3 årsværk.", [one(2026), one(2028)]),
        ("De 12 mio. kr., der er afsat i 2025-2027.", [((2025, 2027),)]),
        ("Fra 2026 og frem 1 mio. kr. stigende til 2 mio. kr.", [one(2026), ()]),
        ("It cuts 4 FTE in 2029 and saves 2 million kroner in 2030.", [one(2029), one(2030)]),
    ],
)
def test_years_of_amounts(text: str, expected: list[tuple[tuple[int, int], ...]]) -> None:
    assert told(text) == expected


@given(
    st.lists(
        st.sampled_from(
            ["3 mio. kr.", "4 årsværk", "i", "2026", "2028-2030", ",", "og", "5 pct.",
             "stigende til", "udgiften er", "til formålet", "(2027)", "fra 2027 og frem"]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_documents_and_texts_are_read_alike(words: list[str]) -> None:
    text = " ".join(words)
    claims = [c for c in read_claims(text) if c.kind == "amount"]
    numerals = find_numerals(text)
    assert len(claims) == len(numerals)
    figures = prose_figures("d", 1, text, 0, len(text), place_at)
    for claim, numeral in zip(claims, numerals, strict=True):
        of = [f for f in figures if f.place.start == numeral.start]
        assert {f.year or f.period for f in of} == (
            {y.period or y.first for y in claim.years} or {None}
        )


def place_at(page: int, start: int, end: int) -> Place:
    return Place("d", page, start, end)
