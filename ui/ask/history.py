"""The user's conversations: search, open, rename, delete and have back."""

from __future__ import annotations

import streamlit as st

from rag.store.conversations import Conversation
from ui.ask import texts
from ui.ask.exchange import conversations, open_conversation, opened, start_anew
from ui.safe import html, label
from ui.shared import page_language, troubles

_MOST = 20
_RENAMED, _DELETED = "renamed_conversation", "deleted_conversation"


def draw_history() -> None:
    """Draw the conversations, in a list that opens."""
    language = page_language()
    listed = st.popover(
        texts.CONVERSATIONS.in_(language), key="conversations", type="tertiary", on_change="rerun"
    )
    if not listed.open:
        return
    with listed:
        search = st.text_input(texts.SEARCH.in_(language), key="conversations-search")
        _draw_undo()
        found = conversations().all(search)
        if not found:
            nothing = texts.NO_MATCH if search else texts.NO_CONVERSATIONS
            st.html(f'<p class="aside">{nothing.in_(language)}</p>')
        for conversation in found[:_MOST]:
            if st.session_state.get(_RENAMED) == conversation.id:
                _draw_renaming(conversation)
            else:
                _draw_conversation(conversation)
        if len(found) > _MOST:
            more = f"{len(found) - _MOST} {texts.MORE.in_(language)}"
            st.html(f'<p class="aside">{more}</p>')


def _draw_conversation(conversation: Conversation) -> None:
    language, id, title = page_language(), conversation.id, conversation.title
    with st.container(key=f"conversation-{id}", horizontal=True, vertical_alignment="center"):
        named = label(title)
        shown = f"**{named}**" if id == opened() else named
        st.button(
            shown, key=f"open-{id}", type="tertiary", on_click=_open, args=(id,), width="stretch"
        )
        for what, call, key in (
            (texts.RENAME, _start_renaming, f"rename-{id}"),
            (texts.DELETE, _delete, f"delete-{id}"),
        ):
            st.button(
                what.in_(language),
                key=key,
                type="tertiary",
                on_click=call,
                args=(conversation,),
                help=f"{what.in_(language)} »{named}«",
            )


def _draw_renaming(conversation: Conversation) -> None:
    language = page_language()
    with st.form(f"renaming-{conversation.id}", border=False):
        title = st.text_input(texts.TITLE.in_(language), conversation.title, max_chars=200)
        with st.container(horizontal=True):
            saved = st.form_submit_button(texts.SAVE.in_(language), type="primary")
            cancelled = st.form_submit_button(texts.CANCEL.in_(language))
    if saved and title.strip():
        conversations().rename(conversation.id, " ".join(title.split()))
    if saved or cancelled:
        del st.session_state[_RENAMED]
        st.rerun()


def _draw_undo() -> None:
    deleted: Conversation | None = st.session_state.get(_DELETED)
    if deleted is None:
        return
    language = page_language()
    with st.container(key="undo", horizontal=True, vertical_alignment="center"):
        told = f"»{html(deleted.title)}« {texts.DELETED.in_(language)}"
        st.html(f'<p class="aside" role="status">{told}</p>', width="stretch")
        st.button(texts.UNDO.in_(language), key="undo-button", on_click=_restore)


def _open(conversation: int) -> None:
    with troubles():
        open_conversation(conversation)


def _start_renaming(conversation: Conversation) -> None:
    st.session_state[_RENAMED] = conversation.id


def _delete(conversation: Conversation) -> None:
    with troubles():
        conversations().delete(conversation.id)
        st.session_state[_DELETED] = conversation
        if opened() == conversation.id:
            start_anew()


def _restore() -> None:
    with troubles():
        conversations().restore(st.session_state.pop(_DELETED).id)
