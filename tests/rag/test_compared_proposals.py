"""Proposals of two towns that share their numbers: what is largest, which a bound holds of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from collected import collected_texts
from hypothesis import given
from hypothesis import strategies as st

from rag.asking.bounds import bounds_asked, without_bounds
from rag.chain import Assistant
from rag.query import Bounds

_TABLED = {
    # Town, number: title, savings of 2028 in 1.000 kr. ("–" is a dash), change in årsværk.
    ("Sorø", "SK01"): ("Digital rengøring af skoler", "-920", "-2,5"),
    ("Sorø", "SK02"): ("Sammenlægning af klubber", "-150", "-5,1"),
    ("Sorø", "SK03"): ("Fælles indkøb af it", "–", "-0,5"),
    ("Næstved", "SK01"): ("Digital rengøring af børnehaver", "-1.250", "-3,0"),
    ("Næstved", "SK02"): ("Flere pladser i klubber", "-80", "4,2"),
}


def _tabled(town: str, number: str, title: str, saving: str, staff: str) -> str:
    return f"""# {number} {title}

Prioriteringsforslag, {town} Kommune, Budget 2026-2029

| Beløb i 1.000 kr. | 2026 | 2027 | 2028 | 2029 |
|---|---|---|---|---|
| Effektivisering | -10 | -20 | {saving} | -30 |
| Ændring i antal årsværk | 0 | 0 | {staff} | 0 |
"""


_PROSE = """# SK04 Sammenlægning af biblioteker

Prioriteringsforslag, Sorø Kommune, Budget 2026-2029

Forslaget sparer 100.000 kr. i 2027 og 490.000 kr. årligt fra 2028.
"""


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("towns")
    texts = {f"{t}-{n}": _tabled(t, n, *told) for (t, n), told in _TABLED.items()}
    with collected_texts(folder, texts | {"SK04": _PROSE}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "proposal"),
    [
        ("Hvilket forslag sparer mest i 2028?", "SK01 (Næstved)"),
        ("Hvilket forslag sparer flest årsværk i 2028?", "SK02 (Sorø)"),
        ("Hvilket forslag i Sorø sparer mindst i 2028?", "SK02"),
        ("Hvilket forslag i Næstved sparer færrest årsværk i 2028?", None),  # one saves, one adds
    ],
)
def test_what_is_largest_has_a_value_of_its_kind(
    towns: Assistant, question: str, proposal: str | None
) -> None:
    answer = towns.ask(question)
    if proposal is None:
        assert answer.status == "not_found"
    else:
        assert answer.statements[0].text.partition(": ")[0].endswith(f" er {proposal}")


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Hvilke forslag i Sorø sparer mere end 400.000 kr. i 2028?", ["SK01", "SK04"]),
        ("Which proposals in Sorø save more than 400,000 kr. in 2028?", ["SK01", "SK04"]),
        ("Which proposals in Sorø save more than 0.9 million kr. in 2028?", ["SK01"]),
        ("Hvilke forslag i Sorø sparer mellem 100.000 og 500.000 kr. i 2028?", ["SK04", "SK02"]),
        ("Hvilke forslag i Sorø sparer ikke mere end 490.000 kr. i 2028?", ["SK04", "SK02"]),
    ],
)
def test_sentences_are_compared_with_rows(
    towns: Assistant, question: str, numbers: list[str]
) -> None:
    answer = towns.ask(question)
    assert [answer.citations[s.citations[0]].document.number for s in answer.statements] == numbers


def test_none_that_a_bound_holds_of_is_told(towns: Assistant) -> None:
    answer = towns.ask("Hvilke forslag sparer mere end 9 mio. kr. i 2028?")
    assert answer.why_not is not None and answer.why_not.text.startswith("Ingen af de dokumenter")


def test_proposals_of_one_number_are_told_apart_by_their_towns(towns: Assistant) -> None:
    answer = towns.ask("Hvad sparer SK01 i 2028?")
    assert [s.text.split(" foreslår")[0] for s in answer.statements] == [
        "Forslaget SK01 (Sorø)",
        "Forslaget SK01 (Næstved)",
    ]


def test_a_proposal_called_by_its_title_is_not_passed_over_for_another(towns: Assistant) -> None:
    answer = towns.ask("Hvad sparer sammenlægning af biblioteker i Sorø i 2028?")
    assert [f.amount for s in answer.statements for f, _ in s.figures] == [490_000]


@pytest.mark.parametrize(
    ("question", "bounds"),
    [
        ("over 2 mio. kr.", Bounds(2_000_000, None, False)),
        ("mindst 38 årsværk", Bounds(38)),
        ("op til 200.000 kr.", Bounds(None, 200_000)),
        ("900.000 kr. eller mere", Bounds(900_000)),
        ("not less than 1.5 million kr. in English", Bounds(1_500_000)),
        ("mere end 200.000 kr. og mindre end 300.000 kr.", Bounds(200_000, 300_000, False)),
        ("between 1 and 2 million kr. each of the years", Bounds(1_000_000, 2_000_000)),
        ("reduce FTEs by more than 5 in 2029", Bounds(5, None, False)),
        ("stiger med mere end 5 procent", None),
        ("tjent hjem på under 3 år", None),
        ("mellem 2026 og 2029 i alt", None),
        ("mellem 1,2,3 og 4 mio. kr. i 2026", None),
        ("400.000 kr. i 2028", None),
    ],
)
def test_the_bounds_that_a_question_says(question: str, bounds: Bounds | None) -> None:
    assert bounds_asked(question) == bounds


def test_what_bounds_are_said_with_is_no_topic() -> None:
    assert without_bounds("forslag på mindre end 200.000 kr. i 2029").split() == [
        "forslag",
        "på",
        "i",
        "2029",
    ]


_WORDS = (
    "mellem between og and mere end more than ikke no not op til over under eller or mindst kr. "
    "mio. million årsværk FTEs i 2028 0 1 5 1,2,3 1.2.3 0,5 900,000 900.000 1.000.000 . , ?"
).split()


@given(st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join))
def test_bounds_are_read_of_any_words(question: str) -> None:
    bounds = bounds_asked(question)
    sizes = [size for size in (bounds.least, bounds.most) if size is not None] if bounds else []
    assert all(size >= 0 for size in sizes)
    assert set(without_bounds(question).split()) <= set(question.split())
