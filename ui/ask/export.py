"""An answer to take along: copied with its sources, as a Word file, as a page to print."""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st

from draft.sheet import Part, Sheet, as_docx, as_html, as_text
from rag.answer import Answer, Citation
from rag.text.units import unit_name
from rag.types import Language
from ui import texts as shared_texts
from ui.ask import texts
from ui.ask.answer import calculations
from ui.ask.figures import figure_rows, heads_of, names_of
from ui.quoted import where
from ui.safe import html
from ui.sources import Sources

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draw_export(question: str, answer: Answer, sources: Sources, number: int) -> None:
    """Draw the buttons that copy and download answer `number`."""
    language = answer.language
    sheet = sheet_of(question, answer, sources)
    name = f"{texts.FILE_NAME.in_(language)}-{dt.date.today():%Y-%m-%d}"
    done = texts.COPIED.in_(language)
    st.html(
        f'<button type="button" class="copy" data-copy="{html(as_text(sheet))}" '
        f'data-done="{done}">{texts.COPY.in_(language)}</button>',
        width="content",
    )
    for heading, ending, mime, make in (
        (texts.DOCX, "docx", _DOCX, partial(as_docx, sheet)),
        (texts.PRINT, "html", "text/html", partial(as_html, sheet)),
    ):
        st.download_button(
            heading.in_(language),
            make,
            file_name=f"{name}.{ending}",
            mime=mime,
            key=f"{ending}-{number}",
            on_click="ignore",
            type="tertiary",
        )


def sheet_of(question: str, answer: Answer, sources: Sources) -> Sheet:
    """Return an answer as words: what it says, its figures, notes and numbered sources."""
    language = answer.language
    told = [_told(s.text, s.citations) for s in (*answer.statements, *answer.near)]
    if answer.why_not is not None:
        told.insert(0, answer.why_not.text)
    parts = []
    if shown := calculations(answer):
        parts.append(Part(texts.CALCULATION.in_(language), shown))
    notes = [_told(f.message.in_(language), indexes) for f, indexes in sources.notes]
    if notes:
        parts.append(Part(shared_texts.NOTE.in_(language), tuple(notes)))
    if sources.citations:
        listed = tuple(_source(c, language) for c in sources.citations)
        parts.append(Part(shared_texts.SOURCES.in_(language), listed, numbered=True))
    made = texts.MADE.in_(language).format(date=f"{dt.date.today():%d.%m.%Y}")
    return Sheet(question, language, tuple(told), _table(answer), tuple(parts), made)


def _table(answer: Answer) -> tuple[tuple[str, ...], ...]:
    rows = figure_rows(answer)
    heads, names = heads_of(rows), names_of(answer, rows)
    if answer.status != "answered" or sum(len(c) for r in rows for c in r.figures.values()) < 2:
        return ()
    table = [("", *heads)]
    for row in rows:
        unit = unit_name(row.first.unit, row.first.scale)
        name = " ".join(filter(None, [names[row.first.document], row.first.measure]))
        cells = (" / ".join(f.text for f in row.figures.get(head, [])) for head in heads)
        table.append((f"{name} ({unit})" if unit else name, *cells))
    return tuple(table)


def _told(text: str, indexes: tuple[int, ...]) -> str:
    return " ".join([text, *(f"[{i + 1}]" for i in indexes)])


def _source(citation: Citation, language: Language) -> str:
    document = citation.document
    named = (document.number, document.title, document.municipality, document.period)
    about = ", ".join(filter(None, [*named, document.file, where(citation, language)]))
    rendition = f" ({shared_texts.RENDITION.in_(language)})" if document.rendition else ""
    return f"{about}{rendition}: »{' | '.join(citation.quote.split(chr(9)))}«"
