"""What changed since an earlier run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from eval.compare import compare
from ui.evaluation import texts
from ui.evaluation.outcomes import outcome_box
from ui.evaluation.runs import choose_run, whole_run
from ui.safe import html
from ui.shared import page_language

if TYPE_CHECKING:
    from eval.runs import KeptRun

_KINDS = {"broke": texts.BROKE, "better": texts.BETTER, "changed": texts.OTHERWISE}


def draw_changes(run: Mapping[str, Any], earlier: Sequence[KeptRun]) -> None:
    """Draw what `run` does otherwise than an earlier one: the one before, unless chosen."""
    language = page_language()
    if not earlier:
        st.html(f"<p>{html(texts.NO_EARLIER.in_(language))}</p>")
        return
    found = compare(whole_run(choose_run(texts.AGAINST, earlier)), run)
    for kind, name in _KINDS.items():
        if found[kind]:
            st.html(f"<h2>{html(name.in_(language))} ({len(found[kind])})</h2>")
            st.html("".join(map(_changed, found[kind])))
    if not any(found[kind] for kind in _KINDS):
        st.html(f"<p>{html(texts.NOTHING_CHANGED.in_(language))}</p>")
    if found["new"] or found["gone"]:
        counts = {key: len(found[key]) for key in ("new", "gone")}
        st.html(f'<p class="aside">{texts.NEW_GONE.in_(language).format(**counts)}</p>')


def _changed(entry: Mapping[str, Any]) -> str:
    language = page_language()
    mended = texts.EXPECTATION_CHANGED.in_(language) if entry["expectation_changed"] else ""
    was, now = entry["before"], entry["after"]
    verdicts = [texts.VERDICTS[side["verdict"]].in_(language) for side in (was, now)]
    return outcome_box(
        now["verdict"],
        [entry["question"]],
        " · ".join(filter(None, [entry["id"], f"<strong>{' → '.join(verdicts)}</strong>", mended])),
        (texts.BEFORE, was["text"], ""),
        (texts.NOW, now["text"], ""),
    )
