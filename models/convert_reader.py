"""Make models/raadsvar-reader of what train_reader.py learnt: int8 weights in ONNX."""

from __future__ import annotations

import argparse
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from convert_e5 import HERE, cut_model
from e5_file import packaged, read
from pack import pack
from pairs import training_lines
from train_reader import Reader


def main() -> None:
    """Load what is learnt, convert, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files")
    parser.add_argument("--state", type=Path, required=True, help="where training stands")
    parser.add_argument("--out", type=Path, default=HERE / "raadsvar-reader")
    options = parser.parse_args()
    reader = Reader(cut_model(read(packaged()), training_lines(options.data))[0])
    reader.load_state_dict(torch.load(options.state, weights_only=True)["reader"])
    options.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as room:
        full = Path(room) / "model.onnx"
        export(reader.eval(), full)
        onnx.save(pack(onnx.load(full)), options.out / "model.onnx")
    print(f"{(options.out / 'model.onnx').stat().st_size / 1e6:.1f} MB")


def export(reader: Reader, path: Path) -> None:
    """Write the reader as ONNX in float32."""
    ids = torch.tensor([[0, 5, 6, 2], [0, 7, 2, 1]])
    inputs = {"input_ids": ids, "attention_mask": (ids != 1).long()}
    sizes = {0: "windows", 1: "longest"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter that needs no onnxscript is called old
        torch.onnx.export(
            reader,
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=["scores", "spans"],
            dynamic_axes={**dict.fromkeys((*inputs, "spans"), sizes), "scores": {0: "windows"}},
            opset_version=17,
            dynamo=False,
        )


if __name__ == "__main__":
    main()
