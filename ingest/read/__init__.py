"""Readers: one a format, each from a file to a SourceDocument."""

from __future__ import annotations

from pathlib import Path

from ingest.read.errors import Unreadable
from ingest.read.sniff import SUFFIXES, decode, kind_of, unreadable
from rag.store.source import SourceDocument

SUPPORTED = frozenset(SUFFIXES)
"""The suffixes, in lower case, of the files that `read` takes."""

__all__ = ["SUPPORTED", "Unreadable", "read", "read_bytes"]


def read(path: Path) -> SourceDocument:
    """Return the content of the file at `path`; its `path` is the file's name.

    Raises `Unreadable`, which names the file and the cause, for a file that is
    missing, empty, broken, encrypted, without text, of a kind that is not
    supported, or not what its name says.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(
            "broken",
            path.name,
            f"filen kan ikke åbnes ({error.strerror}).",
            f"the file cannot be opened ({error.strerror}).",
        ) from error
    return read_bytes(path.name, data)


def read_bytes(name: str, data: bytes) -> SourceDocument:
    """Return the content of a file named `name` from its bytes; raises as `read` does."""
    kind = kind_of(data, name)
    if kind == "pdf":
        from ingest.read.pdf import read_pdf

        return read_pdf(name, data)
    source = _read_unpaged(kind, name, data)
    if not source.blocks:
        raise unreadable("empty", name, "filen har ingen tekst.", "the file has no text.")
    return source


def _read_unpaged(kind: str, name: str, data: bytes) -> SourceDocument:
    if kind == "docx":
        from ingest.read.word import read_docx

        return read_docx(name, data)
    if kind == "html":
        from ingest.read.web import read_html

        return read_html(name, data)
    if kind == "mail":
        from ingest.read.mail import read_mail

        return read_mail(name, data)
    if kind == "json":
        from ingest.read.firstagenda import read_agenda

        return read_agenda(name, data)
    if kind == "markdown":
        from ingest.read.markdown import read_markdown

        return read_markdown(name, data, decode(data, name))
    from ingest.read.text import read_text

    return read_text(name, data, decode(data, name))
