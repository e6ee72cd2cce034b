"""The documents in ../shared, where they are: every table row's label and values."""

from pathlib import Path

import pytest

from ingest.read import read

ORIGINALS = Path(__file__).parents[3] / "shared" / "originals"
pytestmark = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="no ../shared here")

BLANK = ("", "", "", "")
ROWS = {
    "000": [
        ("Beløb i 1.000 kr. 2026-priser", "2026", "2027", "2028", "2029"),
        ("Nuværende budget", "-", "-", "-", "-"),
        ("Budgetændring – drift", *BLANK),
        ("Effektivisering", "-1.000", "-1.100", "-1.650", "-2.200"),
        ("Investering -Drift", "1.500", "1.500", "1.500", "1.500"),
        ("Investering - Anlæg", *BLANK),
        ("Samlet ændring (Netto)", "500", "400", "-150", "-700"),
        ("Personalekonsekvenser", *BLANK),
        ("Ændring i antal årsværk", "2", "2", "3", "4"),
    ],
    "001": [
        ("Overskrift", "Anvendelse af kunstig intelligens (AI)"),
        ("Udvalg", "Økonomiudvalget"),
        ("Forslagsstiller", "Administrationen"),
        ("Udgiftstype", "Serviceudgifter"),
        ("Beløb i 1.000 kr. 2025-priser", "2025", "2026", "2027", "2028"),
        ("Nuværende budget", "0", "0", "0", "0"),
        ("Budgetændring – drift", *BLANK),
        ("Effektivisering", "", "-275", "-550", "-550"),
        ("Investering - Drift", "600", "", "", ""),
        ("Samlet ændring (Netto)", "600", "-275", "-550", "-550"),
        ("Personalekonsekvenser", *BLANK),
        ("Ændring i antal årsværk", "-", "-0,5", "-1,0", "-1,0"),
    ],
    "002": [
        ("Beløb i 1.000 kr. 2024-priser", "2024", "2025", "2026", "2027"),
        ("Nuværende budget", "92.000", "90.500", "89.500", "89.500"),
        ("Budgetændring – drift", *BLANK),
        ("Omstilling", "-1.500", "-2.500", "-3.000", "-4.000"),
        ("Investering - Drift", "", "", "", "1.000"),
        ("Samlet ændring (Netto)", "-1.500", "-2.500", "-3.000", "-3.000"),
        ("Investering - Anlæg", "3.000", "2.500", "2.000", "1.000"),
        ("Personalekonsekvenser", *BLANK),
        ("Ændring i antal årsværk", "-3", "-5", "-6", "-8"),
    ],
    "003": [
        (
            *("1.000 kr., 2026 p/l", "Styringsområde"),
            *("2025", "2026", "2027", "2028", "2029", "I alt"),
        ),
        (
            *("Pulje til investeringer på anlægsrammen", "Anlæg"),
            *("-", "5.000", "10.000", "15.000", "15.000", "45.000"),
        ),
        (
            *("Pulje til investeringer på servicerammen", "Service"),
            *("-", "15.000", "25.000", "35.000", "35.000", "110.000"),
        ),
        (
            *("Udgifter i alt (netto)", ""),
            *("-", "20.000", "35.000", "50.000", "50.000", "155.000"),
        ),
        (
            *("1.000 kr., 2026 p/l", "Udvalg", "Bevilling", "Indtægt/udgift"),
            *("2025", "2026", "2027", "2028", "2029", "I alt"),
        ),
        (
            *("Pulje til investeringer på servicerammen", "ØU", "1112 – Fælles rammepuljer", "U"),
            *("", "15.000", "25.000", "35.000", "35.000", "110.000"),
        ),
        (
            *("Serviceudgifter i alt", "", "", ""),
            *("", "15.000", "25.000", "35.000", "35.000", "110.000"),
        ),
        (
            *("1.000 kr., 2026 p/l", "Udvalg", "Bevilling", "Indtægt/udgift"),
            *("2025", "2026", "2027", "2028", "2029", "I alt"),
        ),
        (
            *("Pulje til investeringer på anlægsrammen", "ØU", "3123 - Fælles anlægspuljer", "U"),
            *("", "5.000", "10.000", "15.000", "15.000", "45.000"),
        ),
        (
            *("Anlægsudgifter i alt", "", "", ""),
            *("", "5.000", "10.000", "15.000", "15.000", "45.000"),
        ),
    ],
    "004": [],
}
HEADINGS = {
    "000": ["1. Resumé", "2. Status", "3. Ændringsforslag", "4. Konsekvens"],
    "001": ["1. Resumé", "2. Status", "3. Ændringsforslag", "4. Konsekvens"],
    "002": ["1. Resumé", "7. Eventuelt bemærkninger fra HU"],
    "003": [
        "ØK74 Finansieringsramme til digital udviklings- og omstillingsplan (specifik udfordring)",
        "Resume", "Baggrund", "Indhold", "Foreløbige investeringsbehov", "Økonomi",
        "Forslag til aftaletekst", "Administrativt bilag", "Bevillingstekniske oplysninger",
    ],
    "004": ["Økonomiforvaltningens svar"],
}  # fmt: skip


@pytest.mark.parametrize("number", sorted(ROWS))
def test_every_row(number):
    source = read(next(ORIGINALS.glob(f"{number}_*")))
    rows = [b for b in source.blocks if b.kind == "row"]
    assert [source.cell_texts(b) for b in rows] == ROWS[number]
    assert all(b.aligned for b in rows)
    assert [b.head for b in rows] == [r[-1][:2] == "20" or r[-1] == "I alt" for r in ROWS[number]]


@pytest.mark.parametrize("number", sorted(HEADINGS))
def test_headings(number):
    source = read(next(ORIGINALS.glob(f"{number}_*")))
    headings = [source.text(b) for b in source.blocks if b.kind == "heading"]
    assert [h for h in headings if h in HEADINGS[number]] == HEADINGS[number]


@pytest.mark.parametrize("path", sorted(ORIGINALS.glob("*.txt")), ids=lambda p: p.name[:3])
def test_no_word_is_left_cut(path):
    source = read(path)
    for block in source.blocks:
        text = source.text(block)
        assert not text.endswith("-") or block.kind == "row", text
        assert "<" not in text and "](" not in text and "**" not in text
