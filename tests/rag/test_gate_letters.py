"""Letters over other documents: true ones pass, each alteration is flagged, and nothing else."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from more_letters import LETTERS

from ingest.pipeline import ingest
from rag.gate.gate import Verdict, check
from rag.home import CHECKOUT, Home
from rag.search.embed import load_embedder
from rag.store.catalogue import Catalogue
from rag.text.numbers import format_number
from rag.text.units import unit_name
from rag.types import CouncilDocument, Figure

_FEW = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    home = Home(tmp_path_factory.mktemp("letters"))
    ingest([CHECKOUT / "corpus", CHECKOUT / "eval" / "unseen"], home, load_embedder())
    opened = Catalogue(home)
    yield opened
    opened.close()


def flagged(text: str, catalogue: Catalogue) -> list[Verdict]:
    return [v for v in check(text, catalogue) if not v.passed]


@pytest.mark.parametrize("name", LETTERS)
def test_a_true_letter_passes_whole(name: str, catalogue: Catalogue) -> None:
    text, _ = LETTERS[name]
    verdicts = check(text, catalogue)
    assert sum(v.kind == "amount" for v in verdicts) >= 30
    assert [v.words for v in verdicts if not v.passed] == []


@pytest.mark.parametrize("name", LETTERS)
def test_ten_alterations_are_flagged_and_nothing_else(name: str, catalogue: Catalogue) -> None:
    text, altered = LETTERS[name]
    assert len(altered) == 10
    for before, after in altered:
        assert text.count(before) == 1
        text = text.replace(before, after)
    wrong = [v.words for v in flagged(text, catalogue)]
    assert len(wrong) == 10
    for after in (after for _, after in altered):
        assert any(after in words or words in after for words in wrong), after


def test_a_row_s_last_figure_counts_nothing_of_the_next_row(catalogue: Catalogue) -> None:
    text, _ = LETTERS["welfare"]
    for count in (40, 90, 190):  # a row ends with 190, and the next is called Medicinrobotter
        wrong = flagged(text.replace("40 medicinrobotter", f"{count} medicinrobotter"), catalogue)
        assert [v.words for v in wrong] == [f"{count} medicinrobotter"] * (count != 40)


@_FEW
@given(data=st.data())
def test_any_digit_altered_is_flagged(catalogue: Catalogue, data: st.DataObject) -> None:
    text, _ = LETTERS[data.draw(st.sampled_from(sorted(LETTERS)))]
    verdicts = [v for v in check(text, catalogue) if v.kind == "amount" and v.figure]
    verdict = data.draw(st.sampled_from(verdicts))
    digits = [m.start() for m in re.finditer(r"\d", text[verdict.start : verdict.end])]
    if not digits:
        return  # told in words
    at = verdict.start + data.draw(st.sampled_from(digits))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda d: d != text[at]))
    changed = text[:at] + digit + text[at + 1 :]
    if digit == "0" and not text[at - 1].isdigit():
        return  # "019" is no number
    if flagged(changed, catalogue):
        return
    # It may be so: then the document has the altered figure, too.
    (same,) = [v for v in check(changed, catalogue) if v.start <= at < v.end]
    assert same.figure is not None and verdict.figure is not None
    assert same.figure.document == verdict.figure.document, changed[verdict.start : verdict.end]
    assert same.figure.id != verdict.figure.id or Decimal(0) == Decimal(digit), same


def test_one_rows_amount_told_of_another_is_flagged(catalogue: Catalogue) -> None:
    pairs = swapped(catalogue)
    missed, wronged = [], []
    for document, one, other in pairs:
        if not flagged(told(document, one, other), catalogue):
            missed.append(told(document, one, other))
        if flagged(told(document, one, one), catalogue):
            wronged.append(told(document, one, one))
    assert wronged == []
    # What remains is true of another document of that name, or named by words in two claims.
    assert len(missed) <= len(pairs) // 10, missed


def swapped(catalogue: Catalogue) -> list[tuple[CouncilDocument, Figure, Figure]]:
    """Some pairs of cells of a table and year, in one unit, with other values."""
    documents = {d.id: d for d in catalogue.documents()}
    cells = [f for f in catalogue.figures() if f.table and f.year and f.value and f.unit == "kr."]
    pairs = [
        (documents[a.document], a, b)
        for a in cells
        for b in cells
        if (a.table, a.year) == (b.table, b.year) and abs(a.value or 0) != abs(b.value or 0)
    ]
    return pairs[:: len(pairs) // 80]


def told(document: CouncilDocument, row: Figure, cell: Figure) -> str:
    assert cell.value is not None
    unit = unit_name(cell.unit, cell.scale) if cell.scale != 1_000 else "t.kr."
    amount = f"{format_number(abs(cell.value))} {unit}"
    subject = f"{document.number or ''} i {document.municipality}".strip()
    return f"For {subject} er {row.measure.lower()} {amount} i {row.year}."
