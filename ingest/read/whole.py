"""All that a file says, also where no reader looks: its original is given away whole.

Comments, deletions that were tracked, properties, form fields, annotations, hidden parts,
attachments, what an earlier saving left. For finding personal numbers, never to be kept.
"""

from __future__ import annotations

import html
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any, NamedTuple

from ingest.read.errors import Unreadable
from ingest.read.sniff import decode

_DEEP = 3  # files within files within files
_LARGE = 100_000_000  # bytes unpacked of one file
_OBJECTS = 200_000  # of a PDF; more are drawings
_RAW = re.compile(rb"(?<!\d)\d{6}-\d{4}(?!\d)")
_HYPHEN = re.compile(r"<w:(?:noBreakHyphen|softHyphen)\b[^<>]*>")
_INLINE = re.compile(r"</?(?:[wa]:|(?:b|i|u|em|strong|span|font|a|sup|sub|small)\b)[^<>]*>", re.I)
_BREAK = re.compile(
    r"</(?:w:p|w:tc|a:p|p|div|td|th|tr|li|h\d)>|<(?:w:br|w:cr|w:tab|br)\b[^<>]*>", re.I
)
_TAG = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|<[^<>]*>")
_DIGIT = re.compile(r"\d")
_VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")


class Said(NamedTuple):
    """A text of a file; not `plain` where it is a program's: ten digits are many things there."""

    text: str
    plain: bool = True


def said(name: str, data: bytes, deep: int = 0) -> Iterator[Said]:
    """Yield every text that the bytes of a file hold."""
    for match in _RAW.finditer(data):  # as it lies there, in whatever kind of file
        around = data[max(0, match.start() - 60) : match.end() + 20]
        yield Said(around.decode("latin-1"), plain=False)
    if data.startswith(b"PK"):
        yield from _packed(data, deep)
    elif b"%PDF-" in data[:1024]:
        yield from _pdf(data, deep)
    elif name.lower().endswith(".eml"):
        yield from _mail(data, deep)
    else:
        try:
            yield from _marked_up(decode(data, name))
        except Unreadable:
            return


def _marked_up(text: str) -> Iterator[Said]:
    """Yield what stands between tags, without them, and in their attributes."""
    words = _INLINE.sub("", _BREAK.sub("\n", _HYPHEN.sub("-", text)))
    yield Said(html.unescape(_TAG.sub("\n", words)))
    values = (html.unescape(a or b) for a, b in _VALUE.findall(text))
    yield Said("\n".join(v for v in values if len(_DIGIT.findall(v)) >= 10), plain=False)


def _packed(data: bytes, deep: int) -> Iterator[Said]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            left = _LARGE
            for part in packed.infolist():
                yield Said(part.filename)
                with packed.open(part) as stream:
                    content = stream.read(left)
                left -= len(content)
                if part.filename.lower().endswith((".xml", ".rels", ".txt", ".htm", ".html")):
                    yield from _marked_up(content.decode("utf-8", "replace"))
                elif deep < _DEEP and content[:4] in (b"PK\x03\x04", b"%PDF"):
                    yield from said(part.filename, content, deep + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return


def _mail(data: bytes, deep: int) -> Iterator[Said]:
    try:
        message = message_from_bytes(data, policy=policy.default)
        for part in message.walk():
            yield Said("\n".join(f"{key}: {value}" for key, value in part.items()))
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and deep < _DEEP:
                yield from said(part.get_filename() or "", content, deep + 1)
    except Exception:  # a mail amiss raises many kinds; its bytes were yielded as they lie
        return


def _pdf(data: bytes, deep: int) -> Iterator[Said]:
    """Yield the strings of a PDF's objects, and the streams that are no drawing."""
    import pypdf
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        todo: list[Any] = [reader.trailer]
    except Exception:  # as `ingest.read.pdf` has it
        return
    seen: set[int] = set()
    count = 0
    while todo and count < _OBJECTS:
        count += 1
        found = todo.pop()
        try:
            if isinstance(found, IndirectObject):
                if found.idnum in seen:
                    continue
                seen.add(found.idnum)
                found = found.get_object()
            if isinstance(found, str):
                yield Said(str(found))
            elif isinstance(found, bytes):
                yield Said(found.decode("latin-1"), plain=False)
            elif isinstance(found, ArrayObject):
                todo += found
            elif isinstance(found, DictionaryObject):
                todo += found.values()
                if isinstance(found, StreamObject) and _is_told(found):
                    content = found.get_data()
                    if deep < _DEEP:
                        yield from said("", content, deep + 1)
        except Exception:  # one broken object hides no other
            continue


def _is_told(stream: Any) -> bool:
    """Tell whether a stream holds words: metadata, or an attached file, and no drawing."""
    return str(stream.get("/Type")) in ("/Metadata", "/EmbeddedFile")
