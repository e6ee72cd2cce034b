"""What a question says of its figure beside the measure: what it is for, what table it is in."""

from __future__ import annotations

import re

from rag.glossary import joined_phrases
from rag.query import Query
from rag.text.counts import NUMBER_WORDS
from rag.text.dates import MONTHS
from rag.text.language import fold

_FOR = re.compile(
    r"\b(?:til|pa|i|for|af|hos|ved|blandt|on|in|of|at|among|sparer|koster|far|bruger|do|does)\s+"
    r"(?:(?:alle|de|den|det|en|et|nye?|flere|the|an?|new|more|all)\s+)*([^\W\d_]+)(?=(?:\s+([^\W\d_]+))?)"
)

_NO_PURPOSE = frozenset({*map(fold, NUMBER_WORDS), *MONTHS})  # "for alle fire år", "i juni"
_TABLE = re.compile(
    r"\b(?:i|fra|in|from)\b[^,.?]{0,20}?\b(?:tabel|tabellen|table)\s+"
    r"(?:\d+\s+)?(?:over|med|for|om|of|on|with)\s+[^,.?]+",
    re.IGNORECASE,
)


def without_table(text: str) -> str:
    """Return a question without the name of the table it asks to look in.

    "Hvad er der sat på X i tabellen over investeringsbehov?" asks for no investment.
    """
    return _TABLE.sub(" ", text)


def purposes(query: Query) -> list[tuple[str, ...]]:
    """Return the words of a question's topic that a preposition or a verb leads, in its order.

    Each with itself and the next as one word: "afløser timer" may be "afløsertimer".
    """
    led = {m[1]: m[2] for m in _FOR.finditer(joined_phrases(query.text))}
    found = [w for w in query.words if fold(w) in led and fold(w) not in _NO_PURPOSE]
    return [(w, w + n) if (n := led[fold(w)]) else (w,) for w in found]
