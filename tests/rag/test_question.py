import pytest

from rag.asking.question import read_question
from rag.asking.readings import other_readings
from rag.query import Turn

KNOWN = ["ØU10", "ØU02", "ØK74"]


@pytest.mark.parametrize("spelt", ["ØU10", "ØU 10", "øu10", "oeu10", "OEU-10", "Øu 10"])
def test_a_number_is_one_however_it_is_spelt(spelt: str) -> None:
    query = read_question(f"Hvad sparer {spelt} i 2027?", known=KNOWN)
    assert query.numbers == ("ØU10",)
    assert query.years == (2027,)
    assert query.committees == ()


def test_leading_zeros_do_not_matter() -> None:
    assert read_question("Hvad koster ØU2?", known=KNOWN).numbers == ("ØU02",)


def test_an_unknown_number_is_kept_as_one() -> None:
    assert read_question("Hvad koster ØU99?", known=KNOWN).numbers == ("ØU99",)
    assert read_question("Hvad koster oeu99?", known=KNOWN).numbers == ("ØU99",)


@pytest.mark.parametrize(
    "text", ["Hvad siger KL 2026?", "punkt 3", "de 3 forslag", "side 12", "AI 2"]
)
def test_what_is_no_number(text: str) -> None:
    assert read_question(text, known=KNOWN).numbers == ()


@pytest.mark.parametrize(
    ("text", "concepts", "amount"),
    [
        ("how many FTE does ØU10 cut in 2029?", ("fte",), "staff"),
        ("Hvor mange bliver fyret i 2026?", ("fte",), "staff"),
        ("Hvor mange stillinger nedlægger ØU10?", ("fte",), "staff"),
        ("What is the net change of ØU02 in 2026?", ("net",), "money"),
        ("Hvor stor er rammebesparelsen i 2026?", ("framework_saving",), "money"),
        ("Hvor meget investeres på anlæg i 2027?", ("investment", "capital"), "money"),
        ("Hvor mange kommuner er med i DSD?", (), "kommuner er"),
        ("Hvor stor en andel i procent?", (), "percent"),
    ],
)
def test_measures_and_kinds_of_amount(text: str, concepts: tuple[str, ...], amount: str) -> None:
    query = read_question(text, known=KNOWN)
    assert query.intent == "figure"
    assert (query.concepts, query.amount) == (concepts, amount)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Hvem stillede spørgsmålet om AI?", "asker"),
        ("Hvornår blev spørgsmålet stillet?", "asked"),
        ("Who is the caseworker?", "caseworker"),
        ("Who handled the reply to the councillor who asked about AI?", "caseworker"),
        ("Who wrote the question about AI?", "asker"),
        ("Which committee handles ØU02?", "committee"),
        ("Er ØU10 vedtaget?", "decision"),
        ("Hvad er sagsnummeret i F2?", "case_numbers"),
        ("Hvem er forslagsstiller til ØU02?", "proposer"),
    ],
)
def test_facts(text: str, fact: str) -> None:
    query = read_question(text, known=KNOWN)
    assert (query.intent, query.fact) == ("fact", fact)


def test_a_budget_is_no_year_of_the_figure() -> None:
    query = read_question("AI-forslaget til Budget 2025: hvor meget i 2026?", known=KNOWN)
    assert (query.periods, query.years) == (("2025",), (2026,))


def test_short_names_of_municipalities() -> None:
    assert read_question("Har KK noget, som HTK har?").municipalities == (
        "København",
        "Høje-Taastrup",
    )


def test_the_topic_leaves_out_what_is_read_otherwise() -> None:
    query = read_question("Hvor meget investeres i kompetenceudvikling i ØU02 i 2024?", known=KNOWN)
    assert query.words == ("kompetenceudvikling",)


def test_a_follow_up_takes_over_what_it_leaves_out() -> None:
    first = Turn("how many FTE does ØU10 cut in 2029?")
    query = read_question("og i 2028?", [first], KNOWN)
    assert (query.numbers, query.years, query.concepts) == (("ØU10",), (2028,), ("fte",))
    other = read_question("og for ØU02?", [first, Turn("og i 2026?")], KNOWN)
    assert (other.numbers, other.years, other.concepts) == (("ØU02",), (2026,), ("fte",))


@pytest.mark.parametrize(
    "text", ["Hvad går pengene til?", "hvordan er beløbet delt op?", "Who gets the money?"]
)
def test_the_money_is_that_of_the_question_before(text: str) -> None:
    first = Turn("Hvor stor er puljen i ØK74 i 2026?")
    assert read_question(text, [first], KNOWN).numbers == ("ØK74",)


def test_a_question_of_its_own_takes_over_nothing() -> None:
    first = Turn("how many FTE does ØU10 cut in 2029?")
    query = read_question("Hvad er formålet med puljen i ØK74?", [first], KNOWN)
    assert (query.numbers, query.years) == (("ØK74",), ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hvad koster skolen i Greve i 2026?", ("Greve",)),
        ("Hvor mange cykler er der i Varde Kommune?", ("Varde",)),
        ("Hvad står i vejen for planen?", ()),
        ("Hvorfor skal skolen skive brødet?", ()),
    ],
)
def test_a_name_that_is_a_word_too_is_a_place_after_i(text: str, names: tuple[str, ...]) -> None:
    assert read_question(text).municipalities == names


def test_a_capital_within_a_sentence_tells_a_name() -> None:
    assert read_question("Hvad sparer Greve på rengøring?").municipalities == ("Greve",)
    assert read_question("Hvor meget koster vejen til Skive?").municipalities == ("Skive",)
    assert read_question("Hvad koster en greve og en skive?").municipalities == ()


def test_a_budget_may_be_named_after_its_years() -> None:
    asked = read_question("How much is saved in the 2027-2030 budget?")
    assert (asked.periods, asked.years) == (("2027-2030",), ())


def test_a_range_of_years_names_a_budget_and_is_read_as_nothing_else() -> None:
    single = read_question("Hvad er der afsat til buskørsel i budget 2026?")
    assert [other.years for other in other_readings(single, [])] == [(2026,)]
    whole = read_question("Hvad er baggrunden for buskørslen i budget 2026-2029?")
    assert list(other_readings(whole, [])) == []
