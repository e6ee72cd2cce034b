import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.prose import prose_figures
from rag.types import Place


def place_at(page: int, start: int, end: int) -> Place:
    return Place("d", page, start, end)


def told(text: str) -> list[tuple[str, int | str | None]]:
    figures = prose_figures("d", 1, text, 0, len(text), place_at)
    return [(f.text, f.year or f.period) for f in figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Der gives 3 mio. kr. i 2024, 2,5 mio. kr. i 2025 og 1 mio. kr. i 2027.",
            [("3", 2024), ("2,5", 2025), ("1", 2027)],
        ),
        (
            "På anlæg 5 mio. kr. i 2026 og 2027 og 15 mio. kr. i 2028 og 2029.",
            [("5", 2026), ("5", 2027), ("15", 2028), ("15", 2029)],
        ),
        ("Der oprettes en pulje i 2025 på 0,6 mio. kr. til formålet.", [("0,6", 2025)]),
        ("I budget 2025 blev der givet 600.000 kr. til det.", [("600.000", 2025)]),
        (
            "Det blev vedtaget med budget 2023 og drejer sig om 6,5 mio. kr. om året.",
            [("6,5", None)],
        ),
        ("50 mio. kr. om året fra 2028-2029.", [("50", "2028-2029")]),
        ("Fra 2 stillinger i 2026 stigende til 4 stillinger i 2029.", [("2", 2026), ("4", 2029)]),
        (
            "En gevinst i 2026 og frem på 0,3 mio. kr. stigende til 0,6 mio. kr.",
            [("0,3", 2026), ("0,6", None)],
        ),
        (
            "Udgiften falder i 2026 med 6 mio. kr. og i 2027 med 7 mio. kr.",
            [("6", 2026), ("7", 2027)],
        ),
        ("Der bruges 1 mio. kr. varigt.", [("1", None)]),
        ("Der sættes fra 2027 og frem 1 mio. kr. af til drift.", [("1", "2027-")]),
    ],
)
def test_an_amount_has_its_own_year(
    text: str, expected: list[tuple[str, int | str | None]]
) -> None:
    assert told(text) == expected


def test_effects_and_measures() -> None:
    text = "Der nedlægges 4 stillinger i 2029, og der investeres 2 mio. kr. til kurser i Excel."
    cut, raised = prose_figures("d", 1, text, 0, len(text), place_at)
    assert (cut.effect, cut.concept, cut.unit) == ("cut", "fte", "stillinger")
    assert (raised.effect, raised.measure) == ("raise", "kurser i Excel")


@given(
    st.lists(
        st.sampled_from(
            ["3 mio. kr.", "4 årsværk", "i 2026", "2028-2030", ",", "og", "stigende til"]
        ),
        max_size=12,
    )
)
def test_every_figure_stands_at_its_place(words: list[str]) -> None:
    text = " ".join(words)
    for figure in prose_figures("d", 1, text, 0, len(text), place_at):
        assert figure.text in text[figure.place.start : figure.place.end]
        assert text[figure.context.start : figure.context.end] == text
