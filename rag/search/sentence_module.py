"""The bundled sentence model as a module of sentence-transformers: the same ONNX, no second copy.

`SentenceTransformer("models/raadsvar-e5", trust_remote_code=True)`: since 6.0
the library loads no module but its own without that word. The product itself
does not need this; it is for those who compare or search with that library.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import torch
from sentence_transformers.base.modules import InputModule

from rag.search.sentence_model import MODEL, TOKENIZER, SentenceModel, padded


class OnnxModule(InputModule):
    """Runs a `SentenceModel`: texts to their ids, ids to vectors of length 1."""

    def __init__(self, folder: Path) -> None:
        """Read the model in `folder`; raises OSError where a file of it is missing."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._folder = folder
        self._model = SentenceModel(folder)
        self.tokenizer = self._model.tokenizer
        self.max_seq_length = self._model.max_tokens

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", *_: Any, **__: Any) -> Self:
        """Return the module of a folder."""
        return cls(Path(model_name_or_path) / subfolder)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Copy the model's two files."""
        for name in (MODEL, TOKENIZER):
            (Path(output_path) / name).write_bytes((self._folder / name).read_bytes())

    def get_embedding_dimension(self) -> int:
        """Return how many components a vector has."""
        return self._model.dimensions

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """Return the ids of texts and which of them count, (texts, longest)."""
        texts = [(prompt or "") + text for text in inputs]
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch_fast(texts)]
        return {name: torch.from_numpy(rows) for name, rows in padded(ids).items()}

    def forward(self, features: dict[str, torch.Tensor], **_: Any) -> dict[str, torch.Tensor]:
        """Add the vectors, (texts, dimensions)."""
        batch = {name: features[name].numpy() for name in ("input_ids", "attention_mask")}
        return features | {"sentence_embedding": torch.from_numpy(self._model.run(batch))}
