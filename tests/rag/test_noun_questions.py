"""What a question's own noun decides: which row, what kind of quantity, and both sides or none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from collected import collected
from made_pdfs import pdf, proposal_pdf

from rag.chain import Assistant
from rag.figures.savings import saves_on
from rag.home import CHECKOUT


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("town")
    rows = [
        ("Lavere varmeforbrug", "", "-900", "-1.850", "-1.850"),
        ("Lavere elforbrug", "", "-150", "-300", "-300"),
        ("Investering i følere", "2.100", "400", "", ""),
        ("Samlet ændring (Netto)", "2.100", "-650", "-2.150", "-2.150"),
    ]
    proposal_pdf(
        folder / "TM07.pdf", "TM07", "Følere i kommunens bygninger", rows, municipality="Silkeborg"
    )
    pdf(
        folder / "notat.pdf",
        "# Notat om følere i bygningerne i Silkeborg Kommune",
        "I 2028 bruges der 2,1 mio. kr. på investeringen i følere til varmen.",
        "Investeringen er på 2,5 mio. kr. og dækker følere i 46 bygninger.",
    )
    pdf(
        folder / "sti.pdf",
        "# Cykelsti mellem Havrevej og skolen i Ringsted Kommune",
        "Udvalget skal tage stilling til anlæg af cykelstien langs Havrevej.",
        "Cykelstien koster 8,4 mio. kr., og den bliver 2,3 km lang.",
        "Staten giver et tilskud på 3,2 mio. kr. til cykelstien.",
        "1.000 kr.",
        [["Økonomi", "2026", "2027", "I alt"], ["Bruttoudgift", "2.400", "6.000", "8.400"],
         ["Statstilskud", "-900", "-2.300", "-3.200"], ["Netto", "1.500", "3.700", "5.200"]],
    )  # fmt: skip
    with collected(folder / "home", folder, CHECKOUT / "corpus") as shared:
        yield shared


def told(town: Assistant, question: str) -> list[str]:
    return [f.text for s in town.ask(question).statements for f, _ in s.figures]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("hvor meget sparer Silkeborg på varmen i 2028?", ["-1.850"]),
        ("Hvad er besparelsen på varme i Silkeborg i 2027?", ["-900"]),
        ("Hvad sparer Silkeborg på el i 2028?", ["-300"]),
        ("Hvad sparer Silkeborg på el i kommunens bygninger i 2028?", ["-300"]),
        ("Hvad er investeringen i følere i Silkeborg i 2027?", ["400"]),
        ("Hvad sparer Silkeborg på vand i 2028?", []),
        ("Hvad sparer Silkeborg på el til svømmehallen i 2028?", []),
        ("Hvad sparer Silkeborg på el i skolerne i 2028?", []),
        ("How much does Silkeborg save on heating in 2028?", []),
    ],
)
def test_a_saving_is_that_of_the_row_whose_noun_is_asked_for(
    town: Assistant, question: str, texts: list[str]
) -> None:
    assert told(town, question) == texts


@pytest.mark.parametrize(
    ("label", "asked", "is_of"),
    [
        ("Lavere varmeforbrug", ["varmen"], True),
        ("Lavere elforbrug", ["el"], True),
        ("Færre vikartimer", ["vikarer"], True),
        ("Mindre varme", ["varmen"], True),
        ("Lavere elforbrug", ["varmen"], False),
        ("Færre elever", ["el"], False),
        ("Varmeforbrug", ["varmen"], False),
        ("Lavere varmeforbrug", ["varmen", "skolerne"], False),
        ("Lavere varmeforbrug", [], False),
    ],
)
def test_a_row_of_less_is_a_saving_on_its_noun(label: str, asked: list[str], is_of: bool) -> None:
    assert saves_on(label, "Følere i bygningerne", asked) is is_of


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Hvor lang er cykelstien?", ["2,3"]),
        ("Hvor lang er cykelstien i Ringsted?", ["2,3"]),
        ("How long is the bike path in Ringsted?", ["2,3"]),
        ("Hvor bred er cykelstien i Ringsted?", []),
        ("Hvor gammel er cykelstien i Ringsted?", []),
        ("How heavy is the bike path in Ringsted?", []),
    ],
)
def test_how_long_is_never_told_in_money(town: Assistant, question: str, texts: list[str]) -> None:
    assert told(town, question) == texts


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Hvornår er investeringen tjent hjem?", []),
        ("Hvornår er investeringen i følere i Silkeborg tjent hjem?", []),
        ("Hvornår begynder TM07 at give overskud?", ["-650"]),
    ],
)
def test_a_time_is_not_told_by_an_amount_alone(
    town: Assistant, question: str, texts: list[str]
) -> None:
    assert told(town, question) == texts


def test_a_table_s_net_row_comes_before_amounts_in_prose(town: Assistant) -> None:
    assert told(town, "Hvad er Ringsteds nettoudgift til cykelstien i alt?") == ["5.200"]


def test_what_the_state_gives_is_the_grant_alone(town: Assistant) -> None:
    for question in (
        "How much does the state contribute to the bike path in Ringsted?",
        "Hvor meget giver staten til cykelstien i Ringsted?",
    ):
        assert told(town, question) == ["-900", "-2.300", "-3.200"]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Hvad er forskellen på netto i TM07 og i den gamle plan fra Budget 2025 i 2027?", []),
        ("Hvad er forskellen på netto i TM07 i 2027 og 2028?", ["-650", "-2.150"]),
    ],
)
def test_a_difference_tells_both_sides_or_none(
    town: Assistant, question: str, texts: list[str]
) -> None:
    assert told(town, question) == texts
