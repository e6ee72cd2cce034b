"""Documents that no vocabulary and no question set was made for: every cell, and what is not there.

The rows' labels are quoted in the questions, so that there is one right answer to each.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from collected import collected
from made_pdfs import pdf, proposal_pdf

from rag.answer import Answer
from rag.chain import Assistant
from rag.home import CHECKOUT

YEARS = (2026, 2027, 2028, 2029)
PROPOSALS = {
    "TU01": (
        *("Lys på stierne", "Odense"),
        [
            ("Nuværende budget", "900", "901", "902", "903"),
            ("Effektivisering", "-110", "-120", "", "-140"),
            ("Investering - Drift", "52", "", "-", "0"),
            ("Investering - Anlæg", "", "72", "73", "74"),
            ("Samlet ændring (Netto)", "-58", "-120", "-", "-140"),
            ("Ændring i antal årsværk", "-1", "-1,5", "", "-3"),
        ],
    ),
    "BU02": (
        *("Færre klasser", "Vejle"),
        [
            ("Besparelse på personale", "-2.110", "-2.120", "-2.130", "-2.150"),
            ("Merudgift til buskørsel", "310", "320", "330", ""),
            ("Netto", "-1.800", "-1.800", "-1.800", "-2.150"),
            ("Antal stillinger", "-4", "-5", "-6", "-7"),
            ("Elever pr. klasse", "24", "25", "26", "27"),
        ],
    ),
    "SU03": (
        *("Nyt plejehjem", "Odense"),
        [
            ("Anlægsudgift", "10.000", "20.000", "5.000", ""),
            ("Afledt drift", "", "", "1.250", "2.500"),
            ("Huslejeindtægt", "", "", "-300", "-600"),
            ("I alt", "10.000", "20.000", "5.950", "1.900"),
        ],
    ),
    "KF04": (*("Kor for alle", "Vejle"), [("Investering - Drift", "51", "61", "71", "81")]),
}


@pytest.fixture(scope="module")
def unseen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("unseen")
    for number, (title, municipality, rows) in PROPOSALS.items():
        path = folder / f"{number}.pdf"
        proposal_pdf(path, number, title, rows, municipality=municipality)
    pdf(
        folder / "parker.pdf",
        "# Notat om parkerne i Svendborg Kommune",
        "Kommunen ejer 14 parker, og de besøges af ca. 25.000 borgere om året.",
        "I 2026 afsættes 1,2 mio. kr. til nye bænke og 300.000 kr. til legepladser.",
        "Plænerne klippes hver uge fra april til oktober.",
        "Beløb i hele kr.",
        [["År", "Drift", "Anlæg"], ["2024", "1.500.000", "200.000"],
         ["2025", "1.600.000", "-"], ["2026", "1.700.000", "450.000"]],
    )  # fmt: skip
    pdf(
        folder / "skoler.pdf",
        "# Status på skolerne i Randers Kommune",
        "Antallet af elever falder år for år.",
        [["Skole", "Elever", "Lærere"], ["Nordskolen", "312", "28"],
         ["Sydskolen", "468", "41"], ["Vestskolen", "205", "17"]],
        "Nordskolen får en ny gymnastiksal i 2027 til 23,5 mio. kr.",
    )  # fmt: skip
    pdf(
        folder / "veje.pdf",
        "# Regnskab for veje i Skive Kommune",
        [["mio. kr.", "Regnskab 2024", "Budget 2025", "Budget 2026"],
         ["Vintertjeneste", "12,5", "11,0", "11,5"], ["Asfalt", "30,2", "28,0", "27,5"]],
        "Overskridelsen på vintertjenesten skyldes den hårde vinter.",
    )  # fmt: skip
    with collected(folder / "home", folder, CHECKOUT / "corpus") as shared:
        yield shared


FORMS = (
    "Hvad er {label} i {number} i {year}?",
    "Hvor meget er »{label}« i {year} i {number}?",
    "What is {label} in {number} in {year}?",
)
_OTHER_ROW = pytest.mark.xfail(
    strict=True, reason="bug: a word of the row's label is taken for another measure: wrong figure"
)
MARKS = {("BU02", "Besparelse på personale"): _OTHER_ROW}
ROWS = [
    pytest.param(number, label, texts, marks=MARKS.get((number, label), ()))
    for number, (_, _, rows) in PROPOSALS.items()
    for label, *texts in rows
]


def told(answer: Answer) -> list[tuple[str, int | None, str]]:
    return [(f.measure, f.year, f.text) for s in answer.statements for f, _ in s.figures]


@pytest.mark.parametrize(("number", "label", "texts"), ROWS)
def test_every_cell_of_a_row_is_answered_with_itself(
    unseen: Assistant, number: str, label: str, texts: list[str]
) -> None:
    for year, text in zip(YEARS, texts, strict=True):
        for form in FORMS:
            question = form.format(label=label, number=number, year=year)
            answer = unseen.ask(question)
            if text:
                assert told(answer) == [(label, year, text)], question
            else:
                assert answer.why_not and answer.why_not.code == "cell_blank", question


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Hvor mange parker ejer Svendborg Kommune?", ["14"]),
        ("Hvor mange borgere besøger parkerne i Svendborg?", ["25.000"]),
        ("Hvor meget afsættes til bænke i Svendborg i 2026?", ["1,2"]),
        ("Hvor meget går til legepladser i Svendborg i 2026?", ["300.000"]),
        ("Hvad er driften af parkerne i Svendborg i 2025?", ["1.600.000"]),
        ("Hvad er anlæg i parkerne i Svendborg i 2025?", ["-"]),
        ("Hvor mange elever går på Nordskolen?", ["312"]),
        ("Hvor mange lærere har Sydskolen?", ["41"]),
        ("How much is set aside for benches in Svendborg in 2026?", ["1,2"]),
    ],
)
def test_one_figure(unseen: Assistant, question: str, texts: list[str]) -> None:
    assert [text for _, _, text in told(unseen.ask(question))] == texts


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Hvor meget går til legepladser i Svendborg i 2027?", "year_outside"),
        ("Hvad er driften af parkerne i Svendborg i 2027?", "year_outside"),
        ("Hvor meget bruger Skive på vintertjeneste i 2027?", "year_outside"),
        ("Hvor mange lærere er der på Nordskolen i 2030?", "year_outside"),
        ("Hvad koster vintertjenesten i Svendborg?", "measure_missing"),
        ("Hvor mange bænke er der i Svendborg?", "nothing_found"),
    ],
)
def test_no_figure(unseen: Assistant, question: str, code: str) -> None:
    answer = unseen.ask(question)
    assert told(answer) == []
    assert answer.why_not and answer.why_not.code == code


def test_why(unseen: Assistant) -> None:
    answer = unseen.ask("Hvorfor blev vintertjenesten dyrere?")
    assert answer.status == "answered" and "den hårde vinter" in answer.text


# ------------------------------------------------------------------ what goes wrong


def test_another_school_is_no_answer(unseen: Assistant) -> None:
    assert told(unseen.ask("Hvor mange elever går på Østskolen?")) == []


def test_only_the_amount_asked_for_is_told(unseen: Assistant) -> None:
    figures = told(unseen.ask("Hvad koster legepladser i Svendborg?"))
    assert [text for _, _, text in figures] == ["300.000"]


def test_a_fact_that_is_not_there(unseen: Assistant) -> None:
    answer = unseen.ask("Hvem er forslagsstiller til parkerne i Svendborg?")
    assert answer.status == "not_found"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hvad kostede vintertjenesten i Skive i 2024?", "12,5"),
        ("Hvad er budgettet til asfalt i Skive i 2026?", "27,5"),
        ("Hvad koster den nye gymnastiksal på Nordskolen?", "23,5"),
    ],
)
def test_more_ways_to_ask(unseen: Assistant, question: str, text: str) -> None:
    assert [t for _, _, t in told(unseen.ask(question))] == [text]
