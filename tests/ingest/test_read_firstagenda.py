"""A meeting as FirstAgenda gives it: its items, their parts in order, its facts."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.assemble import assemble
from ingest.personal import masked
from ingest.read import Unreadable, read_bytes

SITE = "https://dagsordener.naestved.dk/Vis/Pdf/bilag"


def item(title: str, html: str, **more: Any) -> dict[str, Any]:
    field = {"Html": html, "Tekst": None, "Link": f"{SITE}/0d1"}
    return {"Navn": title, "SagsNummer": "23-001122", "Felter": [field], **more}


def meeting(*items: dict[str, Any], **more: Any) -> bytes:
    held = {
        "Dato": "2023-05-08T17:00:00+02:00",
        "Sted": "Rådssalen",
        "Afsluttet": True,
        "Moededeltagere": [
            {"Name": "Asta Holm", "Absent": False},
            {"Name": "Bo Friis", "Absent": True},
        ],
    }
    numbered = [{"Punktnummer": str(n), **i} for n, i in enumerate(items, start=1)]
    udvalg = {"Navn": "Byråd 2022-2025"}
    return json.dumps(
        {"Moede": held, "Udvalg": udvalg, "Dagsordenpunkter": numbered, **more}
    ).encode()


POOL = item(
    "Svømmehallens tag",
    "<h3>Beslutning</h3><span><p>Godkendt.</p></span><h3>Fremstilling</h3>"
    "<p>Taget koster 1,4 mio. kr.</p><table><tr><th>1.000 kr.</th><th>2024</th></tr>"
    "<tr><td>Tag</td><td>1.400</td></tr></table>",
    Bilag=[
        {"Navn": "Tegning", "Id": "b2", "Order": 2},
        {"Navn": "Overslag", "Id": "b1", "Order": 1},
    ],
    ExternalAgendaItemAttendees=[{"Name": "Bo Friis"}],
)
SALE = item("Lukket: Salg af en grund", "<p>Prisen er 3 mio. kr.</p>")


def test_an_item_is_a_document_with_its_facts() -> None:
    content = assemble(read_bytes("moede.json", meeting(POOL, SALE)))
    head, pool, sale = content.documents
    assert (head.kind, head.title) == ("dagsorden", "Referat: Byrådet, 8. maj 2023")
    assert (pool.kind, pool.title, pool.committee) == (
        "dagsordenspunkt",
        "Svømmehallens tag",
        "Byrådet",
    )
    assert (pool.municipality, pool.date) == ("Næstved", dt.date(2023, 5, 8))
    assert (pool.case_numbers, pool.decision, pool.url) == (
        ("23-001122",),
        "adopted",
        f"{SITE}/0d1",
    )
    assert [tuple(a) for a in pool.attachments] == [
        ("Overslag", f"{SITE}/b1"),
        ("Tegning", f"{SITE}/b2"),
    ]
    assert [d.access for d in (head, pool, sale)] == ["public", "public", "closed"]
    row = next(f for f in content.figures if f.table)
    assert (row.amount, row.year, row.document) == (1_400_000, 2024, pool.id)


def test_an_items_parts_keep_their_order() -> None:
    source = read_bytes("moede.json", meeting(POOL))
    assert source.page(1).text.split("\n") == [
        "Referat: Byrådet, 8. maj 2023",
        "Sted: Rådssalen",
        "Til stede: Asta Holm",
        "Fraværende: Bo Friis",
    ]
    assert source.page(2).text.split("\n") == [
        "Svømmehallens tag",
        "Sagsnr.: 23-001122",
        "Beslutning",
        "Godkendt.",
        "Fremstilling",
        "Taget koster 1,4 mio. kr.",
        "1.000 kr.\t2024",
        "Tag\t1.400",
        "Fraværende: Bo Friis",
        "Bilag: Overslag",
        "Bilag: Tegning",
    ]


def test_who_was_absent_is_told_once() -> None:
    said = item(
        "Vejene", "<p>Fraværende: Bo Friis</p>", ExternalAgendaItemAttendees=[{"Name": "Bo Friis"}]
    )
    source = read_bytes("moede.json", meeting(said))
    assert source.page(2).text.count("Bo Friis") == 1


def test_the_head_names_no_closed_item() -> None:
    source = read_bytes("moede.json", meeting(POOL, SALE))
    assert "grund" not in source.page(1).text


def test_a_body_that_speaks_of_other_items_does_not_part_them() -> None:
    first = item("Et", "<h4>Punkt 2: Vejene</h4><p>Se punkt 2.</p>")
    documents = assemble(
        read_bytes("m.json", meeting(first, item("To", "<p>Vejene.</p>")))
    ).documents
    assert [d.title for d in documents[1:]] == ["Et", "To"]


def test_personal_numbers_are_hidden_in_titles_and_names_of_attachments() -> None:
    told = item("Klage fra 010203-1234", "<p>Se bilaget.</p>", Bilag=[{"Navn": "010203-1234.pdf"}])
    document = assemble(masked(read_bytes("m.json", meeting(told)))).documents[1]
    assert document.title == "Klage fra ●●●●●●-●●●●"
    assert document.attachments[0].name == "●●●●●●-●●●●.pdf"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"a": 1}', "unsupported"),
        (b"[1, 2]", "unsupported"),
        (
            b'{"Moede": {"Dato": "i morgen"}, "Udvalg": {"Navn": "x"}, "Dagsordenpunkter": []}',
            "unsupported",
        ),
        (b'{"Moede"', "broken"),
        (b'{"Andet": ' + b"[" * 100_000, "broken"),
    ],
)
def test_other_json_is_refused_with_its_cause(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_bytes("tal.json", data)
    assert caught.value.code == code and "tal.json" in caught.value.message.da


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
OBJECTS = st.dictionaries(st.text(max_size=6), SCALARS, max_size=3)
JSON = SCALARS | OBJECTS | st.lists(SCALARS | OBJECTS, max_size=3)


@given(
    st.dictionaries(
        st.sampled_from("SagsNummer Punktnummer Bilag Felter ExternalAgendaItemAttendees".split()),
        JSON,
    )
)
def test_whatever_an_item_holds_it_is_read_or_refused(parts: dict[str, Any]) -> None:
    try:
        source = read_bytes("m.json", meeting({"Navn": "Vejene", "Felter": [], **parts}))
    except Unreadable:
        return
    assert source.page(2).text.startswith("Vejene")
