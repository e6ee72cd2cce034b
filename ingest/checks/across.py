"""Two documents on one fact: told differently, or confirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest.checks.mentions import first_year, own_number
from ingest.checks.reading import Reading, agree, finding, printed, rows_of
from rag.text.language import analyse, fold
from rag.text.units import STAFF, same_unit
from rag.types import Figure, Finding, Text
from rag.vocabulary import concepts, generic_words

_TOPIC = 0.5  # of a title's words, said in a sentence on that budget


def across(one: Reading, other: Reading) -> list[Finding]:
    """Return what two documents tell of one fact, unlike or alike, each with both places."""
    found: list[Finding] = []
    for teller, told_of in ((one, other), (other, one)):
        found += _by_reference(teller, told_of)
        found += _printed_elsewhere(teller, told_of)
    found += _of_a_third(one, other)
    return found


def _by_reference(teller: Reading, of: Reading) -> Iterator[Finding]:
    """Compare what a document tells of another, by its number or its budget, with that one."""
    alike: dict[tuple[int, int], list[tuple[Figure, Figure]]] = defaultdict(list)
    for told, numbers, budgets in teller.told_of_others:
        year = first_year(of.document)
        if budgets and year not in budgets:
            continue
        named = numbers == {own_number(of.document)}
        if not named and (numbers or not _on_topic(teller.sentence(told), of.document.title)):
            continue
        years = {told.year} if told.year else {year} if not named else {f.year for f in of.figures}
        held = [f for f in of.figures if same_unit(told.unit, f.unit) and f.year in years]
        same = sorted((f for f in held if agree(told, f)), key=lambda f: f.table is None)
        if same:
            alike[told.context.page, told.context.start].append((told, same[0]))
        elif named and told.year and not told.approximate:
            yield from _unlike(told, [f for f in held if f.table], teller, of)
    for pairs in alike.values():
        yield _confirmed(pairs, teller, of)


def _on_topic(sentence: str, title: str) -> bool:
    words = set(analyse(title)) - generic_words()
    return bool(words) and len(words & set(analyse(sentence))) >= _TOPIC * len(words)


def _unlike(told: Figure, cells: list[Figure], teller: Reading, of: Reading) -> Iterator[Finding]:
    """Find the row of the same measure and year that says otherwise, where there is one alone."""
    rows = [
        f
        for f in cells
        if f.amount is not None
        and told.concept is not None
        and f.concept in concepts()
        and told.concept in concepts()[f.concept].wider
    ]
    if len({f.measure for f in rows}) == 1:
        levels = {teller.document.price_level, of.document.price_level} - {None}
        yield _differ(told, rows[0], teller, of, sure=told.unit != "kr." or len(levels) < 2)


def _of_a_third(one: Reading, other: Reading) -> Iterator[Finding]:
    """Compare what two documents tell of a third that both name."""
    own = {own_number(one.document), own_number(other.document)}
    for a, numbers, _ in one.told_of_others:
        for b, others, _ in other.told_of_others:
            third = (numbers & others) - own
            if not third or len(numbers) > 1 or len(others) > 1 or not same_unit(a.unit, b.unit):
                continue
            if agree(a, b) and (a.year == b.year or None in (a.year, b.year)):
                yield _confirmed([(a, b)], one, other)
            elif not agree(a, b) and a.year == b.year is not None and a.concept == b.concept:
                yield _differ(a, b, one, other, sure=not (a.approximate or b.approximate))


def _printed_elsewhere(odd: Reading, like: Reading) -> Iterator[Finding]:
    """Find a staff row of cuts without a minus that another document prints with one."""
    for row in rows_of(f for f in odd.cells if f.unit in STAFF and f.value):
        plain = [f for f in row if f.effect == "cut" and f.value is not None and f.value > 0]
        signed = [
            f
            for f in like.cells
            if f.unit in STAFF
            and f.value is not None
            and f.value < 0
            and fold(f.measure) == fold(row[0].measure)
        ]
        if plain and signed:
            a, b = plain[-1], signed[-1]
            names = _names(odd, like)
            yield finding(
                "sign",
                "soft",
                Text(
                    f"»{a.measure}« er trykt uden minus i {names[0]} ({a.text} i {a.year}) og med "
                    f"i {names[1]} ({b.text} i {b.year}).",
                    f"»{a.measure}« is printed without a minus in {names[0]} ({a.text} in "
                    f"{a.year}) and with one in {names[1]} ({b.text} in {b.year}).",
                ),
                [a.context, b.context],
                [*plain, *signed],
            )


def _confirmed(pairs: Sequence[tuple[Figure, Figure]], teller: Reading, of: Reading) -> Finding:
    shown = ", ".join(printed(told) for told, _ in pairs).rstrip(".")
    there, here = _names(of, teller)
    return finding(
        "confirmed",
        "soft",
        Text(
            f"{there} bekræfter, hvad {here} siger: {shown}.",
            f"{there} confirms what {here} says: {shown}.",
        ),
        [f.context for pair in pairs for f in pair],
        [f for pair in pairs for f in pair],
    )


def _differ(told: Figure, other: Figure, teller: Reading, of: Reading, *, sure: bool) -> Finding:
    here, there = _names(teller, of)
    said = printed(other).rstrip(".")
    return finding(
        "document_against_document",
        "hard" if sure else "soft",
        Text(
            f"{here} siger {printed(told)} i {told.year}, {there} siger {said}.",
            f"{here} says {printed(told)} in {told.year}, {there} says {said}.",
        ),
        [told.context, other.context],
        [told, other],
    )


def _names(*readings: Reading) -> list[str]:
    """Return what to call documents; those of one number by their period too."""
    documents = [r.document for r in readings]
    numbers = [d.number for d in documents]
    return [
        f"»{d.title}«" if not d.number
        else f"{d.number} ({d.period})" if numbers.count(d.number) > 1
        else d.number
        for d in documents
    ]  # fmt: skip
