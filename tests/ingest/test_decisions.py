"""Minutes however they are set: items, their own decisions, and what these decide."""

from __future__ import annotations

import datetime as dt
import io
from itertools import product

import docx
import pytest
from made_documents import Made

from ingest.assemble import assemble
from ingest.decisions import decision_in
from ingest.read import read_bytes
from rag.store.source import SourceDocument
from rag.types import CouncilDocument

SAID = {
    "adopted": [
        "Godkendt.",
        "Udvalget godkendte indstillingen.",
        "Byrådet vedtog forslaget med 15 stemmer mod 4.",
        "Tiltrådt.",
        "Et ændringsforslag fra Liste T blev forkastet. Indstillingen blev herefter godkendt.",
        "Byrådet godkendte, at ansøgningen afvises.",
        "Tilbagesendes Magistraten med bemærkning, at byrådet har vedtaget indstillingen.",
    ],
    "rejected": [
        "Udvalget afviste ansøgningen.",
        "Forslaget blev forkastet med 5 stemmer mod 2.",
        "Indstillingen blev ikke godkendt.",
        "Forslaget faldt.",
    ],
    "postponed": [
        "Udsat.",
        "Sagen udsættes til mødet i maj.",
        "Udvalget besluttede at udsætte sagen.",
        "Punktet blev taget af dagsordenen.",
    ],
    "returned": [
        "Sagen sendes tilbage til forvaltningen.",
        "Hjemvist til fornyet behandling.",
        "Udvalget sendte sagen tilbage til administrationen.",
    ],
    "partly": [
        "Udvalget godkendte tiltag 1 og 2. Tiltag 3 udsættes til mødet i maj.",
        "Punkt 1 blev vedtaget, punkt 2 blev forkastet.",
        "Delvist godkendt.",
        "Godkendt med undtagelse af punkt 4.",
        "1.-3. Godkendt.\n4. Ikke godkendt, idet udvalget ønsker plads til flere.",
    ],
    "unknown": [
        "Taget til efterretning.",
        "Anbefales godkendt.",
        "Udvalget anbefaler over for byrådet, at planen godkendes.",
        "Udvalget drøftede sagen.",
        "Fremsendes til forvaltningen. Sagen bedes tilbagesendt byrådet.",
        "1. og 2. indstilles godkendt.",
        "Udvalget ønsker en sag om tilbud til socialt udsatte.",
    ],
}


@pytest.mark.parametrize(("kind", "said"), [(k, s) for k, texts in SAID.items() for s in texts])
def test_what_words_decide(kind: str, said: str) -> None:
    assert decision_in(said) == kind


def said_of(source: SourceDocument, document: CouncilDocument) -> str | None:
    at = document.decided
    return source.page(at.page).text[at.start : at.end] if at else None


def item(
    made: Made, title: str, said: str, *, above: bool, history: str, headed: bool, bare: bool
) -> None:
    """Write an item whose decision stands above or below its case, with an earlier one told."""

    def section(name: str, *lines: str) -> None:
        (made.heading(name, 2) if headed else made.text(name)).text(*lines)

    own = "Beslutning" if bare else "Beslutning i Byrådet den 27. maj 2026"
    made.heading(title)
    if above:
        section(own, said)
    section("Indstilling", "Forvaltningen indstiller, at sagen godkendes.")
    section("Sagsfremstilling", "Forslaget blev vedtaget i Vejle for to år siden.")
    if history == "heading":
        section("Sagens forløb", "Sagen har været på to møder.")
        made.heading("Beslutning i Økonomiudvalget den 12. maj 2026", 3).text("Forkastet.")
    elif history == "text":
        section("Sagens forløb", "Beslutning i Økonomiudvalget den 12. maj 2026:", "Forkastet.")
    if not above:
        section(own, said)


@pytest.mark.parametrize(
    ("above", "history", "headed", "bare"),
    list(product((True, False), ("", "heading", "text"), (True, False), (True, False))),
)
def test_an_items_own_decision_is_found_wherever_it_stands(
    above: bool, history: str, headed: bool, bare: bool
) -> None:
    made = Made("referat.docx", paged=False).heading("Referat, Byrådet, 27. maj 2026", 1)
    texts = [(kind, texts[0]) for kind, texts in SAID.items()]
    for n, (kind, said) in enumerate(texts, start=1):
        item(made, f"{n}. Sagen om {kind}", said,
             above=above, history=history, headed=headed, bare=bare)  # fmt: skip
    source = made.source()
    front, *items = assemble(source).documents
    assert front.kind == "dagsorden" and front.decision == "unknown"
    assert [(d.title, d.decision) for d in items] == [(f"Sagen om {k}", k) for k, _ in texts]
    assert [said_of(source, d) for d in items] == [said for _, said in texts]
    assert {(d.committee, d.date) for d in items} == {("Byrådet", dt.date(2026, 5, 27))}


def test_an_earlier_decision_alone_is_none_of_this_meeting() -> None:
    made = Made("referat.docx", paged=False).heading("Dagsorden, Byrådet, 27. maj 2026")
    for n in (1, 2):
        made.heading(f"{n}. Sag {n}").heading("Sagens forløb", 2)
        made.heading("Beslutning", 3).text("Økonomiudvalget godkendte indstillingen.")
    assert [d.decision for d in made.content().documents[1:]] == ["unknown", "unknown"]


def test_a_decision_of_several_lines_and_on_its_headings_line() -> None:
    made = Made("referat.docx", paged=False).heading("Referat af møde i Byrådet, 27. maj 2026")
    made.heading("1. Skolen").heading("Beslutning", 2)
    made.text("1. godkendt", "2. udsat", "Fraværende: Ida Bo (A)").heading("Sag", 2).text("Tag.")
    made.heading("2. Stien").text("En sti.", "Beslutning: Forkastet.")
    source = made.source()
    _, school, path = assemble(source).documents
    assert (said_of(source, school), school.decision) == ("1. godkendt\n2. udsat", "partly")
    assert (said_of(source, path), path.decision) == ("Forkastet.", "rejected")


def test_items_are_told_from_lists_and_from_other_documents_sections() -> None:
    document = docx.Document()
    document.add_heading("Referat, Teknikudvalget, 4. marts 2026", 0)
    for title in ("1. Dagsorden", "2. Skoleveje", "3. Plan", "3.a Tillæg til plan", "4. Støj"):
        document.add_heading(title, 1)
        document.add_paragraph("1. Hævet felt, 450.000 kr.")
        document.add_heading("1. Baggrund", 2)
        document.add_paragraph("Beslutning")
        document.add_paragraph("Godkendt.")
    buffer = io.BytesIO()
    document.save(buffer)
    documents = assemble(read_bytes("referat.docx", buffer.getvalue())).documents
    assert [d.title for d in documents[1:]] == [
        "Dagsorden", "Skoleveje", "Plan", "Tillæg til plan", "Støj",
    ]  # fmt: skip
    note = Made().heading("Notat om støj").heading("1. Baggrund").heading("2. Økonomi").text("Ja.")
    assert len(note.content().documents) == 1
