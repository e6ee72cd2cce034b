"""The ways through the chat in a real Chromium: keyboard, reload, restart, accessibility."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from accessible import violations
from docx import Document
from playwright.sync_api import Page, expect
from serving import serving, settled, window

QUESTION = "Hvor mange årsværk sparer ØU10 i 2029?"
NET = "Hvad er »Samlet ændring (Netto)« i ØU10 i 2026, 2027, 2028 og 2029?"
ANSWER = "reduktion på 4 årsværk i 2029"


@pytest.fixture
def wide(address: str, browser_path: str) -> Iterator[Page]:
    """A laptop's window."""
    with window(browser_path, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        yield page


def ask(page: Page, question: str, answer: str) -> None:
    settled(page)
    page.get_by_role("textbox", name=re.compile("Spørg om|Ask about")).fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".answer").last).to_contain_text(answer)


def test_everything_is_reached_and_done_by_keyboard(wide: Page, address: str) -> None:
    wide.goto(address)
    expect(wide.get_by_role("button", name=QUESTION)).to_be_visible()
    tab_to(wide, QUESTION)
    wide.keyboard.press("Enter")
    expect(wide.locator(".answer")).to_contain_text(ANSWER)
    tab_to(wide, "[2]", backwards=True)
    wide.keyboard.press("Enter")
    panel = wide.locator(".st-key-panel-1")
    expect(panel).to_contain_text("Kilde 2 af")
    expect(panel.locator("blockquote")).to_contain_text("4 stillinger i 2029")
    tab_to(wide, "Forrige")
    wide.keyboard.press("Enter")
    expect(panel).to_contain_text("Kilde 1 af")
    expect(panel.locator("mark").first).to_have_text("4")
    tab_to(wide, "Vis hele siden")
    wide.keyboard.press("Space")
    expect(wide.get_by_role("switch", name="Vis hele siden")).to_be_checked()


def open_conversations(page: Page) -> None:
    settled(page)
    page.get_by_role("button", name="Samtaler").click()
    expect(page.get_by_label("Søg i samtaler")).to_be_visible()


def tab_to(page: Page, name: str, backwards: bool = False) -> None:
    """Move the focus to what is called `name`, by Tab alone."""
    settled(page)
    for _ in range(80):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        focused = page.evaluate(_FOCUSED)
        if name in focused:
            return
    pytest.fail(f"{name} is not reached by Tab; at last {focused!r}")


_FOCUSED = """() => {
  const at = document.activeElement;
  if (!at.matches("a, button, input, summary, textarea")) return "";
  const labels = [...(at.labels || [])].map((label) => label.textContent);
  return [at.getAttribute("aria-label"), at.textContent, ...labels].join(" ");
}"""


def test_a_conversation_outlives_a_reload_and_a_restart_and_is_renamed_deleted_and_had_back(
    corpus_home: Path, tmp_path: Path, browser_path: str
) -> None:
    folder = shutil.copytree(corpus_home, tmp_path / "data")
    with ExitStack() as server:
        address = server.enter_context(serving(folder, tmp_path))
        with window(browser_path, address) as page:
            page.goto(address)
            ask(page, QUESTION, ANSWER)
            expect(page).to_have_url(re.compile(r"\?samtale=1$"))
            page.reload()
            expect(page.locator(".answer")).to_contain_text(ANSWER)
            expect(page.locator(".st-key-panel-1 img")).to_be_visible()
            settled(page)
            lost = page.get_by_text("Ingen forbindelse til Rådsvar")
            expect(lost).to_be_hidden()
            server.close()
            expect(lost).to_be_visible()
    with serving(folder, tmp_path) as address, window(browser_path, address) as page:
        page.goto(f"{address}/?samtale=1")
        expect(page.locator(".answer")).to_contain_text(ANSWER)
        ask(page, "og i 2028?", "3 årsværk i 2028")
        open_conversations(page)
        page.get_by_role("button", name="Omdøb").click()
        page.get_by_label("Samtalens navn").fill("Stillinger i forslaget")
        page.get_by_role("button", name="Gem").click()
        expect(page.get_by_role("heading", name="Stillinger i forslaget")).to_be_visible()
        page.get_by_label("Søg i samtaler").fill("2028")
        page.keyboard.press("Enter")
        listed = page.locator(".st-key-open-1").get_by_role("button")
        expect(listed).to_have_text("Stillinger i forslaget")
        page.get_by_role("button", name="Slet").click()
        expect(page.get_by_role("heading", name="Hvad vil du vide?")).to_be_visible()
        expect(listed).to_have_count(0)
        page.get_by_role("button", name="Fortryd").click()
        listed.click()
        expect(page.locator(".answer")).to_have_count(2)


def test_an_answer_is_copied_downloaded_and_its_document_opened_at_the_page(
    wide: Page, address: str
) -> None:
    wide.goto(address)
    ask(wide, NET, "-700")
    wide.get_by_role("button", name="Kopiér med kilder").click()
    expect(wide.get_by_role("button", name="Kopieret")).to_be_visible()
    copied = wide.evaluate("navigator.clipboard.readText()")
    assert "-700" in copied and "[1] ØU10" in copied and "side 1" in copied
    with wide.expect_download() as download:
        wide.get_by_role("button", name="Hent som Word").click()
    document = Document(io.BytesIO(download.value.path().read_bytes()))
    assert document.tables[0].rows[0].cells[1].text == "2026"
    original = wide.get_by_role("link", name="Åbn dokumentet på side 1")
    target = original.get_attribute("href") or ""
    assert target.endswith("#page=1")
    assert wide.request.get(address + target.removesuffix("#page=1")).body().startswith(b"%PDF")
    wide.get_by_text("Vis som diagram").click()
    chart = wide.locator(".st-key-chart-1 [data-testid=stVegaLiteChart]")
    expect(chart).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_every_state_is_accessible_and_fits_the_window(
    scheme: str, width: int, address: str, browser_path: str
) -> None:
    with window(browser_path, address, width=width, color_scheme=scheme) as page:
        page.goto(address)
        expect(page.get_by_role("button", name=QUESTION)).to_be_visible()
        assert violations(page) == []
        ask(page, NET, "-700")
        expect(page.locator(".st-key-panel-1 img")).to_be_visible()
        page.get_by_text("Vis som diagram").click()
        settled(page)  # a thumb given while a click is answered may be lost
        page.get_by_text("Nej", exact=True).click()
        expect(page.get_by_label("Hvad var galt?")).to_be_visible()
        assert violations(page) == []
        ask(page, "Hvad koster cykelstien?", "intet tal, der svarer")
        open_conversations(page)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("room", ["dokumenter", "tal", "udkast", "evaluering"])
def test_every_other_page_is_accessible_in_the_dark_too(
    room: str, address: str, browser_path: str
) -> None:
    for scheme in ("light", "dark"):
        with window(browser_path, address, color_scheme=scheme) as page:
            page.goto(f"{address}/{room}")
            expect(page.locator("h1, h2").first).to_be_visible()
            assert violations(page) == [], scheme
