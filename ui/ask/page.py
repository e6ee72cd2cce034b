"""The chat: a conversation about the documents, each answer beside its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from rag.answer import Statement
from rag.query import EVERYTHING
from rag.types import Language, Text
from ui.ask import texts
from ui.ask.answer import draw_questions, statements_html
from ui.ask.examples import examples
from ui.ask.exchange import Exchange, answer, exchanges, put, resume, start_anew, titled
from ui.ask.history import draw_history
from ui.ask.narrow import draw_chips, draw_choice, widen, within
from ui.ask.turn import draw_turn
from ui.meaning import draw_meaning
from ui.safe import html
from ui.shared import assistant, empty, page_language, troubles

if TYPE_CHECKING:
    from rag.chain import Assistant

_BOX = "box"


def page() -> None:
    """Draw the page."""
    with troubles():
        asked = assistant()
        if not asked.catalogue.document_count():
            folder = Text("min-mappe", "my-folder").in_(page_language())
            empty(texts.EMPTY, texts.EMPTY_HOW, f"raadsvar ingest {folder}")
            return
        with troubles():
            resume()
        # Drawn first: the box is there while a question is answered.
        st.chat_input(texts.ASK.in_(page_language()), key=_BOX, on_submit=_submitted)
        _draw_tools(asked)
        if not exchanges():
            _draw_welcome(asked)
        for exchange in exchanges():
            _draw(asked, exchange)


def _submitted() -> None:
    if question := (st.session_state[_BOX] or "").strip():
        put(question, within())


def _ask(question: str) -> None:
    put(question, within())


def _ask_everything(question: str) -> None:
    widen()
    put(question, EVERYTHING)


def _draw_tools(asked: Assistant) -> None:
    """Draw the conversation's title, and what belongs to all of it."""
    language = page_language()
    with st.container(key="tools", horizontal=True, vertical_alignment="center"):
        if exchanges():
            with troubles():
                st.html(f'<h1 class="title">{html(titled())}</h1>', width="stretch")
            st.button(texts.NEW.in_(language), key="new", on_click=start_anew, type="tertiary")
        with troubles():
            draw_history()
        draw_choice(asked.catalogue.documents())
    draw_chips()


def _draw_welcome(asked: Assistant) -> None:
    language = page_language()
    st.html(
        f'<section class="welcome"><h1>{texts.WELCOME.in_(language)}</h1>'
        f"<p>{texts.PROMISE.in_(language)}</p></section>"
    )
    offered = _examples(asked, language)
    draw_questions(texts.EXAMPLES.in_(language), offered, "examples", _ask)
    count = asked.catalogue.document_count()
    st.html(f'<p class="aside">{count} {texts.COLLECTION.in_(language)}</p>')
    draw_meaning()


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


def _draw(asked: Assistant, exchange: Exchange) -> None:
    language, question = page_language(), html(exchange.question)
    named = texts.QUESTION.in_(language)
    # A container each, also for what stands there only while it is answered: what is drawn
    # later keeps its place, and no earlier answer shows through below a new question.
    with st.container(key=f"exchange-{exchange.number}"):
        st.html(
            f'<h2 class="question" data-number="{exchange.number}">'
            f'<span class="unseen">{named}: </span>{question}</h2>'
        )
        with st.container():
            if exchange.waiting:
                _answer(asked, exchange)
        last = exchange is exchanges()[-1]
        draw_turn(exchange, last, _ask, _ask_everything, _instead(asked, exchange))


def _answer(asked: Assistant, exchange: Exchange) -> None:
    """Answer an exchange; what a language model writes is shown sentence by sentence."""
    told: list[Statement] = []
    place = st.empty()

    def hear(statement: Statement) -> None:
        told.append(statement)
        shown = statements_html(told, exchange.number, page_language())
        place.html(f'<section class="answer">{shown}</section>')

    with st.spinner(texts.WORKING.in_(page_language())), troubles():
        answer(asked, exchange, hear)
    place.empty()


def _instead(asked: Assistant, exchange: Exchange) -> tuple[str, ...]:
    """Return what could be asked where nothing was found: of the same document, else of any.

    Nothing, where the question was kept to a part: the rest may well answer it.
    """
    given = exchange.answer
    if given is None or given.status != "not_found" or exchange.within.names:
        return ()
    numbers = given.query.numbers if given.query else ()
    same = _examples(asked, given.language, numbers) if numbers else ()
    return same or _examples(asked, given.language)
