"""The way through in a real Chromium: ask, open the source, see the marked page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

QUESTION = "Hvor mange årsværk sparer ØU10 i 2029?"


def test_ask_open_the_source_and_see_the_marked_page(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=QUESTION).click()
    expect(page.get_by_text("4 årsværk i 2029").first).to_be_visible()
    expect(page.get_by_text("Tabellen og teksten siger ikke det samme").first).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "da"
    assert page.title() == "Rådsvar · Spørg"

    page.locator("a.reference").first.click()
    panel = page.locator(".st-key-panel-1")
    picture = panel.locator("img")
    expect(picture).to_be_in_viewport()
    assert "ØU10, side 1" in (picture.get_attribute("alt") or "")
    assert page.evaluate(_YELLOW, picture.element_handle()) > 100
    assert panel.locator("mark").first.inner_text() == "4"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    with page.expect_download() as download:
        panel.get_by_role("button", name="Hent dokumentet").click()
    assert download.value.suggested_filename.startswith("oeu10")
    assert download.value.path().read_bytes().startswith(b"%PDF")

    page.get_by_text("English", exact=True).click()
    expect(page.get_by_placeholder("Ask about the documents")).to_be_visible()
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.get_by_role("textbox").fill("and in 2028?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("reduction of 3 FTE")).to_be_in_viewport()

    page.reload()
    expect(page.get_by_placeholder("Ask about the documents")).to_be_visible()
    expect(page.get_by_role("link", name="Ask", exact=True)).to_be_visible()
    assert page.title() == "Rådsvar · Ask"


_YELLOW = """async (image) => {
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  let yellow = 0;
  for (let i = 0; i < pixels.length; i += 4)
    if (pixels[i] > 240 && pixels[i + 1] > 210 && pixels[i + 2] < 100) yellow += 1;
  return yellow;
}"""
