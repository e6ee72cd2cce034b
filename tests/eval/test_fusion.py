from __future__ import annotations

from pathlib import Path

import pytest

from eval.retrieval.collection import fill
from eval.retrieval.fusion import KINDS, figures, systems
from rag.embed import load_embedder
from rag.home import Home

NOISE = 0.02  # about half a question of the smallest kind


@pytest.fixture(scope="module")
def ranks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[float]]:
    """MRR a kind, and of all, on the shipped corpus."""
    home = Home(Path(tmp_path_factory.mktemp("fusion")))
    embedder = load_embedder()
    catalogue, questions = fill(home, embedder, 0)
    try:
        return {
            name: [float(cell.split(" / ")[0]) for cell in figures(questions, ranking)[:-1]]
            for name, ranking in systems(home, catalogue, embedder).items()
        }
    finally:
        catalogue.close()


@pytest.mark.parametrize("half", ["words: BM25", "words: + expansion", "dense: + spelling"])
@pytest.mark.parametrize("kind", [*range(len(KINDS) + 1)], ids=[*KINDS, "all"])
def test_the_retriever_does_not_lose_to_either_half(
    ranks: dict[str, list[float]], half: str, kind: int
) -> None:
    assert ranks["`PassageRetriever`"][kind] >= ranks[half][kind] - NOISE


def test_expansion_and_spelling_earn_their_place(ranks: dict[str, list[float]]) -> None:
    plain, whole = (dict(zip((*KINDS, "all"), ranks[n], strict=True)) for n in (
        "words: BM25", "`PassageRetriever`",
    ))  # fmt: skip
    assert whole["English"] > plain["English"] + 0.2
    assert whole["misspelt"] > plain["misspelt"] + 0.2
    assert whole["own words"] > 0.9
