"""The real documents in ../shared, where they are: every table cell is a figure of its year.

The expected values are written down as labels and numbers only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from ingest.assemble import Content, assemble
from ingest.pipeline import ingest
from ingest.read import read
from rag.home import Home
from rag.search.embed import load_embedder
from rag.store.catalogue import Catalogue
from rag.types import Figure

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.skipif(
    not all((SHARED / folder).is_dir() for folder in ("originals", "pdfs")),
    reason="no ../shared here",
)


class Grid(NamedTuple):
    """A table as it stands: a row's label to its prints; "" is a blank cell."""

    first: int
    price_level: str
    total: bool
    rows: list[tuple[str, str]]


ECONOMY_26 = Grid(
    2026,
    "2026-priser",
    False,
    [
        ("Nuværende budget", "- | - | - | -"),
        ("Effektivisering", "-1.000 | -1.100 | -1.650 | -2.200"),
        ("Investering -Drift", "1.500 | 1.500 | 1.500 | 1.500"),
        ("Investering - Anlæg", " | | | "),
        ("Samlet ændring (Netto)", "500 | 400 | -150 | -700"),
        ("Ændring i antal årsværk", "2 | 2 | 3 | 4"),
    ],
)
ECONOMY_25 = Grid(
    2025,
    "2025-priser",
    False,
    [
        ("Nuværende budget", "0 | 0 | 0 | 0"),
        ("Effektivisering", " | -275 | -550 | -550"),
        ("Investering - Drift", "600 | | | "),
        ("Samlet ændring (Netto)", "600 | -275 | -550 | -550"),
        ("Ændring i antal årsværk", "- | -0,5 | -1,0 | -1,0"),
    ],
)
ECONOMY_24 = Grid(
    2024,
    "2024-priser",
    False,
    [
        ("Nuværende budget", "92.000 | 90.500 | 89.500 | 89.500"),
        ("Omstilling", "-1.500 | -2.500 | -3.000 | -4.000"),
        ("Investering - Drift", " | | | 1.000"),
        ("Samlet ændring (Netto)", "-1.500 | -2.500 | -3.000 | -3.000"),
        ("Investering - Anlæg", "3.000 | 2.500 | 2.000 | 1.000"),
        ("Ændring i antal årsværk", "-3 | -5 | -6 | -8"),
    ],
)
CAPITAL = " | 5.000 | 10.000 | 15.000 | 15.000 | 45.000"
SERVICE = " | 15.000 | 25.000 | 35.000 | 35.000 | 110.000"
NOTE_26 = [
    Grid(
        2025,
        "2026 p/l",
        True,
        [
            ("Pulje til investeringer på anlægsrammen", "-" + CAPITAL),
            ("Pulje til investeringer på servicerammen", "-" + SERVICE),
            ("Udgifter i alt (netto)", "- | 20.000 | 35.000 | 50.000 | 50.000 | 155.000"),
        ],
    ),
    Grid(
        2025,
        "2026 p/l",
        True,
        [
            ("Pulje til investeringer på servicerammen", SERVICE),
            ("Serviceudgifter i alt", SERVICE),
        ],
    ),
    Grid(
        2025,
        "2026 p/l",
        True,
        [("Pulje til investeringer på anlægsrammen", CAPITAL), ("Anlægsudgifter i alt", CAPITAL)],
    ),
]
GRIDS = {"000": [ECONOMY_26], "001": [ECONOMY_25], "002": [ECONOMY_24], "003": NOTE_26}
NUMBERS = {"000": "ØU10", "001": None, "002": "ØU02", "003": "ØK74", "004": None}
PERIODS = {"000": "2026-2029", "001": "2025-2028", "002": "2024-2027"}


def content(number: str) -> Content:
    return assemble(read(next((SHARED / "originals").glob(f"{number}_*"))))


Line = tuple[str, int | str | None, str, str, Decimal | None, str | None, int, str | None]


def expected(grid: Grid) -> Iterator[Line]:
    for label, prints in grid.rows:
        texts = [p.strip() for p in prints.split("|")]
        staff = "årsværk" in label
        years: list[int | str] = [grid.first + n for n in range(len(texts))]
        if grid.total:
            years[-1] = f"{grid.first}-{grid.first + len(texts) - 2}"
        for year, text in zip(years, texts, strict=True):
            state = {"": "blank", "-": "dash"}.get(text, "value")
            value = Decimal(text.replace(".", "").replace(",", ".")) if state == "value" else None
            unit: tuple[str, int, str | None] = ("årsværk", 1, None)
            yield (
                *(label, year, text, state, value),
                *(unit if staff else ("kr.", 1000, grid.price_level)),
            )


def line(f: Figure) -> Line:
    return (
        *(f.measure, f.year or f.period, f.text, f.state, f.value),
        *(f.unit, f.scale, f.price_level),
    )


@pytest.mark.parametrize("number", sorted(GRIDS))
def test_every_cell_is_a_figure_with_its_year_value_and_unit(number: str) -> None:
    found = [line(f) for f in content(number).figures if f.table]
    wanted = [x for grid in GRIDS[number] for x in expected(grid)]
    assert Counter(found) == Counter(wanted)


def test_the_answer_to_a_politician_has_no_table_figures() -> None:
    assert [f for f in content("004").figures if f.table] == []


@pytest.mark.parametrize("number", sorted(NUMBERS))
def test_the_documents_are_the_real_ones(number: str) -> None:
    (document,) = content(number).documents
    assert document.number == NUMBERS[number]
    assert not document.rendition
    if number in PERIODS:
        assert (document.period, document.municipality) == (PERIODS[number], "Høje-Taastrup")
        assert document.kind == "prioriteringsforslag"


def test_the_answers_own_facts() -> None:
    (document,) = content("004").documents
    assert (document.kind, document.asker) == ("politikersvar", "Mikkel Skovgaard (Ø)")
    assert (document.asked, document.date) != (None, None)
    assert [n.replace(" ", "") for n in document.case_numbers] == ["2026-10323"]
    assert (document.document_numbers, document.caseworker) == (("10858583",), "Margrethe Grevy")
    assert document.municipality == "København"


CASES = """
EMN-2023-009832 EMN-2025-003383 EMN-2025-003928 EMN-2025-004084 EMN-2025-008579 EMN-2025-000517
EMN-2025-008528 EMN-2025-005495 EMN-2025-006675 EMN-2025-008468 EMN-2025-007373 EMN-2025-007459
EMN-2025-007142 EMN-2025-008370 EMN-2025-008774 EMN-2025-008892 EMN-2025-008893 EMN-2025-008908
EMN-2025-008910 EMN-2025-008912 EMN-2025-007940
""".split()
FIRST_PAGES = [3, 4, 6, 8, 10, 11, *range(14, 29)]
ADOPTED = {1, 3, 4, 5, 6, 7, 8, 12, 13}


@pytest.fixture(scope="module")
def agenda() -> Content:
    return assemble(read(SHARED / "pdfs" / "aarhus_byraad_2025-08-27.pdf"))


def test_each_item_of_the_agenda_is_a_document_with_its_case_number(agenda: Content) -> None:
    first, *items = agenda.documents
    assert first.kind == "dagsorden"
    assert [d.case_numbers for d in items] == [(case,) for case in CASES]
    assert [d.first_page for d in items] == FIRST_PAGES
    assert {d.kind for d in items} == {"dagsordenspunkt"}
    assert {(d.municipality, d.committee, str(d.date)) for d in items} == {
        ("Aarhus", "Byrådet", "2025-08-27")
    }
    assert all(len(d.title) > 10 and not d.title.startswith("Punkt") for d in items)


def test_the_decisions_of_the_agenda_are_read(agenda: Content) -> None:
    decisions = {n: d.decision for n, d in enumerate(agenda.documents[1:], start=1)}
    assert {n for n, d in decisions.items() if d == "adopted"} == ADOPTED
    assert "rejected" not in decisions.values()


def test_the_real_files_are_ingested_and_the_unreadable_listed(tmp_path: Path) -> None:
    samples = SHARED / "pdfs" / "samples"
    names = ("005-*password.pdf", "017-*.pdf", "011-*.pdf", "026-*.pdf")
    paths = [next(samples.glob(name)) for name in names]
    paths += [SHARED / "pdfs" / "dagsbil.pdf", *sorted((SHARED / "originals").glob("*.txt"))]
    home = Home(tmp_path / "home")
    reports = ingest(paths, home, load_embedder())
    assert [r.outcome for r in reports] == ["failed", "failed", *["added"] * 8]
    catalogue = Catalogue(home)
    codes = sorted(f.code for f in catalogue.failures())
    numbers = [d.number for d in catalogue.documents() if d.number]
    catalogue.close()
    assert codes == ["broken", "encrypted"]
    assert sorted(numbers) == ["ØK74", "ØU02", "ØU10"]
