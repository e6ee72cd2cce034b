"""The documents of a catalogue as every question needs them, put in order once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from rag.document_numbers import number_key
from rag.types import CouncilDocument


class Shelf:
    """All documents of a catalogue at one time, in order of ingest, without their tables."""

    def __init__(self, documents: Sequence[CouncilDocument]) -> None:
        self.documents = tuple(documents)

    @cached_property
    def by_id(self) -> dict[str, CouncilDocument]:
        """The documents by their ids."""
        return {d.id: d for d in self.documents}

    @cached_property
    def current(self) -> tuple[CouncilDocument, ...]:
        """The documents without the renditions whose real document is there too."""
        return tuple(current(self.documents))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers that documents bear, each once."""
        return tuple(dict.fromkeys(d.number for d in self.documents if d.number))


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
