import gzip
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from convert_e5 import cut_model
from convert_reader import export
from e5_file import read
from reader_groups import comprehension
from small_e5 import LAYERS
from tokenizers import Tokenizer
from train_reader import Reader, fit, loss_of

from rag.answering import reader as runtime
from rag.answering.windows import Window
from rag.types import Passage

CONTEXT = "vej skole vej"
QUESTIONS = ("skole", "vej", "skole vej", "vej skole", "er vej", "er skole")


@pytest.fixture
def groups(tmp_path: Path) -> dict[str, list[dict[str, Any]]]:
    """Reading comprehension, every third question without an answer, each with a near miss."""
    lines = [
        {
            "question": question,
            "context": f"{CONTEXT} {question}",
            "impossible": n % 3 == 2,
            "answers": [{"text": "skole", "start": 4}, {"text": CONTEXT, "start": 0}],
        }
        for n, question in enumerate(QUESTIONS)
    ]
    path = tmp_path / "reading.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    made = [json.loads(json.dumps(asdict(group))) for group in comprehension(path)]
    for group in made:
        group["others"].append({"above": "vej", "text": "vej vej", "span": None})
    return {"reading": made, "learn": [], "made": []}


def fresh(file: Path) -> tuple[Reader, Tokenizer]:
    """Return a reader that has learnt nothing, the same each time, and its tokenizer."""
    torch.manual_seed(0)
    model, words = cut_model(read(file), ["skole vej er", "query: passage: er"] * 2)
    words.no_padding()
    words.no_truncation()
    return Reader(model), words


def test_comprehension_gives_the_shortest_answer_and_its_place(
    groups: dict[str, list[dict[str, Any]]],
) -> None:
    answered, _, impossible, *_ = groups["reading"]
    (window,) = answered["answering"]
    start, end = window["span"]
    assert window["text"][start:end] == "skole"
    assert impossible["answering"] == []
    assert impossible["others"][0]["text"] == f"{CONTEXT} {impossible['question']}"


def test_training_carries_on_as_if_it_had_not_stopped(
    file: Path, tmp_path: Path, groups: dict[str, list[dict[str, Any]]]
) -> None:
    def trained(state: str, *stops: bool) -> dict[str, torch.Tensor]:
        for stop in stops:
            reader, words = fresh(file)
            fit(reader, words, groups, tmp_path / state, 3, stop)
        return reader.state_dict()

    start = fresh(file)[0].state_dict()
    straight = trained("straight.pt", False)
    stopped = trained("stopped.pt", True, True, False)
    assert torch.load(tmp_path / "stopped.pt", weights_only=True)["step"] == 3
    for learnt in ("answers", "span", f"model.encoder.layer.{LAYERS - 1}.output.dense"):
        assert not torch.equal(straight[f"{learnt}.weight"], start[f"{learnt}.weight"]), learnt
    for frozen in ("model.embeddings.word_embeddings", "model.encoder.layer.0.output.dense"):
        assert torch.equal(straight[f"{frozen}.weight"], start[f"{frozen}.weight"]), frozen
    for name, weight in straight.items():
        torch.testing.assert_close(stopped[name], weight)


def test_what_is_learnt_lessens_the_loss(
    file: Path, tmp_path: Path, groups: dict[str, list[dict[str, Any]]]
) -> None:
    reader, words = fresh(file)
    batch = [(g["question"], [*g["answering"], *g["others"]]) for g in groups["reading"]]
    before = float(loss_of(reader.eval(), words, batch).detach())
    fit(reader, words, groups, tmp_path / "state.pt", 20, False)
    assert float(loss_of(reader.eval(), words, batch).detach()) < before


def test_the_model_made_of_it_reads_as_it_does(file: Path, tmp_path: Path) -> None:
    reader, words = fresh(file)
    export(reader.eval(), tmp_path / "model.onnx")
    onnx.checker.check_model(onnx.load(tmp_path / "model.onnx"))
    words.save(str(tmp_path / "tokenizer.json"))
    model = runtime.Reader(tmp_path, tmp_path / "tokenizer.json")
    window = Window(Passage("p", "d", 1, 0, 13, "", CONTEXT), "vej", 0, len(CONTEXT))
    (told,) = model.read("skole", [window])
    pair = runtime.encoded(words, "skole", window.above, window.text)
    ids = torch.tensor([pair.ids])
    with torch.no_grad():
        scores, spans = reader(ids, torch.ones_like(ids))
    assert told.score == pytest.approx(float(scores[0]), abs=1e-3)
    own = spans[0, pair.first : pair.first + len(pair.offsets)].softmax(0).numpy()
    np.testing.assert_allclose(np.stack([told.starts, told.ends], 1), own, atol=1e-3)
    assert CONTEXT[slice(*told.span)]
