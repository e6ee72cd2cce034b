"""A claim without a year is held to the year that the words around it tell."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.chain import Assistant
from rag.gate.form import verdict_json
from rag.gate.gate import Verdict, check
from rag.text.dates import period_years
from rag.text.numbers import format_number
from rag.types import Figure


def flagged(text: str, assistant: Assistant) -> list[Verdict]:
    return [v for v in check(text, assistant.catalogue) if not v.passed]


@pytest.mark.parametrize(
    ("text", "words", "year"),
    [
        ("I 2028 er ØU10 i drift. Effektiviseringen er 2,2 mio. kr.", "2,2 mio. kr.", "2029"),
        ("ØU10 nedlægger 3 stillinger i 2028. Det sparer 2,2 mio. kr.", "2,2 mio. kr.", "2029"),
        ("ØU10 nedlægger 3 stillinger i 2028. Det er mange. Det sparer 2,2 mio. kr.",
         "2,2 mio. kr.", "2029"),
        ("ØU10 i 2027\n\nEffektiviseringen er 1.650.000 kr.", "1.650.000 kr.", "2028"),
        ("ØU10 i 2027:\n\nDet drejer sig om 4 årsværk.", "4 årsværk", "2029"),
        ("Spørgsmål 1: Hvad sparer ØU10 i 2028?\n\nDet sparer 2,2 mio. kr.", "2,2 mio. kr.",
         "2029"),
        ("In 2028 ØU10 cuts 3 FTE. The efficiency gain is 2.2 million kroner.",
         "2.2 million kroner", "2029"),
        ("ØU02 investerer 3 mio. kr. i 2024. Der nedlægges 8 årsværk.", "8 årsværk", "2027"),
    ],
)  # fmt: skip
def test_an_amount_of_another_year_than_the_sentence_before_is_flagged(
    text: str, words: str, year: str, assistant: Assistant
) -> None:
    (verdict,) = flagged(text, assistant)
    assert verdict.words == words
    assert verdict.outcome == "found_elsewhere"
    assert verdict.elsewhere is not None and year in verdict.elsewhere.da


@pytest.mark.parametrize(
    "text",
    [
        "I 2029 er ØU10 i drift. Effektiviseringen er 2,2 mio. kr.",
        "ØU10 sparer 2,2 mio. kr.",
        "ØU10 i 2028\n\nEffektiviseringen er 1.650.000 kr.",
        # The words tell which year in another way.
        "I 2026 begynder ØU10. Fuldt indfaset er effektiviseringen 2,2 mio. kr.",
        "ØU10 nedlægger 2 stillinger i 2026. Herefter stiger det til 4 stillinger.",
        "I 2026 begynder ØU10. Den årlige effektivisering er 2,2 mio. kr.",
        "ØU10 starts in 2026. Once fully phased in, it saves DKK 2.2 million.",
        "ØU10 permanently saves approximately DKK 2.2 million annually.",
        # The years told run up to it.
        "ØU10 nedlægger 2 stillinger i 2026 stigende til 4 i 2029. Det sparer 2,2 mio. kr.",
        "Fra 2027 virker ØU10. Der nedlægges 4 årsværk.",
        # Of another proposal, another paragraph, or a year of which its row tells nothing.
        "ØU10 nedlægger 2 stillinger i 2026. ØU02 nedlægger 8 årsværk.",
        "ØU10 nedlægger 2 stillinger i 2026.\n\nEffektiviseringen er 2,2 mio. kr.",
        "ØU10 i 2026\n\nØU10 nedlægger 2 stillinger.\n\nSamlet set\n\nDet sparer 2,2 mio. kr.",
        "I 2025 blev ØU10 skrevet. Effektiviseringen er 2,2 mio. kr.",
        "Den 3. maj 2026 blev ØU10 behandlet. Effektiviseringen er 2,2 mio. kr.",
        # A figure that its source tells without a year.
        "ØU10 nedlægger 2 stillinger i 2026. Kommunen har omkring 0,5 pct. af de ansatte.",
    ],
)
def test_what_is_so_is_not_flagged(text: str, assistant: Assistant) -> None:
    assert [v for v in flagged(text, assistant) if v.kind == "amount"] == []


FORMS = (
    "I {year} er {number} i drift. {measure} er {amount}.",
    "{number} i {year}\n\n{measure} er {amount}.",
    "Spørgsmål 1: Hvad gælder for {number} i {year}?\n\nVi kan svare. {measure} er {amount}.",
)


@settings(max_examples=100, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(data=st.data())
def test_each_cell_is_bound_in_its_year_and_flagged_in_another(
    assistant: Assistant, data: st.DataObject
) -> None:
    documents = {d.id: d for d in assistant.catalogue.documents() if d.number}
    figures = assistant.catalogue.figures(list(documents))
    cells = [f for f in figures if f.table and f.year and f.value and f.unit == "kr."]
    figure = data.draw(st.sampled_from(cells))
    other = data.draw(st.sampled_from([f for f in cells if _same_row(f, figure)]))
    form = data.draw(st.sampled_from(FORMS))
    assert figure.value is not None
    text = form.format(
        number=documents[figure.document].number,
        measure=figure.measure,
        amount=f"{format_number(figure.value)} t.kr.",
        year=other.year,
    )
    held = [
        f
        for f in figures
        if f.document == figure.document
        and f.amount is not None
        and abs(f.amount) == abs(figure.amount or 0)
        and (f.year == other.year or (f.year is None and _covers(f, other.year)))
    ]
    wrong = [v for v in flagged(text, assistant) if v.kind == "amount"]
    # What the prose tells of that year may be of this row or of another.
    assert wrong or held, text
    assert not (wrong and abs(other.amount or 0) == abs(figure.amount or 0)), text


def _covers(figure: Figure, year: int | None) -> bool:
    """Tell whether a figure told for a period, or for no year, may be of a year."""
    return figure.period is None or year in period_years(figure.period)


def _same_row(one: Figure, other: Figure) -> bool:
    return (one.table, one.measure) == (other.table, other.measure)


def test_the_place_tells_its_year(assistant: Assistant) -> None:
    (verdict,) = [
        v for v in check("ØU10 sparer 2,2 mio. kr.", assistant.catalogue) if v.kind == "amount"
    ]
    place = verdict_json(verdict, "da")["place"]
    assert (place["year"], place["period"]) == (2029, None)
    named, *_ = check("ØU10 er et forslag.", assistant.catalogue)
    assert verdict_json(named, "da")["place"]["year"] is None
