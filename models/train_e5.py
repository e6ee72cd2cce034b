"""Train the cut sentence model on: `python models/train_e5.py --data FOLDER --state FILE`.

Stops at any step (Ctrl-C, a kill, `--minutes`) and carries on from where it
stopped when started again: what a step draws depends on its number alone.
`convert_e5.py --weights FILE` makes the model of what is learnt.
"""

from __future__ import annotations

import argparse
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}

import numpy as np
import torch
from convert_e5 import Pooled, cut_model
from draws import Ids, Row, Task, encode, tasks
from e5_file import BOS, EOS, PAD, packaged, read
from pairs import read as read_pairs
from pairs import training_lines
from torch import Tensor, nn
from transformers import BertModel

HERE = Path(__file__).resolve().parent
SEED = 20261201
BATCH, LONGEST = 32, 96  # rows, tokens
RATE, WARM_UP, CLIP = 2e-5, 20, 1.0
TEMPERATURE = 0.02
FROZEN = 6  # layers from below, and the embeddings: the tongue is known, the subject is new
SAVE_EVERY = 10
ROOMS = ("query: ", "passage: ")


class Stop:
    """Whether to stop after the step in hand: asked for by a signal, or out of time."""

    def __init__(self, minutes: float) -> None:
        self._until = time.monotonic() + 60 * minutes
        self._asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self._asked = True

    def __bool__(self) -> bool:
        return self._asked or time.monotonic() > self._until


def main() -> None:
    """Read, hold out, carry on, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files")
    parser.add_argument("--state", type=Path, required=True, help="where training stands")
    parser.add_argument("--file", type=Path, help="the package's file (default: as installed)")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model, words = cut_model(read(options.file or packaged()), training_lines(options.data))
    words.no_padding()
    words.no_truncation()
    train, _ = read_pairs(options.data, parliament=False)
    work = [t for t in tasks(words, train, HERE / "glossary.tsv") if t.groups]
    fit(model, work, encode(words, ROOMS), options.state, options.steps, Stop(options.minutes))


def fit(
    model: BertModel,
    work: Sequence[Task],
    rooms: list[Ids],
    state: Path,
    steps: int,
    stop: Stop | bool,
) -> None:
    """Train `model` in place up to `steps`, from where `state` stands, until told to stop."""
    learnt = freeze(model)
    optimizer = torch.optim.AdamW(learnt, lr=RATE, weight_decay=0.01)
    first = resume(state, model, optimizer)
    shares = np.array([task.share for task in work])
    losses: list[float] = []
    for step in range(first, steps):
        rng = np.random.default_rng([SEED, step])
        task = work[rng.choice(len(work), p=shares / shares.sum())]
        loss = contrast(model, draw_batch(task, rng), rooms)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learnt, CLIP)
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * (1 - step / steps)
        optimizer.step()
        losses.append(loss.item())
        done = bool(stop) or step + 1 == steps
        if done or (step + 1) % SAVE_EVERY == 0:
            keep(state, model, optimizer, step + 1)
            print(f"step {step + 1} of {steps}, loss {np.mean(losses):.3f}", flush=True)
            losses.clear()
        if done:
            return


def freeze(model: BertModel) -> list[nn.Parameter]:
    """Let only the upper layers learn; return their weights."""
    for part in (model.embeddings, *model.encoder.layer[:FROZEN]):
        part.requires_grad_(False)
    return [weight for weight in model.parameters() if weight.requires_grad]


def resume(state: Path, model: BertModel, optimizer: torch.optim.Optimizer) -> int:
    """Set model and optimizer to where `state` stands; return the step to carry on from."""
    if not state.exists():
        return 0
    kept = torch.load(state, weights_only=True)
    model.load_state_dict(kept["model"])
    optimizer.load_state_dict(kept["optimizer"])
    return int(kept["step"])


def keep(state: Path, model: BertModel, optimizer: torch.optim.Optimizer, step: int) -> None:
    """Write where training stands; a kill while writing leaves what was there."""
    part = state.with_suffix(".part")
    kept = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
    torch.save(kept, part)
    part.replace(state)


def draw_batch(task: Task, rng: np.random.Generator) -> list[Row]:
    """Return up to BATCH rows of `task`, no group twice."""
    chosen = rng.choice(len(task.groups), min(BATCH, len(task.groups)), replace=False)
    rows = [task.draw(rng, task.groups[n]) for n in chosen]
    return [row for row in rows if all(row)]


def contrast(model: BertModel, rows: list[Row], rooms: list[Ids]) -> Tensor:
    """Return the loss of telling each row's passage from the batch's other passages."""
    asked, *passages = zip(*rows, strict=True)
    questions = vectors(model, asked, rooms[0])
    found = torch.cat([vectors(model, column, rooms[1]) for column in passages])
    scores = questions @ found.T / TEMPERATURE
    return nn.functional.cross_entropy(scores, torch.arange(len(rows)))


def vectors(model: BertModel, texts: Sequence[Ids], room: Ids) -> Tensor:
    """Return the vectors of texts given as ids, one a row."""
    rows = [[BOS, *room, *text[:LONGEST], EOS] for text in texts]
    longest = max(len(row) for row in rows)
    ids = torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])
    return Pooled(model)(ids, (ids != PAD).long())


if __name__ == "__main__":
    main()
