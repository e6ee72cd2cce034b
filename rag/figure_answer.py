"""Writes the answer to a question for a figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.cite import Citations
from rag.figure_lookup import Candidate, Found
from rag.figure_traits import confirmations
from rag.types import (
    Answer,
    CouncilDocument,
    Figure,
    Finding,
    Language,
    Query,
    Statement,
    Status,
    Text,
    WhyNot,
)
from rag.wording import cell_sentence, name, prose_sentence, row_sentence, told_apart

_MOST_DOCUMENTS, _MOST_ROWS = 6, 4


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

    def answer(self, found: Sequence[Found], findings: Iterable[Finding]) -> Answer:
        """Return the answer to what was found: an outcome for each measure and named document."""
        best = [c for f in found for c in f.best]
        if not best:
            return self._why_not(found)
        documents = list(dict.fromkeys(c.figure.document for c in best))
        status: Status = "answered"
        if any(len({c.figure.document for c in f.best}) > 1 for f in found):
            status = "ambiguous"
        statements = [
            statement
            for document in documents[:_MOST_DOCUMENTS]
            for statement in self._statements([c for c in best if c.figure.document == document])
        ]
        told = {f.id for s in statements for f, _ in s.figures}
        return Answer(
            status=status,
            language=self._language,
            statements=tuple(statements),
            citations=self._citations.all(),
            findings=tuple(f for f in findings if told & set(f.figures)),
            query=self._query,
        )

    def _statements(self, candidates: list[Candidate]) -> list[Statement]:
        rows: dict[tuple[int, int], list[Figure]] = defaultdict(list)
        for c in candidates:
            rows[c.figure.context.page, c.figure.context.start].append(c.figure)
        if any(f.table is not None for row in rows.values() for f in row):
            rows = {k: r for k, r in rows.items() if r[0].table is not None}
        unlike = _without_twins(list(rows.values()))
        return [self._statement(row) for row in unlike[:_MOST_ROWS]]

    def _statement(self, row: list[Figure]) -> Statement:
        first = row[0]
        document = self._documents[first.document]
        if first.table is None:
            index = self._citations.add(first.context, first.place)
            quote = self._citations.words(first.context)
            told = [first] if self._query.years else self._told_together(first)
            text = prose_sentence(document, told, quote, self._language)
            return Statement(text, tuple((f, index) for f in told), (index,))
        years = [f for f in row if f.year is not None or len(row) == 1]
        if len(years) == 1:
            index = self._citations.add(first.context, years[0].place)
            text = cell_sentence(document, years[0], self._language)
        else:
            index = self._citations.add(first.context)
            text = row_sentence(document, row, self._language)
        told = [c for f in years for c in confirmations(f, self._figures)]
        also = [self._citations.add(t.context, t.place) for t in told[:2]]
        figures = [(f, index) for f in row]
        return Statement(text, tuple(figures), tuple(dict.fromkeys([index, *also])))

    def _told_together(self, figure: Figure) -> list[Figure]:
        """Return the figures of a figure's sentence that count the same, in its order."""
        same = [
            f
            for f in self._figures
            if f.table is None and f.context == figure.context and f.unit == figure.unit
        ]
        return sorted(same, key=lambda f: f.place.start)

    def _why_not(self, found: Sequence[Found]) -> Answer:
        order = ("cell_blank", "year_outside", "measure_missing", "nothing_found")
        worst = min(found, key=lambda f: order.index(f.reason), default=Found((), "nothing_found"))
        text = getattr(self, f"_{worst.reason}")(worst.near).in_(self._language)
        return Answer(
            "not_found",
            self._language,
            why_not=WhyNot(worst.reason, text),
            query=self._query,
        )

    def _year_outside(self, near: Sequence[Figure]) -> Text:
        first = near[0]
        document = self._documents[first.document]
        asked = ", ".join(map(str, self._query.years))
        there = ", ".join(map(str, sorted({f.year for f in near if f.year is not None})))
        row = f" for »{first.measure}«" if first.measure else ""
        known_da = f"; tallene dér er for {there}" if there else ""
        known_en = f"; its figures are for {there}" if there else ""
        return Text(
            f"{name(document, 'da')} har intet tal{row} i {asked}{known_da}.",
            f"{name(document, 'en')} has no figure{row} in {asked}{known_en}.",
        )

    def _cell_blank(self, near: Sequence[Figure]) -> Text:
        first = near[0]
        document = self._documents[first.document]
        years = ", ".join(str(f.year or f.period) for f in near if f.context == first.context)
        return Text(
            f"{name(document, 'da')} har rækken »{first.measure}«, men feltet er tomt for {years}.",
            f"{name(document, 'en')} has the row »{first.measure}«, but the cell is blank "
            f"for {years}.",
        )

    def _measure_missing(self, near: Sequence[Figure]) -> Text:
        document = self._documents[near[0].document]
        rows = ", ".join(f"»{m}«" for m in dict.fromkeys(f.measure for f in near))
        return Text(
            f"{name(document, 'da')} har ikke det tal. Dets tabeller har rækkerne {rows}.",
            f"{name(document, 'en')} does not hold that figure. Its tables have the rows {rows}.",
        )

    def _nothing_found(self, near: Sequence[Figure]) -> Text:
        return NOTHING


NOTHING = Text(
    "Dokumenterne i samlingen har intet tal, der svarer på det.",
    "The documents in the collection hold no figure that answers this.",
)


def _without_twins(rows: list[list[Figure]]) -> list[list[Figure]]:
    """Drop rows that only repeat what a row before them tells (a table told twice)."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for row in rows:
        key = tuple((f.year, f.period, f.amount, f.unit, f.concept) for f in row)
        if key not in seen:
            kept.append(row)
        seen.add(key)
    return kept


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
