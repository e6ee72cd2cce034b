"""Readers: one a format, each from a file to a SourceDocument."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.read.errors import Unreadable
from ingest.read.sniff import SUFFIXES, decode, kind_of, unreadable
from rag.errors import RaadsvarError
from rag.store.source import SourceDocument

SUPPORTED = frozenset(SUFFIXES)
"""The suffixes, in lower case, of the files that `read` takes."""

__all__ = ["SUPPORTED", "Unreadable", "any_cause", "read", "read_bytes"]


@contextmanager
def any_cause(name: str) -> Iterator[None]:
    """Turn whatever a file makes its readers raise into `Unreadable`: it stops no other file."""
    try:
        yield
    except (Unreadable, RaadsvarError):
        raise
    except RecursionError as error:
        raise unreadable(
            "broken",
            name,
            "filen kan ikke læses: dens dele ligger for mange lag inden i hinanden.",
            "the file cannot be read: its parts are nested too deeply.",
        ) from error
    except Exception as error:
        logging.getLogger(__name__).info("unforeseen in %s", name, exc_info=error)
        cause = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        raise unreadable(
            "broken",
            name,
            f"filen er beskadiget eller af en form, der ikke kan læses ({cause}).",
            f"the file is damaged, or of a form that cannot be read ({cause}).",
        ) from error


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
    with any_cause(name):
        return _read(name, data)


def _read(name: str, data: bytes) -> SourceDocument:
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
