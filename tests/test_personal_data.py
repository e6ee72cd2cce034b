"""A file that holds CPR numbers: nothing kept, shown, searched or sent to a model holds them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_pdfs import pdf
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from draft.inquiry import read_inquiry
from ingest.pipeline import ingest, ingest_bytes
from ingest.read import read_bytes
from rag.answer import Answer, Statement
from rag.chain import Assistant, refresh
from rag.home import Home
from rag.pdf.pdfium import PdfError
from rag.query import Turn
from rag.search.embed import load_embedder
from rag.store.access import LOCAL
from rag.store.catalogue import Catalogue
from rag.store.conversations import Conversations
from rag.store.records import Records
from ui.evidence import SCALE, page_picture

WRITTEN, BARE, HEADED = "010203-1234", "0507611206", "120480-5678"
HIDDEN = "●●●●●●-●●●●"


def secret(data: bytes) -> bool:
    """Tell whether a CPR number of the file stands in some bytes."""
    return any(n.encode() in data for n in (WRITTEN, BARE, HEADED, WRITTEN[6:], HEADED[6:]))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("personal")
    letter = pdf(
        folder / "notat.pdf",
        f"# Klage fra borger {WRITTEN}",
        f"Borgeren {BARE} klager over Kvadervejen. Skriv til bo@gmail.com om sagen.",
        [["Navn", "CPR-nr.", "2026", "2027"], ["Støtte", HEADED, "-100", "-200"]],
        "Sagsnummer i F2: 2025 - 7654. Kvadervejen asfalteres i 2027 for 77.000 kr.",
    )
    home = Home(folder / "home")
    (report,) = ingest([letter], home, load_embedder())
    assert report.outcome == "added"
    told = " ".join(w.da for w in report.warnings)
    assert "CPR-numre er skjult på side 1" in told and "E-mailadresser" in told
    refresh(home)
    return home


@pytest.fixture(scope="module")
def assistant(home: Home) -> Iterator[Assistant]:
    shared = Assistant(home)
    yield shared
    shared.catalogue.close()


def test_nothing_kept_holds_a_number_but_the_original(home: Home, assistant: Assistant) -> None:
    (stored,) = assistant.catalogue.sources()
    kept = {p for p in home.folder.rglob("*") if p.is_file()} - {
        assistant.catalogue.file(stored.id)
    }
    assert any(p.name == "catalogue.sqlite" for p in kept)
    assert [p.name for p in kept if any(n.encode() in p.read_bytes()
                                        for n in (WRITTEN, BARE, HEADED))] == []  # fmt: skip
    catalogue = assistant.catalogue
    told = repr((
        catalogue.documents(), catalogue.document(catalogue.documents()[0].id),
        catalogue.figures(), catalogue.findings(), catalogue.passages(),
        catalogue.source(stored.id), catalogue.page(stored.id, 1),
    ))  # fmt: skip
    assert not secret(told.encode()) and told.count(HIDDEN) >= 4
    assert "2025 - 7654" in told and "-200" in told, "what only looks alike is there"


def test_answers_and_search_hold_none(assistant: Assistant) -> None:
    answer = assistant.ask("Hvornår asfalteres Kvadervejen?")
    assert answer.status == "answered" and not secret(repr(answer).encode())
    hits = assistant.retriever.hits(f"borger {WRITTEN}", 9)
    assert hits and not secret(repr(hits).encode())


def test_the_offsets_and_boxes_are_those_of_the_file(home: Home, assistant: Assistant) -> None:
    (stored,) = assistant.catalogue.sources()
    page = assistant.catalogue.page(stored.id, 1)
    raw = read_bytes("notat.pdf", (home.files / stored.id).read_bytes()).pages[0]
    assert page is not None and len(page.text) == len(raw.text)
    assert [s[:2] for s in page.spans] == [s[:2] for s in raw.spans]
    for passage in assistant.catalogue.passages():
        assert page.text[passage.start : passage.end] == passage.text


def test_the_picture_is_black_where_a_number_stands(home: Home, assistant: Assistant) -> None:
    (stored,) = assistant.catalogue.sources()
    page = assistant.catalogue.page(stored.id, 1)
    assert page is not None
    picture = page_picture(home.files / stored.id, page, (0, 1), (0, 1), whole=True)
    shown = Image.open(io.BytesIO(picture)).convert("RGB")
    for words, black in ((HIDDEN, True), ("●" * 10, True), ("Kvadervejen", False)):
        start = page.text.index(words)
        (box, *_) = page.boxes(start, start + len(words))
        area = shown.crop(tuple(round(edge * SCALE) for edge in box))
        assert ({p for _, p in area.getcolors(1 << 16) or []} == {(0, 0, 0)}) is black


def test_the_original_is_for_staff(assistant: Assistant) -> None:
    (stored,) = assistant.catalogue.sources()
    politician = assistant.seen_by(frozenset({"public"})).catalogue
    assert politician.file(stored.id) is None
    assert politician.file(stored.id, 1) is not None, "the picture hides what is to be hidden"
    assert assistant.seen_by(frozenset({"public", "closed"})).catalogue.file(stored.id) is None
    staff = assistant.seen_by(frozenset({"public", "staff"})).catalogue
    assert staff.file(stored.id) is not None


def test_a_number_in_the_running_head_takes_the_pictures_away(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), invariant=1)
    for page in range(1, 5):
        canvas.drawString(50, 800, f"Klage fra {WRITTEN}")
        for line in range(12):
            canvas.drawString(
                50, 700 - 20 * line, f"Side {page} har en linje {line} om Kvadervejen."
            )
        canvas.showPage()
    canvas.save()
    home = Home(tmp_path / "home")
    ingest([path], home, load_embedder())
    catalogue = Catalogue(home)
    (stored,) = catalogue.sources()
    source = catalogue.source(stored.id)
    assert source and source.personal and not secret(repr(source).encode())
    assert any(HIDDEN in line for line in source.furniture), "taken out of the pages by the reader"
    with pytest.raises(PdfError):
        page_picture(home.files / stored.id, source.pages[0], (0, 1), (0, 1))
    catalogue.close()


def test_a_file_named_by_a_number_is_refused(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    path = pdf(tmp_path / f"{WRITTEN}.pdf", "# Notat", "Om vejen.")
    (report,) = ingest([path], home, load_embedder())
    assert report.outcome == "failed" and not secret(repr(report).encode())
    catalogue = Catalogue(home)
    assert not secret(repr(catalogue.failures()).encode()) and not list(home.files.iterdir())
    catalogue.close()


# ------------------------------------------------------------ questions and records


def test_a_question_is_read_without_its_numbers(assistant: Assistant) -> None:
    history = [Turn(f"Hvad med {WRITTEN}?", f"Intet om {WRITTEN}.")]
    answer = assistant.ask(f"Hvad skrev borger {WRITTEN} om Kvadervejen?", history)
    assert answer.query is not None and HIDDEN in answer.query.text
    assert not secret(repr(answer).encode())


def test_a_model_is_sent_no_number(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    sent: list[str] = []

    class Model:
        def write(self, system: str, request: str) -> Iterator[str]:
            sent.append(system + request)
            yield "{}"

    monkeypatch.setattr("rag.chain.configured", Model)
    own = Assistant(home)
    own.ask(f"Hvad skrev borger {WRITTEN} om Kvadervejen?", [Turn(f"Er {BARE} nævnt?", "Ja.")])
    own.ask("og hvad?", [Turn(f"Er {BARE} nævnt på {WRITTEN}?", "Ja.")])
    own.catalogue.close()
    assert sent and not secret("".join(sent).encode())


def test_an_inquiry_is_read_without_its_numbers() -> None:
    inquiry = read_inquiry(f"Fra: Bo Hansen (V)\n\nHvad har {WRITTEN} fået, og hvad koster det?")
    assert not secret(repr(inquiry).encode()) and HIDDEN in repr(inquiry)


def test_the_records_hold_none(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    records = Records(home)
    conversations = Conversations(records, LOCAL.id)
    conversation = conversations.start(f"Om {WRITTEN}")
    answer = Answer("answered", "da", (Statement(f"Han er\t{WRITTEN}"),))
    conversations.add(conversation, f"Hvem er {BARE}?", answer)
    (turn,) = conversations.turns(conversation)
    assert turn.question == f"Hvem er {'●' * 10}?"
    assert turn.answer and turn.answer.text == f"Han er\t{HIDDEN}"
    conversations.judge(turn.id, "down", f"{WRITTEN} skal ikke ses")
    records.close()
    kept = b"".join(p.read_bytes() for p in home.folder.glob("records.sqlite*"))
    assert WRITTEN.encode() not in kept and f"Hvem er {BARE}".encode() not in kept


def test_bytes_that_cannot_be_read_tell_no_number(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    catalogue = Catalogue(home)
    report = ingest_bytes("a.pdf", b"%PDF-1.4 " + WRITTEN.encode(), catalogue)
    assert report.outcome == "failed" and not secret(repr(report).encode())
    assert not list(home.files.iterdir())
    catalogue.close()
