"""Which row and which column of a table the words around an amount name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rag.asking.column_kinds import columns_asked, head_kinds
from rag.gate.lexicon import is_listed, may_be_verb, phrases
from rag.glossary import synonyms
from rag.text.dates import MONTHS
from rag.text.language import analyse, fold, is_word, words
from rag.text.lemmas import is_told_of, lemma
from rag.text.names import municipalities_named
from rag.types import Figure
from rag.vocabulary import asked_concepts, concepts, generic_words, only_hinted

# "I Budget 2026" names the document that tells.
_BUDGET = re.compile(r"\bbudget\w*\s+(?:for\s+)?20\d\d(?:\s?[-–/]\s?(?:20)?\d\d)?", re.IGNORECASE)
_EXPECTED = re.compile(
    r"\b(?:for)?vente[sr]?\b|\b(?:is|are|was) expected\b|\bexpects?\b", re.IGNORECASE
)
_NOUN = re.compile(r"(?<![\w-])[^\W\d_][^\W\d_-]{2,}(?![\w-])")
_DIRECTED = re.compile(r"\b(?:mer|mindre)(?:udgift|forbrug)\w*", re.IGNORECASE)
_PAIR = re.compile(r"\b[^\W\d_]+ [^\W\d_]+\b")
_ALIKE = re.compile(r"\bi alt\b", re.IGNORECASE)
# What heads a row or column without telling it from another.
_SHORT = 2  # digits of a number that may be a name: "1. kvartal"
_BARE = frozenset(
    str.split("udgift beløb række linje tal budget row line figure item kr mio mia pct kroner tkr")
)


@dataclass(frozen=True)
class Label:
    """A row's or column's own words, and the concepts that they name.

    Each of its `words` has its lemma first, then its parts; `terms` are all of these.
    """

    text: str
    terms: frozenset[str]
    wider: frozenset[str] = frozenset()
    words: tuple[tuple[str, ...], ...] = ()


@lru_cache(maxsize=16384)
def terms(text: str) -> frozenset[str]:
    """Return the search terms of a text that are no amounts or years.

    "I alt" is all stop words, and yet names a row.
    """
    found = analyse(_ALIKE.sub("ialt", text))
    return frozenset(t for t in found if not t[:1].isdigit() or len(t) <= _SHORT)


def row_label(figure: Figure) -> Label:
    """Return the label of a figure's row; of prose, what it says that the amount is of."""
    own = concepts().get(figure.concept or "")
    wider = own.wider if own else frozenset()
    return Label(figure.measure, terms(figure.measure), wider, tuple(words(figure.measure)))


def column_label(head: str, caption: str = "") -> Label:
    """Return the label of a column; its kinds are as in the vocabulary ("corrected")."""
    plain = re.sub(r"(?:19|20)\d\d\b", " ", head)
    return Label(head, terms(plain), head_kinds(head, caption), tuple(words(plain)))


def names_row(said: str, english: bool, own: Label, others: Iterable[Label]) -> Label | None:
    """Return the row of `others` that words name rather than their `own`; None for none."""
    said = _BUDGET.sub(" ", said)
    for municipality in municipalities_named(said):
        said = said.replace(municipality, " ")
    # "Merudgift" tells the direction of a row, and is not its name.
    asked = frozenset(asked_concepts(_DIRECTED.sub(" ", said)))
    firm = frozenset() if only_hinted(said) else asked
    return _rather(told_terms(said, english), asked, firm, own, others)


def names_column(
    said: str, english: bool, own: Label, others: Iterable[Label], row: Label
) -> Label | None:
    """Return the column of `others` that words name rather than their `own`; None for none.

    Words of the row tell nothing of the column: "Udgifter i alt".
    """
    asked = columns_told(said)
    return _rather(told_terms(said, english) - row.terms, asked, asked, own, others)


def columns_told(said: str) -> frozenset[str]:
    """Return the kinds of column that words around an amount name; what is expected is no kind."""
    return frozenset(columns_asked(_EXPECTED.sub(" ", said)))


@lru_cache(maxsize=4096)
def told_terms(text: str, english: bool) -> frozenset[str]:
    """Return the terms of a text and of the words that mean the same in the other language."""
    own, found = terms(text), [w.lower() for w in _NOUN.findall(text)]
    return own.union(*(_alike(w) for w in found if english or not lemma(w)))


def _rather(
    told: frozenset[str],
    asked: frozenset[str],
    firm: frozenset[str],
    own: Label,
    others: Iterable[Label],
) -> Label | None:
    """Return the label with words or concepts that are told, where the own has none told.

    What both labels have tells nothing, nor what only hints at another.
    """
    for other in others:
        mine = own.terms - other.terms - _BARE
        own_kinds, their_kinds = own.wider - other.wider, other.wider - own.wider
        if own_kinds & asked:
            continue
        theirs = [w for w in other.words if w[0] not in own.terms | _BARE and _is_said(w, told)]
        if len(theirs) > len(mine & told) or (their_kinds & firm and not mine & told):
            return other
    return None


def _is_said(word: tuple[str, ...], told: frozenset[str]) -> bool:
    # Of "specialklasser" the "special" alone says another thing.
    return word[0] in told or (len(word) > 1 and told.issuperset(word[1:]))


def strange_words(said: str, english: bool, known: frozenset[str]) -> list[str]:
    """Return the things that words around an amount name and no term of `known` is.

    In Danish that is every noun, in English what is written with a capital or in the glossary.
    """
    found = []
    if english:
        said = _PAIR.sub(lambda m: _known_pair(m[0], known), said)
    for m in _NOUN.finditer(said):
        word, low = m[0], m[0].lower()
        named = word[0].isupper() and m.start() > 0
        noun = is_told_of(low) and is_word(low) and not may_be_verb(low)
        noun = fold(low) in synonyms() if english else noun
        if not (named or noun) or _tells_nothing(low, english) or municipalities_named(word):
            continue
        own = terms(word)
        parts = [t for t in own if len(own) > 1 and t != (lemma(low) or low)]
        telling = [t for t in parts if not _tells_nothing(t, english)]
        held = all(_alike(t) & known or any(k.startswith(t) for k in known) for t in telling)
        begun = len(base := lemma(low) or low) > 3 and any(k.startswith(base) for k in known)
        if not (begun or _alike(low) & known or (telling and held)):
            found.append(word)
    return found


def _known_pair(pair: str, known: frozenset[str]) -> str:
    """Return two English words, nothing where the glossary has them and a document says them."""
    return "" if synonyms().get(fold(pair)) and _alike(pair.lower()) & known else pair


def names_thing(said: str, english: bool) -> bool:
    """Tell whether words around an amount name what it is of."""
    for word in map(str.lower, _NOUN.findall(said)):
        noun = english or (is_told_of(word) and not may_be_verb(word))
        told = terms(word) and fold(word) not in generic_words()
        common = phrases("common", english).fullmatch(word)
        if asked_concepts(word) or columns_told(word) or (noun and told and not common):
            return True
    return False


@lru_cache(maxsize=65536)
def _tells_nothing(word: str, english: bool) -> bool:
    """Tell whether a lower-case word tells no row or matter from another."""
    if not terms(word) or word in MONTHS or fold(word) in generic_words():
        return True
    if asked_concepts(word) or is_listed(word, english):
        return True
    return bool(phrases("common", english).fullmatch(word))


@lru_cache(maxsize=65536)
def _alike(word: str) -> frozenset[str]:
    """Return the term of a lower-case word and of those that mean the same."""
    own = frozenset((lemma(word) or word, *list(analyse(word))[:1]))
    others = {o for t in (word, *own) for o in synonyms().get(fold(t), ())}
    return own.union(*(frozenset(analyse(o)[:1]) for o in others if " " not in o))
