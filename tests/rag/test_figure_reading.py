"""Figures told in lists, in days and in columns, and follow-ups that ask for a part or anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.pipeline import ingest
from rag.answer import Answer
from rag.chain import Assistant
from rag.home import Home
from rag.query import Turn
from rag.search.embed import load_embedder

NOTE = """# Notat om havnebad og kajplads

Faxe Kommune

Anlægget koster efter omfang: Havnebad (2-9 mio. kr.) • Flydebro, der også kan bruges af \
kørestolsbrugere. (4 mio. kr.) • Sauna med omklædning, som vinterbadere har bedt om. Den fyres \
med træpiller. (3 mio. kr.) • Badetrappe ved stranden alene. (600.000 kr.)

Byrådet førstebehandler anlægget den 3. marts 2026 og andenbehandler det den 14. april 2026. \
Tilladelsen fra Kystdirektoratet ventes den 1. juni 2026.

Belægningen på kajpladserne var 81 pct. i 2024 og 77 pct. i 2025. Højest lå fiskerihavnen med \
92 pct. i 2025.

Sejlere må ligge ved kajen i 48 timer. Oprydningen efter stormen varede seks uger.

Tabel 1. Havnens drift, mio. kr.

| Område | Regnskab 2024 | Budget 2025 | Budget 2026 |
|---|---|---|---|
| Kajer og moler | 3,4 | 3,6 | 3,9 |

Tabel 2. Ændringer, 1.000 kr.

| | 2026 | 2027 |
|---|---|---|
| Vikartimer i havnevagten | -210 | -340 |
| Fælles indkøb af tovværk | -30 | -60 |
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("harbour")
    (folder / "faxe_havnebad.md").write_text(NOTE, "utf8")
    home = Home(folder / "home")
    ingest([folder / "faxe_havnebad.md"], home, load_embedder())
    made = Assistant(home)
    yield made
    made.catalogue.close()


def ask(assistant: Assistant, question: str, *history: str) -> Answer:
    return assistant.ask(question, [Turn(q) for q in history])


def told(answer: Answer) -> list[str]:
    return [f.text for s in answer.statements for f, _ in s.figures]


@pytest.mark.parametrize(
    ("questions", "amount"),
    [
        (("Hvad koster en sauna i Faxe?",), "3"),
        (("Hvad koster en flydebro for kørestolsbrugere?",), "4"),
        (("Hvad koster badetrappen ved stranden?",), "600.000"),
        (("Hvad koster et havnebad i Faxe?", "hvad koster saunaen alene?"), "3"),
        (("Hvad koster et havnebad i Faxe?", "og hvis kørestolsbrugere også skal med?"), "4"),
    ],
)
def test_an_item_of_a_list_tells_its_own_amount(
    harbour: Assistant, questions: tuple[str, ...], amount: str
) -> None:
    *history, question = questions
    assert told(ask(harbour, question, *history)) == [amount]


@pytest.mark.parametrize(
    "questions",
    [
        ("Hvad koster en vandrutsjebane i Faxe?",),
        ("Hvad koster et havnebad i Faxe?", "hvad koster vandrutsjebanen alene?"),
    ],
)
def test_what_a_list_does_not_name_has_no_amount(
    harbour: Assistant, questions: tuple[str, ...]
) -> None:
    *history, question = questions
    assert not told(ask(harbour, question, *history))


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("Hvor mange dage er der fra førstebehandlingen til andenbehandlingen i Faxe?", 42),
        (
            "Hvor mange dage går der mellem andenbehandlingen og tilladelsen fra Kystdirektoratet?",
            48,
        ),
        ("How many days are there from 3 March 2026 to the tilladelse fra Kystdirektoratet?", 90),
        ("Hvor lang tid går der fra den 14. april 2026 til tilladelsen fra Kystdirektoratet?", 48),
    ],
)
def test_the_days_between_two_dates_told(harbour: Assistant, question: str, days: int) -> None:
    answer = ask(harbour, question)
    assert answer.calculation is not None and answer.calculation.result == days
    assert len(answer.calculation.operands) == 2


@pytest.mark.parametrize(
    "question",
    [
        "Hvor mange dage er der fra førstebehandlingen til indvielsen i Faxe?",
        "Hvor mange dage er der fra den 5. marts 2026 til andenbehandlingen?",
    ],
)
def test_a_date_that_is_not_told_gives_no_days(harbour: Assistant, question: str) -> None:
    assert ask(harbour, question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("Hvor længe må sejlere ligge ved kajen i Faxe?", ["48"]),
        ("Hvor længe varede oprydningen efter stormen?", ["seks"]),
        ("How long did oprydningen efter stormen take?", ["seks"]),
        ("Hvor længe er saunaen åben?", []),
    ],
)
def test_how_long_asks_for_a_time(harbour: Assistant, question: str, amount: list[str]) -> None:
    assert told(ask(harbour, question)) == amount


def test_accounts_and_budgets_of_several_years_are_columns(harbour: Assistant) -> None:
    question = "Regnskab 2024, budget 2025 og budget 2026 for kajer og moler i Faxe?"
    assert told(ask(harbour, question)) == ["3,4", "3,6", "3,9"]
    question = "Regnskab 2024, budget 2025 og budget 2026 for badesø i Faxe?"
    assert not told(ask(harbour, question))


def test_a_row_said_in_full_answers_whatever_its_words_are_near(harbour: Assistant) -> None:
    question = "hvad spare faxe på vikar timer i havnevagten i 2027"
    assert told(ask(harbour, question)) == ["-340"]
    assert not told(ask(harbour, "hvad spare faxe på vikar timer i biblioteket i 2027"))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Bliver ØU10 dyrere eller billigere i 2027, når alt er talt med?", ["400"]),
        ("Bliver ØU02 billigere eller dyrere for kommunekassen i 2026?", ["-3.000"]),
        ("Will ØU10 be cheaper or more expensive for taxpayers in 2028?", ["-150"]),
        ("Bliver ØU10 dyrere eller billigere i 2033?", []),
    ],
)
def test_which_of_two_directions_is_told_by_the_net_row(
    assistant: Assistant, question: str, value: list[str]
) -> None:
    assert told(ask(assistant, question)) == value


@pytest.mark.parametrize(
    ("question", "expression"),
    [
        ("Hvor stor en andel i procent af de samlede udgifter i ØK74 i 2027 er service?", "71,4"),
        (
            "What share in per cent of the total expenditure in ØK74 in 2028 is capital?",
            "= 30 pct.",
        ),
    ],
)
def test_a_share_may_say_that_it_is_in_per_cent(
    assistant: Assistant, question: str, expression: str
) -> None:
    shown = ask(assistant, question).calculation
    assert shown is not None and expression in shown.expression


@pytest.mark.parametrize(
    ("question", "language", "value"),
    [
        ("same question in English, but for 2028", "en", "-150"),
        ("og for 2027 på engelsk", "en", "400"),
        ("same question, but for ØU02", "da", "-3.000"),
        ("in English please, and in 2029", "en", "-700"),
    ],
)
def test_the_same_question_of_something_else(
    assistant: Assistant, question: str, language: str, value: str
) -> None:
    answer = ask(assistant, question, "Hvad er nettoændringen i ØU10 i 2026?")
    assert told(answer) == [value]
    assert answer.language == language or "ØU02" in question


@pytest.mark.parametrize(
    ("question", "expression"),
    [
        ("Hvor mange procent stiger vikartimer i havnevagten i Faxe fra 2026 til 2027?", "61,9"),
        ("Hvor mange procent ændrer fælles indkøb af tovværk sig fra 2026 til 2027?", "= 100 pct."),
        ("By what percentage do vikartimer i havnevagten change from 2026 to 2027?", "61,9"),
    ],
)
def test_a_row_that_no_vocabulary_knows_changes_by_so_many_per_cent(
    harbour: Assistant, question: str, expression: str
) -> None:
    shown = ask(harbour, question).calculation
    assert shown is not None and expression in shown.expression


def test_no_row_no_change(harbour: Assistant) -> None:
    question = "Hvor mange procent stiger lønnen til havnefogeden i Faxe fra 2026 til 2027?"
    assert not told(ask(harbour, question))


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("Hvad var belægningen på kajpladserne i Faxe i 2024?", ["81"]),
        ("Hvad var belægningen på kajpladserne i Faxe i 2025?", ["77"]),
        ("Hvad var belægningen i fiskerihavnen i Faxe i 2025?", ["92"]),
        ("Hvad var belægningen på kajpladserne i Køge i 2025?", []),
        ("Hvad var belægningen på kajpladserne i Faxe i 2021?", []),
    ],
)
def test_what_something_was_in_a_year_may_be_told_in_a_sentence(
    harbour: Assistant, question: str, amount: list[str]
) -> None:
    assert told(ask(harbour, question)) == amount


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Hvad koster det at holde robotterne kørende i 2027 i ØU02?", ["1.000"]),
        ("What does ØU10 pay to keep AI running in 2028?", ["1.500"]),
        ("Hvor meget spares der i ØU02 det første år?", ["-1.500"]),
        ("Hvad koster det at holde robotterne kørende i 2031 i ØU02?", []),
    ],
)
def test_what_it_takes_to_run_and_the_first_year(
    assistant: Assistant, question: str, value: list[str]
) -> None:
    assert told(ask(assistant, question)) == value
