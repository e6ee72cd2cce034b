"""The reader: does a window of text answer a question, and with which of its words.

A cross-encoder (question and window in one text) made from the sentence model and run by
onnxruntime; `models/raadsvar-reader` says what it was trained on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.answering.windows import Window
from rag.errors import ModelError
from rag.search.sentence_model import padded, session, tokenizer_of
from rag.types import Text

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_MODELS = Path(__file__).resolve().parents[2] / "models"
BUNDLED, TOKENIZER = _MODELS / "raadsvar-reader", _MODELS / "raadsvar-e5" / "tokenizer.json"
SETTING = "RAADSVAR_READER"
MOST_TOKENS = 80  # of the answering words
_BATCH = 8
BEGIN, END = 0, 2  # ids of the tokens that begin a text and end a part of it
_QUESTION, _ABOVE, _TEXT = 48, 56, 200  # tokens kept of each part


@dataclass(frozen=True)
class Pair:
    """A question and a window as ids; the window's words are those from token `first` on.

    `offsets` are the ranges of the window's text that these tokens stand for.
    """

    ids: tuple[int, ...]
    first: int
    offsets: tuple[tuple[int, int], ...]

    def tokens(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and the last token of a range of the window's text; None if cut off."""
        within = [n for n, (a, b) in enumerate(self.offsets) if a < end and start < b]
        return (self.first + within[0], self.first + within[-1]) if within else None


def encoded(tokenizer: Tokenizer, question: str, above: str, text: str) -> Pair:
    """Return a question and a window, with what stands above it, as the model reads them."""
    parts = tokenizer.encode_batch_fast(
        [f"query: {question}", f"passage: {above}"], add_special_tokens=False
    )
    # The fast encoding tells no offsets.
    body = tokenizer.encode(text, add_special_tokens=False)
    asked, over = parts[0].ids[:_QUESTION], parts[1].ids[:_ABOVE]
    ids = (BEGIN, *asked, END, *over, END, *body.ids[:_TEXT], END)
    return Pair(ids, len(asked) + len(over) + 3, tuple(body.offsets[:_TEXT]))


@dataclass(frozen=True)
class Read:
    """What the reader makes of a window.

    `score` tells how surely it answers (a logit), `starts` and `ends` how likely the answering
    words begin and end at each of its tokens, whose ranges of the window's text are `offsets`.
    """

    window: Window
    score: float
    offsets: tuple[tuple[int, int], ...]
    starts: NDArray[np.float32]
    ends: NDArray[np.float32]

    @property
    def span(self) -> tuple[int, int]:
        """The likeliest answering words, as a range of the window's text."""
        both = np.triu(np.outer(self.starts, self.ends))
        both = np.tril(both, MOST_TOKENS - 1)
        first, last = np.unravel_index(int(both.argmax()), both.shape)
        return self.offsets[first][0], self.offsets[last][1]

    def share(self, start: int, end: int) -> float:
        """Return how likely the answering words begin and end within a range, from 0 to 1."""
        within = [n for n, (a, b) in enumerate(self.offsets) if a < end and start < b]
        return float(np.sqrt(self.starts[within].sum() * self.ends[within].sum()))


class Reader:
    """The model in a folder, and the tokenizer of the sentence model that it was made from."""

    def __init__(self, folder: Path = BUNDLED, tokenizer: Path = TOKENIZER) -> None:
        """Load it; raises OSError where a file is missing and ValueError where one is broken."""
        content = (folder / "model.onnx").read_bytes()
        self.name = f"{folder.name}@{sha256(content).hexdigest()[:8]}"
        self._session = session(content)
        self._tokenizer = tokenizer_of(tokenizer.read_bytes())

    def read(self, question: str, windows: Sequence[Window]) -> list[Read]:
        """Return what the reader makes of each window, in their order."""
        pairs = [encoded(self._tokenizer, question, w.above, w.text) for w in windows]
        found: list[Read | None] = [None] * len(pairs)
        order = sorted(range(len(pairs)), key=lambda n: len(pairs[n].ids))
        for at in range(0, len(order), _BATCH):
            batch = order[at : at + _BATCH]
            run = self._session.run(None, padded([pairs[n].ids for n in batch]))
            scores, spans = (np.asarray(part, np.float32) for part in run)
            for row, n in enumerate(batch):
                pair = pairs[n]
                own = spans[row, pair.first : pair.first + len(pair.offsets)]
                starts, ends = _softmax(own).T
                found[n] = Read(windows[n], float(scores[row]), pair.offsets, starts, ends)
        return [read for read in found if read is not None]


def configured_reader() -> Callable[[], Reader] | None:
    """Return what loads the reader in the folder that RAADSVAR_READER names, None where none is."""
    folder = os.environ.get(SETTING)
    return partial(load_reader, Path(folder).expanduser()) if folder else None


@cache
def load_reader(folder: Path = BUNDLED) -> Reader:
    """Return the reader in a folder, loaded once a process; raises ModelError where it is not."""
    try:
        return Reader(folder)
    except (OSError, ValueError) as error:
        raise ModelError(
            Text(
                f"Læseren i {folder} kan ikke indlæses: {error}",
                f"The reader in {folder} cannot be loaded: {error}",
            )
        ) from error


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(logits - logits.max(axis=0, initial=-np.inf))
    shares: NDArray[np.float32] = powers / powers.sum(axis=0)
    return shares
