from __future__ import annotations

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from stores import File, make

from rag.home import Home
from rag.search.words import Words
from rag.store.catalogue import Catalogue


def analyse(text: str) -> list[str]:
    return text.lower().split()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def catalogue(home: Home) -> Catalogue:
    return Catalogue(home)


@pytest.fixture
def files(catalogue: Catalogue) -> list[File]:
    files = [
        make("a.txt", "årsværk årsværk nedlægges", "drift af skoler", number="ØU10"),
        make("b.txt", "årsværk i skolerne oprettes", "drift", number="ØU02"),
        make("c.txt", "helt andre ord om veje", number="ØK74"),
    ]
    for file in files:
        file.store(catalogue)
    return files


@pytest.fixture
def words(home: Home, catalogue: Catalogue, files: list[File]) -> Words:
    return Words(home, catalogue, analyse)


def ids(found: list[tuple[str, float]]) -> list[str]:
    return [id for id, _ in found]


def test_scores_are_bm25(home: Home, catalogue: Catalogue, files: list[File]) -> None:
    words = Words(home, catalogue, analyse, head_weight=0)
    found = words.search([("veje", 1.0)], 5)
    lengths = [3, 3, 4, 1, 5]
    k1, b, mean = 1.2, 0.75, sum(lengths) / len(lengths)
    idf = math.log(1 + (5 - 1 + 0.5) / (1 + 0.5))
    expected = idf * (k1 + 1) * 1 / (1 + k1 * (1 - b + b * 5 / mean))
    assert found == [(files[2].passages[0].id, pytest.approx(expected, rel=1e-4))]


def test_best_first_and_only_passages_with_a_term(words: Words, files: list[File]) -> None:
    found = words.search([("årsværk", 1.0), ("nedlægges", 1.0)], 10)
    assert ids(found) == [files[0].passages[0].id, files[1].passages[0].id]
    assert found[0][1] > found[1][1] > 0
    assert words.search([("årsværk", 1.0)], 1) == words.search([("årsværk", 1.0)], 10)[:1]
    assert words.search([("findesikke", 1.0)], 10) == []


def test_weights_weigh(words: Words, files: list[File]) -> None:
    road, school = files[2].passages[0].id, files[0].passages[1].id
    assert ids(words.search([("veje", 2.0), ("skoler", 1.0)], 2)) == [road, school]
    assert ids(words.search([("veje", 1.0), ("skoler", 2.0)], 2)) == [school, road]
    (once,) = words.search([("veje", 1.0)], 1)
    (twice,) = words.search([("veje", 2.0)], 1)
    assert twice[1] == pytest.approx(2 * once[1])


def test_number_title_and_section_count_too(
    home: Home, catalogue: Catalogue, words: Words, files: list[File]
) -> None:
    assert set(ids(words.search([("øu02", 1.0)], 9))) == {p.id for p in files[1].passages}
    headed = make("d.txt", "uden ordet selv", number="ØU11")
    headed.passages = [replace(p, section="Miljøzoner") for p in headed.passages]
    headed.store(catalogue)
    (heavy,) = words.search([("miljøzoner", 1.0)], 9)
    (light,) = Words(home, catalogue, analyse, head_weight=0.1).search([("miljøzoner", 1.0)], 9)
    assert heavy[0] == headed.passages[0].id
    assert heavy[1] == pytest.approx(5 * light[1])


def test_only_the_documents_allowed_with_the_same_scores(words: Words, files: list[File]) -> None:
    everywhere = dict(words.search([("årsværk", 1.0), ("drift", 1.0)], 9))
    only = words.search([("årsværk", 1.0), ("drift", 1.0)], 9, [files[1].documents[0].id])
    assert set(ids(only)) == {p.id for p in files[1].passages}
    assert [s for _, s in only] == pytest.approx([everywhere[id] for id, _ in only])
    assert words.search([("årsværk", 1.0)], 9, []) == []


@pytest.mark.parametrize("terms", [[], [("", 1.0)], [("årsværk", 0.0)], [('"a" AND (b', 1.0)]])
def test_odd_terms_find_nothing(words: Words, terms: list[tuple[str, float]]) -> None:
    assert words.search(terms, 5) == []


def test_the_vocabulary_counts_passages(words: Words, catalogue: Catalogue) -> None:
    counts = words.vocabulary()
    assert counts["årsværk"] == 2
    assert counts["drift"] == 2
    assert set(counts) == {t for p in catalogue.passages() for t in analyse(p.text)}


def test_what_changes_in_the_catalogue_changes_here(
    words: Words, catalogue: Catalogue, files: list[File]
) -> None:
    assert words.search([("veje", 1.0)], 5)
    make("a.txt", "noget om cykelstier").store(catalogue)
    catalogue.remove(files[2].source.id)
    assert words.search([("veje", 1.0)], 5) == words.search([("nedlægges", 1.0)], 5) == []
    assert len(words.search([("cykelstier", 1.0)], 5)) == 1
    assert len(words.search([("oprettes", 1.0)], 5)) == 1


def other_analyse(text: str) -> list[str]:
    return [word[::-1] for word in text.lower().split()]


def test_another_analyser_has_an_index_of_its_own(
    home: Home, catalogue: Catalogue, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert words.search([("veje", 1.0)], 5)
    monkeypatch.setattr("rag.search.words._fingerprint", lambda _: "other")
    other = Words(home, catalogue, other_analyse)
    assert other.search([("veje", 1.0)], 5) == []
    assert other.search([("ejev", 1.0)], 5)


def test_an_analyser_is_known_by_its_code(home: Home, catalogue: Catalogue) -> None:
    from rag.text import language

    makers = {Words(home, catalogue, a)._maker for a in (analyse, language.analyse)}
    assert len(makers) == 2


@pytest.mark.parametrize("harm", ["folder", "store", "garbage", "segment", "state"])
def test_a_broken_index_is_made_again(home: Home, catalogue: Catalogue, harm: str) -> None:
    make("a.txt", "helt andre ord om veje").store(catalogue)
    Words(home, catalogue, analyse).refresh()
    build = json.loads((home.words / "state.json").read_text())["build"]
    store = home.words / build / "store"
    match harm:
        case "folder":
            shutil.rmtree(home.words)
        case "store":
            shutil.rmtree(store)
        case "garbage":
            for path in store.iterdir():
                path.write_bytes(b"\x00\xffgarbage" * 50)
        case "segment":
            next(store.glob("*.term")).unlink()
        case "state":
            (home.words / "state.json").write_text("[]")
    assert len(Words(home, catalogue, analyse).search([("veje", 1.0)], 5)) == 1


def test_the_same_catalogue_gives_the_same_ranking(
    home: Home, catalogue: Catalogue, words: Words
) -> None:
    for n in range(30):
        make(f"lige{n}.txt", "samme ord", number=f"ØU{n + 20}").store(catalogue)
    words.rebuild()
    first = words.search([("samme", 1.0), ("drift", 0.5)], 20)
    words.rebuild()
    assert words.search([("samme", 1.0), ("drift", 0.5)], 20) == first
