"""Reads a question: language, documents, places, years, measures, and what it wants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from rag.arithmetic import operation_asked
from rag.dates import YearMention, find_years, period_years, year_of_period
from rag.facts import fact_asked, without_asking
from rag.followup import carry_over
from rag.language import analyse, detect_language, fold
from rag.names import (
    committees_named,
    kinds_named,
    municipalities_named,
    municipality_meant,
    without_municipalities,
)
from rag.sentences import sentences
from rag.types import Query, Turn
from rag.vocabulary import (
    asked_concepts,
    generic_words,
    joined_phrases,
    only_hinted,
    respelt,
    without_concepts,
    without_directions,
)

_DOCUMENTS = re.compile(
    r"\b(hvilke|which|what|vis|list|show)\b[^.?]*?\b(dokumenter|forslag|budgetnotater|notater|"
    r"politikersvar|prioriteringsforslag|documents|proposals|memos|notes)\b"
)
_HOW_MUCH = re.compile(
    r"\b(hvor (mange|meget|stor|store|stort|lang|hoj)|how (many|much|large|big|high)|"
    r"hvad\b.*\bkoster?|what\b.*\bcosts?|belob\w*|what amount|which amount|andel\w*|share|"
    r"procent\w*|per ?cent\w*|tal(let)?\b|figure|pris(en|er)?\b|price)"
)
# With a measure named, these ask for its figure; a question that begins with a verb
# ("Regner forslaget med …") asks whether.
_WHAT = re.compile(
    r"^(hvad|hva|what) (er|var|bliver|udgor|ender|lober|koster|spares?|sparer|investerer|"
    r"investeres|is|are|was)\b"
    r"|^what (dos|do|will|would)\b.*\b(cost|save|invest|spend|add up|amount|total)"
    r"|^(giv|vis|give|show|compare|sammenlign)\b"
)
_COMPARE = re.compile(r"\b(compar\w*|sammenlign\w*|versus|kontra)\b")
_WHY_WHO = re.compile(r"^(hvorfor|hvornar|hvem|hvordan|why|when|who|how (?!many|much|large|big))\b")
_ASKS = re.compile(
    r"^(hv\w+|wh\w+|how|navn|name|list|tell|fortal|forklar|explain|er|har|kan|skal|vil|bliver|blev|"
    r"regner|galder|giver|far|ma|is|are|dos|do|has|have|can|will|was|were|should|did|under|pa|i|in|on)\b"
)
_WHETHER = re.compile(
    r"^(er|har|kan|skal|vil|bliver|blev|regner|galder|giver|far|ma|is|are|dos|do|has|have|can|will|"
    r"was|were|should|did)\b"
)
_COUNTED = re.compile(r"\b(?:hvor mange|how many)\s+(\w+(?:\s+\w+)?)")
_MONEY = re.compile(
    r"\b(kr|kroner|mio|mia|million\w*|milliard\w*|dkk|tusind|thousand|penge|money|belob\w*|amount|"
    r"hvor meget|how much|koste\w*|cost\w*|budget\w*|pris|afsat\w*|afsatte\w*|set aside|allocat\w*|"
    r"brug(e|er|t|te)|used|invest\w*|spare\w*|sav(e|es|ed|ing|ings)|udgift\w*|expen\w*|betale\w*|"
    r"pays?|paid)\b"
)
_BUDGET_YEAR = re.compile(r"\bbudget\w*\s+20\d\d(?:\s*[-–]\s*(?:20)?\d\d)?", re.IGNORECASE)
_HEADS = re.compile(r"\b(hvor mange|how many|arsvark\w*|fte\w*|stilling\w*|position\w*)\b")
_PRICED = re.compile(
    r"\b(koste\w*|cost\w*|udgift\w*|kr|mio|pris\w*|price|spend\w*|spent|expen\w*)\b"
)
_SURELY_MONEY = re.compile(
    r"\b(how much money|hvor mange (penge|kroner|kr|mio\w*)|i (penge|kroner))\b"
)
_SHARE = re.compile(r"\b(what share|hvor stor en (andel|del) af|procent\w*|pct|per ?cent\w*)\b|%")
_BUDGET = re.compile(r"\b(?:budget(?:tet|aftale\w*|notat\w*)?|budgettet for)\s?$|\bB$", re.I)
_NUMBER = re.compile(
    r"\b([A-Za-zÆØÅæøå]{1,4})[ -]?(\d{1,3})\b(?![.,]\d|\s*(?:mio|mia|kr|pct|%|år))"
)
_NO_NUMBER = frozenset("ai it eu kl fte hu nr ca pr pct kr par aar tab".split())
_CODES = ("ou", "ok")  # ØU, ØK, folded


def read_question(text: str, history: Sequence[Turn] = (), known: Iterable[str] = ()) -> Query:
    """Return the question as read.

    `known` are the document numbers in the catalogue. What a follow-up ("og i
    2028?") leaves out is taken from the questions of `history`, oldest first.
    """
    numbers = list(known)
    query = _read(text, numbers)
    earlier: Query | None = None
    for turn in history:
        read = _read(turn.question, numbers)
        earlier = carry_over(read, earlier) if earlier else read
    return carry_over(query, earlier) if earlier else query


def _read(text: str, known: Sequence[str]) -> Query:
    numbers, rest = _numbers(text, known)
    found = [n for n in numbers if n in known]
    rest = respelt(re.sub(r"[^\W\d_]{6,}", lambda m: municipality_meant(m[0]) or m[0], rest))
    aside, said = _asides(rest)
    flat = fold(rest)
    mentions = find_years(text)
    budgets = [m for m in mentions if _BUDGET.search(text[: m.start])]
    asked = [m for m in mentions if m not in budgets]
    fact = fact_asked(flat)
    measures = asked_concepts(rest)
    operation = operation_asked(flat)
    amount = _amount(flat, measures)
    if amount == "money":
        measures = [m for m in measures if m != "fte"] or measures
    if operation == "percent" and measures:
        amount = "staff" if "fte" in measures else "money"  # what changes by so many per cent
    wants_figure = bool(_HOW_MUCH.search(flat)) or (
        bool(measures) and bool(asked or _WHAT.search(flat) or year_of_period(flat))
    )
    compared = bool(_COMPARE.search(flat) and measures)
    if (_WHETHER.match(flat) or _WHY_WHO.match(flat)) and not (_HOW_MUCH.search(flat) or compared):
        wants_figure = False
    named = bool(measures) and not only_hinted(rest) and not _ASKS.match(flat)
    wants_figure = wants_figure or named or bool(measures and operation)
    intent = "prose"
    if fact and not (wants_figure and measures and fact in ("decision", "proposer")):
        intent = "fact"
    elif wants_figure:
        intent = "figure"
    elif _DOCUMENTS.search(flat):
        intent = "documents"
    return Query(
        text=text.strip(),
        language=detect_language(text),
        intent=intent,
        operation=operation if intent == "figure" else None,
        fact=fact if intent == "fact" else None,
        amount=amount,
        numbers=tuple(found or numbers),
        municipalities=tuple(dict.fromkeys(municipalities_named(rest))),
        committees=tuple(committees_named(rest)),
        kinds=tuple(kinds_named(rest)),
        years=tuple(dict.fromkeys(y for m in asked for y in _years(m))),
        periods=tuple(dict.fromkeys(m.period or str(m.first) for m in budgets)),
        concepts=tuple(measures),
        # "What does ØU02 say of ØU03?": a number without a document is what it is about.
        words=(*_topic(said, intent), *(n for n in numbers if found and n not in found)),
        aside=tuple(_topic(aside, intent)),
    )


def _asides(text: str) -> tuple[str, str]:
    """Return what a long message says before its question, and the question."""
    ranges = sentences(text)
    asking = next((n for n, (_, end) in enumerate(ranges) if text[end - 1] == "?"), len(ranges) - 1)
    if asking <= 0:
        return "", text
    start, end = ranges[asking]
    return text[:start] + text[end:], text[start:end]


def _years(mention: YearMention) -> list[int]:
    if mention.period is None:
        return [mention.first]
    years = period_years(mention.period)
    return list(years[:12]) if mention.last < years.stop else [mention.first]


def _amount(flat: str, measures: list[str]) -> str | None:
    """Return the kind of amount asked for (see `rag.types.Query`)."""
    if _SHARE.search(flat):
        return "percent"
    if _SURELY_MONEY.search(flat):
        return "money"
    if "fte" in measures and (_HEADS.search(flat) or not _PRICED.search(flat)):
        return "staff"
    counted = _COUNTED.search(flat)
    if counted and not _MONEY.match(counted[1]):
        return counted[1]
    return "money" if _MONEY.search(flat) or measures else None


def asks_what(query: Query) -> bool:
    """Tell whether a question that names no measure may want a table row all the same."""
    flat = fold(query.text)
    if _WHETHER.match(flat) or _WHY_WHO.match(flat):
        return False
    return bool(query.years or _WHAT.search(flat))


def content_words(query: Query) -> list[str]:
    """Return all words of a question that may stand in a table row's label, and its topic's.

    Two words may be one that was written apart ("afløser timer").
    """
    text = _BUDGET_YEAR.sub(" ", _numbers(query.text, query.numbers)[1])
    flat = without_municipalities(joined_phrases(text))
    words = [_spelt(w, query.text) for w in re.findall(r"\w{2,}", flat) if not w.isdigit()]
    joined = [a + b for a, b in pairwise(words) if len(a) > 2 and len(b) > 2]
    return list(dict.fromkeys([*words, *query.words, *joined]))


def _numbers(text: str, known: Sequence[str]) -> tuple[list[str], str]:
    """Return the document numbers a question names, and the question without them.

    Numbers come in the catalogue's spelling where it has them.
    """
    spelt = {_number_key(number): number for number in known}
    found: list[str] = []
    rest = text
    for match in reversed(list(_NUMBER.finditer(text))):
        number = spelt.get(_number_key(match[0]))
        if number is None and _looks_like_number(match[1]):
            number = _upper(match[1]) + match[2]
        if number is not None:
            found.insert(0, number)
            rest = rest[: match.start()] + " " + rest[match.end() :]
    return list(dict.fromkeys(found)), rest


@lru_cache(65_536)  # every question reads all documents' numbers
def _number_key(number: str) -> str:
    """Return a number in one spelling: "ØU 02", "oeu2" and "ØU-02" are one."""
    folded = re.sub(r"[^a-z0-9]", "", fold(number))
    letters = folded.rstrip("0123456789")
    return letters + folded[len(letters) :].lstrip("0")


def _looks_like_number(letters: str) -> bool:
    folded = fold(letters)
    if folded in _NO_NUMBER or len(letters) < 2:
        return False
    return letters.isupper() or folded in _CODES


def _upper(letters: str) -> str:
    return {"ou": "ØU", "ok": "ØK"}.get(fold(letters), letters.upper())


def _topic(text: str, intent: str) -> list[str]:
    """Return the words a question is about, in its order."""
    flat = without_municipalities(joined_phrases(text))
    if intent == "figure":
        flat = _SHARE.sub(" ", without_directions(without_concepts(flat)))
    elif intent == "fact":
        flat = without_asking(flat)
    words = []
    for word in re.findall(r"\w{2,}", flat):
        if word in generic_words() or re.fullmatch(r"b?(19|20)\d\d|\d{1,2}", word):
            continue
        words.append(_spelt(word, text))
    return [w for w in dict.fromkeys(words) if analyse(w)]


def _spelt(folded: str, text: str) -> str:
    """Return a folded word as the question spells it: "okonomi" is "økonomi" again."""
    return next((w.lower() for w in re.findall(r"\w+", text) if fold(w) == folded), folded)
