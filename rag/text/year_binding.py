"""Which years each amount of a sentence is told for, in documents and in texts held to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from rag.text.dates import FAR, MONTHS, YearMention

# Between an amount and the year that belongs to it stand a few words and a preposition,
# and no new clause: "3 mio. kr. til formålet i 2026"; or nothing: "2 mio. kr. (2026)".
_TO_YEAR = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?[(,]?\s*(?:"
    r"(?:(?!og\b|samt\b|men\b|mens\b|hvor\w*\b|and\b|but\b|while\b)(?:[\w-]+|pr\.)\s+){0,7}?"
    r"(?:(?:i|fra|for|til|mod|pr\.?|med|efter|om året|årligt|in|from|by|for|ved|inden|senest)\b"
    r"\s*)+(?:(?:udgangen|slutningen|begyndelsen|starten|løbet) af\s+)?"
    rf"(?:(?:{'|'.join(MONTHS)})\.?\s+)?)?"
    r"(?:budget\w*\s*|år(?:et|ene)?\s+)?B?\(?$",
    re.IGNORECASE,
)
_LIST = re.compile(r"^\s*(?:,|og|samt|eller|and|,\s*(?:og|and))\s*(?:i\s+|for\s+|in\s+)?$", re.I)
# What has risen ("i 2025 var andelen steget til 5 pct.") is of the year before it.
_RISING = re.compile(
    r"\b(?:stig(?:e|er|es|ende)|steg|voks(?:e|er|ende|ede)|øges?|øgende|fald(?:e|er|ende|t)|"
    r"aftag\w*|reducer(?:es|et|e)|ris(?:e|es|ing)|rose|fall(?:s|ing)?|grow(?:s|ing)?|op|ned|up|down)"
    r"\s+(?:til|to)\s*$",
    re.IGNORECASE,
)
# "I 2025 deltog 46, og prisen er 812 kr.": a new clause need not be of the year before it.
_NEW_CLAUSE = re.compile(r"[,;]\s*(?:og|men|mens|samt|and|but|while)\b", re.IGNORECASE)
# A share is of the year of its own clause alone.
_OTHER_CLAUSE = re.compile(
    r"[,;:]|\b(?:fordi|da|mens|men|og|som|der|hvor\w*|end|mod)\b", re.IGNORECASE
)
# "vedtaget med Budget 2023 og …": past a new clause, a budget's year is no longer the amount's.
_BUDGET = re.compile(r"\b(?:budget(?:tet)?\s*|B)$", re.IGNORECASE)
_AFTER_BUDGET = re.compile(r"[,;:]|\b(?:og|som|men)\b", re.IGNORECASE)


class Spot(NamedTuple):
    """An amount at `text[start:end]` of a sentence; `share` where it is per cent."""

    start: int
    end: int
    share: bool = False


@dataclass(frozen=True)
class Told:
    """The years told for an amount; `loosely` where another clause names them."""

    years: tuple[YearMention, ...] = ()
    loosely: bool = False


def bind_years(text: str, amounts: Sequence[Spot], years: Sequence[YearMention]) -> list[Told]:
    """Return for each amount of a sentence, in order, the years it is told for.

    Years after an amount are its own ("2 mio. kr. i 2026 og 2027"), years told
    "respectively" one each; else it has the nearest before it that no amount took,
    unless it is what another rises to. What rises is not of an open period.
    """
    paired = _respectively(text, amounts, years)
    if paired:
        return paired
    own = [_following(text, index, amounts, years) for index in range(len(amounts))]
    taken = {y.start for following in own for y in following}
    free = [y for y in years if y.start not in taken]
    told = [
        Told(following) if following else _preceding(text, amount, free)
        for amount, following in zip(amounts, own, strict=True)
    ]
    for index, (this, following) in enumerate(pairwise(amounts)):
        if rises_to(text[this.end : following.start]):
            closed = (replace(y, last=y.first) if y.last == FAR else y for y in told[index].years)
            told[index] = replace(told[index], years=tuple(closed))
    return told


def rises_to(before: str) -> bool:
    """Tell whether the words before an amount make it what another rises or falls to."""
    return _RISING.search(before) is not None


def _following(
    text: str, index: int, amounts: Sequence[Spot], years: Sequence[YearMention]
) -> tuple[YearMention, ...]:
    amount = amounts[index]
    limit = len(text) if index + 1 == len(amounts) else amounts[index + 1].start
    first = amounts[index - 1].end if index else 0
    led = any(first <= y.start < amount.start for y in years)
    own: list[YearMention] = []
    for year in (y for y in years if amount.end <= y.start < limit):
        between = text[own[-1].end if own else amount.end : year.start]
        if not (_LIST if own else _TO_YEAR).match(between):
            break
        if between.lstrip().startswith(",") and not own and led:
            break  # "I 2026 er det 2, i 2028 3": each year stands before its amount
        own.append(year)
    return tuple(own)


def _respectively(
    text: str, amounts: Sequence[Spot], years: Sequence[YearMention]
) -> list[Told] | None:
    """Pair "20, 35 og 50 mio. kr. i 2026, 2027 og 2028" in order."""
    if len(amounts) < 2 or len(amounts) != len(years) or any(y.period for y in years):
        return None
    if not (years[0].start >= amounts[-1].end or years[-1].end <= amounts[0].start):
        return None
    runs = [text[a.end : b.start] for a, b in pairwise(amounts)]
    runs += [text[a.end : b.start] for a, b in pairwise(years)]
    return [Told((y,)) for y in years] if all(_LIST.match(run) for run in runs) else None


def _preceding(text: str, amount: Spot, free: Sequence[YearMention]) -> Told:
    before = [y for y in free if y.end <= amount.start]
    if not before or rises_to(text[: amount.start]):
        return Told()
    years = [before[-1]]
    for year in reversed(before[:-1]):
        if not _LIST.match(text[year.end : years[0].start]):
            break
        years.insert(0, year)
    between = text[years[-1].end : amount.start]
    if amount.share and _OTHER_CLAUSE.search(between):
        return Told()
    if _BUDGET.search(text[: years[-1].start]) and _AFTER_BUDGET.search(between):
        return Told()
    return Told(tuple(years), bool(_NEW_CLAUSE.search(between)))
