"""A text as a Word document with a comment at each claim that no document bears out."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from draft.texts import OUTCOMES
from rag.gate.gate import Verdict
from rag.types import Language

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_AUTHOR = "Rådsvar"


def commented(
    text: str, verdicts: Sequence[Verdict], language: Language, original: bytes | None = None
) -> bytes:
    """Return the text that `verdicts` are on as DOCX, a comment at each that did not pass.

    `original` is the Word document the text was read from, which is kept as it
    is; without it the text is set in a plain one, a paragraph a line.
    """
    import docx

    document = docx.Document(io.BytesIO(original) if original else None)
    if original is None:
        for line in text.split("\n"):
            document.add_paragraph(line)
    places = list(_paragraphs(document))
    at = 0
    for verdict in (v for v in verdicts if not v.passed):
        line = text[text.rfind("\n", 0, verdict.start) + 1 :].split("\n")[0]
        # Verdicts and paragraphs both come in order; a line of a table is several paragraphs.
        found = _find(places, at, verdict, line) or _find(places, 0, verdict, line)
        if found is None:
            continue
        at, runs = found
        document.add_comment(runs, _comment(verdict, language), _AUTHOR, _AUTHOR[0])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _comment(verdict: Verdict, language: Language) -> str:
    told = OUTCOMES[verdict.outcome].in_(language)
    there = f": {verdict.elsewhere.in_(language)}" if verdict.elsewhere else ""
    return f"{' '.join(verdict.words.split())} {told}{there}."


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    """Yield the paragraphs of a document in order, those of its tables too, each once."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document._body)


def _find(
    places: Sequence[Paragraph], first: int, verdict: Verdict, line: str
) -> tuple[int, list[Run]] | None:
    """Return the paragraph from `first` on that holds a verdict's words, and their runs."""
    words = re.compile(r"\s+".join(re.escape(w) for w in verdict.words.split()))
    said = " ".join(line.split())
    for index in range(first, len(places)):
        paragraph = places[index]
        told = "".join(run.text for run in paragraph.runs)
        if not told.strip() or (" ".join(told.split()) not in said and said not in told):
            continue
        match = words.search(told)
        if match is not None:
            return index, _runs(paragraph, *match.span())
    return None


def _runs(paragraph: Paragraph, start: int, end: int) -> list[Run]:
    """Return the runs that are exactly `start:end` of a paragraph, cut out where they are not."""
    _cut(paragraph, start)
    _cut(paragraph, end)
    found, done = [], 0
    for run in paragraph.runs:
        if start <= done and done + len(run.text) <= end and run.text:
            found.append(run)
        done += len(run.text)
    return found


def _cut(paragraph: Paragraph, at: int) -> None:
    """Part the run that `at` stands within, its looks kept on both sides."""
    done = 0
    for run in paragraph.runs:
        if done < at < done + len(run.text):
            text, rest = run.text[: at - done], copy.deepcopy(run._r)
            tail = run.text[at - done :]
            run._r.addnext(rest)
            run.text = text
            type(run)(rest, paragraph).text = tail
            return
        done += len(run.text)
