"""The way through in a real Chromium: ask, open the source, see the marked page."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from rag.home import CHECKOUT, VARIABLE

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
QUESTION = "Hvor mange årsværk sparer ØU10 i 2029?"


@pytest.fixture(scope="module")
def browser_path() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(
            "no browser found: install Chromium (Debian: apt install chromium; "
            "macOS: brew install chromium) so that it is on PATH",
            pytrace=False,
        )
    return found


@pytest.fixture(scope="module")
def address(corpus_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app as `raadsvar app` serves it, started outside the checkout."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        VARIABLE: str(corpus_home),
        "STREAMLIT_SERVER_HEADLESS": "true",
        "PYTHONPATH": str(CHECKOUT),
    }
    command = [sys.executable, "-c", f"from ui.serve import serve; serve({port})"]
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    log = elsewhere / "log"
    with (
        log.open("w") as out,
        subprocess.Popen(
            command, env=environment, cwd=elsewhere, stdout=out, stderr=subprocess.STDOUT
        ) as server,
    ):
        try:
            _wait(f"http://localhost:{port}/_stcore/health", server, log)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
    pytest.fail(f"the server did not start: {log.read_text()}")


@pytest.fixture
def page(address: str, browser_path: str) -> Iterator[Page]:
    """A phone-sized window that tells of every request it makes."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(FLAGS))
        window = browser.new_page(viewport={"width": 390, "height": 780})
        own = (address, address.replace("http", "ws", 1), "data:", "blob:")
        outside: list[str] = []

        def note(url: str) -> None:
            if not url.startswith(own):
                outside.append(url)

        window.on("request", lambda request: note(request.url))
        window.on("websocket", lambda socket: note(socket.url))
        yield window
        browser.close()
    assert not outside, f"the page reached beyond its server: {outside}"


def test_ask_open_the_source_and_see_the_marked_page(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=QUESTION).click(timeout=20_000)
    expect(page.get_by_text("4 årsværk i 2029")).to_be_visible()
    expect(page.get_by_text("Tabellen og teksten siger ikke det samme")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "da"
    assert page.title() == "Rådsvar · Spørg"

    page.locator("a.reference").first.click()
    picture = page.locator(".st-key-source-1-1 img")
    expect(picture).to_be_in_viewport()
    assert "ØU10, side 1" in (picture.get_attribute("alt") or "")
    assert page.evaluate(_YELLOW, picture.element_handle()) > 100
    assert page.locator(".st-key-source-1-1 mark").inner_text() == "4"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    with page.expect_download() as download:
        page.locator(".st-key-source-1-1").get_by_role("button", name="Hent dokumentet").click()
    assert download.value.suggested_filename.startswith("oeu10")
    assert download.value.path().read_bytes().startswith(b"%PDF")

    page.get_by_text("English", exact=True).click()
    expect(page.get_by_placeholder("Ask about the documents")).to_be_visible()
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.get_by_role("textbox").fill("and in 2028?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("reduction of 3 FTE")).to_be_in_viewport()


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
