from __future__ import annotations

import numpy as np
import pytest

from rag.asking.question import read_question
from rag.search.boost import document_boost, named
from rag.search.expansion import Vocabulary
from rag.store.shelf import Shelf
from rag.types import CouncilDocument


def document(id: str, municipality: str, period: str, number: str = "ØU10") -> CouncilDocument:
    return CouncilDocument(
        id, id, f"{id}.pdf", "prioriteringsforslag", "Robotter", number=number,
        municipality=municipality, period=period,
    )  # fmt: skip


OLD, NEW = document("old", "Vejle", "2026-2029"), document("new", "Vejle", "2027-2030")
FAR = document("far", "Odense", "2027-2030", "SU02")


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
