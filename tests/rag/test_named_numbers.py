"""Numbers that are names: they tell things apart, in questions, rows and the gate."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from collected import collected_texts
from hypothesis import given
from hypothesis import strategies as st

from rag.chain import Assistant
from rag.gate.gate import check
from rag.text.named_numbers import is_of_another, named_numbers
from rag.text.numerals import find_numerals

THINGS = ("vandløb", "projekt", "klasse", "delområde", "vejstrækning", "punkt", "afdeling")
ROADS = "\n".join(f"| Stistykke {n:02} | {100 + n} | {200 + n} |" for n in range(1, 40))
PROGRAMME = f"""# Stiprogram 2026-2027

Faxe Kommune

| 1.000 kr. | 2026 | 2027 |
|---|---|---|
{ROADS}

Rensningen af grøft 7 koster 41.000 kr. i 2026.

Rensningen af grøft 8 koster 52.000 kr. i 2026.
"""


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with collected_texts(tmp_path_factory.mktemp("stier"), {"stier": PROGRAMME}) as assistant:
        yield assistant


@given(st.sampled_from(THINGS), st.integers(1, 999), st.integers(1, 999))
def test_a_number_after_a_noun_names_it(thing: str, number: int, other: int) -> None:
    text = f"Driften af {thing} {number} koster 47.000 kr. i 2026."
    assert named_numbers(text) == {(thing, str(number))}
    assert [n.number for n in find_numerals(text)] == ["47.000"]
    asked = named_numbers(f"Hvad koster {thing} {other:03}?")
    assert is_of_another(asked, text) == (number != other)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ad 4: godkendt", {("ad", "4")}),
        ("efter § 7 og punkt 3", {("paragraf", "7"), ("punkt", "3")}),
        ("Skolen har 12 elever og 3 lærere", set()),
        ("ØU03 og ØU 04 er vedtaget", set()),
        ("Budget 2026 er på 12 mio. kr.", set()),
    ],
)
def test_amounts_and_years_are_no_names(text: str, named: set[tuple[str, str]]) -> None:
    assert named_numbers(text) == named


@pytest.mark.parametrize("number", [3, 17, 38])
def test_the_row_of_that_number_answers_alone(number: int, programme: Assistant) -> None:
    answer = programme.ask(f"Hvad er beløbet til Stistykke {number} i 2027?")
    assert f"{200 + number}.000 kr." in answer.text
    assert len(answer.citations) == 1


def test_the_sentence_of_that_number_answers_alone(programme: Assistant) -> None:
    answer = programme.ask("Hvad koster rensningen af grøft 8 i 2026?")
    assert "52.000" in answer.text and "41.000" not in answer.text


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("Stistykke 17 koster 217.000 kr. i 2027.", True),
        ("Stistykke 17 koster 203.000 kr. i 2027.", False),
        ("Rensningen af grøft 8 koster 52.000 kr. i 2026.", True),
        ("Rensningen af grøft 8 koster 41.000 kr. i 2026.", False),
    ],
)
def test_the_gate_holds_an_amount_to_the_thing_named(
    text: str, passes: bool, programme: Assistant
) -> None:
    verdicts = check(text, programme.catalogue)
    assert [v.passed for v in verdicts if "kr." in v.words] == [passes]
    assert all("kr." in v.words for v in verdicts), "the thing's own number is no amount"
