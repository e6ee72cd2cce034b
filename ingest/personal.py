"""Hides the CPR numbers of a file before anything is made of it, and flags private addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from rag.store.source import Page, SourceDocument
from rag.text.personal import contacts, mask, personal_numbers
from rag.types import Text


def masked(source: SourceDocument) -> SourceDocument:
    """Return `source` without the digits of CPR numbers, with a warning of what was found.

    Nothing moves: every other letter and every box stays where it was. What the
    pages' pictures show of a number is hidden by its boxes; where one stands in a
    running head, whose boxes the reader does not keep, the pages lose theirs and
    so their pictures.
    """
    numbers = {p.number: len(personal_numbers(p.text)) for p in source.pages}
    heads = tuple(mask(line) for line in source.furniture)
    unplaced = heads != source.furniture
    outline = tuple(b._replace(title=mask(b.title)) for b in source.outline)
    metadata = {key: mask(value) for key, value in source.metadata.items()}
    personal = (
        any(numbers.values())
        or unplaced
        or (outline, metadata) != (source.outline, source.metadata)
    )
    told = [*source.warnings, *_warnings(source, numbers, personal)]
    pages = tuple(_page(p, unplaced) for p in source.pages) if personal else source.pages
    return replace(
        source,
        pages=pages,
        outline=outline,
        metadata=metadata,
        furniture=heads,
        warnings=tuple(Text(mask(w.da), mask(w.en)) for w in told),
        personal=personal,
    )


def masked_path(path: str) -> str:
    """Return a path without the digits of CPR numbers in the names of its folders and file."""
    parts = Path(path).parts
    safe = [mask(part) for part in parts]
    return path if safe == list(parts) else str(Path(*safe))


def _page(page: Page, unplaced: bool) -> Page:
    return replace(page, text=mask(page.text), spans=() if unplaced else page.spans)


def _warnings(source: SourceDocument, numbers: dict[int, int], personal: bool) -> list[Text]:
    found = []
    if personal:
        where = _where(source, [n for n, count in numbers.items() if count])
        found.append(
            Text(
                f"CPR-numre er skjult{where.da}; den originale fil kan kun hentes af personalet.",
                f"CPR numbers are hidden{where.en}; the original file is for staff only.",
            )
        )
    private = {p.number: {c.kind for c in contacts(p.text)} for p in source.pages}
    kinds: Sequence[tuple[Literal["email", "phone"], Text]] = (
        ("email", Text("E-mailadresser", "E-mail addresses")),
        ("phone", Text("Telefonnumre", "Telephone numbers")),
    )
    for kind, named in kinds:
        pages = [number for number, found_kinds in private.items() if kind in found_kinds]
        if pages:
            where = _where(source, pages)
            found.append(
                Text(
                    f"{named.da}, der kan være privatpersoners{where.da}.",
                    f"{named.en} that may be private people's{where.en}.",
                )
            )
    return found


def _where(source: SourceDocument, pages: Sequence[int]) -> Text:
    if not source.paged or not pages:
        return Text("", "")
    listed = ", ".join(map(str, pages))
    return Text(f" på side {listed}", f" on page {listed}")
