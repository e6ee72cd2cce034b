"""The columns of tables whose cells stand under heads of their own: "Forbrug til dato".

Such a figure's measure is its row's label with its column's head in brackets.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from rag.text.language import fold
from rag.text.quarters import spelt_quarters
from rag.text.topic import Topic
from rag.types import Figure

_HEADED = re.compile(r"(?P<row>\S.*) \((?P<head>[^()]+)\)")
_CATEGORY = re.compile(r"^[^:]{3,40}:\s+(?=\w)")
_BRACKETED = re.compile(r"\s*\([^()]*\)")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LAW = re.compile(r"§+\s*\d+(?:\s?(?:og|-|,)\s?\d+)*")
_MEASURED_IN = re.compile(
    r",\s*(?:antal|dage|timer|pct|procent|kr|skala|andel|minutter|km|m²)\b.*$", re.IGNORECASE
)
_PLACED = re.compile(r"\s(?:i|ved|på|langs|in|at)\s+[A-ZÆØÅ].*$")
_WITHOUT_CATEGORY, _WITHOUT_PLACE, _WITHOUT_PATH = 0.95, 0.8, 0.75
_VERBATIM = 1.25
NAMED = 0.45
"""What a column's `worth` is at least where the question names it."""


class Columns:
    """What the figures of a table's row are of: the row, and the column that a question names."""

    def __init__(self, figures: Iterable[Figure], question: str, said: Topic) -> None:
        """Take the figures looked at; `said` are the words of the `question` itself."""
        rows: defaultdict[tuple[str, int, int], dict[str, str]] = defaultdict(dict)
        for figure in figures:
            if figure.table and (match := _HEADED.fullmatch(figure.measure)):
                place = figure.context
                rows[figure.table, place.page, place.start][figure.id] = match["head"]
        several = [row for row in rows.values() if len(set(row.values())) > 1]
        self._heads = {figure: head for row in several for figure, head in row.items()}
        flat = fold(spelt_quarters(question))
        self._worth = {
            head: _VERBATIM if fold(head) in flat else said.names(YEAR.sub(" ", head))
            for head in set(self._heads.values())
        }

    @property
    def heads(self) -> list[str]:
        """All heads, where the question says a word of any; a column asked for before is none."""
        return list(self._worth) if any(self._worth.values()) else []

    @property
    def one(self) -> bool:
        """Whether the question names one head, and no other."""
        return sum(worth >= NAMED for worth in self._worth.values()) == 1

    def worth(self, figure: Figure) -> float:
        """Return how well the question names a figure's column: 0 not at all, 1 in full."""
        return self._worth.get(self._heads.get(figure.id, ""), 0.0)

    def head(self, figure: Figure) -> str:
        """Return the head of a figure's column, "" where it has none of its own."""
        return self._heads.get(figure.id, "")

    def row(self, figure: Figure) -> str:
        """Return the label of a figure's row."""
        head = self.head(figure)
        return figure.measure.removesuffix(f" ({head})") if head else figure.measure


def path_said(path: str, label: str, words: Topic, where: str | None = None) -> float:
    """Return the share that `words` say of a label and of the headings over it (`path`).

    The label alone tells the row too, but less than with its headings.
    """
    return max(words.names(f"{path} {label}"), _WITHOUT_PATH * label_said(label, words, where))


def label_said(label: str, words: Topic, where: str | None = None) -> float:
    """Return the share of a row's label that `words` say, from 0 to 1.

    Whatever year, paragraph of the law and name of the municipality itself (`where`) is in
    it. "Besparelse: private vikarbureauer" is told by its latter part, "Sygefravær, dage pr.
    ansat" without its unit, and "Plejecenter i Brædstrup" mostly by what it is.
    """
    text = _LAW.sub(" ", YEAR.sub(" ", label))
    if where and text.strip() != where:
        text = re.sub(rf"\b{re.escape(where)}s?\b", " ", text)
    thing = _MEASURED_IN.sub("", _CATEGORY.sub("", _BRACKETED.sub("", text)))
    ways = (text, 1.0), (thing, _WITHOUT_CATEGORY), (_PLACED.sub("", thing), _WITHOUT_PLACE)
    return max(words.names(way) * worth for way, worth in ways)
