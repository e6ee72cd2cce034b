"""The first draft of an answer: each part of the question, answered from the documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from draft.inquiry import Inquiry
from draft.superseded import successor, superseded_text
from draft.telling import Line, answered
from draft.text import PARAGRAPH, heading
from rag.answer import Answer
from rag.query import Turn
from rag.types import Finding, Text
from rag.wording import told_apart

if TYPE_CHECKING:
    from rag.chain import Assistant

Holds = Callable[[str], bool]
"""Tells whether the gate lets a whole text pass."""

_SHORT = 5  # words: so short a question leaves out what the one before it said
_ONLY_PROPOSED = "Der er tale om forslag. Dokumenterne oplyser ikke, at forslagene er vedtaget."


@dataclass(frozen=True)
class Composed:
    """A first draft: its `text`, and `notes` for who writes it on, not for the letter."""

    text: str
    notes: tuple[Text, ...] = ()


def compose(inquiry: Inquiry, assistant: Assistant, holds: Holds) -> Composed:
    """Return the first draft of an answer to `inquiry`.

    Whatever `holds` does not let pass is told in the document's own words, else
    left to a person. Raises what `Assistant.ask` raises.
    """
    answers = _answers(inquiry, assistant)
    named: list[str] = []
    lines: list[Line] = []
    for number, (part, answer) in enumerate(zip(inquiry.parts, answers, strict=True), start=1):
        if len(inquiry.parts) > 1:
            lines.append(Line((heading(number, part),)))
            named.append(part)  # what stands above the heading was not just named
        lines += answered(number, answer, named)
    # What only comes near an answer is told in no letter.
    told = [(a, i) for a in answers for s in a.statements for i in s.citations]
    cited = [a.citations[i].document for a, i in told]
    if any(d.decision == "proposed" for d in cited):
        lines.append(Line((_ONLY_PROPOSED,)))
    known = assistant.catalogue.documents()
    called = {d.id: d.number or f"»{d.title}«" for d in told_apart(known)}
    notes = [_of_documents(f, called) for a in answers for f in a.findings]
    notes += [superseded_text(d, newer) for d in cited if (newer := successor(d, known))]
    return Composed(_text(_holding(lines, holds)), tuple(dict.fromkeys(notes)))


def _of_documents(finding: Finding, called: Mapping[str, str]) -> Text:
    """Return what a finding says, after what the documents it was found in are called."""
    found = ", ".join(dict.fromkeys(called[p.document] for p in finding.places))
    return Text(f"{found}: {finding.message.da}", f"{found}: {finding.message.en}")


def _answers(inquiry: Inquiry, assistant: Assistant) -> list[Answer]:
    """Return the answer to each part, read with what was said and asked before it."""
    history: list[Turn] = []
    found = []
    for part in inquiry.parts:
        asked = " ".join(filter(None, [inquiry.context, part]))
        if history and len(part.split()) <= _SHORT:
            asked = f"og {part[:1].lower()}{part[1:]}"
        found.append(assistant.ask(asked, history, "da"))
        history.append(Turn(asked))
    return found


def _holding(lines: Sequence[Line], holds: Holds) -> list[Line]:
    """Return the lines, each told in the first of its ways with which the text still holds."""
    if holds(_text(lines)):
        return list(lines)
    kept: list[Line] = []
    for line in lines:
        ways = [replace(line, chosen=n) for n in range(len(line.ways))]
        fitting = (way for way in ways if holds(_text([*kept, way])))
        kept.append(next(fitting, ways[-1]))
    return kept


def _text(lines: Sequence[Line]) -> str:
    joined = "".join(f"{' ' if line.follows else PARAGRAPH}{line.text}" for line in lines)
    return joined.removeprefix(PARAGRAPH)
