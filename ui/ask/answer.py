"""Draws an answer: its sentences, figures, calculation, notes and sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from rag.types import Answer, CouncilDocument, Language
from ui import texts
from ui.ask.figures import figures_html
from ui.safe import html, label
from ui.sources import Sources, draw_sources, find_sources, reference

if TYPE_CHECKING:
    from rag.chain import Assistant

Ask = Callable[[str], None]
"""Asks a question of the assistant, as the next turn."""


def draw_answer(
    assistant: Assistant, answer: Answer, turn: int, ask: Ask, instead: Sequence[str]
) -> None:
    """Draw the answer of turn `turn`; `instead` are questions to offer where it found nothing."""
    language = answer.language
    sources = find_sources(assistant, answer)
    st.html(_answer_html(answer, turn))
    if answer.status == "ambiguous":
        _draw_choice(answer, turn, ask)
    if answer.status == "not_found":
        draw_questions(texts.INSTEAD.in_(language), instead, f"instead-{turn}", ask)
    if notes := _notes_html(sources, turn, language):
        st.html(notes)
    if sources.citations:
        draw_sources(assistant, turn, sources.citations, language)


def draw_questions(heading: str, questions: Sequence[str], key: str, ask: Ask) -> None:
    """Draw questions as buttons that ask them."""
    if not questions:
        return
    st.html(f'<p class="label">{html(heading)}</p>')
    with st.container(key=key, gap="xsmall"):
        for n, question in enumerate(questions):
            st.button(label(question), key=f"{key}-{n}", on_click=ask, args=(question,))


def _answer_html(answer: Answer, turn: int) -> str:
    language = answer.language
    parts = [
        f'<section class="answer" lang="{language}" aria-label="{texts.ANSWER.in_(language)}">'
    ]
    if answer.status == "not_found":
        parts.append(f'<p class="label">{texts.NOT_FOUND.in_(language)}</p>')
    if answer.why_not is not None:
        parts.append(f"<p>{html(answer.why_not.text)}</p>")
    for statement in (*answer.statements, *answer.near):
        links = " ".join(reference(turn, i, language) for i in statement.citations)
        parts.append(f"<p>{html(statement.text)} {links}</p>")
    parts.append(figures_html(answer, turn))
    if answer.calculation is not None:
        shown = answer.calculation
        parts.append(
            f'<p class="calculation"><span class="label">{texts.CALCULATION.in_(language)}</span> '
            f"{html(shown.expression)}</p>"
        )
    return "".join([*parts, "</section>"])


def _notes_html(sources: Sources, turn: int, language: Language) -> str:
    notes = []
    for finding, indexes in sources.notes:
        heading = texts.NOTES.get(finding.kind, texts.NOTE).in_(language)
        links = " ".join(reference(turn, i, language) for i in indexes)
        notes.append(
            f'<div class="note" role="note"><strong>{heading}</strong>'
            f"<p>{html(finding.message.in_(language))} {links}</p></div>"
        )
    return "".join(notes)


# ------------------------------------------------------------------ the choice


def _draw_choice(answer: Answer, turn: int, ask: Ask) -> None:
    documents = list(dict.fromkeys(c.document for c in answer.citations))
    question = answer.query.text if answer.query else ""
    st.html(f'<p class="label">{texts.CHOOSE.in_(answer.language)}</p>')
    with st.container(key=f"choice-{turn}", gap="xsmall"):
        for n, document in enumerate(documents):
            st.button(
                label(_describe(document)),
                key=f"choice-{turn}-{n}",
                on_click=ask,
                args=(narrowed(question, document, documents, answer.language),),
            )


def narrowed(
    question: str,
    document: CouncilDocument,
    among: Sequence[CouncilDocument],
    language: Language,
) -> str:
    """Return `question` asked of one document: by what tells it apart `among` the others."""
    others = [d for d in among if d.id != document.id]
    name = document.number or f"»{document.title}«"
    told = []
    if document.period and (
        not document.number or any(d.number == document.number for d in others)
    ):
        told.append(f"Budget {document.period}")
    if document.municipality and any(d.municipality != document.municipality for d in others):
        told.append(document.municipality)
    extra = f" ({', '.join(told)})" if told else ""
    asked = question.strip().rstrip("?").rstrip()
    return f"{asked} {'in' if language == 'en' else 'i'} {name}{extra}?"


def _describe(document: CouncilDocument) -> str:
    named = (document.number, document.title, document.municipality, document.period)
    return " · ".join(filter(None, named))
