"""Questions of two things at once, of a part of a matter, and of a budget that is only a year."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from collected import collected
from made_pdfs import pdf, proposal_pdf

from rag.answer import Answer
from rag.chain import Assistant
from rag.query import Turn


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("council")
    proposal_pdf(
        folder / "BU04.pdf", "BU04", "Færre vikarer i dagtilbud",
        [("Besparelse", "-1.200", "-2.400", "-2.400", "-2.400"),
         ("Samlet ændring (Netto)", "-1.200", "-2.400", "-2.400", "-2.400"),
         ("Ændring i antal årsværk", "-2", "-4", "-4", "-4")],
        "Heraf kommer 1,5 mio. kr. fra børnehaverne og 0,9 mio. kr. fra vuggestuerne.",
        "Der nedlægges 3 stillinger i børnehaverne og 1 stilling i vuggestuerne.",
        municipality="Vejen",
    )  # fmt: skip
    proposal_pdf(
        folder / "BU09.pdf", "BU09", "Senere åbning i klubberne",
        [("Besparelse", "-500", "-700", "-700", "-700"),
         ("Samlet ændring (Netto)", "-500", "-700", "-700", "-700")],
        "Klubberne åbner en time senere.",
        municipality="Vejen",
    )  # fmt: skip
    pdf(
        folder / "sti.pdf",
        "# Cykelsti mellem Havrevej og skolen i Ringsted Kommune",
        "Til belysningen er der i budgettet for 2026 afsat 350.000 kr. Stien får 40 lamper.",
        "1.000 kr.",
        [["Økonomi", "2026", "2027", "I alt"], ["Projektering", "400", "200", "600"],
         ["Jordkøb", "1.100", "", "1.100"], ["Bruttoudgift", "2.400", "6.000", "8.400"],
         ["Netto", "1.500", "3.700", "5.200"]],
    )  # fmt: skip
    with collected(folder / "home", folder) as made:
        yield made


def ask(council: Assistant, *questions: str) -> Answer:
    *history, question = questions
    return council.ask(question, [Turn(q) for q in history])


@pytest.mark.parametrize(
    ("questions", "expression"),
    [
        (("Hvad koster projektering og jordkøb tilsammen?",), "600 + 1.100 = 1.700 (1.000 kr.)"),
        (
            ("Hvor mange stillinger nedlægges i børnehaver og vuggestuer tilsammen?",),
            "−3 − 1 = −4 (stillinger)",
        ),
        (
            ("Hvor meget spares i børnehaverne og vuggestuerne tilsammen i BU04?",),
            "1,5 + 0,9 = 2,4 (mio. kr.)",
        ),
        (
            ("Hvad er forskellen på bruttoudgiften og nettoudgiften til cykelstien i 2027?",),
            "6.000 − 3.700 = 2.300 (1.000 kr.)",
        ),
        (
            ("Hvad er forskellen på besparelsen i BU04 og senere åbning i klubberne i 2027?",),
            "2.400 − 700 = 1.700 (1.000 kr.)",
        ),
        (
            ("Hvor meget mere sparer BU04 end forslaget om klubberne i 2026?",),
            "1.200 − 500 = 700 (1.000 kr.)",
        ),
        (
            ("Hvad er nettoændringen i BU04 i 2026?", "og i 2027?", "og tilsammen?"),
            "−1.200 − 2.400 = −3.600 (1.000 kr.)",
        ),
        (
            ("What does BU04 save in 2026?", "and in 2027?", "and in 2028?", "and all together?"),
            "−1.200 − 2.400 − 2.400 = −6.000 (1.000 kr.)",
        ),
        (
            ("Hvad er nettoændringen i BU09 i 2026?", "og i 2027?", "og i alt over alle årene?"),
            "−500 − 700 − 700 − 700 = −2.600 (1.000 kr.)",
        ),
        (
            ("Hvad sparer BU04 i 2027?", "og BU09?", "og tilsammen?"),
            "−2.400 − 700 = −3.100 (1.000 kr.)",
        ),
    ],
)
def test_two_things_are_computed(
    council: Assistant, questions: tuple[str, ...], expression: str
) -> None:
    answer = ask(council, *questions)
    assert answer.calculation is not None, answer.text
    assert answer.calculation.expression == expression


@pytest.mark.parametrize(
    "question",
    [
        "Hvad koster projektering og parkering tilsammen?",
        "Hvad er forskellen på besparelsen i BU04 og senere åbning af svømmehallen i 2027?",
        "Hvor mange stillinger nedlægges i børnehaver og skoler tilsammen?",
    ],
)
def test_one_of_two_is_no_sum(council: Assistant, question: str) -> None:
    assert ask(council, question).calculation is None


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Hvad spares i vuggestuerne i BU04?", ["0,9"]),
        ("Hvad sparer børnehaverne i Vejen?", ["1,5"]),
        ("Hvad spares i dagtilbud i BU04 i 2027?", ["-2.400"]),
        ("Hvad sparer skolerne i BU04 i 2027?", []),
        ("Hvor meget er der afsat i budget 2026 til belysningen?", ["350.000"]),
        ("Hvor meget er der afsat i budget 2026 til hundeskoven?", []),
    ],
)
def test_a_part_has_its_own_amount_or_none(
    council: Assistant, question: str, texts: list[str]
) -> None:
    assert [f.text for s in ask(council, question).statements for f, _ in s.figures] == texts
