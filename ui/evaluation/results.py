"""The measures of a run, the score over time, and the run to take away."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from eval.export import run_csv
from rag.types import Text
from ui.evaluation import texts
from ui.safe import html
from ui.shared import page_language

if TYPE_CHECKING:
    from eval.runs import KeptRun

_POINTS = 30  # runs in the chart


def draw_results(run: Mapping[str, Any], kept: Sequence[KeptRun]) -> None:
    """Draw the measures of `run`; `kept` are the runs up to it, oldest first."""
    summaries = run["summaries"]
    st.html(_scores(summaries["total"]["all"], run["refusals"]))
    st.html(_table(texts.BY_COLLECTION, summaries["collection"], texts.COLLECTIONS))
    if len(kept) > 1:
        _draw_score(kept[-_POINTS:])
    st.html(_table(texts.BY_TYPE, summaries["type"], texts.TYPES))
    _draw_downloads(run)


def _scores(total: Mapping[str, Any], refusals: Mapping[str, Any]) -> str:
    language = page_language()
    refused = texts.OF.in_(language).format(count=refusals["rightly"], of=refusals["refused"])
    missed = f"{texts.NOT_REFUSED.in_(language)}: {refusals['due'] - refusals['rightly']}"
    correct = texts.OF.in_(language).format(count=total["correct"], of=total["questions"])
    shown = (
        (texts.CORRECT, _percent(total["correct"], total["questions"]), correct),
        (texts.WRONG_FIGURES, str(total["wrong_figures"]), ""),
        (texts.REFUSALS, _percent(refusals["rightly"], refusals["refused"]),
         f"{refused}. {missed}."),
    )  # fmt: skip
    cells = "".join(
        f"<div><dt>{html(name.in_(language))}</dt><dd>{figure}<small>{html(more)}</small></dd></div>"
        for name, figure, more in shown
    )
    return f'<dl class="scores">{cells}</dl>'


def _table(title: Text, group: Mapping[str, Any], names: Mapping[str, Text]) -> str:
    language = page_language()
    heads = (texts.CORRECT, *(texts.VERDICTS[v] for v in ("wrong_figure", "wrong")),
             texts.VERDICTS["not_answered"])  # fmt: skip
    head = "".join(f'<th scope="col">{html(h.in_(language))}</th>' for h in heads)
    rows = "".join(
        f'<tr><th scope="row">{html(names[key].in_(language) if key in names else key)}</th>'
        f"<td>{texts.OF.in_(language).format(count=s['correct'], of=s['questions'])}</td>"
        + "".join(f"<td>{s[k]}</td>" for k in ("wrong_figures", "wrong", "not_answered"))
        + "</tr>"
        for key, s in group.items()
    )
    name = html(title.in_(language))
    return (
        f'<div class="scroll" tabindex="0"><table class="figures"><caption>{name}</caption>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _draw_score(kept: Sequence[KeptRun]) -> None:
    """Draw the share of correct answers by run and collection: a line and a mark for each."""
    import altair as alt

    language = page_language()
    run, share, over = (t.in_(language) for t in (texts.RUN, texts.SHARE, texts.BY_COLLECTION))
    points = [
        {
            run: k.number,
            share: 100 * s["correct"] / s["questions"],
            over: texts.COLLECTIONS[c].in_(language) if c in texts.COLLECTIONS else c,
        }
        for k in kept
        for c, s in k.summaries["collection"].items()
    ]
    legend = alt.Legend(orient="bottom", title=None, columns=2)
    chart = (
        alt.Chart({"values": points})
        .mark_line(point=alt.OverlayMarkDef(size=70))
        .encode(
            x=alt.X(f"{run}:O", axis=alt.Axis(labelAngle=0)),
            y=alt.Y(f"{share}:Q", title=None, scale=alt.Scale(domain=[0, 100])),
            color=alt.Color(f"{over}:N", legend=legend),
            shape=alt.Shape(f"{over}:N", legend=legend),
            tooltip=[f"{run}:O", f"{over}:N", alt.Tooltip(f"{share}:Q", format=".0f")],
        )
        .properties(height=320)
    )
    st.html(f'<p class="label">{html(texts.SCORE.in_(language))}</p>')
    st.altair_chart(chart)


def _draw_downloads(run: Mapping[str, Any]) -> None:
    language, name = page_language(), f"raadsvar-koersel-{run['number']}"
    with st.container(horizontal=True):
        st.download_button(
            texts.DOWNLOAD_JSON.in_(language),
            json.dumps(run, ensure_ascii=False, indent=1),
            f"{name}.json",
            "application/json",
        )
        # The mark tells spreadsheets that it is UTF-8.
        st.download_button(
            texts.DOWNLOAD_CSV.in_(language), "\ufeff" + run_csv(run), f"{name}.csv", "text/csv"
        )


def _percent(count: int, of: int) -> str:
    return f"{round(100 * count / of)} %" if of else "–"
