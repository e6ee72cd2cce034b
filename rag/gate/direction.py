"""Whether an amount is told as a cut or a raise, and whether its place tells it so too.

A word may name the direction itself ("besparelse", `named`), or tell that something rises or
falls (`change`): by an amount, to it, or from it. What is told of neither states no direction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rag.gate.lexicon import Word, is_verb, spelt, words
from rag.text.lemmas import lemma
from rag.types import Effect, Figure

Change = Literal["up", "down"]
_CLAUSE = re.compile(
    r"[,;:()\t]|\b(?:at|som|der|fordi|når|hvis|mens|men|hvorimod|hvor\w*|og|samt|because|which|that|"
    r"while|whereas|but|when|if|and)\b"
)
_THAN = re.compile(r"\b(?:mere|flere|mindre|færre|højere|lavere|more|less|fewer) (?:end|than)\b")
_MODE = re.compile(
    r"\b(?P<word>med|by|til|to|fra|from)\b\s*(?:(?:ca\.|cirka|omkring|knap|godt|over|about|dkk|kr\.|en|et|"
    r"hele|kun|only|some|around)\s*)*$"
)
_MODES = {"med": "by", "by": "by", "til": "to", "to": "to", "fra": "from", "from": "from"}
_JOINS = frozenset(("and", "dkk", "eur", "the", "for", "then", "from", "with", "per", "year"))
_AUXILIARY = frozenset(str.split("at skal skulle kan kunne vil ville må måtte bør burde"))
_SHORT = 3  # letters: prepositions and articles
_WORD = re.compile(r"[^\W\d_]+")
_AGREES: dict[str, Effect] = {"down": "cut", "up": "raise"}


@dataclass(frozen=True)
class Meaning:
    """What the words around an amount tell of its direction.

    `plain` tells that the change is of what has no direction of its own (udgifter, årsværk);
    `unknown` is a verb that the lexicon does not have.
    """

    named: Effect | None = None
    change: Change | None = None
    mode: str = ""
    plain: bool = False
    spends: bool = False
    income: bool = False
    undone: bool = False
    unknown: str = ""


def meaning(before: str, after: str, english: bool) -> Meaning:
    """Return what the words before and after an amount, of its clause, tell of its direction."""
    flat = _THAN.sub(" ", spelt(before, english))
    mode = _MODE.search(flat)
    told = words(flat, english)
    found = told
    for start in (m.end() for m in reversed(list(_CLAUSE.finditer(flat)))):
        found = tuple(w for w in told if start <= w.start)
        if _directs(found):
            break
    else:
        found = told if _directs(told) else found
    if not _directs(found):
        late = words(spelt(_CLAUSE.split(after)[0], english), english)
        if _directs(late):
            return _read(late)
        found += tuple(w for w in late if w.kind == "undone")
    unknown = _unknown(flat, after, english)
    return _read(found, _MODES[mode["word"]] if mode else "", unknown)


def _directs(found: tuple[Word, ...]) -> bool:
    return any(w.kind in ("up", "down", "cut", "raise") for w in found)


def _read(found: tuple[Word, ...], mode: str = "", unknown: str = "") -> Meaning:
    named: Effect | None = None
    change: Change | None = None
    for word in found:  # the last of each is nearest to the amount
        if word.kind == "cut" or word.kind == "raise":
            named = word.kind
        elif word.kind == "up" or word.kind == "down":
            change = word.kind
    kinds = {w.kind for w in found}
    return Meaning(
        named,
        change,
        mode,
        plain="changed" in kinds or "spending" in kinds,
        spends="spending" in kinds,
        income="income" in kinds,
        undone=sum(w.kind == "undone" for w in found) % 2 == 1,
        unknown=unknown,
    )


def _unknown(flat: str, after: str, english: bool) -> str:
    """Return the verb that governs an amount where the lexicon does not have it, else ""."""
    if english:
        known = words(flat, True) or words(spelt(after, True), True)
        told = [m[0] for m in _WORD.finditer(flat) if len(m[0]) > 2 and m[0] not in _JOINS]
        return "" if known or ":" in flat or not told else told[-1]
    kinds = {w.start: w.kind for w in words(flat, False)}
    tokens = list(_WORD.finditer(flat))
    for n in range(len(tokens) - 1, -1, -1):
        token = tokens[n]
        before = tokens[n - 1][0] if n else ""
        following = tokens[n + 1][0] if n + 1 < len(tokens) else ""
        kind = kinds.get(token.start())
        if kind == "neutral" or (kind is not None and is_verb(token[0])):
            return ""
        if kind is None and _governs(token[0], before, following):
            return token[0]
    return ""


def _governs(form: str, before: str, after: str) -> bool:
    """Tell whether a form is a verb, and no participle that stands before its noun."""
    if not is_verb(form) or (form == lemma(form) and before not in _AUXILIARY):
        return False
    return not (form.endswith(("ede", "te", "et", "t", "ende")) and len(after) > _SHORT)


def is_held(said: Meaning, figure: Figure, place: Meaning, trend: Change | None) -> bool:
    """Tell whether the direction that a claim states is that of a figure.

    `place` is what the figure's own words tell, `trend` how its row goes up to it. A direction
    that the place does not tell is not held.
    """
    if _told(said) == _told(place) != _NOTHING:
        return True
    if said.undone != place.undone:
        return False
    effect = effect_of(figure, place)
    if said.unknown and said.unknown != place.unknown:
        return effect is None
    if said.named:
        return said.named == effect and _change_held(said, effect, place, trend)
    if said.change:
        return _change_held(said, effect, place, trend)
    return not (said.spends and effect == "cut") or place.spends


def _told(said: Meaning) -> tuple[object, ...]:
    return said.named, said.change, said.mode if said.change else "", said.undone, said.unknown


_NOTHING = _told(Meaning())


def effect_of(figure: Figure, place: Meaning) -> Effect | None:
    """Return whether a figure cuts or raises, by its sign or by its own words."""
    if figure.effect != "unknown":
        return figure.effect
    if place.named or not place.change or place.mode in ("to", "from"):
        return place.named
    return _AGREES[place.change]


def _change_held(
    said: Meaning, effect: Effect | None, place: Meaning, trend: Change | None
) -> bool:
    if said.change is None:
        return True
    if said.mode == "from":
        return True  # what it goes to tells
    if said.mode == "to":
        return said.change in (trend, place.change)
    if said.named and not said.plain:
        # "Besparelsen stiger med 2 mio. kr." is more than a saving of that size.
        return said.mode != "by" or (place.change == said.change and place.named == said.named)
    if effect is None:
        return place.change == said.change
    agrees = _AGREES[said.change]
    return (effect == agrees) != said.income
