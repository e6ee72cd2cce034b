"""The error a reader raises for a file that cannot be read."""

from __future__ import annotations

from typing import Literal

from rag.types import Text

UnreadableCode = Literal[
    "encrypted", "broken", "empty", "no_text_layer", "wrong_type", "unsupported"
]


class Unreadable(Exception):  # noqa: N818 (reads as what it says of the file)
    """A file that cannot be read.

    `code` is the kind of trouble, stable for programs; `message` names the
    file, the cause and what to do, in both languages.
    """

    def __init__(self, code: UnreadableCode, message: Text) -> None:
        super().__init__(message.en)
        self.code = code
        self.message = message
