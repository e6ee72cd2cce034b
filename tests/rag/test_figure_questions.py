"""Questions for figures read in general ways, over documents made here and those shipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.pipeline import ingest
from rag.answer import Answer
from rag.chain import Assistant
from rag.home import Home
from rag.query import Turn
from rag.search.embed import load_embedder

REPORT = """# Budgetopfølgning pr. {day} 2026

Kolding Kommune · Økonomiudvalget

Tabel 1. Driftsudgifter 2026, mio. kr.

| Område | Korrigeret budget | Forventet regnskab |
|---|---|---|
| Veje og parker | {veje} | {ventet} |
| Havne | 12,5 | {havne} |

Havnene mangler {mangler} både.
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("reports")
    months = {
        "april": {"day": "30. april", "veje": "81,0", "ventet": "84,2", "havne": "12,9"},
        "august": {"day": "31. august", "veje": "82,4", "ventet": "80,1", "havne": "12,9"},
    }
    for month, cells in months.items():
        text = REPORT.format(**cells, mangler="tre" if month == "april" else "ni")
        (folder / f"kolding_{month}.md").write_text(text, "utf8")
    home = Home(folder / "home")
    ingest([*folder.glob("*.md")], home, load_embedder())
    made = Assistant(home)
    yield made
    made.catalogue.close()


def ask(assistant: Assistant, question: str, *history: str) -> Answer:
    return assistant.ask(question, [Turn(q) for q in history])


def computed(answer: Answer) -> str:
    return answer.calculation.expression if answer.calculation else f"none: {answer.text}"


@pytest.mark.parametrize(
    ("questions", "expression"),
    [
        (
            ("Hvad er effektiviseringen i ØU10 i 2027?", "og i ØU02?", "hvad er forskellen?"),
            "1.100 − 4.000",
        ),
        (
            ("What is the net change in ØU10 in 2027?", "and in 2029?", "how big is the drop?"),
            "−700 − 400",
        ),
        (
            ("Hvor mange årsværk nedlægger ØU02 i 2025?", "og i 2027?", "hvor stor er stigningen?"),
            "8 − 5 = 3",
        ),
        (
            ("Hvad er nettoændringen i ØU10 i 2026?", "og i 2027?", "hvad giver de to tilsammen?"),
            "500 + 400 = 900",
        ),
        (
            ("Hvad er service i ØK74 i 2027?", "og anlæg?", "hvad er forskellen på dem?"),
            "25.000 − 10.000 = 15.000",
        ),
    ],
)
def test_a_follow_up_compares_the_two_figures_spoken_of(
    assistant: Assistant, questions: tuple[str, ...], expression: str
) -> None:
    *history, question = questions
    assert expression in computed(ask(assistant, question, *history))


def test_a_comparison_of_figures_that_two_things_tell_apart_is_not_guessed(
    assistant: Assistant,
) -> None:
    history = ("Hvad er nettoændringen i ØU10 i 2026?", "Hvor mange årsværk i ØU02 i 2027?")
    assert ask(assistant, "hvad er forskellen på de to?", *history).calculation is None


@pytest.mark.parametrize(
    ("question", "expression"),
    [
        (
            "Hvor meget ændrede det forventede regnskab for veje og parker i Kolding sig fra april "
            "til august?",
            "80,1 − 84,2 = −4,1",
        ),
        (
            "Hvor meget steg korrigeret budget for veje og parker mellem april og august 2026?",
            "82,4 − 81 = 1,4",
        ),
        (
            "How much did the forventet regnskab for Havne change from April to August 2026?",
            "12,9 − 12,9 = 0",
        ),
        (
            "Hvor stor er forskellen på Havne (Korrigeret budget) i april og august?",
            "12,5 − 12,5 = 0",
        ),
    ],
)
def test_the_reports_of_two_months_are_compared(
    reports: Assistant, question: str, expression: str
) -> None:
    assert expression in computed(ask(reports, question))


@pytest.mark.parametrize(
    "question",
    [
        "Hvor meget ændrede det forventede regnskab for havne sig fra april til december 2026?",
        "Hvor meget steg det korrigerede budget for veje og parker fra marts til august 2026?",
    ],
)
def test_one_report_of_two_is_no_change(reports: Assistant, question: str) -> None:
    assert ask(reports, question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Hvor mange flere årsværk nedlægger ØU02 end ØK74 i 2026?", "measure_missing"),
        ("Hvad er forskellen på effektiviseringen i ØU10 og ØU02 i 2025?", "year_outside"),
        ("Hvad er forskellen på drift og anlæg i ØU10 i 2027?", "cell_blank"),
    ],
)
def test_one_side_of_a_difference_is_no_answer(
    assistant: Assistant, question: str, reason: str
) -> None:
    why = ask(assistant, question).why_not
    assert why is not None and why.code == reason


@pytest.mark.parametrize(
    "question",
    [
        "Hvor meget investeres der i legepladser i ØU10 i 2027?",
        "Hvor mange årsværk går der til skoler i ØU02 i 2026?",
        "Hvad er effektiviseringen på vikarer i ØU10 i 2028?",
        "How much does ØU10 save on school meals in 2028?",
    ],
)
def test_what_a_document_never_speaks_of_has_no_figure_there(
    assistant: Assistant, question: str
) -> None:
    why = ask(assistant, question).why_not
    assert why is not None and why.code == "measure_missing"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How much does ØU10 save on administration in 2028?", "-1.650"),
        ("Hvor mange årsværk sparer ØU02 i administrationen i 2026?", "-6"),
        ("Hvor meget investerer ØU02 i robotter på anlæg i 2025?", "2.500"),
    ],
)
def test_what_a_document_speaks_of_does_not_stand_in_the_way(
    assistant: Assistant, question: str, value: str
) -> None:
    answer = ask(assistant, question)
    assert [f.text for s in answer.statements for f, _ in s.figures] == [value]


def test_the_name_of_a_table_is_no_measure(assistant: Assistant) -> None:
    question = "Hvor mange kr. er der sat på {} i tabellen over investeringsbehov i ØK74?"
    assert ask(assistant, question.format("It-anskaffelser")).status == "not_found"
    assert "2-10 mio. kr." in ask(assistant, question.format("Indsigt og data")).text
    whole = ask(assistant, "Hvad står der i tabellen over udgifter til anlæg i 2027 i ØK74?")
    assert "10.000" in whole.text


@pytest.mark.parametrize(
    "question",
    [
        "Hvad er »Samlet ændring (Netto)« i ØU10 fra 2026 til 2029?",
        "What is “Samlet ændring (Netto)” in ØU02 from 2024 to 2027?",
        "What is the net change in ØU10 from 2026 to 2029?",
    ],
)
def test_the_word_change_in_a_rows_name_asks_for_its_years_and_no_difference(
    assistant: Assistant, question: str
) -> None:
    answer = ask(assistant, question)
    years = [f.year for s in answer.statements for f, _ in s.figures]
    assert answer.calculation is None and len(years) == 4
