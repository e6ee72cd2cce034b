"""Makes the topics of questions: their words, as the corpus spells and widens them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.query import Query
from rag.search.retrieve import PassageRetriever
from rag.text.language import fold
from rag.text.lemmas import lemma
from rag.text.topic import Topic


class Topics:
    """Makes topics; the retriever is opened when a question has words."""

    def __init__(self, retriever: Callable[[], PassageRetriever]) -> None:
        self._retriever = retriever

    def of(self, query: Query) -> Topic:
        """Return what a question is about."""
        return self.of_words(query.words, query, query.aside)

    def is_held(self, word: str) -> bool:
        """Tell whether the documents have a word as it is spelt, in any of its forms."""
        return self._retriever().vocabulary.holds(word)

    def of_words(self, words: Sequence[str], query: Query, aside: Sequence[str] = ()) -> Topic:
        """Return the topic of `words` of a question, and of others `aside` that weigh less."""
        if not words and not aside:
            return Topic(())
        vocabulary = self._retriever().vocabulary
        spelt = [vocabulary.corrected(word).removeprefix(f"{word} ") for word in words]
        vocabulary.meet([*spelt, *aside])
        foreign = [word for word in (*spelt, *aside) if _is_foreign(word, query)]
        return Topic(spelt, vocabulary.near, vocabulary.rarity, foreign, aside)


def _is_foreign(word: str, query: Query) -> bool:
    """Tell whether a word is of an English question, or of one before it.

    A phrase of it may have been read as the Danish word that means it.
    """
    return query.language == "en" and (fold(word) in fold(query.text) or not lemma(word.lower()))
