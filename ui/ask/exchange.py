"""The conversation that is open: its exchanges, asked here or kept from before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import streamlit as st

from rag.answer import Answer, Heard
from rag.errors import RaadsvarError, RecordsError
from rag.query import EVERYTHING, Filter, Turn
from rag.redraw import as_seen, told_by
from rag.store.conversations import Conversations, KeptTurn, Verdict
from rag.store.told import Told
from rag.text.personal import mask
from rag.types import Text
from ui.shared import chosen_language, number_of, records, unforeseen, user

if TYPE_CHECKING:
    from rag.chain import Assistant

ADDRESS = "samtale"
"""The part of the page's address that names the open conversation: a reload keeps it."""

_OPEN, _EXCHANGES, _COUNT = "conversation", "exchanges", "exchange_count"
_TITLE = 70  # characters


@dataclass
class Exchange:
    """A question, and what came of it: an answer, what went wrong, or nothing yet.

    `number` is its own in this session. `form` is the answer as JSON, where that
    is all that is left of it; `turn` is its id in the records. `told` are the documents
    that it tells of, None where that was not kept.
    """

    number: int
    question: str
    within: Filter = EVERYTHING
    answer: Answer | None = None
    error: Text | None = None
    form: dict[str, Any] | None = None
    turn: int | None = None
    verdict: Verdict | None = None
    told: tuple[Told, ...] | None = None

    @property
    def waiting(self) -> bool:
        """Whether nothing has come of it yet."""
        return self.answer is None and self.error is None and self.form is None


def conversations() -> Conversations:
    """Return the conversations of who uses this session. Raises RecordsError."""
    return Conversations(records(), user().id)


def exchanges() -> list[Exchange]:
    """Return the exchanges of the open conversation."""
    kept: list[Exchange] = st.session_state.setdefault(_EXCHANGES, [])
    return kept


def opened() -> int | None:
    """Return the open conversation's id, None where nothing was asked yet."""
    kept: int | None = st.session_state.get(_OPEN)
    return kept


def titled() -> str:
    """Return the title of the open conversation: its own, or the question it begins with."""
    conversation = opened()
    kept = conversations().title(conversation) if conversation is not None else None
    return kept or shorten(exchanges()[0].question, _TITLE, placeholder=" …")


def resume() -> None:
    """Open the conversation that a new session's address names; later, name the open one there."""
    named = st.query_params.get(ADDRESS, "")
    number = number_of(named)
    if _OPEN not in st.session_state:
        st.session_state[_OPEN] = None
        if number is not None:
            open_conversation(number)
    if opened() is not None:
        st.query_params[ADDRESS] = str(opened())
    elif named:
        del st.query_params[ADDRESS]


def open_conversation(conversation: int) -> None:
    """Show a conversation kept before; one that is not there leaves an empty page."""
    turns = conversations().turns(conversation)
    st.session_state[_OPEN] = conversation if turns else None
    st.session_state[_EXCHANGES] = [_kept(turn) for turn in turns]


def start_anew() -> None:
    """Leave the open conversation for an empty page."""
    st.session_state[_OPEN], st.session_state[_EXCHANGES] = None, []


def put(question: str, within: Filter) -> None:
    """Add a question to the conversation, to be answered, without any personal number in it."""
    exchanges().append(Exchange(_number(), mask(question), within))


def answer(asked: Assistant, exchange: Exchange, heard: Heard) -> None:
    """Answer an exchange from those before it, and keep it. Whatever happens, it is told there.

    Raises RecordsError where the answer could not be kept; it is there all the same.
    """
    earlier = exchanges()[: exchanges().index(exchange)]
    try:
        exchange.answer = asked.ask(
            *(exchange.question, _history(asked, earlier), chosen_language()),
            *(exchange.within, heard),
        )
    except RaadsvarError as error:
        exchange.error = error.message
    except Exception as error:  # the conversation stays, whatever one question meets
        exchange.error = unforeseen(error)
    if exchange.answer is not None:
        exchange.told = told_by(exchange.question, exchange.answer, asked.catalogue)
        _keep(exchange, exchange.answer)


def _history(asked: Assistant, earlier: Sequence[Exchange]) -> list[Turn]:
    """Return earlier turns; of answers, what the reader may still see."""
    seen = [e.answer and as_seen(e.answer, asked.catalogue, e.told) for e in earlier]
    return [Turn(e.question, a.text if a else None) for e, a in zip(earlier, seen, strict=True)]


def _keep(exchange: Exchange, given: Answer) -> None:
    mine = conversations()
    if opened() is None:
        title = shorten(exchange.question, _TITLE, placeholder=" …") or exchange.question[:_TITLE]
        st.session_state[_OPEN] = mine.start(title)
    conversation = opened()
    try:
        exchange.turn = mine.add(conversation or 0, exchange.question, given, exchange.told)
    except RecordsError:
        # Deleted for good in another window: what is on the page is a new one.
        st.session_state[_OPEN] = None
        raise
    st.query_params[ADDRESS] = str(conversation)


def _kept(turn: KeptTurn) -> Exchange:
    within = turn.answer.query.within if turn.answer and turn.answer.query else EVERYTHING
    form = None if turn.answer else turn.form
    return Exchange(
        *(_number(), turn.question, within, turn.answer, None, form, turn.id, turn.verdict),
        told=turn.told,
    )


def _number() -> int:
    number: int = st.session_state.get(_COUNT, 0) + 1
    st.session_state[_COUNT] = number
    return number
