"""Nothing of a closed document comes out, whichever way it is asked for.

A real agenda of three items, the middle one closed, sharing its page with an
open one: its words, figures, title, municipality and number are in no answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from made_pdfs import pdf, proposal_pdf

from ingest.pipeline import ingest
from rag.answer import Answer
from rag.chain import Assistant, refresh
from rag.gate.gate import check
from rag.home import Home
from rag.query import Turn
from rag.search.embed import load_embedder
from rag.store.levels import LEVELS
from rag.types import Access
from ui.ask.examples import examples
from ui.sources import find_sources

PUBLIC: frozenset[Access] = frozenset({"public"})
NAMED: frozenset[Access] = frozenset({"public", "closed"})
ALL: frozenset[Access] = frozenset(LEVELS)
SECRETS = ("Kvaderhuset", "kvaderhus", "77.345", "77345", "Læsø", "ZX41", "Grundsalget", "88,25")
YEARS = ("2026", "2027", "2028", "2029")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("closed")
    head = ["Beløb i 1.000 kr.", *YEARS]
    agenda = pdf(
        folder / "dagsorden.pdf",
        "# Punkt 1: Cykelstierne",
        "Cykelstierne udvides med 12 km i 2027. Det sker i Odense Kommune.",
        [head, ["Besparelse", "-100", "-200", "-300", "-400"]],
        "# Punkt 2: Lukket punkt: Grundsalget",
        "Kvaderhuset sælges for 77.345 kr. i 2028, og 88,25 mio. kr. tilbageføres.",
        [head, ["Grundsalget", "-77", "-345", "-771", "-778"]],
        "# Punkt 3: Biblioteket",
        "Biblioteket får længere åbningstid i 2028.",
    )
    closed = proposal_pdf(
        folder / "zx41.pdf", "ZX41", "Kvaderhuset på Læsø",
        [("Besparelse", "-77345", "-2", "-3", "-4")],
        "Kvaderhuset nedlægges i 2028 for 77.345 kr.", municipality="Læsø",
    )  # fmt: skip
    opened = proposal_pdf(
        folder / "tu07.pdf", "TU07", "Lamper på stierne",
        [("Besparelse", "-110", "-210", "-310", "-410")],
        "Lamperne slukkes om natten i 2027.",
    )  # fmt: skip
    home = Home(folder / "home")
    ingest([agenda, opened], home, load_embedder())
    ingest([closed], home, load_embedder(), access="closed")
    refresh(home)
    assistant = Assistant(home)
    yield assistant
    assistant.catalogue.close()


Way = Callable[[Assistant], object]


def asked(*questions: str, history: tuple[Turn, ...] = ()) -> Way:
    return lambda a: [told(a, a.ask(q, history)) for q in questions]


def told(assistant: Assistant, answer: Answer) -> object:
    """An answer as it is shown, without the words of the question itself."""
    sources = find_sources(assistant, answer)
    pages = [assistant.page(c.document.source, c.place.page).text for c in sources.citations]
    return answer.text, answer.citations, answer.findings, answer.why_not, sources, pages


def offered(assistant: Assistant) -> object:
    return [examples(assistant.catalogue, "da", lambda q: True, n) for n in ((), ("ZX41",))]


def judged(assistant: Assistant) -> object:
    text = "TU07 sparer 345 t.kr. i 2027. Det koster 88,25 mio. kr. »nedlægges i 2028« i 2028."
    return [(v.outcome, v.elsewhere, v.place) for v in check(text, assistant.catalogue)]


def files(assistant: Assistant) -> object:
    """The bytes and pictures that may be fetched, and the files' names."""
    catalogue, whole = assistant.catalogue, assistant.seen_by(ALL).catalogue
    found: list[object] = []
    for stored in whole.sources():
        for page in (None, *range(1, stored.pages + 1)):
            if catalogue.file(stored.id, page):
                found += [whole.page(stored.id, n) for n in ([page] if page else [1])]
    return found, [Path(s.path).name for s in catalogue.sources()], catalogue.failures()


def searched(assistant: Assistant) -> object:
    hits = [
        hit
        for question in ("Kvaderhuset sælges", "Grundsalget", "ZX41 Læsø", "besparelse")
        for hit in assistant.retriever.hits(question, 50)
    ]
    return [(h.passage.text, h.passage.section) for h in hits]


def spelt(assistant: Assistant) -> object:
    """What misspelt and neighbouring words bring out of the corpus."""
    retriever = assistant.retriever
    words = ("kvadderhuset", "kvaderhus", "grundsalgt")
    corrections = [retriever.vocabulary.corrected(w).removeprefix(w) for w in words]
    return corrections, [retriever.vocabulary.near(w) for w in ("palads", "ejendom", "hus")]


WAYS: dict[str, Way] = {
    "search": searched,
    "spelling and neighbours": spelt,
    "figures": lambda a: [asdict(f) for f in a.catalogue.figures()],
    "findings": lambda a: a.catalogue.findings(),
    "documents": lambda a: a.catalogue.documents(),
    "files and pictures": files,
    "example questions": offered,
    "a figure": asked("Hvad er besparelsen i 2026?", "Hvad er Grundsalget i 2027?"),
    "a sum": asked("Hvor meget spares i alt i 2026 til 2029?"),
    "prose": asked("Hvad sker der med ejendommen?", "Hvad sælges i 2028?"),
    "a list": asked("Hvilke dokumenter er der?", "Hvilke forslag er der?"),
    "a refusal": asked("Hvad sparer QQ99 i 2026?", "Hvad sparer TU07 i Aarhus?"),
    "another municipality": asked("Hvad bruger Aarhus på lamper?"),
    "a follow-up": asked("og i 2026?", history=(Turn("Hvad sparer TU07 i 2027?", "210"),)),
    "the gate": judged,
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_a_closed_document_comes_out(whole: Assistant, way: str) -> None:
    shown = repr(WAYS[way](whole.seen_by(PUBLIC))).casefold()
    assert [s for s in SECRETS if s.casefold() in shown] == []
    assert "zx41.pdf" not in shown


@pytest.mark.parametrize(
    "way", sorted(WAYS.keys() - {"findings", "a follow-up", "a sum", "another municipality"})
)
def test_those_named_see_it_the_same_ways(whole: Assistant, way: str) -> None:
    shown = repr(WAYS[way](whole.seen_by(NAMED))).casefold()
    assert [s for s in SECRETS if s.casefold() in shown]


@pytest.mark.parametrize(
    ("question", "there"),
    [("Hvad sparer ZX41 i 2026?", "77.345"), ("Hvad sker der med Kvaderhuset?", "Kvaderhuset")],
)
def test_a_question_for_a_closed_document_gets_no_more_than_one_for_none(
    whole: Assistant, question: str, there: str
) -> None:
    assert there in whole.ask(question).text
    refused = whole.seen_by(PUBLIC).ask(question)
    other = question.replace("ZX41", "ZX42").replace("Kvaderhuset", "Prismehuset")
    unknown = whole.seen_by(PUBLIC).ask(other)
    assert refused.status == unknown.status
    assert (refused.why_not and refused.why_not.code) == (unknown.why_not and unknown.why_not.code)
    assert refused.text.replace("ZX41", "ZX42") == unknown.text


def test_a_figure_of_a_shared_page_is_answered_with_its_citation(whole: Assistant) -> None:
    seen = whole.seen_by(PUBLIC)
    answer = seen.ask("Hvor mange km udvides cykelstierne med i 2027?")
    assert answer.status == "answered" and "12 km" in answer.text
    (citation, *_) = answer.citations
    page = seen.page(citation.document.source, citation.place.page)
    assert page.boxes(citation.mark.start, citation.mark.end)
    assert seen.catalogue.file(citation.document.source, citation.place.page) is None


def test_an_index_that_returns_what_it_should_not_is_not_believed(
    whole: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Assistant(whole.home).seen_by(PUBLIC)
    everything = [(p.id, 1.0) for p in whole.catalogue.passages()]
    for index in (seen.words, seen.vectors):
        monkeypatch.setattr(index, "search", lambda *_: everything)
    hits = seen.retriever.hits("Kvaderhuset", 50)
    assert hits and not any("Kvaderhuset" in h.passage.text for h in hits)
    seen.catalogue.close()


def test_opened_it_is_found_and_closed_again_it_is_gone(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    path = proposal_pdf(
        tmp_path / "a.pdf", "ZX41", "Kvaderhuset", [("Besparelse", "-1", "-2", "-3", "-4")]
    )
    ingest([path], home, load_embedder(), access="staff")
    whole = Assistant(home)
    seen = whole.seen_by(PUBLIC)
    (document,) = whole.catalogue.documents()
    assert seen.ask("Hvad sparer ZX41 i 2027?").status == "not_found"
    whole._indexes.catalogue.decide(document.id, "public")
    assert seen.ask("Hvad sparer ZX41 i 2027?").status == "answered"
    assert seen.retriever.vocabulary.corrected("kvadderhuset") == "kvadderhuset kvaderhus"
    whole._indexes.catalogue.decide(document.id, "closed")
    assert seen.ask("Hvad sparer ZX41 i 2027?").status == "not_found"
    assert seen.retriever.vocabulary.corrected("kvadderhuset") == "kvadderhuset"
    whole.catalogue.close()


def test_everything_is_seen_by_those_who_may(whole: Assistant) -> None:
    assert whole.seen_by(ALL).catalogue is whole.catalogue
    assert whole.seen_by(PUBLIC) is whole.seen_by(PUBLIC)
    assert json.dumps([d.title for d in whole.seen_by(NAMED).catalogue.documents()])
