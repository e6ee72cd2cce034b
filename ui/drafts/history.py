"""What came before a draft, and what it has been: precedents, versions, its record."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from draft.precedents import dated
from draft.versions import difference
from rag.types import Language
from ui.drafts import texts
from ui.drafts.desk import named, who
from ui.safe import html
from ui.shared import page_language, troubles

if TYPE_CHECKING:
    from draft.desk import Desk
    from draft.records import Draft

_LINES = {"- ": "del", "+ ": "ins"}


def draw_history(desk: Desk, draft: Draft) -> None:
    """Draw the three beside each other, as tabs."""
    language = page_language()
    names = (texts.PRECEDENTS, texts.VERSIONS, texts.RECORD)
    before, versions, record = st.tabs([name.in_(language) for name in names])
    with before:
        _draw_precedents(desk, draft, language)
    with versions:
        _draw_versions(desk, draft, language)
    with record:
        _draw_record(desk, draft, language)


def _draw_precedents(desk: Desk, draft: Draft, language: Language) -> None:
    found = desk.precedents(draft)
    if not found:
        st.html(f'<p class="aside">{texts.NO_PRECEDENTS.in_(language)}</p>')
    for p in found:
        told = " · ".join(filter(None, [p.document.asker, dated(p)]))
        warned = "".join(f"<p>⚠ {html(w.in_(language))}</p>" for w in p.warnings)
        note = f'<div class="note">{warned}</div>' if warned else ""
        well = "" if warned else f'<p class="aside">✓ {texts.HOLDS.in_(language)}</p>'
        st.html(
            f"<p><strong>{html(p.document.title)}</strong><br>"
            f'<span class="aside">{html(told)}</span></p>{note}{well}'
            f'<blockquote lang="da">{html(p.answered)}</blockquote>'
        )


def _draw_versions(desk: Desk, draft: Draft, language: Language) -> None:
    found = desk.drafts.versions(draft.id)
    for version in reversed(found):
        with st.container(horizontal=True, vertical_alignment="center"):
            author = named(version.author, language)
            told = f"{version.number}. {_when(version.created)} {author} {version.note}"
            st.html(f"<p>{html(told)}</p>", width="stretch")
            if version is found[-1]:
                continue
            key = f"{draft.id}-{version.number}"
            compared = st.toggle(texts.COMPARE.in_(language), key=f"compare-{key}")
            if draft.status != "sent" and st.button(
                texts.RESTORE.in_(language), key=f"restore-{key}"
            ):
                with troubles():
                    desk.restore(draft.id, version.number, who())
                    st.rerun()
        if version is not found[-1] and compared:
            st.html(_difference(version.text, found[-1].text))
    if draft.status != "sent" and st.button(
        texts.AGAIN.in_(language), key=f"again-{draft.id}", help=texts.AGAIN_HELP.in_(language)
    ):
        with troubles(), st.spinner(texts.WORKING.in_(language)):
            desk.again(draft.id, who())
            st.rerun()


def _difference(before: str, after: str) -> str:
    lines = []
    for line in difference(before, after):
        tag = _LINES.get(line[:2], "span")
        lines.append(f"<{tag}>{html(line)}</{tag}>")
    joined = "\n".join(lines)
    return f'<pre class="difference" lang="da">{joined}</pre>'


def _draw_record(desk: Desk, draft: Draft, language: Language) -> None:
    events = [
        (e.created, f"{texts.EVENTS[e.what].in_(language)} {e.detail}", e.by)
        for e in desk.drafts.events(draft.id)
    ]
    events += [
        (a.at or draft.created, f"{texts.ACCEPT.in_(language)}: {a.words} ({a.reason})", a.by)
        for a in desk.drafts.acceptances(draft.id)
    ]
    rows = "".join(
        f"<tr><td>{_when(at)}</td><td>{html(named(by, language))}</td><td>{html(what)}</td></tr>"
        for at, what, by in sorted(events, key=lambda e: e[0])
    )
    st.html(f'<div class="scroll"><table class="record">{rows}</table></div>')


def _when(at: dt.datetime) -> str:
    return f"{at.astimezone():%d-%m-%Y %H:%M}"
