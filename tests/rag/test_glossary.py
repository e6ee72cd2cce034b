import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.glossary import joined_phrases, synonyms
from rag.text.language import fold
from rag.text.lemmas import is_told_of


@pytest.mark.parametrize(
    ("asked", "joined"),
    [
        ("Er regnskabet i røde tal?", "underskud"),
        ("Hvorfor er der hul i kassen?", "underskud"),
        ("De lånte penge og betalte tilbage.", "tilbagebetale"),
        ("Mangler der folk på klinikken?", "vakant"),
        ("Skærer de skolen væk, eller spares der væk?", "spare"),
        ("who paid back the loan", "tilbagebetale"),
    ],
)
def test_a_phrase_is_one_word_in_any_form(asked: str, joined: str) -> None:
    assert joined in re.findall(r"\w+", joined_phrases(asked))


def test_a_phrase_is_not_read_across_a_comma_nor_another_word() -> None:
    assert joined_phrases("Er der hul, i kassen?") == "er der hul, i kassen?"
    assert joined_phrases("Mangler skolen folk?") == "mangler skolen folk?"


@given(st.text())
def test_a_text_without_a_phrase_is_only_folded(text: str) -> None:
    held = "".join(c for c in text if not c.isalpha())
    assert joined_phrases(held) == fold(held)


def test_the_longest_phrase_is_the_one_meant() -> None:
    assert "pris" not in joined_phrases("pris- og lønfremskrivning")


def test_a_word_has_the_others_of_all_its_groups() -> None:
    assert {"invoice", "faktura"} <= synonyms()["regning"]


def test_things_are_told_from_what_is_said_of_them() -> None:
    things = ("klub", "uge", "svømmehal", "fuglebjerg", "kilometer", "aftale")
    assert all(map(is_told_of, things))
    assert not any(map(is_told_of, ("mangle", "omfatter", "hurtig", "bange", "hellere")))
