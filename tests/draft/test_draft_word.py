"""The letter as it leaves: Word in ours and in a municipality's template, PDF, plain text."""

import io
import shutil
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from draft.desk import Desk
from draft.inquiry import amended, read_inquiry
from draft.letter import FIELDS, letter, plain
from draft.word import OURS, TEMPLATE, to_docx
from ingest.assemble import assemble
from ingest.read import read_bytes
from rag.errors import InputError

QUESTION = "Hvor mange årsværk sparer ØU10 i 2027 & 2029?"
BODY = (
    "Forslaget ØU10 foreslår en reduktion på 2 årsværk i 2027.\n\n"
    "- Se https://www.example.dk/budget.\n\n[SKRIV: mere <her>]"
)


@pytest.fixture
def draft(desk: Desk) -> int:
    inquiry = amended(read_inquiry(QUESTION), "Rikke Dam (F)", "", "2026-04-21", "AI & robotter")
    id = desk.open(inquiry, "Grete")
    desk.edit(id, BODY, "Grete")
    for field, value in (
        ("sagsbehandler", "Grete Holm"),
        ("sagsnummer_f2", "2026 - 11111"),
        ("dokumentnummer_f2", "10900001"),
        ("dato", "2026-05-08"),
    ):
        desk.fill(id, field, value, "Grete")
    return id


def lines(data: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


def test_a_letter_holds_the_form(desk: Desk, draft: int) -> None:
    data = desk.export(draft, "docx", "Grete")
    told = lines(data)
    assert told[:4] == [
        "Til Rikke Dam (F)",
        "Politikersvar til Rikke Dam (F) - AI & robotter",
        f'Rikke Dam (F) har den 21. april 2026 stillet følgende spørgsmål: "{QUESTION}"',
        "Økonomiforvaltningens svar",
    ]
    assert "Forslaget ØU10 foreslår en reduktion på 2 årsværk i 2027. [1]" in told
    for label, value in (
        ("Sagsnummer i F2", "2026 - 11111"),
        ("Dokumentnummer i F2", "10900001"),
        ("Sagsnummer eDoc", ""),
        ("Sagsbehandler", "Grete Holm"),
    ):
        assert told[told.index(label) + 1] == value
    assert any(t.startswith("1. Forslaget ØU10") and t.rstrip().endswith("s. 1") for t in told)
    assert "{" not in "".join(told), "no field of the template is left"


def test_links_are_links_and_marks_are_marked(desk: Desk, draft: int) -> None:
    document = docx.Document(io.BytesIO(desk.export(draft, "docx", "Grete")))
    listed = next(p for p in document.paragraphs if p.text.startswith("Se "))
    assert listed.style.name == "List Bullet"
    assert [h.address for h in listed.hyperlinks] == ["https://www.example.dk/budget"]
    marked = next(p for p in document.paragraphs if "SKRIV" in p.text)
    assert marked.text == "[SKRIV: mere <her>]" and "w:shd" in marked._p.xml


def test_a_letter_is_read_back_as_the_politikersvar_it_is(desk: Desk, draft: int) -> None:
    content = assemble(read_bytes("svar.docx", desk.export(draft, "docx", "Grete")))
    (read,) = content.documents
    assert (read.kind, read.asker, read.title) == (
        "politikersvar",
        "Rikke Dam (F)",
        "AI & robotter",
    )
    assert (str(read.asked), str(read.date)) == ("2026-04-21", "2026-05-08")
    assert (read.answered_by, read.caseworker) == ("Økonomiforvaltningen", "Grete Holm")
    assert (read.case_numbers, read.document_numbers) == (("2026 - 11111",), ("10900001",))
    assert [(f.text, f.year) for f in content.figures if f.unit == "årsværk"] == [("2", 2027)]


def test_the_administration_is_a_setting(
    desk: Desk, draft: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAADSVAR_ADMINISTRATION", "Teknik- og Miljøforvaltningen")
    assert "Teknik- og Miljøforvaltningens svar" in lines(desk.export(draft, "docx", "Grete"))


def test_a_template_of_the_municipality_is_filled(
    desk: Desk, draft: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = docx.Document()
    for name in FIELDS:
        own.add_paragraph(f"{name}={{{{ {name} }}}}")
    for line in ("{%p for a in afsnit %}", "{{r a.tekst }}", "{%p endfor %}"):
        own.add_paragraph(line)
    own.save(str(tmp_path / "egen.docx"))
    monkeypatch.setenv(TEMPLATE, str(tmp_path / "egen.docx"))
    told = lines(desk.export(draft, "docx", "Grete"))
    assert "emne=AI & robotter" in told and "til=Rikke Dam (F)" in told
    assert len([t for t in told if "=" in t]) == len(FIELDS)


@pytest.mark.parametrize("broken", ["{{ emne", "{{ emne.__class__.__mro__[1] }}{% nope %}"])
def test_a_template_that_cannot_be_used_is_named(
    desk: Desk, draft: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    path = tmp_path / "egen.docx"
    monkeypatch.setenv(TEMPLATE, str(path))
    with pytest.raises(InputError, match=r"egen\.docx"):
        desk.export(draft, "docx", "Grete")
    own = docx.Document()
    own.add_paragraph(broken)
    own.save(str(path))
    with pytest.raises(InputError, match=r"egen\.docx"):
        desk.export(draft, "docx", "Grete")


def test_our_template_asks_for_every_field_but_the_parts_of_others() -> None:
    text = "\n".join(p.text for p in docx.Document(str(OURS)).paragraphs)
    whole = {"spoergsmaal", "spurgt", "forvaltning"}  # parts of "indledning" and "svar"
    assert {name for name in FIELDS if f"{{{{ {name} }}}}" not in text} == whole


def test_plain_text_and_an_unknown_kind(desk: Desk, draft: int) -> None:
    text = desk.export(draft, "txt", "Grete").decode()
    assert "i 2027. [1]" in text and "Sagsbehandler\nGrete Holm" in text
    with pytest.raises(InputError, match="docx, pdf, txt"):
        desk.export(draft, "rtf", "Grete")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_turns_a_letter_into_pages(desk: Desk, draft: int) -> None:
    source = read_bytes("svar.pdf", desk.export(draft, "pdf", "Grete"))
    text = "\n".join(page.text for page in source.pages)
    assert "Politikersvar til Rikke Dam (F) - AI & robotter" in text
    assert "Sagsbehandler" in text and "Grete Holm" in text


def test_without_libreoffice_the_word_file_is_named_instead(
    desk: Desk, draft: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="not installed"):
        desk.export(draft, "pdf", "Grete")


def test_a_source_with_an_address_is_a_link(desk: Desk, draft: int) -> None:
    (known,) = desk.assistant.catalogue.documents(numbers=["ØU10"])
    cited = desk.check(draft).judged
    there = replace(known, url="https://www.example.dk/oeu10?a=1&b=2")
    places = [replace(j.verdict.place, document=there) for j in cited if j.verdict.place]
    judged = tuple(
        replace(j, verdict=replace(j.verdict, place=p)) for j, p in zip(cited, places, strict=False)
    )
    made = letter(desk.drafts.get(draft), replace(desk.check(draft), judged=judged))
    document = docx.Document(io.BytesIO(to_docx(made)))
    source = next(p for p in document.paragraphs if p.text.startswith("1. Forslaget ØU10"))
    assert [h.address for h in source.hyperlinks] == [there.url]
    assert source.text.endswith("b=2") and "b=2" in plain(made)


def test_the_number_of_a_source_stands_after_the_whole_quotation(desk: Desk, draft: int) -> None:
    quote = (
        "»Både borgere og medarbejdere bliver i Københavns Kommune inddraget, når AI-løsninger "
        "udvikles og prøves af. Det foregår tæt på de enkelte løsninger og tager udgangspunkt i, "
        "hvad medarbejderen og borgeren har oplevet og har behov for.«"
    )
    desk.edit(draft, f"Det er oplyst: {quote}", "Grete")
    assert f"{quote} [1]" in desk.export(draft, "txt", "Grete").decode()
