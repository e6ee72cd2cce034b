"""The known answers with a language model that lies, rambles and falls silent: no figure is worse.

A scripted model on loopback, speaking the OpenAI protocol, writes every answer.
"""

from __future__ import annotations

import json
from itertools import cycle
from pathlib import Path

import pytest
from openai_server import serving

from eval.known import KnownAnswer, load_known
from eval.outcome import Outcome
from eval.run import ask_known
from eval.sets import SHIPPED
from rag.chain import Assistant
from rag.home import Home
from rag.prompts import CANNOT

pytest.importorskip("langchain_openai")

ASKED = 24


@pytest.fixture(scope="module")
def known() -> list[KnownAnswer]:
    """Questions evenly spread over the shipped set, leaving out those that must be refused."""
    found = [k for k in load_known(SHIPPED.questions) if k.expected.status == "answered"]
    return found[:: len(found) // ASKED]


def said(*lines: str) -> str:
    return "".join(
        json.dumps({"text": t, "sources": [1]}, ensure_ascii=False) + "\n" for t in lines
    )


def sources(request: str) -> list[dict[str, object]]:
    listed = request.split("\n\nQuestion:")[0].splitlines()[1:]
    return [json.loads(line) for line in listed if line.startswith("{")]


def quoted(request: str) -> str:
    return said(*(f"»{source['text']}«" for source in sources(request)))


def altered(request: str) -> str:
    """The figures of the sources, each one digit off."""
    digits = str.maketrans("0123456789", "1234567890")
    told = [f for s in sources(request) for f in s["figures"]]  # type: ignore[attr-defined]
    return said(*(str(f).translate(digits) for f in told), "Det koster 7 mio. kr. i 2031.")


def asked(known: list[KnownAnswer], folder: Path) -> list[Outcome]:
    assistant = Assistant(Home(folder))
    try:
        return list(ask_known(known, assistant))
    finally:
        assistant.catalogue.close()


def test_figures_are_no_worse_with_a_model_than_without(
    corpus_home: Path, known: list[KnownAnswer], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = asked(known, corpus_home)
    moods = cycle((quoted, altered, lambda _: CANNOT, lambda _: "Jeg tror, det er 42 %."))
    with serving() as server:
        server.reply = lambda _, request: next(moods)(request)
        monkeypatch.setenv("RAADSVAR_LLM", "openai:scripted")
        monkeypatch.setenv("RAADSVAR_LLM_URL", server.url)
        written = asked(known, corpus_home)
    assert len(server.requests) > ASKED / 2, "the model was hardly asked"
    with_figures = [(a, b) for a, b in zip(plain, written, strict=True) if a.known.expected.figures]
    assert len(with_figures) > ASKED / 4
    for without, with_it in with_figures:
        assert with_it.judgement.verdict == without.judgement.verdict, with_it.known.id
    verdicts = [[o.judgement.verdict for o in run] for run in (plain, written)]
    for bad in ("wrong_figure", "error"):
        assert verdicts[1].count(bad) <= verdicts[0].count(bad)
