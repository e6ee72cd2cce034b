"""Which years each amount of a sentence is told for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.dates import YearMention
from rag.gate_amounts import Amount

_TO_YEAR = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?[(,]?\s*(?:(?!og\b|samt\b|men\b|mens\b|hvor\w*\b|and\b|but\b|while\b)"
    r"[\w-]+\s+){0,7}?(?:(?:i|fra|for|til|mod|pr\.?|med|efter|om året|årligt|in|from|by|for|ved"
    r"|inden|senest)\b\s*)*(?:budget\w*\s*|år(?:et|ene)?\s+|udgangen af\s+)?B?\(?$",
    re.IGNORECASE,
)
_LIST = re.compile(r"^\s*(?:,|og|samt|eller|and|,\s*(?:og|and))\s*(?:i\s+|for\s+|in\s+)?$", re.I)
RISING = re.compile(
    r"\b(?:stig\w*|steg|voks\w*|øge\w*|fald\w*|aftag\w*|reducer\w*|ris\w*|fall\w*|grow\w*|op|ned)"
    r"\s+(?:til|to)\s*$",
    re.IGNORECASE,
)
"""What stands before an amount of a later year than the one told last."""
# "I 2025 deltog 46, og prisen er 812 kr.": a new clause need not be of the year before it.
_NEW_CLAUSE = re.compile(r"[,;]\s*(?:og|men|mens|samt|and|but|while)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """The years told for an amount; `loosely` where another clause names them."""

    years: tuple[YearMention, ...] = ()
    loosely: bool = False


def told_years(text: str, amounts: Sequence[Amount], years: Sequence[YearMention]) -> list[Told]:
    """Return for each amount of a sentence the years it is told for.

    Years after an amount are its own ("2 mio. kr. i 2026 og 2027"), years told
    "respectively" one each; else it has the nearest before it that no amount took.
    """
    paired = _respectively(text, amounts, years)
    if paired:
        return paired
    own = [_following(text, index, amounts, years) for index in range(len(amounts))]
    taken = {y.start for following in own for y in following}
    free = [y for y in years if y.start not in taken]
    return [
        Told(following) if following else _preceding(text, amount, free)
        for amount, following in zip(amounts, own, strict=True)
    ]


def _following(
    text: str, index: int, amounts: Sequence[Amount], years: Sequence[YearMention]
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
    text: str, amounts: Sequence[Amount], years: Sequence[YearMention]
) -> list[Told] | None:
    """Pair "20, 35 og 50 mio. kr. i 2026, 2027 og 2028" in order."""
    if len(amounts) < 2 or len(amounts) != len(years) or any(y.period for y in years):
        return None
    if not (years[0].start >= amounts[-1].end or years[-1].end <= amounts[0].start):
        return None
    runs = [text[a.end : b.start] for a, b in pairwise(amounts)]
    runs += [text[a.end : b.start] for a, b in pairwise(years)]
    return [Told((y,)) for y in years] if all(_LIST.match(run) for run in runs) else None


def _preceding(text: str, amount: Amount, free: Sequence[YearMention]) -> Told:
    before = [y for y in free if y.end <= amount.start]
    if not before or RISING.search(text[: amount.start]):
        return Told()
    years = [before[-1]]
    for year in reversed(before[:-1]):
        if not _LIST.match(text[year.end : years[0].start]):
            break
        years.insert(0, year)
    between = text[years[-1].end : amount.start]
    return Told(tuple(years), bool(_NEW_CLAUSE.search(between)))
