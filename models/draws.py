"""What the model learns from: pairs of texts that belong together, drawn by batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pairs import Texts
from tokenizers import Tokenizer

Ids = list[int]
# (anchor, positive) or (anchor, positive, hard negative), as token ids
Row = tuple[Ids, ...]

# The pretended proposals of `Glossary` are set in these years and places.
YEARS = [str(year) for year in range(2018, 2037)]
MUNICIPALITIES = (
    "Aarhus Odense Aalborg Esbjerg Randers Vejle Høje-Taastrup København Frederiksberg Roskilde "
    "Herning Silkeborg Horsens Næstved Kolding Svendborg Gentofte Gladsaxe Helsingør Holstebro "
    "Viborg Slagelse Hillerød Køge Sønderborg Hjørring Thisted Bornholm Ballerup Hvidovre"
).split()


@dataclass(frozen=True)
class Task:
    """One kind of pair: `draw` makes a row of a batch from one of `groups`.

    A batch takes no group twice, so that no row is another row's wrong
    negative; `share` is the task's part of the batches.
    """

    share: float
    groups: Sequence[Any]
    draw: Callable[[np.random.Generator, Any], Row]


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Ids]:
    """Return the token ids of each text."""
    return [e.ids for e in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]


def tasks(tokenizer: Tokenizer, texts: Texts, glossary: Path) -> list[Task]:
    """Return all that is learnt from `texts` and from our own `glossary`."""
    provisions = _encode_nested(tokenizer, [provision for _, provision in texts.provisions])
    by_title: dict[str, list[list[Ids]]] = {}
    for (title, _), provision in zip(texts.provisions, provisions, strict=True):
        by_title.setdefault(title, []).append(provision)
    acts = list(zip(encode(tokenizer, list(by_title)), by_title.values(), strict=True))
    paragraphs = [p for p in _encode_nested(tokenizer, texts.paragraphs) if len(p) > 1]
    terms = Glossary(tokenizer, glossary)
    return [
        Task(0.30, _encode_pairs(tokenizer, texts.sentences), either_way),
        Task(0.15, _encode_pairs(tokenizer, texts.terms), either_way),
        Task(0.15, acts, title_and_provision),
        Task(0.15, acts, sentence_of_provision),
        Task(0.13, paragraphs, sentence_and_rest),
        Task(0.01, _encode_pairs(tokenizer, texts.answers), either_way),
        Task(0.05, terms.rows, terms.same_meaning),
        Task(0.06, terms.rows, terms.proposal),
    ]


def either_way(rng: np.random.Generator, pair: tuple[Ids, Ids]) -> Row:
    """Return a pair, or the same pair turned round."""
    return pair if rng.random() < 0.5 else pair[::-1]


def sentence_and_rest(rng: np.random.Generator, paragraph: list[Ids]) -> Row:
    """Return a sentence of a paragraph and all the others of it."""
    chosen = rng.integers(len(paragraph))
    rest = [t for at, sentence in enumerate(paragraph) if at != chosen for t in sentence]
    return paragraph[chosen], rest


def title_and_provision(rng: np.random.Generator, act: tuple[Ids, list[list[Ids]]]) -> Row:
    """Return an act's title and one of its provisions."""
    title, provisions = act
    provision = provisions[rng.integers(len(provisions))]
    return title, [token for sentence in provision for token in sentence]


def sentence_of_provision(rng: np.random.Generator, act: tuple[Ids, list[list[Ids]]]) -> Row:
    """Return a sentence of one of an act's provisions and the rest of that provision."""
    provision = act[1][rng.integers(len(act[1]))]
    return sentence_and_rest(rng, provision) if len(provision) > 1 else (act[0], provision[0])


class Glossary:
    """Council terms and questions in both languages, each with words of the same meaning."""

    def __init__(self, tokenizer: Tokenizer, path: Path) -> None:
        """Read lines of Danish TAB English, each side's synonyms parted by `|`."""
        lines = path.read_text(encoding="utf-8").splitlines()
        self.rows = [
            [encode(tokenizer, side.split("|")) for side in line.split("\t")] for line in lines
        ]
        self._years = encode(tokenizer, YEARS)
        self._places = encode(tokenizer, MUNICIPALITIES)

    def same_meaning(self, rng: np.random.Generator, row: list[list[Ids]]) -> Row:
        """Return two different words for the same, in one language or both."""
        words = row[0] + row[1]
        first, second = rng.choice(len(words), 2, replace=False)
        return words[first], words[second]

    def proposal(self, rng: np.random.Generator, row: list[list[Ids]]) -> Row:
        """Return two terms, a year and a municipality in one language, and the same in the other.

        The hard negative has the right terms with another year or another municipality.
        """
        asked = int(rng.integers(2))
        terms = (row, self.rows[rng.integers(len(self.rows))])
        question, passage = (
            [t for term in terms for t in _any(rng, term[side])] for side in (asked, 1 - asked)
        )
        year, other_year = (self._years[i] for i in rng.choice(len(YEARS), 2, replace=False))
        place, other_place = (
            self._places[i] for i in rng.choice(len(MUNICIPALITIES), 2, replace=False)
        )
        wrong = other_year + place if rng.random() < 0.5 else year + other_place
        return question + year + place, passage + year + place, passage + wrong


def _any(rng: np.random.Generator, words: list[Ids]) -> Ids:
    return words[rng.integers(len(words))]


def _encode_pairs(tokenizer: Tokenizer, pairs: list[tuple[str, str]]) -> list[tuple[Ids, Ids]]:
    first, second = ([pair[side] for pair in pairs] for side in (0, 1))
    return list(zip(encode(tokenizer, first), encode(tokenizer, second), strict=True))


def _encode_nested(tokenizer: Tokenizer, paragraphs: list[list[str]]) -> list[list[Ids]]:
    ids = iter(encode(tokenizer, [sentence for p in paragraphs for sentence in p]))
    return [[next(ids) for _ in paragraph] for paragraph in paragraphs]
