"""A proposal whose number stands in its heading ("BU-14"): asked about, checked, and told of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from made_pdfs import pdf

from ingest.pipeline import ingest
from rag.chain import Assistant
from rag.gate.gate import check
from rag.home import Home
from rag.search.embed import load_embedder

TITLE = "Budgetforslag BU-14: Energistyring og følere på skolerne"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("printed")
    pdf(
        folder / "skoler.pdf",
        f"# {TITLE}",
        "Vejle Kommune",
        [["Beløb i 1.000 kr.", "2026", "2027", "2028"],
         ["Effektivisering", "-120", "-340", "-560"], ["Årsværk", "0", "0,25", "0,5"]],
        "Fra 2029 spares et årsværk mere, når alle skoler har fået følere.",
    )  # fmt: skip
    pdf(
        folder / "svar.pdf",
        "# Notat om budgetforslag BU-77: forældrenes høringssvar",
        "Forældrene i Vejle Kommune spørger til varmen i klasserne om vinteren.",
    )
    home = Home(folder / "home")
    reports = ingest([folder / "skoler.pdf", folder / "svar.pdf"], home, load_embedder())
    assert [r.error for r in reports] == [None, None]
    with_documents = Assistant(home)
    yield with_documents
    with_documents.catalogue.close()


@pytest.mark.parametrize("spelt", ["BU-14", "BU14", "bu 14"])
def test_a_number_in_the_heading_answers_however_it_is_spelt(asked: Assistant, spelt: str) -> None:
    answer = asked.ask(f"Hvad er effektiviseringen i {spelt} i 2027?")
    assert answer.status == "answered" and "340" in answer.text
    assert answer.citations[0].document.number == "BU-14"


def test_a_row_of_the_year_comes_before_prose_of_another(asked: Assistant) -> None:
    answer = asked.ask("Hvor mange årsværk ændrer BU-14 i 2028?")
    assert answer.status == "answered" and "0,5" in answer.text


@pytest.mark.parametrize("named", ["Energistyringen (BU-14)", "BU14", "BU-14"])
def test_a_true_figure_stays_bound_with_its_number(asked: Assistant, named: str) -> None:
    text = f"{named} giver en effektivisering på 340.000 kr. i 2027."
    (verdict,) = [v for v in check(text, asked.catalogue) if v.kind == "amount"]
    assert verdict.outcome == "bound"
    (wrong,) = [v for v in check(text.replace("340", "345"), asked.catalogue) if v.kind == "amount"]
    assert not wrong.passed


def test_a_number_in_a_title_is_not_said_to_be_unknown(asked: Assistant) -> None:
    answer = asked.ask("Hvad koster BU-77 i 2027?")
    assert answer.why_not is not None and answer.why_not.code == "unknown_document"
    assert "BU-77 står i titlen på »Notat om budgetforslag BU-77" in answer.why_not.text


def test_a_number_that_stands_nowhere_is_told_with_those_there_are(asked: Assistant) -> None:
    answer = asked.ask("Hvad koster BU-99 i 2027?")
    assert answer.why_not is not None and answer.why_not.code == "unknown_document"
    assert "har nummer BU-99. Numre i samlingen: BU-14." in answer.why_not.text
