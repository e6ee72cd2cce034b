"""What a newcomer asks: who was absent, when it has paid for itself, what it costs, the whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from collected import collected, written

from rag.answer import Answer
from rag.chain import Assistant

MINUTES = """# Referat, Teknik- og Miljøudvalget den 12. maj 2026

Faaborg-Midtfyn Kommune

Fraværende: Birgit Lund (V) og Ole Krag (C).

## Punkt 3: Ny cykelsti langs Nørrevej

### Sagsfremstilling

Stien bliver 1,8 km lang. Den koster 6,2 mio. kr. Stien tjener sig hjem på 12 år.

### Beslutning

Godkendt. Liste T stemte imod, da man hellere vil reparere fortovene.

## Punkt 4: Hastighed på Strandvejen

### Sagsfremstilling

Bumpene er 12 cm høje, og taksten for parkering er 14 kr. i timen.

### Beslutning

Udsat.
"""
SENSORS = """# TM07 Følere i varmecentralerne

Silkeborg Kommune · Budget 2026-2027

| 1.000 kr. | 2026 | 2027 |
|---|---|---|
| Investering i følere | 2.100 | 400 |
| Netto | 2.100 | -650 |
"""
NOTE = """# Notat om forsøget

Silkeborg Kommune

Følerne koster 1.150 kr. stykket.

Tabel 1. Udgifter til forsøget med varmen, kr.

| Post | 2024 | 2025 |
|---|---|---|
| Montører | 45.000 | 61.000 |
| Udstyr | 23.000 | 46.000 |
| I alt | 68.000 | 107.000 |

Tabel 2. Tidsplan for monteringen

| Fase | Start |
|---|---|
| Udbud | april 2026 |
| Montering i kældrene | juni 2026 |
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("town")
    files = written(folder, {"referat": MINUTES, "forslag": SENSORS, "notat": NOTE})
    with collected(folder / "home", *files) as made:
        yield made


def told(answer: Answer) -> list[str]:
    return [f.text for s in answer.statements for f, _ in s.figures]


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Hvem var ikke til stede?", "Birgit Lund"),
        ("Hvem manglede på mødet i Teknik- og Miljøudvalget?", "Ole Krag"),
        ("Who was absent?", "Birgit Lund"),
        ("Hvem stemte imod?", "Liste T stemte imod"),
        ("Er cykelstien godkendt?", "»Godkendt."),
        ("Hvornår er cykelstien langs Nørrevej tjent hjem?", "12 år"),
        ("When does the cycle path pay for itself?", "12 år"),
        ("Hvor lang tid tager det, før stien er tjent hjem?", "12 år"),
        ("Hvilke faser er der i tidsplanen for monteringen?", "»Udbud«, »Montering i kældrene«"),
    ],
)
def test_what_is_told_is_answered(town: Assistant, question: str, says: str) -> None:
    answer = town.ask(question)
    assert (answer.status, says in answer.text) == ("answered", True), answer.text


def test_a_net_row_tells_when_nothing_else_does(town: Assistant) -> None:
    assert told(town.ask("Hvornår er TM07 tjent hjem?")) == ["-650"]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Hvor høj er taksten for parkering?", ["14"]),
        ("Hvor høje er bumpene?", ["12"]),
        ("Hvad er de samlede udgifter til forsøget med varmen i 2025?", ["107.000"]),
        ("Hvad kostede forsøget med varmen i alt i 2024?", ["68.000"]),
    ],
)
def test_the_amount_asked_for(town: Assistant, question: str, texts: list[str]) -> None:
    assert told(town.ask(question)) == texts


def test_a_price_that_two_documents_tell_is_ambiguous(town: Assistant) -> None:
    answer = town.ask("Hvad koster følerne?")
    assert answer.status == "ambiguous"
    assert {"2.100", "1.150"} <= set(told(answer))


@pytest.mark.parametrize(
    "question",
    [
        "What is the admission fee for the cycle path?",
        "Hvad er bevillingen til en ny svømmehal i Silkeborg?",
        "Hvad er gebyret for hunde på Strandvejen?",
        "Hvem var ikke til stede, da museet blev solgt?",
    ],
)
def test_what_nothing_tells_is_refused(town: Assistant, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "not_found", answer.text
