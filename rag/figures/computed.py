"""Applies the arithmetic that a question wants to the rows found, and words the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.answer import Statement
from rag.cite import Citations
from rag.figures.arithmetic import (
    across,
    calculate,
    comparable,
    holding,
    is_level,
    is_opposite,
    pick,
    price_levels,
)
from rag.query import Operation, Query
from rag.types import CouncilDocument, Figure, Text
from rag.vocabulary import concepts, direction
from rag.wording import cell_sentence, computed_sentence, difference_sentence, label, most_sentence

Row = Sequence[Figure]

_OVER_YEARS = ("sum", "difference", "percent", "average")
_NO_PART = frozenset({"net", "current_budget"})  # rows that sum up, or that the others change
_LEVELS = Text(
    "Årsværk er et niveau i hvert år og lægges ikke sammen over årene.",
    "FTE (årsværk) are a level in each year and are not added up over the years.",
)


class FigureArithmetic:
    """Computes over rows: the figures of one row, in order of years, those asked for alone."""

    def __init__(
        self, query: Query, documents: Mapping[str, CouncilDocument], citations: Citations
    ) -> None:
        """Take the question and the documents of the rows by id."""
        self._query, self._documents, self._citations = query, documents, citations

    def of_row(self, row: Row) -> list[Statement]:
        """Return what the arithmetic over a row's years gives; empty where it gives nothing."""
        operation = self._query.operation
        years = [f for f in row if f.year is not None]
        total = [f for f in row if f.year is None and f.period]
        if operation is None or len(row) < 2 or not _is_series(row):
            return []
        if operation == "sum" and total and not self._query.years:
            return self._cells(total)  # the table has added up itself
        if operation in ("largest", "smallest"):
            return self._cells(pick(operation, years, direction(self._query.text)))
        if operation in ("when", "which") and self._query.condition:
            return self._cells(holding(self._query.condition, years))
        shown = calculate(operation, self._cited(years)) if operation in _OVER_YEARS else None
        if shown is None:
            return []
        text = computed_sentence(self._document(row[0]), shown, operation, self._query.language)
        indexes = tuple(dict.fromkeys(index for _, index in shown.operands))
        return [Statement(text, shown.operands, indexes, shown)]

    def meets(self, row: Row) -> bool:
        """Tell whether a row is one that a question wants to meet a condition, if it has any.

        The cost of an investment does not tell when it is earned back; a net row
        that never turns tells that it is not.
        """
        condition = self._query.condition
        if condition is None:
            return True
        if self._query.operation == "which":
            return bool(holding(condition, [f for f in row if f.year or not f.table]))
        dated = [f for f in row if f.year is not None]
        return bool(holding(condition, dated) or (dated and row[0].concept in _NO_PART))

    def note(self, row: Row) -> list[Statement]:
        """Return that levels are not summed, where a sum over their years was asked for."""
        if self._query.operation not in ("sum", "average") or len(row) < 2 or not is_level(row[0]):
            return []
        index = self._citations.add(row[0].context)
        return [Statement(_LEVELS.in_(self._query.language), (), (index,))]

    def across(self, rows: Sequence[Row], chosen: bool) -> list[Statement]:
        """Return what comparing or adding several rows gives, to stand before them.

        `chosen` tells that the question named each of the rows, so that they may be added up.
        """
        operation = self._query.operation
        if operation in ("most", "least"):
            return self._most(operation, rows)
        figures = [row[0] for row in rows if len(row) == 1 and row[0].value is not None]
        if len(figures) < 2 or len(figures) < len(rows) or len({f.year for f in figures}) > 1:
            return []
        if operation == "difference" and chosen and len(figures) == 2:
            return self._difference(figures)
        if operation == "sum" and (chosen or self._are_parts(figures)):
            return self._sum(figures)
        return []

    def compared(self, rows: Sequence[Row]) -> list[Figure]:
        """Return the figures of rows among which most, or least, is asked for.

        A cell without a value is none of them, nor a raise where savings are asked about.
        """
        wanted = direction(self._query.text)
        told = [r[0] for r in rows if r[0].value is not None and r[0].concept not in _NO_PART]
        signs = {f.value > 0 for f in told if f.value and f.effect == wanted}
        return [
            figure
            for figure in told
            if not is_opposite(figure, wanted)
            # No sign tells what a plus does; where savings have minus, it saves nothing.
            and not (figure.value and figure.effect == "unknown" and signs == {figure.value < 0})
        ]

    def _most(self, operation: Operation, rows: Sequence[Row]) -> list[Statement]:
        figures = self.compared(rows)
        # "Årligt fra 2028" is of the year asked about, and of others.
        years = {f.year for f in figures if f.year or not self._query.years}
        one_year = all(len(row) == 1 for row in rows) and len(years) == 1
        if len(figures) < 2 or not one_year or not comparable(figures):
            return []
        return self.most(pick(operation, figures, direction(self._query.text)), figures)

    def most(self, best: list[Figure], figures: list[Figure]) -> list[Statement]:
        """Return that `best` of `figures` have most, or least, as the question asks."""
        text = most_sentence(
            [label(f, self._documents, figures) for f in best],
            best[0],
            self._query.operation or "most",
            self._query.language,
        )
        cited = self._cited(best)
        indexes = tuple(dict.fromkeys(index for _, index in cited))
        return [Statement(text, tuple(cited), indexes), *self._unlike(figures)]

    def _difference(self, figures: list[Figure]) -> list[Statement]:
        shown = across("difference", self._cited(figures))
        if shown is None:
            return self._unlike(figures, Text("trukket fra hinanden", "subtracted"))
        names = [label(f, self._documents, figures) for f in figures]
        text = difference_sentence(names, figures[0], shown, self._query.language)
        indexes = tuple(dict.fromkeys(index for _, index in shown.operands))
        return [Statement(text, shown.operands, indexes, shown), *self._unlike(figures)]

    def _sum(self, figures: list[Figure]) -> list[Statement]:
        shown = across("sum", self._cited(figures))
        if shown is None:
            return self._unlike(figures, Text("lagt sammen", "added up"))
        names = [label(f, self._documents, figures) for f in figures]
        text = difference_sentence(names, figures[0], shown, self._query.language, sum=True)
        indexes = tuple(dict.fromkeys(index for _, index in shown.operands))
        return [Statement(text, shown.operands, indexes, shown), *self._unlike(figures)]

    def _are_parts(self, figures: list[Figure]) -> bool:
        """Tell whether rows are the kinds of the one measure asked for (drift and anlæg)."""
        asked, own = set(self._query.concepts), [f.concept for f in figures]
        one_document = len({f.document for f in figures}) == 1
        return (
            one_document
            and len(set(own)) == len(own)
            and all(c is not None and asked < concepts()[c].wider for c in own)
        )

    def _unlike(self, figures: list[Figure], undone: Text | None = None) -> list[Statement]:
        """Return that figures differ in price level; `undone` tells that they were not computed."""
        levels = price_levels(figures)
        if undone:
            said = Text(
                "Tallene har forskellige enheder, eller det er uklart, om de øger eller mindsker, "
                f"og de er derfor ikke {undone.da}.",
                "The figures have different units, or it is unclear whether they add or take away, "
                f"and they are therefore not {undone.en}.",
            )
        elif len(levels) > 1:
            said = Text(
                f"Bemærk: beløbene er i forskellige prisniveauer ({' og '.join(levels)}).",
                f"Note: the amounts are in different price levels ({' and '.join(levels)}).",
            )
        else:
            return []
        cited = tuple(dict.fromkeys(index for _, index in self._cited(figures)))
        return [Statement(said.in_(self._query.language), (), cited)]

    def _cells(self, figures: Sequence[Figure]) -> list[Statement]:
        found = []
        for figure in figures:
            index = self._citations.add(figure.context, figure.place)
            text = cell_sentence(self._document(figure), figure, self._query.language)
            found.append(Statement(text, ((figure, index),), (index,)))
        return found

    def _cited(self, figures: Sequence[Figure]) -> list[tuple[Figure, int]]:
        mark = figures[0].place if len(figures) == 1 else None
        return [(f, self._citations.add(f.context, mark)) for f in figures]

    def _document(self, figure: Figure) -> CouncilDocument:
        return self._documents[figure.document]


def _is_series(row: Row) -> bool:
    """Tell whether figures are a table's row, or amounts of a sentence that are one a year."""
    years = [f.year for f in row]
    return row[0].table is not None or (None not in years and len(set(years)) == len(years))
