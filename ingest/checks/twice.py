"""Prose against prose: one fact told in two sentences of a document, not alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeVar

from ingest.checks.reading import Reading, agree, finding, printed
from rag.text.dates import find_years, period_years
from rag.text.language import analyse
from rag.text.units import STAFF, same_unit
from rag.types import Figure, Finding, Place, Text
from rag.vocabulary import generic_words

_ALIKE = 0.75  # of the words of two sentences that tell the same
_FEW = 4  # words say of what a sentence is only with its heading
_MOST = 40  # an amount told in more sentences is no sign that two tell the same
_Item = TypeVar("_Item")
_FEWEST = 3  # figures of a series: two that agree, and one that does not


@dataclass(frozen=True)
class _Told:
    """A sentence and its dated figures, which are no parts of others."""

    text: str
    figures: tuple[Figure, ...]

    @cached_property
    def words(self) -> set[str]:
        """The words that say what the sentence is of."""
        return _words(self.text)

    @cached_property
    def names(self) -> frozenset[str]:
        """Its numbers that are no amounts: "vandløb 12" is another thing than "vandløb 13"."""
        first = self.figures[0].context.start
        taken = [(f.place.start - first, f.place.end - first) for f in self.figures]
        taken += [(y.start, y.end) for y in find_years(self.text)]
        left = "".join(
            " " if any(a <= i < b for a, b in taken) else c for i, c in enumerate(self.text)
        )
        return frozenset(term for term in analyse(left) if any(map(str.isdigit, term)))


def twice(reading: Reading, whole: Sequence[Figure]) -> Iterator[Finding]:
    """Find one amount told for two periods, and one measure told with two amounts.

    `whole` are the prose figures that are no parts of others.
    """
    yield from _periods(reading.prose)
    reported: set[tuple[Place, Place]] = set()
    for one, other in _pairs(reading, whole):
        pair = one.context, other.context
        if pair not in reported:
            reported.add(pair)
            yield _differs(one, other)


def _periods(prose: Sequence[Figure]) -> Iterator[Finding]:
    """Find one amount told for two periods that begin alike and end differently."""
    spans = [f for f in prose if f.period and not f.period.endswith("-") and f.value is not None]
    alike = ((f, (f.amount, f.unit, period_years(f.period or "")[0])) for f in spans)
    for group in _groups(alike):
        for one, other in combinations(
            {period_years(f.period or ""): f for f in group}.values(), 2
        ):
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


def _groups(keyed: Iterable[tuple[_Item, Hashable]]) -> list[list[_Item]]:
    """Gather what has one key."""
    found: defaultdict[Hashable, list[_Item]] = defaultdict(list)
    for item, key in keyed:
        found[key].append(item)
    return list(found.values())


def _pairs(reading: Reading, whole: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Yield the figures of two sentences that tell one thing of one year unlike."""
    dated = [f for f in whole if f.year and f.value is not None and not f.approximate]
    sentences = [
        _Told(reading.sentence(figures[0]), tuple(figures))
        for figures in _groups((f, (f.context.page, f.context.start)) for f in dated)
    ]
    for one, other in _candidates(sentences):
        if one.text == other.text or one.names != other.names:
            continue
        met = [
            (a, b)
            for a in one.figures
            for b in other.figures
            if a.year == b.year and same_unit(a.unit, b.unit)
        ]
        years = [a.year for a, _ in met]
        if len(set(years)) != len(years):  # two measures in one sentence
            continue
        differ = [(a, b) for a, b in met if not agree(a, b)]
        if len(differ) == 1 and (
            len(met) >= _FEWEST or (len(met) == 1 and _one_measure(one, other, *differ[0]))
        ):
            yield differ[0]


def _candidates(sentences: Sequence[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Yield the pairs of sentences, once each and in order, that may tell the same.

    They name one measure of one year, which only two amounts are told of in all: more are
    of many things. Or both tell series that share an amount. Of the many pairs that a long
    document's sentences make, these are few.
    """
    order = {id(told): at for at, told in enumerate(sentences)}
    shared: set[tuple[int, int]] = set()
    measures = (
        ((told, f.amount), (frozenset(_words(f.measure)), f.concept, f.year, _kind(f), told.names))
        for told in sentences
        for f in told.figures
        if _words(f.measure)
    )
    for group in _groups(measures):
        if len({amount for _, amount in group}) == 2:
            shared |= _couples([order[id(told)] for told, _ in group])
    series = (
        (order[id(told)], (f.year, _kind(f), f.amount))
        for told in sentences
        if len(told.figures) >= _FEWEST
        for f in told.figures
    )
    for places in _groups(series):
        shared |= _couples(places) if len(places) <= _MOST else set()
    for a, b in sorted(shared):
        yield sentences[a], sentences[b]


def _couples(places: Sequence[int]) -> set[tuple[int, int]]:
    """Pair the first of the places that are alike: of more, two tell it."""
    return set(combinations(sorted(set(places))[:_MOST], 2))


def _kind(figure: Figure) -> str | None:
    return "staff" if figure.unit in STAFF else figure.unit


def _one_measure(one: _Told, other: _Told, a: Figure, b: Figure) -> bool:
    """Tell whether two figures are of one measure, by its words and those of their sentences."""
    names = [_words(f.measure) for f in (a, b)]
    if not names[0] or names[0] != names[1] or a.concept != b.concept:
        return False
    both = one.words | other.words
    if len(both) < _FEW and a.context.section != b.context.section:
        return False  # "I alt anbefales 486.901 kr." under two headings
    return len(one.words & other.words) >= _ALIKE * len(both)


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
