"""Danish and English text as search terms, and which of the two a question is in.

A term is what word search compares: a lemma, a part of a compound, a number
or a proposal number. Passages and questions go through the same functions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from rag.text.compounds import head, parts
from rag.text.dictionary import dictionary, lemmatizer
from rag.text.lemmas import lemma
from rag.text.marks import blanked
from rag.types import Language

_DANISH_STOPS = frozenset(
    str.split(
        "ad af alle alt altså anden andet andre at blandt blev blevet blive bliver bør da de dem "
        "den denne der deres derfor dermed derved det dette dig din dine disse dog du efter eller "
        "en end endnu er et fik for fordi fra få får før gennem gør ham han hans har havde have "
        "hendes her hos hun hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor "
        "hvornår i ifølge igen ikke ind inden jeg jer kan kom kommer kun kunne lige man mange med "
        "meget mellem men mens mere mest mig mod må måtte nej nogen noget nogle nok nu når og "
        "også om op os over på sagde samt se selv sig siden sin sine sit skal skulle som så sådan "
        "til ud uden under var ved vi vil ville vores være været år"
    )
)
_ENGLISH_STOPS = frozenset(
    str.split(
        "a about after all also an and any are as at be because been before being between but by "
        "can could did do does during each for from had has have he her his how i if in into is "
        "its many may me more most much my no not of on only or other our out over please she "
        "should so some such than that the their them then there these they this those through to "
        "under up us was we were what when where which who whom whose why will with would you "
        "your"
    )
)
_ENGLISH_READ_AS = {"savings": "saving"}

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*½?(?![^\W_])|[^\W_]+(?:['’´][^\W\d_]+)?")
_SQUARE = str.maketrans("²³", "23")  # "m2" is how people ask for "m²"
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_ACRONYM_GENITIVE = re.compile(r"^([A-ZÆØÅ]{2,})['’]?s$")
_CODE = re.compile(r"([^\W\d_]{1,4})0*(\d{1,3})")
_SPACED_CODE = re.compile(
    r"\b((?i:øu|øk|oeu|oek)|(?!EU|HU|AU)[A-ZÆØÅ]{1,3}U|ØK)[ \u00a0./-]{1,2}(\d{1,3})\b"
    r"(?![.,]\d|\s*(?:mio|mia|kr|pct|%|år))"
)


def analyse(text: str) -> list[str]:
    """Return the search terms of `text`, in order, with repetitions.

    Stop words are dropped. A compound gives its lemma and then its parts;
    "1.500" gives "1500", "ØU 10" and "oeu-10" give "øu10".
    """
    return [term for word in words(text) for term in word]


def words(text: str) -> Iterator[tuple[str, ...]]:
    """Yield for each word of `text` its terms: the lemma first, then its parts.

    `analyse` is these, flattened; a caller that weighs the parts of a word
    less than the word itself needs them apart.
    """
    joined = _SPACED_CODE.sub(
        r"\1\2", unicodedata.normalize("NFC", blanked(text).translate(_SQUARE))
    )
    for match in _TOKEN.finditer(joined):
        token = match.group()
        if token == "it" and joined[match.end() : match.end() + 1] != "-":
            if detect_language(text) == "en":
                continue
        elif token.lower() in _DANISH_STOPS or (
            token.lower() in _ENGLISH_STOPS and not _is_acronym(token)
        ):
            continue
        terms = _terms(_ACRONYM_GENITIVE.sub(r"\1", token).lower())
        if terms:
            yield terms


def _is_acronym(token: str) -> bool:
    return len(token) > 1 and token.isupper()


@lru_cache(maxsize=131072)
def _terms(token: str) -> tuple[str, ...]:
    """Return the terms of one lower-case token."""
    if token[0].isdigit():
        return (_number(token),)
    code = _CODE.fullmatch(token)
    if code:
        return (f"{_code_letters(code[1])}{code[2]}",)
    if any(c.isdigit() for c in token):
        return (token, *re.findall(r"(?:19|20)\d\d", token))
    base = _base_form(token)
    is_english = base not in dictionary("da") and base in dictionary("en")
    split = () if is_english else (p for p in parts(base) if p not in _DANISH_STOPS)
    return tuple(dict.fromkeys((base, *split)))


def _number(token: str) -> str:
    """Return a number in one spelling: no thousands separators, decimal comma."""
    token = token.replace("½", ",5")
    if _THOUSANDS.fullmatch(token):
        thousands = "." if token.find(".") < token.find(",") or "," not in token else ","
        if "." not in token:
            thousands = ","
        token = token.replace(thousands, "")
    return token.replace(".", ",")


def _code_letters(letters: str) -> str:
    """Return the letters of a proposal number as councils write them, lower-case."""
    return "øu" if letters == "ou" else letters.replace("oe", "ø").replace("ae", "æ")


def _base_form(token: str) -> str:
    """Return the lemma of a lower-case word: Danish, else English, else a guess."""
    word = re.sub(r"['’´](s|erne|ens?|ers?)?$", "", token)
    if found := lemma(word):
        return found
    if len(word) <= 3:
        return word
    if found := dictionary("da").get(word.capitalize()) or dictionary("en").get(word):
        return _ENGLISH_READ_AS.get(found, found).lower()
    if last := head(word):
        return word[: -len(last)] + (lemma(last) or last)
    guess: str = lemmatizer().lemmatize(word, "da")
    return guess.lower()


def is_word(word: str) -> bool:
    """Return whether a lower-case word, or its parts, stand in a dictionary of either language."""
    return has_lemma(word) or bool(parts(word))


def has_lemma(word: str) -> bool:
    """Return whether a lower-case word itself stands in a dictionary of either language."""
    return bool(lemma(word) or word in dictionary("en"))


_LONGEST_WORD = 40  # the words of labels and questions come again and again
# Unicode's blocks of combining marks.
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")


def fold(text: str) -> str:
    """Return `text` lower-case in one spelling of its æ, ø and å, for matching.

    "Økonomi", "oekonomi" and "okonomi" are one; so are "århus", "aarhus" and "arhus".
    """
    return _folded_word(text) if len(text) <= _LONGEST_WORD else _folded(text)


@lru_cache(maxsize=32_768)
def _folded_word(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).lower()
    for danish, plain in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        folded = folded.replace(danish, plain)
    before = ""
    while before != folded:  # "træer" is "traeer", "traer", "trar"
        before = folded
        for pair, letter in (("ae", "a"), ("oe", "o"), ("aa", "a")):
            folded = folded.replace(pair, letter)
    if folded.isascii():
        return folded
    return _MARKS.sub("", unicodedata.normalize("NFD", folded))


# ------------------------------------------------------------------- language

_DANISH_MARKS = (_DANISH_STOPS | {"alt", "samlet", "koster", "hvormange"}) - {
    "de", "for", "her", "i", "man", "men", "over", "os", "under", "op", "at", "se", "so", "fra",
}  # fmt: skip
_ENGLISH_MARKS = (
    _ENGLISH_STOPS | {"fte", "ftes", "cost", "costs", "many", "it", "save", "cut", "cuts"}
) - {"a", "all", "at", "by", "for", "had", "has", "have", "her", "i", "me", "over", "so", "under",
     "up", "us", "no", "be", "my", "his", "do", "more"}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")


def detect_language(question: str) -> Language:
    """Return the language of a question, however short; Danish when nothing tells.

    Function words decide. Where they do not, words that only one of the two
    languages has, and the letters æ, ø and å outside names and proposal numbers.
    """
    tokens = _WORD.findall(unicodedata.normalize("NFC", question))
    lower = [t.lower() for t in tokens]
    danish = sum(t in _DANISH_MARKS for t in lower)
    english = sum(t in _ENGLISH_MARKS for t in lower)
    if danish == english:
        plain = [t for t in tokens if t.isalpha() and (t.islower() or t == tokens[0])]
        danish = sum(_is_only_danish(t.lower()) for t in plain)
        english = sum(_is_only_english(t.lower()) for t in plain)
    return "en" if english > danish else "da"


def _is_only_danish(word: str) -> bool:
    if word in dictionary("en"):
        return False
    return word in ("i", "og") or word in dictionary("da") or bool(set(word) & set("æøå"))


def _is_only_english(word: str) -> bool:
    return len(word) > 2 and word in dictionary("en") and word not in dictionary("da")
