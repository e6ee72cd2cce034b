"""Prose against prose: one fact told in two sentences of a document, not alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from ingest.checks.reading import Reading, agree, finding, printed
from rag.text.dates import period_years
from rag.text.language import analyse
from rag.text.units import same_unit
from rag.types import Figure, Finding, Text
from rag.vocabulary import generic_words

_ALIKE = 0.5  # of the words of two sentences that tell the same


def twice(reading: Reading, whole: Sequence[Figure]) -> Iterator[Finding]:
    """Find one amount told for two periods, and one measure told with two amounts.

    `whole` are the prose figures that are no parts of others.
    """
    yield from _periods(reading.prose)
    reported: set[tuple[str, str]] = set()
    for one, other in _pairs(reading, whole):
        pair = one.context.start, other.context.start
        key = f"{one.context.page}/{pair[0]}", f"{other.context.page}/{pair[1]}"
        if key not in reported:
            reported.add(key)
            yield _differs(one, other)


def _periods(prose: Sequence[Figure]) -> Iterator[Finding]:
    """Find one amount told for two periods that begin alike and end differently."""
    spans = [f for f in prose if f.period and not f.period.endswith("-") and f.value is not None]
    for one, other in combinations(spans, 2):
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


def _pairs(reading: Reading, whole: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Yield the figures of two sentences that tell one thing of one year unlike."""
    sentences: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in whole:
        if figure.year and figure.value is not None and not figure.approximate:
            sentences[figure.context.page, figure.context.start].append(figure)
    for one, other in combinations(sentences.values(), 2):
        if reading.sentence(one[0]) == reading.sentence(other[0]):
            continue
        met = [(a, b) for a in one for b in other if a.year == b.year and same_unit(a.unit, b.unit)]
        years = [a.year for a, _ in met]
        if len(set(years)) != len(years):  # two measures in one sentence
            continue
        alike = [(a, b) for a, b in met if agree(a, b)]
        differ = [(a, b) for a, b in met if not agree(a, b)]
        alone = len(met) == 1 and len(differ) == 1 and _one_measure(reading, *differ[0])
        if alone or (len(alike) >= 2 and len(differ) == 1):
            yield differ[0]


def _one_measure(reading: Reading, one: Figure, other: Figure) -> bool:
    """Tell whether two figures are of one measure, by its words and those of their sentences."""
    names = [_words(f.measure) for f in (one, other)]
    if not names[0] or names[0] != names[1] or (one.concept != other.concept):
        return False
    a, b = (_words(reading.sentence(f)) for f in (one, other))
    return len(a & b) >= _ALIKE * len(a | b)


def _words(text: str) -> set[str]:
    return {w for w in analyse(text) if not w[0].isdigit()} - generic_words()


def _differs(one: Figure, other: Figure) -> Finding:
    said = printed(other).rstrip(".")
    return finding(
        "prose_against_prose",
        "hard",
        Text(
            f"Ét sted er det {printed(one)} i {one.year}, et andet sted {said}.",
            f"In one place it is {printed(one)} in {one.year}, in another {said}.",
        ),
        [one.context, other.context],
        [one, other],
    )
