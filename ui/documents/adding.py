"""Where staff hand files in, and see what comes of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from rag.types import Access, Language, Text
from ui.documents import texts
from ui.documents.work import Work, start, works
from ui.safe import html, label
from ui.shared import name_uploader, trouble, user

if TYPE_CHECKING:
    from ingest.uploads import Upload
    from rag.chain import Assistant

_ROUND = "documents-round"  # a new key empties the uploader
_EVERY = 1.0  # seconds between looks at how far a reading is


def draw_adding(asked: Assistant, language: Language) -> None:
    """Draw the place to hand files in, and the readings that are under way or done."""
    for work in list(works(asked, user().id)):
        _draw_work(asked, work, language)
    with st.expander(texts.ADD.in_(language), expanded=not asked.catalogue.document_ids()):
        _draw_uploader(asked, language)


def _draw_uploader(asked: Assistant, language: Language) -> None:
    from ingest.uploads import LARGEST, Upload

    number = st.session_state.get(_ROUND, 0)
    name_uploader(language)
    files = st.file_uploader(
        texts.FILES.in_(language),
        accept_multiple_files=True,
        max_upload_size=LARGEST,
        key=f"documents-files-{number}",
    )
    limit = texts.LIMIT.in_(language).format(largest=LARGEST)
    st.html(f'<p class="aside">{limit}</p>')
    _draw_replaced(asked, [f.name for f in files], language)
    levels = [level for level in texts.LEVELS if level in user().levels]
    chosen = st.radio(
        texts.WHO.in_(language),
        levels,
        format_func=lambda level: texts.LEVELS[level].in_(language),
        key="documents-level-new",
    )
    if files:
        uploads = [Upload(f.name, f.getvalue()) for f in files]
        st.button(
            texts.READ.in_(language).format(count=_files(len(files), language)),
            type="primary",
            on_click=_begin,
            args=(asked, uploads, chosen),
        )


def _begin(asked: Assistant, uploads: Sequence[Upload], level: Access) -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    start(asked, user().id, user().levels, uploads, level)


def _draw_replaced(asked: Assistant, names: Sequence[str], language: Language) -> None:
    """Say which files in the collection will be replaced."""
    from ingest.uploads import clean_name, place_of

    paths = {s.path for s in asked.catalogue.sources()}
    for name in names:
        if place_of(name, paths, paths) in paths:
            told = texts.REPLACES.in_(language).format(name=clean_name(name))
            st.html(f'<p class="note quiet">{html(told)}</p>')


def _draw_work(asked: Assistant, work: Work, language: Language) -> None:
    if work.done:
        _draw_report(asked, work, language)
    else:
        st.fragment(_draw_progress, run_every=_EVERY)(work, language)


def _draw_progress(work: Work, language: Language) -> None:
    """Draw how far a reading is; when it is done, draw the whole page again."""
    if work.done:
        st.rerun()
    done, total = len(work.reports), len(work.names)
    if work.waiting:
        doing = texts.WAITING.in_(language)
    elif work.current:
        doing = texts.READING.in_(language).format(name=work.current)
    else:
        doing = texts.INDEXING.in_(language)
    with st.container(border=True, key="documents-progress"):
        counted = texts.PROGRESS.in_(language).format(done=done, total=total)
        st.progress(done / total, text=f"{label(doing)} {counted}")
        if work.reports:
            st.html(_reports_html(work, language))
        st.html(f'<p class="aside">{texts.GOES_ON.in_(language)}</p>')


def _draw_report(asked: Assistant, work: Work, language: Language) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f'<h2 role="status">{texts.DONE.in_(language)}</h2>')
            mine = works(asked, user().id)
            st.button(
                texts.CLOSE.in_(language),
                key=f"documents-put-away-{mine.index(work)}",
                on_click=_put_away,
                args=(asked, work),
                type="tertiary",
            )
        # Second, where the progress had its list: Streamlit keeps what was drawn until the whole
        # page is drawn anew, and in another place the list would stand there twice meanwhile.
        st.html(_reports_html(work, language))
        if work.error is not None:
            trouble(work.error)


def _put_away(asked: Assistant, work: Work) -> None:
    mine = works(asked, user().id)
    if work in mine:
        mine.remove(work)


def _reports_html(work: Work, language: Language) -> str:
    lines = []
    for report in work.reports:
        counts = texts.COUNTS.in_(language).format(
            documents=report.documents, figures=report.figures
        )
        outcome = texts.OUTCOMES[report.outcome].in_(language)
        more = f", {counts}" if report.outcome in ("added", "replaced") else ""
        sign = "✗" if report.outcome == "failed" else "✓"
        told: list[Text] = [*([report.error] if report.error else []), *report.warnings]
        notes = "".join(f"<br><span>{html(t.in_(language))}</span>" for t in told)
        lines.append(
            f'<li class="{report.outcome}"><span aria-hidden="true">{sign}</span> '
            f"<strong>{html(report.path.name)}</strong>: {outcome}{more}{notes}</li>"
        )
    return f'<ul class="report">{"".join(lines)}</ul>'


def _files(count: int, language: Language) -> str:
    one = texts.FILE if count == 1 else texts.FILE_COUNT
    return one.in_(language).format(count=count)
