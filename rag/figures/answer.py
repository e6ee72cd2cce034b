"""Writes the answer to a question for a figure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from rag.answer import Answer, Statement, Status, WhyNot, remark
from rag.asking.operations import is_extreme, sides_asked
from rag.cite import Citations
from rag.figures.computed import FigureArithmetic
from rag.figures.found import Candidate, Found
from rag.figures.rows import row_key
from rag.figures.traits import confirmations
from rag.query import COMPARING, Query
from rag.refusals import NONE_SUCH, near_miss, why_no_figure
from rag.text.dates import FAR
from rag.text.sum_rows import is_sum_row
from rag.types import CouncilDocument, Figure, Finding, Language, Text
from rag.vocabulary import concepts
from rag.wording import (
    cell_sentence,
    prose_sentence,
    row_sentence,
    told_apart,
)

_MOST_DOCUMENTS, _MOST_LISTED, _MOST_ROWS = 6, 20, 4
_AS_WELL = 0.1
_BETWEEN_YEARS = ("difference", "percent", "average")
_AND_MORE = Text(
    "Flere dokumenter end disse har et sådant tal. Spørg snævrere for at se de andre.",
    "More documents than these have such a figure. Ask more narrowly to see the others.",
)
_APART = re.compile(r"forskel|afvig|differen", re.IGNORECASE)


class FigureAnswer:
    """Builds the statements of an answer from the figures found."""

    def __init__(
        self,
        query: Query,
        language: Language,
        documents: Iterable[CouncilDocument],
        figures: Sequence[Figure],
        citations: Citations,
    ) -> None:
        """Take the question and all `figures` of the documents in scope."""
        self._query, self._language = query, language
        self._documents = {d.id: d for d in told_apart(documents)}
        self._figures = figures
        self._citations = citations
        self._arithmetic = FigureArithmetic(query, self._documents, citations)

    def answer(self, found: Sequence[Found], findings: Iterable[Finding]) -> Answer:
        """Return the answer to what was found: an outcome for each measure and named document."""
        best = [c for f in found for c in f.best]
        missing = [f for f in found if not f.best]
        # One side of a difference is no answer to it.
        if not best or (missing and self._query.operation == "difference"):
            return self._refused(near_miss(missing))
        status: Status = "answered"
        if any(len({c.figure.document for c in f.best}) > 1 for f in found):
            status = "ambiguous"
        rows = [row for row in self._all_rows(best) if self._arithmetic.meets(row)]
        if not rows and self._query.operation == "which":
            why = WhyNot("nothing_found", NONE_SUCH.in_(self._language))
            return Answer("not_found", self._language, why_not=why, query=self._query)
        if not rows or (sides_asked(self._query.text) and _is_one_cell(rows)):
            return self._refused(Found((), "nothing_found"))
        if self._query.operation in _BETWEEN_YEARS:
            rows = _as_series(rows)
        chosen = len(rows) == sum(bool(f.best) for f in found)
        if self._leaves_open_which(rows):
            return self._refused(Found((), "nothing_found"))
        statements = self._arithmetic.across(rows, chosen)
        several = len({row[0].document for row in rows}) > 1
        if self._query.operation == "which" or (several and self._query.operation in COMPARING):
            if not statements and self._query.operation != "which":
                return self._refused(Found((), "nothing_found"))
            status, rows = "answered", self._compared(rows)
        statements += self._each(rows)
        told = {f.id for s in statements for f, _ in s.figures}
        return Answer(
            status=status,
            language=self._language,
            statements=tuple(statements),
            citations=self._citations.all(),
            calculation=next((s.calculation for s in statements if s.calculation), None),
            findings=tuple(f for f in findings if told & set(f.figures)),
            query=self._query,
        )

    def _compared(self, rows: list[list[Figure]]) -> list[list[Figure]]:
        """Return the rows that are compared, the largest first, or the least if asked for."""
        if self._query.operation != "which":
            rows = [[figure] for figure in self._arithmetic.compared(rows)]
        most = self._query.operation != "least"
        return sorted(rows, key=lambda row: abs(row[0].amount or Decimal(0)), reverse=most)

    def _each(self, rows: Sequence[list[Figure]]) -> list[Statement]:
        """Return what tells the rows of the first documents, and that there are more."""
        documents = list(dict.fromkeys(row[0].document for row in rows))
        told = documents[: _MOST_LISTED if self._query.operation == "which" else _MOST_DOCUMENTS]
        statements: list[Statement] = []
        for row in (row for row in rows if row[0].document in told):
            statements += self._arithmetic.of_row(row) or [
                self.statement(row),
                *self._arithmetic.note(row),
            ]
        if told != documents and self._query.operation not in ("most", "least"):
            statements.append(remark(_AND_MORE.in_(self._language), statements))
        return statements

    def _leaves_open_which(self, rows: Sequence[Sequence[Figure]]) -> bool:
        """Tell whether most, or least, is asked for among what was not told to be compared.

        Amounts of one document's prose, each in a sentence of its own that says no such word.
        """
        firsts = [row[0] for row in rows]
        apart = all(len(row) == 1 and not row[0].table for row in rows)
        if self._query.operation not in ("most", "least") or not apart:
            return False
        told = " ".join(self._citations.words(f.context) for f in firsts)
        extreme = any(is_extreme(word) for word in re.findall(r"\w+", told))
        return len({f.document for f in firsts}) == 1 and not extreme

    def _refused(self, outcome: Found) -> Answer:
        why = why_no_figure(outcome, self._query, self._documents)
        return Answer("not_found", self._language, why_not=why, query=self._query)

    def _all_rows(self, candidates: Sequence[Candidate]) -> Iterator[list[Figure]]:
        """Yield the rows to tell of, document by document."""
        of_document: defaultdict[str, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            of_document[candidate.figure.document].append(candidate)
        for own in of_document.values():
            yield from self._rows(own)

    def _rows(self, candidates: list[Candidate]) -> list[list[Figure]]:
        """Return the rows of a document to tell of: a year asked for, or all, in order."""
        rows: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
        best = max(c.score for c in candidates)
        for c in candidates:
            # Of the amounts of one sentence, only those that fit as well as the best.
            if c.figure.table is not None or c.score >= best - _AS_WELL:
                rows[row_key(c.figure)].append(c.figure)
        if any(f.table is not None for row in rows.values() for f in row):
            rows = {k: r for k, r in rows.items() if r[0].table is not None}
        unlike = _without_twins([_in_order(row) for row in rows.values()], self._query.concepts)
        return unlike[:_MOST_ROWS]

    def statement(self, row: list[Figure]) -> Statement:
        """Return the statement that tells a row, or the amounts of one sentence."""
        first = row[0]
        document = self._documents[first.document]
        if first.table is None:
            index = self._citations.add(first.context, first.place)
            quote = self._citations.words(first.context)
            text = prose_sentence(document, row, quote, self._language)
            return Statement(text, tuple((f, index) for f in row), (index,))
        years = [f for f in row if f.year is not None or len(row) == 1]
        if len(years) == 1:
            row = years
            text = cell_sentence(document, years[0], self._language)
        else:
            text = row_sentence(document, row, self._language)
        figures = self._cited(row)
        told = [c for f in years for c in confirmations(f, self._figures)]
        also = [self._citations.add(t.context, t.place) for t in told[:2]]
        indexes = dict.fromkeys([*(index for _, index in figures), *also])
        return Statement(text, tuple(figures), tuple(indexes))

    def _cited(self, row: list[Figure]) -> list[tuple[Figure, int]]:
        """Return figures with their citations: a lone cell is marked, else their rows."""
        mark = row[0].place if len(row) == 1 else None
        return [(f, self._citations.add(f.context, mark)) for f in row]


def _is_one_cell(rows: list[list[Figure]]) -> bool:
    """Tell whether all that was found is a table's cell that is of no difference itself."""
    cells = [f for row in rows for f in row]
    return len(cells) == 1 and cells[0].table is not None and not _APART.search(cells[0].measure)


def _as_series(rows: list[list[Figure]]) -> list[list[Figure]]:
    """Join the cells of one table row whose columns are years of accounts and budgets."""
    if any(len(row) > 1 for row in rows):
        return rows
    joined: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for row in rows:
        for figure in row:
            alone = (figure.id,) if figure.table is None or figure.year is None else ()
            joined[alone or (figure.table, figure.context, figure.unit)].append(figure)
    apart = [own for own in joined.values() if len({f.year for f in own}) < len(own)]
    return rows if apart else [_in_order(own) for own in joined.values()]


def _in_order(row: list[Figure]) -> list[Figure]:
    """Return a row by its years, or the amounts of a sentence as they stand in it."""
    if row[0].table is None:
        return sorted(row, key=lambda f: f.place.start)
    return sorted(row, key=lambda f: f.year or FAR)


def _without_twins(rows: list[list[Figure]], asked: Sequence[str]) -> list[list[Figure]]:
    """Drop rows that only repeat what a row before them tells.

    A table told twice; the sum of a lone row, where both are of the concepts `asked`.
    """
    kept: list[list[Figure]] = []
    for row in rows:
        if not any(_is_twin(row, other, frozenset(asked)) for other in kept):
            kept.append(row)
    return kept


def _is_twin(row: list[Figure], other: list[Figure], asked: frozenset[str]) -> bool:
    cells, others = ([(f.year, f.period, f.amount, f.unit) for f in r] for r in (row, other))
    one, two = row[0].concept, other[0].concept
    if cells != others or one == two:
        return cells == others
    kinds = [concepts()[c].wider & asked if c else frozenset() for c in (one, two)]
    return bool(kinds[0]) and kinds[0] == kinds[1] and _has_sum(row, other)


def _has_sum(*rows: list[Figure]) -> bool:
    return any(is_sum_row(row[0].measure) for row in rows)


def with_peers(
    finding: Finding, peers: Sequence[Figure], documents: dict[str, CouncilDocument]
) -> Finding:
    """Return a sign finding with the documents that print such a row with its minus.

    `peers` are figures of the same concept, printed with a minus elsewhere.
    """
    others = {f.document: f for f in peers}
    if finding.kind != "sign" or not others:
        return finding
    listed = list(others.values())[:3]
    da = " og ".join(_short(documents[f.document]) for f in listed)
    en = " and ".join(_short(documents[f.document]) for f in listed)
    return replace(
        finding,
        message=Text(
            f"{finding.message.da} {da} skriver sådan en række med minus.",
            f"{finding.message.en} {en} print such a row with a minus.",
        ),
        places=finding.places + tuple(f.context for f in listed),
    )


def _short(document: CouncilDocument) -> str:
    return document.number or f"»{document.title}«"
