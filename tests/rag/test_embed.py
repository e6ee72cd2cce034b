import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.search.embed import (
    BUNDLED,
    SETTING,
    WORDS,
    Embedder,
    ModelMissing,
    StaticEmbedder,
    TransformerEmbedder,
    load_embedder,
)

TEXTS = [
    "Hvor mange årsværk koster forslaget i 2029?",
    "How many FTE are cut in 2029?",
    "",
    "☃ …",
    "Rammebesparelsen på 1.234,5 mio. kr. (−2½ pct.) i ØU10",
    "budget " * 3000,
]
# Danish, and the same said in English.
PAIRS = [
    ("Kommunen sparer på rengøringen af skolerne", "The municipality saves on cleaning schools"),
    ("Antallet af stillinger falder", "The number of positions is falling"),
    ("Byrådet har vedtaget budgettet", "The city council has adopted the budget"),
    ("Flere ældre skal have hjælp i hjemmet", "More elderly people need help at home"),
    ("Vejene skal repareres til foråret", "The roads are to be repaired in the spring"),
    ("Udgifterne til medicin stiger", "Spending on medicine is rising"),
    ("Børnene får gratis frokost", "The children get a free lunch"),
    ("Bygningen sælges næste år", "The building will be sold next year"),
    ("Borgerne klager over støj", "Citizens complain about noise"),
    ("Aftalen gælder i to år", "The agreement is valid for two years"),
]


@pytest.fixture(scope="module")
def bundled() -> StaticEmbedder:
    return StaticEmbedder(WORDS)


@pytest.fixture(scope="module")
def through_torch() -> TransformerEmbedder:
    return TransformerEmbedder(str(WORDS))


def test_both_ways_of_running_the_bundled_model_agree(bundled, through_torch) -> None:
    np.testing.assert_allclose(
        bundled.embed_passages(TEXTS), through_torch.embed_passages(TEXTS), atol=1e-3
    )
    np.testing.assert_allclose(
        bundled.embed_query(TEXTS[0]), through_torch.embed_query(TEXTS[0]), atol=1e-3
    )


def test_no_torch_for_the_bundled_model() -> None:
    program = (
        "import sys; from rag.search.embed import load_embedder;"
        "load_embedder().embed_query('budget');"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=WORDS.parent.parent, capture_output=True, text=True
    )
    assert (run.stdout.strip(), run.returncode) == ("[]", 0), run.stderr


def test_vectors_have_length_one_or_are_zero(bundled) -> None:
    vectors = bundled.embed_passages(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), bundled.dimensions)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, 0, 1, 1], atol=1e-5)
    assert bundled.embed_passages([]).shape == (0, bundled.dimensions)


@settings(max_examples=50, deadline=None)
@given(texts=st.lists(st.text(max_size=60), max_size=8))
def test_a_vector_depends_on_its_text_alone(bundled, texts: list[str]) -> None:
    together = bundled.embed_passages(texts)
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_allclose(vector, bundled.embed_query(text), atol=1e-5)
    assert np.isfinite(together).all()


def test_case_and_line_end_hyphens_do_not_matter(bundled) -> None:
    a, b = bundled.embed_passages(["RAMMEBESPARELSE", "ramme\u00adbesparelse"])
    np.testing.assert_allclose(a, b)


def test_a_year_is_one_token_and_tells_texts_apart(bundled) -> None:
    question, right, wrong = bundled.embed_passages(
        ["besparelse i 2027", "Besparelsen i 2027 er varig", "Besparelsen i 2024 er varig"]
    )
    assert question @ right > question @ wrong


def test_translations_are_nearest(bundled) -> None:
    danish, english = (bundled.embed_passages(side) for side in zip(*PAIRS, strict=True))
    nearest = (english @ danish.T).argmax(axis=1)
    assert (nearest == np.arange(len(PAIRS))).sum() >= len(PAIRS) - 1


def test_a_compound_is_near_its_parts(bundled) -> None:
    compound, part, other = bundled.embed_passages(["rammebesparelsen", "besparelse", "havnebad"])
    assert compound @ part > compound @ other + 0.2


def test_the_name_tells_the_content(tmp_path: Path, bundled) -> None:
    copy = tmp_path / WORDS.name
    copy.mkdir()
    for file in ("model.safetensors", "tokenizer.json", "modules.json"):
        (copy / file).write_bytes((WORDS / file).read_bytes())
    assert load_embedder(str(copy)).name == bundled.name
    tokenizer = json.loads((copy / "tokenizer.json").read_bytes())
    tokenizer["model"]["vocab"][-1][1] -= 1
    (copy / "tokenizer.json").write_text(json.dumps(tokenizer))
    assert load_embedder(str(copy)).name != bundled.name


def test_the_setting_chooses(monkeypatch: pytest.MonkeyPatch, bundled) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    default: Embedder = load_embedder()
    assert default.name.partition("@")[0] == BUNDLED.name
    monkeypatch.setenv(SETTING, "nobody/no-such-model")
    with pytest.raises(ModelMissing) as caught:
        load_embedder()
    assert "hf download nobody/no-such-model" in caught.value.message.da
    assert "hf download nobody/no-such-model" in caught.value.message.en


def test_a_folder_that_holds_no_model_says_so(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(ModelMissing) as caught:
        load_embedder(str(tmp_path))
    assert str(tmp_path) in caught.value.message.da


def test_e5_gets_its_prompts_and_a_name_of_its_own(tmp_path: Path, bundled, through_torch) -> None:
    folder = tmp_path / "multilingual-e5-small"
    through_torch._model.save_pretrained(str(folder), create_model_card=False)
    e5 = TransformerEmbedder(str(folder))
    asked, found = "hvor meget spares der", "Der spares en del"
    np.testing.assert_allclose(
        e5.embed_query(asked), bundled.embed_query("query: " + asked), atol=1e-3
    )
    np.testing.assert_allclose(
        e5.embed_passages([found])[0], bundled.embed_query("passage: " + found), atol=1e-3
    )
    assert e5.name.split("@")[1] != through_torch.name.split("@")[1]
