"""What a follow-up question leaves out, taken from the question before it."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.asking.column_kinds import column_words
from rag.asking.facts import fact_beside
from rag.asking.speakers import asks_what_they_say
from rag.query import Operand, Operation, Query
from rag.text.language import fold
from rag.types import Language
from rag.vocabulary import concepts

_ELLIPTIC = re.compile(
    r"^(og|men|hvad med|hvad sa|hvad sa med|and|but|what about|how about|samme|same|eller|or)\b"
)
_ASKING = re.compile(
    r"^(hvorfor|why|hvem|who|hvornar|when|hvordan|how|hvad|what|det|den|"
    r"hvor (meget|mange)|how (much|many))\b"
)
_POINTING = re.compile(
    r"\b(samme ar|same year|that year|"
    r"det|den|de|dem|dette|disse|forslaget|svaret|notatet|sagen|puljen|pengene|midlerne|belobet|"
    r"summen|it|that|this|they|them|the (proposal|note|answer|case|money|amount|sum))\b"
)
# "And in English?", "Hvor står det?", "Er du sikker?": the question before, once more.
_AGAIN = re.compile(
    r"^(og |and |please |svar |sig det |say (it|that) )?(pa engelsk|pa dansk|in english|in danish|"
    r"hvor star det|hvor har du det fra|hvad er kilden|kilde|er du sikker( pa det)?|passer det|"
    r"are you sure|where does it say (that|so)|where is that( from)?|source|sig det igen|gentag|"
    r"what is the source|igen|once more)( tak| please)?$"
)
_ANEW = re.compile(
    r"(?:\b(?:(?:the )?same (?:question|thing)|(?:det )?samme spørgsmål|in (?:english|danish)|"
    r"på (?:engelsk|dansk)|please|tak)\b[ ,]*)+",
    re.IGNORECASE,
)
# "Hvad koster rådgivningen alene?", "og hvis skolerne skal med?": a part, or a case, of the same.
_PART = re.compile(r"\b(alene|for sig( selv)?|isoleret set|alone|on its own|by itself)\b")
_CASE = re.compile(r"^(og |men |and |but )?(hvad |what )?(hvis|if)\b")
# "Og i Næstved?", "hvad med rådhuset?" asks the same of something else; one with a verb does not.
_VERB = re.compile(
    r"\b(siger|sagde|mener|er|har|skal|kan|vil|bliver|blev|star|handler|foreslar|hvorfor|hvem|"
    r"hvordan|hvornar|says?|said|thinks?|is|are|was|do|does|did|has|have|will|who|why|when)\b"
)
_DATES = frozenset(
    "pr januar februar marts april maj juni juli august september oktober november december "
    "january february march may june july october".split()
)
_LANGUAGES: tuple[tuple[Language, re.Pattern[str]], ...] = (
    ("en", re.compile(r"engelsk|english")),
    ("da", re.compile(r"dansk|danish")),
)
ALL_YEARS = re.compile(r"\b(period\w*|alle ar\w*|arene|all (the )?years|the years|hele vejen)\b")
_NEXT = re.compile(
    r"\b(aret efter|naste ar|det folgende ar|(the )?(next|following) year|the year after)\b"
)
_BEFORE = re.compile(
    r"\b(aret for|aret inden|sidste ar|(the )?(previous|last) year|the year before)\b"
)
_LATER = re.compile(
    r"\b((de )?folgende ar|arene efter|(the )?(following|later) years|de andre ar)\b"
)
# "Og i Vestbyen?" asks for the same there, "og bidraget?" for another thing.
_ELSEWHERE = re.compile(
    r"(?:(?:og|and|men|but|hvad med|what about|how about)\s+)?"
    r"(?:i|pa|for|hos|til|ved|af|fra|blandt|at|in|on|of|to|from|among)\b"
)
_LAST = 4  # years that "the following years" reaches, as a budget does
_DIRECTIONS = {"net", "efficiency"}
_OVER_YEARS = ("sum", "average", "largest", "smallest", "when")


def asked_anew(text: str) -> tuple[str, Language | None]:
    """Return what a follow-up asks beside "the same question in English", and that language.

    "Same question in English, but for 2024" asks "but for 2024"; other text is returned as it is.
    """
    asked = _ANEW.search(text)
    rest = _ANEW.sub(" ", text).strip(" ,.?")
    if asked is None or not _ELLIPTIC.match(fold(rest)):
        return text, None
    return rest, next((name for name, p in _LANGUAGES if p.search(fold(text))), None)


def carry_over(query: Query, earlier: Query) -> Query:
    """Return `query`, completed from the `earlier` one where it is a follow-up.

    A question that names its document, or that says enough on its own, is
    returned as it is.
    """
    flat = re.sub(r"[^\w ]", " ", fold(query.text)).strip()
    if _AGAIN.match(re.sub(r"\s+", " ", flat)):
        asked = next((name for name, p in _LANGUAGES if p.search(flat)), None)
        return replace(earlier, language=asked or earlier.language)
    short = query.fact is None and len(flat.split()) <= 3
    beside = fact_beside(earlier.fact or "", flat) if short else None
    if beside:
        return replace(earlier, text=query.text, fact=beside)
    if query.intent == "prose" and query.speaker is None and asks_what_they_say(query.text):
        query = replace(query, speaker=earlier.speaker)
    query = _with_years(query, earlier, flat)
    return _carried(query, earlier) if _follows(query) else query


def _with_years(query: Query, earlier: Query, flat: str) -> Query:
    """Return `query` with the years that it names by those of the question before."""
    if query.years or not earlier.years:
        return query
    first, last = min(earlier.years), max(earlier.years)
    for pattern, years in (
        (_LATER, tuple(range(last + 1, last + _LAST))),
        (_NEXT, (last + 1,)),
        (_BEFORE, (first - 1,)),
    ):
        if pattern.search(flat):
            said = {fold(w) for m in pattern.finditer(flat) for w in m[0].split()}
            words = tuple(w for w in query.words if fold(w) not in said)
            return replace(query, years=years, words=words)
    return query


def _follows(query: Query) -> bool:
    """Tell whether a question leaves out what it is about."""
    flat = fold(query.text)
    few = len(flat.split()) <= 6
    if few and (_ELLIPTIC.match(flat) or (_ASKING.match(flat) and not query.words)):
        return True
    if query.numbers or (query.municipalities and query.words):
        return _compares(query, flat)
    if _CASE.match(flat) or _PART.search(flat):
        return True
    if query.operation in _OVER_YEARS and not query.words:
        return True
    return bool(_POINTING.search(flat)) or (len(flat.split()) <= 4 and not query.words)


def _compares(query: Query, flat: str) -> bool:
    """Tell whether a question compares what was spoken of with what it names itself."""
    return query.operation in ("difference", "most", "least") and bool(_POINTING.search(flat))


def _carried(query: Query, earlier: Query) -> Query:
    """Return `query` with what it leaves out taken from the question before it."""
    intent, amount = query.intent, query.amount
    measures, words = query.concepts, query.words
    if query.speaker and (query.numbers or earlier.numbers):
        earlier = replace(earlier, intent="prose", words=(), years=())  # "til det": of it all
    if intent == "prose" and not words and earlier.intent == "figure":
        why = re.match(r"(hvorfor|why|hvordan|how)\b", fold(query.text))
        intent, amount = ("prose", amount) if why else ("figure", earlier.amount)
    elif intent == "prose" and not measures and _same_of(query, earlier):
        intent, amount, measures = earlier.intent, earlier.amount, earlier.concepts
    if words and earlier.columns and column_words(query.text) >= {fold(w) for w in words}:
        # "Og afvigelsen?": another column of what was spoken of.
        known = column_words(earlier.text)
        words = (*(w for w in earlier.words if fold(w) not in known), *words)
    if words and all(fold(w) in _DATES for w in words):
        words = (*(w for w in earlier.words if fold(w) not in _DATES), *words)
    if intent == "figure" and not measures and not words:
        measures, amount = earlier.concepts, earlier.amount or amount
    elif intent == "prose" and measures and earlier.intent == "figure":
        intent = "figure"
        amount = "staff" if any(concepts()[m].unit for m in measures) else "money"
    elif earlier.intent == "figure" and earlier.concepts and _of_the_same(query):
        intent, amount, measures = "figure", earlier.amount, earlier.concepts
    numbers = query.numbers
    if _compares(query, fold(query.text)):
        numbers = (*(n for n in earlier.numbers if n not in numbers), *numbers)
    same = query.numbers or query.municipalities or query.kinds
    return replace(
        query,
        intent=intent,
        amount=amount,
        numbers=numbers or (() if same else earlier.numbers),
        municipalities=query.municipalities or (() if same else earlier.municipalities),
        periods=query.periods or (() if same else earlier.periods),
        kinds=query.kinds or (() if same else earlier.kinds),
        years=query.years or (() if query.periods or _over_years(query) else earlier.years),
        concepts=measures,
        words=words or (() if same else earlier.words),
        aside=query.aside or _aside(query, earlier),
        noun=query.noun or (earlier.noun if _ELSEWHERE.match(fold(query.text)) else None),
        columns=query.columns or earlier.columns,
        operation=query.operation or (None if query.years else _kept(query, earlier)),
        condition=query.condition or (None if query.years else earlier.condition),
        operands=tuple(_operand(o, earlier) for o in query.operands),
    )


def _aside(query: Query, earlier: Query) -> tuple[str, ...]:
    """Return what was asked for before, where the same is asked of something else.

    "Hvad er afvigelsen på skolen?", "og på broen?": the deviation may be a column.
    """
    return earlier.words if query.words and _ELLIPTIC.match(fold(query.text)) else ()


def _same_of(query: Query, earlier: Query) -> bool:
    """Tell whether a follow-up asks for the figure spoken of, of something else or of a date."""
    flat = fold(query.text)
    few = len(query.words) <= 3 and bool(_ELLIPTIC.match(flat)) and not _VERB.search(flat)
    return earlier.intent == "figure" and (few or bool(_CASE.match(flat)))


def _of_the_same(query: Query) -> bool:
    """Tell whether a follow-up says of the figure spoken of that it is a saving, or a sum.

    "Hvornår bliver det en besparelse?", "er det en merudgift?", "and altogether?".
    """
    flat = fold(query.text)
    if query.numbers or (query.words and not _POINTING.search(flat)):
        return False
    if query.operation in ("sum", "when") and query.concepts == ("net",):
        return True
    is_it = query.operation == "when" or re.match(r"(er|is|bliver) (det|den|it|that)\b", flat)
    return bool(is_it) and set(query.concepts) <= _DIRECTIONS and bool(_POINTING.search(flat))


def _over_years(query: Query) -> bool:
    """Tell whether a follow-up asks of all years, whatever year was spoken of."""
    return query.operation in _OVER_YEARS or bool(ALL_YEARS.search(fold(query.text)))


def _kept(query: Query, earlier: Query) -> Operation | None:
    """Return the arithmetic that still holds: for another document or measure, and the same."""
    elliptic = _ELLIPTIC.match(fold(query.text)) and earlier.intent == "figure"
    return earlier.operation if elliptic and not earlier.operands else None


def _operand(operand: Operand, earlier: Query) -> Operand:
    """Return the part or whole of a share, "det" being what was asked for before."""
    if operand.concepts or operand.words:
        return operand
    return replace(operand, amount=earlier.amount, concepts=earlier.concepts, words=earlier.words)
