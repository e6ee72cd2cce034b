"""Reads a question: language, documents, places, years, measures, and what it wants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from rag.asking.asked_kind import without_opinion
from rag.asking.bounds import without_bounds
from rag.asking.column_kinds import columns_asked
from rag.asking.compared import compared
from rag.asking.facts import fact_asked, without_asking
from rag.asking.followup import asked_anew, carry_over
from rag.asking.intent import amount_asked, intent_asked, without_share
from rag.asking.measure_noun import measure_noun
from rag.asking.operations import (
    condition_asked,
    operation_asked,
    share_asked,
    sides_of,
    span_asked,
)
from rag.asking.purposes import without_table
from rag.asking.speakers import speaker_asked, without_speaker
from rag.glossary import glossary_spelling, joined_phrases
from rag.query import Operand, Query, Turn
from rag.text.counts import NUMBER_WORDS
from rag.text.dates import YearMention, find_years, period_years
from rag.text.document_numbers import document_numbers
from rag.text.language import analyse, detect_language, fold
from rag.text.lemmas import lemma
from rag.text.names import (
    committees_named,
    kinds_named,
    municipalities_named,
    municipality_meant,
    without_homonyms,
    without_municipalities,
)
from rag.text.sentences import sentences
from rag.vocabulary import (
    asked_concepts,
    generic_words,
    only_hinted,
    respelt,
    without_concepts,
    without_directions,
)

# "over de fire år", "the four proposals": how many there are is no topic.
_COUNTING = frozenset((*map(fold, NUMBER_WORDS), *str.split("two three four five six seven eight")))
_BUDGET_YEAR = re.compile(r"\bbudget\w*\s+20\d\d(?:\s*[-–]\s*(?:20)?\d\d)?", re.IGNORECASE)
_BUDGET = re.compile(r"\b(?:budget(?:tet|aftale\w*|notat\w*)?|budgettet for)\s?$|\bB$", re.I)
_BUDGET_FOR = re.compile(r"\bbudget\w*\s+(?:for|til|of)(?:\s+the)?\s?$", re.I)
_BUDGET_AFTER = re.compile(r"\s?-?budget\b", re.I)


def read_question(
    text: str,
    history: Sequence[Turn] = (),
    known: Iterable[str] = (),
    is_held: Callable[[str], bool] = lambda _: False,
) -> Query:
    """Return the question as read.

    `known` are the document numbers in the catalogue; `is_held` tells whether its
    documents have a word, which then misspells no municipality's name. What a follow-up ("og i
    2028?") leaves out is taken from the questions of `history`, oldest first.
    """
    numbers = list(known)
    turns: list[Query] = []
    for question in (*(turn.question for turn in history), text):
        rest, language = asked_anew(question) if turns else (question, None)
        read = _read(rest, numbers, is_held)
        read = replace(read, language=language or read.language)
        if turns:
            whole = compared(read, turns) or carry_over(read, turns[-1])
            read = whole if whole == read else replace(whole, before=turns[-1].text)
        turns.append(read)
    return turns[-1]


def _read(text: str, known: Sequence[str], is_held: Callable[[str], bool]) -> Query:
    numbers, rest = document_numbers(text, known)
    found = [n for n in numbers if n in known]

    def spelt(word: str) -> str:
        meant = municipality_meant(word)
        return meant if meant and not is_held(word) else word

    rest = respelt(re.sub(r"[^\W\d_]{6,}", lambda m: spelt(m[0]), rest))
    aside, said = _asides(rest)
    flat = fold(rest)
    mentions = find_years(text)
    budgets = [m for m in mentions if _is_budget(m, text)]
    asked = [m for m in mentions if m not in budgets]
    fact = fact_asked(flat)
    operation = operation_asked(text)
    untabled = without_table(rest)
    named = untabled if _topic(untabled, "figure") else rest
    measures, amount = _measured(named, flat, operation)
    bare = not _topic(said, "figure")
    intent = intent_asked(rest, measures, bool(asked), bare, operation, fact)
    speaker = speaker_asked(rest) if intent == "prose" else None
    said = without_speaker(said) if speaker else without_opinion(said)
    said = without_bounds(said) if operation in ("when", "which") else said
    query = Query(
        text=text.strip(),
        language=detect_language(text),
        intent=intent,
        operation=operation,
        condition=condition_asked(text) if operation in ("when", "which") else None,
        fact=fact if intent == "fact" else None,
        amount=amount,
        numbers=tuple(found or numbers),
        municipalities=tuple(dict.fromkeys(municipalities_named(rest))),
        committees=tuple(committees_named(rest)),
        kinds=tuple(kinds_named(rest)),
        years=tuple(dict.fromkeys(y for m in asked for y in _years(m))),
        periods=tuple(dict.fromkeys(m.period or str(m.first) for m in budgets)),
        concepts=measures,
        # "What does ØU02 say of ØU03?": a number without a document is what it is about.
        words=(*_topic(said, intent), *(n for n in numbers if found and n not in found)),
        aside=tuple(_topic(aside, intent)),
        noun=measure_noun(text),
        columns=columns_asked(rest),
        speaker=speaker,
    )
    if shared := share_asked(text):
        return replace(query, operands=_operands(shared, numbers))
    if span := span_asked(text):
        return replace(query, operands=tuple(_end(end, numbers) for end in span))
    return query


def _is_budget(mention: YearMention, text: str) -> bool:
    """Tell whether years name a budget ("Budget 2026", "the budget for 2026-2029")."""
    before = text[: mention.start]
    several = mention.last != mention.first
    told = _BUDGET.search(before) or _BUDGET_AFTER.match(text[mention.end :])
    return bool(told or (several and _BUDGET_FOR.search(before)))


def _measured(text: str, flat: str, operation: str | None) -> tuple[tuple[str, ...], str | None]:
    """Return the concepts that a question names, and the kind of amount it asks for."""
    measures = asked_concepts(text)
    if operation == "when" and not measures:
        measures = ["net"]  # "Hvornår begynder det at give overskud?"
    named = [m for m in measures if m != "net"]
    if operation == "sum" and named and only_hinted(text):
        measures = named  # "tilsammen" says that it is a sum, not of what
    amount = amount_asked(flat, measures)
    if amount == "money":
        # Money for positions is told in prose; rows of staff are of no help.
        measures = [m for m in measures if m != "fte"]
    if operation == "percent" and (measures or _two_years(text)):
        # What changes by so many per cent.
        amount = ("staff" if "fte" in measures else "money") if measures else None
    return tuple(measures), amount


def _operands(shared: tuple[str, str], numbers: Sequence[str]) -> tuple[Operand, ...]:
    """Return the part and the whole of a share."""
    part, whole = (_operand(text, numbers) for text in shared)
    return part, replace(whole, concepts=whole.concepts or ("net",))


def sides(query: Query) -> tuple[Operand, ...]:
    """Return both sides of a sum or difference: "projektering og jordkøb tilsammen".

    What one side leaves out is as the whole question has it. None where the
    question does not name two things.
    """
    parted = sides_of(query.text) if query.operation in ("sum", "difference") else None
    read = [_operand(text, query.numbers) for text in parted or ()]
    if not all(side.words for side in read):
        return ()
    measured = tuple(c for c in query.concepts if c != "net" or not only_hinted(query.text))
    return tuple(
        replace(side, amount=query.amount, concepts=() if only_hinted(side.text) else side.concepts)
        if side.concepts
        else replace(side, amount=query.amount, concepts=measured)
        for side in read
    )


def side_words(text: str, query: Query) -> list[str]:
    """Return what one side of a comparison is about: "forslaget om klubberne" the clubs."""
    return _topic(document_numbers(text, query.numbers)[1], query.intent)


def _operand(text: str, numbers: Sequence[str]) -> Operand:
    rest = respelt(document_numbers(text, numbers)[1])
    named = tuple(asked_concepts(rest))
    return Operand(
        text, "staff" if "fte" in named else "money", named, tuple(_topic(rest, "figure"))
    )


def _two_years(text: str) -> bool:
    mentions = find_years(text)
    return len(mentions) > 1 or any(m.period for m in mentions)


def _end(text: str, numbers: Sequence[str]) -> Operand:
    """Return one of the two dates that a number of days lies between."""
    rest = document_numbers(text, numbers)[1]
    return Operand(text, None, (), tuple(_topic(rest, "prose")))


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


def prose_words(query: Query) -> tuple[str, ...]:
    """Return the words of a question that prose must hold to answer it."""
    return tuple(_topic(document_numbers(query.text, query.numbers)[1], "prose"))


def content_words(query: Query, is_held: Callable[[str], bool]) -> list[str]:
    """Return all words of a question that may stand in a table row's label, and its topic's.

    Two words may be one that was written apart ("afløser timer"), where the documents have
    it: `is_held` tells that.
    """
    asked = without_table(query.text) if query.words else query.text
    text = document_numbers(asked, query.numbers)[1]
    if query.periods:
        text = _BUDGET_YEAR.sub(" ", text)
    flat = joined_phrases(text)
    words = [_spelt(w, query.text) for w in re.findall(r"\w{2,}", flat) if not w.isdigit()]
    pairs = [a + b for a, b in pairwise(words) if len(a) > 2 and len(b) > 2]
    joined = [pair for pair in pairs if is_held(pair)]
    return list(dict.fromkeys([*words, *query.words, *query.municipalities, *joined]))


def _topic(text: str, intent: str) -> list[str]:
    """Return the words a question is about, in its order."""
    flat = without_municipalities(joined_phrases(without_homonyms(text)))
    if intent == "documents":
        flat = " ".join(w for w in flat.split() if not committees_named(w))
    if intent == "figure":
        flat = without_share(without_directions(without_concepts(flat)))
    elif intent == "fact":
        flat = without_asking(flat)
    words = []
    for word in re.findall(r"\w{2,}", flat):
        counts = word in _COUNTING or re.fullmatch(r"b?(19|20)\d\d|\d{1,2}", word)
        if not counts and not _is_generic(word, text):
            words.append(_spelt(word, text))
    return [w for w in dict.fromkeys(words) if analyse(w)]


def _spelt(folded: str, text: str) -> str:
    """Return a folded word as the question or the glossary spells it: "okonomi" is "økonomi"."""
    asked = (w.lower() for w in re.findall(r"\w+", text) if fold(w) == folded)
    return next(asked, glossary_spelling(folded))


def _is_generic(folded: str, text: str) -> bool:
    """Tell whether a word, or the word it is a form of, says nothing of what is asked about."""
    if folded in generic_words():
        return True
    base = lemma(_spelt(folded, text))
    return base is not None and fold(base) in generic_words()
