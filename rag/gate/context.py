"""The years that the words around a claim give it, where it names none.

"I 2028 er ØU10 i drift. Besparelsen er 2,2 mio. kr." is read as of 2028: the
year of the sentences before it in its paragraph, else of the heading above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.gate.claims import Claim
from rag.gate.subjects import Subject
from rag.text.dates import FAR, YearMention, find_years, period_years
from rag.text.sentences import statements
from rag.text.year_binding import rises_to
from rag.types import Figure

_HEADING_WORDS = 20
# What says in other words than a year which years an amount is of.
_TIMED = re.compile(
    r"\b(?:fuldt indfaset|på (?:længere )?sigt|årlig\w*|om året|herefter|derefter|efterfølgende|"
    r"senere|år(?:ene|et efter|et før)|(?:næste|sidste) år|perioden|i dag|nu|aktuelt|hidtil|"
    r"varigt?|fully phased in|eventually|ultimately|annual(?:ly)?|"
    r"(?:per|a|next|last|later|final|following) years?|thereafter|later|the (?:period|years)|"
    r"today|currently|now|permanent(?:ly)?)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:fra(?: og med)?|siden|efter|from|since|after)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class _Told:
    year: YearMention
    subject: Subject


def in_context(text: str, claims: Sequence[Claim], subjects: Sequence[Subject]) -> list[Claim]:
    """Return the claims, in order, those without a year with the years around them."""
    pairs = list(zip(claims, subjects, strict=True))
    found: list[Claim] = []
    heading: list[_Told] = []
    for line in re.finditer(r"[^\n]+", text):
        own = [(c, s) for c, s in pairs if line.start() <= c.start < line.end()]
        if _is_heading(line[0], own):
            heading = _told(text, own)
        carried = heading
        for start, end in _sentences(line):
            here = [(c, s) for c, s in own if start <= c.start < end]
            found += [_placed(text[start:end], start, c, s, here, carried) for c, s in here]
            carried = _told(text, here) or carried
    return found


def of_context(claim: Claim, figure: Figure) -> bool:
    """Tell whether a figure is of the years around a claim, or of none that it tells."""
    first = min(y.first for y in claim.context)
    last = max(y.last for y in claim.context)
    if figure.year is not None:
        return first <= figure.year <= last
    if figure.period is not None:
        own = period_years(figure.period)
        return own[0] <= last and first <= own[-1]
    return True


def _sentences(line: re.Match[str]) -> list[tuple[int, int]]:
    ranges = [(line.start() + a, line.start() + b) for a, b in statements(line[0])]
    return ranges if "\t" not in line[0] else [line.span()]


def _is_heading(line: str, own: Sequence[tuple[Claim, Subject]]) -> bool:
    told = any(c.kind == "amount" for c, _ in own)
    short = 0 < len(line.split()) <= _HEADING_WORDS
    return short and not told and "\t" not in line and not line.rstrip().endswith((".", ";", ","))


def _told(text: str, claims: Sequence[tuple[Claim, Subject]]) -> list[_Told]:
    """Return the years that claims tell; a budget's name is none."""
    return [
        _Told(_opened(text, claim, year), subject)
        for claim, subject in claims
        if claim.kind in ("amount", "year") and not claim.budget
        for year in claim.years
    ]


def _opened(text: str, claim: Claim, year: YearMention) -> YearMention:
    """Return a year told as "fra 2027" as open at its end."""
    at = text.find(str(year.first), claim.start)
    return replace(year, last=FAR) if _FROM.search(text[:at]) else year


def _placed(
    sentence: str,
    start: int,
    claim: Claim,
    subject: Subject,
    here: Sequence[tuple[Claim, Subject]],
    carried: Sequence[_Told],
) -> Claim:
    """Return a claim with the years carried to it, where nothing in its sentence tells when."""
    before = sentence[: claim.start - start]
    timed = any(c.years for c, _ in here) or find_years(sentence) or _TIMED.search(sentence)
    if claim.kind != "amount" or timed or rises_to(before):
        return claim
    return replace(claim, context=tuple(t.year for t in carried if _same(t.subject, subject)))


def _same(one: Subject, other: Subject) -> bool:
    """Tell whether two subjects may be the same."""
    if one.documents is None or other.documents is None:
        return True
    return bool(one.documents & other.documents)
