"""Units that a table leaves to its caption, to one of its columns, or to the document."""

from __future__ import annotations

from made_documents import Made

from ingest.cell_units import without_amounts


def units(made: Made) -> list[tuple[str, str | None]]:
    return [(f.text, f.unit) for f in made.content().figures if f.table]


def test_a_caption_says_that_the_table_is_in_per_cent() -> None:
    made = Made().text("Ledige lejligheder i pct. af alle, opgjort hvert forår")
    made.table(("Bydel", "2025", "2026"), ("Havnen", "2,4", "3,1"))
    assert units(made) == [("2,4", "pct."), ("3,1", "pct.")]


def test_the_unit_of_one_column_is_not_that_of_another_kind() -> None:
    made = Made().table(
        ("Plejehjem", "Beboere", "Stuer", "Pris pr. beboer, kr."),
        ("Birkehøj", "48", "52", "612.000"),
        ("Lindely", "31", "36", "655.400"),
    )
    assert units(made) == [
        *(("48", "beboere"), ("52", "stuer"), ("612.000", "kr.")),
        *(("31", "beboere"), ("36", "stuer"), ("655.400", "kr.")),
    ]


def test_the_unit_of_one_year_is_that_of_the_next() -> None:
    made = Made().table(("Post", "Budget 2026 (1.000 kr.)", "2027"), ("Vinter", "120", "140"))
    assert units(made) == [("120", "kr."), ("140", "kr.")]


def test_a_document_states_the_unit_of_all_its_prices() -> None:
    made = Made().text("Taksterne er opgivet i kroner, og alle gælder fra nytår.")
    made.table(("Ydelse", "2026", "2027"), ("Badebillet", "40", "45"), ("Sauna", "60", "60"))
    made.table(("Mål", "2026", "2027"), ("Tilfredshed, skala 1-5", "3,9", "4,1"))
    assert units(made)[:4] == [("40", "kr."), ("45", "kr."), ("60", "kr."), ("60", "kr.")]
    assert [unit for _, unit in units(made)[4:]] == [None, None]


def test_rows_of_days_are_not_rows_of_years() -> None:
    made = Made().table(
        ("Opgjort", "Mio. kr."), ("31. marts 2026", "210,4"), ("30. juni 2026", "198,7")
    )
    assert [(f.measure, f.year) for f in made.content().figures if f.table] == [
        ("31. marts 2026", None),
        ("30. juni 2026", None),
    ]


def test_a_year_before_a_tables_unit_makes_no_amount_of_it() -> None:
    assert without_amounts("Tabel 1. Serviceudgifter 2026, mio. kr.").endswith("2026, mio. kr.")
    assert without_amounts("Budget på 5,1 mio. kr.") == "Budget på "
