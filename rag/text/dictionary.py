"""simplemma's dictionaries, from form to lemma, ready at once.

simplemma makes a trie of each and keeps it in the user's cache folder: that
takes 1.4 s once, opening it 1 ms. Its other forms take 0.4 s at every start.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from rag.home import locked
from rag.types import Language

if TYPE_CHECKING:
    from simplemma import Lemmatizer
    from simplemma.strategies.dictionaries import TrieDictionaryFactory


@cache
def dictionary(language: Language) -> Mapping[str, str]:
    """Return the dictionary of a language."""
    from platformdirs import user_cache_path

    folder = user_cache_path("raadsvar")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # simplemma writes the trie in place: another process must not read half of it.
        with locked(folder / "dictionary.lock"):
            return _open(language)
    except OSError:  # nobody can write there: it is made anew each time
        return _open(language)


@cache
def lemmatizer() -> Lemmatizer:
    """Return simplemma's lemmatizer, which guesses the lemma of words no dictionary has."""
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_tries()))


def _open(language: Language) -> Mapping[str, str]:
    words: Mapping[str, str] = _tries().get_dictionary(language)
    return words


@cache
def _tries() -> TrieDictionaryFactory:
    from simplemma.strategies.dictionaries import TrieDictionaryFactory

    return TrieDictionaryFactory()
