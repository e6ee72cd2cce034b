"""What councillors ask over the shipped corpus: arithmetic, follow-ups, refusals, other words."""

import re

import pytest

from rag.answer import Answer
from rag.chain import Assistant
from rag.query import Turn


def ask(assistant: Assistant, question: str, *history: str) -> Answer:
    return assistant.ask(question, [Turn(q) for q in history])


@pytest.mark.parametrize(
    ("question", "expression"),
    [
        ("Hvad giver ØU10s nettoændringer tilsammen?", "500 + 400 − 150 − 700 = 50 (1.000 kr.)"),
        ("Hvad er den gennemsnitlige årlige omstilling i ØU02?", "= −2.750 (1.000 kr.)"),
        ("Hvor meget stiger besparelsen i ØU02 fra 2024 til 2027?", "4.000 − 1.500 = 2.500"),
        ("Med hvor mange procent vokser effektiviseringen i ØU10 fra 2026 til 2029?", "= 120 pct."),
        ("Hvor mange flere årsværk nedlægger ØU02 end ØU10 i 2027?", "8 − 2 = 6 (årsværk)"),
        ("Hvad er effektivisering plus investering på drift i ØU10 i 2028?", "= −150 (1.000 kr.)"),
        ("Hvor stor en del af ØK74s bevilling i 2028 ligger på anlæg?", "15.000 / 50.000 · 100"),
        (
            "Hvor stor en del af ØU02s investering i 2024 går til kompetenceudvikling?",
            "16,7 pct.",
        ),
        ("Hvor mange dage gik der, fra Mikkel Skovgaard spurgte, til han fik svar?", "= 17 dage"),
    ],
)
def test_what_is_computed_is_shown_and_each_operand_is_cited(
    assistant: Assistant, question: str, expression: str
) -> None:
    answer = ask(assistant, question)
    shown = answer.calculation
    assert shown is not None and expression in shown.expression
    assert shown.expression in answer.text
    for figure, index in shown.operands:
        place = answer.citations[index].place
        assert (place.document, place.page) == (figure.document, figure.place.page)
        assert place.start <= figure.place.start and figure.place.end <= place.end


@pytest.mark.parametrize(
    ("question", "year", "text"),
    [
        ("Hvilket år bliver ØU10 en nettobesparelse?", 2028, "-150"),
        ("Hvornår begynder ØU10 at give overskud?", 2028, "-150"),
        ("Hvornår når ØU02 op på at spare 3 mio. kr. om året?", 2026, "-3.000"),
        ("Hvilket år er nettoudgiften i ØU10 størst?", 2026, "500"),
        ("In which year does ØU02 invest least in capital?", 2027, "1.000"),
    ],
)
def test_the_year_asked_for(assistant: Assistant, question: str, year: int, text: str) -> None:
    told = [(f.year, f.text) for s in ask(assistant, question).statements for f, _ in s.figures]
    assert told == [(year, text)]


def test_proposals_are_compared_and_their_price_levels_said(assistant: Assistant) -> None:
    answer = ask(assistant, "Sparer ØU02 eller ØU10 mest i 2027?")
    assert answer.text.startswith("Størst i 2027 er ØU02: -4.000")
    assert "forskellige prisniveauer (2024-priser og 2026-priser)" in answer.text


def test_unlike_price_levels_are_never_added_silently(assistant: Assistant) -> None:
    answer = ask(assistant, "Hvad sparer ØU02 og ØU10 tilsammen i 2027?")
    assert answer.calculation is not None
    assert "−4.000 − 1.100 = −5.100 (1.000 kr.)" in answer.text
    assert "forskellige prisniveauer (2024-priser og 2026-priser)" in answer.text


def test_levels_are_told_a_year_at_a_time(assistant: Assistant) -> None:
    answer = ask(assistant, "Hvor mange årsværk nedlægger ØU02 i alt over perioden?")
    assert answer.calculation is None and "lægges ikke sammen" in answer.text
    assert [f.text for f, _ in answer.statements[0].figures] == ["-3", "-5", "-6", "-8"]


@pytest.mark.parametrize(
    ("history", "question", "says"),
    [
        (["Hvad er effektiviseringen i ØU10 i 2026?"], "og i 2028?", r"1\.650"),
        (["Hvad er effektiviseringen i ØU10 i 2026?"], "og for ØU02?", r"ØU02.*3\.000"),
        (["Hvor meget investerer ØU02 på drift i 2027?"], "hvad med anlæg?", "Anlæg"),
        (["Hvad svarede forvaltningen om borgere?"], "hvem stillede spørgsmålet?", "Skovgaard"),
        (["Hvem stillede spørgsmålet om arbejdet med AI?"], "og hvornår?", r"21\. april 2026"),
        (["Hvad sparer ØU10 i 2027?"], "and in English?", r"The proposal ØU10.*1\.100"),
        (["How many FTE does ØU02 cut in 2026?"], "på dansk", "Forslaget ØU02.*6"),
        (["Hvad er nettoændringen i ØU02 i 2025?", "og i 2026?"], "og året efter?", "2027"),
        (["Hvad er nettoændringen i ØU10 i 2027?"], "og tilsammen?", r"= 50 \(1\.000"),
        (["Hvad er effektiviseringen i ØU10?"], "og i gennemsnit?", r"1\.487\.500"),
        (["Hvad sparer ØU02 i 2027?"], "hvad er det i procent af det nuværende budget?", "4,5 pct"),
        (["Hvor meget sparer ØU02 i 2026?"], "er det mere end ØU10?", r"3\.000.*1\.000"),
        (["Hvad sparer ØU10 i 2027?"], "Hvad står der om specialister i ØU02?", "specialister"),
    ],
)
def test_a_follow_up(assistant: Assistant, history: list[str], question: str, says: str) -> None:
    answer = ask(assistant, question, *history)
    assert answer.status == "answered"
    assert re.search(says, answer.text, re.DOTALL), answer.text


@pytest.mark.parametrize(
    ("question", "code", "says"),
    [
        ("Hvad sparer ØU02 i 2030?", "year_outside", "nærmeste, der kan spørges om, er 2027"),
        ("Hvad koster SU07?", "unknown_document", "ØU10"),
        ("Hvor meget anlæg har ØU10 i 2027?", "cell_blank", "Investering - Anlæg"),
        ("Hvor mange årsværk koster ØK74?", "measure_missing", "Pulje til investeringer"),
        ("What does Odense spend on robots?", "other_municipality", "Høje-Taastrup: ØU02"),
        ("Hvad sparer ØU02 i Budget 2030-2033?", "other_period", "2024-2027"),
        ("Hvem er forslagsstiller på ØK74?", "nothing_found", ""),
        ("Hvad er gevinsten ved ØU10 i kroner pr. borger?", "measure_missing", "Effektivisering"),
        ("Hvor høj er sygefraværsprocenten i Høje-Taastrup?", "nothing_found", ""),
    ],
)
def test_why_there_is_no_answer(assistant: Assistant, question: str, code: str, says: str) -> None:
    answer = ask(assistant, question)
    assert answer.statements == () and answer.why_not is not None
    assert (answer.why_not.code, says in answer.text) == (code, True), answer.text


def test_each_document_that_fits_is_told_whatever_it_calls_the_row(assistant: Assistant) -> None:
    answer = ask(assistant, "How much is the efficiency saving in 2027?")
    assert answer.status == "ambiguous"
    assert {f.text for s in answer.statements for f, _ in s.figures} == {"-4.000", "-1.100", "-550"}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("hvor mange bliver fyret i ØU10 i 2029?", "4"),
        ("bliver vi dyrere eller billigere med ØU10 i 2029?", "-700"),
        ("er der merudgift i ØU10 i 2026?", "500"),
        ("nedskæringen i ØU02 i 2027", "-4.000"),
        ("stillnger der forsvinder ØU10 2027", "2"),
        ("what's the price tag of ØU10 in 2026?", "500"),
        ("penge til anlaeg i OEK74 i 2027", "10.000"),
    ],
)
def test_other_words(assistant: Assistant, question: str, text: str) -> None:
    told = [f.text for s in ask(assistant, question).statements for f, _ in s.figures]
    assert text in told
