"""What a document says of itself: kind, municipality, number, title, dates, people.

What it does not say stays empty: nothing is guessed from file names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from ingest.split import NUMBER, Part
from ingest.tables import price_level_in
from rag.dates import find_dates, find_years
from rag.names import committees_named, municipalities_named
from rag.types import CouncilDocument, Decision, Section, SourceDocument, Table

_FIELDS = {
    "title": "overskrift|titel|emne|forslagets titel",
    "committee": "udvalg|politisk udvalg|fagudvalg",
    "proposer": "forslagsstiller|stillet af|indstiller",
    "expense_type": "udgiftstype|styringsområde",
    "number": "nr|nummer|forslag nr|forslagsnummer|forslag nummer",
    "case_number": "sagsnummer i f2|sagsnummer edoc|sagsnummer|sagsnr|journalnummer|journalnr|edoc",
    "document_number": "dokumentnummer i f2|dokumentnummer|dokumentnr",
    "caseworker": "sagsbehandler|kontaktperson",
    "municipality": "kommune",
    "date": "dato|mødedato|udarbejdet|ajourført",
    "period": "budgetperiode|periode",
    "decision": "beslutning|status|politisk behandling",
}
_FIELD = {
    name: re.compile(rf"^(?:{words})\.?\s*(?::|\t+|\s(?=\S)|$)\s*(.*)$", re.IGNORECASE | re.DOTALL)
    for name, words in _FIELDS.items()
}
_EMN = re.compile(
    r"\b(?:EMN-\d{4}-\d{4,}|\d{4}\s?-\s?\d{4,}(?!\d)|\d{2}/\d{4,}|\d{2}\.\d{2}\.\d{2}-[A-Z]\d{2}-\d+-\d{2})"
)
_PERSON = r"[A-ZÆØÅ][\w.-]+(?: (?:[A-ZÆØÅ][\w.-]*|de|von|van))+ \(\w{1,3}\)"
_ASKS = re.compile(r"\b(?:stillet|stillede|stiller|spurgt|spurgte|spørger|bedt|bad)\b", re.I)
_SVAR = re.compile(
    rf"^politikersvar til (?P<who>{_PERSON})\s*(?:[–:-]|om|vedr\.|vedrørende)\s*(?P<title>.+)$",
    re.IGNORECASE,
)
_ANSWERER = re.compile(
    r"^(?P<who>[A-ZÆØÅ][\w-]+(?:forvaltningen|afdelingen|sekretariatet))s svar\b"
)
_PERIOD = re.compile(r"\bbudget(?:periode)?n?\s*(20\d\d)\s*[-–]\s*(20\d\d)\b", re.I)
_ADOPTED = re.compile(
    r"\b(?:godkendt|godkendte|vedtaget|vedtog|tiltrådt|tiltrådte|bevilget)\b", re.I
)
_REJECTED = re.compile(r"\b(?:forkastet|afvist|faldt|ikke (?:vedtaget|godkendt|tiltrådt))\b", re.I)
_PAGE_MARK = re.compile(r"\bside \d|^\d+$|gengivelse|©|\bwww\.", re.IGNORECASE)
_MEETING = re.compile(r"^(?:referat|dagsorden)\b.*", re.I)


@dataclass(frozen=True)
class FileFacts:
    """What a file says once for all its documents (an agenda's meeting)."""

    municipality: str | None = None
    committee: str | None = None
    date: dt.date | None = None
    period: str | None = None


def describe(
    source: SourceDocument,
    part: Part,
    document_id: str,
    tables: tuple[Table, ...],
    facts: FileFacts,
) -> CouncilDocument:
    """Return a document's own description; `facts` fill in what only the file says."""
    lines = [source.text(b) for b in part.blocks]
    fields = _fields(lines)
    whole = "\n".join(lines)
    kind = _kind(part, fields, lines, source.furniture)
    number = _number(fields, lines, kind, source.furniture)
    svar = next((m for line in lines if (m := _SVAR.match(line))), None)
    asker, asked = _question(lines)
    answerer = next((m["who"] for line in lines if (m := _ANSWERER.match(line))), None)
    period = _period(fields, lines, source.furniture, tables, kind) or facts.period
    case_numbers, document_numbers = _numbers(lines)
    return CouncilDocument(
        id=document_id,
        source=source.id,
        file=PurePath(source.path).name,
        kind=kind,
        title=_title(source, part, fields, svar, number),
        paged=source.paged,
        first_page=part.blocks[0].page if part.blocks else 1,
        last_page=part.blocks[-1].page if part.blocks else 1,
        municipality=_municipality(fields, whole, source) or facts.municipality,
        committee=_committee(fields, part) or (facts.committee if part.item else None),
        number=number,
        period=period,
        price_level=next((t.price_level for t in tables if t.price_level), price_level_in(whole)),
        proposer=fields.get("proposer"),
        expense_type=fields.get("expense_type"),
        decision=_decision(kind, lines, fields),
        date=(facts.date if part.item else None) or _date(fields, lines) or facts.date,
        case_numbers=case_numbers,
        document_numbers=document_numbers,
        asker=svar["who"] if svar else asker,
        asked=asked,
        answered_by=answerer,
        caseworker=fields.get("caseworker"),
        rendition=_is_rendition(source),
        sections=sections(source, part),
        tables=tables,
    )


def file_facts(source: SourceDocument) -> FileFacts:
    """Return what a file's first page and furniture say of its meeting."""
    lines = [source.text(b) for b in source.blocks if b.page == 1][:30] + list(source.furniture)
    meeting = [line for line in lines if _MEETING.match(line)]
    dates = [d for line in meeting for _, _, d in find_dates(line)]
    committees = [c for line in meeting for c in committees_named(line)]
    period = next((m for line in lines if (m := _PERIOD.search(line))), None)
    return FileFacts(
        municipality=_municipality({}, "\n".join(lines), source),
        committee=committees[0] if committees else None,
        date=dates[0] if dates else None,
        period=f"{period[1]}-{period[2]}" if period else None,
    )


def sections(source: SourceDocument, part: Part) -> tuple[Section, ...]:
    """Return the headings of a document with where they stand."""
    return tuple(
        Section(source.text(b), b.level, b.page, b.start)
        for b in part.blocks
        if b.kind == "heading"
    )


def _fields(lines: list[str]) -> dict[str, str]:
    """Return the form's fields: "Udvalg Økonomiudvalget", or the name on a line of its own."""
    found: dict[str, str] = {}
    for index, line in enumerate(lines):
        if len(line) > 200:
            continue
        for name, pattern in _FIELD.items():
            match = pattern.match(line)
            if not match or name in found:
                continue
            value = match[1].split("\t")[0].strip()
            bare = not value
            if bare and index + 1 < len(lines):
                value = lines[index + 1].strip()
            if bare and (len(value) > 60 or any(p.match(value) for p in _FIELD.values())):
                continue
            if value and not (name in ("date", "decision", "municipality") and bare):
                found[name] = value
    return found


def _kind(part: Part, fields: dict[str, str], lines: list[str], furniture: tuple[str, ...]) -> str:
    head = "\n".join([*lines[:12], *furniture]).lower()
    if part.item is not None:
        return "dagsordenspunkt"
    if "politikersvar" in head:
        return "politikersvar"
    if "prioriteringsforslag" in head or {"title", "committee", "proposer"} <= fields.keys():
        return "prioriteringsforslag"
    whole = "\n".join(lines).lower()
    if "budgetnotat" in whole and ("aftaletekst" in whole or "bevillingsteknisk" in whole):
        return "budgetnotat"
    if any(_MEETING.match(line) for line in lines[:3]):
        return "dagsorden"
    return "notat"


def _number(
    fields: dict[str, str], lines: list[str], kind: str, furniture: tuple[str, ...]
) -> str | None:
    if kind not in ("prioriteringsforslag", "budgetnotat", "notat"):
        return None
    given = NUMBER.search(fields.get("number", ""))
    if given:
        return given[1] + given[2]
    for line in [*lines[:8], *furniture]:
        match = NUMBER.match(line) or re.search(r"\bnr\.?\s*" + NUMBER.pattern, line, re.I)
        if match:
            return match[1] + match[2]
    return None


def _title(
    source: SourceDocument, part: Part, fields: dict[str, str], svar: Any, number: str | None
) -> str:
    if svar:
        said = str(svar["title"]).strip()
        return said[:1].upper() + said[1:]
    title = part.title or fields.get("title") or _first_heading(source, part)
    if number:
        title = re.sub(rf"^{number[:-2]}.?{number[-2:]}\s+", "", title)
    return title or source.metadata.get("title") or PurePath(source.path).name


def _first_heading(source: SourceDocument, part: Part) -> str:
    headings = [source.text(b) for b in part.blocks if b.kind == "heading"]
    # A running head is often the only place where a list or status note names itself.
    heads = [h for h in source.furniture if not _PAGE_MARK.search(h) and len(h.split()) > 1]
    texts = [source.text(b) for b in part.blocks if b.kind == "paragraph"]
    return next(iter([*headings, *heads, *(t for t in texts if len(t) < 160)]), "")


def _question(lines: list[str]) -> tuple[str | None, dt.date | None]:
    """Return who asked and when: of the line that tells of a question with a date and a person."""
    for line in lines:
        dates, person = find_dates(line[:200]), re.search(_PERSON, line[:200])
        if dates and person and _ASKS.search(line[:200]):
            return person[0], dates[0][2]
    return None, None


def _municipality(fields: dict[str, str], text: str, source: SourceDocument) -> str | None:
    """Return the municipality named most in what the document itself says, quotations left out."""
    own = re.sub(r"[\"”“»][^\"”“«]{0,2000}[\"”“«]", " ", text)
    named = Counter(municipalities_named(fields.get("municipality", "") + "\n" + own))
    named.update(m for line in source.furniture for m in municipalities_named(line))
    ranked = named.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _committee(fields: dict[str, str], part: Part) -> str | None:
    given = fields.get("committee")
    return given if given and len(given) < 60 and part.item is None else None


def _period(
    fields: dict[str, str],
    lines: list[str],
    furniture: tuple[str, ...],
    tables: tuple[Table, ...],
    kind: str,
) -> str | None:
    head = " ".join([*furniture, *lines[:6], fields.get("period", "")])
    match = _PERIOD.search(head)
    if match:
        return f"{match[1]}-{match[2]}"
    if kind != "prioriteringsforslag":
        return None
    # A proposal's table has the budget's own years.
    years = next((y for t in tables if (y := [c.year for c in t.columns if c.year])), [])
    return f"{min(years)}-{max(years)}" if len(years) > 1 else None


def _date(fields: dict[str, str], lines: list[str]) -> dt.date | None:
    """Return the date a document gives as its own: in a field, or alone on a line."""
    for text in [fields.get("date", ""), *(line for line in lines if len(line) < 40)]:
        dates = find_dates(text)
        if dates and (text == fields.get("date") or dates[0][1] - dates[0][0] >= len(text) - 3):
            return dates[0][2]
    return None


def _numbers(lines: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the case numbers and the document numbers."""
    cases: list[str] = []
    documents: list[str] = []
    for index, line in enumerate(lines):
        for name, found in (("case_number", cases), ("document_number", documents)):
            match = _FIELD[name].match(line)
            if not match or len(line) > 120:
                continue
            value = match[1].strip() or (lines[index + 1] if index + 1 < len(lines) else "")
            if re.fullmatch(r"[\w./ -]*\d[\w./ -]*", value) and len(value) < 40:
                found.append(value)
        if len(line) < 40 and (match := _EMN.fullmatch(line.strip())):
            cases.append(match[0])
    return tuple(dict.fromkeys(cases)), tuple(dict.fromkeys(documents))


def _decision(kind: str, lines: list[str], fields: dict[str, str]) -> Decision:
    """Return what was decided. A proposal is proposed until its own text says otherwise."""
    said = ""
    if kind == "dagsordenspunkt":
        at = next(
            (i for i, t in enumerate(lines) if re.match(r"beslutning(?:er)?\b", t, re.I)), None
        )
        if at is not None:
            said = lines[at] + " " + " ".join(lines[at + 1 : at + 2])
    elif kind == "prioriteringsforslag":
        said = fields.get("decision", "")
    if _REJECTED.search(said):
        return "rejected"
    if _ADOPTED.search(said):
        return "adopted"
    return "proposed" if kind in ("prioriteringsforslag", "budgetnotat") else "unknown"


def _is_rendition(source: SourceDocument) -> bool:
    marks = [*source.furniture, *source.metadata.values()]
    marks += [source.text(b) for b in source.blocks[-3:]]
    return any("gengivelse" in mark.lower() for mark in marks)


def years_of(document: CouncilDocument) -> range:
    """Return the years of a document's period, empty where it gives none."""
    mentions = find_years(document.period or "")
    return range(mentions[0].first, mentions[0].last + 1) if mentions else range(0)
