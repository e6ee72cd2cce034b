"""The collection as a table, with search and filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.store.lookup import Counts
from rag.text.language import fold
from rag.types import CouncilDocument, Language, Text
from ui import texts as shared
from ui.choices import choice_button, choices
from ui.documents import texts
from ui.documents.change import dismiss
from ui.documents.opened import open_document
from ui.safe import html
from ui.shared import empty, user

if TYPE_CHECKING:
    from rag.chain import Assistant

_LIMIT, _STEP = "documents-limit", 50
_NO_COUNTS = Counts(0, 0, 0)


@dataclass(frozen=True)
class Entry:
    """A document and how much was read of it."""

    document: CouncilDocument
    counts: Counts

    @property
    def statuses(self) -> set[str]:
        """The statuses it is found under."""
        found = {
            "findings": self.counts.findings > 0,
            "warnings": self.counts.warnings > 0,
            "rendition": self.document.rendition,
        }
        return {status for status, holds in found.items() if holds} or {"fine"}

    def tells(self, words: Iterable[str]) -> bool:
        """Tell whether what names the document has all these words, folded."""
        d = self.document
        named = (d.number, d.title, d.municipality, d.committee, d.period, d.asker, d.caseworker)
        numbers = (*d.case_numbers, *d.document_numbers)
        text = fold(" ".join(filter(None, (*named, *numbers, Path(d.file).name))))
        return all(word in text for word in words)


def draw_catalogue(asked: Assistant, language: Language) -> None:
    """Draw the search, the filters, the documents that fit, and the files that failed."""
    counts = asked.catalogue.counts()
    entries = [Entry(d, counts.get(d.id, _NO_COUNTS)) for d in asked.catalogue.documents()]
    if not entries:
        staff = "staff" in user().roles
        empty(texts.EMPTY, texts.EMPTY_STAFF if staff else texts.EMPTY_OTHERS)
    else:
        _draw_entries(_chosen(entries, language), len(entries), language)
    _draw_failures(asked, language)


def kind_name(kind: str, language: Language) -> str:
    """Return what a kind of document is called."""
    return texts.KINDS.get(kind, texts.OTHER_KIND).in_(language)


def _chosen(entries: list[Entry], language: Language) -> list[Entry]:
    """Draw the search and filters; return the entries that fit, the newest budget first."""
    words = fold(
        st.text_input(
            texts.SEARCH.in_(language),
            placeholder=texts.SEARCH_HOW.in_(language),
            key="documents-search",
        )
    ).split()
    municipality, kind, period, status = st.columns(4)

    def filtered(
        column: object,
        title: Text,
        of: Callable[[Entry], Iterable[str]],
        name: Callable[[str], str],
    ) -> set[str]:
        options = sorted({v for e in entries for v in of(e)}, key=lambda v: name(v).casefold())
        with column:  # type: ignore[attr-defined]
            return set(
                st.multiselect(
                    title.in_(language),
                    options,
                    format_func=name,
                    placeholder=texts.ALL.in_(language),
                    key=f"documents-{title.en}",
                )
            )

    held = [
        (of, filtered(column, title, of, name))
        for column, title, of, name in (
            (municipality, texts.MUNICIPALITY, _municipality, str),
            (kind, texts.KIND, _kind, lambda k: kind_name(k, language)),
            (period, texts.PERIOD, _period, str),
            (status, texts.STATUS, _statuses, lambda s: texts.STATUSES[s].in_(language)),
        )
    ]
    found = [
        e
        for e in entries
        if e.tells(words) and all(not wanted or wanted & set(of(e)) for of, wanted in held)
    ]
    return sorted(found, key=lambda e: e.document.period or "", reverse=True)


def _municipality(entry: Entry) -> list[str]:
    return [entry.document.municipality] if entry.document.municipality else []


def _kind(entry: Entry) -> list[str]:
    return [entry.document.kind]


def _period(entry: Entry) -> list[str]:
    return [entry.document.period] if entry.document.period else []


def _statuses(entry: Entry) -> set[str]:
    return entry.statuses


def _draw_entries(found: list[Entry], known: int, language: Language) -> None:
    limit = st.session_state.get(_LIMIT, _STEP)
    counted = texts.COUNT.in_(language).format(shown=len(found), all=known)
    st.html(f'<p class="aside" role="status">{counted}</p>')
    if not found:
        st.html(f'<p class="note quiet">{texts.NONE_LEFT.in_(language)}</p>')
        return
    choices(_table_html(found[:limit], language), "documents-table", open_document)
    if len(found) > limit:
        st.button(texts.MORE.in_(language), on_click=_more)


def _more() -> None:
    st.session_state[_LIMIT] = st.session_state.get(_LIMIT, _STEP) + _STEP


def _table_html(entries: list[Entry], language: Language) -> str:
    staff = "staff" in user().roles
    heads = [texts.DOCUMENT, texts.KIND, texts.MUNICIPALITY, texts.PERIOD, texts.FIGURES]
    heads += [texts.STATUS, *([texts.ACCESS] if staff else [])]
    named = [head.in_(language) for head in heads]
    body = "".join(_row_html(entry, named, staff, language) for entry in entries)
    head = "".join(f'<th scope="col">{name}</th>' for name in named)
    return (
        f'<table class="documents"><caption class="unseen">{texts.TITLE.in_(language)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row_html(entry: Entry, heads: list[str], staff: bool, language: Language) -> str:
    d, counts = entry.document, entry.counts
    name = " · ".join(filter(None, (d.number, d.title)))
    label = f"{texts.OPEN.in_(language)} {name}"
    button = choice_button(d.id, html(name), label, pressed=False)
    remarks = []
    if counts.findings:
        remarks.append(f"{counts.findings} {texts.FINDINGS.in_(language).lower()}")
    if counts.warnings:
        remarks.append(f"{counts.warnings} {texts.WARNINGS.in_(language).lower()}")
    if d.rendition:
        remarks.append(shared.RENDITION.in_(language))
    cells = [kind_name(d.kind, language), d.municipality, d.period, str(counts.figures)]
    cells += [", ".join(remarks), *([texts.SHORT_LEVELS[d.access].in_(language)] if staff else [])]
    told = "".join(
        f'<td data-head="{head}">{html(cell or "")}</td>'
        for head, cell in zip(heads[1:], cells, strict=True)
    )
    file = f'<span class="aside">{html(Path(d.file).name)}</span>'
    return f'<tr><th scope="row">{button}{file}</th>{told}</tr>'


def _draw_failures(asked: Assistant, language: Language) -> None:
    failures = asked.catalogue.failures()
    if not failures or "staff" not in user().roles:
        return
    st.html(f"<h2>{texts.FAILURES.in_(language)}</h2>")
    for n, failure in enumerate(failures):
        with st.container(horizontal=True, vertical_alignment="center"):
            when = f"{failure.time.astimezone():%d.%m.%Y %H.%M}"
            st.html(
                f'<p class="note trouble">{html(failure.message.in_(language))} '
                f'<span class="aside">{when}</span></p>'
            )
            st.button(
                texts.DISMISS.in_(language),
                key=f"documents-failure-{n}",
                on_click=dismiss,
                args=(asked, failure.path),
                type="tertiary",
            )
