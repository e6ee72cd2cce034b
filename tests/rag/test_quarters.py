"""Quarters and names that choose a figure, or leave none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from collected import collected_texts

from rag.chain import Assistant
from rag.text.names import proper_names
from rag.text.quarters import spelt_quarters

REPORT = {
    "anlaeg": """# Anlægsrapport 2026

Morsø Kommune

| 1.000 kr. | 1. kvartal | 2. kvartal | 3. kvartal |
|---|---|---|---|
| Ny molebelysning | 120 | 410 | 95 |
| Kunstgræs i Vils |  | 2.300 | 640 |
""",
    "skoler": """# Skolerne på øen

Morsø Kommune

| Skole | Elever | Klasser |
|---|---|---|
| Dueholm Skole | 412 | 20 |
| Solvejens Skole | 187 | 10 |
""",
}


@pytest.fixture(scope="module")
def morsoe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with collected_texts(tmp_path_factory.mktemp("morsoe"), REPORT) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("spent in the first quarter of 2026", "spent in the 1. kvartal of 2026"),
        ("i 1. og 2. kvartal", "i 1. kvartal og 2. kvartal"),
        ("Q3 2026", "3. kvartal 2026"),
        ("i andet kvartal", "i 2. kvartal"),
        ("de første fire år", "de første fire år"),
        ("a quarter of the first 4 years", "a quarter of the first 4 years"),
    ],
)
def test_quarters_are_spelt_as_tables_head_them(text: str, spelt: str) -> None:
    assert spelt_quarters(text) == spelt
    assert spelt_quarters(spelt) == spelt


@pytest.mark.parametrize(
    "question",
    [
        "How much was spent on molebelysning in the second quarter?",
        "Hvad er der brugt på ny molebelysning i Q2?",
        "Hvad er der brugt på ny molebelysning i andet kvartal?",
    ],
)
def test_a_quarter_chooses_its_column(morsoe: Assistant, question: str) -> None:
    answer = morsoe.ask(question)
    assert [f.amount for s in answer.statements for f, _ in s.figures] == [410_000]


def test_a_quarter_without_an_amount_is_blank(morsoe: Assistant) -> None:
    answer = morsoe.ask("How much was spent on kunstgræs i Vils in the first quarter?")
    assert answer.why_not and answer.why_not.code == "cell_blank"


def test_a_name_that_nothing_holds_leaves_no_figure(morsoe: Assistant) -> None:
    known = morsoe.ask("Hvor mange elever har Dueholm Skole?")
    assert [f.value for s in known.statements for f, _ in s.figures] == [412]
    for question in (
        "Hvor mange elever har Holte Skole?",
        "How many pupils does Holte Skole have?",
    ):
        assert morsoe.ask(question).status == "not_found"


def test_a_word_with_a_capital_before_another_is_a_name() -> None:
    assert proper_names("Hvor mange elever har Holte Skole i Gentofte Kommune?") == ["Holte"]
    assert proper_names("Hvad giver Børn og Unge ud i Budget 2026?") == []
