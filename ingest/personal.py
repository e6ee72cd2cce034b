"""Hides the CPR numbers of a file before anything is made of it, and flags private addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from ingest.read.whole import Said
from rag.store.source import Agenda, AgendaItem, Page, SourceDocument
from rag.text.personal import contacts, mask, personal_numbers
from rag.types import Text

_BESIDE = Text(
    "Filen holder CPR-numre, hvor den ikke læses (egenskaber, kommentarer, rettelser, billeder); "
    "den originale fil kan kun hentes af personalet.",
    "The file holds CPR numbers where it is not read (properties, comments, changes, pictures); "
    "the original file is for staff only.",
)


def masked(source: SourceDocument, beside: Iterable[Said] = ()) -> SourceDocument:
    """Return `source` without the digits of CPR numbers, with a warning of what was found.

    `beside` is all that its file says, also where it is not read: a number there makes the
    original one that holds personal numbers.

    Nothing moves: every other letter and every box stays where it was. What the
    pages' pictures show of a number is hidden by its boxes; where one stands in a
    running head, whose boxes the reader does not keep, the pages lose theirs and
    so their pictures.
    """
    numbers = {p.number: len(personal_numbers(p.text)) for p in source.pages}
    heads = tuple(mask(line) for line in source.furniture)
    unplaced = heads != source.furniture
    outline = tuple(b._replace(title=mask(b.title)) for b in source.outline)
    metadata = {mask(key): mask(value) for key, value in source.metadata.items()}
    read = (
        any(numbers.values())
        or unplaced
        or (outline, metadata) != (source.outline, source.metadata)
    )
    personal = (
        read or source.personal or any(personal_numbers(s.text, bare=s.plain) for s in beside)
    )
    told = [*source.warnings, *_warnings(source, numbers, read)]
    told += [_BESIDE] * (personal and not read)
    pages = tuple(_page(p, unplaced) for p in source.pages) if read else source.pages
    return replace(
        source,
        pages=pages,
        outline=outline,
        metadata=metadata,
        furniture=heads,
        warnings=tuple(Text(mask(w.da), mask(w.en)) for w in told),
        personal=personal,
        agenda=source.agenda and _agenda(source.agenda),
    )


def masked_path(path: str) -> str:
    """Return a path without the digits of CPR numbers in the names of its folders and file."""
    parts = Path(path).parts
    safe = [mask(part) for part in parts]
    return path if safe == list(parts) else str(Path(*safe))


def _agenda(agenda: Agenda) -> Agenda:
    """Return an agenda without the numbers in its names; its pages hold them too."""
    return replace(agenda, items=tuple(_item(item) for item in agenda.items))


def _item(item: AgendaItem) -> AgendaItem:
    attached = tuple(a._replace(name=mask(a.name)) for a in item.attachments)
    return replace(item, title=mask(item.title), attachments=attached)


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
