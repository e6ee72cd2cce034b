"""Train the bilingual static embedding: `python models/train.py --data FOLDER`.

The recipe and its figures are in README.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from pathlib import Path

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}

import numpy as np
import torch
from draws import Ids, Row, Task, encode, tasks
from measure import Embed, measure
from ngrams import NGrams
from numpy.typing import NDArray
from pairs import Texts, read
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import (
    MatryoshkaLoss,
    MultipleNegativesRankingLoss,
)
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer
from torch.nn.utils import parametrize
from vocabulary import UNKNOWN, learn_tokenizer

HERE = Path(__file__).resolve().parent
SEED = 20261121
VOCABULARY, PARTS = 56_000, 8_000
DIMENSIONS = [256, 128, 64]
BATCH, RATE, WARM_UP = 1024, 0.02, 50
DROPPED = 0.2  # of a text's tokens, anew each time it is drawn
RARE = 1e-3  # SIF (Arora et al. 2017): a token starts with length RARE / (RARE + probability)


def main() -> None:
    """Read, hold out, train, measure, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files")
    parser.add_argument("--out", type=Path, default=HERE / "raadsvar-static")
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--parliament", action="store_true", help="train on debates too")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    started = time.monotonic()

    train, held = read(options.data, parliament=options.parliament)
    glossary = HERE / "glossary.tsv"
    ours = glossary.read_text(encoding="utf-8").replace("|", " ").splitlines()
    danish, english = ([line.split("\t")[side] for line in ours] for side in (0, 1))
    tokenizer = learn_tokenizer(
        [*train.danish(), *danish], [*train.english(), *english * 2], VOCABULARY, PARTS
    )
    model = start_model(tokenizer, train, rng)
    before = measure(embed_with(model), held)
    fit(model, tasks(tokenizer, train, glossary), options.steps, rng)
    save(model, options.out)
    saved = SentenceTransformer(str(options.out), device="cpu")
    print_table(before, [measure(embed_with(saved), held, d) for d in DIMENSIONS])
    print(f"{time.monotonic() - started:.0f} s")


def start_model(
    tokenizer: Tokenizer, texts: Texts, rng: np.random.Generator
) -> SentenceTransformer:
    """Return an untrained model: random directions, rare tokens longer than common ones.

    A token's probability is taken from the language where it is more common.
    """
    size = tokenizer.get_vocab_size()
    probability = np.zeros(size)
    for side in (texts.danish(), texts.english()):
        counts = np.bincount(np.concatenate(encode(tokenizer, list(side))).astype(int), None, size)
        probability = np.maximum(probability, counts / counts.sum())
    vectors = rng.standard_normal((size, DIMENSIONS[0])) / DIMENSIONS[0] ** 0.5
    vectors *= (RARE / (RARE + probability))[:, None]
    vectors[tokenizer.token_to_id(UNKNOWN)] = 0
    static = StaticEmbedding(tokenizer, embedding_weights=vectors.astype(np.float32))
    return SentenceTransformer(modules=[static, Normalize()], device="cpu")


def fit(model: SentenceTransformer, work: list[Task], steps: int, rng: np.random.Generator) -> None:
    """Train `model` in place: a task a step, its batch's other rows as negatives."""
    embedding = model[0].embedding
    tokens = [model[0].tokenizer.id_to_token(n) for n in range(embedding.num_embeddings)]
    lengths = embedding.weight.detach().norm(dim=1, keepdim=True)
    ngrams = NGrams(tokens, lengths, embedding.embedding_dim)
    parametrize.register_parametrization(embedding, "weight", ngrams)
    loss_of = MatryoshkaLoss(model, MultipleNegativesRankingLoss(model), DIMENSIONS)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, fused=True)
    work = [task for task in work if task.groups]
    shares = np.array([task.share for task in work])
    for step in range(steps):
        task = work[rng.choice(len(work), p=shares / shares.sum())]
        columns = list(zip(*draw_batch(task, rng), strict=True))
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * (1 - step / steps)
        with parametrize.cached():
            loss = loss_of([features(column) for column in columns], torch.empty(0))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if (step + 1) % 100 == 0:
            print(f"step {step + 1} of {steps}", flush=True)
    parametrize.remove_parametrizations(embedding, "weight")


def draw_batch(task: Task, rng: np.random.Generator) -> list[Row]:
    """Return up to BATCH rows of `task`, no group twice, with some tokens dropped."""
    count = min(BATCH, len(task.groups))
    chosen = rng.choice(len(task.groups), count, replace=False)
    rows = [task.draw(rng, task.groups[n]) for n in chosen]
    return [tuple(thin(text, rng) for text in row) for row in rows if all(row)]


def thin(text: Ids, rng: np.random.Generator) -> Ids:
    """Return `text` without a random part of its tokens, but never empty."""
    kept = [t for t, chance in zip(text, rng.random(len(text)), strict=True) if chance > DROPPED]
    return kept or text


def features(texts: Sequence[Ids]) -> dict[str, torch.Tensor]:
    """Return token ids in the form that StaticEmbedding takes."""
    starts = np.cumsum([0, *(len(text) for text in texts[:-1])])
    ids = torch.tensor([token for text in texts for token in text])
    return {"input_ids": ids, "offsets": torch.from_numpy(starts)}


def save(model: SentenceTransformer, folder: Path) -> None:
    """Save in sentence-transformers' format, each vector as int8 with a factor of its own."""
    model.save_pretrained(str(folder), create_model_card=False)
    vectors: NDArray[np.float32] = model[0].embedding.weight.detach().numpy().copy()
    tokenizer = model[0].tokenizer
    vectors[tokenizer.token_to_id(UNKNOWN)] = 0
    factors = np.maximum(np.abs(vectors).max(axis=1) / 127, 1e-9).astype(np.float32)
    rounded = np.round(vectors / factors[:, None]).astype(np.int8)
    save_file({"embeddings": rounded, "weights": factors}, folder / "model.safetensors")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


def embed_with(model: SentenceTransformer) -> Embed:
    """Return `model` as a function from texts to vectors."""
    return lambda texts: model.encode(list(texts), batch_size=512, show_progress_bar=False)


def print_table(before: dict[str, float], after: list[dict[str, float]]) -> None:
    """Print the held-out figures, untrained and trained, a row a figure."""
    heads = ["untrained", *(f"{dimensions} dim." for dimensions in DIMENSIONS)]
    print("|".join(["", "held out".ljust(40), *(f"{head:>10}" for head in heads), ""]))
    for name, value in before.items():
        cells = [value, *(figures[name] for figures in after)]
        print("|".join(["", name.ljust(40), *(f"{cell:10.3f}" for cell in cells), ""]))


if __name__ == "__main__":
    main()
