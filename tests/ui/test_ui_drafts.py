"""The page Udkast: a question in, the gate on while it is edited, acceptance, versions, out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from playwright.sync_api import expect
from serving import serving, settled, window
from streamlit.testing.v1 import AppTest

from draft.records import Drafts
from ingest.read import read
from rag.home import VARIABLE, Home
from rag.store.records import Records

SCRIPT = "from ui.drafts.page import page\nfrom ui.fields import keep_fields\nkeep_fields()\npage()"
QUESTION = "Fra: Rikke Dam (F)\nEmne: AI\n\nHvor mange årsværk sparer ØU10 i 2027?"


@pytest.fixture
def home(corpus_home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(corpus_home, tmp_path / "home")


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv(VARIABLE, str(home))
    yield AppTest.from_string(SCRIPT, default_timeout=30).run()
    st.cache_resource.clear()


@pytest.fixture
def draft(app: AppTest) -> AppTest:
    """The page with a draft made on it."""
    app.text_area[0].set_value(QUESTION)
    return press(app, "Lav udkast")


def press(app: AppTest, name: str) -> AppTest:
    next(b for b in app.button if b.label == name).click().run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(element.value for element in app.get("html"))


def held(app: AppTest) -> list[bool]:
    return [button.proto.disabled for button in app.get("download_button")[:3]]


def test_a_question_becomes_a_draft_whose_figures_are_links_to_their_places(
    draft: AppTest,
) -> None:
    shown = html(draft)
    assert "1. Rikke Dam (F) – AI" in shown
    assert 'class="reference verdict bound" href="#source-draft-1-' in shown
    assert "2 årsværk i 2027" in draft.text_area[0].value
    assert held(draft)[0] is False and "Alt i teksten" in shown
    assert "Økonomiforvaltningen" not in draft.text_area[0].value, "the form is the template's"


def test_an_altered_figure_holds_the_exports_until_accepted_by_name(draft: AppTest) -> None:
    text = draft.text_area[0].value
    draft.text_area[0].set_value(text.replace("2 årsværk", "9 årsværk")).run()
    shown = html(draft)
    assert 'verdict held" href="#source-held-1-1"' in shown and held(draft) == [True] * 3
    assert "Forslaget ØU10 har 2 årsværk i 2027" in shown and "1 sted i teksten er" in shown
    press(draft, "Godkend alligevel")
    assert "navn og en begrundelse" in html(draft) and held(draft) == [True] * 3
    name, reason = (t for t in draft.text_input if t.label in ("Dit navn", "Begrundelse"))
    name.set_value("Grete Holm")
    reason.set_value("Nyt notat")
    press(draft, "Godkend alligevel")
    assert held(draft)[0] is False
    assert "godkendt af Grete Holm: Nyt notat" in html(draft)


def test_what_is_written_is_kept_and_compared_and_restored(draft: AppTest, home: Path) -> None:
    first = draft.text_area[0].value
    draft.text_area[0].set_value("Mit eget svar.").run()
    press(draft, "Lav udkastet om")
    assert draft.text_area[0].value == first
    draft.toggle(key="compare-1-2").set_value(True).run()
    assert "<del>- Mit eget svar.</del>" in html(draft)
    draft.button(key="restore-1-2").click().run()
    assert draft.text_area[0].value == "Mit eget svar."
    assert len(drafts(home).versions(1)) == 4


def test_a_field_of_the_letter_is_kept_and_what_is_wrong_with_it_told_beside_it(
    draft: AppTest, home: Path
) -> None:
    subject = next(t for t in draft.text_input if t.label == "Emne")
    subject.set_value("Kunstig intelligens").run()
    assert "1. Rikke Dam (F) – Kunstig intelligens" in html(draft)
    asked = next(t for t in draft.text_input if t.label == "Spurgt den")
    asked.set_value("i går").run()
    assert "i går" in html(draft) and drafts(home).get(1).case.inquiry.asked is None
    next(t for t in draft.text_input if t.label == "Spurgt den").set_value("5. maj 2026").run()
    assert "i går" not in html(draft) and ", 5. maj 2026" in html(draft)


def drafts(home: Path) -> Drafts:
    return Drafts(Records(Home(home)))


def test_a_version_saved_meanwhile_is_neither_overwritten_nor_hidden(
    draft: AppTest, home: Path
) -> None:
    drafts(home).save(1, "Oles svar.", [], "Ole")
    draft.text_area[0].set_value("Gretes svar.").run()
    assert "Ole gemte en version, mens du skrev" in html(draft)
    assert [v.text for v in drafts(home).versions(1)][-2:] == ["Oles svar.", "Gretes svar."]
    drafts(home).save(1, "Oles nye svar.", [], "Ole")
    draft.run()
    assert draft.text_area[0].value == "Oles nye svar."


def test_the_list_tells_status_and_what_is_overdue(app: AppTest) -> None:
    assert "Ingen udkast endnu" in html(app)
    press(app, "Lav udkast")
    assert "Skriv eller vælg et spørgsmål" in html(app)
    app.text_area[0].set_value("<b>Hvad</b> koster ØU02?")
    app.date_input[1].set_value("2026-01-05")
    press(app, "Lav udkast")
    press(app, "← Alle udkast")
    shown = html(app)
    assert "05-01-2026" in shown and "frist overskredet" in shown and ">ny<" in shown
    assert "<b>Hvad" not in shown and "&lt;b&gt;Hvad" in shown
    press(app, "Åbn")
    assert "Kontrolleret tekst" in html(app)


def test_an_unknown_draft_is_told_and_the_list_is_shown(app: AppTest) -> None:
    app.query_params["udkast"] = "99"
    app.run()
    assert "intet udkast 99" in html(app) and app.text_area[0].label == "Politikerens spørgsmål"
    for address in ("9" * 30, "9" * 5000, "²"):
        app.query_params["udkast"] = address
        app.run()
        assert not app.exception and app.text_area[0].label == "Politikerens spørgsmål"


def test_a_sent_answer_is_the_next_questions_precedent(draft: AppTest) -> None:
    draft.text_area[0].set_value("ØU10 foreslår en reduktion på 2 årsværk i 2027.").run()
    press(draft, "Markér som kontrolleret")
    press(draft, "Sendt: luk og læs ind")
    assert "Svaret er sendt" in html(draft) and not draft.text_area
    press(draft, "← Alle udkast")
    draft.text_area[0].set_value("Hvor mange årsværk skæres med AI i 2027?")
    press(draft, "Lav udkast")
    assert "<strong>AI</strong>" in html(draft) and "Rikke Dam (F)" in html(draft)


def test_the_whole_way_in_a_browser(home: Path, tmp_path: Path, browser_path: str) -> None:
    with serving(home, tmp_path) as address, window(browser_path, address) as page:
        page.goto(f"{address}/udkast")
        page.get_by_role("textbox", name="Politikerens spørgsmål").fill(QUESTION)
        page.get_by_role("button", name="Lav udkast").click()
        text = page.get_by_role("textbox", name="Svarets tekst")
        expect(text).to_have_value(re.compile("2 årsværk"))
        text.fill(text.input_value().replace("2 årsværk", "9 årsværk"))
        text.blur()
        word = page.get_by_role("button", name="Hent som Word")
        expect(word).to_be_disabled()
        page.locator("a.verdict.held").click()
        expect(page.get_by_text("Forslaget ØU10 har 2 årsværk i 2027")).to_be_in_viewport()
        text.fill(text.input_value().replace("9 årsværk", "2 årsværk"))
        text.blur()
        expect(word).to_be_enabled()
        page.locator("a.verdict.bound", has_text="2 årsværk").click()
        picture = page.locator(".st-key-panel-draft-1 img")
        expect(picture).to_be_in_viewport()
        with page.expect_download() as download:
            word.click()
        letter = tmp_path / "svar.docx"
        download.value.save_as(letter)
        assert "Politikersvar til Rikke Dam (F) - AI" in read(letter).pages[0].text


def test_an_edit_is_kept_whatever_is_clicked_the_moment_it_is_left(
    home: Path, tmp_path: Path, browser_path: str
) -> None:
    with serving(home, tmp_path) as address, window(browser_path, address) as page:
        page.goto(f"{address}/udkast")
        page.get_by_role("textbox", name="Politikerens spørgsmål").fill(QUESTION)
        page.get_by_role("button", name="Lav udkast").click()
        text = page.get_by_role("textbox", name="Svarets tekst")
        text.fill("Svar.")
        text.blur()
        page.get_by_role("tab", name="Versioner").click()
        expect(page.get_by_text("Sammenlign med den nyeste")).to_be_visible()
        for wait in (0, 5, 10, 20, 40, 80):
            text.fill(f"{text.input_value()} {wait}.")
            page.evaluate(LEFT_BY_A_CLICK, wait)
        page.get_by_role("button", name="Alle udkast").click()
        expect(page.get_by_role("textbox", name="Politikerens spørgsmål")).to_be_visible()
        settled(page)
    assert drafts(home).versions(1)[-1].text == "Svar. 0. 5. 10. 20. 40. 80."


LEFT_BY_A_CLICK = """async (wait) => {
  document.activeElement.blur();
  await new Promise((done) => setTimeout(done, wait));
  document.querySelector('[class*="st-key-compare-1-1"] input').click();
}"""
