"""The figures page in a real Chromium, on a phone: by keyboard from a figure to its place."""

from __future__ import annotations

import csv
import io

from playwright.sync_api import Page, expect


def test_from_a_figure_to_its_place_by_keyboard_and_the_figures_taken_along(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/tal")
    cell = page.get_by_role("button", name="ØU10 · Samlet ændring (Netto), 2028: -150")
    expect(cell).to_be_visible()
    cell.focus()
    page.keyboard.press("Enter")
    place = page.locator(".st-key-figures-place")
    expect(place.get_by_role("img")).to_be_in_viewport()
    assert "ØU10, side 1" in (place.get_by_role("img").get_attribute("alt") or "")
    expect(place.locator("mark").first).to_have_text("-150")
    expect(cell).to_be_focused()
    expect(cell).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator(".stVegaLiteChart canvas, .stVegaLiteChart svg").first).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("button", name="Hent som CSV").click()
    text = download.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {"-150", "-3.000"} <= {r["Trykt"] for r in rows}
