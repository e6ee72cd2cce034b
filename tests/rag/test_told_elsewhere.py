"""A proposal that is not in the collection, and who holds an opinion: told by what is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from collected import collected_texts

from rag.chain import Assistant

NOTE = {
    "kultur": """# KF04 Kortere åbningstid på museet

Struer Kommune

Forslaget skal ses sammen med KF11, der lukker svømmehallen om søndagen og sparer 1,4 mio. kr. i
2028. Lukningen i KF11 blev vedtaget i juni.

På samme måde som i KF12 nedlægges der 3 årsværk i 2028.

## Bemærkninger fra MED-udvalget

MED-udvalget opfordrer til, at museet beholder sin formiddag.

Der foreslås en ordning med frivillige på museet.
""",
    "vej": """# VU02 Færre gadelamper

Struer Kommune

| 1.000 kr. | 2027 | 2028 |
|---|---|---|
| Drift af lamper | -300 | -650 |
| Nye styringer | 200 | 90 |
| Samlet ændring (netto) | -100 | -560 |
""",
}


@pytest.fixture(scope="module")
def struer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with collected_texts(tmp_path_factory.mktemp("struer"), NOTE) as assistant:
        yield assistant


@pytest.mark.parametrize(
    "question", ["Hvad sparer KF11 i 2028?", "How much does KF11 save in 2028?"]
)
def test_an_amount_is_told_by_the_sentence_that_names_its_proposal(
    struer: Assistant, question: str
) -> None:
    answer = struer.ask(question)
    assert answer.status == "answered"
    assert "KF04" in answer.text and "1,4 mio. kr." in answer.text
    assert [f.amount for s in answer.statements for f, _ in s.figures] == [1_400_000]


@pytest.mark.parametrize(
    "question",
    [
        "Hvad sparer KF11 i 2029?",  # of another year
        "Hvad koster KF11 i anlæg i 2028?",  # of another measure
        "Hvor mange årsværk nedlægger KF12 i 2028?",  # the sentence tells of its own proposal
        "Hvor mange årsværk nedlægger KF11 i 2028?",  # the neighbour's
        "Hvad koster KF11 i 2028?",  # the sentence tells a saving
        "Hvad sparer KF13 i 2028?",
    ],
)
def test_nothing_else_is_told_of_it(struer: Assistant, question: str) -> None:
    answer = struer.ask(question)
    assert answer.why_not and answer.why_not.code == "unknown_document"
    assert not answer.statements


def test_who_holds_an_opinion_is_told_by_who_voices_it(struer: Assistant) -> None:
    answer = struer.ask("Hvem mener, at museet skal have åbent om formiddagen?")
    assert answer.status == "answered" and "MED-udvalget" in answer.text
    assert "frivillige" not in struer.ask("Hvem anbefaler frivillige på museet?").text


def test_all_of_it_added_up_is_the_net_row(struer: Assistant) -> None:
    answer = struer.ask("Hvad sparer VU02 i 2028, når det hele er lagt sammen?")
    assert [f.amount for s in answer.statements for f, _ in s.figures] == [-560_000]
