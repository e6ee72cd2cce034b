"""A column of another kind than the question names never answers: budget, regnskab, forbrug."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from collected import collected_texts
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Answer
from rag.asking.column_kinds import columns_asked, fits, head_kinds
from rag.chain import Assistant
from rag.query import Turn

PROJECTS = {
    "Svømmehal i Nordby": ("88,4", "31,2", "90,9", "2,5"),
    "Ombygning af Engskolen": ("41,0", "40,3", "40,6", "-0,4"),
    "Dige ved fjorden": ("126,5", "17,7", "139,8", "13,3"),
}
MEASURES = {
    "bevilling": ("Hvad er bevillingen til {}?", "What is the appropriation for {}?"),
    "forbrug": ("Hvor meget er der brugt på {}?", "Hvad er forbruget på {} til dato?"),
    "forventet": ("Hvad er det forventede regnskab for {}?",) * 2,
    "afvigelse": ("Hvad er afvigelsen på {}?", "What is the deviation on {}?"),
}
STATUS = """# Status på anlæg

Fredericia Kommune

Tabel 1. Stilling pr. 31. marts (mio. kr.)

| Nr. | Projekt | Bevilling | Forbrug til dato | Forventet regnskab | Afvigelse |
|---|---|---|---|---|---|
{rows}
| | I alt | 255,9 | 89,2 | 271,3 | 15,4 |

Tabel 2. Rådighedsbeløb efter år (mio. kr.)

| Projekt | 2027 | 2028 |
|---|---|---|
| Svømmehal i Nordby | 30,0 | 27,2 |
| Dige ved fjorden | 44,1 | 64,7 |
"""
BUDGET = """# Budgetbemærkninger: Tandpleje

Fredericia Kommune

| Ydelse (1.000 kr.) | Regnskab 2025 | Budget 2026 | Budget 2027 |
|---|---|---|---|
| Tandregulering | 6.120 | 6.480 | 6.710 |
| Omsorgstandpleje | 1.905 | 1.870 | 2.040 |
| I alt | 8.025 | 8.350 | 8.750 |

| Hjælpemidler (1.000 kr.) | Budget 2026 | Budget 2027 |
|---|---|---|
| Kørestole | 910 | 920 |
| Høreapparater | 755 | 760 |

Sygefraværet blandt medarbejderne i tandreguleringen var 6,1 pct. i 2025.
"""
DISTRICTS = """# Regnskab for distrikterne

Ikast-Brande Kommune

| Distrikt (1.000 kr.) | Regnskab | Mindreforbrug (-) eller merforbrug |
|---|---|---|
| Nordbyen | 710 | 45 |
| Vestbyen | 820 | -70 |
| Sydbyen | 640 | 12 |
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("kinds")
    rows = [
        f"| {n} | {name} | {' | '.join(cells)} |"
        for n, (name, cells) in enumerate(PROJECTS.items(), 201)
    ]
    texts = {"status": STATUS.format(rows="\n".join(rows)), "budget": BUDGET, "kvarter": DISTRICTS}
    with collected_texts(folder, texts) as made:
        yield made


def ask(town: Assistant, *questions: str) -> Answer:
    *history, question = questions
    return town.ask(question, [Turn(q) for q in history])


def told(answer: Answer) -> list[str]:
    return [f.text for s in answer.statements for f, _ in s.figures]


@given(st.sampled_from(list(PROJECTS)), st.sampled_from(list(MEASURES)), st.integers(0, 1))
def test_every_cell_is_told_of_its_row_and_column_alone(
    town: Assistant, project: str, measure: str, way: int
) -> None:
    answer = ask(town, MEASURES[measure][way].format(project))
    assert told(answer) == [PROJECTS[project][list(MEASURES).index(measure)]]
    assert project in answer.statements[0].text


@pytest.mark.parametrize(
    ("questions", "years"),
    [
        (("Hvad var budgettet til tandregulering i 2025?",), "2026, 2027"),
        (("What was the budget for tandregulering in 2025?",), "2026, 2027"),
        (("Hvor meget er der afsat til omsorgstandpleje i 2025?",), "2026, 2027"),
        (("Hvad er budgettet til tandregulering i 2026?", "Og i 2025?"), "2026, 2027"),
        (("Regnskab for tandregulering i 2026",), "2025"),
        (("Hvor meget er der brugt på omsorgstandpleje i 2026?",), "2025"),
        (("Hvad er budgettet til tandregulering i 2026?", "Og regnskabet?"), "2025"),
    ],
)
def test_a_year_that_the_kind_has_no_column_of_is_refused_with_those_it_has(
    town: Assistant, questions: tuple[str, ...], years: str
) -> None:
    answer = ask(town, *questions)
    assert (answer.status, told(answer)) == ("not_found", [])
    assert answer.why_not is not None and answer.why_not.code == "year_outside"
    assert f" {years}." in answer.why_not.text


@pytest.mark.parametrize(
    "question",
    [
        "Hvad var det samlede budget til tandpleje i 2025?",
        "Hvad var regnskabet for kørestole i 2026?",
        "Hvad er forbruget til høreapparater i 2027?",
        "Hvor meget er budgettet overskredet på tandregulering?",
        "Hvad er restbevillingen til svømmehallen i Nordby?",
        "Hvad er bevillingen til et nyt bibliotek?",
    ],
)
def test_what_no_column_tells_is_not_told(town: Assistant, question: str) -> None:
    assert not told(ask(town, question))


@pytest.mark.parametrize(
    ("questions", "texts"),
    [
        (("Hvad var regnskabet for tandregulering i 2025?",), ["6.120"]),
        (("Hvor meget er der brugt på tandregulering i 2025?",), ["6.120"]),
        (("Hvad er budgettet til tandregulering i 2027?",), ["6.710"]),
        (("Budget 2026 til omsorgstandpleje?",), ["1.870"]),
        (("Hvad er budgettet til kørestole i 2026?",), ["910"]),
        (("Hvad er det samlede budget til tandpleje i 2026?",), ["8.350"]),
        (("Hvad er rådighedsbeløbet til svømmehallen i Nordby i 2028?",), ["27,2"]),
        (("Hvad er det samlede forbrug til dato?",), ["89,2"]),
        (("Hvad er det samlede forventede regnskab?",), ["271,3"]),
        (("Hvad er bevillingen til diget ved fjorden?", "Hvor meget er der brugt?"), ["17,7"]),
        (("Hvad er bevillingen til diget ved fjorden?", "Og afvigelsen?"), ["13,3"]),
        (("Hvad er forbruget på diget ved fjorden?", "Hvad med svømmehallen?"), ["31,2"]),
        (("Hvilket distrikt har det mindste regnskab?",), ["640"]),
    ],
)
def test_the_kind_that_is_asked_for_answers(
    town: Assistant, questions: tuple[str, ...], texts: list[str]
) -> None:
    assert told(ask(town, *questions)) == texts


@pytest.mark.parametrize("end", ["merforbrug", "mindreforbrug"])
def test_of_a_column_with_both_signs_no_row_has_most_of_one(town: Assistant, end: str) -> None:
    assert not told(ask(town, f"Hvilket distrikt har det største {end}?"))


@pytest.mark.parametrize(
    ("question", "head", "fit"),
    [
        ("Hvad var budgettet?", "Regnskab 2025", False),
        ("Hvad var budgettet?", "Bevilling", True),
        ("Hvad var budgettet?", "Afvigelse fra budget", False),
        ("Hvad var budgettet?", "Antal pladser", None),
        ("Hvad blev regnskabet?", "Forventet regnskab", False),
        ("Hvad blev regnskabet?", "R 2025", True),
        ("Hvad er det forventede forbrug?", "Forbrug til dato", False),
        ("Hvor stor er afvigelsen?", "Antal pladser", False),
        ("Hvor langt er der fra budget til regnskab?", "Regnskab", True),
        ("Hvad koster det i Budget 2026-2029?", "Regnskab 2025", None),
    ],
)
def test_whether_a_column_is_of_the_kind_asked_for(
    question: str, head: str, fit: bool | None
) -> None:
    assert fits(columns_asked(question), head_kinds(head)) is fit


def test_a_caption_tells_what_columns_that_only_name_years_are_of() -> None:
    assert head_kinds("2027", "Tabel 2. Rådighedsbeløb efter år") == {"available"}
