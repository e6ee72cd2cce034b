"""What a figure means: a cut or a raise, by sign, note and prose."""

from __future__ import annotations

import pytest
from made_documents import NOTE, Made, one, proposal

from rag.types import Figure

HEAD = ("1.000 kr.", "2026", "2027")


def figures(made: Made) -> tuple[Figure, ...]:
    return made.content().figures


def effects(made: Made, measure: str) -> list[str]:
    return [f.effect for f in figures(made) if f.measure == measure and f.table]


@pytest.mark.parametrize(
    "note",
    [
        NOTE,
        "(−) = mindreudgift",
        "(-)= merindtægt, (+)= merudgift",
        "Note: (-) = besparelse",
    ],
)
def test_with_a_note_the_sign_tells_of_money(note: str) -> None:
    made = proposal("TU07", "Lys").table(HEAD, ("Grus", "-10", "20")).text(note)
    assert effects(made, "Grus") == ["cut", "raise"]


def test_without_a_note_only_a_minus_tells() -> None:
    made = proposal("TU07", "Lys").table(HEAD, ("Grus", "-10", "20"))
    assert effects(made, "Grus") == ["cut", "unknown"]


def test_nothing_blank_dashed_or_zero_is_a_cut() -> None:
    made = proposal("TU07", "Lys").table(
        (*HEAD, "2028"), ("Grus", "", "-", "0"), ("Nuværende budget", "-5", "7", "7")
    )
    assert set(effects(made.text(NOTE), "Grus")) == {"unknown"}
    assert set(effects(made, "Nuværende budget")) == {"unknown"}


def test_a_staff_row_with_minus_is_a_cut_and_one_with_both_follows_its_signs() -> None:
    made = proposal("TU07", "Lys").table(
        HEAD, ("Ændring i antal årsværk", "-2", "3"), ("Heraf årsværk i byen", "-1", "-1")
    )
    assert effects(made, "Ændring i antal årsværk") == ["cut", "raise"]
    assert effects(made, "Heraf årsværk i byen") == ["cut", "cut"]


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("Der nedlægges 2 stillinger i 2026 og 3 stillinger i 2027.", ["cut", "cut"]),
        ("Der ansættes ekstra 2 stillinger i 2026 og 3 stillinger i 2027.", ["raise", "raise"]),
        ("Der nedlægges 5 stillinger i 2026.", ["unknown", "unknown"]),
        ("Der tales om stillinger.", ["unknown", "unknown"]),
    ],
)
def test_a_staff_row_without_minus_means_what_its_prose_says(
    prose: str, expected: list[str]
) -> None:
    made = proposal("TU07", "Lys").table(HEAD, ("Ændring i antal årsværk", "2", "3"))
    assert effects(made.text(NOTE, prose), "Ændring i antal årsværk") == expected


def test_prose_that_disagrees_with_itself_tells_nothing() -> None:
    made = proposal("TU07", "Lys").table(HEAD, ("Ændring i antal årsværk", "2", "3"))
    made.text("Der nedlægges 2 stillinger i 2026.", "Der tilføres ekstra 3 stillinger i 2027.")
    assert set(effects(made, "Ændring i antal årsværk")) == {"unknown"}


def test_the_print_stays_whatever_it_means() -> None:
    made = proposal("TU07", "Lys").table(HEAD, ("Ændring i antal årsværk", "2", "3"))
    figure = one(
        figures(made.text("Der nedlægges 2 stillinger i 2026.")), "Ændring i antal årsværk", 2026
    )
    assert (figure.text, figure.value, figure.effect) == ("2", 2, "cut")
