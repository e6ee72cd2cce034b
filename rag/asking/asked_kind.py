"""What kind of thing a question asks for, and whether a sentence holds one.

"Hvornår" asks for a time, "hvilket firma" for a firm's name. A sentence that
shares a question's words and holds no such thing is no answer to it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rag.text.dates import MONTHS
from rag.text.extents import EXTENTS
from rag.text.language import fold

_CUE, _PLACE = 0.12, 0.45  # a named place answers "hvor" more surely than a date answers "hvornår"
_NAME = r"\b[A-ZÆØÅ]\w+ [A-ZÆØÅ]\w+"
_MONTH = "|".join(MONTHS)
_TIME = (
    r"\b(?:19|20)\d\d\b|\b\d{1,2}\. \w+|kvartal|måned|\buge|\bdag|forår|sommer|efterår|vinter|"
    r"\bår(?:et|lig\w*)?\b|\bkl\b|klokken|midnat|inden|senest|efter|\bnår\b|først|løbende|straks|"
    rf"\b(?:{_MONTH})\b"
)


_OPINION = (
    r"^(?:hvem|who)\b.{0,20}?\b(?P<verb>mene?r?|mente|synes|syntes|anbefal\w+|foresla\w*|onske\w*|"
    r"opfordr\w+|kritiser\w+|thinks?|thought|believes?|recommend\w*|suggest\w*|proposed?|wants?|"
    r"urged?|criticised?)\b"
)


class _Kind(NamedTuple):
    """What a folded question asks by, and what a sentence that tells it has; `needed` or not."""

    asks: re.Pattern[str]
    has: re.Pattern[str]
    needed: bool = False
    worth: float = _CUE


def _kind(asks: str, has: str, needed: bool = False, worth: float = _CUE) -> _Kind:
    return _Kind(re.compile(asks), re.compile(has), needed, worth)


_KINDS = (
    _kind(
        r"^(hvorfor|why)\b",
        r"\b(fordi|da|derfor|for at|med henblik|skyldes|på den baggrund|så)\b",
    ),
    _kind(r"^(hvornar|when)\b|\bdato\b", r"\b(?:19|20)\d\d\b|\b\d{1,2}\. \w+"),
    _kind(r"^(hvornar|when)\b", rf"(?i){_TIME}", needed=True),
    _kind(
        r"^(hvem|who)\b",
        rf"{_NAME}|\b\w+(?:siden|forvaltning(?:en|er)|udvalg(?:et)?|bestyrelser?n?e?|råd(?:et)?)\b",
    ),
    # Who holds an opinion is told by one who voices it; "der foreslås" has nobody.
    _kind(
        _OPINION,
        r"(?i)\b(?:anbefal|men(?:er|te)\b|synes\b|syntes\b|foreslår?\b|foreslog\b|ønske(?:r|de)\b|"
        r"opfordr(?:er|ede)|peger? på|pegede på|har peget|bemærke[rd]|udtal|udtrykke?r?|efterlys|"
        r"kritiser|gør\b.{0,25}opmærksom|indstille[rd]|finde?r? det|hellere v(?:il|ille)\b|"
        r"tilført protokollen|stille(?:r|de) .{0,30}forslag)",
        needed=True,
    ),
    # Whether something is so is told by what denies or limits it.
    _kind(
        r"^(er|ma|kan|skal|bliver|far|har|galder|is|are|may|can|must|do|does|will|has|have)\b",
        r"(?i)\b(?:ikke|ingen|intet|hverken|aldrig|kun|alene|undtag\w+|foreløbig)\b",
    ),
    _kind(
        r"^(hvor|where)\b(?! (mange|meget|stor|lang))", r"\b(i|på|ved) [A-ZÆØÅ]\w+", worth=_PLACE
    ),
    _kind(r"^(hvor mange|hvor meget|how many|how much)\b", r"\d"),
    _kind(
        r"\b(hvilke[tn]?|hvad hedder|which|what|name of) (\w+ )?\w*"
        r"(firma|virksomhed|leverandor|company|firm|supplier|vendor)",
        r"\b(A/S|ApS|I/S|P/S|Ltd|Inc|GmbH)\b|(?:leverandør|firma|virksomhed)\w* [A-ZÆØÅ]\w+",
        needed=True,
    ),
    _kind(
        r"\b(er|blev|bliver|is|was|has|have|been)\b.*\b(vedtaget|godkendt|adopted|approved)\b|"
        r"\b(stemte|voted)\b",
        r"(?i)vedt[ao]g|godkend|beslut|tiltr[aå]d|udsat|udsæt|forkast|afvi[st]|bevilge|\b(?:af)?stem",
        needed=True,
    ),
    *(_Kind(asks, has, needed=True) for asks, has in EXTENTS),
    _kind(r"sagsn(um|r)|journaln|case (number|no)", r"(?i)\bsags?\s?n|journaln", needed=True),
)


# "Den 21. april stillede … et spørgsmål om …", "Spørgsmålet er, om …": what was asked of
# the document is an answer only to who asks for it.
_RETELLS = re.compile(
    r"\b(?:stille(?:r|de|t)\b.*\b[Ss]pørgsmål|[Ss]pørgsmålet (?:er|var|lød|handle\w+))\b"
)
_ASKS_FOR_QUESTION = re.compile(
    r"\b(?:sporg\w*|spurg\w*|still\w*|ask\w*|question\w*|baggrund\w*)\b"
)


_PRICE = re.compile(
    r"^(?:hvad|hvor (?:hoj|stor\w*)|what)\b.{0,40}?\b(?P<noun>(?:bevilling|pris|takst|gebyr|afgift|"
    r"husleje)(?:en|et|er|n|r|erne)?|lejen|lonnen|salary|fee|price|rent|charge|fare|grant)\b"
)
_MONEY = re.compile(
    r"\bkr\b|\bkroner\b|\bmio\b|\bmia\b|gratis|omkostningsfri|vederlagsfri|uden beregning",
    re.IGNORECASE,
)


def price_asked(question: str) -> str | None:
    """Return the noun of the price that a question asks for: "taksten", "fee"; or None."""
    match = _PRICE.search(fold(question))
    return match["noun"] if match else None


def tells_price(sentence: str) -> bool:
    """Tell whether a sentence tells an amount of money, or that there is none to pay."""
    return bool(_MONEY.search(sentence))


def opinion_asked(question: str) -> str | None:
    """Return the verb, folded, of a question for who holds an opinion ("anbefaler"), or None."""
    found = re.search(_OPINION, fold(question))
    return found["verb"] if found else None


def without_opinion(question: str) -> str:
    """Return a question for who holds an opinion without the verb that says so."""
    verb = opinion_asked(question)
    return " ".join(w for w in question.split() if fold(w).strip("?,.:") != verb)


class AskedKind:
    """The kinds of thing that one question asks for."""

    def __init__(self, question: str) -> None:
        """Take the question as asked."""
        flat = fold(question)
        asked = [k for k in _KINDS if k.asks.search(flat)]
        self._needed = [k.has for k in asked if k.needed]
        self._told = [k for k in asked if not k.needed]
        self._may_retell = bool(_ASKS_FOR_QUESTION.search(flat))

    def is_held(self, sentence: str) -> bool:
        """Tell whether `sentence` has what is asked for, as far as its kind must be there."""
        if not self._may_retell and _RETELLS.search(sentence):
            return False
        return all(has.search(sentence) for has in self._needed)

    def worth(self, sentence: str) -> float:
        """Return what `sentence` earns for holding the kinds of thing asked for."""
        return sum(k.worth for k in self._told if k.has.search(sentence))
