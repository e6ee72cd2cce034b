"""One fact told twice: what two sentences are of, numbers that are names included."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_documents import Made

from rag.types import Finding

THINGS = ("vandløb", "projekt", "klasse", "delområde", "punkt", "vejstrækning", "hus")


def findings(*sentences: str) -> list[Finding]:
    document = Made().heading("Drift af anlæg")
    for sentence in sentences:
        document = document.text(sentence)
    return list(document.content().findings)


def told(thing: str, number: int | str, amount: int) -> str:
    return f"Vedligeholdelsen af {thing} {number} koster {amount}.000 kr. i 2026."


@settings(max_examples=15)
@given(
    st.sampled_from(THINGS),
    st.lists(st.integers(1, 400), min_size=2, max_size=30, unique=True),
    st.data(),
)
def test_things_told_apart_by_a_number_contradict_nothing(
    thing: str, numbers: list[int], data: st.DataObject
) -> None:
    amounts = [data.draw(st.integers(10, 900)) for _ in numbers]
    assert findings(*map(told, [thing] * len(numbers), numbers, amounts)) == []


@settings(max_examples=10)
@given(st.sampled_from(THINGS), st.integers(1, 40), st.integers(10, 400))
def test_one_of_them_told_twice_unlike_is_found(thing: str, number: int, amount: int) -> None:
    others = [told(thing, n, amount + n) for n in range(50, 60)]
    (found,) = findings(told(thing, number, amount), *others, told(thing, number, amount + 7))
    assert (found.kind, found.severity) == ("prose_against_prose", "hard")
    assert f"{amount}.000" in found.message.da and f"{amount + 7}.000" in found.message.da


def test_a_measure_told_with_many_amounts_is_of_many_things() -> None:
    assert findings(*(f"Prisen for en billet er {n} kr. i 2026." for n in (12, 14, 16))) == []


@pytest.mark.parametrize("count", [300])
def test_a_long_document_of_like_sentences_has_few_pairs(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.checks import twice

    compared = []
    agree = twice.agree
    monkeypatch.setattr(twice, "agree", lambda a, b: compared.append(a) or agree(a, b))
    sentences = [
        f"Delområde {n} får {n}.000 kr. i 2026, {n + 1}.000 kr. i 2027 og {n + 2}.000 kr. i 2028."
        for n in range(1, count)
    ]
    findings(*sentences)
    assert len(compared) < 10 * count
