"""Tables in layouts nobody built for: which row, which column, and when neither is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from collected import collected, written

from rag.answer import Answer
from rag.chain import Assistant
from rag.query import Turn

CATALOGUE = """# Sparekatalog 2027-2028

Faxe Kommune

Alle udvalg skal pege på forslag for 640.000 kr. i 2028.

## TM-01 Færre lamper på stierne

| 1.000 kr. | 2027 | 2028 |
|---|---|---|
| Strøm | -110 | -220 |
| Nye tændure | 60 | |
| Nettoændring | -50 | -220 |

## TM-02 Senere busser om søndagen

| 1.000 kr. | 2027 | 2028 |
|---|---|---|
| Kørsel | -95 | -130 |
| Nettoændring | -95 | -130 |
"""
HOMES = """# Notat om plejehjemmene

Faxe Kommune, den 4. maj 2026

Borgere fra Kolind har også spurgt.

Tabel 1. Ledige pladser i pct. af alle pladser

| Hjem | 2025 | 2026 |
|---|---|---|
| Birkehøj | 2,4 | 3,1 |
| Lindely | 5,0 | 4,2 |

Tabel 2. Hjemmene i 2026

| Hjem | Beboere | Stuer | Kapacitet (beboere) | Pris pr. beboer, kr. |
|---|---|---|---|---|
| Birkehøj | 48 | 52 | 60 | 612.000 |
| Lindely | 31 | 36 | 44 | 655.400 |

Tabel 3. Økonomi i modellerne, 1.000 kr.

| Model | Drift 2027 | Drift 2028 |
|---|---|---|
| A. Birkehøj lukkes | -1.700 | -3.400 |
| B. Fælles køkken | -240 | -510 |
"""
PROJECTS = """# Status på anlæg

Ishøj Kommune

Tabel 1. Udvalgenes anlæg, mio. kr.

| Udvalg | Bevilling | Forbrug | Afvigelse |
|---|---|---|---|
| Teknikudvalget | 41,0 | 12,5 | 0,8 |
| Skoleudvalget | 66,2 | 31,0 | 5,1 |
| Kulturudvalget | 18,4 | 9,9 | -1,2 |
| Anlæg i alt | 125,6 | 53,4 | 4,7 |
"""

FESTIVAL = """# Notat om festugen

Allerød Kommune

Tabel 1. Tekniske rettelser, 1.000 kr.

| Rettelse | 2027 | 2028 |
|---|---|---|
| Strøm | 40 | 60 |
| Hegn | 25 | 10 |
| I alt | 65 | 70 |
"""


@pytest.fixture(scope="module")
def faxe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("faxe")
    files = written(
        folder, {"katalog": CATALOGUE, "notat": HOMES, "status": PROJECTS, "fest": FESTIVAL}
    )
    with collected(folder / "home", *files) as made:
        yield made


def told(answer: Answer) -> list[str]:
    return [f.text for s in answer.statements for f, _ in s.figures]


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("Hvad sparer TM-02 i 2028?", ["-130"]),
        ("Hvor meget sparer TM-01 over de to år?", ["-50", "-220"]),
        ("Hvad sparer model B i 2028?", ["-510"]),
        ("Hvor mange beboere er der på Lindely?", ["31"]),
        ("Hvor stor en andel af pladserne på Birkehøj var ledige i 2026?", ["3,1"]),
        ("Hvilket udvalg har den største overskridelse?", ["5,1"]),
    ],
)
def test_the_row_and_the_column_asked_for(
    faxe: Assistant, question: str, figures: list[str]
) -> None:
    assert told(faxe.ask(question)) == figures


def test_a_row_with_several_columns_is_not_told_where_none_is_chosen(faxe: Assistant) -> None:
    answer = faxe.ask("Hvad koster Skoleudvalget?")
    assert not told(answer)
    assert answer.why_not and "Skoleudvalget (Forbrug)" in answer.why_not.text


def test_one_of_two_things_is_no_answer_to_how_far_they_are_apart(faxe: Assistant) -> None:
    answer = faxe.ask("Hvor mange flere ansatte får Lindely, end de har på Birkehøj?")
    assert answer.status == "not_found" and not told(answer)


def test_a_number_from_one_to_another_is_each_of_them(faxe: Assistant) -> None:
    answer = faxe.ask("Hvad er nettoændringen i TM-01 til TM-02 i 2028?")
    assert told(answer) == ["-220", "-130"]


def test_a_word_of_the_documents_misspells_no_municipality(faxe: Assistant) -> None:
    query = faxe.ask("Hvad koster en plads til borgere fra Kolind?").query
    assert query and query.municipalities == ()
    query = faxe.ask("Hvad koster en plads til borgere fra Koldnig?").query
    assert query and query.municipalities == ("Kolding",)


def test_a_follow_up_for_another_row_asks_for_the_same_measure(faxe: Assistant) -> None:
    first = "Hvor stor er kapaciteten på Birkehøj?"
    assert told(faxe.ask(first)) == ["60"]
    assert told(faxe.ask("Og på Lindely?", [Turn(first)])) == ["44"]


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("Hvad løber de tekniske rettelser til festugen op i i alt over 2027-2028?", 135_000),
        ("Hvor meget er de tekniske rettelser til hegn faldet fra 2027 til 2028?", -15_000),
        ("Hvor meget er de tekniske rettelser til strøm steget fra 2027 til 2028?", 20_000),
    ],
)
def test_what_is_added_up_and_what_has_risen(faxe: Assistant, question: str, result: int) -> None:
    calculation = faxe.ask(question).calculation
    assert calculation and calculation.result == result
