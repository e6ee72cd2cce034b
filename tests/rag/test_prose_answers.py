"""What a question asks for beside its words: a decision, a vote, a date, a time, a case number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.pipeline import ingest
from rag.chain import Assistant
from rag.home import Home
from rag.query import Turn
from rag.search.embed import load_embedder

MINUTES = """# Referat, Kulturudvalget den 3. februar 2026

Randers Kommune

## Punkt 4: Kunstgræsbane i Assentoft

### Sagsfremstilling

Banen skal kunne bruges af klubbens 14 hold hele vinteren.

### Beslutning

Tiltrådt. 5 stemte for, 2 imod.

## Punkt 9: Ny indgang til museet

### Sagsfremstilling

Indgangen flyttes ned til åen, så kørestolsbrugere kan komme ind. Nede ved åen ligger en kiosk.

### Beslutning

Udsat, fordi ejeren af nabohuset skal høres.
"""
FOLLOW_UP = """# Opfølgning pr. 31. maj 2026

Favrskov Kommune

Overskridelsen på snerydning skyldes en lang vinter.

Saltlageret i Hadsten flyttes til Hinnerup. Det nye lager er klar i oktober 2027.
"""
ANSWER = """Svar til Ulla Bendtsen (V) om ladestandere

Skive Kommune

Sagsnr. i Acadre: 26/4417

Den 9. marts 2026 stillede Ulla Bendtsen (V) et spørgsmål om ladestandere ved hallerne.

Forvaltningens svar

Der er otte ladestandere ved hallerne. Chaufførerne fra taxaselskabet bruger dem mest.
"""

KITCHENS = """# KF11 Fælles køkken på plejecentrene

Rebild Kommune

## Forslag

De fem køkkener samles i Støvring. Medarbejderne får tilbudt job i det nye køkken.

## Bemærkninger fra MED-udvalget

Duften af mad forsvinder fra gangene. Køreplanen for varevognene er for stram.
"""
LIGHTS = """# TM05 Nattesænkning af gadelys

Rebild Kommune

## Forslag

Lyset dæmpes mellem midnat og klokken fem. Medarbejderne på vejafdelingen skifter pærerne.
"""
POOLS = """# Status på svømmehallerne

Thisted Kommune

Oversigten følger planen for nye tage. Der er søgt støtte til solceller.

| Svømmehal | Ansvarlig | Status |
| --- | --- | --- |
| Hurup Svømmebad | Lone Kirk | Forsinket |
| Nors Badet | Per Juul | I gang |
| Hanstholm Hallen | Lone Kirk | I gang |

## 2. Næste skridt

Byrådet får en ny status til maj.

### Udbud af tagene

Udbuddet ledes af staben.

### Møder med klubberne

Klubberne mødes i april.
"""
FILES = {
    "r.md": MINUTES,
    "o.md": FOLLOW_UP,
    "s.txt": ANSWER,
    "k.md": KITCHENS,
    "l.md": LIGHTS,
    "p.md": POOLS,
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("prose")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf8")
    home = Home(tmp_path_factory.mktemp("prose-home"))
    ingest([folder], home, load_embedder())
    assistant = Assistant(home)
    yield assistant
    assistant.catalogue.close()


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Blev kunstgræsbanen i Assentoft godkendt?", "»Tiltrådt. 5 stemte for, 2 imod.«"),
        ("Hvad besluttede udvalget om indgangen til museet?", "»Udsat, fordi ejeren af nabohuset"),
        ("Blev kunstgræsbanen vedtaget, og hvordan faldt stemmerne?", "5 stemte for, 2 imod"),
        ("Hvad er sagsnummeret i Acadre på svaret til Ulla Bendtsen?", "26/4417"),
        ("Hvornår er saltlageret i Hinnerup klar?", "oktober 2027"),
        ("Hvad skyldes overskridelsen på snerydning pr. 31. maj 2026?", "en lang vinter"),
    ],
)
def test_what_is_told_is_answered(asked: Assistant, question: str, says: str) -> None:
    answer = asked.ask(question)
    assert answer.status == "answered" and says in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Blev museets café godkendt?",
        "Hvad besluttede udvalget om indgangen til museet, og hvor mange stemte imod?",
        "Hvad er sagsnummeret i SBSYS på svaret til Ulla Bendtsen?",
        "Hvornår åbner kiosken nede ved åen?",
        "Hvad skyldes overskridelsen på snerydning pr. 30. november 2026?",
    ],
)
def test_what_is_not_told_is_not(asked: Assistant, question: str) -> None:
    answer = asked.ask(question)
    assert answer.status == "not_found", answer.text


@pytest.mark.parametrize(
    ("history", "question", "says"),
    [
        ([], "Hvad er personalet bekymret for ved et fælles køkken?", "Duften af mad forsvinder"),
        ([], "What do the staff say about KF11?", "Køreplanen for varevognene"),
        ([], "Synes de ansatte, at køreplanen er for stram?", "Køreplanen for varevognene"),
        (["Hvor samles køkkenerne i KF11?"], "Hvad siger medarbejderne til det?", "Duften af mad"),
        (["Hvad mener medarbejderne om TM05?"], "og hvad sagde de til KF11?", "Duften af mad"),
    ],
)
def test_what_the_staff_say_is_told_in_their_words(
    asked: Assistant, history: list[str], question: str, says: str
) -> None:
    answer = asked.ask(question, [Turn(q) for q in history])
    assert answer.status == "answered" and says in answer.text
    assert "tilbudt job" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Hvad siger medarbejderne om TM05?",
        "Er de ansatte på vejafdelingen utrygge ved at skifte pærerne?",
        "Hvad mener medarbejderne om banen i Assentoft?",
    ],
)
def test_what_is_told_of_the_staff_is_not_what_they_say(asked: Assistant, question: str) -> None:
    assert asked.ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        (
            "Hvilke svømmehaller er med i Thisteds status?",
            "»Hurup Svømmebad«, »Nors Badet«, »Hanstholm Hallen«",
        ),
        ("Hvilke svømmehaller i Thisted er forsinket?", "har: »Hurup Svømmebad«."),
        (
            "Hvilke emner har afsnit 2 i Thisteds status?",
            "»Udbud af tagene«, »Møder med klubberne«",
        ),
    ],
)
def test_a_list_is_told_whole_and_in_order(asked: Assistant, question: str, listed: str) -> None:
    answer = asked.ask(question)
    assert answer.status == "answered" and listed in answer.text
    assert len(answer.citations) == answer.text.count("»") - answer.text.count("»Status på")


def test_a_list_is_not_told_for_what_it_does_not_hold(asked: Assistant) -> None:
    answer = asked.ask("Hvilke svømmehaller i Thisted har fået en ny sauna?")
    assert "Nors Badet" not in answer.text
