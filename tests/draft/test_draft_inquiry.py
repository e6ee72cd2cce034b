"""Questions as they come: pasted, in a letter, in a mail; one or several."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draft.inquiry import amended, read_date, read_inquiry
from rag.errors import InputError

TWO = (
    "Hvor mange årsværk foreslås sparet på AI og robotter i 2026 og 2027, "
    "og hvad foreslås investeret?"
)
MAIL = """Fra: Lise Holm <lise@example.dk>
Sendt: 3. maj 2026
Til: ØKF
Emne: SV: VS: Budget og AI

Kære forvaltning,

Jeg har læst budgettet.
1. Hvor mange årsværk sparer ØU10 i 2027?
2) Oplys, hvad det koster

Med venlig hilsen
Lise Holm (F)
"""
LETTER = (
    "Politikersvar til Mikkel Skovgaard (Ø)\n"
    "Mikkel Skovgaard (Ø) har den 21. april 2026 stillet følgende spørgsmål: "
    '"Aarhus har taget initiativer. Har KK lignende initiativer?"'
)


def test_one_question_is_one_part() -> None:
    read = read_inquiry("Har KK lignende initiativer som Aarhus?")
    assert read.parts == ("Har KK lignende initiativer som Aarhus?",)
    assert (read.asker, read.party, read.asked, read.context) == ("", "", None, "")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            TWO,
            (
                "Hvor mange årsværk foreslås sparet på AI og robotter i 2026 og 2027?",
                "Hvad foreslås investeret?",
            ),
        ),
        ("Hvad koster det? Hvem betaler?", ("Hvad koster det?", "Hvem betaler?")),
        ("Har KK det, og er det vedtaget?", ("Har KK det?", "Er det vedtaget?")),
        ("Hvad koster løn og husleje i 2027?", ("Hvad koster løn og husleje i 2027?",)),
        (
            "Jeg vil gerne have oplyst, hvor meget ØU02 sparer.",
            ("Jeg vil gerne have oplyst, hvor meget ØU02 sparer.",),
        ),
        ("a) Hvad spares\nb) Hvad koster det", ("Hvad spares", "Hvad koster det")),
    ],
)
def test_parts_are_recognised(text: str, parts: tuple[str, ...]) -> None:
    assert read_inquiry(text).parts == parts


def test_a_mail_tells_who_when_and_on_what() -> None:
    read = read_inquiry(MAIL)
    assert (read.who, read.asked, read.subject) == (
        "Lise Holm (F)",
        dt.date(2026, 5, 3),
        "Budget og AI",
    )
    assert read.context == "Jeg har læst budgettet."
    assert read.parts == ("Hvor mange årsværk sparer ØU10 i 2027?", "Oplys, hvad det koster")
    assert "hilsen" not in read.words and "Kære" not in read.words


def test_a_letter_that_quotes_the_question_is_read() -> None:
    read = read_inquiry(LETTER)
    assert (read.who, read.asked) == ("Mikkel Skovgaard (Ø)", dt.date(2026, 4, 21))
    assert read.parts == ("Har KK lignende initiativer?",)
    assert read.context == "Aarhus har taget initiativer."


def test_what_is_told_beside_the_question_wins_and_the_rest_stays() -> None:
    read = amended(read_inquiry(MAIL), "Ole Berg (C)", "", "2026-05-04", "")
    assert (read.who, read.asked, read.subject) == (
        "Ole Berg (C)",
        dt.date(2026, 5, 4),
        "Budget og AI",
    )


def test_what_is_no_date_or_no_question_is_told() -> None:
    assert read_date("21. april 2026") == read_date("21-04-2026") == dt.date(2026, 4, 21)
    with pytest.raises(InputError, match="not a date"):
        read_date("snart")
    with pytest.raises(InputError, match="no question"):
        read_inquiry("Hej\n\nMvh\n")


@given(st.text(max_size=300))
def test_any_text_with_words_has_a_part_made_of_its_words(text: str) -> None:
    try:
        read = read_inquiry(text)
    except InputError:
        return
    assert read.parts
    said = set(re.findall(r"\w+", text))
    for part in read.parts:
        # The first letter of a part is made a capital.
        assert set(re.findall(r"\w+", part)[1:]) <= said
