"""The noun that names the figure a question asks for: "Hvor stor er reserven …?"."""

from __future__ import annotations

import re

from rag.text.language import fold, is_word
from rag.text.lemmas import is_told_of, lemma

_IS = r"(?:er|var|bliver|blev|udgør|udgjorde|is|are|was|were|will be)"
_NAMED = re.compile(
    rf"\b(?:(?:hvad|hva|what) {_IS}|how (?:large|big|high|great|low) (?:{_IS}|an?)|"
    rf"hvor (?:stor[te]?|højt?|høje|lavt?)(?: {_IS}| en| et)?)\b(?P<rest>[^,.?:;()]*)",
    re.IGNORECASE,
)
_MUCH = re.compile(r"\b(?:hvor ?meget|how much)\s+(?P<rest>[^,.?:;()]+)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w-]*")
# What a noun phrase ends before, and what may open it.
_ENDS = frozenset(
    str.split(
        "til af på i hos ved blandt for fra med om mellem efter ifølge som når hvis at ud ind over "
        "under så år of in on at among to from with by between that which when if per pr do does "
        "did is are was were has have can could may must should will would man vi skal vil kan må "
        "bør steg faldt gik"
    )
)
_OPENS = frozenset(str.split("den det de en et der the a an this its"))
# Nouns that any figure answers to, and those of the arithmetic.
_ANY = frozenset(
    map(
        fold,
        str.split(
            "pris omkostning udgift beløb tal størrelse regning penge sum andel del procent pct kr "
            "kroner resultat forskel stigning fald gennemsnit ændring udvikling price cost amount "
            "figure total money cash share part percentage value size number budget change "
            "difference average increase rise drop effekt effect virkning konsekvens bid pot"
        ),
    )
)
_MORE = re.compile(r"\w+ere|mindre|færre|more|less|fewer|cheaper|extra|\w+ed", re.IGNORECASE)


def measure_noun(text: str) -> str | None:
    """Return the noun, None where the question has none or one that any figure answers to.

    "Hvor stort merforbrug ventes der …" asks for an overspend, "How much state
    reimbursement …" for a reimbursement; "Hvad koster …" for what any amount may be.
    """
    named = _NAMED.search(text)
    asked = named or _MUCH.search(text)
    if asked is None:
        return None
    phrase = _phrase(asked["rest"])
    if asked[0].lower().startswith(("how", "what")):
        noun = phrase[-1] if phrase and not any(map(_is_any, phrase)) else None
    elif named:
        noun = next((w for n, w in enumerate(phrase) if _is_noun(w, phrase[n + 1 :])), None)
    else:
        # "Hvor meget CO2 …", but "Hvor meget bruger Ringsted …"
        first = phrase[0] if phrase else ""
        plain = lemma(first.lower()) in (None, first.lower()) and not first.endswith("r")
        noun = first if first and plain and _is_noun(first, []) else None
    if noun is None or _is_any(noun) or _MORE.fullmatch(noun):
        return None
    return noun if is_word(noun.lower()) or any(c.isdigit() for c in noun) else None


def _phrase(text: str) -> list[str]:
    """Return the words that a text opens with, before any that leads on."""
    phrase: list[str] = []
    for word in _WORD.findall(text):
        if word.lower() in _ENDS:
            break
        if word.lower() not in _OPENS:
            phrase.append(word)
    return phrase


def _is_noun(word: str, rest: list[str]) -> bool:
    """Tell whether a Danish word is a noun, and no name; nor "tekniske", "udvalgets" before one."""
    flat = word.lower()
    leads = rest[:1] and is_told_of(rest[0].lower()) and flat.endswith(("e", "s", "-"))
    is_name = word[0].isupper() and not any(c.isdigit() for c in word)  # "CO2" is none
    return is_told_of(flat) and not leads and not is_name


def _is_any(word: str) -> bool:
    return fold(word) in _ANY or fold(lemma(word.lower()) or word) in _ANY
