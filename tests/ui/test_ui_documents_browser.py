"""A document's life in a real Chromium, on a phone: handed in, asked about, deleted, gone."""

from __future__ import annotations

import shutil
from pathlib import Path

from made_pdfs import proposal_pdf
from playwright.sync_api import Locator, Page, expect
from serving import serving, window

ASK = "Spørg om noget i dokumenterne"
QUESTION = "Hvad er »Husleje« i BU77 i 2027?"


def see(place: Locator) -> None:
    expect(place).to_be_visible()  # reading a file in is slow on a busy machine


def ask(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_placeholder(ASK).fill(QUESTION)
    page.keyboard.press("Enter")


def test_handed_in_asked_about_deleted_and_gone(
    corpus_home: Path, browser_path: str, tmp_path: Path
) -> None:
    home = tmp_path / "data"
    shutil.copytree(corpus_home, home)
    title = "Færre kantiner på skolerne"
    file = proposal_pdf(tmp_path / "kantiner.pdf", "BU77", title, [["Husleje", *["-125"] * 4]])
    broken = tmp_path / "tom.pdf"
    broken.write_bytes(b"%PDF-1.4 i stykker")
    with (
        serving(home, tmp_path) as address,
        window(browser_path, address, width=390, height=780) as page,
    ):
        page.goto(f"{address}/dokumenter")
        page.get_by_text("Læg dokumenter ind").click()
        see(page.get_by_role("button", name="Vælg filer"))
        page.locator("input[type=file]").set_input_files([file, broken])
        page.get_by_role("button", name="Læs 2 filer ind").click()
        see(page.get_by_text("Indlæsningen er færdig"))
        see(page.get_by_text("kantiner.pdf: lagt ind"))
        see(page.get_by_text("tom.pdf: kunne ikke læses"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

        ask(page, address)
        see(page.locator(".answer").get_by_text("-125").first)

        page.goto(f"{address}/dokumenter")
        page.get_by_role("button", name=f"Åbn BU77 · {title}").focus()
        page.keyboard.press("Enter")
        see(page.get_by_role("heading", name=title))
        page.get_by_role("button", name="Husleje, 2027: -125").click()
        see(page.get_by_role("img", name="BU77, side 1 som billede"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        with page.expect_download() as download:
            page.get_by_role("button", name="Hent originalen").click()
        assert download.value.path().read_bytes() == file.read_bytes()
        page.get_by_role("button", name="Slet filen …").click()
        page.get_by_role("button", name="Ja, slet").click()
        see(page.get_by_text("kantiner.pdf er slettet."))

        ask(page, address)
        see(page.get_by_text("Intet svar i dokumenterne"))
