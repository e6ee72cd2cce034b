"""A draft as the terminal shows it."""

from __future__ import annotations

from draft.desk import Desk
from draft.form import judged_json
from draft.precedents import dated
from draft.texts import HELD, PRECEDENTS
from draft.verdicts import Judged
from rag.terminal import where
from rag.types import Language

_LONGEST = 160  # characters of the place that bears a figure out


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
