"""CPR numbers, and the numbers that only look like them. All are made here."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.text.personal import MASK, MASKED, contacts, mask, personal_numbers

WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
CENTURIES = {19: "0123", 20: "4567"}


@st.composite
def numbers(draw: st.DrawFn, checked: bool | None = None) -> str:
    """Ten digits of someone born from 1937 on, with or without a right check digit."""
    born = draw(st.dates(dt.date(1937, 1, 1), dt.date(2025, 12, 31)))
    seventh = draw(st.sampled_from(CENTURIES[born.year // 100]))
    tails = [f"{born:%d%m%y}{seventh}{tail:03}" for tail in range(1000)]
    return draw(st.sampled_from([n for n in tails if checked in (None, passes(n))]))


def passes(number: str) -> bool:
    return sum(w * int(d) for w, d in zip(WEIGHTS, number, strict=True)) % 11 == 0


def dashed(number: str) -> str:
    return f"{number[:6]}-{number[6:]}"


WORDS = st.text(st.sampled_from("abæø  .,:()»«\n"), max_size=20)


@given(numbers(), WORDS, WORDS)
def test_a_number_written_as_one_is_hidden_and_all_else_stays(
    number: str, before: str, after: str
) -> None:
    text = f"{before} {dashed(number)} {after}"
    hidden = mask(text)
    assert hidden == f"{before} {MASK * 6}-{MASK * 4} {after}"
    assert len(hidden) == len(text) and mask(hidden) == hidden
    assert [text[a:b] for a, b in personal_numbers(text)] == [dashed(number)]
    assert MASKED.search(hidden)


@given(numbers(checked=True))
def test_ten_digits_with_a_check_digit_are_hidden(number: str) -> None:
    assert mask(f"Borgeren {number} har søgt.") == f"Borgeren {MASK * 10} har søgt."
    assert MASK in mask(f"Borgeren {number[:6]} {number[6:]} har søgt.")


@given(numbers(checked=False))
def test_ten_digits_without_one_are_hidden_only_beside_the_word(number: str) -> None:
    assert mask(f"Løsning {number} er valgt.") == f"Løsning {number} er valgt."
    for text in ("CPR-nr. {}", "cpr: {}", "personnummer {}", "{} (cpr)", "CPR:\n{}"):
        assert mask(text.format(number)) == text.format(MASK * 10)
    assert MASK not in mask(f"Navn\tBeløb\nBo\t{number}")
    table = f"Navn\tCPR\tBeløb\nBo\t{number}\t5\nAnne\t{number}\t6"
    assert mask(table) == table.replace(number, MASK * 10)


DASHES = [*"-‐‑‒–—―−⁃﹣－_\u00ad", " - ", "- ", " – ", "-\n", "\u00a0-\u00a0", "-\u200b", "  -  "]


@given(numbers(), st.sampled_from(DASHES))
def test_other_ways_to_write_the_dash(number: str, dash: str) -> None:
    for text in ("Se {} her", "Sønnen{}.", "{},", "notat_{}.pdf", "a,{},b"):
        hidden = mask(text.format(f"{number[:6]}{dash}{number[6:]}"))
        assert not re.search(r"\d", hidden) and MASKED.search(hidden)


@given(numbers(), st.sampled_from(["\n", "\n-", " \n ", "\u00a0", "  ", "\t"]))
def test_other_ways_to_part_it_beside_the_word(number: str, gap: str) -> None:
    for date in (number[:6], ".".join((number[:2], number[2:4], number[4:6]))):
        for text in ("CPR-nr. {}", "C.P.R.: {}", "person-nummer {}", "Cpr nr {} er", "CPR{}"):
            assert not re.search(r"\d", mask(text.format(f"{date}{gap}{number[6:]}")))


@given(numbers(), *[st.sampled_from(["", " ", ".", "/", ":", "-", ". ", " / "])] * 2,
       st.sampled_from([".", ":", "/", " / ", ": ", ". ", ""]))  # fmt: skip
def test_beside_the_word_whatever_parts_its_digits(
    number: str, one: str, two: str, gap: str
) -> None:
    written = f"{number[:2]}{one}{number[2:4]}{two}{number[4:6]}{gap}{number[6:]}"
    for text in (
        "CPR-nr. {}",
        "cpr: {} er",
        "{} (cpr)",
        "Cpr for borgeren er {}.",
        "Navn\tCPR\nBo\t{}",
    ):
        assert not re.search(r"\d", mask(text.format(written)))


@given(numbers(checked=False), st.sampled_from([".", ":", "/"]))
def test_without_the_word_they_part_other_numbers(number: str, gap: str) -> None:
    for text in ("Se {} her", "Sagsnr. {}", "CPR mangler. Sagsnr. {}"):
        shown = text.format(f"{number[:6]}{gap}{number[6:]}")
        assert mask(shown) == shown


@given(numbers())
def test_spaced_digits_and_centuries(number: str) -> None:
    spaced = " ".join(number[:6]) + " - " + " ".join(number[6:])
    assert not re.search(r"\d", mask(f"Borger {spaced} har"))
    assert not re.search(r"\d", mask(f"CPR {' '.join(number)}"))
    whole = f"{number[:4]}{'19' if number[6] in '0123' else '20'}{number[4:]}"
    assert not re.search(r"\d", mask(f"Borger {whole[:8]}-{whole[8:]} har"))


@given(numbers())
def test_a_substitute_number_is_hidden(number: str) -> None:
    substitute = f"{int(number[0]) + 6}{number[1:]}"
    assert mask(f"Se {dashed(substitute)}.") == f"Se {MASK * 6}-{MASK * 4}."
    assert mask(f"CPR {substitute}") == f"CPR {MASK * 10}"
    assert MASK in mask(f"Se {substitute[:6]}-{number[6]}AB{number[9]}.")
    assert MASK not in mask(f"Se {substitute}.")
    assert MASK not in mask(f"Sagsnr. {dashed(substitute)}")


@given(numbers(checked=False))
def test_beside_the_word_what_is_labelled_otherwise_is_left(number: str) -> None:
    assert mask(f"CPR mangler. Sagsnr. {number}") == f"CPR mangler. Sagsnr. {number}"


@given(st.lists(numbers(), min_size=2, max_size=4), st.sampled_from([",", ";", ", ", " og "]))
def test_a_list_is_hidden_whole(written: list[str], comma: str) -> None:
    assert not re.search(r"\d", mask(f"Se {comma.join(map(dashed, written))}."))
    assert not re.search(r"\d", mask(f"CPR: {comma.join(written)}."))


@given(numbers(checked=False))
def test_labelled_as_something_else_it_is_something_else(number: str) -> None:
    for label in ("Sagsnr.", "Sagsnummer i F2:", "Dokumentnummer i F2\t", "Konto", "Kontonr.:",
                  "Journalnr.", "Faktura nr.", "eDoc", "EAN-nr.", "Ref.", "Tlf."):  # fmt: skip
        for shown in (number, dashed(number)):
            assert mask(f"{label} {shown}") == f"{label} {shown}"


@given(numbers(checked=True))
def test_account_amount_and_longer_numbers_are_left(number: str) -> None:
    for text in ("Reg. 1234 konto {}", "1234 {}", "{} kr.", "kr. {}", "12/{}", "2024-{}", "{}-12",
                 "x{}", "{}x", "1{}", "{}9", "{},50", "0,{}"):  # fmt: skip
        assert mask(text.format(number)) == text.format(number)


@given(st.from_regex(r"\d{10}", fullmatch=True))
def test_what_is_no_date_is_no_number(number: str) -> None:
    day, month = int(number[:2]), int(number[2:4])
    assume(not (1 <= day <= 31 and 1 <= month <= 12))
    assume(not (61 <= day <= 91 and 1 <= month <= 12))
    for text in (number, dashed(number), f"Nr. {dashed(number)}"):
        assert mask(text) == text
    # Directly after the word it is a number mistyped.
    assert mask(f"CPR-nr.: {dashed(number)}") == f"CPR-nr.: {MASK * 6}-{MASK * 4}"


@pytest.mark.parametrize(
    "text",
    [
        "EAN 5798000000012",
        "CVR 12345678",
        "Sagsnummer i F2: 2025 - 7654",
        "eDoc 2024-0123456",
        "Tlf. 43 59 10 00",
        "Beløb 1.010.101.010 kr.",
        "3.1.2026-31.12.2029",
        "Perioden 12.10.25-2030",
        "310299-1234",  # 31 February
        "Nr. 010130-4123",  # not born yet
        "Åbent - 2009/049528",
        "2010-123456 og 27.00.00-P20-1-23",
        "121203\t-1234",
        "Årets resultat\n111203\n-1234",
        "Budget 2026-2029, 100.000",
        "121.212\t1.234\t4.321",
    ],
)
def test_look_alikes_are_left(text: str) -> None:
    assert mask(text) == text


@given(st.text())
def test_any_text_keeps_its_length_and_is_hidden_once(text: str) -> None:
    hidden = mask(text)
    assert len(hidden) == len(text) and mask(hidden) == hidden
    assert all(a == b or (a.isdigit() and b == MASK) for a, b in zip(text, hidden, strict=True))


def test_a_list_after_the_word_is_hidden_whole() -> None:
    text = "CPR-numre: 010203-1234, 0405061234 og 070809-4321."
    assert not re.search(r"\d", mask(text))


# ------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Skriv til bo.hansen@gmail.com i dag", ["email"]),
        ("bo@hansen-vvs.dk", ["email"]),
        ("post@htk.dk, kontakt@kk.dk, a@okf.kk.dk, b@aarhus.dk, c@holbaek.dk", []),
        ("x@vejlekommune.dk, y@regionh.dk, z@ringkobing.com", ["email"]),
        ("Mobil: 22 33 44 55", ["phone"]),
        ("Ring på +45 22334455", ["phone"]),
        ("Tlf. 22334455", ["phone"]),
        ("Høje-Taastrup Kommune\nTelefon 43 59 10 00\n", []),
        ("Kontakt\nTelefon 43 59 10 00\npost@htk.dk", []),
        ("Sagsnr. 22334455", []),
        ("12 34 56 78", []),
        ("Beløb\t22 33 44 55", []),
    ],
)
def test_addresses_of_private_people_are_found(text: str, kinds: list[str]) -> None:
    assert [c.kind for c in contacts(text)] == kinds
