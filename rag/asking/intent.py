"""What a question wants: a figure, a fact, a list of documents, or prose; and what amount."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.query import Operation, Query
from rag.text.dates import year_of_period
from rag.text.extents import extent_asked
from rag.text.language import fold
from rag.vocabulary import direction, only_hinted

_DOCUMENTS = re.compile(
    r"\b(hvilke|which|what|vis|list|show)\b[^.?]*?\b(dokumenter|forslag|budgetnotater|notater|"
    r"politikersvar|prioriteringsforslag|documents|proposals|memos|notes)\b"
)
_HOW_MUCH = re.compile(
    r"\b(hvor (mange|meget|stor|store|stort|langt?|hoj)|"
    r"how (many|much|large|big|high|long (is|are|was|were))|"
    r"hvad\b.*\b(?:koster?|betaler?|punger? ud|slippe\w* med)|what\b.*\bcosts?|"
    r"belob\w*|what amount|which amount|andel\w*|share|"
    r"procent\w*|per ?cent\w*|tal(let)?\b|figure|pris(en|er)?\b|price|"
    r"(hvordan|how)\b.*20\d\d.*20\d\d)"
)
# With a measure named, these ask for its figure; a question that begins with a verb
# ("Regner forslaget med …") asks whether.
_WHAT = re.compile(
    r"^(hvad|hva|what) (er|var|bliver|udgor|ender|lober|koster|spares?|sparer|investerer|"
    r"investeres|is|are|was)\b"
    r"|^what (dos|do|will|would)\b.*\b(cost|save|invest|spend|add up|amount|total)"
    r"|^(giv|vis|give|show|compare|sammenlign)\b"
)
_ROW = re.compile(
    r"\b(hvilken|hvilke|which|what) (\w+ )?(post(er)?|rakker?|linjer?|rows?|items?|lines?)\b"
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
# "Hvad med svømmehallen?" asks for the column spoken of.
_ANOTHER = re.compile(r"^(?:hvad (?:sa )?med|what about|how about)\b")
_OR = re.compile(r"(\w+) (?:eller|or) (?:(?:en|et|a|more|mere) )?(\w+)", re.IGNORECASE)
_HOW_LONG = re.compile(r"\b(hvor (lange|lang tid)|how long)\b")
_COUNTED = re.compile(r"\b(?:hvor mange|how many)\s+(\w+(?:\s+\w+)?)")
_MONEY = re.compile(
    r"\b(kr|kroner|mio|mia|million\w*|milliard\w*|dkk|tusind|thousand|penge|money|belob\w*|amount|"
    r"hvor meget|how much|koste\w*|cost\w*|budget\w*|pris|afsat\w*|afsatte\w*|set aside|allocat\w*|"
    r"brug(e|er|t|te)|used|invest\w*|spare\w*|sav(e|es|ed|ing|ings)|udgift\w*|expen\w*|betale\w*|"
    r"pays?|paid|punge\w* ud|slippe\w* med)\b"
)
_HEADS = re.compile(r"\b(hvor mange|how many|arsvark\w*|fte\w*|stilling\w*|position\w*)\b")
_PRICED = re.compile(
    r"\b(koste\w*|cost\w*|udgift\w*|kr|mio|pris\w*|price|spend\w*|spent|expen\w*)\b"
)
_SURELY_MONEY = re.compile(
    r"\b(how much money|hvor mange (penge|kroner|kr|mio\w*)|i (penge|kroner))\b"
)
_SHARE = re.compile(
    r"\b(what (share|slice|proportion|portion)|hvor stor en (andel|del|bid|luns|brokdel|part) af|"
    r"\w*procent\w*|pct|per ?cent\w*)\b|%"
)


def intent_asked(
    text: str,
    measures: Sequence[str],
    dated: bool,
    bare: bool,
    operation: Operation | None,
    fact: str | None,
) -> str:
    """Return what a question wants (see `rag.query.Query`).

    `measures` are the concepts it names, `dated` tells that it names years,
    `bare` that it names nothing else, `fact` the fact it may ask for.
    """
    flat = fold(text)
    if operation == "days":
        return "fact"
    figure = _wants_figure(text, flat, measures, dated, bare, operation)
    if fact and not (figure and measures and fact in ("decision", "proposer")):
        return "fact"
    if figure:
        return "figure"
    return "documents" if _DOCUMENTS.search(flat) else "prose"


def _wants_figure(
    text: str,
    flat: str,
    measures: Sequence[str],
    dated: bool,
    bare: bool,
    operation: Operation | None,
) -> bool:
    if measures and operation:
        return True
    if operation in ("most", "least") and _ROW.search(flat):
        return True
    how_much = bool(_HOW_MUCH.search(flat)) or bool(_COMPARE.search(flat) and measures)
    if how_much:
        return True
    if _WHETHER.match(flat):
        # "Er der merudgift i ØU10?", "bliver det dyrere eller billigere?": the figure tells.
        return bool(measures) and (bare or _either_way(text))
    if _WHY_WHO.match(flat):
        return False
    if measures and (dated or _WHAT.search(flat) or year_of_period(flat)):
        return True
    return bool(measures) and not only_hinted(text) and not _ASKS.match(flat)


def _either_way(text: str) -> bool:
    """Tell whether a question asks which of two directions: "dyrere eller billigere"."""
    return any({direction(m[1]), direction(m[2])} == {"cut", "raise"} for m in _OR.finditer(text))


def amount_asked(flat: str, measures: Sequence[str]) -> str | None:
    """Return the kind of amount a folded question asks for (see `rag.query.Query`)."""
    if _SHARE.search(flat):
        return "percent"
    if extent := extent_asked(flat):
        return extent
    if _HOW_LONG.search(flat):
        return "time"
    if _SURELY_MONEY.search(flat):
        return "money"
    if "fte" in measures and (_HEADS.search(flat) or not _PRICED.search(flat)):
        return "staff"
    counted = _COUNTED.search(flat)
    if counted and not _MONEY.match(counted[1]):
        return counted[1]
    return "money" if _MONEY.search(flat) or measures else None


def without_share(flat: str) -> str:
    """Return a folded question without the words that ask for a share."""
    return _SHARE.sub(" ", flat)


def asks_whether(query: Query) -> bool:
    """Tell whether a question is one of yes or no, whatever it names."""
    return bool(_WHETHER.match(fold(query.text)))


def asks_what(query: Query) -> bool:
    """Tell whether a question that names no measure may want a table row all the same."""
    flat = fold(query.text)
    if _WHETHER.match(flat) or _WHY_WHO.match(flat):
        return False
    another = query.columns and _ANOTHER.match(flat)
    return bool(query.years or another or _WHAT.search(flat) or not _ASKS.match(flat))
