"""Tables whose columns have heads of their own: the column asked for, and its largest row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from collected import collected, written

from rag.answer import Answer
from rag.chain import Assistant
from rag.query import Turn

STATUS = """# Status på byggeprojekter i 2. halvår

Horsens Kommune

Tabel 1. Projekterne i mio. kr.

| Nr. | Projekt | Bevilling i alt | Forbrug til dato | Afvigelse | Status |
|---|---|---|---|---|---|
| 21 | Svømmehal i Gedved | 88,0 | 31,5 | 1,2 | Gul |
| 22 | Bro over Bygholm Å | 14,4 | 12,9 | -0,3 | Grøn |
| 23 | Plejecenter i Brædstrup | 120,5 | 4,1 | 9,6 | Rød |
| | I alt | 222,9 | 48,5 | 10,5 | |

Tabel 2. Rådighedsbeløb efter år (mio. kr.)

| Projekt | 2027 | 2028 |
|---|---|---|
| Svømmehal i Gedved | 30,0 | 26,5 |
| Plejecenter i Brædstrup | 60,2 | 56,2 |
| Bro over Bygholm Å | 1,5 | |

## Plejecenter i Brædstrup

VandNord betaler 3,3 mio. kr. til plejecentrets kælder.
"""
PROPOSAL = """# DT03 Nyt vagtskema i børnehaverne

Hedensted Kommune · Budget 2027-2028

| 1.000 kr. | 2027 | 2028 |
|---|---|---|
| Engangsudgift: planlægningssystem (anlæg) | 930 | |
| Besparelse: vikarbureauer | -400 | -1.700 |
| Netto | 530 | -1.700 |
"""
NOTE = """# Notat om støtte til voksne

Ikast-Brande Kommune

| Ydelse (1.000 kr.) | Regnskab 2025 | Budget 2026 |
|---|---|---|
| Bostøtte (§ 85) | 31.215 | 33.600 |
| Beskyttet beskæftigelse | 8.460 | 8.725 |

| Ydelse | Helårspersoner 2026 | Gennemsnitspris 2026, kr. |
|---|---|---|
| Bostøtte, § 85 | 402 | 83.550 |
| Beskyttet beskæftigelse | 70 | 124.600 |

| Mål | Udgangspunkt 2025 | Mål 2027 |
|---|---|---|
| Sygedage, dage pr. ansat | 17,4 | 16,2 |
| Tilfredshed, skala 1-5 | 3,9 | 4,1 |

En ny aftale om transport kan spare 60 t.kr. om året.

Sygefraværet blandt medarbejderne i bostøtten var 6,1 pct. i 2025.
"""


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("works")
    files = written(folder, {"status": STATUS, "forslag": PROPOSAL, "notat": NOTE})
    with collected(folder / "home", *files) as made:
        yield made


def ask(works: Assistant, *questions: str) -> Answer:
    *history, question = questions
    return works.ask(question, [Turn(q) for q in history])


def told(answer: Answer) -> list[str]:
    return [f.text for s in answer.statements for f, _ in s.figures]


@pytest.mark.parametrize(
    ("questions", "texts"),
    [
        (("Hvor meget er der brugt på plejecentret i Brædstrup indtil nu?",), ["4,1"]),
        (("How much has been spent on the nursing home in Brædstrup so far?",), ["4,1"]),
        (("Hvad er bevillingen til broen over Bygholm Å?",), ["14,4"]),
        (("Hvad er forbruget til dato på svømmehallen i Gedved?",), ["31,5"]),
        (("Hvad er bevillingen til svømmehallen i Gedved?", "Hvor meget er der brugt?"), ["31,5"]),
        (("Hvad er rådighedsbeløbet til plejecentret i Brædstrup i 2028?",), ["56,2"]),
        (("Budget 2026 til beskyttet beskæftigelse?",), ["8.725"]),
        (
            ("Hvad er budget 2026 til bostøtte?", "Og budget 2026 til beskyttet beskæftigelse?"),
            ["8.725"],
        ),
        (("Hvad koster planlægningssystemet i 2027?",), ["930"]),
        (("Hvad er afvigelsen på svømmehallen i Gedved?", "og på broen?"), ["-0,3"]),
        (("Hvad er afvigelsen på plejecentret?",), ["9,6"]),
        (("Hvad er gennemsnitsprisen for bostøtte i 2026?",), ["83.550"]),
        (("Hvor mange helårspersoner er der i bostøtte i 2026?",), ["402"]),
        (("Hvad er målet for sygedage i 2027?",), ["16,2"]),
        (("Hvad var tilfredsheden i 2025?",), ["3,9"]),
        (("Hvor meget kan en ny aftale om transport spare?",), ["60"]),
        (("Hvad er udgiften til bostøtte i regnskab 2025?", "og i budget 2026?"), ["33.600"]),
        (("Hvor meget betaler VandNord til plejecentret i Brædstrup?",), ["3,3"]),
    ],
)
def test_the_column_that_is_named_answers(
    works: Assistant, questions: tuple[str, ...], texts: list[str]
) -> None:
    assert told(ask(works, *questions)) == texts


@pytest.mark.parametrize(
    ("question", "expression"),
    [
        (
            "Hvor meget stiger udgiften til bostøtte fra 2025 til 2026?",
            "33.600 − 31.215 = 2.385 (1.000 kr.)",
        ),
        (
            "Hvor mange procent stiger udgiften til beskyttet beskæftigelse fra 2025 til 2026?",
            "(8.725 − 8.460) / 8.460 · 100 = 3,1 pct.",
        ),
    ],
)
def test_columns_are_computed_with(works: Assistant, question: str, expression: str) -> None:
    answer = ask(works, question)
    assert answer.calculation is not None, answer.text
    assert answer.calculation.expression == expression


def test_money_is_no_number_of_anything(works: Assistant) -> None:
    assert not told(ask(works, "Hvor mange børn er der i svømmehallen i Gedved?"))


def test_the_budget_comes_before_other_columns_of_its_year(works: Assistant) -> None:
    answer = ask(works, "Hvad er budgettet til bostøtte i 2026?", "Og beskyttet beskæftigelse?")
    assert told(answer)[0] == "8.725"


def test_a_row_is_no_answer_to_what_its_columns_are_not_of(works: Assistant) -> None:
    answer = ask(works, "Hvad var sygefraværet i bostøtten i 2025?")
    assert "31.215" not in told(answer)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hvilket projekt har den største afvigelse?", "9,6"),
        ("Hvilket byggeprojekt har den mindste bevilling?", "14,4"),
        ("Which project has the largest deviation?", "9,6"),
        ("Hvilket projekt får flest penge i 2027?", "60,2"),
    ],
)
def test_the_row_with_most_or_least_in_a_column(works: Assistant, question: str, text: str) -> None:
    answer = ask(works, question)
    assert (answer.status, told(answer)) == ("answered", [text])
    assert "»I alt" not in answer.text


def test_no_row_has_most_of_what_no_column_tells(works: Assistant) -> None:
    answer = ask(works, "Hvilket projekt har flest medarbejdere?")
    assert not told(answer)
