"""The letter's fields, and the ways out of the house."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from draft.verdicts import Checked
from rag.types import Language, Text
from ui.drafts import texts
from ui.drafts.desk import send, who
from ui.fields import kept_field
from ui.safe import html
from ui.shared import page_language, trouble, troubles

if TYPE_CHECKING:
    from draft.desk import Desk
    from draft.records import Draft

_WAYS = {
    "docx": (
        texts.AS_WORD,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "pdf": (texts.AS_PDF, "application/pdf"),
    "txt": (texts.AS_TEXT, "text/plain"),
}


def draw_fields(desk: Desk, draft: Draft) -> None:
    """Draw the fields of the letter, kept as they are left."""
    language, by = page_language(), who()
    with st.expander(texts.FIELDS.in_(language)):
        for name, told in texts.FIELD_NAMES.items():
            field = kept_field(
                f"field-{draft.id}-{name}",
                partial(_filled, desk, draft.id, name),
                partial(desk.fill, draft.id, name, by=by),
            )
            st.text_input(
                told.in_(language),
                field.stored,
                key=field.key,
                disabled=draft.status == "sent",
                persist_state="session",
            )
            with st.container():
                if field.trouble:
                    trouble(field.trouble)


def _filled(desk: Desk, id: int, name: str) -> str:
    case = desk.drafts.get(id).case
    asked = f"{case.inquiry.asked:%d-%m-%Y}" if case.inquiry.asked else ""
    known = {"spoerger": case.inquiry.who, "spurgt": asked, "emne": case.inquiry.subject}
    return known.get(name, case.fields.get(name, ""))


def draw_out(desk: Desk, draft: Draft, checked: Checked) -> None:
    """Draw the exports, held while the text is, and the steps to sent."""
    language, held = page_language(), bool(checked.held)
    st.html(f'<p class="label">{texts.OUT.in_(language)}</p>')
    with st.container():
        notes = _draw_notes(draft, checked, language)
    with st.container(horizontal=True):
        for kind, (told_as, media) in _WAYS.items():
            _draw_export(desk, draft, kind, told_as, media, held, notes, language)
    if draft.status == "sent":
        st.html(f'<p class="draft-well">✓ {texts.SENT.in_(language)}</p>')
    else:
        _draw_steps(desk, draft, checked, language)


def _draw_notes(draft: Draft, checked: Checked, language: Language) -> bool:
    """Draw what is to be known before the letter goes out; return whether it tells it too."""
    if checked.held:
        why = texts.WHY_HELD_ONE if len(checked.held) == 1 else texts.WHY_HELD
        told = why.in_(language).format(n=len(checked.held))
        st.html(f'<div class="note trouble" role="status"><p>{html(told)}</p></div>')
    if checked.marks:
        marks = texts.MARK if len(checked.marks) == 1 else texts.MARKS
        told = marks.in_(language).format(n=len(checked.marks))
        st.html(f'<div class="note"><p>{html(told)}</p></div>')
    if not any(j.accepted for j in checked.judged):
        return False
    return st.checkbox(texts.WITH_NOTES.in_(language), key=f"notes-{draft.id}")


def _draw_export(
    desk: Desk,
    draft: Draft,
    kind: str,
    told: Text,
    media: str,
    held: bool,
    notes: bool,
    language: Language,
) -> None:
    missing = kind == "pdf" and not (shutil.which("soffice") or shutil.which("libreoffice"))
    st.download_button(
        told.in_(language),
        partial(desk.export, draft.id, kind, who(), notes),
        f"politikersvar-{draft.id}.{kind}",
        media,
        key=f"export-{draft.id}-{kind}",
        disabled=held or missing,
        help=texts.NO_OFFICE.in_(language) if missing else None,
        on_click="ignore",
    )


def _draw_steps(desk: Desk, draft: Draft, checked: Checked, language: Language) -> None:
    held = bool(checked.held)
    with st.container(horizontal=True):
        if draft.owner != who() and st.button(texts.TAKE.in_(language), key=f"take-{draft.id}"):
            desk.take_over(draft.id, who())
            st.rerun()
        if draft.status != "checked" and st.button(
            texts.APPROVE.in_(language), key=f"approve-{draft.id}", disabled=held
        ):
            with troubles():
                desk.approve(draft.id, who())
                st.rerun()
        if st.button(
            texts.SEND.in_(language),
            key=f"send-{draft.id}",
            disabled=held or bool(checked.marks),
            help=texts.SEND_HELP.in_(language),
        ):
            with troubles():
                send(draft.id, who())
                st.rerun()
