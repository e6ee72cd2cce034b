"""Whether words stand in a text."""

from __future__ import annotations

import re

_MINUS = str.maketrans("−–", "--")


def holds(text: str, words: str) -> bool:
    """Tell whether `words` stand in `text`, whatever the case, white space and kind of dash.

    A number is not found inside a longer one.
    """
    flat, wanted = _flat(text), re.escape(_flat(words))
    before = r"(?<!\d)(?<!\d[.,])" if wanted[:1].isdigit() else ""
    after = r"(?!\d|[.,]\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + wanted + after, flat) is not None


def _flat(text: str) -> str:
    return " ".join(text.casefold().translate(_MINUS).split())
