from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.cache import Cached
from eval.retrieval.made import make
from eval.retrieval.measures import difference, mean, score
from eval.retrieval.questions import Entry, Piece, relevant
from rag.search.embed import Vectors


def test_measures_are_those_of_the_ranking() -> None:
    judged = {"q": frozenset({"b", "d"}), "none": frozenset[str]()}
    found = score(judged, {"q": {"a": 3.0, "b": 2.0, "c": 1.0}, "none": {"a": 1.0}})
    assert found["MRR"] == {"q": 1 / 2, "none": 0}
    assert (found["R@1"]["q"], found["R@5"]["q"]) == (0, 1 / 2)
    # One of two relevant passages, in second place: (1 / log2(3)) / (1 + 1 / log2(3)).
    assert found["nDCG@10"]["q"] == pytest.approx((1 / np.log2(3)) / (1 + 1 / np.log2(3)))
    assert mean(found["MRR"], ["q", "none"]) == 1 / 4


def test_the_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    def interval(n: int) -> tuple[float, float, float]:
        ours = {str(i): float(i % 2) for i in range(n)}
        return tuple(difference(ours, dict.fromkeys(ours, 0.25), list(ours)))

    few, many = interval(20), interval(2000)
    assert few[1] < few[0] < few[2]
    assert many[2] - many[1] < (few[2] - few[1]) / 5


def test_a_constant_difference_has_no_spread() -> None:
    ours = dict.fromkeys("abc", 0.5)
    assert difference(ours, dict.fromkeys("abc", 0.25), list("abc")) == (0.25, 0.25, 0.25)


def test_an_answer_is_found_however_its_text_is_cut_and_spaced() -> None:
    entry = Entry("q", "made", "short", "?", "note", ("to heste",))
    pieces = [
        Piece("1", "note.md", "Der er to\n\theste i folden."),
        Piece("2", "note.md", "Der er tre."),
        Piece("3", "other.md", "to heste"),
    ]
    assert relevant([entry], pieces) == {"q": frozenset({"1"})}


def test_made_documents_are_the_same_each_time_and_twins_differ_only_in_detail() -> None:
    made = make()
    assert made == make()
    assert len(set(made.files.values())) == len(made.files)
    for entry in made.entries:
        text = " ".join(made.files[entry.document].replace("|", " ").split())
        assert any(answer in text for answer in entry.answers), entry
    for entry in (e for e in made.entries if e.kind == "near-identical"):
        number = entry.document.split("_")[0]
        twins = [f for f in made.files if f.startswith(number) and f != entry.document]
        assert len(twins) == 5
        assert not any(entry.answers[0] in made.files[twin] for twin in twins), entry


class Counting:
    """Embeds a text as its length, and counts the texts."""

    name, dimensions = "counting", 1

    def __init__(self) -> None:
        self.count = 0

    def embed_query(self, text: str) -> Vectors:
        return self.embed_passages([text])[0]

    def embed_passages(self, texts: object) -> Vectors:
        assert isinstance(texts, list)
        self.count += len(texts)
        return np.array([[len(t)] for t in texts], np.float32)


def test_vectors_are_kept_between_runs(tmp_path: Path) -> None:
    texts = ["to", "tre", "to", "fire"]
    first, second = Counting(), Counting()
    made = Cached(first, tmp_path).embed_passages(texts)
    kept = Cached(second, tmp_path).embed_passages([*texts, "femten"])
    assert made.tolist() == [[2], [3], [2], [4]] == kept[:4].tolist()
    assert (first.count, second.count) == (3, 1)
