"""The tokenizer: lower case, whole years, whole words, compounds in few parts."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "[UNK]"
NUMBERS = [str(n) for n in range(1000)] + [str(year) for year in range(1990, 2051)]
# A year is one piece, other digits go in threes, as thousands are printed;
# letters and digits part ("ØU10"), and punctuation carries no meaning here.
PIECES = r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,3}|[\p{L}\p{M}]+"
PER_PIECE = -10.0


def learn_tokenizer(
    danish: Iterable[str], english: Iterable[str], size: int, parts: int
) -> Tokenizer:
    """Learn a vocabulary of about `size` tokens from texts of both languages.

    All numbers, every English word seen twice (the English texts are few) and
    the most frequent Danish words are tokens; `parts` tokens, learnt by a
    unigram language model (Kudo 2018), build the other words. A word is cut
    into as few tokens as can be, the more frequent ones first. No mark tells a
    word's start from its inside: "besparelse" is one token alone and in
    "rammebesparelse".
    """
    tokenizer = _empty()
    counts = Counter(_words(tokenizer, danish))
    english_counts = Counter(_words(tokenizer, english))
    words = {word for word, count in english_counts.items() if count > 1}
    room = size - parts - len(NUMBERS) - len(words)
    words.update([word for word, _ in counts.most_common() if word not in words][:room])
    counts.update(english_counts)
    pieces = _learn_parts([word for word in counts if word not in words], parts)
    total = counts.total()
    scores = {piece: PER_PIECE + max(score, -20.0) for piece, score in pieces}
    scores |= {word: PER_PIECE + math.log(counts[word] / total) for word in words}
    scores |= dict.fromkeys(NUMBERS, PER_PIECE)
    return _empty([(UNKNOWN, 0.0), *sorted(scores.items())])


def _empty(vocabulary: list[tuple[str, float]] | None = None) -> Tokenizer:
    """Return a tokenizer with our normalisation and the vocabulary given."""
    tokenizer = Tokenizer(models.Unigram(vocabulary, 0 if vocabulary else None, False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace("\u00ad", ""),
            normalizers.Replace("%", " pct "),
            normalizers.Lowercase(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(PIECES), behavior="removed", invert=True)
    return tokenizer


def _words(tokenizer: Tokenizer, texts: Iterable[str]) -> Iterable[str]:
    """Yield the words of `texts`, normalised, without numbers."""
    assert tokenizer.normalizer is not None and tokenizer.pre_tokenizer is not None
    for text in texts:
        normal = tokenizer.normalizer.normalize_str(text)
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal):
            if not word.isdigit():
                yield word


def _learn_parts(words: list[str], size: int) -> list[tuple[str, float]]:
    """Return `size` pieces, with log probabilities, that build `words`."""
    trainer = trainers.UnigramTrainer(
        vocab_size=size,
        special_tokens=[UNKNOWN],
        unk_token=UNKNOWN,
        show_progress=False,
        max_piece_length=24,
    )
    tokenizer = _empty()
    tokenizer.train_from_iterator(sorted(words), trainer)
    vocabulary = json.loads(tokenizer.to_str())["model"]["vocab"]
    return [(piece, score) for piece, score in vocabulary if piece != UNKNOWN]
