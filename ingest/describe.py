"""What a document says of itself: kind, municipality, number, title, dates, people.

What it does not say stays empty: nothing is guessed from file names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath

from ingest.asked import answerer_of, question_of
from ingest.checks.mentions import names_in
from ingest.decisions import decision_in, find_decision
from ingest.fields import form_fields, form_lines, numbers
from ingest.meeting import committee_of, committees_in, date_of
from ingest.own_number import number_of
from ingest.places import Places
from ingest.split import MEETING, Part
from ingest.tables import price_level_in
from ingest.titles import CATALOGUE, SVAR, kind_of, title_of
from ingest.versions import version_of
from rag.store.source import SourceDocument
from rag.text.dates import find_dates, spoken_date
from rag.text.names import municipalities_named
from rag.types import CouncilDocument, Decision, Place, Section, Table

_PERIOD = re.compile(
    r"\bbudget\w*\s*(20\d\d)\s*(?:[-–]|med overslags\w+ 20\d\d\s*[-–])\s*(20\d\d)\b", re.I
)
_LETTERHEAD = 4  # lines in which a document names its municipality


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
    asker, asked = question_of(lines, fields)
    answerer = answerer_of(lines)
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
    committee = committee_of(fields, lines, part) or (facts.committee if part.item else None)
    date = (facts.date if part.item else None) or date_of(fields, lines) or facts.date
    told = find_decision(source, part.blocks, committee, date)
    decided = Places(source, part, document_id)(*told) if told else None
    return CouncilDocument(
        id=document_id,
        source=source.id,
        file=PurePath(source.path).name,
        kind=kind,
        title=title_of(source, part, fields, kind, number, _meeting(committee, date)),
        paged=source.paged,
        first_page=part.blocks[0].page if part.blocks else 1,
        last_page=part.blocks[-1].page if part.blocks else 1,
        start=part.blocks[0].start if part.blocks else 0,
        end=part.blocks[-1].end if part.blocks else None,
        municipality=(source.agenda and source.agenda.municipality)
        or _municipality(fields, whole, source)
        or facts.municipality,
        committee=committee,
        number=number,
        period=period,
        version=version_of(fields, lines, source.path),
        price_level=next((t.price_level for t in tables if t.price_level), price_level_in(whole)),
        proposer=None if is_answer else fields.get("proposer"),
        expense_type=fields.get("expense_type"),
        decision=_decision(source, kind, fields, decided),
        decided=decided,
        date=date,
        case_numbers=case_numbers,
        document_numbers=document_numbers,
        asker=svar["who"] if svar else asker if is_answer or asked else None,
        asked=asked,
        answered_by=answerer,
        caseworker=fields.get("caseworker"),
        names=names_in(whole),
        rendition=_is_rendition(source),
        url=part.told.url if part.told else source.metadata.get("url"),
        attachments=part.told.attachments if part.told else (),
        sections=sections(source, part),
        tables=tables,
    )


def file_facts(source: SourceDocument) -> FileFacts:
    """Return what a file's first page and furniture say of its meeting and of itself."""
    if (agenda := source.agenda) is not None:
        return FileFacts(agenda.municipality, agenda.committee, agenda.date)
    lines = [source.text(b) for b in source.blocks if b.page == 1][:30] + list(source.furniture)
    meeting = [line for line in lines if MEETING.match(line)]
    dates = [d for line in meeting for _, _, d in find_dates(line)]
    committees = [c for line in meeting for c in committees_in(line)]
    # A table's caption tells what its figures are changes to ("i forhold til budget 2026-2029").
    own = [line for line in lines if not re.match(r"(?:bilags)?tabel\b", line, re.I)]
    period = next((m for line in own if (m := _PERIOD.search(line))), None)
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


def _municipality(fields: dict[str, str], text: str, source: SourceDocument) -> str | None:
    """Return the municipality named most in what the document itself says, quotations left out."""
    own = re.sub(r"[\"”“»][^\"”“«]{0,2000}[\"”“«]", " ", text)
    named = Counter(municipalities_named(fields.get("municipality", "") + "\n" + own))
    named.update(m for line in source.furniture for m in municipalities_named(line))
    ranked = named.most_common(2)
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        # "Middelfart Kommune · Budget 2026-2029": the letterhead says whose it is.
        heads = [m for line in text.split("\n")[:_LETTERHEAD] for m in municipalities_named(line)]
        return heads[0] if len(set(heads)) == 1 else None
    return ranked[0][0] if ranked else None


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


def _meeting(committee: str | None, date: dt.date | None) -> tuple[str, ...]:
    return tuple(told for told in (committee, date and spoken_date(date, "da")) if told)


def _decision(
    source: SourceDocument, kind: str, fields: dict[str, str], decided: Place | None
) -> Decision:
    """Return what was decided. A proposal is proposed until its own text says otherwise."""
    if kind == "dagsordenspunkt":
        if decided is None:
            return "unknown"
        return decision_in(source.page(decided.page).text[decided.start : decided.end])
    found = decision_in(fields.get("decision", "")) if kind == "prioriteringsforslag" else "unknown"
    proposed = found == "unknown" and kind in ("prioriteringsforslag", "budgetnotat")
    return "proposed" if proposed else found


def _is_rendition(source: SourceDocument) -> bool:
    marks = [*source.furniture, *source.metadata.values()]
    marks += [source.text(b) for b in source.blocks[-3:]]
    return any("gengivelse" in mark.lower() for mark in marks)
