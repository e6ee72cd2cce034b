"""Hostile files and names, each in a folder with a file that is well: that one is read."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import docx

from bench.drill.folder import proposal
from bench.drill.kind import Kind
from bench.drill.process import ask, run
from rag.home import Home
from rag.store.catalogue import Catalogue

NAMES = (
    b"m\xf8de.txt", b"\xff\xfe.txt", b"[b].txt", b"[bold]a[red].txt", b"linje\nto.txt",
    b"-rf.txt", b"$(id).txt", b"%s%n.txt", "\u202etxt.fdp.txt".encode(), "😀.txt".encode(),
    b"a" * 250 + b".txt", b"'\"`.txt", b" .txt", b"\x1b[31m.txt", b"a..txt",
)  # fmt: skip


def nested_mail(depth: int) -> bytes:
    """Return a mail of parts in parts."""
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )
    return b"From: a@b.dk\n" + parts + b"Content-Type: text/plain\n\nhej\n"


def word(document: bytes | None) -> bytes:
    """Return a DOCX whose document is `document`; with None, without one."""
    whole, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(whole)
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(made, "w") as out:
        for name in given.namelist():
            data = document if name == "word/document.xml" else given.read(name)
            if data is not None:
                out.writestr(name, data)
    return made.getvalue()


_W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FILES = {
    "charset.eml": b"Subject: x\nContent-Type: text/plain; charset=x-none\n\nhej med dig\n",
    "nested.eml": nested_mail(3000),
    "header.eml": b"To: " + b"(" * 3000 + b"\n\nhej\n",
    "base64.eml": b"Content-Transfer-Encoding: base64\nContent-Type: text/plain\n\n!!!===\n",
    "divs.html": b"<html><body>" + b"<div>" * 5000 + b"hej",
    "spans.html": b"<html><body>" + b"<span>" * 5000 + b"hej",
    "lists.html": b"<html><body>" + b"<ul><li>" * 2000 + b"hej",
    **{
        f"{name}.html": f'<html><meta charset="{name}"><body>hej med dig'.encode()
        for name in ("none", "undefined", "hex", "idna", "utf-7", "rot13")
    },
    "bodiless.docx": word(b"<w:document " + _W + b"/>"),
    "partless.docx": word(None),
    "entities.docx": word(
        b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "'
        + b"&b;" * 99
        + b'">]><w:document '
        + _W
        + b"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
    ),
    "empty.pdf": b"",
    "stub.pdf": b"%PDF-1.7\n",
    "loop.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>",
    "brackets.md": b"[" * 20000,
    "quotes.md": b"> " * 3000 + b"hej",
    "zeros.txt": b"\x00" * 9999,
    "title.txt": b"Notat [/b] om [bold]lys[/red]\n\nVi slukker lys.\n",
    "rule.txt": b"---\n",
}


def kinds(base: Path, wanted: str) -> Iterator[Kind]:
    """Yield the kinds of hostile file and name."""
    for name, data in FILES.items():
        yield Kind("hostile file", name, 1, partial(_tried, os.fsencode(name), data))
    for name in NAMES:
        shown = ascii(name[:20])[1:]
        yield Kind("hostile name", shown, 1, partial(_tried, name, proposal("TU07").encode()))


def _tried(name: bytes, data: bytes, seed: int) -> list[str]:
    with tempfile.TemporaryDirectory() as made:
        folder, home = Path(made, "ind"), Path(made, "home")
        folder.mkdir()
        (folder / os.fsdecode(name)).write_bytes(data)
        (folder / "zz.txt").write_text(proposal("TU08"))
        ran = run(home, "ingest", folder)
        listed = run(home, "documents")
        files, failed = ask(_held, home)
        wrong = [f"{r.told.strip().splitlines()[-1]}" for r in (ran, listed) if r.crashed]
        if "zz.txt" not in files:
            wrong.append("the other file is not in")
        if len(files | failed) < 2:
            wrong.append("neither in nor named")
        return wrong


def _held(home: Path) -> tuple[set[str], set[str]]:
    with closing(Catalogue(Home(home))) as catalogue:
        read = {Path(s.path).name for s in catalogue.sources()}
        return read, {Path(f.path).name for f in catalogue.failures()}
