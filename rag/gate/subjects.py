"""What a text is about, place by place: the proposals and municipalities it has named.

A name holds for what follows it in its sentence; a proposal of the collection
also for the sentences after, until another is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from rag.gate.amounts import Range
from rag.text.dates import find_years
from rag.text.language import fold
from rag.text.names import municipalities_named
from rag.text.sentences import statements
from rag.types import CouncilDocument

_CODE = r"(?:[A-ZÆØÅ]{1,3}U|ØK|BK|OEU|OEK|oeu|oek|øu|øk)"
_JOINED = re.compile(r"^\W*(?:og|samt|eller|and|or|hhv\.|henholdsvis)?\W*$", re.IGNORECASE)
_CLOSING = re.compile(r"^[»«“”\"')\]]*\s*")
_SHORTEST_TITLE = 12


@dataclass(frozen=True)
class Name:
    """A document named in a text: `text[start:end]`; `number` None where by title or budget."""

    start: int
    end: int
    number: str | None
    documents: frozenset[str]


@dataclass(frozen=True)
class Subject:
    """What a claim is about: `documents` (None: any), or figures told in words with a name.

    `here` tells that the claim's own sentence names it.
    """

    documents: frozenset[str] | None = None
    words: tuple[str, ...] = ()
    municipalities: frozenset[str] = frozenset()
    here: bool = False

    def fits(self, document: str, sentence: str) -> bool:
        """Tell whether a figure of a document, told in `sentence`, is about this subject."""
        if self.documents is None or document in self.documents:
            return True
        if any(word in sentence for word in self.words):
            return True
        if not self.words and self.municipalities:
            return bool(self.municipalities & set(municipalities_named(sentence)))
        return False


class Subjects:
    """Finds what each place of a text is about."""

    def __init__(self, documents: Iterable[CouncilDocument]) -> None:
        self._documents = list(documents)
        titles = {d.title for d in self._documents if len(d.title) >= _SHORTEST_TITLE}
        self._titles = sorted(titles, key=len, reverse=True)
        self._places = {d.municipality for d in self._documents if d.municipality}
        letters = {re.sub(r"[\s\d-]", "", d.number) for d in self._documents if d.number}
        known = "|".join([*map(re.escape, sorted(letters - {""}, key=len, reverse=True)), _CODE])
        self._code = re.compile(rf"(?<![\w-])(?:{known})[ -]?\d{{1,3}}\b(?!\s*(?:mio|kr|pct|%))")

    def names(self, text: str) -> list[Name]:
        """Return the documents that a text names, in order, without overlap."""
        found = [self._numbered(m) for m in self._code.finditer(text)]
        lowered = text.lower()
        for title in (t for t in self._titles if t.lower() in lowered):
            for m in re.finditer(re.escape(title.lower()), lowered):
                if all(m.end() <= n.start or n.end <= m.start() for n in found):
                    ids = frozenset(d.id for d in self._documents if d.title == title)
                    found.append(Name(m.start(), m.end(), None, ids))
        for year in find_years(text):
            ids = frozenset(d.id for d in self._documents if d.period and d.period == year.period)
            if ids and re.search(r"\bbudget\w*\s*$", text[: year.start], re.IGNORECASE):
                found.append(Name(year.start, year.end, None, ids))
        return sorted(found, key=lambda n: n.start)

    def _numbered(self, m: re.Match[str]) -> Name:
        number = _spelt(m[0])
        ids = frozenset(d.id for d in self._documents if d.number and _spelt(d.number) == number)
        shown = next((d.number for d in self._documents if d.id in ids), m[0])
        return Name(m.start(), m.end(), shown, ids)

    def of(self, text: str, names: list[Name], claims: list[Range]) -> list[Subject]:
        """Return the subject of each of `claims`, ranges in order."""
        found: list[Subject] = []
        carried: tuple[Name, ...] = ()
        where: frozenset[str] = frozenset()
        left = list(claims)
        for start, end in statements(text):
            own = [n for n in names if start <= n.start < end]
            here = frozenset(municipalities_named(text[start:end]))
            if here and not any(self._is_of(n, here) for n in carried):
                carried = ()
            while left and left[0][0] < end:
                at = left.pop(0)
                near = _nearest(text, own, at, claims)
                found.append(self._subject(near, near or carried, here, where))
            carried = tuple(n for n in own if n.documents) or carried
            where = (here & self._places) or where
        return found + [Subject()] * len(left)

    def _is_of(self, name: Name, municipalities: frozenset[str]) -> bool:
        return any(
            d.municipality in municipalities for d in self._documents if d.id in name.documents
        )

    def _subject(
        self,
        near: tuple[Name, ...],
        names: tuple[Name, ...],
        here: frozenset[str],
        carried: frozenset[str],
    ) -> Subject:
        municipalities = here or carried
        if not names and not municipalities:
            return Subject()
        listed = [
            d for d in self._documents if not names or any(d.id in n.documents for n in names)
        ]
        there = [d for d in listed if d.municipality in municipalities]
        # What an earlier sentence said of the place only chooses between like-named documents.
        if municipalities and (here or there) and (there or names):
            listed = there or ([] if here else listed)
        elif municipalities and not names:
            listed = [] if here else listed
        words = tuple(n.number for n in names if n.number)
        return Subject(frozenset(d.id for d in listed), words, here, bool(near or here))


def _nearest(text: str, names: list[Name], at: Range, claims: list[Range]) -> tuple[Name, ...]:
    """Return the names a claim is told under: the last before it, with those joined to it."""
    # A claim's year may stand before the name: "2027 har ØU02 −2 årsværk".
    before = [n for n in names if n.end <= at[1]]
    if not before:
        after = [n for n in names if n.start >= at[1]]
        return tuple(after[:1])
    group = [before[-1]]
    for earlier, later in reversed(list(pairwise(before))):
        between = _CLOSING.sub("", text[earlier.end : later.start])
        if later is not group[0] or not (_JOINED.match(between) or later.number is None):
            break
        group.insert(0, earlier)
    return tuple(group)


def _spelt(number: str) -> str:
    return fold(re.sub(r"[\s-]", "", number))
