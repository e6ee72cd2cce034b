"""Text to vectors: the bundled models, or any sentence-transformers model.

The bundled ones run without torch, so that a question on the command line
does not wait for it. Nothing here downloads:
a model of another name must be on the machine already.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import ModelError
from rag.search.sentence_model import SentenceModel, is_sentence_model
from rag.types import Text

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

_MODELS = Path(__file__).resolve().parents[2] / "models"
BUNDLED, WORDS = _MODELS / "raadsvar-e5", _MODELS / "raadsvar-static"
SETTING = "RAADSVAR_EMBEDDER"
_BATCH = 256
# The E5 models were trained with these prompts and rank badly without them,
# but the files on the hub do not say so.
_E5 = re.compile(r"\be5-(small|base|large)(-v2)?$")
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}


class ModelMissing(ModelError):  # noqa: N818
    """The embedding model asked for is not on this machine; the message says how to get it."""


class Embedder(Protocol):
    """Makes vectors whose dot product says how near two texts are.

    `name` is the model's name and the version of its content: vectors of
    another name must never be compared. Vectors have `dimensions` float32
    components and length 1; a text without a known token is the zero vector.
    """

    name: str
    dimensions: int

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, one a row: (len(texts), dimensions)."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question: (dimensions,)."""
        ...


def load_embedder(setting: str | None = None) -> Embedder:
    """Return the embedder named by `setting`, by RAADSVAR_EMBEDDER, or the bundled one.

    A setting is a folder or a name of a sentence-transformers model. Raises
    ModelMissing where it is not on this machine.
    """
    setting = setting or os.environ.get(SETTING) or str(BUNDLED)
    folder = Path(setting).expanduser()
    if is_sentence_model(folder) or folder.resolve() == BUNDLED:
        return _sentence_model(folder)
    return StaticEmbedder(folder) if _is_static(folder) else TransformerEmbedder(setting)


def load_word_embedder() -> StaticEmbedder:
    """Return the bundled model of single words, which tells which of them mean nearly the same.

    A sentence model puts all words near each other. Raises ModelMissing where it is not there.
    """
    return StaticEmbedder(WORDS)


def _sentence_model(folder: Path) -> SentenceModel:
    try:
        return SentenceModel(folder)
    except (OSError, ValueError) as error:
        raise ModelMissing(_missing(str(folder), error)) from error


def _is_static(folder: Path) -> bool:
    """Say whether `folder` holds a static embedding and nothing but."""
    modules = folder / "modules.json"
    if not modules.is_file():
        return folder.resolve() == WORDS
    types = [module["type"].rsplit(".", 1)[-1] for module in json.loads(modules.read_bytes())]
    return types[0] == "StaticEmbedding" and set(types[1:]) <= {"Normalize"}


class StaticEmbedder:
    """A sentence-transformers StaticEmbedding, run without torch.

    A text's vector is the mean of its tokens' rows, normalised. The rows are
    float, or int8 with a factor for each (sentence-transformers reads both).
    """

    def __init__(self, folder: Path) -> None:
        """Load the model in `folder`; raises ModelMissing where there is none."""
        from safetensors.numpy import load

        try:
            weights = (folder / "model.safetensors").read_bytes()
            tokenizer = (folder / "tokenizer.json").read_bytes()
        except OSError as error:
            raise ModelMissing(_missing(str(folder), error)) from error
        tensors = load(weights)
        self._rows = tensors["embedding.weight" if "embedding.weight" in tensors else "embeddings"]
        self._factors = tensors.get("weights")
        self._tokenizer_json = tokenizer
        self.dimensions = int(self._rows.shape[1])
        self.name = f"{folder.resolve().name}@{sha256(weights + tokenizer).hexdigest()[:8]}"

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        # Slow to make, and most questions for a figure embed nothing.
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_buffer(self._tokenizer_json)
        tokenizer.no_padding()
        return tokenizer

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of `texts`, one a row."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for at in range(0, len(texts), _BATCH):
            self._sum_tokens(texts[at : at + _BATCH], vectors[at : at + _BATCH])
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of `text`."""
        vector: Vectors = self.embed_passages([text])[0]
        return vector

    def _sum_tokens(self, texts: Sequence[str], out: Vectors) -> None:
        """Add up the rows of each text's tokens into its row of `out`."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        lengths = np.array([len(encoding.ids) for encoding in encodings])
        ids = np.array([i for encoding in encodings for i in encoding.ids], dtype=np.int64)
        if not len(ids):
            return
        rows = self._rows[ids].astype(np.float32)
        factors = np.ones(len(ids), np.float32) if self._factors is None else self._factors[ids]
        ends = np.cumsum(lengths).tolist()
        for row, (start, end) in enumerate(pairwise((0, *ends))):
            np.matmul(factors[start:end], rows[start:end], out=out[row])


class TransformerEmbedder:
    """Any sentence-transformers model already on this machine, by name or folder.

    Questions and passages get the model's own prompts. Importing the library
    takes seconds, so it waits until a model is made.
    """

    def __init__(self, name: str) -> None:
        """Load the model; raises ModelMissing where it is not on this machine."""
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("DO_NOT_TRACK", "1")
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer

        folder = Path(name).expanduser()
        place = str(folder) if folder.is_dir() else name
        try:
            self._model = SentenceTransformer(place, local_files_only=True)
        except (OSError, ValueError) as error:
            raise ModelMissing(_missing(name, error)) from error
        if _E5.search(name) and not any(self._model.prompts.values()):
            self._model.prompts = dict(_E5_PROMPTS)
        self.dimensions = int(self._model.get_embedding_dimension() or 0)
        self.name = f"{folder.name if folder.is_dir() else name}@{_fingerprint(self._model)}"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of `texts`, one a row."""
        vectors = self._model.encode_document(
            list(texts), normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32).reshape(len(texts), self.dimensions)

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of `text`."""
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, np.float32)


def _fingerprint(model: SentenceTransformer) -> str:
    """Return eight hex digits of a model's content: its prompts and a sample of each weight.

    A sample, because hashing the gigabytes of a large model takes seconds.
    """
    digest = sha256(json.dumps(model.prompts, sort_keys=True).encode())
    for key, weight in model.state_dict().items():
        sample = weight.flatten()[:: max(1, weight.numel() // 64)]
        digest.update(f"{key} {tuple(weight.shape)}".encode())
        digest.update(sample.float().cpu().numpy().tobytes())
    return digest.hexdigest()[:8]


def _missing(name: str, error: Exception) -> Text:
    """Say that the model `name` cannot be loaded, and what to do about it."""
    folder = Path(name).expanduser()
    if folder.resolve() in (BUNDLED, WORDS):
        get = f"git checkout -- models/{folder.name}"
        return Text(
            f"Den medfølgende embeddingmodel mangler i {name}. Hent den igen: {get}",
            f"The bundled embedding model is missing in {name}. Get it back: {get}",
        )
    if folder.exists():
        return Text(
            f"{name} kan ikke læses som en embeddingmodel ({error}). Hent modellen igen, eller "
            f"ret {SETTING}.",
            f"{name} cannot be read as an embedding model ({error}). Get the model again, or "
            f"correct {SETTING}.",
        )
    get = f"hf download {name}"
    return Text(
        f"Embeddingmodellen »{name}« findes ikke på denne maskine. Hent den, mens der er "
        f"netadgang ({get}), eller sæt {SETTING} til en mappe med modellen.",
        f'The embedding model "{name}" is not on this machine. Get it while there is network '
        f"access ({get}), or set {SETTING} to a folder that holds the model.",
    )
