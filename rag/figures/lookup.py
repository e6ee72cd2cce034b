"""Finds the figures that answer a question among those of the documents in scope."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rag.figures.around import Around
from rag.figures.column_kinds import KindsAsked
from rag.figures.columns import NAMED, YEAR, Columns, label_said
from rag.figures.found import LABEL, NEAR_BEST, Candidate, Found, beside
from rag.figures.rows import WHOLE_LABEL, row_key, rows_named
from rag.figures.savings import saves_on
from rag.figures.traits import Told, is_of, kind_fits, measures_asked
from rag.figures.years import of_years
from rag.query import Query
from rag.text.language import fold, words
from rag.text.names import municipalities_named
from rag.text.topic import Topic, weighted_terms
from rag.types import CouncilDocument, Figure
from rag.vocabulary import asked_concepts, concepts, generic_words, only_hinted

# What a figure must cover of the question's topic: where it is of no measure asked
# for, where it is, and where its document was named too. Below it the figure is of
# something else, and no answer is better than a wrong one.
LEAST_COVER, LEAST_OF_MEASURE, LEAST_OF_NAMED = 0.45, 0.3, 0.0
_COVER, _BEYOND, _PLACE, _COLUMN = 1.75, 1.0, 0.1, 0.6
_LEAST_LABEL, _ALL = 0.5, 0.9
_LED = 0.8  # of what is asked for first, for prose to tell it and rows not
_ROW = 0.5  # of the label of a row whose column is named, that is said
_NO_YEAR, _IN_PROSE, _OF_ANOTHER = 0.4, 0.25, 0.5
_TOTAL = re.compile(r"i ?alt|total|sum", re.IGNORECASE)
_SEVERAL = 2


class FigureLookup:
    """Scores figures against a question."""

    def __init__(
        self,
        query: Query,
        topic: Topic,
        documents: Sequence[CouncilDocument],
        told: Mapping[str, Told],
        kinds: KindsAsked,
        named: bool,
        words: Topic,
        said: Topic,
        least_label: float = 0.0,
    ) -> None:
        """Take the question, and what is told around each prose figure, by figure id.

        A cell whose column is of no kind asked for (`kinds`) never answers.

        `words` are all the question's words, for the rows' labels, and `said` those of
        its own text, whatever it takes from the turn before. With
        `least_label`, only rows answer of whose labels the question says that share,
        and amounts of a year asked for that so much of it is told with.
        """
        self._query, self._topic, self._named = query, topic, named
        self._words, self._said_now, self._least_label = words, said, least_label
        self._columns = Columns((), query.text, said)
        self._kinds = kinds
        self._hinted = only_hinted(query.text)
        self._documents = {d.id: d for d in documents}
        self._told = Around(told, self._documents, topic, query.text)
        self._asked: frozenset[str] = frozenset()
        self._labels: dict[str, float] = {}

    def find(self, figures: Sequence[Figure]) -> list[Found]:
        """Return what answers among `figures`: one outcome for each measure asked for.

        So has each row that the question names in full beside them.
        """
        self._columns = Columns(figures, self._query.text, self._said_now)
        self._topic = self._topic.beyond(" ".join(self._columns.heads))
        self._told = self._told.of(self._topic)
        outcomes = {}
        for asked in measures_asked(self._query.concepts) or [frozenset()]:
            self._asked = asked
            outcomes[asked] = self._find(figures)
        whole = [o for o in outcomes.values() if any(c.label >= WHOLE_LABEL for c in o.best)]
        # A row named in full is the one meant, whatever else its words may hint at.
        said = {key for o in whole for c in o.best for key in asked_concepts(c.figure.measure)}
        kept = [o for asked, o in outcomes.items() if o in whole or not (asked and asked <= said)]
        return self._with_rows(kept if whole else list(outcomes.values()), figures)

    def _with_rows(self, found: list[Found], figures: Sequence[Figure]) -> list[Found]:
        """Return `found` with the rows that are named in full and not among it.

        Only a question that gives a year names several rows ("Asfalt og vinter i 2026?").
        """
        if not self._query.years or self._query.amount == "percent" or self._columns.one:
            return found
        told = {row_key(c.figure) for o in found for c in o.best}
        titles = [d.title for d in self._documents.values()]
        said = " ".join([*titles, *{c.figure.measure for o in found for c in o.best}])
        rows = rows_named(figures, self._label, self._topic, said)
        about = {c.figure.document for o in found for c in o.best}
        if about and about != {row[0].document for row in rows}:
            return found
        more = [self._of_row(row) for row in rows if row_key(row[0]) not in told]
        if len(more) + sum(bool(o.best) for o in found) < _SEVERAL:
            return found
        return [*(o for o in found if o.best), *(o for o in more if o.best)] or found

    def _of_row(self, row: list[Figure]) -> Found:
        """Return the cells of a row that are of the years asked for."""
        cells = [f for f in row if any(is_of(f, year) for year in self._query.years)]
        return Found(tuple(Candidate(f, 1.0, 0.0, 1.0) for f in cells if self._may_tell(f)))

    def _may_tell(self, figure: Figure) -> bool:
        """Tell whether a cell has an amount, of no other kind of column than is asked for."""
        return figure.state != "blank" and self._kinds.fit(figure) is not False

    def _label(self, figure: Figure) -> float:
        """Return the share of its row's words that the question says, and of its column's.

        The column may be left out where the question names one, or asks of nothing but the row.
        """
        if figure.measure not in self._labels:
            row, whole = self._columns.row(figure), self._words.names(YEAR.sub("", figure.measure))
            document = self._documents[figure.document]
            said = label_said(row, self._words, document.municipality)
            if row != figure.measure and not self._columns.heads:
                terms = weighted_terms((f"{row} {document.title}", 1.0))
                alone = self._topic.cover(terms) >= _ALL
                said = max(said if alone else 0.0, whole)
            self._labels[figure.measure] = said
        return self._labels[figure.measure]

    def _find(self, figures: Sequence[Figure]) -> Found:
        fitting = [c for f in figures if (c := self._candidate(f)) is not None]
        fitting = self._of_columns([c for c in fitting if self._told.names(c.figure)])
        if not fitting:
            return self._nothing(figures)
        dated = of_years(fitting, self._query.years, bool(self._topic), self._documents)
        if not dated and self._asked and not any(c.measure or c.label for c in fitting):
            return self._nothing(figures)
        if not dated:
            best = max(c.score for c in fitting)
            near = tuple(c.figure for c in fitting if c.score >= best - NEAR_BEST)
            return Found((), "year_outside", near)
        dated = self._of_parts(dated)
        best = max(c.score for c in dated)
        top = [c for c in dated if c.score >= best - NEAR_BEST]
        if not self._named:
            top += beside(top, dated) + self._priced(top, dated)
        printed = [c for c in top if c.figure.state != "blank"]
        if not printed:
            return Found((), "cell_blank", tuple(c.figure for c in top))
        return Found(tuple(sorted(printed, key=lambda c: -c.score)))

    def _of_columns(self, fitting: list[Candidate]) -> list[Candidate]:
        """Keep the rows' cells in the column that is named, where there are any."""
        worth = {c.figure.id: self._column(c.figure) for c in fitting if c.label >= _ROW}
        best = max(worth.values(), default=0.0)
        if best < NAMED:
            return fitting
        return [c for c in fitting if worth.get(c.figure.id, 0.0) >= best - NEAR_BEST]

    def _column(self, figure: Figure) -> float:
        """Return how well a question names a figure's column, by its head or by its kind."""
        return max(self._columns.worth(figure), NAMED if self._kinds.is_named(figure) else 0.0)

    def _priced(self, top: Sequence[Candidate], others: Sequence[Candidate]) -> list[Candidate]:
        """Return the prices that other documents tell of the very thing: "Følerne koster …"."""
        if not self._hinted or "net" not in self._asked or not self._topic:
            return []
        known = {c.figure.document for c in top}
        return [
            c
            for c in others
            if not c.figure.table and c.figure.document not in known and self._told.prices(c.figure)
        ]

    def _of_parts(self, fitting: list[Candidate]) -> list[Candidate]:
        """Drop the rows of a whole matter where the prose tells of the part asked for.

        "Hvad spares i vuggestuerne?": their own amount, not the whole proposal's.
        """
        rows = [c for c in fitting if c.figure.table]
        leading = [c for c in fitting if not c.figure.table and self._told.lead(c.figure) >= _LED]
        if leading and not any(c.measure or self._told.lead(c.figure) for c in rows):
            fitting = leading  # "sygefraværet i Senior og Omsorg" is no row of their budget
        parts = [c for c in fitting if self._told.is_of_part(c.figure)]
        told = {c.figure.document for c in parts if not c.figure.table}
        return [c for c in fitting if c.figure.document not in told or c in parts]

    def _candidate(self, figure: Figure) -> Candidate | None:
        in_table = figure.table is not None
        saves = in_table and self._saves(figure)
        label = 1.0 if saves else self._label(figure) if in_table else 0.0
        whole = label >= WHOLE_LABEL and self._query.amount != "percent"
        if not kind_fits(figure, self._query.amount) and not (whole and self._may_be(figure)):
            return None
        if not self._told.is_rate(figure):
            return None
        if self._query.operation in ("most", "least") and self._is_total(figure):
            return None  # what sums up all is none of them
        measure = 1.0 if saves else self._measure(figure)
        if self._is_other(figure, measure, label):
            return None
        cover = self._told.cover(figure, in_table or not self._least_label)
        by_label = label >= _LEAST_LABEL
        telling = saves or len(_telling(figure.measure)) >= _SEVERAL
        in_full = label >= WHOLE_LABEL and telling
        if not in_full and cover < self._least(figure, measure or by_label, by_label):
            return None
        beyond = self._told.beyond_title(figure)
        if self._hinted and not in_table and self._told.is_beyond(figure) and not beyond:
            return None  # "Hvad koster en billet til hallen?": told of the hall, not of tickets
        score = _COVER * cover + _BEYOND * beyond + measure + LABEL * label
        score += _COLUMN * self._column(figure)
        if self._sums_up_another(figure):
            score -= _OF_ANOTHER
        if not in_table:
            score -= _IN_PROSE
            if self._query.years and figure.year is None:
                score -= _NO_YEAR
            if set(self._query.municipalities) & set(municipalities_named(self._told.near(figure))):
                score += _PLACE
        return Candidate(figure, score, measure, label)

    def _saves(self, figure: Figure) -> bool:
        """Tell whether a row is of the saving on a thing that is asked for."""
        told = f"{self._documents[figure.document].title} {figure.group} {figure.context.section}"
        asked = "efficiency" in self._asked
        return asked and saves_on(figure.measure, told, self._query.words)

    def _sums_up_another(self, figure: Figure) -> bool:
        """Tell whether a row is of another document in scope ("BSU04 …" in an overview)."""
        words = figure.measure.split()
        return any(d.number in words for d in self._documents.values() if d.id != figure.document)

    def _is_other(self, figure: Figure, measure: float, label: float) -> bool:
        """Tell whether a figure is of another measure than the one asked for."""
        if self._kinds.fit(figure) is False:
            return True
        in_table = figure.table is not None
        of_column = label >= _ROW and self._column(figure) >= NAMED
        if self._least_label and label < self._least_label and not of_column:
            is_dated = figure.year is not None and figure.year in self._query.years
            return in_table or not (self._topic and is_dated)
        if measure or not self._asked:
            return False
        if not in_table and "efficiency" in self._asked and self._told.is_spent(figure):
            return True
        if in_table and label < _LEAST_LABEL:
            return True
        return figure.concept is not None and not self._hinted and label < 1.0

    def _least(self, figure: Figure, is_asked: float | bool, by_label: bool) -> float:
        """Return what a figure must cover of the topic to answer."""
        in_table = figure.table is not None
        if self._least_label:
            return self._least_label if self._topic else 0.0
        if is_asked:
            if not self._topic or (self._named and in_table):
                return LEAST_OF_NAMED
            # "Hvad koster fodbolde?" only hints at the row that sums all up.
            return LEAST_COVER if self._hinted and not by_label else LEAST_OF_MEASURE
        if not self._topic and self._named and not self._asked:
            return 0.0
        return LEAST_COVER

    def _measure(self, figure: Figure) -> float:
        """Return 1 for a figure of the measure asked for, else 0."""
        if self._is_total(figure):
            return float("net" in self._asked)
        concept = concepts().get(figure.concept or "")
        return float(concept is not None and bool(self._asked) and self._asked <= concept.wider)

    def _may_be(self, figure: Figure) -> bool:
        """Tell whether a row named in full may tell a kind of amount that its unit does not."""
        return figure.unit not in ("kr.", "pct.") or self._query.amount in (None, "money")

    def _is_total(self, figure: Figure) -> bool:
        row = self._columns.row(figure).strip()
        return figure.table is not None and bool(_TOTAL.fullmatch(row))

    def _nothing(self, figures: Sequence[Figure]) -> Found:
        rows = [f for f in figures if f.table is not None]
        alone = len(self._documents) == 1
        if (self._named or alone) and rows and self._asked:
            return Found((), "measure_missing", tuple(rows))
        return Found((), "nothing_found")


def _telling(label: str) -> list[str]:
    """Return the words of a row's label that say what it is of."""
    return [word for word, *_ in words(label) if fold(word) not in generic_words()]
