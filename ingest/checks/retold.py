"""Amounts of the table told again in the prose: which are the same, and which are told wrong.

A part or an increment ("yderligere 50.000 kr.", "heraf 2 stillinger") tells no
row's amount. An amount that differs from its row by one digit, or by two that
changed places, is the same one told wrong; so is one that its row has in another year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.checks.reading import Reading, agree, finding, printed, rows_of
from rag.text.sum_rows import is_bare_sum, is_sum_row
from rag.text.units import same_unit
from rag.types import Figure, Finding, Place, Text
from rag.vocabulary import concepts

_PART_BEFORE = re.compile(
    r"\b(?:yderligere|ekstra|heraf|deraf|hvoraf|herunder|hver|hvert|årlige?\s+stigning\w*|"
    r"(?:stiger|vokser|øges|falder)\s+(?:årligt|hvert\s+år)|pr|per)\b",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"^\s*(?:hver\b|hvert\b|pr\b|per\b|om måneden|om ugen|om dagen|i timen|månedlig|ekstra\b|"
    r"yderligere\b|mere end\b|mindre end\b|heraf\b)",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:samle[dt]\w*|i alt|netto\w*|tilsammen|totalt?)\b", re.IGNORECASE)
_CHANGE = re.compile(r"\((?:afvigelse|ændring|forskel|difference)\w*\)$", re.IGNORECASE)
_DIRECT = re.compile(r"^\s*(?:i|for)\s+$", re.IGNORECASE)
_FEWEST_DIGITS = 3  # of amounts with fewer, many differ by one digit


def is_part(told: Figure, reading: Reading) -> bool:
    """Tell whether a sentence tells an amount as a part of another, or as an increment."""
    before, after = reading.around(told)
    clause = re.split(r"[.;:,]\s|\d", before)[-1]
    return bool(_PART_BEFORE.search(clause) or _PART_AFTER.match(after))


def series(reading: Reading, prose: Sequence[Figure]) -> Iterator[Finding]:
    """Find a series told in prose of which one year agrees with a row and another does not."""
    sentences: dict[Place, list[Figure]] = defaultdict(list)
    for figure in prose:
        if figure.value is not None and figure.year is not None:
            sentences[figure.context].append(figure)
    for told in sentences.values():
        odd: dict[str, list[tuple[Figure, Figure, list[Figure]]]] = defaultdict(list)
        for row in rows_of(reading.cells):
            by_year = {f.year: f for f in row if f.amount is not None}
            pairs = [
                (t, by_year[t.year])
                for t in told
                if t.year in by_year and _told_of(reading, t, by_year[t.year])
            ]
            differ = [p for p in pairs if not agree(*p)]
            several = len({t.year for t, _ in pairs}) != len(pairs)
            if 0 < len(differ) < len(pairs) and not several and not _over_tables(reading, row):
                for t, cell in differ:
                    odd[t.id].append((t, cell, row))
        for cases in odd.values():
            # One table may repeat another: all its cells are in the one finding.
            t, cell, row = cases[0]
            yield _finding(t, cell, row, [c for _, c, _ in cases[1:]])


def _over_tables(reading: Reading, row: Sequence[Figure]) -> bool:
    """Tell whether a row sums up one table of several: a sentence may sum up them all."""
    if not is_bare_sum(row[0].measure):
        return False
    years = {f.year for f in row}
    sums = {f.table for f in reading.cells if f.year in years and is_bare_sum(f.measure)}
    return len(sums) > 1


def _told_of(reading: Reading, told: Figure, cell: Figure) -> bool:
    """Tell whether a prose figure is of a cell's row."""
    if not same_unit(told.unit, cell.unit):
        return False
    known = concepts().get(cell.concept or "")
    if told.concept is not None and known is not None:
        return told.concept in known.wider
    return known is None and _names(reading.sentence(told), told, cell)


def wrong_years(reading: Reading, prose: Sequence[Figure]) -> Iterator[Finding]:
    """Find an amount told for one year that its row, and it alone, has in another."""
    rows = rows_of(f for f in reading.cells if f.year and f.amount is not None)
    for told in prose:
        if told.year is None or told.value is None or told.approximate:
            continue
        if any(agree(told, f) for row in rows for f in row if f.year == told.year):
            continue
        own = [row for row in rows if any(_told_of(reading, told, f) for f in row)]
        own = [r for r in own if any(agree(told, f) for f in r) and _has(r, told.year)]
        if len({row[0].measure for row in own}) == 1 and is_dated(reading, told):
            cell = next(f for f in own[0] if f.year == told.year)
            yield _finding(told, cell, own[0])


def _has(row: list[Figure], year: int) -> bool:
    return any(f.year == year for f in row)


def is_dated(reading: Reading, told: Figure) -> bool:
    """Tell whether a figure's year stands right after it: "3 mio. kr. i 2025"."""
    after = reading.around(told)[1]
    between = re.split(rf"\b{told.year}\b", after, maxsplit=1)
    return len(between) == 2 and bool(_DIRECT.match(between[0]))


def misprints(reading: Reading, prose: Sequence[Figure]) -> Iterator[Finding]:
    """Find amounts that a sentence tells of a row it names, one digit off."""
    cells = [f for f in reading.cells if f.amount is not None and f.unit == "kr."]
    for told in prose:
        if told.unit != "kr." or told.amount is None or told.approximate:
            continue
        if any(agree(told, c) for c in cells):
            continue
        sentence = reading.sentence(told)
        near = [
            c
            for c in cells
            if _misprinted(told, c) and _same_time(told, c) and _names(sentence, told, c)
        ]
        if len({(c.table, c.measure) for c in near}) == 1:
            yield _finding(told, near[0], [])


def _same_time(told: Figure, cell: Figure) -> bool:
    if cell.year is not None:
        return told.year == cell.year
    return cell.period is None and _CHANGE.search(cell.measure) is not None


def _names(sentence: str, told: Figure, cell: Figure) -> bool:
    """Tell whether a sentence speaks of a cell's row: by its concept, or all its words."""
    if told.concept is not None and told.concept == cell.concept:
        return True
    if is_sum_row(cell.measure) and _ALL.search(sentence):
        return True
    label = re.sub(r"\(.*?\)$", "", cell.measure)
    words = re.findall(r"[^\W\d_]{3,}", label)
    return bool(words) and all(
        re.search(rf"\b{re.escape(word)}\w{{0,3}}\b", sentence, re.IGNORECASE) for word in words
    )


def _misprinted(told: Figure, cell: Figure) -> bool:
    one, other = _digits(told.amount), _digits(cell.amount)
    if len(one) != len(other) or len(one) < _FEWEST_DIGITS or one == other:
        return False
    if told.amount is None or cell.amount is None:
        return False
    if abs(told.amount).adjusted() != abs(cell.amount).adjusted():
        return False
    odd = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    swapped = len(odd) == 2 and odd[1] == odd[0] + 1 and one[odd[0]] == other[odd[1]]
    return len(odd) == 1 or (swapped and one[odd[1]] == other[odd[0]])


def _digits(amount: Decimal | None) -> str:
    """Return an amount's digits without the zeros at its ends: 695.000 is "695"."""
    return f"{abs(amount or 0):f}".replace(".", "").strip("0")


def _finding(
    told: Figure, cell: Figure, row: Sequence[Figure], alike: Sequence[Figure] = ()
) -> Finding:
    elsewhere = next((f for f in row if f.year != told.year and agree(told, f)), None)
    when = (f" i {cell.year}", f" in {cell.year}") if cell.year else ("", "")
    there_da = f" Tabellen har {elsewhere.text} i {elsewhere.year}." if elsewhere else ""
    there_en = f" The table has {elsewhere.text} in {elsewhere.year}." if elsewhere else ""
    has = printed(cell).rstrip(".")
    return finding(
        "table_against_prose",
        "hard",
        Text(
            f"Teksten siger {printed(told)}{when[0]}, men tabellens række "
            f"»{cell.measure}« siger {has}.{there_da}",
            f"The prose says {printed(told)}{when[1]}, but the table's row "
            f"»{cell.measure}« says {has}.{there_en}",
        ),
        [told.context, cell.context, *(c.context for c in alike)],
        [told, cell, *alike, *([elsewhere] if elsewhere else [])],
    )
