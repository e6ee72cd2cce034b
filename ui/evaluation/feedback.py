"""Thumbs down: what readers thought was wrong, and each made into a known answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

import streamlit as st

from eval.own import add_own, figure_of, own_answers
from rag.answer import Status
from rag.errors import InputError
from rag.home import Home
from rag.redraw import as_seen
from rag.store.told import is_hidden
from rag.types import Text
from ui.evaluation import texts
from ui.evaluation.outcomes import places
from ui.safe import html, label
from ui.shared import assistant, page_language, records, trouble

if TYPE_CHECKING:
    from rag.store.conversations import Feedback


def draw_feedback() -> None:
    """Draw the thumbs down on answers that the user may see, and a form for each."""
    from rag.store.conversations import feedback

    language, home = page_language(), Home()
    kept = own_answers(home)
    st.html(f'<p class="aside">{texts.KEPT.in_(language).format(count=len(kept))}</p>')
    done = {known.id for known in kept}
    waiting = [
        f for f in feedback(records()) if f.verdict == "down" and _id(f) not in done and _is_seen(f)
    ]
    if not waiting:
        st.html(f"<p>{html(texts.NO_FEEDBACK.in_(language))}</p>")
    for entry in waiting:
        with st.expander(label(entry.question), key=f"feedback-{entry.turn}"):
            _draw(entry, home)


def _id(entry: Feedback) -> str:
    """Return the id of the known answer that a thumb down becomes."""
    return f"thumb-{entry.turn}"


def _is_seen(entry: Feedback) -> bool:
    """Tell whether the user may see every document that the answer, or its reader, tells of."""
    if entry.answer is None:
        return False
    catalogue, text = assistant().catalogue, "\n".join((entry.question, entry.reason))
    return not is_hidden(entry.told, text, catalogue) and (
        as_seen(entry.answer, catalogue, entry.told) is not None
    )


def _draw(entry: Feedback, home: Home) -> None:
    language, key = page_language(), f"feedback-{entry.turn}"
    if entry.reason:
        st.html(f'<div class="note quiet">{html(entry.reason)}</div>')
    st.html(
        f'<p class="label">{texts.GIVEN.in_(language)}</p><p>{html(entry.form["text"])}</p>'
        f'<p class="aside">{html(places(entry.form))}</p>'
    )
    with st.form(f"{key}-form", border=False):
        question = st.text_input(texts.ASKED.in_(language), entry.question, key=f"{key}-question")
        status = st.radio(
            texts.RIGHT_IS.in_(language),
            get_args(Status),
            format_func=lambda s: texts.STATUSES[s].in_(language),
            horizontal=True,
            key=f"{key}-status",
        )
        told = {
            name: st.text_input(text.in_(language), key=f"{key}-{name}")
            for name, text in texts.FIELDS.items()
        }
        files = sorted({d.file for d in assistant().catalogue.documents()})
        document = st.selectbox(
            texts.DOCUMENT.in_(language),
            [None, *files],
            format_func=lambda file: file or texts.ANY.in_(language),
            key=f"{key}-file",
        )
        reasons = st.multiselect(
            texts.REASONS.in_(language),
            list(texts.CODES),
            format_func=lambda code: texts.CODES[code].in_(language),
            key=f"{key}-reasons",
        )
        if st.form_submit_button(texts.KEEP.in_(language), type="primary"):
            _keep(home, entry, question, {**told, "status": status, "document": document,
                                          "reasons": reasons})  # fmt: skip


def _keep(home: Home, entry: Feedback, question: str, told: Mapping[str, Any]) -> None:
    try:
        expected = _expected(told)
        type = (
            "refuse"
            if told["status"] == "not_found"
            else ("lookup" if expected["figures"] else "prose")
        )
        add_own(
            home,
            {
                "id": _id(entry),
                "question": question,
                "language": entry.form["language"],
                "type": type,
                "expected": expected,
            },
        )
    except InputError as error:
        trouble(error.message)
    else:
        st.rerun()


def _expected(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the fields of the form ask for, as a line of a set has it."""
    year = _whole(told["year"], "year")
    page = _whole(told["page"], "page")
    words = [[word.strip()] for word in told["words"].split(";") if word.strip()]
    refused = told["status"] == "not_found"
    return {
        "status": told["status"],
        "figures": [figure_of(told["figure"], year)] if told["figure"].strip() else [],
        "words": words,
        "document": told["document"],
        "pages": [page] if page else [],
        "reasons": told["reasons"] if refused else [],
    }


def _whole(text: str, name: str) -> int | None:
    text = text.strip()
    if text and not text.isdecimal():
        field = texts.FIELDS[name]
        raise InputError(
            Text(f"{field.da}: »{text}« er ikke et helt tal.",
                 f"{field.en}: “{text}” is not a whole number.")
        )  # fmt: skip
    return int(text) if text else None
