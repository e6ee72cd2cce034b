"""No figure is told of a thing that its place does not speak of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from collected import collected_texts

from rag.answer import Answer
from rag.asking.measure_noun import measure_noun
from rag.chain import Assistant

NOTE = """# Notat om genbrugspladserne

Assens Kommune, den 4. maj 2026

De fire pladser modtog 52.300 besøg i 2025, og en plads kostede 2,4 mio. kr. at drive.

To pladsvejledere hjælper borgerne på pladsen i Glamsbjerg om lørdagen.

Presseren i Haarby er slidt op, og en ny presser koster 740.000 kr.

Afgiften blev sat op med 3 pct., og 18 virksomheder klagede.

Der er sat en buffer på 310.000 kr. af til uheld på pladserne.

I Tommerup får containerne sensorer, som melder, når de er fulde.

Vejene fik 5,2 mio. kr. i 2025, og kommunen venter et efterslæb på 0,7 mio. kr.

| Udgift, kr. | 2025 | 2026 |
|---|---|---|
| Kørsel af affald | 812.000 | 845.000 |
| Lukkede containere | 96.000 | 120.000 |
"""


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with collected_texts(tmp_path_factory.mktemp("yard"), {"notat": NOTE}) as made:
        yield made


def told(answer: Answer) -> list[str]:
    return [f.text for s in answer.statements for f, _ in s.figures]


@pytest.mark.parametrize(
    "question",
    [
        "Hvad koster de to pladsvejledere?",
        "Hvor meget koster pladsvejlederne i Glamsbjerg?",
        "Hvad koster sensorerne i de lukkede containere?",
        "Hvor stor er erstatningen til virksomhederne?",
        "Hvor meget metan udleder de lukkede containere?",
        "Hvor stort er overskuddet på pladserne?",
        "Hvilken plads koster mest?",
        "How much is plpae upkeep in Assens in 2026?",
    ],
)
def test_what_a_place_does_not_speak_of_it_tells_no_figure_of(
    yard: Assistant, question: str
) -> None:
    answer = yard.ask(question)
    assert answer.status == "not_found" and not told(answer)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Hvad koster en ny presser i Haarby?", "740.000"),
        ("Hvor stor er bufferen til uheld?", "310.000"),
        ("Hvad koster de lukkede containere i 2026?", "120.000"),
        ("Hvor stort efterslæb ventes der på vejene?", "0,7"),
        ("Hvor mange besøg havde pladserne i 2025?", "52.300"),
    ],
)
def test_what_a_place_speaks_of_it_tells(yard: Assistant, question: str, figure: str) -> None:
    assert told(yard.ask(question)) == [figure]


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Hvor stor er kassekreditten i 2027?", "kassekreditten"),
        ("Hvor stort et tilskud giver regionen?", "tilskud"),
        ("Hvad var det gennemsnitlige forbrug pr. hus?", "forbrug"),
        ("Hvad er de forventede indtægter på kortet?", "indtægter"),
        ("Hvor meget CO2 sparer biogassen?", "CO2"),
        ("What is the net debt of the harbour?", "debt"),
        ("How much sick leave did the wardens have?", "leave"),
        ("Hvor stor en andel går til havnen?", None),
        ("Hvad koster broen?", None),
        ("Hvor meget bruger Assens på broer?", None),
        ("Hvor meget billigere bliver det?", None),
        ("How much cheaper would it be?", None),
        ("What is the total cost of the bridge?", None),
    ],
)
def test_the_noun_that_names_the_figure(question: str, noun: str | None) -> None:
    assert measure_noun(question) == noun
