"""Which documents a text tells of, kept beside it: who may not see one of them may not see it.

It is told by who wrote the text, of the documents that they saw then: a number that someone asks
for in vain is no sign that there is such a document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from rag.store.lookup import Lookup
from rag.store.shelf import Shelf
from rag.text.document_numbers import number_key
from rag.text.language import fold
from rag.types import CouncilDocument

_MANY = 20  # documents of one title: it tells of none of them
_WORD = re.compile(r"[^\W_]+")


class Told(NamedTuple):
    """A document that a text tells of: its id, and the path of its file."""

    id: str
    file: str


def told_of(text: str, catalogue: Lookup, rests_on: Iterable[str] = ()) -> tuple[Told, ...]:
    """Return the documents seen that a text names, by number or title, and those it rests on."""
    found = {d.id: d for d in catalogue.documents(ids=sorted(set(rests_on)))}
    found |= {d.id: d for d in named(text, catalogue.shelf)}
    return tuple(Told(d.id, d.file) for d in found.values())


def named(text: str, shelf: Shelf) -> list[CouncilDocument]:
    """Return the documents that a text names, by number or title."""
    words = [fold(word) for word in _WORD.findall(text)]
    numbers = {number_key(w) for w in (*words, *(a + b for a, b in pairwise(words)))}
    found = shelf.bearing(key for key in numbers if re.match("[a-z]", key))
    joined = f" {' '.join(words)} "
    for word in set(words):
        for title, documents in shelf.titles.get(word, {}).items():
            if len(documents) <= _MANY and f" {title} " in joined:
                found += documents
    return found


def is_hidden(told: Iterable[Told] | None, text: str, catalogue: Lookup) -> bool:
    """Tell whether one of the documents told of is there, but not to be seen.

    Where that was not kept (None), whether `text` names such a one.
    """
    if told is None:
        return bool(named(text, catalogue.hidden))
    hidden = catalogue.hidden
    files = {d.file for d in hidden.documents}
    # A file read again in a newer version has documents of other ids.
    return any(
        t.id in hidden.by_id or (t.file in files and catalogue.document(t.id) is None) for t in told
    )


def packed(told: Iterable[Told] | None) -> str | None:
    """Return documents told of as they are kept; None where nobody knows which."""
    return None if told is None else json.dumps(sorted(told), ensure_ascii=False)


def unpacked(kept: str | None) -> tuple[Told, ...] | None:
    """Return documents told of, from how they are kept; None where they are not."""
    return None if kept is None else tuple(Told(*entry) for entry in json.loads(kept))
