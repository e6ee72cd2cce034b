"""Amounts in prose become figures: sentence, amount, unit, and its year where it has one."""

from __future__ import annotations

import re

from ingest.effects import INCOME
from ingest.tables import PlaceAt
from rag.text.dates import YearMention, find_years
from rag.text.marks import without_marks
from rag.text.numerals import Numeral, find_numerals
from rag.text.units import STAFF
from rag.text.year_binding import Spot, bind_years
from rag.types import Effect, Figure
from rag.vocabulary import asked_concepts, direction

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
_NEW_CLAUSE = re.compile(r"[,;:]|\b(?:og|som|men)\b", re.IGNORECASE)
# What is spent, or paid, was neither cut nor added.
_SPENT = re.compile(
    r"\b(?:brugt|brugte|anvendt|anvendte|forbrugt|betalt|betalte|afholdt|kostet|kostede)\b", re.I
)
_OTHER_CLAUSE = re.compile(
    r"[,;:]|\b(?:fordi|da|mens|men|og|som|der|hvor\w*|end|mod)\b", re.IGNORECASE
)


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
    told = _told(sentence, counted)
    for index, (n, years) in enumerate(told):
        before = told[index - 1][0] if index else None
        measure = _measure(sentence, n, before) or measure
        first = before.end if before else 0
        last = told[index + 1][0].start if index + 1 < len(told) else len(sentence)
        after = _NEW_CLAUSE.split(sentence[n.end : last])[0]
        near = (measure, sentence[first : n.start], after, sentence)
        for mention in years or (None,):
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


def _told(sentence: str, counted: str | None) -> list[tuple[Numeral, tuple[YearMention, ...]]]:
    """Pair each amount of a sentence with the years it is told for."""
    numerals = find_numerals(sentence, counted)
    spots = [Spot(n.start, n.end, n.unit == "pct.") for n in numerals]
    told = bind_years(sentence, spots, find_years(sentence))
    return [(n, t.years) for n, t in zip(numerals, told, strict=True)]


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
    text = without_marks(text.strip(" )"))
    return text if len(text) <= 100 else text[-100:].partition(" ")[2]


def _holds_figure(text: str) -> bool:
    return bool(find_numerals(text) or find_years(text) or re.match(r"\s*\d", text))


def _concept(numeral: Numeral, near: tuple[str, ...]) -> str | None:
    """Return what an amount is of, by the first of the texts around it that says."""
    if numeral.unit in STAFF:
        return "fte"
    if numeral.unit != "kr.":
        return None
    for text in near:
        found = [c for c in asked_concepts(text) if c not in ("fte", "net", "current_budget")]
        if found:
            return found[-1]
    return None


def _effect(numeral: Numeral, near: tuple[str, ...]) -> Effect:
    if numeral.unit == "pct." or (numeral.unit != "kr." and numeral.unit not in STAFF):
        return "unknown"
    if numeral.number[:1] in "-−–":
        # A surplus is printed with a minus too: it was not cut.
        return "unknown" if INCOME.search(near[1] + near[2]) else "cut"
    if _SPENT.search(_OTHER_CLAUSE.split(near[1])[-1] + near[2]):
        return "unknown"
    for text in near:
        found = direction(text)
        if found != "unknown":
            return found
    return "unknown"
