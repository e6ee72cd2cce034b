"""One draft at work: its question, its text with the gate on, its evidence, its way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from draft.texts import STATUS
from draft.verdicts import Checked, Judged
from rag.answer import Citation
from rag.store.access import LOCAL
from rag.text.dates import spoken_date
from rag.types import Language, Place
from ui.drafts import texts
from ui.drafts.desk import choose, named, who
from ui.drafts.history import draw_history
from ui.drafts.letter import draw_fields, draw_out
from ui.drafts.marked import marked_html, outcome
from ui.fields import kept_field
from ui.panel import draw_places
from ui.safe import html, label
from ui.shared import page_language, trouble, troubles, user
from ui.sources import source_key

if TYPE_CHECKING:
    from draft.desk import Desk
    from draft.records import Draft


def draw_draft(desk: Desk, draft: Draft) -> None:
    """Draw a draft."""
    language = page_language()
    st.button(f"← {texts.BACK.in_(language)}", on_click=choose, args=[None], type="tertiary")
    _draw_question(draft, language)
    left, right = st.columns([3, 2], gap="large")
    with left:
        if draft.status != "sent":
            _draw_editor(desk, draft, language)
        checked = desk.check(draft.id)
        st.html(
            f'<p class="label">{texts.CHECKED.in_(language)}</p>'
            f'<p class="aside">{texts.CHECKED_HELP.in_(language)}</p>'
        )
        citations = _citations(checked)
        st.html(marked_html(checked, lambda j: _target(draft.id, j, checked, citations), language))
        draw_fields(desk, draft)
    with right:
        with st.container():
            _draw_held(desk, draft, checked, language)
        draw_out(desk, draft, checked)
        draw_places(desk.assistant, citations, _turn(draft.id), language)
    with left:  # last: precedents are searched for
        draw_history(desk, draft)


def _draw_question(draft: Draft, language: Language) -> None:
    inquiry = draft.case.inquiry
    asked = f", {spoken_date(inquiry.asked, language)}" if inquiry.asked else ""
    asker = inquiry.who or texts.UNKNOWN_ASKER.in_(language)
    owner = html(named(draft.owner, language))
    st.html(
        f"<h1>{draft.id}. {html(' – '.join(filter(None, [asker, inquiry.subject])))}</h1>"
        f'<p class="aside"><span class="status {draft.status}">'
        f"{STATUS[draft.status].in_(language)}</span> {owner}{asked}</p>"
        f'<blockquote lang="da">{html(inquiry.words)}</blockquote>'
    )
    if draft.case.notes:
        told = "".join(f"<p>{html(note.in_(language))}</p>" for note in draft.case.notes)
        title = texts.NOTES.in_(language)
        st.html(f'<div class="note"><strong>{title}</strong>{told}</div>')


# ------------------------------------------------------------------- the text


def _draw_editor(desk: Desk, draft: Draft, language: Language) -> None:
    """Draw the text to edit; a version saved elsewhere meanwhile is shown, none is lost."""
    by = who()
    field = kept_field(
        f"text-{draft.id}",
        lambda: desk.drafts.versions(draft.id)[-1].text,
        lambda text: desk.edit(draft.id, text, by),
    )
    with st.container():  # a note that comes or goes moves nothing below it
        if field.trouble:
            trouble(field.trouble)
        if field.crossed:
            before = desk.drafts.versions(draft.id)[-2]
            told = texts.MEANWHILE.in_(language).format(who=named(before.author, language))
            st.html(f'<div class="note" role="status"><p>{html(told)}</p></div>')
    st.text_area(
        texts.TEXT.in_(language),
        field.stored,
        height=420,
        key=field.key,
        help=texts.TEXT_HELP.in_(language),
        persist_state="session",
    )


# --------------------------------------------------------------- the evidence


def _citations(checked: Checked) -> list[Citation]:
    """Return the places that bear the text out, each once, what is leaned on in it marked."""
    found: dict[Place, Citation] = {}
    for cited in (j.verdict.bearing for j in checked.judged if j.verdict.bearing):
        before = found.get(cited.place, cited).mark
        start, end = min(before.start, cited.mark.start), max(before.end, cited.mark.end)
        found[cited.place] = replace(cited, mark=replace(cited.mark, start=start, end=end))
    return list(found.values())


def _target(id: int, judged: Judged, checked: Checked, citations: Sequence[Citation]) -> str:
    cited = judged.verdict.bearing
    if cited is not None:
        return source_key(_turn(id), [c.place for c in citations].index(cited.place))
    unfound = [j for j in checked.judged if j.verdict.bearing is None]
    return _held_key(id, unfound.index(judged))


def _turn(id: int) -> str:
    return f"draft-{id}"


def _held_key(id: int, number: int) -> str:
    return f"source-held-{id}-{number + 1}"


def _draw_held(desk: Desk, draft: Draft, checked: Checked, language: Language) -> None:
    """Draw what no document bears out: why, and the way to let it stand by name."""
    if not checked.held:
        st.html(f'<p class="draft-well">✓ {texts.ALL_WELL.in_(language)}</p>')
    else:
        st.html(f'<p class="label">{texts.HELD.in_(language)}</p>')
    for number, judged in enumerate(j for j in checked.judged if j.verdict.bearing is None):
        key = _held_key(draft.id, number)
        words = " ".join(judged.verdict.words.split())
        sign = "✗" if judged.held else "○"
        with st.container(key=key), st.expander(f"{sign} **{label(words)}**", expanded=judged.held):
            st.html(f"<p>{html(outcome(judged, language))}</p>")
            st.html(f'<p class="aside" lang="da">»{html(judged.sentence)}«</p>')
            if judged.held and draft.status != "sent":
                _draw_acceptance(desk, draft.id, judged, key, language)


def _draw_acceptance(desk: Desk, id: int, judged: Judged, key: str, language: Language) -> None:
    with st.form(f"accept-{key}", border=False):
        signed_in = user() != LOCAL
        name = st.text_input(
            texts.NAME.in_(language), who() if signed_in else "", disabled=signed_in
        )
        reason = st.text_input(texts.REASON.in_(language))
        if st.form_submit_button(texts.ACCEPT.in_(language)):
            with troubles():
                desk.accept(id, judged, name, reason)
                st.rerun()
