"""What a document calls itself: its kind and its title."""

from __future__ import annotations

import re
from pathlib import PurePath

from ingest.fields import is_label
from ingest.split import MEETING, Part
from rag.store.source import SourceDocument
from rag.text.dates import find_dates
from rag.text.names import municipalities_named

# A politician is named with their party: "Rikke Holm Dam (F)".
PERSON = r"[A-ZÆØÅ][\w.-]+(?: (?:[A-ZÆØÅ][\w.-]*|de|von|van))+ \(\w{1,3}\)"
SVAR = re.compile(
    rf"^politikersvar til (?P<who>{PERSON})\s*(?:[–:-]|om|vedr\.|vedrørende)\s*(?P<title>.+)$",
    re.IGNORECASE,
)
CATALOGUE = re.compile(r"\b\w*(?:forslags|prioriterings|budget|spare|reduktions)katalog", re.I)
_CALLED = {
    "politikersvar": r"politikersvar|svar (?:på|til) (?:\w+ )?(?:spørgsmål|forespørgsel)",
    "budgetnotat": r"budgetnotat",
    "prioriteringsforslag": (
        r"(?:prioriterings|budget|reduktions|spare|besparelses|effektiviserings|anlægs|drifts|"
        r"udvidelses|investerings|omstillings|service)forslag"
    ),
}
_HEAD = 12  # lines in which a document names itself
_PAGE_MARK = re.compile(r"\bside \d|^\d+$|gengivelse|©|\bwww\.", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:dato|notat|bilag(?: \d+)?|til|fra|sagsnr|sagsnummer|dokumentnummer|dokumentnr|"
    r"sagsbehandler|indhold|indholdsfortegnelse|kopi|emne|oversigt|"
    r"åbent punkt|lukket punkt|memo|brev|svar|referat|dagsorden|(?:beslutnings)?protokol|"
    r"beslutningsreferat|sagsfremstilling|indstilling|beslutning|projektbeskrivelse|udkast|"
    r"høringsudkast|fortroligt?|pressemeddelelse|internt notat|contents|table of contents)\W*",
    re.IGNORECASE,
)
# "Teknisk Forvaltning", "Torvet 1, 8000 Aarhus C", "Tlf. 12 34 56 78", "H:\\sager\\notat.docx".
_LETTERHEAD = re.compile(
    r"(?:[\w/&-]+,? ){0,4}[\w-]*(?:forvaltning|sekretariat|afdeling|direktion|magistrat)(?:en|et)?"
    r"|(?:center|afdeling(?:en)?|stab(?:en)?|team|fagcenter) (?:for )?(?:[\w&-]+,? ?){1,6}"
    r"|rådhuset\b.*|.*\b\d{4} [A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ]{1,2})?"
    r"|.*(?:\b(?:tlf|telefon|cvr|ean|e-?mail|journalnr)\b|@).*|.*\.(?:docx?|pdf)|[A-Z]:\\.*",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"microsoft \w+ - .*|\(?(?:anonymous|unspecified)\)?|untitled|.*\.\w{3,4}", re.I
)
_FIRST_SECTION = re.compile(
    r"(?:1\.?\s+|I\.\s+).*|(?:resum[eé]|sammenfatning|baggrund|indledning|formål|introduktion)\W*",
    re.IGNORECASE,
)
_NAMES_ITSELF = re.compile(
    r"\b\w*(?:notat|forslag|svar|katalog|redegørelse|orientering|status\w*|evaluering|rapport|"
    r"strategi|handleplan|indstilling|bilag)\b.*\w",
    re.IGNORECASE,
)
_ITEM_MARK = re.compile(r"^(?:punkt\s+)?\d{1,3}[.:]\s+|\s*\((?:åbent|lukket)(?: punkt)?\)$", re.I)


def kind_of(
    part: Part,
    fields: dict[str, str],
    lines: list[str],
    furniture: tuple[str, ...],
    *,
    catalogue: bool,
    answers: bool,
) -> str:
    """Return a document's kind, by what it calls itself before what its form tells.

    `catalogue` tells that its file is a catalogue of proposals, `answers` that
    it tells who asked and whose answer follows.
    """
    if part.item is not None:
        return "dagsordenspunkt"
    if part.front and catalogue:
        return "prioriteringskatalog"
    named = [line for line in lines[:_HEAD] if len(line) < 140 and line[-1:] not in ".,;"]
    for line in [*named, *furniture]:
        for kind, words in _CALLED.items():
            if re.search(rf"\b(?:{words})\b", line, re.IGNORECASE):
                return kind
    if answers:
        return "politikersvar"
    if catalogue or {"title", "committee", "proposer"} <= fields.keys():
        return "prioriteringsforslag"
    whole = "\n".join(lines).lower()
    if "budgetnotat" in whole and ("aftaletekst" in whole or "bevillingsteknisk" in whole):
        return "budgetnotat"
    if any(MEETING.match(line) for line in lines[:3]):
        return "dagsorden"
    heads = {line.split()[0].lower() for line in lines if line and len(line) < 80}
    if "indstilling" in heads and {"sagsfremstilling", "beslutning"} & heads:
        return "dagsordenspunkt"
    return "notat"


def title_of(
    source: SourceDocument,
    part: Part,
    fields: dict[str, str],
    kind: str,
    number: str | None,
    meeting: tuple[str, ...] = (),
) -> str:
    """Return a document's title: its form's, its first heading that is one, or its first line.

    Minutes that call themselves no more than that are called by their `meeting`.
    """
    lines = (source.text(b) for b in part.blocks)
    svar = next((m for line in lines if (m := SVAR.match(line))), None)
    if svar:
        said = svar["title"].strip()
        return said[:1].upper() + said[1:]
    title = part.title or fields.get("title") or _first_title(source, part)
    if kind == "dagsordenspunkt":
        title = _ITEM_MARK.sub("", _ITEM_MARK.sub("", title))
    if part.item is None and MEETING.fullmatch(title) and _NO_TITLE.fullmatch(title):
        title = ", ".join(filter(None, (title.capitalize(), *meeting)))
    if number:
        title = re.sub(rf"^{number[:-2]}.?{number[-2:]}\s+", "", title)
    given = source.metadata.get("title") or ""
    named = "" if _NO_NAME.fullmatch(given) else given
    return _closed_up(title) or named or PurePath(source.path).name


def _first_title(source: SourceDocument, part: Part) -> str:
    headings = [source.text(b) for b in part.blocks if b.kind == "heading"]
    bare = next((line for line in headings[:1] if MEETING.match(line)), None)
    if bare and part.front and _NO_TITLE.fullmatch(bare):
        return bare
    titles = [h for h in headings if _may_be_title(h)]
    # A running head is often the only place where a list or status note names itself.
    heads = [h for h in source.furniture if _may_be_title(h) and len(h.split()) > 1]
    heads = [h for h in heads if not is_label(h)]
    paragraphs = [source.text(b) for b in part.blocks if b.kind == "paragraph"]
    if not titles or _FIRST_SECTION.fullmatch(titles[0]):
        above = [line for line in _above(source, part) if not is_label(line)]
        named = next((line for line in above if _NAMES_ITSELF.match(line)), None)
        if named or (titles and above):
            return named or above[0]
    own = [h for h in titles if not _FIRST_SECTION.fullmatch(h)]
    short = [t for t in paragraphs if len(t) < 160]
    likely = [t for t in short if _may_be_title(t) and not is_label(t)]
    return next(iter([*own[:1], *titles, *heads, *likely, *headings, *short]), "")


def _above(source: SourceDocument, part: Part) -> list[str]:
    """Return the short lines that stand above a document's first section."""
    found = []
    for block in part.blocks[:_HEAD]:
        text = source.text(block)
        if block.kind == "heading" and _FIRST_SECTION.fullmatch(text):
            break
        if block.kind != "row" and len(text) < 140 and text[-1:] != "." and _may_be_title(text):
            found.append(text)
    return found


def _may_be_title(text: str) -> bool:
    """Tell whether a line may be a title: no name of a municipality alone, no date, no label."""
    if _PAGE_MARK.search(text) or _NO_TITLE.fullmatch(_closed_up(text)):
        return False
    if _LETTERHEAD.fullmatch(text) or _closed_up(text) != text:
        return False
    rest = re.sub(r"\bkommunes?\b", " ", text, flags=re.IGNORECASE)
    named = municipalities_named(text)
    if named and len(re.findall(r"[^\W\d_]+", rest)) <= len(named[0].split("-")):
        return False
    dates = find_dates(text)
    return not (dates and dates[0][1] - dates[0][0] >= len(text) - 6)


def _closed_up(text: str) -> str:
    """Return text set with spaces between its letters ("N O T A T") without them."""
    pieces = re.findall(r"[^\W_]+", text)
    spaced = len(pieces) > 3 and sum(map(len, pieces)) < 2.6 * len(pieces)
    if not spaced or text.upper() != text:
        return text
    return re.sub(r"(?<=[^\W\d])(?=\d)", " ", "".join(pieces)).capitalize()
