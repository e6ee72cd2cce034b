"""A question's words as weighted search terms over a corpus.

Each word brings its lemma, the parts of its compound, what the glossary says
means the same (`rag.glossary`), and the corpus words nearest to it in the
embedding space; both are of Danish and English together, which is how an
English word finds Danish text. A word that neither the corpus nor a
dictionary has is read as the corpus word it is a spelling of. The weights are
those that did best in `eval/retrieval/`.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.glossary import synonyms
from rag.text.compounds import parts
from rag.text.language import analyse, fold, is_word, words

NEIGHBOURS = 8
LEAST_COSINE = 0.3
KNOWN_WEIGHT, UNKNOWN_WEIGHT = 0.4, 0.8  # times the cosine: beside a corpus word, or in its place
SPELLING_WEIGHT = 0.8  # times the likeness
PART_WORTH = 0.8  # of a compound's part in a text that lacks the whole
SYNONYM_WORTH = 0.9  # of a word of the glossary in a text that lacks the question's own
LEAST_LIKENESS = 0.75  # normalised Damerau-Levenshtein similarity
_SHORTEST_MISSPELT = 5
_SHORTEST_NEIGHBOUR = 3
# A misspelt word has no lemma, so its ending stands in the way of finding its neighbours.
_ENDING = re.compile(r"(?:er|en|et)?(?:ne)?s?$|e$")
_KEPT = 10_000  # question words whose meanings, neighbours and vectors are kept
_MOST_NEIGHBOURS = 40_000  # corpus words that can be neighbours, the commonest: 41 MB of vectors


class WordEmbedder(Protocol):
    """What expansion needs of an embedder."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `texts`, one a row, of length 1 or 0."""
        ...


class Vocabulary:
    """The terms of a corpus, and which of them a question's words mean."""

    def __init__(
        self, counts: Mapping[str, int], passages: int, embedder: WordEmbedder | None
    ) -> None:
        """Take the number of passages, and of those that hold each term.

        Without an embedder there are no neighbours.
        """
        self._counts = counts
        self._passages = passages
        self._embedder = embedder
        plain = [t for t in counts if t.isalpha() and len(t) >= _SHORTEST_NEIGHBOUR]
        self._words = sorted(plain, key=lambda t: (-counts[t], t))
        # One question asks for the same word many times.
        self._near: dict[str, list[tuple[str, float]]] = {}
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._likely = lru_cache(maxsize=_KEPT)(self._likeliest)
        self._meant = lru_cache(maxsize=_KEPT)(self._meaning)
        self._synonyms = lru_cache(maxsize=_KEPT)(self._same)

    def expand(self, question: str) -> list[tuple[str, float]]:
        """Return the terms to search for, each once, with weights up to 1."""
        weights: dict[str, float] = {}
        meant = self._meant(question)
        near = self._find_neighbours([terms[0] for terms, _ in meant])
        for terms, weight in meant:
            for term in terms:
                _raise(weights, term, weight)
            scale = KNOWN_WEIGHT if terms[0] in self._counts else UNKNOWN_WEIGHT
            for term, worth in (*self._synonyms(terms[0]), *near[terms[0]]):
                _raise(weights, term, scale * worth * weight)
        return list(weights.items())

    def corrected(self, question: str) -> str:
        """Return `question` followed by the corpus words that its misspelt words mean."""
        meant = (terms[0] for terms, weight in self._meant(question) if weight < 1)
        return " ".join((question, *meant))

    def near(self, word: str) -> list[tuple[str, float]]:
        """Return corpus terms that mean what `word` does, with weights up to 1, best first."""
        weights: dict[str, float] = {}
        for terms, weight in self._meant(word):
            if weight < 1:
                _raise(weights, terms[0], weight)
            for term, cosine in self.neighbours(terms[0]):
                _raise(weights, term, cosine * weight)
        return sorted(weights.items(), key=lambda pair: -pair[1])

    def meet(self, questions: Sequence[str]) -> None:
        """Find what is near the words of `questions` at once: each search reads all vectors."""
        self._find_neighbours([terms[0] for q in questions for terms, _ in self._meant(q)])

    def coverage(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return the share of `question` that each text holds, from 0 to 1.

        Each word counts by its rarity and the cosine of the word nearest to it
        in the text: the late interaction of Khattab and Zaharia, "ColBERT" (2020),
        on word vectors.
        """
        meant = [terms for terms, _ in self._meant(question)]
        if not meant or not texts:
            return [0.0] * len(texts)
        held = [list(dict.fromkeys(analyse(text))) for text in texts]
        terms = {term: row for row, term in enumerate(dict.fromkeys(t for h in held for t in h))}
        near = self._nearness(list(terms), meant)
        rarity = np.array([self.rarity(word) for word, *_ in meant])
        best = [near[[terms[t] for t in own]].max(axis=0, initial=0.0) for own in held]
        return [float(b @ rarity / rarity.sum()) for b in best]

    def _nearness(
        self, terms: Sequence[str], meant: Sequence[tuple[str, ...]]
    ) -> NDArray[np.float32]:
        """Return how near each term is to each question word: (terms, words), from 0 to 1."""
        near = np.zeros((len(terms), len(meant)), np.float32)
        known = [row for row, term in enumerate(terms) if term in self._rows]
        if known and self._embedder is not None:
            vectors = self._matrix[[self._rows[terms[row]] for row in known]]
            near[known] = vectors @ self._embedded(self._embedder, [w for w, *_ in meant]).T
        near[near < LEAST_COSINE] = 0.0
        place = {term: row for row, term in enumerate(terms)}
        for at, (word, *own) in enumerate(meant):
            told = ((word, 1.0), *((part, PART_WORTH) for part in own), *self._synonyms(word))
            for term, worth in told:
                if term in place:
                    near[place[term], at] = max(worth, near[place[term], at])
        return near

    def _same(self, word: str) -> list[tuple[str, float]]:
        """Return the corpus terms that the glossary says mean what `word` does, and their worth."""
        told = synonyms().get(fold(word), ())
        terms = {term for word in told if " " not in word for term in analyse(word)[:1]}
        return [(term, SYNONYM_WORTH) for term in sorted(terms & self._counts.keys())]

    def holds(self, word: str) -> bool:
        """Tell whether a passage holds a word, in any of its forms."""
        return any(term in self._counts for term in analyse(word)[:1])

    def rarity(self, term: str) -> float:
        """Return the BM25 idf of a term: large for one that few passages hold."""
        count = self._counts.get(term, 0)
        return math.log(1 + (self._passages - count + 0.5) / (count + 0.5))

    def neighbours(self, word: str) -> list[tuple[str, float]]:
        """Return the corpus words nearest to a lemma and their cosines, best first.

        Compounds of it and of nearer words are left out: their parts are
        terms of their passages already.
        """
        return self._find_neighbours([word])[word]

    def _find_neighbours(self, lemmas: Sequence[str]) -> dict[str, list[tuple[str, float]]]:
        """Return neighbours by lemma, of `lemmas` at least; what was found before is kept."""
        near = self._near if len(self._near) < _KEPT else {}
        self._near = near
        new = [w for w in dict.fromkeys(lemmas) if w not in near]
        able = [w for w in new if len(w) >= _SHORTEST_NEIGHBOUR and w.isalpha()]
        near |= {w: [] for w in new if w not in able or not self._matrix.size}
        if self._embedder is None or not able or not self._matrix.size:
            return near
        cosines = self._matrix @ self._embedded(self._embedder, able).T
        for word, column in zip(able, cosines.T, strict=True):
            near[word] = self._nearest(word, column)
        return near

    def _embedded(self, embedder: WordEmbedder, words: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `words`, a row each; those embedded before are kept."""
        kept = self._vectors if len(self._vectors) < _KEPT else {}
        self._vectors = kept
        if new := [w for w in dict.fromkeys(words) if w not in kept]:
            kept |= zip(new, embedder.embed_passages(new), strict=True)
        return np.stack([kept[w] for w in words])

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {term: row for row, term in enumerate(self._words[: len(self._matrix)])}

    @cached_property
    def _matrix(self) -> NDArray[np.float32]:
        if self._embedder is None or not self._words:
            return np.zeros((0, 0), np.float32)
        return self._embedder.embed_passages(self._words[:_MOST_NEIGHBOURS])

    def _nearest(self, word: str, cosines: NDArray[np.float32]) -> list[tuple[str, float]]:
        above = np.flatnonzero(cosines >= LEAST_COSINE)
        seen = {word, *parts(word)}
        near: list[tuple[str, float]] = []
        for i in above[np.argsort(-cosines[above], kind="stable")]:
            term = self._words[i]
            if len(near) < NEIGHBOURS and seen.isdisjoint((term, *parts(term))):
                seen.add(term)
                near.append((term, min(1.0, float(cosines[i]))))
        return near

    def _meaning(self, question: str) -> list[tuple[tuple[str, ...], float]]:
        """Return the terms of each word of `question`, or of what it is a misspelling of."""
        meant = []
        for terms in words(question):
            found, likeness = self._spelling(terms[0])
            if found == terms[0]:
                meant.append((terms, 1.0))
            else:
                meant.append((next(words(found), (found,)), SPELLING_WEIGHT * likeness))
        return meant

    def _spelling(self, word: str) -> tuple[str, float]:
        """Return the corpus word that `word` is a spelling of, itself for a word known."""
        if word in self._counts or len(word) < _SHORTEST_MISSPELT or not word.isalpha():
            return word, 1.0
        folded = fold(word)
        if folded in self._folded:
            return self._folded[folded], 1.0
        if is_word(word):
            return word, 1.0
        return self._likely(word, folded)

    def _likeliest(self, word: str, folded: str) -> tuple[str, float]:
        """Return the corpus word most like a word that is in no dictionary, or `word` itself."""
        forms = {folded, _ENDING.sub("", folded)}
        matches = [self._most_like(form) for form in forms if len(form) >= _SHORTEST_MISSPELT]
        best = max((m for m in matches if m), key=lambda m: (m[1], m[0]), default=None)
        return (self._folded[best[0]], best[1]) if best else (word, 1.0)

    def _most_like(self, form: str) -> tuple[str, float] | None:
        """Return the folded corpus word most like `form`, the rarest of several, and how like."""
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        found = [
            match
            for length, words in self._by_length.items()
            # So many letters at least must be put in or left out.
            if abs(length - len(form)) <= (1 - LEAST_LIKENESS) * max(length, len(form))
            and (
                match := process.extractOne(
                    form,
                    words,
                    scorer=DamerauLevenshtein.normalized_similarity,
                    score_cutoff=LEAST_LIKENESS,
                )
            )
        ]
        best = max(found, key=lambda m: (m[1], -m[2]), default=None)
        return (best[0], best[1]) if best else None

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {fold(term): term for term in reversed(self._words)}

    @cached_property
    def _by_length(self) -> dict[int, dict[int, str]]:
        """The folded words by their length, each with its place from the rarest."""
        found: dict[int, dict[int, str]] = defaultdict(dict)
        for rank, word in enumerate(self._folded):
            found[len(word)][rank] = word
        return found


def _raise(weights: dict[str, float], term: str, weight: float) -> None:
    weights[term] = max(weight, weights.get(term, 0.0))
