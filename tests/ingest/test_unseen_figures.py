"""Figures and findings of tables and prose as other municipalities write them."""

from __future__ import annotations

import pytest
from made_documents import Made, one

from ingest.effects import SIGN_NOTE
from rag.text.counts import counted_noun
from rag.text.numerals import find_numerals
from rag.vocabulary import row_concept

YEARS = ("1.000 kr.", "2026", "2027")


def told(text: str, counted: str | None = None) -> list[tuple[str, str]]:
    return [(n.number, n.unit) for n in find_numerals(text, counted)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I 2025 kom 46 borgere på kursus.", [("46", "borgere")]),
        ("Tilbuddet gives 22 nye medarbejdere.", [("22", "medarbejdere")]),
        ("Der ansættes fire gartnere.", [("fire", "gartnere")]),
        ("Satsen går ned fra 75 til 70 procent.", [("75", "pct."), ("70", "pct.")]),
        (
            "Andelen er steget fra 71 pct. i 2023 til 76 pct. i 2025.",
            [("71", "pct."), ("76", "pct.")],
        ),
        ("Antallet af pladser falder fra 185 til 160.", [("185", "pladser"), ("160", "pladser")]),
        ("185 → 160 pladser", [("185", "pladser"), ("160", "pladser")]),
        ("I 2021 kom 6.240 børn; i 2024 var tallet 7.115.", [("6.240", "børn"), ("7.115", "børn")]),
        ("Det koster fra 5 til 10 mio. kr.", [("5 til 10", "kr.")]),
        ("Det koster 1.000 kr. om året.", [("1.000", "kr.")]),
    ],
)
def test_counts_and_changes(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tabel 1 viser udgifterne.",
        "Se afsnit 3 og 4 nedenfor.",
        "Mødet holdes kl. 12 præcis i uge 7 eller senere.",
        "Tabel 1. Økonomi (1.000 kr., 2026-priser)",
        "Beløb i 1.000 kr., 2027-priser",
        "antallet af borgere over 80 år stiger",
        "refuse the temptation to guess, and do so",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert told(text) == []


def test_the_number_means_what_the_sentence_before_counted() -> None:
    assert told("Siden ventes tallet at stige til 900 i 2030.", "cyklister") == [
        ("900", "cyklister")
    ]
    assert told("Siden ventes tallet at stige til 900 i 2030.") == []
    assert counted_noun(" nye i dag") is None


def test_columns_without_a_year_and_targets_keep_their_heads() -> None:
    figures = (
        Made().heading("Status")
        .table(("Antal", "2025", "Mål 2027", "Afvigelse"), ("Elever på hold", "287", "270", "-17"))
        .content().figures
    )  # fmt: skip
    found = [(f.measure, f.year, f.text, f.unit) for f in figures]
    assert found == [
        ("Elever på hold", 2025, "287", "elever"),
        ("Elever på hold (Mål 2027)", 2027, "270", "elever"),
        ("Elever på hold (Afvigelse)", None, "-17", "elever"),
    ]


def test_budget_years_stay_plain_and_a_deviation_has_no_concept() -> None:
    figures = (
        Made().heading("Økonomi")
        .table(("1.000 kr.", "B2027", "BO2028", "Ændring"), ("Besparelse", "-1", "-2", "-1"))
        .content().figures
    )  # fmt: skip
    assert [(f.measure, f.concept) for f in figures] == [
        ("Besparelse", "efficiency"),
        ("Besparelse", "efficiency"),
        ("Besparelse (Ændring)", None),
    ]


def test_rows_that_are_numbered_are_called_by_their_names() -> None:
    figures = (
        Made().heading("Anlæg")
        .table(("Nr.", "Projekt", "Bevilling", "Brugt"), ("7", "Sti", "1,5", "1,0"),
               ("BU08", "Bro", "3,0", "2,0"), ("", "I alt", "4,5", "3,0"))
        .content().figures
    )  # fmt: skip
    assert [(f.measure, f.text) for f in figures if f.measure.endswith("(Bevilling)")] == [
        ("Sti (Bevilling)", "1,5"),
        ("BU08 Bro (Bevilling)", "3,0"),
        ("I alt (Bevilling)", "4,5"),
    ]


def test_a_unit_may_end_the_line_above_its_table() -> None:
    figures = (
        Made().heading("Anlæg").text("Lyset koster 350.000 kr. Stien får 40 lamper. 1.000 kr.")
        .table(("", "2026", "2027"), ("Jordkøb", "1.100", "200"))
        .content().figures
    )  # fmt: skip
    assert [f.scale for f in figures if f.table] == [1000, 1000]


def test_a_grant_without_an_amount_is_an_accounts_number() -> None:
    figures = (
        Made().heading("Bevillinger")
        .table(("Udvalg", "Bevilling", "Udgift"), ("Kultur", "1120", "5"), ("Skole", "1130", "6"))
        .content().figures
    )  # fmt: skip
    assert [f.text for f in figures] == ["5", "6"]


def test_what_a_column_counts() -> None:
    figures = (
        Made().heading("Skolerne")
        .table(("Skole", "Elever", "Areal (m²)", "Udgifter"), ("Øst", "702", "98", "5"),
               ("Vest", "588", "81", "6"))
        .content().figures
    )  # fmt: skip
    assert [f.unit for f in figures] == ["elever", "m²", None] * 2


def test_lone_words_head_groups_and_a_sum_over_groups_has_none() -> None:
    document = (
        Made().heading("Økonomi")
        .table(YEARS, ("Drift", "", ""), ("Løn", "10", "12"), ("Drift i alt", "10", "12"),
               ("Anlæg", "", ""), ("Ombygning", "3", ""), ("Samlet virkning", "13", "12"),
               ("Årsværk", "-1", "-2"))
        .content()
    )  # fmt: skip
    groups = {f.measure: f.group for f in document.figures}
    assert groups == {
        **{"Løn": "Drift", "Drift i alt": "Drift", "Ombygning": "Anlæg"},
        **{"Samlet virkning": None, "Årsværk": None},
    }
    assert document.findings == ()


def test_a_sum_that_no_reading_gives_is_found_where_it_is() -> None:
    document = (
        Made().heading("Økonomi")
        .table(YEARS, ("Løn", "10", "12"), ("Drift i alt", "10", "12"), ("Park", "3", "1"),
               ("I alt", "13", "14"))
        .content()
    )  # fmt: skip
    (found,) = document.findings
    assert (found.kind, found.severity) == ("identity", "hard")
    assert "i 2027" in found.message.da and "giver 13" in found.message.da


@pytest.mark.parametrize(
    ("label", "concept"),
    [
        ("Omstillingspulje til dagtilbud", None),
        ("Omstilling", "efficiency"),
        ("Driftsbesparelse", "efficiency"),
        ("Anlægsbesparelse", "efficiency"),
        ("Ombygning af anlæg", None),
        ("Anlægsudgifter i alt", "capital_total"),
        ("Rammebesparelse", "framework_saving"),
        ("Ændring i antal årsværk", "fte"),
    ],
)
def test_a_rows_concept_is_its_head_word(label: str, concept: str | None) -> None:
    assert row_concept(label) == concept


def test_a_saving_that_only_costs_is_none() -> None:
    made = (
        Made().heading("Økonomi").table(YEARS, ("Omstilling", "5", "7"), ("Besparelse", "-1", ""))
    )
    figures = made.text("Fortegn: minus er en mindreudgift.").content().figures
    assert one(figures, "Omstilling", 2026).concept is None
    assert one(figures, "Omstilling", 2026).effect == "raise"
    assert one(figures, "Besparelse", 2026).concept == "efficiency"


@pytest.mark.parametrize(
    "note",
    ["(-) = mindreudgift", "Minus angiver mindreudgift", "Beløb i parentes er mindreudgifter"],
)
def test_sign_notes(note: str) -> None:
    assert SIGN_NOTE.search(note)


def findings(sentence: str) -> list[str]:
    made = Made().heading("Økonomi").table(YEARS, ("Vej og Park", "-445", "-665"), ("Nettoeffekt",
                                           "-445", "-665"))  # fmt: skip
    return [f.severity for f in made.text(sentence).content().findings if f.kind != "identity"]


@pytest.mark.parametrize(
    ("sentence", "severities"),
    [
        ("Det giver en samlet besparelse på 695.000 kr. i 2027.", ["hard"]),
        ("Det giver en samlet besparelse på 656.000 kr. i 2027.", ["hard"]),
        ("Det giver en samlet besparelse på 665.000 kr. i 2027.", []),
        ("Det giver en samlet besparelse på 710.000 kr. i 2027.", []),
        ("Det giver yderligere en samlet besparelse på 695.000 kr. i 2027.", []),
        ("Det giver en samlet besparelse på ca. 695.000 kr. i 2027.", []),
        ("Der bruges 695.000 kr. på blomster i 2027.", []),
    ],
)
def test_an_amount_one_digit_off_is_the_same_told_wrong(
    sentence: str, severities: list[str]
) -> None:
    assert findings(sentence) == severities


def test_an_increment_is_compared_with_no_row() -> None:
    made = Made().heading("Økonomi").table(("", "2027", "2028"), ("Antal årsværk", "-1,0", "-1,5"))
    made.text("Der nedlægges 1 stilling i 2027 og yderligere en halv stilling i 2028.")
    assert made.content().findings == ()


@pytest.mark.parametrize(
    ("sentence", "year", "effect"),
    [
        ("Der var 4 mio. kr. brugt ved udgangen af 2025.", 2025, "unknown"),
        ("Der er afsat 4 mio. kr. i 2025.", 2025, "raise"),
        ("Budgettet for 2025 holder, fordi 4 pct. stopper.", None, "unknown"),
    ],
)
def test_years_and_effects_of_prose(sentence: str, year: int | None, effect: str) -> None:
    (figure,) = Made().heading("Økonomi").text(sentence).content().figures
    assert (figure.year, figure.effect) == (year, effect)
