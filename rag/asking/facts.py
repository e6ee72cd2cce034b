"""Which of the facts that a document tells of itself a question asks for."""

from __future__ import annotations

import re

# The facts a document tells of itself, by the field of CouncilDocument; patterns
# are matched folded (æ, ø, å as a, o, a) and the first that fits is taken.
_FACTS = {
    "caseworker": r"sagsbehandler(?!e)|case\s?(worker|handler|officer)|hvem har behandlet|"
    # "Who handled the reply to the councillor who asked", but not "who wrote the question".
    r"(hvem|who)(\W+\w+){0,4}?\W+(skrev|forfatte\w*|udarbejde\w*|lavet|wrote|written|author\w*|"
    r"handled|prepared|drafted)\b(?!\W+((the|et|det)\W+)?(question|sporgsm))|"
    r"kontaktperson|contact person",
    "asked": r"(hvornar|hvilken dato|what date|when)\b.*(sporgsmal|spurg|spurt|stille|stillet|"
    r"question|ask)",
    "asker": r"(hvem|who|hvilken politiker|which politician)\b.*(\bstill\w*\b.*sporgsm|"
    r"sporgsm\w*.*\bstill|\bspurg|\bsporger|asked|posed|question)|sporgsmalsstiller|sporgeren",
    "answered_by": r"(hvem|hvilken forvaltning|who|which administration|which department)\b.*"
    r"(besvar|svare|svarer|svaret|answer|repl|respond)",
    "proposer": r"forslagsstiller|hvem (har )?still\w+|(hvem|who)\b.*(foresla|forslag|fremsat|"
    r"propos|submit|put forward|fundet pa|find\w* pa|star bag|opfundet|came up with|is behind)",
    "committee": r"(hvilket|hvilke|which|what)\s+(\w+\s+)?(udvalg|committee)|udvalg (horer|ligger|"
    r"behandler)",
    "expense_type": r"udgiftstype|type of (expen|cost)|expen\w+ type|hvilken type udgift",
    "price_level": r"prisniveau|price level|hvilke(t ars?)? priser|pris- og lonniveau|p/l",
    "case_numbers": r"sagsn(um|r)|journaln|case (number|no)|edoc|\bsag nr",
    "document_numbers": r"dokumentn(um|r)|document (number|no|id)",
    "decision": r"\b(er|blev|bliver|is|was|has|have|been)\b.*\b(vedtag\w*|beslutte?t|godkendt|"
    r"adopted|approved|decided|passed)\b|(hvad|what)\b.*\b(beslutte\w*|vedtog|afgjorde|decide\w*)\b",
    "period": r"(hvilken|which|what) (budget\s?)?(periode|period)|(hvilke|which|what) (ar|years?) "
    r"(dakker|galder|vedrorer|does|are|is)",
    "date": r"(hvornar|hvilken dato|when|what date)\b.*(svaret|answer|reply|dateret|dated|notatet|"
    r"dokumentet|document|memo)\b|\bdatoen\b|(?<!til )(?<!to )\b(dato|date) (er|for|pa|of|is) ",
    "municipality": r"(hvilken|which|what) (kommune|municipality)",
    "title": r"(hvad hedder\s*(\?|$|forslag|dokument|notat|sagen|svaret|punkt)|"
    r"what is the title|titlen|overskriften|what is .* called)",
}
# The words that ask for a fact, of no help to find the document.
_ASKING = re.compile(
    r"\b(still\w*|sporg\w*|spurg\w*|asked|ask|posed|question\w*|sagsb\w*|case\w*|handler|besvar\w*|"
    r"svare\w*|answer\w*|repl\w*|forslagsst\w*|fremsat|propos\w*|submit\w*|udvalg\w*|committee\w*|"
    r"udgiftstype\w*|type|expen\w*|prisniveau\w*|price|level|sagsn\w*|journal\w*|dokumentn\w*|number|"
    r"document|vedtag\w*|beslut\w*|godkend\w*|afgjorde|vedtog|adopt\w*|approv\w*|decide\w*|passed|"
    r"byradet|council|dato\w*|date\w*|hedder|titel\w*|title|overskrift\w*|f2|edoc|horer|ligger|under|"
    r"politiker\w*|politician|forvaltning\w*|administration|department|skrev\w*|forfatte\w*|udarbejde\w*|lavet|wrote|"
    r"written|author\w*|kontaktperson\w*|contact|person|dage|days|lange?|long|tid|passed|svartid\w*|"
    r"response|handled|prepared|drafted)\b"
)
_FACT_PATTERNS = {name: re.compile(pattern) for name, pattern in _FACTS.items()}


_WHEN, _WHO = r"\b(hvornar|when)\b", r"\b(hvem|who)\b"
_BESIDE = {
    "asker": ("asked", _WHEN),
    "asked": ("asker", _WHO),
    "answered_by": ("date", _WHEN),
    "caseworker": ("date", _WHEN),
    "date": ("answered_by", _WHO),
}


def fact_beside(fact: str, question: str) -> str | None:
    """Return the fact that a folded question asks for beside `fact`: who asked, and when."""
    beside, asking = _BESIDE.get(fact, (None, _WHEN))
    return beside if re.search(asking, question) else None


def without_asking(text: str) -> str:
    """Return a folded question without the words that ask for a fact."""
    return _ASKING.sub(" ", text)


def fact_asked(question: str) -> str | None:
    """Return the field of `CouncilDocument` that a folded question asks for, or None."""
    return next((name for name, p in _FACT_PATTERNS.items() if p.search(question)), None)
