"""The documents of a catalogue as every question needs them, put in order once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from rag.text.dates import budget_year
from rag.text.document_numbers import number_key
from rag.text.language import fold
from rag.types import CouncilDocument

_TELLING = 8  # letters of a title of one word, below which it is any word
_Key = TypeVar("_Key", str, int)


class Shelf:
    """Documents of a catalogue at one time, in order of ingest, without their tables.

    What a question chooses by is looked up: to read every document of a country
    takes longer than the rest of an answer.
    """

    def __init__(self, documents: Sequence[CouncilDocument]) -> None:
        self.documents = tuple(documents)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The documents' ids."""
        return tuple(self.by_id)

    @cached_property
    def by_id(self) -> dict[str, CouncilDocument]:
        """The documents by their ids."""
        return {d.id: d for d in self.documents}

    @cached_property
    def current(self) -> Shelf:
        """The documents without the renditions whose real document is there too."""
        return Shelf(current(self.documents))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers that documents bear, each once."""
        return tuple(dict.fromkeys(d.number for d in self.documents if d.number))

    @cached_property
    def titles(self) -> dict[str, dict[str, list[CouncilDocument]]]:
        """The documents by their titles' first word and their titles, folded; no common word is."""
        found: dict[str, dict[str, list[CouncilDocument]]] = defaultdict(dict)
        for document in self.documents:
            words = [fold(word) for word in re.findall(r"[^\W_]+", document.title)]
            if len(words) > 1 or (words and len(words[0]) >= _TELLING):
                found[words[0]].setdefault(" ".join(words), []).append(document)
        return found

    @cached_property
    def asked(self) -> tuple[CouncilDocument, ...]:
        """The documents that answer a politician."""
        return tuple(d for d in self.documents if d.asker)

    def bearing(self, numbers: Iterable[str]) -> list[CouncilDocument]:
        """Return the documents of these numbers, however they are spelt."""
        return self._at(self._by_number, map(number_key, numbers))

    def of(self, municipalities: Iterable[str]) -> list[CouncilDocument]:
        """Return the documents of these municipalities."""
        return self._at(self._by_municipality, municipalities)

    def of_budgets(self, years: Iterable[int]) -> list[CouncilDocument]:
        """Return the documents whose budgets begin in one of these years."""
        return self._at(self._by_budget, years)

    def _at(self, places: Mapping[_Key, list[int]], keys: Iterable[_Key]) -> list[CouncilDocument]:
        found = sorted({at for key in keys for at in places.get(key, ())})
        return [self.documents[at] for at in found]

    @cached_property
    def _by_number(self) -> dict[str, list[int]]:
        return _places(d.number and number_key(d.number) for d in self.documents)

    @cached_property
    def _by_municipality(self) -> dict[str, list[int]]:
        return _places(d.municipality for d in self.documents)

    @cached_property
    def _by_budget(self) -> dict[int, list[int]]:
        return _places(budget_year(d.period) for d in self.documents)


def _places(keys: Iterable[_Key | None]) -> dict[_Key, list[int]]:
    """Return where each key stands."""
    places: dict[_Key, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        if key:
            places[key].append(at)
    return places


def current(documents: Iterable[CouncilDocument]) -> list[CouncilDocument]:
    """Return `documents` without the renditions whose real document is there too."""
    listed = list(documents)
    if not any(d.rendition for d in listed):
        return listed
    real = {key for d in listed if not d.rendition for key in _identities(d)}
    return [d for d in listed if not (d.rendition and _identities(d) & real)]


def _identities(document: CouncilDocument) -> frozenset[tuple[str, ...]]:
    """Return the names under which a document and its rendition are the same."""
    keys: set[tuple[str, ...]] = {
        ("case", number.replace(" ", "")) for number in document.document_numbers
    }
    keys |= {("case", number.replace(" ", "")) for number in document.case_numbers}
    where, period = document.municipality or "", document.period or ""
    if document.number:
        keys.add(("number", where, number_key(document.number), period))
    elif period:
        keys.add(("title", where, document.title.casefold(), period))
    return frozenset(keys)
