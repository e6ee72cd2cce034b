"""The logic of the documents page, run by Streamlit's AppTest."""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from made_pdfs import proposal_pdf
from streamlit.testing.v1 import AppTest

from rag.chain import Assistant
from rag.home import VARIABLE, Home
from rag.store.access import User
from rag.store.catalogue import Catalogue
from rag.types import Text

SCRIPT = "from ui.documents.page import page\npage()"
POLITICIAN = User("p", "Politiker", frozenset({"politician"}))


@pytest.fixture
def home(corpus_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A data folder of the test's own, with the corpus in it."""
    folder = tmp_path / "data"
    shutil.copytree(corpus_home, folder)
    monkeypatch.setenv(VARIABLE, str(folder))
    return Home(folder)


@pytest.fixture
def app(home: Home) -> AppTest:
    return AppTest.from_string(SCRIPT, default_timeout=30).run()


def shown(app: AppTest) -> str:
    """All HTML of the page."""
    assert not app.exception
    return "\n".join([*(e.body for e in app.html), *components(app)])


def components(app: AppTest) -> list[str]:
    protos: list[Any] = [getattr(e, "proto", None) for e in app.main if e.type == "bidi_component"]
    return [json.loads(p.json)["html"] for p in protos]


def press(app: AppTest, label: str) -> AppTest:
    return next(b for b in app.button if b.label == label).click().run()


def opened(app: AppTest, assistant: Assistant, number: str) -> AppTest:
    (document,) = assistant.catalogue.documents(numbers=[number])
    app.query_params["dokument"] = document.id
    return app.run()


def hand_in(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Hand files in and wait until they are read."""
    app.file_uploader[0].set_value([(n, d, "application/pdf") for n, d in files]).run()
    next(b for b in app.button if b.label.startswith("Læs ")).click().run()
    for _ in range(200):
        if "Indlæsningen er færdig" in shown(app):
            return app
        time.sleep(0.1)
        app.run()
    pytest.fail(shown(app))


def made(folder: Path, number: str = "BU1", saving: str = "-100") -> bytes:
    path = folder / "made.pdf"
    return proposal_pdf(path, number, "Færre kantiner", [["Husleje", *[saving] * 4]]).read_bytes()


def rows(app: AppTest) -> list[str]:
    (table,) = [c for c in components(app) if 'class="documents"' in c]
    return re.findall(r'aria-label="Åbn ([^"]*)"', table)


def test_the_collection_is_listed_searched_and_filtered(app: AppTest) -> None:
    assert len(rows(app)) == 5 and "5 af 5 dokumenter" in shown(app)
    app.text_input[0].set_value("robot høje").run()
    assert [r.split(" · ")[0] for r in rows(app)] == ["ØU02"]
    app.text_input[0].set_value("findes ikke").run()
    assert "Ingen dokumenter passer" in shown(app)
    app.text_input[0].set_value("").run()
    app.multiselect[0].set_value(["København"]).run()
    assert len(rows(app)) == 2
    app.multiselect[1].set_value(["budgetnotat"]).run()
    assert [r.split(" · ")[0] for r in rows(app)] == ["ØK74"]
    app.multiselect[1].set_value([]).run()
    app.multiselect[3].set_value(["findings"]).run()
    assert [r.split(" · ")[0] for r in rows(app)] == ["ØK74"]


def test_a_document_shows_what_was_read_beside_its_page(app: AppTest, assistant: Assistant) -> None:
    opened(app, assistant, "ØU02")
    html = shown(app)
    assert "<h1>ØU02 · Administrativ effektivisering" in html
    assert "Investering - Drift, 2027: 1.000" in html and '<span class="none">tom</span>' in html
    (document,) = assistant.catalogue.documents(numbers=["ØU02"])
    figures = len(assistant.catalogue.figures([document.id]))
    findings = len(assistant.catalogue.findings([document.id]))
    told = ("Side for side", f"Tal ({figures})", f"Fund ({findings})", "Oplysninger")
    assert tuple(t.label for t in app.tabs) == told
    next(b for b in app.button if b.label == "→").click().run()
    assert app.selectbox[-1].value == 2 and re.search(r"<h\d>4. Konsekvens</h\d>", shown(app))


def test_the_other_tabs_tell_figures_findings_and_details(
    app: AppTest, assistant: Assistant
) -> None:
    opened(app, assistant, "ØU10")
    (document,) = assistant.catalogue.documents(numbers=["ØU10"])
    _, figures, findings, details = [t.label for t in app.tabs]
    for name, told in (
        (figures, "−1.650.000 kr."),
        (findings, 'class="finding"'),
        (details, "<dt>Prisniveau</dt><dd>2026-priser</dd>"),
    ):
        app.session_state[f"documents-tabs-{document.id}"] = name
        app.run()
        assert told in shown(app), name


def test_a_document_without_pages_is_read_as_text(app: AppTest, assistant: Assistant) -> None:
    document = next(d for d in assistant.catalogue.documents() if not d.paged)
    app.query_params["dokument"] = document.id
    app.run()
    assert 'class="read"' in shown(app) and not [b for b in app.button if b.label == "→"]


def test_a_document_that_is_gone_is_said_to_be(app: AppTest) -> None:
    app.query_params["dokument"] = "ukendt-1"
    app.run()
    assert "Dokumentet er ikke i samlingen" in shown(app)
    assert len(rows(press(app, "← Alle dokumenter"))) == 5


def test_files_handed_in_are_read_reported_and_answered_from(
    app: AppTest, home: Home, tmp_path: Path
) -> None:
    hand_in(app, ("nyt.pdf", made(tmp_path)), ("tom.pdf", b"%PDF-1.4 i stykker"))
    html = shown(app)
    assert "<strong>nyt.pdf</strong>: lagt ind, 1 dokument(er)" in html
    assert "<strong>tom.pdf</strong>: kunne ikke læses" in html
    assert "6 af 6 dokumenter" in html and "Filer, der ikke kunne læses" in html
    answer = Assistant(home).ask("Hvad er »Husleje« i BU1 i 2027?")
    assert answer.status == "answered" and "100" in answer.text
    press(app, "Luk")
    assert "Indlæsningen er færdig" not in shown(app)
    press(app, "Fjern fra listen")
    assert "Filer, der ikke kunne læses" not in shown(app)


def test_a_newer_version_is_announced_and_reported(app: AppTest, tmp_path: Path) -> None:
    hand_in(app, ("nyt.pdf", made(tmp_path)))
    press(app, "Luk")
    newer = made(tmp_path, saving="-900")
    app.file_uploader[0].set_value([("nyt.pdf", newer, "application/pdf")]).run()
    assert "den nye fil erstatter den gamle" in shown(app)
    hand_in(app, ("nyt.pdf", newer))
    assert "erstattet med den nye udgave" in shown(app)


def test_deleting_asks_first_and_leaves_nothing(
    app: AppTest, assistant: Assistant, home: Home
) -> None:
    opened(app, assistant, "ØU10")
    press(app, "Slet filen …")
    assert "Slet oeu10_kunstig-intelligens_budget-2026-2029.pdf for altid?" in shown(app)
    press(app, "Behold")
    assert "for altid?" not in shown(app)
    press(app, "Slet filen …")
    press(app, "Ja, slet")
    html = shown(app)
    assert "er slettet." in html and "4 af 4 dokumenter" in html
    left = Assistant(home)
    assert not left.catalogue.documents(numbers=["ØU10"])
    assert left.ask("Hvor mange årsværk sparer ØU10 i 2029?").status == "not_found"


def test_who_may_see_a_document_is_changed(app: AppTest, assistant: Assistant, home: Home) -> None:
    opened(app, assistant, "ØU10")
    app.selectbox[0].set_value("staff").run()
    assert "Adgangen er ændret" in shown(app) and "forvaltningen</span>" in shown(app)
    (document,) = Catalogue(home).documents(numbers=["ØU10"])
    assert document.access == "staff"


def test_a_file_is_closed_and_deleted_while_others_are_read(
    app: AppTest, assistant: Assistant, home: Home
) -> None:
    opened(app, assistant, "ØU10")
    with ThreadPoolExecutor(1) as other:
        reading, over = threading.Event(), threading.Event()

        def read() -> None:
            with home.ingesting():
                reading.set()
                assert over.wait(60)

        other.submit(read)
        assert reading.wait(20)
        app.selectbox[0].set_value("staff").run()
        assert "Adgangen er ændret" in shown(app)
        press(app, "Slet filen …")
        press(app, "Ja, slet")
        assert "er slettet" in shown(app) and not over.is_set()
        over.set()
    assert Catalogue(home).documents(numbers=["ØU10"]) == []


def test_what_comes_in_waits_to_be_released(
    app: AppTest, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAADSVAR_INTAKE", "staff")
    assert "Venter på frigivelse" not in shown(app)
    hand_in(app, ("a.pdf", made(tmp_path, "BU1")), ("b.pdf", made(tmp_path, "BU2")))
    assert "Venter på frigivelse (2)" in shown(app)
    (one,) = Catalogue(home).documents(numbers=["BU1"])
    assert one.access == "staff"
    next(b for b in app.button if b.key == "documents-release-0").click().run()
    assert "Filen er frigivet" in shown(app) and "Venter på frigivelse (1)" in shown(app)
    levels = {d.number: d.access for d in Catalogue(home).documents(numbers=["BU1", "BU2"])}
    assert levels == {"BU1": "public", "BU2": "staff"}
    next(b for b in app.button if b.key == "documents-see-0").click().run()
    assert "<h1>BU2" in shown(app)


def test_a_politician_sees_and_changes_nothing(
    app: AppTest, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("shared", "documents.page", "documents.catalogue", "documents.document"):
        monkeypatch.setattr(f"ui.{module}.user", lambda: POLITICIAN)
    app.run()
    assert not app.file_uploader and "Adgang" not in shown(app) and len(rows(app)) == 5
    opened(app, assistant, "ØU10")
    assert not [b for b in app.button if b.label == "Slet filen …"]
    assert not [s for s in app.selectbox if s.label == "Hvem må se det?"]


def test_warnings_of_the_reading_are_shown(
    app: AppTest, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (Text("Side 2 har ingen tekst.", "Page 2 has no text."),)
    monkeypatch.setattr(Catalogue, "warnings", lambda self, source: told)
    assert "Side 2 har ingen tekst." in shown(opened(app, assistant, "ØU10"))


def test_an_empty_collection_begins_with_adding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    app = AppTest.from_string(SCRIPT, default_timeout=30).run()
    assert "Samlingen er tom" in shown(app) and app.file_uploader
