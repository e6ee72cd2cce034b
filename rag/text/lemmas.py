"""Danish lemmas by simplemma's dictionary, read as council text means them.

A form that is both a noun's and a verb's has one lemma in the dictionary,
often the verb's ("svaret": "svare", "borger": "borge"). Council text means the
noun, and the noun's other forms tell that there is one.
"""

from __future__ import annotations

from functools import lru_cache

from rag.text.dictionary import dictionary

_DEFINITE = ("en", "et", "ene", "erne")
# Forms, and lemmas of the dictionary, that neither it nor the noun rule reads right.
_READ_AS = {
    "aftalt": "aftale", "aftalte": "aftale", "aftælle": "aftale", "analyser": "analyse",
    "ansat": "ansat", "ansatte": "ansat", "få": "få", "fx": "fx", "hall": "hal",
    "handicap": "handicap", "handicappe": "handicap", "kl": "kl", "koster": "koste",
    "nette": "net", "potential": "potentiale", "priser": "pris", "rapporter": "rapport",
    "skatte": "skat", "sparer": "spare", "svaret": "svar", "svarets": "svar", "ældre": "ældre",
}  # fmt: skip

# Verbs in the present tense, to the dictionary.
_PEOPLE = frozenset(("ansøger", "borger", "bruger", "ejer", "forsker", "leder", "lejer"))


@lru_cache(maxsize=131072)
def lemma(form: str) -> str | None:
    """Return the lemma of a lower-case Danish form, or None for an unknown word."""
    if form in _READ_AS:
        return _READ_AS[form]
    for ending in ("", "ne", "nes", "s"):
        if form.endswith(ending) and form.removesuffix(ending) in _PEOPLE:
            return form.removesuffix(ending)
    found = dictionary("da").get(form)
    if found is None or found == form:
        return found
    base = form if not form.endswith("er") and _is_noun(form) else found.lower()
    return _READ_AS.get(base, base)


def is_told_of(form: str) -> bool:
    """Whether a lower-case form is no verb, adjective or adverb: a noun, a name or unknown.

    The dictionary has no word classes, but nouns have forms of their own. One that
    ends in -e is told from a verb ("mangle", "manglen") by its plural ("ugerne"). An
    adjective's plural may stand for people ("hjemløse").
    """
    base = lemma(form)
    if base is None or form == f"{base}e":
        return True
    return dictionary("da").get(base + "rne") == base if base[-1:] == "e" else _is_noun(base)


def _is_noun(word: str) -> bool:
    """Whether the dictionary has a definite form of `word`, as "skatterne" of "skat"."""
    doubled = word + word[-1:]
    return any(dictionary("da").get(s + e) == word for s in (word, doubled) for e in _DEFINITE)
