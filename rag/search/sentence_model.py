"""The bundled sentence model: multilingual-e5-small, cut and in int8, run by onnxruntime.

Needs no torch. The model says itself what a text's vector is: the mean of its
tokens, of length 1. Which texts are questions and which are passages is told
by the words that the model was trained to see before them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
QUERY, PASSAGE = "query: ", "passage: "
# Small, since onnxruntime keeps the memory of its largest batch.
_BATCH = 16
_LONGER = 1.2  # a batch costs as much as its longest text times their number


def is_sentence_model(folder: Path) -> bool:
    """Say whether `folder` holds a model of this form."""
    return (folder / MODEL).is_file()


class SentenceModel:
    """An embedder (`rag.search.embed.Embedder`) of the ONNX model in a folder.

    `max_tokens` is how many of a text's tokens count; what follows is left out.
    """

    def __init__(self, folder: Path) -> None:
        """Read the model in `folder`; raises OSError where a file of it is missing.

        Raises ValueError where the files are not those of a model.
        """
        content, words = ((folder / name).read_bytes() for name in (MODEL, TOKENIZER))
        self.name = f"{folder.resolve().name}@{sha256(content + words).hexdigest()[:8]}"
        self.tokenizer = tokenizer_of(words)
        self.max_tokens = int((self.tokenizer.truncation or {})["max_length"])
        self._session = session(content)
        self.dimensions = int(self._session.get_outputs()[0].shape[1])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `texts`, one a row."""
        return self.embed([PASSAGE + text for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question."""
        vector: NDArray[np.float32] = self.embed([QUERY + text])[0]
        return vector

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `texts` with what stands before them, one a row.

        Texts of one length share a batch, since a batch is as long as its longest.
        """
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch_fast(list(texts))]
        for batch in _batches([len(row) for row in ids]):
            vectors[batch] = self.run(padded([ids[n] for n in batch]))
        return vectors

    def run(self, batch: dict[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        """Return the vectors of what `padded` made, one a row."""
        return np.asarray(self._session.run(None, batch)[0], np.float32)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of texts of about one length together, the shortest first."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda n: lengths[n]):
        if batch and (len(batch) == _BATCH or lengths[place] > _LONGER * lengths[batch[0]]):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def padded(ids: Sequence[Sequence[int]]) -> dict[str, NDArray[np.int64]]:
    """Return texts' ids as the model takes them: (texts, longest), and which of them count."""
    lengths = np.array([len(row) for row in ids])
    mask = np.arange(lengths.max()) < lengths[:, None]
    rows = np.ones(mask.shape, np.int64)
    rows[mask] = np.concatenate(ids)
    return {"input_ids": rows, "attention_mask": mask.astype(np.int64)}


def tokenizer_of(content: bytes) -> Tokenizer:
    """Return a tokenizer of a file's bytes, which pads nothing."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_buffer(content)
    tokenizer.no_padding()
    return tokenizer


def session(content: bytes) -> InferenceSession:
    """Return a model of a file's bytes, ready to run; raises ValueError where they are none."""
    # Importing it writes an id under the home folder, unless told not to.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from onnxruntime import InferenceSession, SessionOptions
    from onnxruntime.capi.onnxruntime_pybind11_state import InvalidGraph, InvalidProtobuf

    options = SessionOptions()
    # The weights are unpacked once, when loaded, and not at each run.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    # Waiting threads sleep: on busy cores, spinning cost a quarter of the work.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except (InvalidGraph, InvalidProtobuf) as error:
        raise ValueError(str(error)) from error
