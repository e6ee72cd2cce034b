"""What was decided of a matter, and where its document says so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.store.source import Block, SourceDocument
from rag.text.dates import find_dates
from rag.text.names import committees_named
from rag.types import Decision

# "Beslutning", "Beslutning i Økonomiudvalget den 3. maj"; no title such as "Beslutning om skolen".
_HEAD = re.compile(
    r"(?:\w+ets )?(?:endelig |foreløbig )?beslutning(?:er)?"
    r"(?:,?\s+(?:i|fra|truffet|på|den|\d+\.?|byråd\w*|kommunalbestyrelse\w*|\S*udvalg\w*)\b.*)?\W*",
    re.IGNORECASE,
)
_BARE = re.compile(r"beslutning(?:er)?\W*", re.IGNORECASE)
_INLINE = re.compile(r"beslutning(?:er)?\s*[:\t–-]\s*(?=\w)", re.IGNORECASE)
_HISTORY = re.compile(
    r"(?:sagens (?:forløb|gang|historik|tidligere behandling)|historik|sagsforløb|sagshistorik|"
    r"tidligere (?:behandling\w*|beslutning\w*|politisk\w*|møder?)|beslutningshistorik|"
    r"behandlingshistorik|forudgående behandling)\b.*",
    re.IGNORECASE,
)
# The sections of an item, where one stands alone on its line.
_SECTION = re.compile(
    r"(?:(?:endelig |foreløbig )?beslutning(?:er)?|indstilling(?:er)?|sagsfremstilling|"
    r"fremstilling|resum[eé]|baggrund|sagsbeskrivelse|sagsprocedure|(?:administrationens|forvaltningens|"
    r"direktionens) (?:indstilling|bemærkninger)|økonomi|økonomiske konsekvenser|lovgrundlag|"
    r"sagens (?:forløb|gang|historik)|tidligere (?:behandling|beslutninger?|sager)|"
    r"beslutningshistorik|historik|afstemning|bilag|høring|videre proces|fraværende|afbud)\s*:?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:fraværende|afbud|ikke til stede|bilag|sagsnr|sagsnummer|mødet (?:hævet|sluttede))\b", re.I
)
Range = tuple[int, int, int]
"""A page, and the start and end of a stretch of its text."""
_MOST = 8  # lines that a decision takes

_ADOPTED = re.compile(
    r"\b(?:god(?:kendt|kendte|kender|kendes)|vedtag(?:et|er|es)|vedtog|tiltråd(?:t|te)|tiltræder|"
    r"bevilge(?:t|de|r)|imødekomme(?:s|t)|imødekom|indstillingen (?:\w+ )?(?:følges|fulgt))\b",
    re.I,
)
_REJECTED = re.compile(
    r"\b(?:forkast(?:et|ede|es|er)|afvis(?:t|te|es|er)|(?:for)?faldt|bortfald(?:er|t)|nedstemt|"
    r"afslå(?:et|s|r)|afslog|ikke (?:\w+ )?(?:vedtaget|godkendt?e?s?|tiltrådt|imødekomme[st]|"
    r"imødekomme|godkende|vedtage))\b|\bgodkendte ikke\b",
    re.I,
)
_POSTPONED = re.compile(
    r"\b(?:udsat|udsatte (?:sagen|punktet|behandlingen|drøftelsen|beslutningen)|"
    r"udsættes|udsætter|udskudt|udskydes|udskød|udgår)\b"
    r"|\bbeslutte\w* at (?:udsætte|udskyde)\b|\btag(?:et|es) af (?:dagsordenen|programmet)\b",
    re.I,
)
_RETURNED = re.compile(
    r"\b(?:hjemvis\w*|(?<!bedes )tilbagesend\w*|tilbagevis\w*|returner\w*|fornyet behandling)\b"
    r"|\b(?:send\w*|oversend\w*|vis(?:es|t|te)|går|henvis\w*)\b[^.;]{0,40}\btilbage\b",
    re.I,
)
_OTHERWISE: dict[Decision, re.Pattern[str]] = {
    "rejected": _REJECTED,
    "postponed": _POSTPONED,
    "returned": _RETURNED,
}
_FIRST: tuple[Decision, ...] = ("returned", "postponed", "rejected", "adopted")
_PARTLY = re.compile(
    r"\bdelvist?\b|\bmed undtagelse af\b|\bbortset fra\b|\bdog (?:uden|ikke)\b|\bpå nær\b", re.I
)
# What is decided by adopting it: "godkendte, at ansøgningen afvises".
_ITS_CONTENT = re.compile(
    r"\b(godkendte?|godkender|vedtaget|vedtog|vedtager|tiltrådte?|tiltræder),? at\b.*", re.I
)
# "Tilbagesendes Magistraten med bemærkning, at byrådet har vedtaget …": the letter goes back.
_LETTER = re.compile(r"^\W*tilbagesend\w*\b.*?\bmed bemærkning,? at\b", re.I | re.S)
# What another body is advised, and an amendment that falls, decides nothing of the matter.
_ADVISES = re.compile(r"\b(?:anbefal\w*|indstille(?:r|de|s)|oversend\w*)\b", re.I)
_AMENDMENT = re.compile(
    r"\b(?:ændrings|under|mod|alternativ\w*\s)\w*forslag|\bforslag(?:et)? (?:fra|om|stillet)\b"
    r"|\b(?:stillede|stiller|foreslog|protokoll\w*|begæred\w*)\b",
    re.I,
)


def find_decision(
    source: SourceDocument,
    blocks: Sequence[Block],
    committee: str | None,
    date: dt.date | None,
) -> Range | None:
    """Return where a document says what was decided of its matter; None where it does not.

    It stands below the heading "Beslutning", above or below the case. Of several, it is
    the one of this meeting: what is told under "Sagens forløb" was decided at others.
    """
    blocks = _headed(source, blocks)
    found: list[tuple[int, str]] = []
    history: int | None = None
    for index, block in enumerate(blocks):
        text = source.text(block)
        headed = block.kind != "row" and _HEAD.fullmatch(text)
        if _HISTORY.fullmatch(text) and block.kind != "row":
            history = block.level
        elif history is not None and (
            (headed and date in _dates(text))
            or (block.kind == "heading" and block.level <= history and _ends(text, not found))
        ):
            history = None
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        tells = below and below.kind != "heading" and not _AFTER.match(source.text(below))
        if history is None and (_INLINE.match(text) or (headed and tells)):
            found.append((index, text))
    ours = [f for f in found if _is_of(f[1], committee, date)]
    bare = [f for f in found if _BARE.fullmatch(f[1]) or _INLINE.match(f[1])]
    for index, text in (ours or bare or found)[-1:]:
        if inline := _INLINE.match(text):
            block = blocks[index]
            return block.page, block.start + inline.end(), block.end
        return _below(source, blocks, index)
    return None


def _headed(source: SourceDocument, blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with an item's sections ("Beslutning") headings however they are set."""
    level = blocks[0].level + 1 if blocks else 1
    return [
        replace(b, kind="heading", level=level)
        if b.kind == "paragraph" and _SECTION.fullmatch(source.text(b))
        else b
        for b in blocks
    ]


def _ends(text: str, undecided: bool) -> bool:
    """Tell whether a heading ends what is told of earlier meetings, and is none of theirs."""
    if _BARE.fullmatch(text):
        return undecided
    return not (_HEAD.fullmatch(text) or committees_named(text) or _dates(text))


def _dates(text: str) -> list[dt.date]:
    return [day for _, _, day in find_dates(text)]


def _is_of(text: str, committee: str | None, date: dt.date | None) -> bool:
    """Tell whether a heading names the meeting itself among those that it might name."""
    if _BARE.fullmatch(text) or _INLINE.match(text):
        return False
    if date and (dates := _dates(text)):
        return date in dates
    return bool(committee and committee.lower() in text.lower())


def _below(source: SourceDocument, blocks: Sequence[Block], index: int) -> Range:
    first = last = blocks[index + 1]
    for block in blocks[index + 1 : index + 1 + _MOST]:
        text = source.text(block)
        if block.kind in ("heading", "row") or block.page != first.page or _AFTER.match(text):
            break
        last = block
    return first.page, first.start, last.end


def decision_in(text: str) -> Decision:
    """Return what the words of a decision decide, "unknown" where they decide neither way."""
    whole = [*_sentences(text)]
    own = [s for s in whole if not _AMENDMENT.search(s)]
    found = _kinds(own) or _kinds(whole)
    if "adopted" in found and len(found) > 1:
        return "partly"
    return next((kind for kind in _FIRST if kind in found), "unknown")


def _sentences(text: str) -> Iterator[str]:
    return (s for s in re.split(r"(?<=[^\d\W]{2}[.;])\s+|\n", text) if s.strip())


def _kinds(sentences: Sequence[str]) -> set[Decision]:
    found: set[Decision] = set()
    for sentence in sentences:
        said = _ITS_CONTENT.sub(r"\1", _LETTER.sub("", sentence))
        found |= {kind for kind, words in _OTHERWISE.items() if words.search(said)}
        said = _REJECTED.sub(" ", said)
        if _ADOPTED.search(said) and not _ADVISES.search(said):
            found |= {"adopted", "partly"} if _PARTLY.search(said) else {"adopted"}
    return found
