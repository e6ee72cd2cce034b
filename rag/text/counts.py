"""Counted nouns: what is counted after a number, and numbers that count nothing."""

from __future__ import annotations

import re

from rag.text.lemmas import is_told_of, lemma

NUMBER_WORDS = {
    "to": "2", "tre": "3", "fire": "4", "fem": "5", "seks": "6", "syv": "7", "otte": "8",
    "ni": "9", "ti": "10", "elleve": "11", "tolv": "12",
}  # fmt: skip
# "Tabel 1", "afsnit 3 og 4", "kl. 12": the number names a place, a time or a thing.
_NAMED = re.compile(
    r"(?:(?<!\w)(?:tabel(?:ler(?:ne)?)?|figur(?:er)?|afsnit|kapitel|punkt(?:er(?:ne)?)?|pkt|bilag|"
    r"side(?:r)?|s(?=\.)|nr|numre|nummer|uge(?:rne)?|fase|etape|trin|kl|klokken|stk|artikel|"
    r"version|niveau|spor|paragraf|tlf|telefon|matr|lokale|scenarie?|scenarium|model|"
    r"spørgsmål|mål|delmål|indsats|initiativ|tema)\b|§)"
    r"\.?\s*(?:nr\.?\s*)?(?:[\d.:]+[a-z]?\s*(?:,|og|eller|til|[-–])\s*)*$",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:the|of|and|this|is|are|be|than|should|you|with|has|was|were|from|their)\b",
    re.IGNORECASE,
)
_NO_NOUN = frozenset(
    str.split(
        "og eller i på til af fra for med som der det den de en et er var blev bliver om at under "
        "over januar februar marts april maj juni juli august september oktober november december "
        "kl mod ved samt men hvor hvilket skal kan vil efter inden uden hvert år jf ff stk side "
        "sider punkt punkter pr per procent pct mio mia kr kroner ud op ned ind hos siden frem "
        "viser giver har gør går får kommer står ligger bør må blive være ikke også kun begge "
        "tilbage igen hver dem dens deres tusind tusinde millioner milliarder "
        "første anden tredje sidste seneste næste gange gang"
    )
)
_ADJECTIVE = re.compile(
    r"(?:ige|ske|ede|nde|ale|ive|elle|nte|lte|tte|ste|rne|ene|ære|ate|sne)$"
    r"|^(?:færre|nye|små|store|fulde|hele|halve|gode|unge|ældre|flere|faste|fælles|øvrige|lange|korte|"
    r"frie|åbne|ekstra|interne|eksterne|yngre|større|mindre|vilde|grønne|rene|tomme|brede|smalle|"
    r"private|gamle|danske|egne)$"
)
_NOUN_BEFORE = re.compile(r"([^\W\d_]{3,})\s+(?:nr\.?\s*)?$")
_WORD_AFTER = re.compile(r"\s+([a-zæøå]+)")
# Nouns that end as adjectives do, and adjectives that stand for people.
_NOUNS = frozenset(("heste", "poste", "gæste", "dele", "nætter"))
_PEOPLE = frozenset(
    str.split("ansatte ledige unge ældre voksne syge sygemeldte studerende pårørende deltagende")
)


def names_something(before: str) -> bool:
    """Tell whether the words `before` a number make it a name ("Tabel", "afsnit 3 og")."""
    return _NAMED.search(before[-60:]) is not None


def names_a_doer(before: str, after: str) -> bool:
    """Tell whether a number is the name of the noun before it, and what follows is a verb.

    "Vandløb 12 koster", and not "skolen har 12 elever".
    """
    named = _NOUN_BEFORE.search(before)
    follows = _WORD_AFTER.match(after)
    if not named or not follows:
        return False
    noun = named[1].lower()
    # "Kommunen ejer 14 parker": what ends so may be a verb, as "have" is oftener than a garden.
    if noun == "have" or noun.endswith("er"):
        return False
    told = is_told_of(noun) and lemma(noun) in (noun, None)
    return told and not is_told_of(follows[1]) and not _ADJECTIVE.search(follows[1])


def is_english(text: str) -> bool:
    """Tell whether a sentence has English words, so that its "to" is no two."""
    return _ENGLISH.search(text) is not None


def counted_noun(after: str) -> tuple[str, int] | None:
    """Return the noun that a number counts, and where it ends in `after`; None for none.

    An adjective between them is passed over: "22 nye medarbejdere" counts
    "medarbejdere".
    """
    at = 0
    for _ in range(3):
        match = re.compile(r"\s+([a-zæøå][a-zæøå-]+(?:/[a-zæøå]+)?)").match(after, at)
        if not match or match[1] in _NO_NOUN:
            return None
        word, at = match[1], match.end()
        following = re.match(r"\s+([a-zæøå]+)", after[at:])
        more = following is not None and following[1] not in _NO_NOUN
        if not more or word in _NOUNS or not _ADJECTIVE.search(word):
            noun = word in _NOUNS or word in _PEOPLE or not _ADJECTIVE.search(word)
            return (word, at) if noun else None
    return None
