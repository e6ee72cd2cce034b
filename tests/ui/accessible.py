"""Whether a page is accessible, as axe-core sees it (WCAG 2.1 A and AA)."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from serving import settled

LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")


def violations(page: Page) -> list[str]:
    """Return what is wrong on a page that has come to rest, each with where it is."""
    settled(page)
    page.wait_for_timeout(400)  # what was stale fades in
    found = Axe().run(page, options={"runOnly": list(LEVELS)}).response["violations"]
    return [f"{v['impact']} {v['id']}: {[n['html'][:120] for n in v['nodes']]}" for v in found]
