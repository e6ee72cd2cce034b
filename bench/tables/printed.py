"""Prints tables to PDF: by Chromium with and without ruling, and by LibreOffice as they stand."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from html import escape
from pathlib import Path

from bench.tables.draw import Sample

STYLES = ("ruled", "unruled", "libreoffice")
_RULES = {"ruled": "1px solid #333", "unruled": "none"}
_PATIENCE = 900  # seconds


def page(sample: Sample, style: str = "libreoffice") -> str:
    """Return a table with the text around it as a page of HTML."""
    ruled = _RULES.get(style)
    css = "body { font: 11pt Arial, sans-serif } table { border-collapse: collapse }"
    css += f" table, td, th {{ border: {ruled} !important; padding: 2px 6px }}" if ruled else ""
    before = "".join(f"<p>{escape(text)}</p>" for text in sample.before)
    after = f"<p>{escape(sample.after)}</p>"
    return (
        f'<!doctype html><html lang="da"><head><meta charset="utf-8"><style>{css}</style></head>'
        f"<body>{before}{sample.html}{after}</body></html>"
    )


def printed(samples: Iterable[Sample], style: str, folder: Path) -> list[Path]:
    """Return the PDFs of the samples in one style. Raises where a printer is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = []
    for sample in samples:
        sources.append(folder / f"{sample.name}.html")
        sources[-1].write_text(page(sample, style), "utf-8")
    (_by_office if style == "libreoffice" else _by_browser)(sources, folder)
    return [path.with_suffix(".pdf") for path in sources]


def _by_browser(sources: list[Path], folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    from tests.browser import find

    margin = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find())
        tab = browser.new_page()
        for path in sources:
            tab.goto(path.as_uri())
            tab.pdf(path=path.with_suffix(".pdf"), format="A4", margin=margin)
        browser.close()


def _by_office(sources: list[Path], folder: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    call = ["soffice", profile, "--headless", "--convert-to", "pdf:writer_web_pdf_Export"]
    # A hundred names at once would be more than the command takes on some systems.
    for first in range(0, len(sources), 40):
        some = [str(path) for path in sources[first : first + 40]]
        subprocess.run(
            [*call, "--outdir", str(folder), *some],
            check=True,
            capture_output=True,
            timeout=_PATIENCE,
        )
