"""The sentences of the yardstick, read from a file of JSON lines."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from rag.errors import InputError
from rag.home import CHECKOUT
from rag.types import Language, Text

OPEN = Path(__file__).with_name("open.jsonl")
SHARED = "shared/"
"""What begins so stands beside the repository, and may not be there."""

Kind = Literal[
    "value", "year", "unit", "row", "column", "direction", "status", "actor", "subject",
    "neutral", "decision",
]  # fmt: skip
"""Which part of a false sentence was changed; what a true one is told by."""


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence on the documents of a folder, `true` or with one part changed.

    `documents` is a folder or file of the checkout, or of `shared/` beside it.
    """

    id: str
    true: bool
    kind: Kind
    language: Language
    documents: str
    text: str


def load_sentences(path: Path = OPEN) -> list[Sentence]:
    """Return the sentences of a file; raises InputError, which names the line, for none."""
    decoder = msgspec.json.Decoder(Sentence)
    found = []
    for number, line in enumerate(path.read_text("utf8").splitlines(), start=1):
        try:
            found.append(decoder.decode(line))
        except msgspec.MsgspecError as error:
            raise InputError(
                Text(f"{path}:{number}: {error}", f"{path}:{number}: {error}")
            ) from error
    return found


def folder_of(documents: str) -> Path:
    """Return where documents lie."""
    if documents.startswith(SHARED):
        return CHECKOUT.parent / documents
    return CHECKOUT / documents
