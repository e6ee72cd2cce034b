"""What a document says of itself: kind, municipality, number, title, dates, people.

What it does not say stays empty: nothing is guessed from file names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath

from ingest.fields import form_fields, form_lines, numbers
from ingest.own_number import number_of
from ingest.split import Part
from ingest.tables import price_level_in
from ingest.titles import CATALOGUE, MEETING, PERSON, SVAR, kind_of, title_of
from rag.dates import find_dates
from rag.names import committees_named, municipalities_named
from rag.source import SourceDocument
from rag.types import CouncilDocument, Decision, Section, Table

_ASKS = re.compile(
    r"\b(?:stillet|stillede|stiller|spurgt|spurgte|spørger|bedt|bad|spørgsmål fra|spørgsmål af|"
    r"forespørgsel fra)\b",
    re.IGNORECASE,
)
# "NN (V) spørger:", "Stillet af: NN (F)": who asked, with no date beside.
_ASKER = re.compile(
    rf"(?:(?P<one>{PERSON})\s+(?:har spurgt|har stillet|spørger|spurgte)\b"
    rf"|(?:spørger|spørgsmålsstiller|spørgsmål fra|forespørgsel fra|stillet af)\s*:?\s*\t?"
    rf"(?:\w+medlem(?:merne)?\s+)?(?P<other>{PERSON}))",
    re.IGNORECASE,
)
_ASKING = re.compile("spurgt|stillet|spørg", re.IGNORECASE)  # said by all of _ASKER
_ANSWERER = re.compile(
    r"^(?P<who>[A-ZÆØÅ][\w-]+(?:forvaltningen|afdelingen|sekretariatet))s svar\b"
)
_PERIOD = re.compile(
    r"\bbudget\w*\s*(20\d\d)\s*(?:[-–]|med overslags\w+ 20\d\d\s*[-–])\s*(20\d\d)\b", re.I
)
_ADOPTED = re.compile(
    r"\b(?:godkendt|godkendte|vedtaget|vedtog|tiltrådt|tiltrådte|bevilget)\b", re.I
)
_REJECTED = re.compile(r"\b(?:forkastet|afvist|faldt|ikke (?:vedtaget|godkendt|tiltrådt))\b", re.I)
# "Børne- og Familieudvalget", "Børn og Unge-udvalget"; staff's own committees are no one's here.
_COMMITTEE = re.compile(
    r"(?:[A-ZÆØÅ][\wæøå]*-?(?:,? og |, ))*(?:[A-ZÆØÅ][\w]*[- ])*(?!MED|Medarbejder)[A-ZÆØÅ]?[\w-]*"
    r"udvalget(?=s?\b)|\b(?:Byrådet|Kommunalbestyrelsen|Borgerrepræsentationen|Magistraten)(?=s?\b)"
)
_HEAD = 10  # lines in which a document names its meeting


@dataclass(frozen=True)
class FileFacts:
    """What a file says once for all its documents (an agenda's meeting)."""

    municipality: str | None = None
    committee: str | None = None
    date: dt.date | None = None
    period: str | None = None
    catalogue: bool = False


def describe(
    source: SourceDocument,
    part: Part,
    document_id: str,
    tables: tuple[Table, ...],
    facts: FileFacts,
) -> CouncilDocument:
    """Return a document's own description; `facts` fill in what only the file says."""
    lines = form_lines([source.text(b) for b in part.blocks])
    fields = form_fields(lines)
    whole = "\n".join(lines)
    asker, asked = _question(lines, fields)
    answerer = next((m["who"] for line in lines if (m := _ANSWERER.match(line))), None)
    kind = kind_of(
        part,
        fields,
        lines,
        source.furniture,
        catalogue=facts.catalogue,
        answers=asker is not None and answerer is not None,
    )
    number = number_of(part, fields, lines, kind, source.furniture)
    svar = next((m for line in lines if (m := SVAR.match(line))), None)
    period = _period(fields, lines, source.furniture, tables, kind) or facts.period
    case_numbers, document_numbers = numbers(lines)
    is_answer = kind == "politikersvar"
    return CouncilDocument(
        id=document_id,
        source=source.id,
        file=PurePath(source.path).name,
        kind=kind,
        title=title_of(source, part, fields, kind, number),
        paged=source.paged,
        first_page=part.blocks[0].page if part.blocks else 1,
        last_page=part.blocks[-1].page if part.blocks else 1,
        start=part.blocks[0].start if part.blocks else 0,
        end=part.blocks[-1].end if part.blocks else None,
        municipality=_municipality(fields, whole, source) or facts.municipality,
        committee=_committee(fields, lines, part) or (facts.committee if part.item else None),
        number=number,
        period=period,
        price_level=next((t.price_level for t in tables if t.price_level), price_level_in(whole)),
        proposer=None if is_answer else fields.get("proposer"),
        expense_type=fields.get("expense_type"),
        decision=_decision(kind, lines, fields),
        date=(facts.date if part.item else None) or _date(fields, lines) or facts.date,
        case_numbers=case_numbers,
        document_numbers=document_numbers,
        asker=svar["who"] if svar else asker if is_answer or asked else None,
        asked=asked,
        answered_by=answerer,
        caseworker=fields.get("caseworker"),
        rendition=_is_rendition(source),
        url=source.metadata.get("url"),
        sections=sections(source, part),
        tables=tables,
    )


def file_facts(source: SourceDocument) -> FileFacts:
    """Return what a file's first page and furniture say of its meeting and of itself."""
    lines = [source.text(b) for b in source.blocks if b.page == 1][:30] + list(source.furniture)
    meeting = [line for line in lines if MEETING.match(line)]
    dates = [d for line in meeting for _, _, d in find_dates(line)]
    committees = [c for line in meeting for c in _committees(line)]
    period = next((m for line in lines if (m := _PERIOD.search(line))), None)
    named = [line for line in lines if len(line) < 140 and line[-1:] not in ".,;"]
    return FileFacts(
        municipality=_municipality({}, "\n".join(lines), source),
        committee=committees[0] if committees else None,
        date=dates[0] if dates else None,
        period=f"{period[1]}-{period[2]}" if period else None,
        catalogue=any(CATALOGUE.search(line) for line in named),
    )


def sections(source: SourceDocument, part: Part) -> tuple[Section, ...]:
    """Return the headings of a document with where they stand."""
    return tuple(
        Section(source.text(b), b.level, b.page, b.start)
        for b in part.blocks
        if b.kind == "heading"
    )


def _question(lines: list[str], fields: dict[str, str]) -> tuple[str | None, dt.date | None]:
    """Return who asked and when: of the line that tells of a question with a date and a
    person, else of the line that names the asker and the form's date of it."""
    for line in lines:
        dates = find_dates(line[:200])
        asked = dates and _ASKS.search(line[:200])
        if asked and (person := re.search(PERSON, line[:200])):
            return _without_office(person[0]), dates[0][2]
    for line in lines:
        # A name can begin at every word: the pattern is slow where nothing is asked.
        found = _ASKING.search(line[:200]) and _ASKER.search(line[:200])
        if found:
            dates = find_dates(fields.get("received", ""))
            who = _without_office(found["one"] or found["other"])
            return who, dates[0][2] if dates else None
    return None, None


def _without_office(person: str) -> str:
    return re.sub(r"^\w*(?:medlem|formand|rådmand|borgmester)\s+", "", person, flags=re.IGNORECASE)


def _municipality(fields: dict[str, str], text: str, source: SourceDocument) -> str | None:
    """Return the municipality named most in what the document itself says, quotations left out."""
    own = re.sub(r"[\"”“»][^\"”“«]{0,2000}[\"”“«]", " ", text)
    named = Counter(municipalities_named(fields.get("municipality", "") + "\n" + own))
    named.update(m for line in source.furniture for m in municipalities_named(line))
    ranked = named.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _committee(fields: dict[str, str], lines: list[str], part: Part) -> str | None:
    """Return the committee a document names as its own: in its form, or with its meeting."""
    if part.item is not None:
        return None
    given = fields.get("committee")
    if given and len(given) < 60:
        return given
    to = _committees(fields.get("to", ""))
    if to and len(fields["to"]) < 60:
        return to[0]
    for line in lines[:_HEAD]:
        if len(line) < 120 and (
            find_dates(line) or re.search(r"\bmøde\b|behandles i\b", line, re.I)
        ):
            found = _COMMITTEE.search(line)
            if found:
                return found[0]
    return None


def _committees(line: str) -> list[str]:
    return _COMMITTEE.findall(line) or committees_named(line)


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
    meetings = [t for t in lines[:_HEAD] if len(t) < 120 and _COMMITTEE.search(t)]
    held = [d for t in meetings if t[-1:] != "." for _, _, d in find_dates(t)]
    return held[0] if held else None


def _decision(kind: str, lines: list[str], fields: dict[str, str]) -> Decision:
    """Return what was decided. A proposal is proposed until its own text says otherwise."""
    said = ""
    if kind == "dagsordenspunkt":
        found = [i for i, t in enumerate(lines) if re.match(r"beslutning(?:er)?\b", t, re.I)]
        # After the committees' recommendations, the council's own stands under the bare word.
        own = [i for i in found if re.fullmatch(r"beslutning(?:er)?\W*", lines[i], re.I)]
        if found:
            at = (own[-1:] or found)[0]
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
