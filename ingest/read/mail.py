"""Reads a mail as it is saved (.eml): who, when, on what, and its words."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from ingest.read.errors import Unreadable
from ingest.read.sniff import decode
from ingest.read.text import read_text
from ingest.read.web import read_html
from rag.store.source import SourceDocument
from rag.text.dates import spoken_date
from rag.types import Text

_HEADS = {"From": "Fra", "To": "Til", "Subject": "Emne"}
_EARLIER = re.compile(
    r"^(?:>|-{3,}\s*(?:Oprindelig|Original)|(?:Den|On) .{5,80}(?:skrev|wrote)\b.{0,80}:$)", re.I
)


def read_mail(name: str, data: bytes) -> SourceDocument:
    """Return a mail's heads ("Fra: …", "Dato: …", "Emne: …") and text, as one page.

    What an answer quotes of the mail before it is left out, and so is what is
    attached, with a warning. Raises `Unreadable` where it has no text.
    """
    message = message_from_bytes(data, policy=policy.default)
    body = message.get_body(("plain", "html"))
    if not isinstance(body, EmailMessage):
        told = Text(f"{name}: mailen har ingen tekst.", f"{name}: the mail has no text.")
        raise Unreadable("empty", told)
    text = _content(name, body)
    if body.get_content_type() == "text/html":
        text = "\n\n".join(p.text for p in read_html(name, text.encode()).pages)
    text = "\n\n".join([*_heads(message), _own(text)])
    attached = [a.get_filename() or a.get_content_type() for a in message.iter_attachments()]
    source = read_text(name, data, text)
    return replace(source, media_type="message/rfc822", warnings=_left_out(name, attached))


def _content(name: str, body: EmailMessage) -> str:
    try:
        text: str = body.get_content()
    except LookupError:  # it names a character set that is none
        payload = body.get_payload(decode=True)
        text = decode(payload, name) if isinstance(payload, bytes) else ""
    return text


def _heads(message: EmailMessage) -> list[str]:
    heads = [f"{label}: {message[key]}" for key, label in _HEADS.items() if message[key]]
    sent = getattr(message["Date"], "datetime", None)
    return heads + ([f"Dato: {spoken_date(sent.date(), 'da')}"] if sent else [])


def _own(text: str) -> str:
    lines = text.splitlines()
    end = next((n for n, line in enumerate(lines) if _EARLIER.match(line)), len(lines))
    return "\n".join(lines[:end] if any(lines[:end]) else lines)


def _left_out(name: str, attached: list[str]) -> tuple[Text, ...]:
    if not attached:
        return ()
    listed = ", ".join(attached)
    return (
        Text(
            f"{name}: det vedhæftede er ikke læst ({listed}).",
            f"{name}: what is attached was not read ({listed}).",
        ),
    )
