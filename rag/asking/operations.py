"""What a question wants computed, read from its words.

Patterns are matched on folded text (see `rag.text.language.fold`), and the first that
fits is taken.
"""

from __future__ import annotations

import re

from rag.asking.bounds import bounds_asked, size_named
from rag.query import Bounds, Condition, Operation
from rag.text.dates import MONTHS
from rag.text.language import fold
from rag.types import Effect
from rag.vocabulary import direction

_YEAR_ASKED = r"(hvilket ar|hvilke ar|hvornar|which years?|what years?|when)\b.*\b"
_LARGEST = (
    r"(mest|storst\w*|hojest\w*|flest|dyrest\w*|most|largest|biggest|highest|greatest|topper)\b"
)
_SMALLEST = r"(mindst\w*|lavest\w*|farrest|billigst\w*|least|smallest|lowest|fewest|cheapest)\b"
_AMONG = (
    r"(hvilken|hvilke[t]?( af)?|which|eller|or|what) "
    r"(?!.{0,12}\b(ar|years?)\b).*\b"
)
_CUT = (
    r"(nettobesparelse\w*|bliver? .*besparelse|overskud|"
    r"tjent hjem|tjene\w* .{0,20}(hjem|ind)|negativ\w*|under nul|"
    r"begynde\w* .*spar\w*|billigere|net saving|start\w* (to )?sav\w*|break even|pay\w* (off|for))"
)
_RAISE = (
    r"(dyrere|merudgift\w*|nettoudgift\w*|underskud|positiv\w*|over nul|koster (os |kommunen )?"
    r"(mere|noget|penge)|net (cost|expense)|more expensive|costs? (us )?(more|money))"
)
_MORE = r"(mere|mindre|storre|flere|farre|hojere|lavere|dyrere|billigere)"
_MORE_EN = r"(more|less|larger|smaller|fewer|higher|lower|greater|bigger|cheaper)"
_CHANGES = (
    r"(stig\w*|steg(?:et)?|fald\w*|voks\w*|andre[rst]?|andrede|oges?|oget|increas\w*|decreas\w*|ris\w+|"
    r"rose|fall\w*|fell|(?<!net )(?<!overall )(?<!total )chang\w*|gr[eo]w\w*)"
)
_CHANGE = r"(stigning(en)?|fald(et)?|vakst(en)?|andring(en)?|increase|rise|drop|fall|change)"
_MONTHS = rf"({'|'.join(name for name in MONTHS if len(name) > 3)}|maj|may)"
_PERCENT = r"(procent\w*|pct\b|percent\w*|per cent|%)"
_YEARS = (
    r"(20\d\d\s*(-|–|til|to|og|and)\s*(20)?\d\d|(hele )?period\w*|alle ar\w*|arene|years|"
    r"(fire|four) (ar|years))"
)
_PATTERNS: tuple[tuple[Operation, str], ...] = (
    (
        "days",
        r"(hvor (lange|lang tid|mange dage)|how (long|many days)|svartid\w*|response time)\b"
        r"(?=.*(sporg|spurgt|question|ask))(?=.*(svar|answer|repl|respon))",
    ),
    ("largest", _YEAR_ASKED + _LARGEST),
    ("smallest", _YEAR_ASKED + _SMALLEST),
    ("when", _YEAR_ASKED + rf"({_CUT}|{_RAISE})"),
    ("percent", rf"^(?=.*\b{_PERCENT})(?=.*\b{_CHANGES}|.*20\d\d.*20\d\d)"),
    ("average", r"\b(gennemsnit\w*|i snit|average|mean)\b"),
    (
        "difference",
        rf"\b(forskel\w*|difference|hvor (meget|mange) {_MORE}|how (much|many) {_MORE_EN}|minus|"
        rf"{_CHANGES}\b.*\b(fra|from|between|mellem) (20\d\d|{_MONTHS})|hvor meget {_CHANGES}|"
        rf"(hvor (stor|stort)|how (big|large|much))\b.* {_CHANGE}\b|"
        rf"{_MORE}\b.*\bend\b(?! (i dag|nu|ventet|forventet))|{_MORE_EN}\b.*\bthan\b)",
    ),
    ("most", _AMONG + _LARGEST),
    ("least", _AMONG + _SMALLEST),
    (
        "sum",
        r"\b(i ?alt|tilsammen|sammenlagt|summen|sum|plus|lagg?\w*\b.*\bsammen|lagt sammen|"
        r"over (hele )?perioden|(hen )?over (alle )?arene|(alle|de) fire ar|in total|altogether|"
        r"(taken|and|all|come\w* to) together|"
        r"(over|across) (the )?(whole |entire )?period|add\w* up|combined|grand total|"
        r"(over|across) (all )?(the )?((four|five) )?years)\b"
        rf"|\b(samlet|samlede|total\w*)\b.*{_YEARS}",
    ),
)
_OPERATIONS = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)
_QUOTED = re.compile(r"»[^«]*«|“[^”]*”|\"[^\"]*\"")
_DAYS = re.compile(r"\b(hvor mange dage|hvor lang tid|how many days|how long)\b")
_SPAN = re.compile(
    r"\b(?:(?:fra|from)\b(?P<first>.+?)\b(?:til|to|until)\b|"
    r"(?:mellem|between)\b(?P<one>.+?)\b(?:og|and)\b)(?P<last>.+)",
    re.IGNORECASE,
)
_THAN = re.compile(r"(?P<one>.+?)\b(?:end|than)\b(?P<other>.+)", re.IGNORECASE)
_AND = re.compile(r"(?P<one>.+?)\b(?:og|and|plus|minus|samt)\b(?P<other>.+)", re.IGNORECASE)
_SIDES = re.compile(
    r"\b(?:forskel\w*|difference)\b.*\b(?:og|and)\b"
    rf"|\b(?:hvor (?:meget|mange) {_MORE}\b.*\bend|how (?:much|many) {_MORE_EN}\b.*\bthan)\b"
)
_WHEN = re.compile(r"\b(hvilket ar|hvilke ar|hvornar|which years?|what years?|when)\b")
_EVERY = re.compile(r"\b(hvilke ar|which years|what years)\b")
_WHICH = re.compile(r"\b(hvilke[nt]?|which|what) (\w+ ){0,2}?(\w*forslag\w*|proposals?)\b")
_ASKED_SHARE = (
    r"(?:hvor stor (?:en )?(?:del|andel|procentdel)|hvor mange (?:procent|pct\.?|%)|hvilken andel|"
    r"what (?:share|part|portion|fraction|percentage|per ?cent|proportion)|"
    r"how (?:large|big) a (?:share|part)|how many per ?cent)"
    r"(?: (?:i|in) (?:procent|pct\.?|%|per ?cent))?"
)
_IS = (
    r"(?:er|ligger|går|gaar|udgør|udgoer|bruges|bliver|kommer|falder|skyldes|afsættes|is|are|goes?|"
    r"lies|comes?|makes? up|will be|falls)"
)
_SHARES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_ASKED_SHARE} {_IS} (?P<part>.+?) (?:af|of) (?P<whole>.+)",
        rf"{_ASKED_SHARE} (?:af|of) (?P<whole>.+?) {_IS}\b(?P<part>.+)",
        r"^(?P<part>.*?)\b(?:i (?:procent|pct\.?|%)|as a (?:share|percentage|per ?cent)) "
        r"(?:af|of) (?P<whole>.+)",
    )
)


def operation_asked(text: str) -> Operation | None:
    """Return what a question wants computed, or None."""
    if share_asked(text):
        return "share"
    if span_asked(text):
        return "days"
    flat = fold(_QUOTED.sub(" ", text))  # a row's label asks for nothing
    if _WHICH.search(flat) and bounds_asked(text):
        return "which"
    found = next((name for name, pattern in _OPERATIONS if pattern.search(flat)), None)
    sized = bounds_asked(text) or (found in (None, "sum") and size_named(text) is not None)
    if _WHEN.search(flat) and sized:
        return "when"
    return found


def sides_asked(text: str) -> bool:
    """Tell whether a question names both sides of a difference: "forskellen på … og …"."""
    return bool(_SIDES.search(fold(_QUOTED.sub(" ", text))))


def is_extreme(word: str) -> bool:
    """Tell whether a word asks for the largest or the smallest: "størst", "dyrest"."""
    return bool(re.fullmatch(rf"{_LARGEST}|{_SMALLEST}", fold(word)))


def sides_of(text: str) -> tuple[str, str] | None:
    """Return the words for both sides of a sum or a difference."""
    asked = text.rstrip(" ?.")
    match = _THAN.match(asked) or _AND.match(asked)
    return (match["one"].strip(), match["other"].strip()) if match else None


def condition_asked(text: str) -> Condition:
    """Return what a question "which year …" or "which proposals …" wants to hold of a figure."""
    flat = fold(text)
    among = bool(_WHICH.search(flat))
    every = bool(_EVERY.search(flat)) or among
    bounds = bounds_asked(text) or ((size := size_named(text)) and Bounds(least=size))
    if bounds:
        return Condition(direction(text) if among else "unknown", bounds, every)
    effect: Effect = "cut" if re.search(rf"\b{_CUT}", flat) else "raise"
    return Condition(effect, every=every)


def share_asked(text: str) -> tuple[str, str] | None:
    """Return the words for the part and for the whole where a question asks what share one is."""
    for pattern in _SHARES:
        if match := pattern.search(text.rstrip(" ?.")):
            return match["part"].strip(), match["whole"].strip()
    return None


def span_asked(text: str) -> tuple[str, str] | None:
    """Return the words for both dates where a question asks how many days lie between them."""
    flat = fold(text)
    match = _SPAN.search(text.rstrip(" ?.")) if _DAYS.search(flat) else None
    if match is None or _OPERATIONS[0][1].search(flat):  # from a question to its answer
        return None
    return (match["first"] or match["one"]).strip(" ,"), match["last"].strip(" ,")
