"""The pages of a PDF whose picture shows what nobody has read: pictures, letters without a name.

A personal number may stand there. Tesseract looks, where it is installed with Danish.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.read import ocr
from rag.pdf.pdfium import PageWords, Word
from rag.text.personal import personal_numbers
from rag.types import Text


def unread_pictures(
    data: bytes, found: Sequence[PageWords], read: Sequence[PageWords]
) -> tuple[tuple[int, ...], bool]:
    """Return the pages (from 1) whose picture is for staff, and whether a number stands unread.

    `found` are the pages' own words, `read` those with the words recognised on pages without.
    """
    # What is hidden on a page is in the original all the same.
    kept, personal = [], any(personal_numbers(_lines(page.hidden)) for page in found)
    for number, (own, page) in enumerate(zip(found, read, strict=True), start=1):
        if page is not own or not (own.legible or own.unmapped or (own.objects and not own.words)):
            continue  # its words were recognised, or there is nothing but words
        seen = ocr.recognise(data, number, own) if ocr.available() else own
        numbers = seen is not own and personal_numbers(_lines(seen.words))
        personal = personal or bool(numbers)
        if seen is own or numbers:
            kept.append(number)
    return tuple(kept), personal


def pictures_kept(name: str, pages: Sequence[int], found: Sequence[PageWords]) -> list[Text]:
    """Return what to warn of: which pages with text hold pictures that are for staff."""
    listed = ", ".join(str(number) for number in pages if found[number - 1].words)
    if not listed:
        return []
    return [
        Text(
            f"{name}: billeder på side {listed} kan vise personnumre; billedet af siden og "
            "originalen er for personalet.",
            f"{name}: pictures on page {listed} may show personal numbers; the page's picture "
            "and the original are for staff.",
        )
    ]


def _lines(words: Sequence[Word]) -> str:
    """Return words as text, a line of print a line."""
    text, baseline = "", None
    for word in words:
        text += ("" if baseline is None else " " if word.baseline == baseline else "\n") + word.text
        baseline = word.baseline
    return text
