"""Marks of notes are told from what they stand at, and numbers are read in all their prints."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.build import clean
from ingest.read.hyphens import is_cut_number, join_lines, whole_numbers
from rag.text.dates import find_years
from rag.text.language import analyse
from rag.text.marks import apart, blanked, raised, without_marks
from rag.text.numbers import parse_number, parse_range
from rag.text.numerals import find_numerals

MARKS = st.sampled_from(["1", "2", "17", "1)", "(3)", "a", "b)", "1, 2"]).map(raised)
NUMBERS = st.integers(0, 10**9)


def printed(number, by):
    return f"{number:,}".replace(",", by)


@given(NUMBERS, MARKS, st.sampled_from([".", " ", "\u00a0", "\u2009", "\u202f", "'", "’"]))
def test_a_marked_number_is_worth_what_it_is_without_its_mark(number, mark, by):
    text = printed(number, by) + mark
    assert parse_number(text) == parse_number(clean(text)) == number
    sentence = clean(f"Puljen er på {text} mio. kr. i 2026{mark} i alt.")
    (numeral,) = find_numerals(sentence)
    assert (numeral.value, numeral.scale) == (number, 1_000_000)
    assert sentence[numeral.start :].startswith(numeral.number)
    assert [y.first for y in find_years(sentence)] == [2026]


@given(st.text(alphabet="m²³¹⁰k1 .,)ab⁽⁾", max_size=12))
def test_marks_are_set_apart_once_and_blanked_in_place(text):
    once = apart(text)
    assert apart(once) == once and once.replace(" ", "") == text.replace(" ", "")
    assert len(blanked(text)) == len(text)


@pytest.mark.parametrize("text", ["m²", "km²", "120 m³", "kr. pr. m²", "10⁻⁶", "cm²"])
def test_measures_keep_their_raised_digits(text):
    assert clean(text) == without_marks(text) == text


def test_a_word_is_found_by_whatever_mark_it_has():
    assert analyse("Genbrugspladser¹") == analyse("Genbrugspladser ¹") == analyse("Genbrugspladser")
    assert analyse("pr. m²") == analyse("pr. m2") != analyse("pr. m")
    assert without_marks("Genbrugspladser ¹, ²") == "Genbrugspladser"
    assert raised("st") == "st" and raised("Se siden om affald") == "Se siden om affald"


@pytest.mark.parametrize(
    ("text", "value"),
    [("40 % (36 %)", "40"), ("1.234 (1.100)", "1234"), ("-3,4 (−2,1)", "-3.4"),
     ("8.765 2)", "8765"),
     ("1.234 a)", "1234"), ("1.234*)", "1234"), ("12,5 mio. kr.", "12.5"), ("500 t.kr.", "500"),
     ("(1.250)", "-1250"), ("(1) (2)", None), ("2)", None), ("(36 %)", None), ("12 (i alt)", None),
     ("12'34", None), ("1 2345", None)],
)  # fmt: skip
def test_one_cell_one_number(text, value):
    assert parse_number(text) == (None if value is None else Decimal(value))


def test_ranges_with_units_and_words():
    assert (
        parse_range("18-24 mio. kr.")
        == parse_range("18 – 24")
        == parse_range("18-24 ¹")
        == (18, 24)
    )
    (numeral,) = find_numerals("Det koster mellem 18 og 24 mio. kr. at bygge.")
    assert (numeral.low, numeral.high, numeral.value) == (18, 24, None)
    (numeral,) = find_numerals("Der er mellem ca. 22 og 25 elever i klassen.")
    assert (numeral.low, numeral.high, numeral.unit) == (22, 25, "elever")
    assert [n.value for n in find_numerals("Der er 3 og 4 mio. kr. i puljen.")] == [4]
    told = find_numerals("Det var 801 elever i 2021 og 902 elever i 2022.")
    assert [n.value for n in told] == [801, 902]


@given(st.integers(1, 999), st.integers(0, 999))
def test_a_number_over_a_line_end_is_one(first, last):
    print_ = f"12.{first:03}.", f"{last:03}"
    assert join_lines(f"koster {print_[0]}", f"{print_[1]} kr.") == f"koster {''.join(print_)} kr."
    assert whole_numbers(" ".join(print_)) == "".join(print_)


@pytest.mark.parametrize(
    ("before", "after", "cut"),
    [("12.", "450.000", True), ("12.", "450 kr.", True), ("12,", "5 mio. kr.", True),
     ("i 2026.", "100 borgere", False), ("i 2026,", "5 mio. kr.", False), ("den 3.", "450", False),
     ("den 1.2.2026.", "100", False), ("§ 12.450.", "2026", False), ("12.450.", "0001", False)],
)  # fmt: skip
def test_what_goes_on_over_a_line_end(before, after, cut):
    assert is_cut_number(before, after) is cut
