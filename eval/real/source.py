"""The words of real documents, read for the yardstick alone.

Evidence is committed as an offset into these texts, so what this module returns must stay the same
whatever the product's own readers learn: it shares no code with them, and a change here moves every
offset in `questions/*.jsonl` (a test holds a known text).
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li tr br table ul ol section article blockquote".split()
)
_CELLS = frozenset(("td", "th"))


def text_of(shared: Path, document: str) -> str:
    """Return the text of a document named `FILE`, `FILE.json#ITEM` or `FILE.pdf#PAGE`.

    An agenda's item has its title on the first line, its case number on the second, then its fields
    in the file's order. Raises `OSError` where the file is not there and `KeyError` where the
    file has no such item or page.
    """
    name, _, part = document.partition("#")
    path = shared / name
    if path.suffix == ".json":
        return _items(path)[part]
    if path.suffix == ".pdf":
        return _pages(path)[part]
    return _lines(path.read_text("utf8"))


@lru_cache
def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=512)
def _items(path: Path) -> dict[str, str]:
    meeting = json.loads(path.read_text("utf8"))
    return {item["Id"]: _item(item) for item in meeting["Dagsordenpunkter"]}


def _item(item: dict[str, object]) -> str:
    fields = item["Felter"]
    assert isinstance(fields, list)
    html = "".join(f"<p>{field['Html'] or ''}</p>" for field in fields)
    return _lines(f"{item['Navn']}\n{item['SagsNummer'] or ''}\n{_plain(html)}")


@lru_cache
def _pages(path: Path) -> dict[str, str]:
    from pypdf import PdfReader

    return {
        str(n): _lines(page.extract_text()) for n, page in enumerate(PdfReader(path).pages, start=1)
    }


def _plain(html: str) -> str:
    reader = _Plain()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


class _Plain(HTMLParser):
    """Collects a page's words, a line for each block and a bar between cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append(" | ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        # A line end within a block is only a space in HTML.
        self.parts.append(data.replace("\n", " "))
