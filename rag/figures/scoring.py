"""How well a figure answers a question, and whether it may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.figures.around import Around
from rag.figures.asked import FigureAsked
from rag.figures.columns import NAMED, YEAR, Columns, label_said, path_said
from rag.figures.found import LABEL, Candidate
from rag.figures.rows import WHOLE_LABEL
from rag.figures.savings import saves_on
from rag.figures.traits import kind_fits
from rag.text.language import fold, words
from rag.text.named_numbers import is_of_another, named_numbers
from rag.text.names import municipalities_named
from rag.text.sum_rows import is_bare_sum
from rag.text.topic import weighted_terms
from rag.types import CouncilDocument, Figure
from rag.vocabulary import concepts, generic_words, only_hinted

# What a figure must cover of the question's topic: where it is of no measure asked
# for, where it is, and where its document was named too. Below it the figure is of
# something else, and no answer is better than a wrong one.
LEAST_COVER, LEAST_OF_MEASURE, LEAST_OF_NAMED = 0.45, 0.3, 0.0
ROW = 0.5
"""The share of its row's label that is said where a column's name chooses the cell."""
_COVER, _BEYOND, _PLACE, _COLUMN = 1.75, 1.0, 0.1, 0.6
_LEAST_LABEL, _ALL = 0.5, 0.9
_NO_YEAR, _IN_PROSE, _OF_ANOTHER = 0.4, 0.25, 0.5
_SEVERAL = 2


class Scoring:
    """Scores the figures of documents against a question."""

    def __init__(
        self,
        asked: FigureAsked,
        documents: Sequence[CouncilDocument],
        figures: Sequence[Figure],
        named: bool,
        least_label: float,
    ) -> None:
        """Take the question, and the `figures` of the `documents`, which it `named` or not.

        With `least_label`, only rows answer of whose labels the question says that share,
        and amounts of a year asked for that so much of it is told with.
        """
        self._query, topics = asked.query, asked.topics
        self._words, self._kinds = topics.words, asked.kinds
        self._numbers = named_numbers(asked.query.text)
        self._documents: Mapping[str, CouncilDocument] = {d.id: d for d in documents}
        self._named, self._least_label = named, least_label
        self.columns = Columns(figures, asked.query.text, topics.said)
        self.topic = topics.topic.beyond(" ".join(self.columns.heads))
        self.around = Around(asked, self.topic, self._documents)
        self.hinted = only_hinted(asked.query.text)
        self._labels: dict[str, float] = {}
        amount = asked.query.amount
        self._having = {f.context for f in figures if f.table and kind_fits(f, amount)}

    def candidate(self, figure: Figure, asked: frozenset[str]) -> Candidate | None:
        """Return a figure as it fits the measure that is `asked`, None where it does not."""
        in_table = figure.table is not None
        saves = in_table and self._saves(figure, asked)
        label = 1.0 if saves else self.label(figure) if in_table else 0.0
        if not self._may_answer(figure, label):
            return None
        measure = 1.0 if saves else self._measure(figure, asked)
        if self._is_other(figure, measure, label, asked):
            return None
        cover = self.around.cover(figure, in_table or not self._least_label)
        by_label = label >= _LEAST_LABEL
        telling = saves or len(_telling(figure.measure)) >= _SEVERAL
        in_full = label >= WHOLE_LABEL and telling
        if not in_full and cover < self._least(figure, measure or by_label, by_label, asked):
            return None
        beyond = self.around.beyond_title(figure)
        if self.hinted and not in_table and self.around.is_beyond(figure) and not beyond:
            return None  # "Hvad koster en billet til hallen?": told of the hall, not of tickets
        if not (in_table and measure) and self._is_told_otherwise(figure):
            return None
        score = _COVER * cover + _BEYOND * beyond + measure + LABEL * label
        score += _COLUMN * self.column(figure) - self._doubt(figure)
        return Candidate(figure, score, measure, label)

    def label(self, figure: Figure) -> float:
        """Return the share of its row's words that the question says, and of its column's.

        The column may be left out where the question names one, or asks of nothing but the row.
        """
        if figure.measure not in self._labels:
            row, whole = self.columns.row(figure), self._words.names(YEAR.sub("", figure.measure))
            document = self._documents[figure.document]
            if figure.label != figure.measure and figure.group:
                own = row.removeprefix(f"{figure.group}: ")
                said = path_said(figure.group, own, self._words, document.municipality)
            else:
                said = label_said(row, self._words, document.municipality)
            if row != figure.measure and not self.columns.heads:
                terms = weighted_terms((f"{row} {document.title}", 1.0))
                alone = self.topic.cover(terms) >= _ALL
                said = max(said if alone else 0.0, whole)
            self._labels[figure.measure] = 1.0 if self.around.enumerates(figure) else said
        return self._labels[figure.measure]

    def column(self, figure: Figure) -> float:
        """Return how well a question names a figure's column, by its head or by its kind."""
        return max(self.columns.worth(figure), NAMED if self._kinds.is_named(figure) else 0.0)

    def may_tell(self, figure: Figure) -> bool:
        """Tell whether a cell has an amount, of no other kind of column than is asked for."""
        return figure.state != "blank" and self._kinds.fit(figure) is not False

    def _may_answer(self, figure: Figure, label: float) -> bool:
        """Tell whether a figure is of the kind of amount asked for, and of the rate.

        "Vandløb 12" is never told by an amount of "vandløb 13".
        """
        if is_of_another(self._numbers, self.around.where(figure)):
            return False
        whole = label >= WHOLE_LABEL and self._query.amount != "percent"
        if not kind_fits(figure, self._query.amount) and not (whole and self._may_be(figure)):
            return False
        if self._query.operation in ("most", "least") and self._is_total(figure):
            return False  # what sums up all is none of them
        return self.around.is_rate(figure)

    def _is_told_otherwise(self, figure: Figure) -> bool:
        """Tell whether what is said at a figure leaves out what the question asks it of."""
        if self.around.is_of_another(figure):
            return True
        return not self._kinds.fit(figure) and not self.around.is_measured(figure)

    def _doubt(self, figure: Figure) -> float:
        """Return what tells against a figure: prose, of no year, or a row of another document."""
        doubt = _OF_ANOTHER if self._sums_up_another(figure) else 0.0
        if figure.table is None:
            doubt += _IN_PROSE
            if self._query.years and figure.year is None:
                doubt += _NO_YEAR
            if set(self._query.municipalities) & set(
                municipalities_named(self.around.near(figure))
            ):
                doubt -= _PLACE
        return doubt

    def _saves(self, figure: Figure, asked: frozenset[str]) -> bool:
        """Tell whether a row is of the saving on a thing that is asked for."""
        told = f"{self._documents[figure.document].title} {figure.group} {figure.context.section}"
        return "efficiency" in asked and saves_on(figure.measure, told, self._query.words)

    def _sums_up_another(self, figure: Figure) -> bool:
        """Tell whether a row is of another document in scope ("BSU04 …" in an overview)."""
        words = figure.measure.split()
        return any(d.number in words for d in self._documents.values() if d.id != figure.document)

    def _is_other(
        self, figure: Figure, measure: float, label: float, asked: frozenset[str]
    ) -> bool:
        """Tell whether a figure is of another measure than the one asked for."""
        if self._kinds.fit(figure) is False:
            return True
        in_table = figure.table is not None
        of_column = label >= ROW and self.column(figure) >= NAMED
        if self._least_label and label < self._least_label and not of_column:
            is_dated = figure.year is not None and figure.year in self._query.years
            return in_table or not (self.topic and is_dated)
        if measure or not asked:
            return False
        if not in_table and "efficiency" in asked and self.around.is_spent(figure):
            return True
        if in_table and label < _LEAST_LABEL:
            return True
        return figure.concept is not None and not self.hinted and label < 1.0

    def _least(
        self, figure: Figure, is_asked: float | bool, by_label: bool, asked: frozenset[str]
    ) -> float:
        """Return what a figure must cover of the topic to answer."""
        in_table = figure.table is not None
        if self._least_label:
            return self._least_label if self.topic else 0.0
        if is_asked:
            if not self.topic or (self._named and in_table):
                return LEAST_OF_NAMED
            # "Hvad koster fodbolde?" only hints at the row that sums all up.
            return LEAST_COVER if self.hinted and not by_label else LEAST_OF_MEASURE
        if not self.topic and self._named and not asked:
            return 0.0
        return LEAST_COVER

    def _measure(self, figure: Figure, asked: frozenset[str]) -> float:
        """Return 1 for a figure of the measure asked for, else 0."""
        if self._is_total(figure):
            return float("net" in asked)
        concept = concepts().get(figure.concept or "")
        return float(concept is not None and bool(asked) and asked <= concept.wider)

    def _may_be(self, figure: Figure) -> bool:
        """Tell whether a row named in full may tell a kind of amount that its unit does not.

        Not where another of its cells is of the kind asked for.
        """
        if figure.context in self._having:
            return False
        return figure.unit not in ("kr.", "pct.") or self._query.amount in (None, "money")

    def _is_total(self, figure: Figure) -> bool:
        return figure.table is not None and is_bare_sum(self.columns.row(figure))


def _telling(label: str) -> list[str]:
    """Return the words of a row's label that say what it is of."""
    return [word for word, *_ in words(label) if fold(word) not in generic_words()]
