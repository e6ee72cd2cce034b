"""Draws an answer: how the question was understood, its sentences, figures, calculation, notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from rag.answer import Answer, Statement
from rag.types import CouncilDocument, Language
from ui import texts as shared_texts
from ui.ask import texts
from ui.ask.chart import draw_chart
from ui.ask.figures import figures_html
from ui.ask.understood import understood_html
from ui.safe import html, label
from ui.sources import Sources, reference

Ask = Callable[[str], None]
"""Asks a question of the assistant, as the next turn."""


def draw_answer(
    question: str, answer: Answer, sources: Sources, number: int, ask: Ask, instead: Sequence[str]
) -> None:
    """Draw answer `number`; `instead` are questions to offer where it found nothing."""
    language = answer.language
    st.html(_answer_html(question, answer, number))
    draw_chart(answer, number)
    if shown := calculations(answer):
        with st.expander(texts.CALCULATION.in_(language), key=f"calculation-{number}"):
            st.html("".join(f'<p class="calculation">{html(each)}</p>' for each in shown))
    if answer.status == "ambiguous":
        _draw_choice(answer, number, ask)
    if answer.status == "not_found":
        draw_questions(texts.INSTEAD.in_(language), instead, f"instead-{number}", ask)
    _draw_notes(sources, number, language)


def calculations(answer: Answer) -> tuple[str, ...]:
    """Return the arithmetic of an answer, of it all or of each sentence."""
    every = (answer.calculation, *(s.calculation for s in answer.statements))
    return tuple(dict.fromkeys(c.expression for c in every if c))


def draw_questions(heading: str, questions: Sequence[str], key: str, ask: Ask) -> None:
    """Draw questions as buttons that ask them."""
    if not questions:
        return
    st.html(f'<p class="label">{html(heading)}</p>')
    with st.container(key=key, gap="xsmall"):
        for n, question in enumerate(questions):
            _draw_question(label(question), f"{key}-{n}", ask, question)


def statements_html(statements: Sequence[Statement], number: int, language: Language) -> str:
    """Return the sentences of answer `number`, each with its references."""
    parts = []
    for statement in statements:
        links = " ".join(reference(number, i, language) for i in statement.citations)
        parts.append(f"<p>{_marked(statement)} {links}</p>")
    return "".join(parts)


def _marked(statement: Statement) -> str:
    """Return a sentence with the words of its quotation that answer in strong type."""
    before, quote, told = statement.text.partition("»")
    start = told.find(statement.answer) if statement.answer else -1
    if start < 0:
        return html(statement.text)
    end = start + len(statement.answer)
    return (
        f"{html(before + quote + told[:start])}<strong>{html(told[start:end])}</strong>"
        f"{html(told[end:])}"
    )


def _draw_question(shown: str, key: str, ask: Ask, question: str) -> None:
    # In a fragment: the click reruns that alone, and what it asks is drawn by the whole page.
    if st.button(shown, key=key):
        ask(question)
        st.rerun()


def _answer_html(question: str, answer: Answer, number: int) -> str:
    language = answer.language
    parts = [understood_html(answer.query, question, language) if answer.query else ""]
    if answer.status == "not_found":
        parts.append(f'<p class="label">{texts.NOT_FOUND.in_(language)}</p>')
    if answer.why_not is not None:
        parts.append(f"<p>{html(answer.why_not.text)}</p>")
    parts.append(statements_html((*answer.statements, *answer.near), number, language))
    parts.append(figures_html(answer, number))
    named = texts.ANSWER.in_(language)
    return (
        f'<section class="answer" lang="{language}" aria-label="{named} {number}">'
        f"{''.join(parts)}</section>"
    )


def _draw_notes(sources: Sources, number: int, language: Language) -> None:
    """Draw the findings; more than two are folded in after the first."""
    notes = [
        _note_html(finding.kind, finding.message.in_(language), indexes, number, language)
        for finding, indexes in sources.notes
    ]
    if len(notes) < 3:
        st.html("".join(notes)) if notes else None
        return
    st.html(notes[0])
    more = f"{len(notes) - 1} {texts.SEVERAL_FINDINGS.in_(language)}"
    with st.expander(more, key=f"notes-{number}"):
        st.html("".join(notes[1:]))


def _note_html(
    kind: str, message: str, indexes: Sequence[int], number: int, language: Language
) -> str:
    heading = shared_texts.NOTES.get(kind, shared_texts.NOTE).in_(language)
    links = " ".join(reference(number, i, language) for i in indexes)
    return (
        f'<div class="note" role="note"><strong>{heading}</strong>'
        f"<p>{html(message)} {links}</p></div>"
    )


# ------------------------------------------------------------------ the choice


def _draw_choice(answer: Answer, number: int, ask: Ask) -> None:
    documents = list(dict.fromkeys(c.document for c in answer.citations))
    question = answer.query.text if answer.query else ""
    st.html(f'<p class="label">{texts.CHOOSE.in_(answer.language)}</p>')
    with st.container(key=f"choice-{number}", gap="xsmall"):
        for n, document in enumerate(documents):
            asked = narrowed(question, document, documents, answer.language)
            _draw_question(label(_describe(document)), f"choice-{number}-{n}", ask, asked)


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
