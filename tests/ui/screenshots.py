"""Pictures of every page from the corpus shipped, for the README: `make screenshots`.

They are written to docs/, small enough for the repository (palette PNGs).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from browser import MISSING, find  # noqa: E402
from serving import serving, window  # noqa: E402

from ingest.pipeline import ingest  # noqa: E402
from rag.home import CHECKOUT, Home  # noqa: E402
from rag.search.embed import load_embedder  # noqa: E402

DOCS = CHECKOUT / "docs"
QUESTION = "Hvor mange årsværk sparer ØU10 i 2029?"


def main() -> None:
    """Take the pictures."""
    browser = find() or sys.exit(MISSING)
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "data"
        ingest([CHECKOUT / "corpus"], Home(home), load_embedder())
        with serving(home, Path(folder)) as address:
            for name, steps, options in PICTURES:
                with window(browser, address, **options) as page:
                    page.goto(address)
                    steps(page)
                    _rest(page)
                    _keep(page.screenshot(), DOCS / f"{name}.png")


def answered(page: Page) -> None:
    """Show the example question's answer beside its evidence."""
    page.get_by_role("button", name=QUESTION).click()
    expect(page.locator(".st-key-panel-1 img")).to_be_visible()


def opened(room: str) -> Callable[[Page], None]:
    """Show a page of the navigation."""

    def steps(page: Page) -> None:
        page.get_by_role("link", name=room, exact=True).click()
        expect(page).to_have_title(f"Rådsvar · {room}")

    return steps


def _rest(page: Page) -> None:
    still = '.stApp[data-test-script-state="notRunning"]'
    expect(page.locator(still)).to_be_visible()
    page.wait_for_timeout(1500)


def _keep(png: bytes, path: Path) -> None:
    path.write_bytes(png)
    Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)
    print(f"{path.relative_to(CHECKOUT)}: {path.stat().st_size / 1000:.0f} kB")


_PHONE = {"width": 390, "height": 780}
PICTURES = (
    ("spoerg", answered, {}),
    ("spoerg-moerk", answered, {"color_scheme": "dark"}),
    ("spoerg-telefon", answered, _PHONE),
    *((name, opened(room), {}) for name, room in (
        ("tal", "Tal"), ("udkast", "Udkast"), ("evaluering", "Evaluering")
    )),
)  # fmt: skip

if __name__ == "__main__":
    main()
