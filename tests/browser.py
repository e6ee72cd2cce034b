"""Finds a Chromium for the browser tests, and gets one where there is none: `make test` runs it.

A system's own first, else Playwright's download, else, for root, Debian's package.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "no browser for the tests: install Chromium or Chrome (Debian: apt-get install chromium; "
    "macOS: brew install chromium), or run `python -m playwright install chromium`"
)
_APT = ("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0")
_PATIENCE = 600  # seconds a download may take


def find() -> str | None:
    """Return the path of a Chromium or Chrome, None where there is none."""
    if own := next((path for name in NAMES if (path := shutil.which(name))), None):
        return own
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def get() -> None:
    """Install one: Playwright's own, else Debian's package where we are root."""
    if _run(sys.executable, "-m", "playwright", "install", "chromium") and find():
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        _run(*_APT, "update")
        _run(*_APT, "install", "-y", "--no-install-recommends", "chromium")


def _run(*command: str) -> bool:
    print("no browser yet:", *command, file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=environment, timeout=_PATIENCE, check=False,
                              capture_output=True)  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    if not find():
        get()
    if not find():
        sys.exit(MISSING)
