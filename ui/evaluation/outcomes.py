"""Each question of a run: what was expected beside what came, filtered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from eval.expected import expected_details
from rag.types import Text
from ui.evaluation import texts
from ui.safe import html
from ui.shared import page_language

_PAGE, _LONGEST = 20, 700  # questions shown at first; characters of an answer
_SHOWN = "outcomes_shown"


def draw_outcomes(run: Mapping[str, Any]) -> None:
    """Draw the filters and the questions that pass them, the worst first."""
    language = page_language()
    outcomes = run["outcomes"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        verdicts = st.pills(
            texts.VERDICT.in_(language),
            [v for v in texts.VERDICTS if any(o["verdict"] == v for o in outcomes)],
            selection_mode="multi",
            format_func=lambda v: texts.VERDICTS[v].in_(language),
            key="verdicts",
        )
        kind = _select(texts.KIND, sorted({o["type"] for o in outcomes}), texts.TYPES, "kind")
        over = _select(
            texts.ASK_OVER,
            sorted({o["collection"] for o in outcomes}),
            texts.COLLECTIONS,
            "over",
        )
    found = [
        o
        for o in outcomes
        if (not verdicts or o["verdict"] in verdicts)
        and kind in (None, o["type"])
        and over in (None, o["collection"])
    ]
    found.sort(key=lambda o: list(texts.VERDICTS).index(o["verdict"]))
    shown = st.session_state.setdefault(_SHOWN, _PAGE)
    st.html(f'<p class="aside">{texts.SHOWN.in_(language).format(count=len(found))}</p>')
    st.html("".join(map(outcome_html, found[:shown])) or html(texts.NONE.in_(language)))
    if len(found) > shown:
        st.button(texts.MORE.in_(language), key="more", on_click=_show_more)


def outcome_html(outcome: Mapping[str, Any]) -> str:
    """Return a question with its verdict, and the expected answer beside the one given."""
    language = page_language()
    answer = outcome["answer"]
    given = answer["text"] if answer else outcome["error"]
    cited = places(answer) if answer else ""
    return outcome_box(
        outcome["verdict"],
        [*(turn["question"] for turn in outcome["history"]), outcome["question"]],
        f"{outcome['id']} · {texts.TYPES[outcome['type']].in_(language)} · "
        f"<strong>{texts.VERDICTS[outcome['verdict']].in_(language)}</strong>",
        (texts.EXPECTED, _expected(outcome["expected"]), ""),
        (texts.GIVEN, given, cited),
    )


def places(answer: Mapping[str, Any]) -> str:
    """Return the places that an answer in its JSON form cites, each once."""
    return ", ".join(dict.fromkeys(map(_place, answer["citations"])))


def outcome_box(
    verdict: str, asked: Sequence[str], about: str, *sides: tuple[Text, str, str]
) -> str:
    """Return a box of a question; a side is a heading, a text and a remark. `about` is HTML."""
    language = page_language()
    pair = "".join(
        f'<div><p class="label">{heading.in_(language)}</p><p>{html(_short(text))}</p>'
        f'<p class="aside">{html(remark)}</p></div>'
        for heading, text, remark in sides
    )
    return (
        f'<article class="outcome {verdict}"><p class="aside">{about}</p>'
        f'<h3>{html(" → ".join(asked))}</h3><div class="pair">{pair}</div></article>'
    )


def _select(label: Text, keys: Sequence[str], names: Mapping[str, Text], key: str) -> str | None:
    language = page_language()
    return st.selectbox(
        label.in_(language),
        [None, *keys],
        format_func=lambda k: _name(k, names),
        key=key,
        width=220,
    )


def _name(key: str | None, names: Mapping[str, Text]) -> str:
    text = texts.ALL if key is None else names.get(key, Text(key, key))
    return text.in_(page_language())


def _expected(expected: Mapping[str, Any]) -> str:
    status = texts.STATUSES[expected["status"]].in_(page_language())
    return "; ".join([status, *expected_details(expected)])


def _place(citation: Mapping[str, Any]) -> str:
    page = citation["page"]
    return f"{citation['document']}{f' s. {page}' if page else ''}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def _show_more() -> None:
    st.session_state[_SHOWN] += 2 * _PAGE
