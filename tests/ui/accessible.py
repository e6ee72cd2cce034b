"""Whether a page is accessible, as axe-core sees it (WCAG 2.1 A and AA)."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
STREAMLITS_OWN: frozenset[str] = frozenset()
"""Rules that Streamlit's own elements break, whatever a page does: none, as of 1.67."""


def come_to_rest(page: Page) -> None:
    """Wait until the page's script has run and all it drew is there."""
    expect(page.locator('.stApp[data-test-script-state="notRunning"]')).to_be_visible()
    expect(page.locator('[data-stale="true"]')).to_have_count(0)


def violations(page: Page) -> list[str]:
    """Return what is wrong on a page that has come to rest, each with where it is."""
    come_to_rest(page)
    page.wait_for_timeout(400)  # what was stale fades in
    found = Axe().run(page, options={"runOnly": list(LEVELS)}).response["violations"]
    return [
        f"{v['impact']} {v['id']}: {[n['html'][:120] for n in v['nodes']]}"
        for v in found
        if v["id"] not in STREAMLITS_OWN
    ]
