"""The first draft of an answer: each part of the question, answered from the documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from draft.inquiry import Inquiry
from draft.superseded import successor, superseded_text
from draft.text import heading, mark
from draft.wording import Before, calculation_text, figure_sentence, quote_sentence
from rag.gate_sources import EARLIER
from rag.llm import configured
from rag.types import Answer, Citation, CouncilDocument, Statement, Text, Turn
from rag.write import NOTES

if TYPE_CHECKING:
    from rag.chain import Assistant

Holds = Callable[[str], bool]
"""Tells whether the gate lets a whole text pass."""

_SHORT = 5  # words: so short a question leaves out what the one before it said
_ONLY_PROPOSED = "Der er tale om forslag. Dokumenterne oplyser ikke, at forslagene er vedtaget."
_UNKNOWN = "Det fremgår ikke af de dokumenter, som forvaltningen har haft til rådighed."
_SEVERAL = "Flere dokumenter har oplysninger om det:"


@dataclass(frozen=True)
class Composed:
    """A first draft: its `text`, and `notes` for who writes it on, not for the letter."""

    text: str
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class _Line:
    """A paragraph, and the ways to tell it, the best first; the last one always holds."""

    ways: tuple[str, ...]
    chosen: int = 0

    @property
    def text(self) -> str:
        return self.ways[self.chosen]


def compose(inquiry: Inquiry, assistant: Assistant, holds: Holds) -> Composed:
    """Return the first draft of an answer to `inquiry`.

    Whatever `holds` does not let pass is told in the document's own words, else
    left to a person. Raises what `Assistant.ask` raises.
    """
    answers = _answers(inquiry, assistant)
    named: list[str] = []
    lines: list[_Line] = []
    for number, (part, answer) in enumerate(zip(inquiry.parts, answers, strict=True), start=1):
        if len(inquiry.parts) > 1:
            lines.append(_Line((heading(number, part),)))
            named.append(part)  # what stands above the heading was not just named
        lines += _answered(number, answer, named)
    cited = [c.document for a in answers for c in a.citations]
    if any(d.decision == "proposed" for d in cited):
        lines.append(_Line((_ONLY_PROPOSED,)))
    notes = [f.message for a in answers for f in a.findings]
    known = assistant.catalogue.documents()
    notes += [superseded_text(d, newer) for d in cited if (newer := successor(d, known))]
    return Composed(_text(_holding(lines, holds)), tuple(dict.fromkeys(notes)))


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


def _answered(number: int, answer: Answer, named: list[str]) -> list[_Line]:
    """Return the paragraphs that answer one part; `named` are the documents named, in order."""
    told = [s for s in answer.statements if _answers_something(s, answer)]
    if not told:
        reason = answer.why_not.text if answer.why_not else ""
        return [_Line((_UNKNOWN,)), _Line((mark(f"svar på spørgsmål {number}. {reason}"),))]
    lines = [_Line((_SEVERAL,))] if answer.status == "ambiguous" and len(told) > 1 else []
    lines += [_told(s, answer, named) for s in told]
    leaned = [s for s in told if s.figures or _quoted(s, answer)]
    if leaned and all(c.document.kind == EARLIER for s in leaned for c in _cited(s, answer)):
        still = mark("et tidligere svar er ingen kilde; bekræft, at det stadig gælder")
        lines.append(_Line((still,)))
    return lines


def _told(statement: Statement, answer: Answer, named: list[str]) -> _Line:
    """Return the ways to tell a statement: as such answers do, as it is, by a person."""
    cited = _cited(statement, answer)[0]
    document = cited.document
    before = _before(document, named)
    named.append(document.id)
    by_person = mark(f"se {_where(cited)}; det kunne ikke bindes til dokumentet")
    note = next((n.da for n in NOTES if n.da in statement.text), "")
    text = statement.text.replace(note, "").strip() if note else statement.text
    if configured() is not None and not note:
        return _Line((text, by_person))
    figures = [f for f, _ in statement.figures]
    own = ""
    if answer.calculation:
        own = calculation_text(text, answer.calculation)
    elif _quoted(statement, answer):
        own = quote_sentence(cited, before)
    elif figures:
        own = figure_sentence(document, figures, before == "never")
    # Names of rows that the answer put together stand in no document as a quotation.
    ways = [way for told in (own, text) if told for way in (told, re.sub("[»«]", "", told))]
    return _Line((*ways, by_person))


def _before(document: CouncilDocument, named: Sequence[str]) -> Before:
    if document.id not in named:
        return "never"
    return "just" if named[-1] == document.id else "earlier"


def _answers_something(statement: Statement, answer: Answer) -> bool:
    """Tell whether a statement is more than an earlier answer's question or a row of heads."""
    cited = _cited(statement, answer)
    heads = not statement.figures and _quoted(statement, answer) and "\t" in cited[0].quote
    return bool(cited) and not heads and not all(_before_answer(c) for c in cited)


def _quoted(statement: Statement, answer: Answer) -> bool:
    """Tell whether a statement gives its source's own words."""
    said = " ".join(statement.text.split())
    return any(f"»{' '.join(c.quote.split())}" in said for c in _cited(statement, answer))


def _before_answer(citation: Citation) -> bool:
    document = citation.document
    if document.kind != EARLIER:
        return False
    begins = [(s.page, s.start) for s in document.sections if _is_svar(document, s.title)]
    return bool(begins) and (citation.place.page, citation.place.start) < begins[0]


def _is_svar(document: CouncilDocument, title: str) -> bool:
    return bool(document.answered_by) and title.startswith(f"{document.answered_by}s svar")


def _cited(statement: Statement, answer: Answer) -> list[Citation]:
    return [answer.citations[i] for i in statement.citations]


def _where(citation: Citation) -> str:
    page = f", s. {citation.place.page}" if citation.document.paged else ""
    return f"{citation.document.title}{page}"


def _holding(lines: Sequence[_Line], holds: Holds) -> list[_Line]:
    """Return the lines, each told in the first of its ways with which the text still holds."""
    if holds(_text(lines)):
        return list(lines)
    kept: list[_Line] = []
    for line in lines:
        ways = [_Line(line.ways, n) for n in range(len(line.ways))]
        fitting = (way for way in ways if holds(_text([*kept, way])))
        kept.append(next(fitting, ways[-1]))
    return kept


def _text(lines: Sequence[_Line]) -> str:
    return "\n\n".join(line.text for line in lines)
