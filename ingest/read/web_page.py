"""What of a web page is content: not what is hidden, nor what only leads elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag

from ingest.read.build import clean

_DROPPED = (
    "script style nav template noscript head button select input textarea svg iframe object "
    "canvas audio video dialog"
).split()
_ROLES = ("navigation", "menu", "menubar", "search", "dialog", "alertdialog")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAVIGATION = re.compile(
    r"(?:^|[\s_-])(?:(?:sub|side|top|main|hoved|under)?(?:nav|menu)|navbar|navigation|breadcrumbs?|"
    r"brødkrummer?|skiplinks?|pagination|sitemap)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|csv|zip)\b|download|bilag", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def drop_other(soup: BeautifulSoup) -> None:
    """Take out of a page what is hidden, and menus, whether they are marked as such or not."""
    for tag in soup.find_all(_is_dropped):
        if not tag.decomposed:
            tag.decompose()
    first = soup.find(_HEADINGS)
    before = first.find_all_previous(["ul", "ol"]) if isinstance(first, Tag) else []
    for menu in [*before, *soup.find_all(_is_called_navigation)]:
        if not menu.decomposed and only_leads_elsewhere([menu]):
            menu.decompose()


def only_leads_elsewhere(tags: Iterable[Tag]) -> bool:
    """Tell whether all that tags say is links to other pages: a menu, and no list of files."""
    words = links = 0
    for tag in tags:
        words += len(clean(tag.get_text(" ")))
        for link in tag.find_all("a"):
            if _FILE.search(f"{link.get('href', '')} {link.get('class', '')}"):
                return False
            links += len(clean(link.get_text(" ")))
    return links > 0 and links * 10 >= words * 6


def _is_dropped(tag: Tag) -> bool:
    return (
        tag.name in _DROPPED
        or tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or tag.get("role") in _ROLES
        or bool(_HIDDEN.search(str(tag.get("style", ""))))
    )


def _is_called_navigation(tag: Tag) -> bool:
    called = tag.get("class")
    names = called if isinstance(called, str) else " ".join(called or ())
    return bool(_NAVIGATION.search(f"{names} {tag.get('id', '')}"))


def is_layout(cells: list[list[Tag]]) -> bool:
    """Tell whether a table's cells are parts of a page: one of them has a heading in it."""
    return any(cell.find(_HEADINGS) is not None for row in cells for cell in row)
