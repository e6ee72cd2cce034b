"""The number that a document bears, and the numbers in its head that are not its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_documents import Made

NUMBERS = st.tuples(
    st.sampled_from(("BU", "KF", "SU", "ØK", "TMU", "IT")),
    st.sampled_from(("", "-")),
    st.integers(1, 199).map(lambda n: f"{n:02}"),
).map("".join)


def number(heading: str) -> str | None:
    return Made().heading(heading).text("Der spares på lyset i kommunens haller.").document().number


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Budgetforslag BU-14: Energistyring og følere på skolerne", "BU-14"),
        ("BU-14: Energistyring", "BU-14"),
        ("Forslag KF 03 - Kor for alle", "KF03"),
        ("Prioriteringsforslag SU07", "SU07"),
        ("Prioriteringsforslag IT-04: Nye skærme", "IT-04"),
        ("Budgetnotat ØK74 om køb af jord", "ØK74"),
        ("Budget 2026-2029: Budgetforslag TU-02 Færre lamper", "TU-02"),
        ("Vejle Kommune – BU-14: Energistyring", "BU-14"),
        ("Proposal BU-14: Energy control in schools", "BU-14"),
        ("Budgetforslag nr. BU-12", "BU-12"),
        ("Budgetforslag nr. 12", None),
        ("Budget 2026", None),
        ("Budgetforslag 2026-2029: Energistyring", None),
        ("Budgetforslag PL 26: Priser", None),
        ("Budgetnotat i 2026 p/l", None),
        ("Forslag CO2: Mindre udledning", None),
        ("Budgetnotat DKK 500: Gebyrer", None),
        ("Notat af 3. marts 2026: Støj", None),
        ("Notat om budgetforslag BU-14: Støj", None),
        ("Høringssvar til BU-14: Støj", None),
        ("Forslag BU-14 og BU-15 ses under ét", None),
        ("Forslaget ligner prioriteringsforslag BU-14 fra i fjor.", None),
    ],
)
def test_a_documents_own_number(heading: str, expected: str | None) -> None:
    assert number(heading) == expected


@given(
    NUMBERS, st.sampled_from(("Budgetforslag", "FORSLAG", "Prioriteringsforslag", "Budgetnotat"))
)
def test_a_number_after_the_kind_is_the_documents_own(own: str, kind: str) -> None:
    assert number(f"{kind} {own}: Lys på stierne") == own
    assert number(f"{kind} nr. {own}") == own


@given(NUMBERS, st.sampled_from(("om", "til", "vedr.", "der ligner", "på baggrund af")))
def test_a_number_told_of_is_anothers(other: str, joined: str) -> None:
    assert number(f"Notat {joined} budgetforslag {other}: Lys på stierne") is None
