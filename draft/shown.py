"""Drafts, their versions and the template as the terminal shows them."""

from __future__ import annotations

from draft.desk import Desk
from draft.form import judged_json
from draft.letter import FIELDS
from draft.precedents import dated
from draft.records import Draft, Version
from draft.texts import HELD, PRECEDENTS, STATUS, TEMPLATE_HELP
from draft.verdicts import Judged
from rag.terminal import where
from rag.types import Language

_LONGEST = 160  # characters of the place that bears a figure out
_ABOUT = 70  # characters of what a listed draft is about


def draft_lines(desk: Desk, id: int, language: Language) -> list[str]:
    """Return a draft's text, notes, verdicts and precedents, a line each."""
    draft, checked = desk.drafts.get(id), desk.check(id)
    lines = ["", checked.text, ""]
    lines += [f"! {told.in_(language)}" for told in draft.case.notes]
    lines += [verdict_line(n, j, language) for n, j in enumerate(checked.judged, start=1)]
    lines += [HELD.in_(language)] * bool(checked.held)
    found = desk.precedents(draft)
    lines += ["", PRECEDENTS.in_(language)] * bool(found)
    for p in found:
        lines.append(" · ".join(filter(None, [p.document.title, p.document.asker, dated(p)])))
        lines += [f"  ! {warning.in_(language)}" for warning in p.warnings]
    return lines


def verdict_line(number: int, judged: Judged, language: Language) -> str:
    """Return a verdict's number, what was found of it, its words and where they stand.

    The mark is ✗ where it holds the draft, ○ where it was accepted or only an
    earlier answer has it.
    """
    entry = judged_json(judged, language)
    place, known = entry["place"], judged.accepted
    found = entry["elsewhere"] or (place and f"{where(place)}: {place['quote']}") or ""
    mark = "✗" if judged.held else "○" if known or not judged.verdict.passed else "✓"
    accepted = f"  ({known.by}: {known.reason})" if known else ""
    words = " ".join(judged.verdict.words.split())
    return f"{number:3} {mark} {entry['verdict']}: {words}  {found[:_LONGEST]}{accepted}".rstrip()


def listed_line(draft: Draft, language: Language) -> str:
    """Return a draft's line in the list: status, due date, whose it is, who asks about what."""
    inquiry = draft.case.inquiry
    due = draft.due.isoformat() if draft.due else "-"
    status, about = STATUS[draft.status].in_(language), inquiry.subject or inquiry.words
    row = (str(draft.id), status, due, draft.owner, inquiry.who or "-", about[:_ABOUT])
    return "  ".join(row)


def version_line(version: Version) -> str:
    """Return a version's number, when and by whom it was saved, and its note."""
    when = f"{version.created.astimezone():%Y-%m-%d %H:%M}"
    return f"{version.number}  {when}  {version.author}  {version.note}".rstrip()


def template_lines(language: Language) -> list[str]:
    """Return what a template is filled with, a field a line."""
    before, after = (told.in_(language) for told in TEMPLATE_HELP)
    fields = [f"  {{{{ {n} }}}}".ljust(28) + told.in_(language) for n, told in FIELDS.items()]
    return [before, *fields, after]
