"""Findings: what they name, and what fits and is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made_documents import Made, proposal

from ingest.assemble import assemble


def test_a_finding_names_where_both_things_stand() -> None:
    document = proposal("TU07", "Lys").table(
        ("1.000 kr.", "2026", "2027"), ("Ændring i antal årsværk", "2", "3")
    )
    source = document.text("Der nedlægges 2 stillinger i 2026.").source()
    (found,) = assemble(source).findings
    texts = [source.page(p.page).text[p.start : p.end] for p in found.places]
    assert texts == ["Ændring i antal årsværk\t2\t3", "Der nedlægges 2 stillinger i 2026."]
    assert "2 (2026)" in found.message.da and found.message.da != found.message.en


def test_findings_change_no_figure() -> None:
    wrong = quiet(("Løn", "10", "10"), ("Varer", "5", "5"), ("I alt", "99", "15")).content()
    assert [f.value for f in wrong.figures if f.measure == "I alt"] == [Decimal(99), Decimal(15)]
    assert [f.kind for f in wrong.findings] == ["identity"]


def quiet(*rows: tuple[str, ...], head: tuple[str, ...] = ("1.000 kr.", "2026", "2027")) -> Made:
    return Made().heading("Økonomi").table(head, *rows)


HEAD = ("1.000 kr.", "2026", "2027")
FITS: dict[str, Made] = {
    "two groups, each with its sum": quiet(
        ("Udgifter", "", ""),
        ("Løn", "10", "10"),
        ("Varer", "5", "5"),
        ("Udgifter i alt", "15", "15"),
        ("Indtægter", "", ""),
        ("Salg", "-3", "-4"),
        ("Indtægter i alt", "-3", "-4"),
        ("I alt", "12", "11"),
    ),
    "blank cells count as nothing": quiet(
        ("Løn", "10", ""), ("Varer", "", "5"), ("I alt", "10", "5")
    ),
    "the same caption twice, over a table that goes on": Made()
    .heading("Økonomi")
    .text("Tabel 1. Veje")
    .table(HEAD, ("Løn", "1", "2"))
    .text("Tabel 1. Veje")
    .table(HEAD, ("Varer", "3", "4")),
    "a saving more, told of one thing": proposal("TU07", "Lys")
    .table(HEAD, ("Besparelse", "-200", "-300"))
    .text("Der spares 200.000 kr. i 2026 og 300.000 kr. i 2027.")
    .text("Der spares yderligere 50.000 kr. i 2027 på vejsalt."),
    "levels are not summed": quiet(("Antal årsværk", "2", "4"), ("Årsværk i alt", "9", "9")),
}


@pytest.mark.parametrize("case", FITS)
def test_what_fits_is_left_alone(case: str) -> None:
    assert [f.message.en for f in FITS[case].content().findings] == []


FALSE_ALARMS: dict[str, Made] = {
    "a subtotal counts in the grand total": quiet(
        ("Løn", "10", "10"), ("Drift i alt", "10", "10"), ("Anlæg", "5", "5"), ("I alt", "15", "15")
    ),
    "a subtotal counts in the net": quiet(
        ("Løn", "10", "10"),
        ("Varer", "5", "5"),
        ("Udgifter i alt", "15", "15"),
        ("Indtægter", "-3", "-3"),
        ("Netto", "12", "12"),
    ),
    "an of-which row is part of the row above": quiet(
        ("Løn", "10", "10"), ("heraf vikarer", "5", "5"), ("Varer", "5", "5"), ("I alt", "15", "15")
    ),
    "columns without years are summed apart": quiet(
        ("Løn", "10", "12"), ("Varer", "5", "6"), ("I alt", "15", "18"),
        head=("1.000 kr.", "Ramme", "Forbrug"),
    ),
    "a column of totals makes no totals of its rows": Made()
    .heading("Anlægsstatus")
    .text("Beløb i mio. kr.")
    .table(
        ("Projekt", "Bevilling i alt", "Forbrug"),
        ("Skole på Engvej", "64,5", "41,2"),
        ("Klimasikring", "38,0", "37,1"),
        ("I alt", "102,5", "78,3"),
    ),
    "a column of no year counts in the total": quiet(
        ("Havn", "1,4", "6,9", "8,3"), ("Skole", "0,7", "3,5", "4,2"),
        head=("Mio. kr.", "Brugt til 1. marts", "Rest 2026", "I alt"),
    ),
    "a period is no total of the years after it": quiet(
        ("Skole", "2.544", "12.222", "5.000", "19.766"),
        head=("1.000 kr.", "2018-2020", "2021", "2022", "I alt"),
    ),
    "a subtotal that does not say so": quiet(
        ("Løn", "-9", "-8"), ("Drift i alt", "-9", "-8"), ("Projekter", "7", "6"),
        ("Køb og salg", "-2", "-3"), ("Anlæg", "5", "3"), ("Hele området i alt", "-4", "-5"),
    ),
    "one row is no sum of rows": quiet(
        ("Drift", "138", "140"), ("Drift og anlæg i alt", "-249", "140")
    ),
    "a cell of two numbers is not added up": quiet(
        ("Tag", "100", "5"), ("Lofter", "750 (1.700)", "5"), ("Port", "40", "5"),
        ("I alt", "890", "15"),
    ),
    "one pool and another, told alike": Made()
    .heading("Idrætspuljen").text("I alt for 2026 anbefales 486.901 kr.")
    .heading("Talentpuljen").text("I alt for 2026 anbefales 244.435 kr."),
    "a sentence that begins with a table's name is no caption": Made()
    .heading("Økonomi")
    .text("Tabel 1 viser, at veje koster mest.", "Tabel 1 viser også parkerne."),
}  # fmt: skip


@pytest.mark.parametrize("case", FALSE_ALARMS)
def test_no_false_alarm(case: str) -> None:
    assert [f.message.en for f in FALSE_ALARMS[case].content().findings] == []


LAST_DIGIT = {
    "rows": quiet(("Løn", "155.545", "1"), ("Varer", "-14.760", "1"), ("I alt", "140.784", "2")),
    "shares of whole kroner": Made().heading("Andele").text("Beløb i kr.").table(
        ("Center", "Andel"), ("Skoler", "133.333"), ("Teknik", "266.666"), ("I alt", "400.000")),
    "parts of a row": quiet(
        ("Udvalget", "140.784", "20"), ("- Service", "155.545", "12"), ("- Ydelser", "-14.760", "8")
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LAST_DIGIT)
def test_what_is_off_by_the_last_digit_was_rounded(case: str) -> None:
    assert {f.severity for f in LAST_DIGIT[case].content().findings} <= {"soft"}


def test_a_misprint_in_a_sum_of_thousands_is_found() -> None:
    rows = (("Løn", "26.773", "10"), ("Biler", "1.245", "5"), ("Udgifter i alt", "28.081", "15"))
    (found,) = quiet(*rows).content().findings
    assert (found.kind, found.severity) == ("identity", "hard")


def test_rows_of_years_add_up_to_their_total() -> None:
    document = (
        Made()
        .heading("Regnskab")
        .text("Beløb i hele kr.")
        .table(("År", "Udgift"), ("2024", "1.500"), ("2025", "1.600"), ("I alt", "3.200"))
    )
    assert [f.kind for f in document.content().findings] == ["identity"]


STAFF = (HEAD, ("Ændring i antal årsværk", "-2", "-3"))


def test_more_staff_told_than_the_one_row_of_staff_has_is_worth_a_look() -> None:
    document = proposal("TU07", "Lys").table(*STAFF).text("Forslaget nedlægger 5 årsværk i 2027.")
    (found,) = document.content().findings
    assert (found.kind, found.severity, len(found.places)) == ("table_against_prose", "soft", 2)
    assert "5 årsværk i 2027" in found.message.da and "-3 årsværk" in found.message.da


@pytest.mark.parametrize(
    "told",
    [
        "Forslaget nedlægger 1 årsværk i 2027.",  # may be a part
        "Forslaget nedlægger ca. 4 årsværk i 2027.",
        "Forslaget nedlægger 3 årsværk i 2027.",
        "Der ansættes 4 årsværk i 2027.",
        "Forslaget nedlægger 7 årsværk i 2031.",
    ],
)
def test_staff_that_the_row_may_hold_is_left_alone(told: str) -> None:
    document = proposal("TU07", "Lys").table(*STAFF).text(told)
    kinds = [(f.kind, f.severity) for f in document.content().findings]
    assert ("table_against_prose", "soft") not in kinds


def test_more_staff_than_one_of_several_rows_is_left_alone() -> None:
    rows = (*STAFF, ("Årsværk i forvaltningen", "-1", "-2"))
    document = proposal("TU07", "Lys").table(*rows).text("Forslaget nedlægger 5 årsværk i 2027.")
    kinds = [(f.kind, f.severity) for f in document.content().findings]
    assert ("table_against_prose", "soft") not in kinds
