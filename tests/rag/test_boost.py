from __future__ import annotations

import numpy as np
import pytest

from rag.asking.question import read_question
from rag.search.boost import document_boost, is_front_matter, named, passage_boost
from rag.search.expansion import Vocabulary
from rag.store.shelf import Shelf
from rag.types import CouncilDocument, Passage


def document(id: str, municipality: str, period: str, number: str = "ØU10") -> CouncilDocument:
    return CouncilDocument(
        id, id, f"{id}.pdf", "prioriteringsforslag", "Robotter", number=number,
        municipality=municipality, period=period,
    )  # fmt: skip


OLD, NEW = document("old", "Vejle", "2026-2029"), document("new", "Vejle", "2027-2030")
FAR = document("far", "Odense", "2027-2030", "SU02")


def passage(text: str) -> Passage:
    return Passage("p", "new", 1, 0, len(text), "", text)


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Hvad sparer ØU10 i Vejle i Budget 2027-2030?", ["new"]),
        ("Hvad sparer Vejle på robotter?", ["old", "new"]),
        ("Hvad siger SU02 i Budget 2026-2029?", ["far"]),
        ("Vejle 2026-2029: gevinst på robotter", ["old"]),
        ("Vejle 2026-2028: gevinst på robotter", ["old", "new"]),
        ("Hvad koster robotter?", []),
    ],
)
def test_the_documents_that_a_question_names(question: str, best: list[str]) -> None:
    query = read_question(question, known=("ØU10", "SU02"))
    assert named(query, Shelf((OLD, NEW, FAR))) == best


def test_no_documents_are_named_where_too_many_fit() -> None:
    many = [document(str(n), "Vejle", "2027-2030") for n in range(101)]
    query = read_question("Hvad sparer Vejle på robotter?")
    assert named(query, Shelf(many)) == []
    assert document_boost(query, many[0]) > 0


def test_a_passage_that_states_the_year_is_before_one_whose_document_covers_it() -> None:
    query = read_question("Hvad spares der på robotter i 2028?")
    stated, covered, outside = (
        passage_boost(query, NEW, passage("Der spares 2 mio. kr. i B2028.")),
        passage_boost(query, NEW, passage("Der spares 2 mio. kr. om året.")),
        passage_boost(query, document("x", "Vejle", "2020-2023"), passage("Der spares 2 mio.")),
    )
    assert stated > covered > outside


def test_a_passage_that_tells_an_amount_is_first_where_one_is_asked_for() -> None:
    told, untold = passage("Der spares 1,2 mio. kr."), passage("Der spares på robotter.")
    amount, topic = read_question("Hvad koster robotterne?"), read_question("Hvad er målet?")
    assert passage_boost(amount, NEW, told) > passage_boost(amount, NEW, untold)
    assert passage_boost(topic, NEW, told) == passage_boost(topic, NEW, untold)


def test_the_table_of_the_year_asked_for_is_first() -> None:
    by_column = "1.000 kr.\t2027\t2028\nDrift\t-200\t-300"
    by_row = "År\tDrift\n2027\t-200\n2028\t-300"
    beside = "Skole\tFærdig, men først når alle lokaler er sat i stand\nMølleskolen\tAugust 2028"
    earned = [
        passage_boost(read_question("Hvad koster driften i 2028?"), NEW, passage(text))
        for text in (by_column, by_row, beside)
    ]
    assert earned[0] == earned[1]
    assert earned[1] > earned[2]


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ("ØU10 Robotter\nUdvalg: Økonomiudvalget\nDato: 3. maj 2026", True),
        ("Nr. ØU10", True),
        ("Der indkøbes to robotter.", False),
        ("Puljen går til:\nrobotter\nkurser", False),
        ("1.000 kr.\t2026\t2027\nDrift\t-2\t-3", False),
        ("Udsendt til byrådet. De to robotter er i brug (siden 2024).", False),
    ],
)
def test_front_matter_is_title_and_sender(text: str, front: bool) -> None:
    assert is_front_matter(text) is front


def test_front_matter_yields_except_to_questions_it_answers() -> None:
    front, prose = passage("Sagsbehandler\nMads Holm"), passage("Der spares 2 mio. kr. om året.")
    topic, who = read_question("Hvad er målet?"), read_question("Hvem er sagsbehandler?")
    assert passage_boost(topic, NEW, front) < passage_boost(topic, NEW, prose)
    assert passage_boost(who, NEW, front) == passage_boost(who, NEW, prose)


class Twins:
    """Embeds "hund" and "puppy" alike and every other word by itself."""

    def embed_passages(self, texts: object) -> np.ndarray:
        assert isinstance(texts, list)
        vectors = np.zeros((len(texts), 64), np.float32)
        for row, text in enumerate(texts):
            vectors[row, 0 if text in ("hund", "puppy") else sum(map(ord, text)) % 63 + 1] = 1.0
        return vectors


def test_coverage_is_the_share_of_the_question_that_a_text_holds() -> None:
    counts = {"hund": 1, "kat": 1, "bil": 1}
    texts = ["En hund.", "En kat og en hund.", "Ingenting"]
    known = Vocabulary(counts, 3, Twins())
    half, whole, nothing = known.coverage("hund kat", texts)
    assert (half, whole, nothing) == (pytest.approx(0.5), pytest.approx(1.0), 0.0)
    assert known.coverage("puppy", texts)[0] > known.coverage("puppy", texts)[2]
    assert Vocabulary(counts, 3, None).coverage("hund", texts)[:2] == [1.0, 1.0]
    assert known.coverage("hvad er det", texts) == [0.0, 0.0, 0.0]


def test_what_the_glossary_says_means_the_same_is_searched_for_and_covers() -> None:
    vocabulary = Vocabulary({"takst": 1, "bil": 1}, 3, None)
    weights = dict(vocabulary.expand("Hvilke gebyrer?"))
    assert 0 < weights["takst"] < weights["gebyr"]
    assert "bil" not in weights
    fee, car = vocabulary.coverage("gebyr", ["Takst for pladsen.", "En bil."])
    assert fee > car == 0
