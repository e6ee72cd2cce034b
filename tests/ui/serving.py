"""The app as `raadsvar app` serves it, and windows of a real Chromium on it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from rag.home import CHECKOUT, VARIABLE

PATIENCE = 120_000
"""Milliseconds that a page may take: machines are shared and slow at times, which tells nothing."""

expect.set_options(timeout=PATIENCE)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


@contextmanager
def serving(home: Path, elsewhere: Path, local: bool = True, **environment: str) -> Iterator[str]:
    """Serve the app over a data folder, started in the folder `elsewhere`; yield its address."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        VARIABLE: str(home),
        "STREAMLIT_SERVER_HEADLESS": "true",
        "PYTHONPATH": str(CHECKOUT),
        **environment,
    }
    command = [sys.executable, "-c", f"from ui.serve import serve; serve({port}, {local})"]
    log = elsewhere / f"log-{port}"
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
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
    pytest.fail(f"the server did not start: {log.read_text()}")


@contextmanager
def window(
    browser: str,
    address: str,
    width: int = 1280,
    height: int = 800,
    also: str = "data:",
    **options: Any,
) -> Iterator[Page]:
    """Yield a window of its own; at the end, fail if it reached beyond its server.

    `also` is an address that it may reach beside; `options` are Playwright's. What fails
    within is told with what the page showed.
    """
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=list(FLAGS))
        page = chromium.new_page(viewport={"width": width, "height": height}, **options)
        page.set_default_timeout(PATIENCE)
        own = (address, address.replace("http", "ws", 1), "data:", "blob:", also)
        outside: list[str] = []

        def note(url: str) -> None:
            if not url.startswith(own):
                outside.append(url)

        page.on("request", lambda request: note(request.url))
        page.on("websocket", lambda socket: note(socket.url))
        try:
            yield page
        except Exception as error:
            error.add_note(showed(page))
            raise
        finally:
            chromium.close()
    assert not outside, f"the page reached beyond its server: {outside}"


def showed(page: Page) -> str:
    """Tell what a page shows, for whoever reads why a test failed."""
    return f"the page showed, at {page.url}:\n{page.evaluate('document.body.innerText')}"


def settled(page: Page) -> None:
    """Wait until the page has come to rest: what is clicked while it runs may be lost."""
    expect(page.locator('.stApp[data-test-script-state="notRunning"]')).to_be_visible()
    expect(page.locator('[data-stale="true"]')).to_have_count(0)
