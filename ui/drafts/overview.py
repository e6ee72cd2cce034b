"""The list of drafts by due date, and the form that makes a new one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from draft.texts import STATUS
from rag.errors import InputError
from rag.types import Language
from ui.drafts import texts
from ui.drafts.desk import choose, named, text_of, who
from ui.safe import html
from ui.shared import empty, name_uploader, page_language, troubles

if TYPE_CHECKING:
    from draft.desk import Desk
    from draft.records import Draft

_WORDS, _FILE, _ASKER, _ASKED, _DUE = (
    f"new-draft-{n}" for n in "words file asker asked due".split()
)
_LARGEST = 20  # MB
_KINDS = ["docx", "pdf", "txt", "eml", "md", "html"]


def draw_new(desk: Desk) -> None:
    """Draw the form of a new draft."""
    language = page_language()
    with st.form("new-draft", border=True):
        st.text_area(
            texts.QUESTION.in_(language),
            key=_WORDS,
            height=140,
            help=texts.QUESTION_HELP.in_(language),
        )
        name_uploader(language)
        st.file_uploader(texts.FILE.in_(language), _KINDS, key=_FILE, max_upload_size=_LARGEST)
        asker, asked, due = st.columns(3)
        asker.text_input(
            texts.ASKER.in_(language),
            key=_ASKER,
            placeholder=texts.ASKER_EXAMPLE.in_(language),
        )
        asked.date_input(texts.ASKED.in_(language), None, key=_ASKED, format="DD-MM-YYYY")
        due.date_input(texts.DUE.in_(language), None, key=_DUE, format="DD-MM-YYYY")
        made = st.form_submit_button(texts.MAKE.in_(language), type="primary")
    if made:
        with troubles(), st.spinner(texts.WORKING.in_(language)):
            choose(_make(desk))
            st.rerun()


def _make(desk: Desk) -> int:
    from draft.inquiry import amended, read_inquiry

    given = st.session_state
    uploaded, words = given.get(_FILE), str(given.get(_WORDS) or "")
    if uploaded is not None:
        words = "\n".join(filter(None, [words, text_of(uploaded.name, uploaded.getvalue())]))
    if not words.strip():
        raise InputError(texts.NOTHING)
    asked: dt.date | None = given.get(_ASKED)
    told = given.get(_ASKER) or "", "", asked.isoformat() if asked else "", ""
    return desk.open(amended(read_inquiry(words), *told), who(), given.get(_DUE))


def draw_overview(desk: Desk) -> None:
    """Draw the drafts: what is not sent first, by due date."""
    drafts = desk.drafts.all()
    if not drafts:
        empty(texts.NONE_YET, texts.NONE_YET_HOW)
        return
    language = page_language()
    for draft in drafts:
        with st.container(
            key=f"draft-row-{draft.id}", horizontal=True, vertical_alignment="center"
        ):
            st.html(_row(draft, language), width="stretch")
            st.button(
                texts.OPEN.in_(language), key=f"open-{draft.id}", on_click=choose, args=[draft.id]
            )


def _row(draft: Draft, language: Language) -> str:
    inquiry = draft.case.inquiry
    asker = inquiry.who or texts.UNKNOWN_ASKER.in_(language)
    about = inquiry.subject or inquiry.words
    owner = html(named(draft.owner, language))
    return (
        f'<p class="draft-row"><span class="status {draft.status}">'
        f"{STATUS[draft.status].in_(language)}</span> <strong>{draft.id}. {html(asker)}</strong> "
        f'{html(about[:110])}<br><span class="aside">{owner}{_due(draft, language)}</span></p>'
    )


def _due(draft: Draft, language: Language) -> str:
    if draft.due is None:
        return ""
    late = draft.due < dt.date.today() and draft.status != "sent"
    told = f" · {texts.DUE.in_(language).lower()} {draft.due:%d-%m-%Y}"
    return f'{told} <span class="late">{texts.LATE.in_(language)}</span>' if late else told
