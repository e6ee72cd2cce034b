"""What a figure is asked by, and what is told around it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rag.glossary import synonyms
from rag.text.dates import period_years
from rag.text.extents import TIME_UNITS, units_of
from rag.text.language import analyse, fold
from rag.text.units import STAFF, same_unit
from rag.types import Figure, Place
from rag.vocabulary import concepts

_PARTS = re.compile(r"\s(?:og|samt|mens|men|and|while)\b|[,;]\s")
# A clause of its own: "12 cm høje, og taksten er 14 kr."; "…, hvis del er" leans on the first.
_CLAUSE = re.compile(
    r"(?!\s*(?:hvis|som|der|hvor\w*|hvilket|which|whose|that)\b).*?\b(?:er|var|bliver|koster|kostede|udgør|ligger|får|betaler|sparer|bruger|forventer|"
    r"venter|ventes|skønnes|giver|går|kommer|stiger|falder|dækker|is|are|was|will|costs?)\b"
)
# What an amount is for follows its unit.
_OF = re.compile(r"[\s\w.%]{0,12}?\b(?:til|for|to|fra|from|i|in|på)\b")
_BULLET = re.compile(r"(?:(?<=\s)|^)(?:[•▪◦]|o(?=\s+[A-ZÆØÅ]))(?=\s)", re.MULTILINE)
_RATE = re.compile(
    r"\b(?:pr\.?|per) (?!(?:ar|year|cent|\d|januar|marts|juni|september|december)\b)([a-z]+)"
)
_TIMES = (
    ("maned", r"\b(om maneden|maned(en)?lig\w*|(a|per|each) month|monthly|pr\.? maned)\b"),
    ("uge", r"\b(om ugen|ugentlig\w*|(a|per|each) week|weekly|pr\.? uge)\b"),
    ("dag", r"\b(om dagen|daglig\w*|(a|per|each) day|daily|pr\.? dag|dagligt)\b"),
    ("time", r"\b(i timen|(an|per|each) hour|hourly|pr\.? time)\b"),
)


def rates_told(text: str) -> frozenset[str]:
    """Return what a text tells an amount for each of ("pr. borger", "om måneden"), folded.

    A year is none: budgets are of years.
    """
    flat = fold(text)
    times = {name for name, pattern in _TIMES if re.search(pattern, flat)}
    english = {"month", "week", "day", "hour"}
    return frozenset(times | {m[1] for m in _RATE.finditer(flat) if m[1] not in english})


@dataclass(frozen=True)
class Told:
    """The words around a prose figure: between its neighbours, its sentence up to the next
    figure, all of it, and those of its paragraph before and after it."""

    near: str
    led: str
    sentence: str
    before: str
    after: str


def counts(amount: str | None) -> bool:
    """Tell whether a kind of amount asked for is a number of things (see `Query.amount`)."""
    return amount not in (None, "staff", "money", "percent", "time") and not units_of(amount)


def kind_fits(figure: Figure, wanted: str | None) -> bool:
    """Tell whether a figure is of the kind of amount asked for (see `Query.amount`)."""
    if wanted is None:
        return True
    if wanted == "staff":
        return figure.unit in STAFF
    if wanted == "money":
        return figure.unit == "kr." or (figure.table is not None and figure.unit is None)
    if wanted == "percent":
        return figure.unit == "pct."
    if wanted == "time":
        return (figure.unit or "").split(" ")[-1] in TIME_UNITS
    if units := units_of(wanted):
        return (figure.unit or "").split(" ")[-1] in units
    # A table may name what it counts in the row or the column.
    unit = f"{figure.unit or ''} {figure.measure}" if figure.table else figure.unit or ""
    counted = figure.unit not in ("kr.", "pct.", *STAFF)
    forms = {form for word in wanted.split() for form in (word, *map(fold, analyse(word)))}
    said = [wanted, *(other for form in forms for other in synonyms().get(form, ()))]
    asked = {term for text in said for term in analyse(fold(text))}
    return counted and bool(set(analyse(fold(unit))) & asked)


def measures_asked(named: Sequence[str]) -> list[frozenset[str]]:
    """Return the measures that a question's concepts name, in its order.

    "Investering på anlæg" names one measure with two concepts; "anlæg og
    service" names two.
    """
    wider = [concept.wider for concept in concepts().values()]
    asked: list[frozenset[str]] = []
    for key in named:
        joined = (asked[-1] if asked else frozenset()) | {key}
        if asked and any(joined <= w for w in wider):
            asked[-1] = joined
        else:
            asked.append(frozenset({key}))
    return asked


def is_of(figure: Figure, year: int) -> bool:
    """Tell whether a figure is of a year: its own, or within the period its prose tells."""
    if figure.year is not None:
        return figure.year == year
    # A table's "I alt" column spans its years; it is none of them.
    return (
        figure.table is None and figure.period is not None and year in period_years(figure.period)
    )


def told_around(figures: Iterable[Figure], page: Callable[[Figure], str]) -> dict[str, Told]:
    """Return the words around each prose figure; `page` returns the text of a figure's page."""
    prose = [f for f in figures if f.table is None]
    beside: defaultdict[Place, list[Place]] = defaultdict(list)
    for figure in prose:
        beside[figure.context].append(figure.place)
    told = {}
    for figure in prose:
        text, context, place = page(figure), figure.context, figure.place
        others = [p for p in beside[context] if p != place]
        start = max((o.end for o in others if o.end <= place.start), default=context.start)
        end = min((o.start for o in others if o.start >= place.end), default=context.end)
        if start > context.start:
            start += _parting(text[start : place.start]) or 0
        parted = _parting(text[place.end : end]) if end < context.end else None
        if parted is not None:
            end = place.end + parted
        first, last = text.rfind("\n", 0, context.start) + 1, text.find("\n", context.end)
        last = last if last >= 0 else len(text)
        heading, item, last = _item(text, (first, last), context)
        told[figure.id] = Told(
            near=f"{text[start : place.start]} {text[place.end : end]}",
            led=text[context.start : end],
            sentence=text[context.start : context.end],
            before=f"{text[first:heading]} {text[item : context.start]}",
            after=text[context.end : last],
        )
    return told


def _item(text: str, line: tuple[int, int], context: Place) -> tuple[int, int, int]:
    """Return where a line's heading ends, and where the list item of a sentence starts and ends.

    A cell may hold a heading and a list: one item tells nothing of the amounts of another.
    """
    first, last = line
    marks = [m.start() for m in _BULLET.finditer(text, first, last)]
    item = max((m for m in marks if m <= context.start), default=first)
    end = min((m for m in marks if m >= context.end), default=last)
    return min([*marks, item]), item, end


def _parting(between: str) -> int | None:
    """Return where the words between two amounts go over from the first to the second.

    "1,2 mio. kr. til bænke og 300.000 kr. …": before the "og", as where a clause of its own
    follows. None where nothing parts them.
    """
    parts = list(_PARTS.finditer(between))
    if not parts:
        return None
    apart = _OF.match(between) or _CLAUSE.match(between, parts[-1].end())
    return parts[-1].start() if apart else None


def confirmations(figure: Figure, figures: Iterable[Figure]) -> list[Figure]:
    """Return the prose figures of the same document that tell a table figure's value and year."""
    if figure.table is None or not figure.amount or figure.year is None:
        return []
    return [
        f
        for f in figures
        if f.table is None
        and f.document == figure.document
        and f.amount is not None
        and abs(f.amount) == abs(figure.amount)
        and f.year == figure.year
        and same_unit(f.unit, figure.unit)
    ]
