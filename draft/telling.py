"""An answer's statements as paragraphs of a politikersvar, each with the ways to tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from draft.text import mark
from draft.wording import Before, calculation_text, figure_sentence, quote_sentence
from rag.answer import Answer, Citation, Statement
from rag.gate.sources import EARLIER
from rag.llm import configured
from rag.types import CouncilDocument
from rag.write import NOTES

_UNKNOWN = "Det fremgår ikke af de dokumenter, som forvaltningen har haft til rådighed."
_SEVERAL = "Flere dokumenter har oplysninger om det:"


@dataclass(frozen=True)
class Line:
    """A paragraph, and the ways to tell it, the best first; the last one always holds.

    One that `follows` goes on where the one before it ends.
    """

    ways: tuple[str, ...]
    follows: bool = False
    chosen: int = 0

    @property
    def text(self) -> str:
        """The way chosen."""
        return self.ways[self.chosen]


def answered(number: int, answer: Answer, named: list[str]) -> list[Line]:
    """Return the paragraphs that answer one part; `named` are the documents named, in order."""
    told = [s for s in answer.statements if _answers_something(s, answer)]
    if not told:
        reason = answer.why_not.text if answer.why_not else ""
        return [Line((_UNKNOWN,)), Line((mark(f"svar på spørgsmål {number}. {reason}"),))]
    if _by_model(answer):
        lines = [_prose(s, answer, n > 0) for n, s in enumerate(told)]
    else:
        lines = [Line((_SEVERAL,))] if answer.status == "ambiguous" and len(told) > 1 else []
        lines += [_told(s, answer, named) for s in told]
    leaned = [s for s in told if s.figures or _quoted(s, answer)]
    if leaned and all(c.document.kind == EARLIER for s in leaned for c in _cited(s, answer)):
        still = mark("et tidligere svar er ingen kilde; bekræft, at det stadig gælder")
        lines.append(Line((still,)))
    return lines


def _told(statement: Statement, answer: Answer, named: list[str]) -> Line:
    """Return the ways to tell a statement: as such answers do, as it is, by a person."""
    cited = _cited(statement, answer)[0]
    document = cited.document
    before = _before(document, named)
    named.append(document.id)
    note = next((n.da for n in NOTES if n.da in statement.text), "\0")
    text = statement.text.replace(note, "").strip()
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
    return Line((*ways, _by_person(cited)))


def _prose(statement: Statement, answer: Answer, follows: bool) -> Line:
    """Return the ways to tell what a language model wrote: as it did, or by a person."""
    return Line((statement.text, _by_person(_cited(statement, answer)[0])), follows)


def _by_model(answer: Answer) -> bool:
    """Tell whether a language model wrote an answer's statements."""
    asked = configured() is not None and answer.status == "answered" and not answer.calculation
    return asked and not any(n.da in s.text for n in NOTES for s in answer.statements)


def _by_person(cited: Citation) -> str:
    return mark(f"se {_where(cited)}; det kunne ikke bindes til dokumentet")


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
