"""Train the reader: `python models/train_reader.py --groups FILE --data FOLDER --state FILE`.

The reader is the cut sentence model with two small heads: does this window answer the question,
and where in it do the answering words stand (as in BERT's reading comprehension, Devlin et al.
2018). Stops at any step (Ctrl-C, a kill, `--minutes`) and carries on from where it stopped: what
a step draws depends on its number alone. `convert_reader.py` makes the model of what is learnt.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}

import numpy as np
import torch
from convert_e5 import cut_model
from e5_file import EOS, PAD, packaged, read
from pairs import training_lines
from tokenizers import Tokenizer
from torch import Tensor, nn
from train_e5 import Stop
from transformers import BertModel

from rag.answering.reader import Pair, encoded

SEED = 20261201
SHARES = {"reading": 0.5, "learn": 0.36, "made": 0.14}  # of the groups drawn
ROWS, OTHERS, TOGETHER = 24, 2, 6  # windows a step, that do not answer in a group, at a time
RATE, HEADS, WARM_UP, CLIP = 8e-5, 10.0, 40, 1.0  # the heads learn so many times as fast
FROZEN = 6  # layers from below, and the embeddings: the tongue is known
SAVE_EVERY = 20


class Reader(nn.Module):
    """A window's score, and of each of its tokens how well an answer starts and ends there."""

    def __init__(self, model: BertModel) -> None:
        super().__init__()
        self.model = model
        size = model.config.hidden_size
        self.answers = nn.Linear(3 * size, 1)
        self.span = nn.Linear(size, 2)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return (windows,) and (windows, longest, 2) of ids and mask, (windows, longest)."""
        states = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        after = (input_ids == EOS).long().cumsum(1) > 0
        question = _mean(states, ~after)
        window = _mean(states, after & (attention_mask > 0))
        both = torch.cat((states[:, 0], question, window), dim=1)
        return self.answers(both).squeeze(-1), self.span(states)


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1)


def main() -> None:
    """Read, carry on, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--groups", type=Path, required=True, help="what reader_groups.py wrote")
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files")
    parser.add_argument("--state", type=Path, required=True, help="where training stands")
    parser.add_argument("--steps", type=int, default=4000, help="over which the rate falls")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model, words = cut_model(read(packaged()), training_lines(options.data))
    words.no_padding()
    words.no_truncation()
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in SHARES}
    for line in options.groups.open(encoding="utf8"):
        group = json.loads(line)
        if not group["held_out"] and (group["answering"] or group["others"]):
            groups[group["source"]].append(group)
    print({name: len(found) for name, found in groups.items()}, flush=True)
    torch.manual_seed(SEED)
    fit(Reader(model), words, groups, options.state, options.steps, Stop(options.minutes))


def fit(
    reader: Reader,
    words: Tokenizer,
    groups: dict[str, list[dict[str, Any]]],
    state: Path,
    steps: int,
    stop: Stop | bool,
) -> None:
    """Train `reader` in place up to `steps`, from where `state` stands, until told to stop."""
    for name, weight in reader.model.named_parameters():
        layer = name.split(".")[2] if name.startswith("encoder.layer.") else None
        weight.requires_grad_(layer is not None and int(layer) >= FROZEN)
    learnt = [p for p in reader.parameters() if p.requires_grad]
    heads = [*reader.answers.parameters(), *reader.span.parameters()]
    trunk = [p for p in learnt if all(p is not h for h in heads)]
    optimizer = torch.optim.AdamW([{"params": trunk}, {"params": heads}], weight_decay=0.01)
    first, began, lately = resume(reader, optimizer, state), time.monotonic(), []
    reader.train()
    for step in range(first, steps):
        rate = RATE * min((step + 1) / WARM_UP, 1.0) * max(1 - step / steps, 0.02)
        for part, times in zip(optimizer.param_groups, (1.0, HEADS), strict=True):
            part["lr"] = rate * times
        torch.manual_seed(SEED + step)
        loss = loss_of(reader, words, drawn(groups, np.random.default_rng([SEED, step])))
        loss.backward()
        nn.utils.clip_grad_norm_(learnt, CLIP)
        optimizer.step()
        optimizer.zero_grad()
        lately.append(float(loss.detach()))
        done = bool(stop) or step + 1 == steps
        if done or (step + 1) % SAVE_EVERY == 0:
            save(reader, optimizer, step + 1, state)
            told = f"{step + 1} {np.mean(lately):.3f} {time.monotonic() - began:.0f} s"
            print(told, flush=True)
            lately.clear()
        if done:
            return


def resume(reader: Reader, optimizer: torch.optim.Optimizer, path: Path) -> int:
    """Set reader and optimizer to where `path` stands; return the step to carry on from."""
    if not path.exists():
        return 0
    kept = torch.load(path, weights_only=True)
    reader.load_state_dict(kept["reader"])
    optimizer.load_state_dict(kept["optimizer"])
    return int(kept["step"])


def drawn(
    groups: dict[str, list[dict[str, Any]]], rng: np.random.Generator
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return questions with windows, those that answer before those that do not, ROWS in all."""
    found, rows = [], 0
    names = [name for name in SHARES if groups[name]]
    shares = np.array([SHARES[name] for name in names])
    while rows < ROWS:
        group = _one(rng, groups[str(rng.choice(names, p=shares / shares.sum()))])
        taken = [_one(rng, group["answering"])] if group["answering"] else []
        others = group["others"]
        if others:
            # The nearest misses teach most: they are drawn twice as often as the far ones.
            weights = 1 / np.sqrt(1 + np.arange(len(others)))
            at = rng.choice(len(others), min(OTHERS, len(others)), False, weights / weights.sum())
            taken += [others[n] for n in at]
        found.append((group["question"], taken[: ROWS - rows]))
        rows += len(found[-1][1])
    return found


def _one(rng: np.random.Generator, items: Sequence[Any]) -> Any:
    return items[int(rng.integers(len(items)))]


def loss_of(
    reader: Reader, words: Tokenizer, batch: list[tuple[str, list[dict[str, Any]]]]
) -> Tensor:
    """Return the loss: whether each answers, which of a group does, and where it does."""
    pairs = [
        (encoded(words, question, w["above"], w["text"]), w["span"])
        for question, windows in batch
        for w in windows
    ]
    scores, spans = run(reader, [pair for pair, _ in pairs])
    target = torch.tensor([span is not None for _, span in pairs]).float()
    loss = nn.functional.binary_cross_entropy_with_logits(scores, target)
    at = 0
    for _, windows in batch:
        rows = range(at, at + len(windows))
        at += len(windows)
        if len(windows) > 1 and windows[0]["span"] is not None:
            first = torch.zeros(1, dtype=torch.long)
            loss = loss + nn.functional.cross_entropy(
                scores[rows.start : rows.stop][None], first
            ) / len(batch)
    ends = [
        (row, tokens)
        for row, (pair, span) in enumerate(pairs)
        if span is not None and (tokens := pair.tokens(*span)) is not None
    ]
    if ends:
        rows = torch.tensor([row for row, _ in ends])
        for n in range(2):
            aim = torch.tensor([tokens[n] for _, tokens in ends])
            loss = loss + 0.5 * nn.functional.cross_entropy(spans[rows, :, n], aim)
    return loss


def run(reader: Reader, pairs: Sequence[Pair]) -> tuple[Tensor, Tensor]:
    """Return the scores, and the spans' logits over the windows' own words, in the pairs' order.

    Those of one length go together: what is padded costs as much as what is not.
    """
    longest = max(len(pair.ids) for pair in pairs)
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n].ids))
    scores, spans = torch.zeros(len(pairs)), torch.full((len(pairs), longest, 2), -1e4)
    for at in range(0, len(order), TOGETHER):
        rows = order[at : at + TOGETHER]
        own = len(pairs[rows[-1]].ids)
        ids = torch.full((len(rows), own), PAD)
        text = torch.zeros((len(rows), own, 1), dtype=torch.bool)
        for row, pair in enumerate(pairs[n] for n in rows):
            ids[row, : len(pair.ids)] = torch.tensor(pair.ids)
            text[row, pair.first : pair.first + len(pair.offsets)] = True
        with torch.autocast("cpu", torch.bfloat16):
            part, ends = reader(ids, (ids != PAD).long())
        scores = scores.index_put((torch.tensor(rows),), part.float())
        own_spans = torch.where(text, ends.float(), torch.tensor(-1e4))
        own_spans = nn.functional.pad(own_spans, (0, 0, 0, longest - own), value=-1e4)
        spans = spans.index_put((torch.tensor(rows),), own_spans)
    return scores, spans


def save(reader: Reader, optimizer: torch.optim.Optimizer, step: int, path: Path) -> None:
    """Write where training stands, whole or not at all."""
    beside = path.with_suffix(".part")
    torch.save(
        {"reader": reader.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, beside
    )
    beside.replace(path)


if __name__ == "__main__":
    main()
