from pathlib import Path

import numpy as np
import pytest
import torch
from convert_e5 import Pooled, cut_model, save
from draws import Task, either_way
from e5_file import read
from small_e5 import HIDDEN, LAYERS, PIECES, POSITIONS, tensors
from train_e5 import fit

from rag.search.sentence_model import SentenceModel

TEXTS = ["skole vej", "skole vej", "query: passage: query: passage:"]


def test_the_file_is_read_as_it_was_written(file: Path) -> None:
    whole = read(file)
    assert (whole.hidden, whole.layers, whole.positions) == (HIDDEN, LAYERS, POSITIONS)
    assert [piece for piece, _ in whole.pieces] == PIECES
    written = tensors(np.random.default_rng(7))
    _, up = written["l3.fi.w"]
    ours = whole.weights["encoder.layer.3.intermediate.dense.weight"]
    assert ours.shape == up.shape
    assert np.abs(ours - up).max() < np.abs(up).max() / 7
    np.testing.assert_array_equal(
        whole.weights["encoder.layer.1.output.LayerNorm.bias"], written["l1.oln.b"][1]
    )


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match=r"other\.bin"):
        read(tmp_path / "other.bin")


def test_the_cut_keeps_what_is_used_twice_and_letters(file: Path) -> None:
    whole = read(file)
    _, words = cut_model(whole, ["skole vej", "skole", "query: query:"])
    kept = [words.id_to_token(n) for n in range(words.get_vocab_size())]
    assert kept == [p for p in PIECES if p not in {"▁vej", "▁passage", "漢", "▁漢"}]
    assert "<unk>" not in words.encode("vej æøå §½").tokens


def test_what_is_saved_gives_the_vectors_of_the_whole_model(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pack.LARGE", 1)
    whole = read(file)
    everything, all_words = cut_model(whole, [p.removeprefix("▁") for p in PIECES[4:]] * 2)
    model, words = cut_model(whole, TEXTS)
    assert words.get_vocab_size() < all_words.get_vocab_size()
    save(model, words, tmp_path)
    runtime = SentenceModel(tmp_path)
    for text in ("skole", "vej skole gade"):
        ids = torch.tensor([all_words.encode("query: " + text).ids])
        vector = Pooled(everything)(ids, torch.ones_like(ids)).detach().numpy()[0]
        assert vector @ runtime.embed_query(text) > 0.999


def test_training_carries_on_as_if_it_had_not_stopped(file: Path, tmp_path: Path) -> None:
    groups = [([n], [n + 1, n + 2]) for n in range(4, 30)]
    work = [Task(1.0, groups, either_way)]
    rooms = [[4], [5]]

    def trained(state: Path, *stops: bool) -> dict[str, torch.Tensor]:
        for stop in stops:
            torch.manual_seed(0)
            model, _ = cut_model(read(file), TEXTS)
            fit(model, work, rooms, tmp_path / state, 4, stop)
        return model.state_dict()

    start = cut_model(read(file), TEXTS)[0].state_dict()
    straight = trained(Path("straight.pt"), False)
    stopped = trained(Path("stopped.pt"), True, True, False)
    upper = f"encoder.layer.{LAYERS - 1}.output.dense.weight"
    lower = "encoder.layer.0.output.dense.weight"
    assert not torch.equal(straight[upper], start[upper])
    assert torch.equal(straight[lower], start[lower])
    for name, weight in straight.items():
        torch.testing.assert_close(stopped[name], weight)
