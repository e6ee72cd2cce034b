"""Amounts in prose become figures: sentence, amount, unit, and its year where it has one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.tables import PlaceAt
from rag.dates import FAR, YearMention, find_years
from rag.numerals import STAFF_UNITS, Numeral, find_numerals
from rag.types import Effect, Figure
from rag.vocabulary import asked_concepts, direction

# Between an amount and the year that belongs to it stand a few words and a
# preposition, and no new clause: "3 mio. kr. til formålet i 2026".
_TO_YEAR = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:(?!og\b|samt\b|men\b|mens\b|hvor\w*\b)[\w-]+\s+){0,6}?"
    r"(?:(?:ved|inden|senest|i|efter) (?:udgangen|slutningen|begyndelsen|starten|løbet) af|"
    r"i|fra|for|til|mod|pr\.?|med|efter|fra og med)\s+(?:budget\w*\s+|år(?:et|ene)?\s+)?B?$",
    re.IGNORECASE,
)
_NEXT_YEAR = re.compile(r"^\s*(?:,|og|samt|,\s*og)\s*(?:i\s+|for\s+)?$", re.IGNORECASE)
_RISING = re.compile(
    r"\b(?:stigende|stiger|stige|vokser|voksende|øges|faldende|falder|falde|aftagende|reduceret|op|"
    r"ned)\s+til\s*$",
    re.IGNORECASE,
)
# "og" joins the words of a name: "Senior og Omsorg får 5 mio. kr.".
_CLAUSE = re.compile(
    r"[,;:(•\t]|\b(?:og(?! (?-i:[A-ZÆØÅ]))|samt|hvor|hvoraf|som|der|stigende til|faldende til)\b",
    re.I,
)
# "0,5 mio. kr. til kompetenceudvikling": what follows names the amount better.
_PURPOSE = re.compile(
    r"^\s*\)?\s*(?:(?!og\b|samt\b|men\b)\w+\s+){0,3}?(?:til|i en|i et|øremærket)\s+"
    r"(?:\(\d\)\s*)?(?P<what>[^,;:.(]{4,100})",
    re.IGNORECASE,
)
# "vedtaget med Budget 2023 og …": past a new clause, a budget's year is no longer the amount's.
_NEW_CLAUSE = re.compile(r"[,;:]|\b(?:og|som|men)\b", re.IGNORECASE)
# What is spent, or paid, was neither cut nor added.
_SPENT = re.compile(
    r"\b(?:brugt|brugte|anvendt|anvendte|forbrugt|betalt|betalte|afholdt|kostet|kostede)\b", re.I
)
_OTHER_CLAUSE = re.compile(
    r"[,;:]|\b(?:fordi|da|mens|men|og|som|der|hvor\w*|end|mod)\b", re.IGNORECASE
)
_BUDGET = re.compile(r"\b(?:budget(?:tet)?\s*|B)$", re.IGNORECASE)


@dataclass(frozen=True)
class _Bound:
    numeral: Numeral
    years: tuple[YearMention, ...]


def prose_figures(
    document: str,
    page: int,
    text: str,
    start: int,
    end: int,
    place_at: PlaceAt,
    counted: str | None = None,
) -> list[Figure]:
    """Return the figures of the sentence `text[start:end]` of a page.

    An amount told for several years ("5 mio. kr. i 2026 og 2027") is one
    figure for each; one told for a period carries the period. `counted` is the
    noun that the sentence before counted, which "tallet" stands for.
    """
    sentence = text[start:end]
    figures = []
    measure = ""
    bound = bind_years(sentence, counted)
    for index, item in enumerate(bound):
        n = item.numeral
        measure = _measure(sentence, n, bound[index - 1].numeral if index else None) or measure
        first = bound[index - 1].numeral.end if index else 0
        last = bound[index + 1].numeral.start if index + 1 < len(bound) else len(sentence)
        after = _NEW_CLAUSE.split(sentence[n.end : last])[0]
        near = (measure, sentence[first : n.start], after, sentence)
        for mention in item.years or (None,):
            year = mention.first if mention and not mention.period else None
            period = mention.period if mention else None
            figures.append(
                Figure(
                    id=f"{document}/p{page}/{start + n.start}/{year or period or ''}",
                    document=document,
                    measure=measure,
                    concept=_concept(n, near),
                    group=None,
                    year=year,
                    period=period,
                    text=n.number,
                    state="value",
                    value=n.value,
                    low=n.low,
                    high=n.high,
                    unit=n.unit,
                    scale=n.scale,
                    price_level=None,
                    effect=_effect(n, near),
                    place=place_at(page, start + n.start, start + n.end),
                    context=place_at(page, start, end),
                    approximate=n.approximate,
                )
            )
    return figures


def bind_years(sentence: str, counted: str | None = None) -> list[_Bound]:
    """Pair each amount of a sentence with the years it is told for.

    The years that follow an amount are its own ("2 mio. kr. i 2026 og 2027");
    else it has the nearest year before it that no amount took ("en pulje i
    2025 på 0,6 mio. kr."), unless it is what another amount rises to.
    """
    mentions = find_years(sentence)
    numerals = find_numerals(sentence, counted)
    own = [_following(sentence, n, after, mentions) for n, after in _with_next(numerals)]
    taken = {m.start for years in own for m in years}
    bound = []
    for index, (numeral, years) in enumerate(zip(numerals, own, strict=True)):
        before = sentence[: numeral.start]
        if not years and not _RISING.search(before):
            years = _preceding(sentence, numeral, mentions, taken)
        following = (
            sentence[numeral.end : numerals[index + 1].start] if index + 1 < len(numerals) else ""
        )
        if _RISING.search(following):
            years = tuple(
                YearMention(m.start, m.end, m.first, m.first) if m.last == FAR else m for m in years
            )
        bound.append(_Bound(numeral, years))
    return bound


def _with_next(numerals: list[Numeral]) -> Iterator[tuple[Numeral, int]]:
    for this, following in pairwise(numerals):
        yield this, following.start
    if numerals:
        yield numerals[-1], 10**9


def _following(
    sentence: str, numeral: Numeral, before: int, mentions: list[YearMention]
) -> tuple[YearMention, ...]:
    own: list[YearMention] = []
    for mention in mentions:
        if mention.start < numeral.end or mention.start >= before:
            continue
        between = sentence[own[-1].end if own else numeral.end : mention.start]
        if not (_NEXT_YEAR if own else _TO_YEAR).match(between):
            break
        own.append(mention)
    return tuple(own)


def _preceding(
    sentence: str, numeral: Numeral, mentions: list[YearMention], taken: set[int]
) -> tuple[YearMention, ...]:
    free = [m for m in mentions if m.end <= numeral.start and m.start not in taken]
    if not free:
        return ()
    nearest = free[-1]
    if numeral.unit == "pct." and _OTHER_CLAUSE.search(sentence[nearest.end : numeral.start]):
        return ()
    if _BUDGET.search(sentence[: nearest.start + 1].rstrip("0123456789")) and _NEW_CLAUSE.search(
        sentence[nearest.end : numeral.start]
    ):
        return ()
    return (nearest,)


def _measure(sentence: str, numeral: Numeral, before: Numeral | None) -> str:
    """Return what the amount is of: its purpose, or the words before it in its clause."""
    words = sentence[before.end if before else 0 : numeral.start]
    if words.endswith("("):
        # "Privat 5G-netværk (10-50 mio. kr.)": the words before the bracket name it.
        return _short(re.split(r"[•\t]|[.:;] ", words[:-1].rstrip())[-1])
    purpose = _PURPOSE.match(sentence[numeral.end :])
    if purpose and numeral.unit == "kr." and not _holds_figure(purpose["what"]):
        return purpose["what"].strip()
    clauses = [c.strip(" .:–-") for c in _CLAUSE.split(words)]
    said = [c for c in clauses if len(re.findall(r"[^\W\d]{3,}", c)) >= 2]
    return _short(said[-1]) if said else ""


def _short(text: str) -> str:
    """Return the last words of a text, at most about 100 characters."""
    text = text.strip(" )")
    return text if len(text) <= 100 else text[-100:].partition(" ")[2]


def _holds_figure(text: str) -> bool:
    return bool(find_numerals(text) or find_years(text) or re.match(r"\s*\d", text))


def _concept(numeral: Numeral, near: tuple[str, ...]) -> str | None:
    """Return what an amount is of, by the first of the texts around it that says."""
    if numeral.unit in STAFF_UNITS.values():
        return "fte"
    if numeral.unit != "kr.":
        return None
    for text in near:
        found = [c for c in asked_concepts(text) if c not in ("fte", "net", "current_budget")]
        if found:
            return found[-1]
    return None


def _effect(numeral: Numeral, near: tuple[str, ...]) -> Effect:
    if numeral.unit == "pct." or (
        numeral.unit != "kr." and numeral.unit not in STAFF_UNITS.values()
    ):
        return "unknown"
    if numeral.number[:1] in "-−–":
        return "cut"
    if _SPENT.search(_OTHER_CLAUSE.split(near[1])[-1] + near[2]):
        return "unknown"
    for text in near:
        found = direction(text)
        if found != "unknown":
            return found
    return "unknown"
