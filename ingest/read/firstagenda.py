"""Reads a meeting as FirstAgenda's open interface gives it (`/api/agenda/dagsorden/{id}`)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import decode as decode_json

from ingest.read.build import PageBuilder, SourceBuilder, clean
from ingest.read.sniff import decode, unreadable
from ingest.read.web import add_html
from rag.store.source import Agenda, AgendaItem, SourceDocument
from rag.text.dates import spoken_date
from rag.text.names import committees_named, municipality_of_host
from rag.types import Attachment


class _Person(Struct, rename={"name": "Name", "absent": "Absent"}):
    name: str | None = None
    absent: bool | None = False


class _Field(Struct, rename={"html": "Html", "text": "Tekst", "link": "Link"}):
    html: str | None = None
    text: str | None = None
    link: str | None = None


class _Attached(Struct, rename={"name": "Navn", "id": "Id", "order": "Order"}):
    name: str | None = None
    id: str | None = None
    order: int | None = None


class _Item(
    Struct,
    rename={
        "title": "Navn",
        "case": "SagsNummer",
        "number": "Punktnummer",
        "fields": "Felter",
        "attached": "Bilag",
        "absent": "ExternalAgendaItemAttendees",
    },
):
    title: str
    case: str | None = None
    number: str | None = None
    fields: list[_Field] | None = None
    attached: list[_Attached] | None = None
    absent: list[_Person] | None = None


class _Held(
    Struct,
    rename={
        "date": "Dato",
        "where": "Sted",
        "closed": "Afsluttet",
        "people": "Moededeltagere",
    },
):
    date: dt.datetime
    where: str | None = None
    closed: bool | None = False
    people: list[_Person] | None = None


class _Committee(Struct, rename={"name": "Navn"}):
    name: str


class _Meeting(
    Struct, rename={"held": "Moede", "committee": "Udvalg", "items": "Dagsordenpunkter"}
):
    held: _Held
    committee: _Committee
    items: list[_Item]


def read_agenda(name: str, data: bytes) -> SourceDocument:
    """Return a meeting: its head as page 1, then a page an item, in the agenda's order.

    An item's parts keep one order: title, case number, the fields' text as they stand in the file,
    who was absent, what is attached. Raises `Unreadable` for JSON that is broken or no meeting.
    """
    meeting = _meeting(name, decode(data, name))
    builder = SourceBuilder()
    date = meeting.held.date.date()
    committee = _committee(clean(meeting.committee.name))
    _head(builder.page(), meeting.held, committee, date)
    items = tuple(_item(builder, item, n) for n, item in enumerate(meeting.items, start=1))
    agenda = Agenda(_municipality(items), committee, date, items)
    return builder.source(data, name, "application/json", paged=False, agenda=agenda)


def _meeting(name: str, text: str) -> _Meeting:
    try:
        return decode_json(text, type=_Meeting)
    except ValidationError as error:
        raise unreadable(
            "unsupported",
            name,
            f"JSON-filen er ikke et møde fra FirstAgenda ({error}).",
            f"the JSON file is no meeting of FirstAgenda's ({error}).",
        ) from error
    except (DecodeError, RecursionError, UnicodeError) as error:
        raise unreadable(
            "broken",
            name,
            f"filen er ikke gyldig JSON ({error}).",
            f"the file is not valid JSON ({error}).",
        ) from error


def _committee(name: str) -> str:
    """Return a committee by its name alone: "Byråd 2022-2025" is the Byrådet of a term."""
    bare = re.sub(r"\s*\d{4}\s*[-–]\s*\d{4}$", "", name)
    return next(iter(committees_named(bare)), bare) if " " not in bare else bare


def _head(page: PageBuilder, held: _Held, committee: str, date: dt.date) -> None:
    # The items' titles are left out: those of closed items are not for everyone.
    kind = "Referat" if held.closed else "Dagsorden"
    page.add("heading", f"{kind}: {committee}, {spoken_date(date, 'da')}", 1)
    page.add("paragraph", f"Sted: {held.where}" if held.where else "")
    people = [p for p in held.people or [] if p.name]
    _people(page, "Til stede", [p.name or "" for p in people if not p.absent])
    _people(page, "Fraværende", [p.name or "" for p in people if p.absent])


def _people(page: PageBuilder, label: str, names: list[str]) -> None:
    page.add("paragraph", f"{label}: {', '.join(names)}" if names else "")


def _item(builder: SourceBuilder, item: _Item, position: int) -> AgendaItem:
    page, fields = builder.page(), item.fields or []
    title, case = clean(item.title), clean(item.case or "")
    url = next((field.link for field in fields if field.link), None)
    attached = tuple(_attachments(item.attached or [], url))
    page.add("heading", title, 1)
    page.add("paragraph", f"Sagsnr.: {case}" if case else "")
    for field in fields:
        add_html(builder, page, field.html or field.text or "")
    said = page.page().text
    _people(
        page, "Fraværende", [p.name for p in item.absent or [] if p.name and p.name not in said]
    )
    for attachment in attached:
        page.add("item", f"Bilag: {attachment.name}", 1)
    number = item.number or ""
    return AgendaItem(
        page=position + 1,
        number=int(number) if number.isdecimal() and len(number) < 6 else position,
        title=title,
        url=url,
        attachments=attached,
    )


def _attachments(attached: list[_Attached], url: str | None) -> Iterator[Attachment]:
    """Yield what is attached: published beside the item's own PDF, under an id of its own."""
    beside = re.sub(r"[^/]+$", "", url or "")
    for one in sorted(attached, key=lambda a: a.order or 0):
        if name := clean(one.name or ""):
            yield Attachment(name, beside + one.id if beside and one.id else None)


def _municipality(items: tuple[AgendaItem, ...]) -> str | None:
    """Return whose site the items are published on."""
    hosts = (host for item in items if (host := _host(item.url)))
    return next((name for host in hosts if (name := municipality_of_host(host))), None)


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None  # no address at all
