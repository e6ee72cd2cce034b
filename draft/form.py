"""The JSON form of a draft and its record, as `raadsvar draft show --json` gives it."""

from __future__ import annotations

from typing import Any

from draft.records import Draft, Drafts, Version
from draft.verdicts import Acceptance, Checked, Judged
from rag.gate.form import verdict_json
from rag.types import Language


def judged_json(judged: Judged, language: Language = "da") -> dict[str, Any]:
    """Return a verdict with its sentence and the SHA-256 of the file that bears it out."""
    verdict = judged.verdict
    return {
        **verdict_json(verdict, language),
        "kind": verdict.kind,
        "start": verdict.start,
        "end": verdict.end,
        "sentence": judged.sentence,
        "sha256": verdict.bearing.document.source if verdict.bearing else None,
        "held": judged.held,
        "accepted": _acceptance(judged.accepted) if judged.accepted else None,
    }


def draft_json(
    draft: Draft, drafts: Drafts, checked: Checked, language: Language
) -> dict[str, Any]:
    """Return a draft with its whole record; `checked` is its newest text."""
    inquiry = draft.case.inquiry
    return {
        "id": draft.id,
        "status": draft.status,
        "owner": draft.owner,
        "due": draft.due.isoformat() if draft.due else None,
        "created": draft.created.isoformat(),
        "question": {
            "words": inquiry.words,
            "asker": inquiry.asker,
            "party": inquiry.party,
            "asked": inquiry.asked.isoformat() if inquiry.asked else None,
            "subject": inquiry.subject,
            "parts": list(inquiry.parts),
        },
        "fields": draft.case.fields,
        "notes": [note.in_(language) for note in draft.case.notes],
        "text": checked.text,
        "held": len(checked.held),
        "verdicts": [judged_json(j, language) for j in checked.judged],
        "sources": sources_json(checked),
        "versions": [_version(v) for v in drafts.versions(draft.id)],
        "acceptances": [_acceptance(a) for a in drafts.acceptances(draft.id)],
        "events": [
            {"what": e.what, "detail": e.detail, "by": e.by, "at": e.created.isoformat()}
            for e in drafts.events(draft.id)
        ],
    }


def sources_json(checked: Checked) -> list[dict[str, Any]]:
    """Return the files that a draft rests on, each once, with their SHA-256."""
    cited = [j.verdict.bearing.document for j in checked.judged if j.verdict.bearing]
    listed = {d.source: d for d in cited}
    return [{"sha256": sha, "file": d.file, "title": d.title} for sha, d in listed.items()]


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "text": version.text,
        "author": version.author,
        "note": version.note,
        "at": version.created.isoformat(),
        "verdicts": version.verdicts,
    }


def _acceptance(accepted: Acceptance) -> dict[str, Any]:
    return {
        "text": accepted.words,
        "sentence": accepted.sentence,
        "by": accepted.by,
        "reason": accepted.reason,
        "at": accepted.at.isoformat() if accepted.at else None,
    }
