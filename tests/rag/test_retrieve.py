from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.retrievers import BaseRetriever
from memory import MemoryCatalogue, MemoryVectors, MemoryWords
from numpy.typing import NDArray
from rapidfuzz.distance import DamerauLevenshtein
from stores import make

from rag.home import Home
from rag.query import Query
from rag.search.embed import load_embedder, load_word_embedder
from rag.search.expansion import KNOWN_WEIGHT, LEAST_LIKENESS, UNKNOWN_WEIGHT, Vocabulary
from rag.search.missing import embed_all
from rag.search.retrieve import PassageRetriever
from rag.search.vectors import Vectors
from rag.search.words import Words
from rag.store.catalogue import Catalogue
from rag.text.language import analyse, fold
from rag.types import CouncilDocument, Passage

MEANINGS = ["save spare saving besparelse nedskæring", "robot automat", "skole school", "hus house",
            "penge money midler"]  # fmt: skip


class FakeEmbedder:
    """One dimension a group of words that mean the same; counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls += 1
        vectors = np.array(
            [[sum(w in m.split() for w in t.lower().split()) for m in MEANINGS] for t in texts],
            np.float32,
        ).reshape(len(texts), len(MEANINGS))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self.embed_passages([text])[0]
        return found


def document(id: str, **facts: object) -> CouncilDocument:
    return CouncilDocument(id, id, f"{id}.pdf", "prioriteringsforslag", id, **facts)  # type: ignore[arg-type]


DOCUMENTS = [
    document("a", number="ØU10", municipality="Høje-Taastrup", period="2026-2029"),
    document("b", number="ØU02", municipality="Høje-Taastrup", period="2024-2027"),
    document("c", municipality="København", date=dt.date(2031, 5, 8)),
]
TEXTS = {
    "a/1": "Rammebesparelsen i administrationen er på 450.000 kr.",
    "a/2": "Der nedlægges stillinger frem mod slutningen af perioden.",
    "b/1": "En robot skal betale regningerne, så der nedlægges stillinger.",
    "b/2": "Forslaget overlapper en tidligere nedskæring på økonomiudvalgets område.",
    "c/1": "Der nedlægges stillinger på skolerne, og der nedlægges stillinger på rådhuset.",
    "c/2": "Ældrerådet høres om den nye automat i borgerservice.",
}
PASSAGES = [Passage(i, i[0], 1, 0, len(t), "", t) for i, t in TEXTS.items()]


def retriever(dense: bool = True, passages: Sequence[Passage] = PASSAGES) -> PassageRetriever:
    embedder = FakeEmbedder()
    texts = [p.text for p in passages]
    return PassageRetriever(
        words=MemoryWords(passages, texts),
        catalogue=MemoryCatalogue(DOCUMENTS, passages),
        vectors=MemoryVectors(passages, embedder.embed_passages(texts)) if dense else None,
        embedder=embedder if dense else None,
        word_embedder=embedder if dense else None,
    )


def found(question: str, dense: bool = True, **options: object) -> list[str]:
    hits = retriever(dense).hits(question, **options)  # type: ignore[arg-type]
    return [hit.passage.id for hit in hits]


@pytest.mark.parametrize("dense", [True, False])
def test_a_compound_is_found_by_its_part(dense: bool) -> None:
    assert found("Hvor stor er besparelsen i administrationen?", dense)[0] == "a/1"


def test_an_english_question_finds_danish_text_through_the_shared_space() -> None:
    assert found("Which saving is one that overlaps?")[0] == "b/2"
    assert "b/1" not in found("saving", n=2)
    assert found("saving", dense=False) == []


@pytest.mark.parametrize(
    ("misspelt", "passage"),
    [
        ("rammebesparrelse", "a/1"),
        ("oekonomiudvalget", "b/2"),
        ("okonomiudvalgets område", "b/2"),
        ("aeldreraadet", "c/2"),
        ("regnigerne", "b/1"),
    ],
)
def test_misspelt_words_are_read_as_corpus_words(misspelt: str, passage: str) -> None:
    assert found(misspelt, dense=False)[0] == passage


def test_the_number_in_a_question_outweighs_any_similarity() -> None:
    question = "Hvor mange stillinger nedlægges der på skolerne og rådhuset efter ØU10?"
    assert found(question)[0] == "a/2"
    assert found(question.replace(" efter ØU10", ""))[0] == "c/1"


def test_the_municipality_and_the_year_outweigh_similarity() -> None:
    asked = "Hvor mange stillinger nedlægges der"
    assert found(f"{asked} på skolerne i Høje-Taastrup?")[0][0] in "ab"
    assert found(f"{asked} i Københavns Kommune?")[0] == "c/1"
    assert found(f"{asked} i 2029?")[0] == "a/2"
    assert found(f"{asked} i 2024?")[0] == "b/1"
    assert found(f"{asked} i 2031?")[0] == "c/1"


def test_only_the_documents_given_are_searched() -> None:
    assert {i[0] for i in found("nedlægges stillinger", document_ids=["b", "c"])} == {"b", "c"}
    assert found("nedlægges stillinger", document_ids=[]) == []


def test_a_follow_up_searches_for_what_it_leaves_out() -> None:
    query = Query("Og hvem ellers?", "da", "prose", words=("automaten",))
    assert retriever(dense=False).hits(query)[0].passage.id == "c/2"
    measure = Query("Og i 2024?", "da", "figure", years=(2024,), concepts=("framework_saving",))
    assert retriever(dense=False).hits(measure)[0].passage.id == "a/1"


def test_word_search_alone_asks_no_embedder_and_no_vectors() -> None:
    alone = retriever(dense=False)
    assert alone.hits("nedlægges stillinger") and alone.vectors is None


def test_the_vocabulary_is_embedded_once_for_each_state_of_the_catalogue() -> None:
    embedder = FakeEmbedder()
    catalogue = MemoryCatalogue(DOCUMENTS, PASSAGES)
    both = PassageRetriever(
        words=MemoryWords(PASSAGES, list(TEXTS.values())),
        catalogue=catalogue,
        word_embedder=embedder,
    )
    both.hits("robot")
    first = embedder.calls
    both.hits("robot")
    assert embedder.calls == first
    catalogue.stamp = "2"
    both.hits("robot")
    assert embedder.calls == 2 * first


def test_it_is_a_langchain_retriever() -> None:
    whole = retriever()
    assert isinstance(whole, BaseRetriever)
    documents = whole.invoke("Hvem hører Ældrerådet?")
    hit = whole.hits("Hvem hører Ældrerådet?")[0]
    assert documents[0].page_content == TEXTS["c/2"]
    assert documents[0].metadata == {
        "id": "c/2", "document": "c", "page": 1, "section": "", "score": hit.score,
    }  # fmt: skip


def test_near_and_rarity() -> None:
    whole = retriever()
    assert dict(whole.vocabulary.near("saving"))["nedskæring"] == pytest.approx(1.0)
    assert whole.vocabulary.near("regnigerne")[0][0] == "regning"
    assert whole.vocabulary.near("xyzzy") == []
    assert whole.vocabulary.rarity("automat") > whole.vocabulary.rarity("nedlægge") > 0


def test_what_is_misspelt_is_embedded_as_it_is_meant() -> None:
    vocabulary = Vocabulary({"besparelse": 2}, 9, None)
    assert vocabulary.corrected("hvor stor er besparrelsen") == (
        "hvor stor er besparrelsen besparelse"
    )
    assert vocabulary.corrected("hvor stor er besparelsen") == "hvor stor er besparelsen"


@given(
    st.sets(st.text("abdeø", min_size=3, max_size=12), min_size=1, max_size=30),
    st.text("abdeø", min_size=5, max_size=12),
)
def test_a_spelling_is_the_likest_of_all_words(words: set[str], asked: str) -> None:
    vocabulary = Vocabulary(dict.fromkeys(words, 1), 9, None)
    folded = [fold(word) for word in words]
    best = max(map(partial(DamerauLevenshtein.normalized_similarity, asked), folded))
    found = vocabulary._most_like(asked)
    if best < LEAST_LIKENESS:
        assert found is None
    else:
        assert found is not None and found[1] == best and found[0] in folded
    assert vocabulary._most_like(folded[0]) == (folded[0], 1.0)


def test_expansion_weighs_neighbours_below_the_words_of_the_question() -> None:
    vocabulary = Vocabulary({"spare": 1, "besparelse": 2, "rammebesparelse": 1}, 9, FakeEmbedder())
    known = dict(vocabulary.expand("spare"))
    assert known == {"spare": 1.0, "besparelse": pytest.approx(KNOWN_WEIGHT)}
    unknown = dict(vocabulary.expand("saving"))
    assert unknown["besparelse"] == pytest.approx(UNKNOWN_WEIGHT)
    assert unknown["save"] == 1.0


def test_expansion_leaves_out_compounds_of_the_word_itself() -> None:
    class Same(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return np.ones((len(texts), 1), np.float32)

    vocabulary = Vocabulary({"besparelse": 2, "rammebesparelse": 1, "skole": 1}, 9, Same())
    assert [t for t, _ in vocabulary.neighbours("besparelse")] == ["skole"]


def test_an_empty_corpus_finds_nothing() -> None:
    assert retriever(passages=[]).hits("Hvad koster ØU10?") == []


def test_it_works_on_the_real_indexes(tmp_path: Path) -> None:
    home = Home(tmp_path)
    catalogue = Catalogue(home)
    embedder = load_embedder()
    texts = (
        [t for id, t in TEXTS.items() if id[0] == "a"],
        [t for i, t in TEXTS.items() if i[0] == "b"],
    )
    for number, own in zip(("ØU10", "ØU02"), texts, strict=True):
        file = make(f"{number}.txt", *own, number=number)
        catalogue.replace(file.source, file.data, file.documents, [], [], file.passages)
    embed_all(home, catalogue, embedder)
    whole = PassageRetriever(
        words=Words(home, catalogue, analyse),
        vectors=Vectors(home, catalogue, embedder.name),
        embedder=embedder,
        word_embedder=load_word_embedder(),
        catalogue=catalogue,
    )

    def first(question: str) -> str:
        return whole.hits(question)[0].passage.text

    assert first("Hvor stor er besparelsen?") == TEXTS["a/1"]
    assert first("Which bills will the robot pay?") == TEXTS["b/1"]
    assert first("Hvor mange stillinger nedlægger ØU10?") == TEXTS["a/2"]
    assert first("stilinger i oeu02") == TEXTS["b/1"]
    catalogue.remove(catalogue.source_at("ØU02.txt") or "")
    assert {h.passage.text for h in whole.hits("robot stillinger")} <= set(texts[0])


def test_a_passage_without_a_vector_is_found_by_its_words_and_loses_nothing_to_the_others() -> None:
    whole = retriever()
    embedded = [p for p in PASSAGES if p.id != "c/2"]
    texts = [p.text for p in embedded]
    whole.vectors = MemoryVectors(embedded, FakeEmbedder().embed_passages(texts))
    assert whole.hits("Hvem hører Ældrerådet?")[0].passage.id == "c/2"
    found = [h.passage.id for h in whole.hits("Hvor stor er besparelsen i administrationen?")]
    assert found[0] == "a/1"


def test_vectors_that_have_come_are_used_at_once() -> None:
    whole = retriever()
    whole.vectors = MemoryVectors([], np.zeros((0, len(MEANINGS)), np.float32))
    before = whole.hits("Which saving is one that overlaps?")
    texts = [p.text for p in PASSAGES]
    whole.vectors = MemoryVectors(PASSAGES, FakeEmbedder().embed_passages(texts))
    after = whole.hits("Which saving is one that overlaps?")
    assert [h.score for h in after] != [h.score for h in before]
    assert after[0].passage.id == "b/2"
