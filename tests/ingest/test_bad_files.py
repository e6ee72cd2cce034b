"""One bad file stops nothing: it is named with its cause, and the rest are read."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

import cli
from ingest import pipeline
from ingest.pipeline import FileReport, ingest
from ingest.read import Unreadable, read_bytes
from rag.home import Home
from rag.search.embed import Embedder, load_embedder
from rag.store.catalogue import Catalogue


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


def nested_mail(depth: int) -> bytes:
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )
    return b"From: a@b.dk\nMIME-Version: 1.0\n" + parts + b"Content-Type: text/plain\n\nhej\n"


def bodiless() -> bytes:
    whole, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(whole)
    empty = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(made, "w") as out:
        for name in given.namelist():
            out.writestr(name, empty if name == "word/document.xml" else given.read(name))
    return made.getvalue()


HOSTILE = {
    "dybt.eml": nested_mail(3000),
    "dybt.html": b"<html><body>" + b"<div>" * 5000 + b"hej",
    "spans.html": b"<html><body>" + b"<span>" * 5000 + b"hej",
    "lister.html": b"<html><body>" + b"<ul><li>" * 2000 + b"hej",
    "parenteser.eml": b"From: a@b.dk\nTo: " + b"(" * 3000 + b"\n\nhej med dig\n",
    "kropsloes.docx": bodiless(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_unreadable_with_a_cause(name: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_bytes(name, HOSTILE[name])
    assert caught.value.code == "broken"
    for told in caught.value.message:
        assert told.startswith(f"{name}: ") and len(told) < 300


READ = {
    "ukendt.eml": (b"Subject: hej\nContent-Type: text/plain; charset=x-ukendt\n\n"
                   + "Æbler koster 3 kr.".encode()),
    "ukendt-html.eml": (b"Content-Type: text/html; charset=none\n\n<p>"
                        + "Æbler koster 3 kr.".encode("cp1252")),
    "bytes.eml": (b"Content-Transfer-Encoding: x-none\nContent-Type: text/plain; charset=\xff\n\n"
                  + "Æbler koster 3 kr.".encode()),
    **{
        f"{charset}.html": (f'<html><meta charset="{charset}"><p>'.encode()
                            + "Æbler koster 3 kr.".encode())
        for charset in ("none", "undefined", "hex", "rot13", "x" * 5000)
    },
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_character_set_that_is_none_is_as_if_none_were_told(name: str) -> None:
    assert "Æbler koster 3 kr." in read_bytes(name[-40:], READ[name]).pages[0].text


def outcomes(reports: list[FileReport]) -> dict[str, str]:
    return {r.path.name: r.outcome for r in reports}


def test_the_rest_go_on_and_each_bad_one_is_named(tmp_path: Path, embedder: Embedder) -> None:
    folder = tmp_path / "ind"
    folder.mkdir()
    for name, data in HOSTILE.items():
        (folder / name).write_bytes(data)
    (folder / "zz.txt").write_text("Et notat.\n\nVi bygger en bænk.")
    home = Home(tmp_path / "home")
    reports = ingest([folder], home, embedder)
    assert outcomes(reports) == {**dict.fromkeys(HOSTILE, "failed"), "zz.txt": "added"}
    catalogue = Catalogue(home)
    assert {Path(f.path).name for f in catalogue.failures()} == set(HOSTILE)
    catalogue.close()


def test_what_making_a_document_of_it_raises_is_its_cause_too(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = pipeline.assemble

    def assemble(source: object) -> object:
        if source.path.endswith("a.txt"):  # type: ignore[attr-defined]
            raise ZeroDivisionError("nul")
        return made(source)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "assemble", assemble)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Et notat om bænke.")
    reports = ingest([tmp_path / "a.txt", tmp_path / "b.txt"], Home(tmp_path / "home"), embedder)
    assert outcomes(reports) == {"a.txt": "failed", "b.txt": "added"}
    error = reports[0].error
    assert error is not None and "a.txt" in error.da and "ZeroDivisionError: nul" in error.da


def test_a_name_that_is_no_utf8_is_read_under_a_name_that_is(
    tmp_path: Path, embedder: Embedder
) -> None:
    (tmp_path / "ind").mkdir()
    for name in (b"m\xf8de.txt", b"m\xe6de.txt"):
        path = tmp_path / "ind" / os.fsdecode(name)
        path.write_text(f"Referat {name!r}\n\nVi bygger en bænk.")
    home = Home(tmp_path / "home")
    for expected in ("added", "unchanged"):
        reports = ingest([tmp_path / "ind"], home, embedder)
        assert outcomes(reports) == {r"m\xf8de.txt": expected, r"m\xe6de.txt": expected}


def test_a_file_that_nothing_can_be_found_in_says_so(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "streg.txt").write_text("---\n")
    home = Home(tmp_path / "home")
    (report,) = ingest([tmp_path / "streg.txt"], home, embedder)
    assert report.outcome == "added"
    assert [w.en for w in report.warnings] == [
        f"{tmp_path / 'streg.txt'}: nothing in the file can be searched."
    ]
    catalogue = Catalogue(home)
    assert catalogue.warnings(catalogue.sources()[0].id) == report.warnings
    catalogue.close()


def command(home: Path, monkeypatch: pytest.MonkeyPatch, *arguments: object) -> Result:
    monkeypatch.setenv("RAADSVAR_HOME", str(home))
    monkeypatch.setenv("RAADSVAR_LANGUAGE", "en")
    return CliRunner().invoke(cli.app, [str(a) for a in arguments])


def test_what_is_passed_over_in_a_folder_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ind"
    folder.mkdir()
    (folder / "a.txt").write_text("Et notat om bænke.")
    for name in ("b.xlsx", "c.xlsx", ".git"):
        (folder / name).write_text("x")
    (folder / "genvej").symlink_to(tmp_path)
    result = command(tmp_path / "home", monkeypatch, "ingest", folder)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "1 added, 4 skipped"
    listed = [line for line in result.stderr.splitlines() if line.startswith("–")]
    assert listed == [
        f"– skipped (hidden): {folder / '.git'}",
        f"– skipped (the file type is not supported): {folder / 'b.xlsx'}, {folder / 'c.xlsx'}",
        f"– skipped (link to a folder; name the folder itself): {folder / 'genvej'}",
    ]


def test_markup_in_names_and_titles_is_shown_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "[red]b[" + "bold].txt"
    (tmp_path / name).write_text("Notat [/b] om [bold]bænke[/red]\n\nVi bygger en bænk.")
    home = tmp_path / "home"
    assert command(home, monkeypatch, "ingest", tmp_path / name).exit_code == 0
    listed = command(home, monkeypatch, "documents")
    assert listed.exit_code == 0 and name in listed.stdout
    assert "[/b] om [bold]bænke[/red]" in listed.stdout
