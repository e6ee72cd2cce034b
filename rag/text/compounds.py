"""Split Danish compounds: "rammebesparelsen" is "ramme" and "besparelse".

Dynamic programming over the Danish dictionary that simplemma ships: the
cheapest way to write a word as known stems, with a linking s or e between
them, and a known form last. After Koehn and Knight (2003), "Empirical Methods
for Compound Splitting", with word lengths in the place of their corpus counts.
"""

from __future__ import annotations

from functools import lru_cache

from rag.text.dictionary import dictionary
from rag.text.lemmas import lemma

_SHORTEST_WORD = 7
_SHORTEST_PART = 4  # below it the dictionary knows too many words: only those listed here
_PART_COST, _LENGTH_COST = 1.0, 2.0
_LINKS = {"": 0.0, "s": 0.1, "e": 0.6}

# First parts whose form is not their lemma.
_FIRST_FORMS = {"børne": "barn", "hjemme": "hjem", "skatte": "skat", "ældre": "ældre"}
_SHORT_PARTS = frozenset(
    str.split(
        "år by bil bus bad bo bog dag eu fag fod hal hav hus hør it ejd køb lov løn mål nat net "
        "ord øre pris råd sag ski sol spil syg tal tid tog tur tv val vand vej fri ny nær høj lav "
        "hel dør led liv arv bud dom rum rør top el km øst syd øje fly ø ai ph pc aff"
    )
)
# Words that begin or end other words without being a part of their meaning.
_NOT_FIRST = frozenset(
    str.split(
        "over under efter mellem frem fore gennem inde inden inder hver samt lige hvor ingen fort "
        "bede besk styr stud brig virke alter vare till tran forel bort ende rest kommis selv "
        "ikke betyde tyde anvende oprinde vanske mærke rime glæde spænd mode finansier forud form "
        "kont elle mulig virksom myndig hastig offentlig færdig lejlig vesk just plat hund borg "
        "delta gene stær politi vide have være blive digitalis tilsvar arbejdsmark"
    )
)
_NOT_LAST = frozenset(
    str.split(
        "hed heden heder hederne hedens lighed ligheden lige ligt ende ender ring ringe ringen "
        "ringer ringerne ringens inger ingen ingens linger lingen else elsen bare bart mest "
        "ladende menter ment iver ister ioner ionen ionerne itte lede rede stres kere kerne verne "
        "rens gerne iden raterne uren uret eder elle ariske skab skabet skaber slås slår slog "
        "tede slået imod vidt ligheder ledes hang formere styr baret rationer rende "
        "tens stiske stiger kede slige rettes rets sats ters terer ales nens endes siden"
    )
)
_WHOLE = frozenset(
    str.split(
        "årsag årsager natur billede hundrede element transport generation konvention alternativ "
        "politiker moderat deltager selvfølgelig formand formanden ansvar overveje forskellig "
        "understøtte undersøge overlappe virkelighed produktion institution sammenhæng soldat "
        "fjernet personel centrum standard dommer universitet bonus energi sandsynlighed "
        "sandsynlig understrege voldsom højttaler årsværk"
    )
)


@lru_cache(maxsize=65536)
def parts(word: str) -> tuple[str, ...]:
    """Return the parts of a lower-case Danish compound, or nothing for another word.

    Every part is a lemma. Parts that are compounds are followed by their own:
    "myndighedssagsbehandlingen" gives myndighed, sagsbehandling, sag, behandling.
    """
    found: list[str] = []
    for piece in _divide(word):
        base = _FIRST_FORMS.get(piece) or lemma(piece) or piece
        found += [base, *parts(base)]
    return tuple(dict.fromkeys(found))


def head(word: str) -> str:
    """Return the last part of a compound as it stands in the word, or ""."""
    pieces = _divide(word)
    return pieces[-1] if pieces else ""


def _divide(word: str) -> tuple[str, ...]:
    """Return the cheapest division of `word` into two or more pieces, or ()."""
    if len(word) < _SHORTEST_WORD or not word.isalpha() or _is_simple(word):
        return ()
    return min(_divisions(word), default=(0.0, ()))[1]


def _is_simple(word: str) -> bool:
    base = lemma(word) or word
    name = dictionary("da").get(word.capitalize(), "")
    return word in _WHOLE or base in _WHOLE or (base == word and name[:1].isupper())


def _divisions(word: str) -> list[tuple[float, tuple[str, ...]]]:
    """Return, for every first part of `word`, the cheapest way to go on from it."""
    divisions = []
    for end in range(1, len(word) - 1):
        first = word[:end]
        if not _may_begin(first):
            continue
        for link, link_cost in _LINKS.items():
            if not word.startswith(link, end):
                continue
            rest = _cheapest(word[end + len(link) :])
            if rest:
                cost = _PART_COST + _LENGTH_COST / end + link_cost + rest[0]
                divisions.append((cost, (first, *rest[1])))
    return divisions


@lru_cache(maxsize=65536)
def _cheapest(rest: str) -> tuple[float, tuple[str, ...]] | None:
    """Return the cheapest way to end a word with `rest`: as one part or as several."""
    if len(rest) < 2:
        return None
    ways = _divisions(rest) if len(rest) >= _SHORTEST_WORD else []
    if _may_end(rest):
        ways.append((_PART_COST + _LENGTH_COST / len(rest), (rest,)))
    return min(ways, default=None)


def _may_begin(part: str) -> bool:
    if len(part) < _SHORTEST_PART:
        return part in _SHORT_PARTS
    genitive = part.endswith("s") and part[:-1] in dictionary("da")
    known = lemma(part) == part and not genitive
    return part in _FIRST_FORMS or (known and part not in _NOT_FIRST)


def _may_end(part: str) -> bool:
    if len(part) < _SHORTEST_PART:
        return part in _SHORT_PARTS
    return part not in _NOT_LAST and part in dictionary("da")
