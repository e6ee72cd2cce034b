"""simplemma's dictionaries, from form to lemma, ready at once.

simplemma makes a trie of each and keeps it in the user's cache folder: that
takes 1.4 s once, opening it 1 ms. Its other forms take 0.4 s at every start.
A kept trie is opened without simplemma, whose import compiles the endings of
forty languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.home import locked
from rag.types import Language

if TYPE_CHECKING:
    from marisa_trie import BytesTrie
    from simplemma import Lemmatizer
    from simplemma.strategies.dictionaries import TrieDictionaryFactory


class Trie(Mapping[str, str]):
    """A dictionary that simplemma has kept as a trie."""

    def __init__(self, trie: BytesTrie) -> None:
        self._trie = trie

    def __getitem__(self, form: str) -> str:
        lemma: bytes = self._trie[form][0]
        return lemma.decode()

    def get(self, form: str, default: Any = None) -> Any:
        """Return the lemma of a form, else `default`."""
        found = self._trie.get(form)
        return found[0].decode() if found else default

    def __contains__(self, form: object) -> bool:
        return form in self._trie

    def __iter__(self) -> Iterator[str]:
        yield from self._trie.iterkeys()

    def __len__(self) -> int:
        return len(self._trie)


@cache
def dictionary(language: Language) -> Mapping[str, str]:
    """Return the dictionary of a language."""
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # simplemma writes the trie in place: another process must not read half of it.
        with locked(folder / "lock"):
            return _kept(folder / f"{language}.dic") or _made(language)
    except OSError:  # nobody can write there: it is made anew each time
        return _made(language)


@cache
def lemmatizer() -> Lemmatizer:
    """Return simplemma's lemmatizer, which guesses the lemma of words no dictionary has."""
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_tries()))


def _kept(file: Path) -> Mapping[str, str] | None:
    """Return the dictionary that was kept as `file`; None where it was not, or not whole."""
    from marisa_trie import BytesTrie

    with suppress(OSError, RuntimeError):
        return Trie(BytesTrie().load(str(file)))
    return None


def _made(language: Language) -> Mapping[str, str]:
    words: Mapping[str, str] = _tries().get_dictionary(language)
    return words


@cache
def _tries() -> TrieDictionaryFactory:
    from simplemma.strategies.dictionaries import TrieDictionaryFactory

    return TrieDictionaryFactory(disk_cache_dir=str(_folder()))


@cache
def _folder() -> Path:
    """Return where the tries are kept, a folder for each version of simplemma."""
    from platformdirs import user_cache_path

    return user_cache_path("raadsvar") / f"simplemma-{version('simplemma')}"
