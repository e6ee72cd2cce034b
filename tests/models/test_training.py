import gzip
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from draws import MUNICIPALITIES, Glossary, sentence_and_rest
from pairs import FILES, read
from vocabulary import learn_tokenizer

from rag.search.embed import StaticEmbedder

MODELS = Path(__file__).parents[2] / "models"
SUBJECTS = ["skolen", "vejen", "parken", "havnen", "broen", "hallen", "stien", "pladsen"]
ENGLISH = ["school", "road", "park", "harbour", "bridge", "hall", "path", "square"]
HOW = {"lukket": "closed", "åben": "open", "dyr": "expensive", "ny": "new", "våd": "wet"}
WHEN = {
    "nu": "now",
    "altid": "always",
    "om natten": "at night",
    "i dag": "today",
    "aldrig": "never",
}


def zipped(path: Path, lines: list[str]) -> None:
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode()))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The four training files, small, made up."""
    folder = tmp_path_factory.mktemp("data")
    numbers = range(400)
    pairs = [
        f"{place} er {da_how} {da_when}\tthe {english} is {how} {when}\ttatoeba"
        for place, english in zip(SUBJECTS, ENGLISH, strict=True)
        for da_how, how in HOW.items()
        for da_when, when in WHEN.items()
    ]
    zipped(folder / FILES[0], [*pairs, "bro\tbridge\teforms", "skole\tschool\tcdt-words"])
    zipped(
        folder / FILES[1],
        [
            f"2020:{n}\tLov nr. {n // 3} om {SUBJECTS[n % 8]}\tFørst om {SUBJECTS[n % 8]}. "
            f"Her gælder {n}. Det er nok {n + 1}."
            for n in numbers
        ],
    )
    zipped(
        folder / FILES[2],
        [f"Vi taler om {SUBJECTS[n % 8]}. Det er sag {n}. Vi er enige." for n in numbers],
    )
    zipped(
        folder / FILES[3],
        [json.dumps({"question": f"Hvad koster {n}?", "answer": f"{n} kr."}) for n in range(40)],
    )
    return folder


def test_nothing_held_out_is_trained_on(data: Path) -> None:
    train, held = read(data)
    assert held.sentences and held.provisions and held.paragraphs and held.answers
    sides = {side for pair in held.sentences for side in pair}
    assert not sides & {side for pair in train.sentences + train.terms for side in pair}
    assert not {title for title, _ in held.provisions} & {title for title, _ in train.provisions}
    assert not {tuple(p) for p in held.paragraphs} & {tuple(p) for p in train.paragraphs}
    assert not set(held.answers) & set(train.answers)


def test_without_parliament_its_text_is_not_trained_on(data: Path) -> None:
    train, held = read(data, parliament=False)
    assert not train.paragraphs and not train.answers
    assert held.paragraphs


def test_the_tokenizer_keeps_words_and_years_and_splits_compounds() -> None:
    words = ["ramme", "besparelsen", "kommunen", "sparer"] * 40
    rare = [f"{a}{b}" for a in ("kommune", "skole", "vej") for b in ("plan", "budget", "fond")]
    texts = [" ".join(words), " ".join(rare)]
    tokenizer = learn_tokenizer(texts, ["the saving the saving"], size=1130, parts=60)
    pieces = tokenizer.encode("Rammebesparelsen i ØU10: −1.234,5 % i 2027-2029").tokens
    assert pieces[:2] == ["ramme", "besparelsen"]
    assert pieces[-2:] == ["2027", "2029"]
    assert [piece for piece in pieces if piece.isdigit()][:4] == ["10", "1", "234", "5"]
    assert tokenizer.encode("the saving").tokens == ["the", "saving"]


def test_a_drawn_sentence_is_not_in_its_rest() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        sentence, rest = sentence_and_rest(rng, [[1, 2], [3], [4, 5, 6]])
        assert sorted(sentence + rest) == [1, 2, 3, 4, 5, 6]


def test_training_makes_a_model_that_has_learnt(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "small"
    program = [sys.executable, str(MODELS / "train.py"), "--data", str(data), "--out", str(out)]
    run = subprocess.run(
        [*program, "--steps", "40", "--threads", "1"], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    row = next(line for line in run.stdout.splitlines() if "accuracy@1" in line)
    untrained, trained = (float(cell) for cell in row.split("|")[2:4])
    assert trained > untrained
    embedder = StaticEmbedder(out)
    school, same, other = embedder.embed_passages(["skolen", "school", "harbour"])
    assert school @ same > school @ other


def test_the_glossary_is_well_formed() -> None:
    lines = (MODELS / "glossary.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        sides = [side.split("|") for side in line.split("\t")]
        assert len(sides) == 2, line
        assert all(word and word == word.strip() for side in sides for word in side), line
    assert len(set(lines)) == len(lines)


def test_a_hard_negative_differs_in_year_or_municipality_alone() -> None:
    words = (MODELS / "glossary.tsv").read_text(encoding="utf-8").replace("|", " ")
    texts = [words, *MUNICIPALITIES]
    tokenizer = learn_tokenizer(texts, texts, size=3000, parts=300)
    glossary = Glossary(tokenizer, MODELS / "glossary.tsv")
    rng = np.random.default_rng(0)
    for _ in range(50):
        _, right, wrong = glossary.proposal(rng, glossary.rows[0])
        assert right != wrong
        assert right[:2] == wrong[:2]
