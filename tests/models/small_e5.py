"""A small model in the package's format, of random weights."""

import struct
from pathlib import Path

import numpy as np

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 64, 8, 2, 128, 32
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
WORDS = [
    "▁",
    *"abcdefghijklmnopqrstuvwxyzæøå:§½",
    "▁skole",
    "▁vej",
    "▁query",
    "▁passage",
    "漢",
    "▁漢",
]
PIECES = [*SPECIAL, *WORDS]


def packed(weights: np.ndarray) -> bytes:
    """4 bits: blocks of 32 with a float16 scale."""
    rows = weights.reshape(-1, 32)
    scale = (np.abs(rows).max(axis=1, keepdims=True) / 7).astype("<f2")
    nibbles = (np.round(rows / scale.astype(np.float32)) + 8).clip(0, 15).astype(np.uint8)
    halves = nibbles[:, :16] | nibbles[:, 16:] << 4
    return b"".join(s.tobytes() + h.tobytes() for s, h in zip(scale, halves, strict=True))


def tensors(rng: np.random.Generator) -> dict[str, tuple[int, np.ndarray]]:
    """Type (0 = f32, 1 = Q4) and weights, by the file's names."""
    made: dict[str, tuple[int, np.ndarray]] = {
        "emb.word": (1, rng.normal(size=(len(PIECES), HIDDEN))),
        "emb.pos": (0, rng.normal(size=(POSITIONS, HIDDEN)) / 10),
        "emb.type": (0, rng.normal(size=(2, HIDDEN)) / 10),
    }
    for room in ("emb.ln", *(f"l{n}.{ln}" for n in range(LAYERS) for ln in ("aln", "oln"))):
        made[f"{room}.w"] = 0, 1 + rng.normal(size=HIDDEN) / 10
        made[f"{room}.b"] = 0, rng.normal(size=HIDDEN) / 10
    sides = dict.fromkeys(("q", "k", "v", "ao"), (HIDDEN, HIDDEN))
    sides |= {"fi": (INNER, HIDDEN), "fo": (HIDDEN, INNER)}
    for n in range(LAYERS):
        for name, shape in sides.items():
            made[f"l{n}.{name}.w"] = 1, rng.normal(size=shape) / 8
            made[f"l{n}.{name}.b"] = 0, rng.normal(size=shape[0]) / 10
    return {name: (kind, values.astype(np.float32)) for name, (kind, values) in made.items()}


def write(path: Path) -> None:
    """Write the model to a file."""
    sizes = (HIDDEN, LAYERS, HEADS, INNER, len(PIECES), POSITIONS, 2)
    text = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, text)]).astype("<u4")
    scores = np.linspace(-1, -9, len(PIECES)).astype("<f4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, *sizes, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, ends[-1]) + ends.tobytes()
    head += scores.tobytes() + b"".join(text) + struct.pack("<iI", 1, 9) + bytes(9)
    made = tensors(np.random.default_rng(7))
    contents = [packed(v) if kind else v.astype("<f4").tobytes() for kind, v in made.values()]
    at = len(head) + 4 + sum(2 + len(name) + 21 for name in made)
    head += struct.pack("<i", len(made))
    for (name, (kind, values)), content in zip(made.items(), contents, strict=True):
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", kind, values.size, at, len(content))
        at += len(content)
    path.write_bytes(head + b"".join(contents))
