"""Which row and which column of a table the words around an amount name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rag.asking.column_kinds import columns_asked, head_kinds
from rag.gate.lexicon import may_be_verb, phrases, spelt, words
from rag.glossary import synonyms
from rag.text.dates import MONTHS
from rag.text.language import analyse, fold, is_word
from rag.text.lemmas import is_told_of, lemma
from rag.text.names import municipalities_named
from rag.types import Figure
from rag.vocabulary import asked_concepts, concepts, generic_words, only_hinted

_NOUN = re.compile(r"(?<![\w-])[^\W\d_][^\W\d_-]{2,}(?![\w-])")
_ALIKE = re.compile(r"\bi alt\b", re.IGNORECASE)
# What heads a row or column without telling it from another.
_BARE = frozenset(("udgift", "beløb", "række", "linje", "tal", "row", "line", "figure", "item"))


@dataclass(frozen=True)
class Label:
    """A row's or column's own words, and the concepts that they name."""

    text: str
    terms: frozenset[str]
    wider: frozenset[str] = frozenset()


@lru_cache(maxsize=16384)
def terms(text: str) -> frozenset[str]:
    """Return the search terms of a text; "i alt" is all stop words, and yet names a row."""
    return frozenset(analyse(_ALIKE.sub("ialt", text)))


def row_label(figure: Figure) -> Label:
    """Return the label of a figure's row; of prose, what it says that the amount is of."""
    own = concepts().get(figure.concept or "")
    return Label(figure.measure, terms(figure.measure), own.wider if own else frozenset())


def column_label(head: str, caption: str = "") -> Label:
    """Return the label of a column; its kinds are as in the vocabulary ("corrected")."""
    return Label(head, terms(re.sub(r"\b(?:19|20)\d\d\b", " ", head)), head_kinds(head, caption))


def names_row(
    said: str, own: Label, others: Iterable[Label], subject: frozenset[str]
) -> Label | None:
    """Return the row of `others` that words name rather than their `own`; None for none.

    `subject` are the terms of the document's name, which tell no row from another.
    """
    asked = frozenset(asked_concepts(said))
    firm = frozenset() if only_hinted(said) else asked
    return _rather(told_terms(said) - subject, asked, firm, own, others)


def names_column(said: str, own: Label, others: Iterable[Label]) -> Label | None:
    """Return the column of `others` that words name rather than their `own`; None for none."""
    asked = frozenset(columns_asked(said))
    return _rather(told_terms(said), asked, asked, own, others)


@lru_cache(maxsize=4096)
def told_terms(text: str) -> frozenset[str]:
    """Return the terms of a text and of the words that mean the same in the other language."""
    own = terms(text)
    return own.union(*(_alike(w.lower()) for w in _NOUN.findall(text) if not lemma(w.lower())))


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
        mine, theirs = own.terms - other.terms - _BARE, other.terms - own.terms - _BARE
        own_kinds, their_kinds = own.wider - other.wider, other.wider - own.wider
        named = theirs & told or their_kinds & firm
        if named and not mine & told and not own_kinds & asked:
            return other
        if len(theirs) > 1 and theirs <= told and not mine <= told and not own_kinds & asked:
            return other
    return None


def strange_words(said: str, english: bool, known: frozenset[str]) -> list[str]:
    """Return the things that words around an amount name and no term of `known` is.

    In Danish that is every noun, in English only what is written with a capital.
    """
    found = []
    common = phrases("common", english)
    for m in _NOUN.finditer(said):
        word = m[0]
        named = word[0].isupper() and m.start() > 0
        if not named and (english or not is_told_of(word.lower()) or not is_word(word.lower())):
            continue
        low = word.lower()
        if not terms(word) or may_be_verb(low):
            continue
        heard = common.fullmatch(low) or any(w.kind for w in words(spelt(low, english), english))
        if heard or fold(low) in generic_words() or municipalities_named(word) or low in MONTHS:
            continue
        if not _alike(low) & known:
            found.append(word)
    return found


def _alike(word: str) -> frozenset[str]:
    """Return the terms of a word, of its parts and of what means the same."""
    own = terms(word)
    others = {o for t in (word, *own) for o in synonyms().get(fold(t), ())}
    return own.union(*(terms(o) for o in others if " " not in o))
