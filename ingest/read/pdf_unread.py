"""What a PDF shows and its reading leaves out: told with the page, so that nobody misses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rag.pdf.drawn import is_on
from rag.pdf.pdfium import PageWords
from rag.types import Text

_LARGE = 0.05  # of the page: smaller pictures are signs and portraits
_WHOLE = 0.9  # of the page: such a picture is the page scanned, or its background
_LOST = "\ufffd"
_OFTEN = 3  # pages with one picture at one place: a letterhead


def unread(name: str, pages: Sequence[PageWords]) -> list[Text]:
    """Return what to warn of: words that are hidden, letters that no font names, pictures."""
    hidden = _numbers(bool(page.hidden) for page in pages)
    unnamed = _numbers(bool(page.words) and _lacks_letters(page) for page in pages)
    drawn = _numbers(_pictured(pages))
    warnings = []
    if hidden:
        warnings.append(Text(
            f"{name}: side {hidden} har tekst, som ikke kan ses (usynlig eller hvid); "
            "den er ikke læst.",
            f"{name}: page {hidden} has text that is not seen (invisible or white); "
            "it was not read.",
        ))  # fmt: skip
    if unnamed:
        warnings.append(Text(
            f"{name}: på side {unnamed} mangler bogstaver, fordi skrifttypen ikke siger, hvilke "
            "de er; ord med dem findes ikke ved søgning.",
            f"{name}: on page {unnamed} letters are lost, as the font does not say which they "
            "are; words with them are not found by searching.",
        ))  # fmt: skip
    if drawn:
        warnings.append(Text(
            f"{name}: billedet på side {drawn} er ikke læst; står der en tabel i det, "
            "mangler dens tal.",
            f"{name}: the picture on page {drawn} was not read; if it shows a table, "
            "its figures are missing.",
        ))  # fmt: skip
    return warnings


def _lacks_letters(page: PageWords) -> bool:
    """Tell whether words of a page lack letters; a sign alone that no font names is no loss."""
    partly = any(_LOST in word.text and any(map(str.isalpha, word.text)) for word in page.words)
    return partly or page.unmapped > len(page.words)


def _pictured(pages: Sequence[PageWords]) -> list[bool]:
    """Tell of each page whether it has a large picture of its own that no words stand on."""
    places = Counter(picture for page in pages for picture in set(page.pictures))
    return [
        any(
            _LARGE < (b.x1 - b.x0) * (b.y1 - b.y0) / (page.width * page.height or 1) < _WHOLE
            and places[b] < _OFTEN
            and not any(is_on(word.box, [b]) for word in page.words)
            for b in page.pictures
        )
        for page in pages
    ]


def _numbers(pages: Iterable[bool]) -> str:
    return ", ".join(str(number) for number, told in enumerate(pages, start=1) if told)
