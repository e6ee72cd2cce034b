"""The chat: a conversation about the documents, each answer with its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import RaadsvarError
from rag.types import Answer, Language, Text, Turn
from ui import texts
from ui.ask.answer import draw_answer, draw_questions
from ui.ask.examples import examples
from ui.safe import html
from ui.shared import (
    assistant,
    chosen_language,
    empty,
    page_language,
    trouble,
    troubles,
    unforeseen,
)

if TYPE_CHECKING:
    from rag.chain import Assistant

_TURNS, _BOX = "turns", "box"


@dataclass
class Exchange:
    """A question, and what came of it: an answer, what went wrong, or nothing yet."""

    question: str
    answer: Answer | None = None
    error: Text | None = None


def page() -> None:
    """Draw the page."""
    with troubles():
        asked = assistant()
        if not asked.catalogue.documents():
            folder = Text("min-mappe", "my-folder").in_(page_language())
            empty(texts.EMPTY, texts.EMPTY_HOW, f"raadsvar ingest {folder}")
            return
        # Drawn first: the box is there while a question is answered.
        st.chat_input(texts.ASK.in_(page_language()), key=_BOX, on_submit=_submitted)
        if _turns():
            st.button(texts.NEW.in_(page_language()), key="new", on_click=_forget, type="tertiary")
        else:
            _draw_welcome(asked)
        for number, exchange in enumerate(_turns(), start=1):
            _draw(asked, number, exchange)


def _turns() -> list[Exchange]:
    turns: list[Exchange] = st.session_state.setdefault(_TURNS, [])
    return turns


def _ask(question: str) -> None:
    _turns().append(Exchange(question))


def _submitted() -> None:
    if question := (st.session_state[_BOX] or "").strip():
        _ask(question)


def _forget() -> None:
    st.session_state[_TURNS] = []


def _draw_welcome(asked: Assistant) -> None:
    language = page_language()
    st.html(
        f'<section class="welcome"><h1>{texts.WELCOME.in_(language)}</h1>'
        f"<p>{texts.PROMISE.in_(language)}</p></section>"
    )
    offered = _examples(asked, language)
    draw_questions(texts.EXAMPLES.in_(language), offered, "examples", _ask)
    count = len(asked.catalogue.documents())
    st.html(f'<p class="aside">{count} {texts.COLLECTION.in_(language)}</p>')


def _examples(
    asked: Assistant, language: Language, numbers: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return questions to offer, kept until the collection changes."""
    collection = tuple(d.id for d in asked.catalogue.documents())
    return _kept_examples(asked, language, numbers, str(asked.home.folder), collection)


@st.cache_data(show_spinner=False, max_entries=64)
def _kept_examples(
    _asked: Assistant,
    language: Language,
    numbers: tuple[str, ...],
    folder: str,
    collection: tuple[str, ...],
) -> tuple[str, ...]:
    def answered(question: str) -> bool:
        return _asked.ask(question, (), language).status == "answered"

    return examples(_asked.catalogue, language, answered, numbers)


def _draw(asked: Assistant, number: int, exchange: Exchange) -> None:
    language = page_language()
    st.html(
        f'<h2 class="question" aria-label="{texts.QUESTION.in_(language)}: '
        f'{html(exchange.question)}">{html(exchange.question)}</h2>'
    )
    if exchange.answer is None and exchange.error is None:
        with st.spinner(texts.WORKING.in_(language)):
            _answer(asked, number, exchange)
    if exchange.error is not None:
        trouble(exchange.error)
    elif exchange.answer is not None:
        instead = _instead(asked, exchange.answer)
        draw_answer(asked, exchange.answer, number, _ask, instead)


def _answer(asked: Assistant, number: int, exchange: Exchange) -> None:
    history = [
        Turn(e.question, e.answer.text if e.answer else None) for e in _turns()[: number - 1]
    ]
    try:
        exchange.answer = asked.ask(exchange.question, history, chosen_language())
    except RaadsvarError as error:
        exchange.error = error.message
    except Exception as error:  # the conversation stays, whatever one question meets
        exchange.error = unforeseen(error)


def _instead(asked: Assistant, answer: Answer) -> tuple[str, ...]:
    """Return what could be asked where nothing was found: of the same document, else of any."""
    if answer.status != "not_found":
        return ()
    language: Language = answer.language
    numbers = answer.query.numbers if answer.query else ()
    same = _examples(asked, language, numbers) if numbers else ()
    return same or _examples(asked, language)
