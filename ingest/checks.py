"""Findings: where a document disagrees with itself. They never change a figure.

Precision comes before recall: a finding is hard only where arithmetic or a
value stands against a value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ingest.effects import STAFF, told_for
from ingest.findings import finding, printed, rows_of
from ingest.identities import identities
from ingest.retold import TextOf, is_part, misprints
from rag.dates import period_years
from rag.types import CouncilDocument, Figure, Finding, Place, Text
from rag.vocabulary import concepts


def findings(
    document: CouncilDocument,
    figures: list[Figure],
    captions: list[tuple[str, str, Place]],
    text_of: TextOf,
) -> list[Finding]:
    """Return what a document's figures and tables disagree on, each with its places.

    `captions` are the table captions: label ("Tabel 1"), text and place;
    `text_of` returns the text of a place.
    """
    found: list[Finding] = []
    for table in document.tables:
        cells = [f for f in figures if f.table == table.id]
        found += identities(table, cells)
    prose = [f for f in figures if f.table is None]
    table_figures = [f for f in figures if f.table is not None]
    found += _signs(table_figures, prose)
    series = list(_table_against_prose(table_figures, _whole(prose, text_of)))
    found += series
    reported = {name for f in series for name in f.figures}
    unreported = [f for f in prose if f.id not in reported]
    found += misprints(table_figures, unreported, text_of)
    found += _periods(prose)
    found += _claims(table_figures, prose)
    found += _labels(captions)
    return [_numbered(document.id, n, f) for n, f in enumerate(found)]


def _whole(prose: list[Figure], text_of: TextOf) -> list[Figure]:
    """Return the prose figures that are no parts or increments of others."""
    return [f for f in prose if not is_part(f, text_of)]


def _numbered(document_id: str, n: int, f: Finding) -> Finding:
    return Finding(f"{document_id}/f{n}", f.kind, f.severity, f.message, f.places, f.figures)


def _signs(table: list[Figure], prose: list[Figure]) -> Iterator[Finding]:
    """Find staff rows printed without a minus where their prose closes posts."""
    for row in rows_of([f for f in table if f.unit in STAFF]):
        odd = [f for f in row if f.effect == "cut" and f.value is not None and f.value > 0]
        told = [t for f in odd for t in told_for(f, prose)]
        if odd and told:
            values = ", ".join(f"{f.text} ({f.year})" for f in odd)
            yield finding(
                "sign",
                "hard",
                Text(
                    f"Tabellen skriver »{row[0].measure}« uden minus: {values}. Teksten siger, "
                    "at stillingerne nedlægges.",
                    f"The table prints »{row[0].measure}« without a minus: {values}. The prose "
                    "says that the posts are closed.",
                ),
                [row[0].context, *dict.fromkeys(t.context for t in told)],
                [*odd, *told],
            )


def _wide(figure: Figure) -> frozenset[str]:
    return concepts()[figure.concept].wider if figure.concept in concepts() else frozenset()


def _table_against_prose(table: list[Figure], prose: list[Figure]) -> Iterator[Finding]:
    """Find a series told in prose of which one year agrees with a row and another does not."""
    sentences: dict[Place, list[Figure]] = defaultdict(list)
    for figure in prose:
        if figure.concept and figure.value is not None and figure.year is not None:
            sentences[figure.context].append(figure)
    for told in sentences.values():
        odd: dict[str, list[tuple[Figure, Figure, list[Figure]]]] = defaultdict(list)
        for row in rows_of(table):
            by_year = {f.year: f for f in row if f.amount is not None}
            pairs = [
                (t, by_year[t.year])
                for t in told
                if t.year in by_year
                and t.concept in _wide(by_year[t.year])
                and (t.unit in STAFF) == (by_year[t.year].unit in STAFF)
            ]
            agree = [p for p in pairs if _same(*p)]
            differ = [p for p in pairs if not _same(*p)]
            several = len({t.year for t, _ in pairs}) != len(pairs)
            if agree and differ and not several:
                for t, cell in differ:
                    odd[t.id].append((t, cell, row))
        for cases in odd.values():
            # One table may repeat another: all its cells are in the one finding.
            t, cell, row = cases[0]
            yield _differs(t, cell, row, [c for _, c, _ in cases[1:]])


def _same(told: Figure, cell: Figure) -> bool:
    return abs(told.amount or 0) == abs(cell.amount or 0)


def _differs(told: Figure, cell: Figure, row: list[Figure], alike: list[Figure]) -> Finding:
    elsewhere = next((f for f in row if f.year != told.year and _same(told, f)), None)
    there_da = f" Tabellen har {elsewhere.text} i {elsewhere.year}." if elsewhere else ""
    there_en = f" The table has {elsewhere.text} in {elsewhere.year}." if elsewhere else ""
    return finding(
        "table_against_prose",
        "hard",
        Text(
            f"Teksten siger {printed(told)} i {told.year}, men tabellens række "
            f"»{cell.measure}« siger {printed(cell)}.{there_da}",
            f"The prose says {printed(told)} in {told.year}, but the table's row "
            f"»{cell.measure}« says {printed(cell)}.{there_en}",
        ),
        [told.context, cell.context, *(c.context for c in alike)],
        [told, cell, *alike, *([elsewhere] if elsewhere else [])],
    )


def _periods(prose: list[Figure]) -> Iterator[Finding]:
    """Find one amount told for two periods that begin alike and end differently."""
    spans = [f for f in prose if f.period and not f.period.endswith("-") and f.value is not None]
    for index, one in enumerate(spans):
        for other in spans[index + 1 :]:
            a, b = period_years(one.period or ""), period_years(other.period or "")
            if one.amount == other.amount and one.unit == other.unit and a[0] == b[0] and a != b:
                yield finding(
                    "prose_against_prose",
                    "hard",
                    Text(
                        f"Ét sted gælder {printed(one)} for {one.period}, "
                        f"et andet sted for {other.period}.",
                        f"In one place {printed(one)} holds for {one.period}, "
                        f"in another for {other.period}.",
                    ),
                    [one.context, other.context],
                    [one, other],
                )


def _claims(table: list[Figure], prose: list[Figure]) -> Iterator[Finding]:
    """Find a saving told with amount and year that no row of its column holds."""
    reported: set[tuple[object, ...]] = set()
    for told in prose:
        claim = (told.amount, told.unit, told.year)
        cells = [f for f in table if f.year == told.year and f.year and f.amount is not None]
        if (
            told.concept == "framework_saving"
            and told.amount is not None
            and cells
            and not any(_same(told, c) for c in cells)
            and claim not in reported
        ):
            reported.add(claim)
            yield finding(
                "claim_without_row",
                "soft",
                Text(
                    f"Teksten nævner {printed(told)} i {told.year}; "
                    "ingen række i tabellen har det beløb.",
                    f"The prose names {printed(told)} in {told.year}; "
                    "no row of the table holds that amount.",
                ),
                [told.context],
                [told],
            )


def _labels(captions: list[tuple[str, str, Place]]) -> Iterator[Finding]:
    """Find two captions with one label."""
    seen: dict[str, tuple[str, Place]] = {}
    for label, caption, place in captions:
        first, there = seen.setdefault(label, (caption, place))
        if first != caption:
            yield finding(
                "label",
                "soft",
                Text(
                    f"To tabeller hedder {label}: »{first}« og »{caption}«.",
                    f"Two tables are called {label}: »{first}« and »{caption}«.",
                ),
                [there, place],
                [],
            )
