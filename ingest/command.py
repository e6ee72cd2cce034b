"""`raadsvar ingest`, `documents`, `rebuild` and `restore`: what is in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.command import complete
from rag.terminal import counting, explained, language, note, say, uncollected
from rag.types import Access, Text

if TYPE_CHECKING:
    from ingest.pipeline import FileReport
    from rag.home import Home

_WAITING = Text(
    "En anden indlæsning er i gang; venter på den …", "Another ingest is running; waiting for it …"
)

_NOTHING = Text("Der var intet at læse", "There was nothing to read")
_SIGN_IN = {
    "written": Text(
        "Opsætningen af log ind er lagt i {place}.", "The settings of sign-in are in {place}."
    ),
    "kept": Text(
        "{place} findes i forvejen og er ikke ændret; kopien har en anden opsætning af log ind.",
        "{place} was there and is as it was; the copy has other settings of sign-in.",
    ),
    "refused": Text(
        "! Opsætningen af log ind kunne ikke skrives i {place}. Tag secrets.toml ud af kopien, som "
        "er en zip-fil.",
        "! The settings of sign-in could not be written in {place}. Take secrets.toml out of the "
        "copy, which is a zip file.",
    ),
}


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Filer og mapper, der skal læses ind.")],
    access: Annotated[
        Access | None,
        typer.Option(help="Hvem der må se dem: alle, personalet, eller de særligt udpegede."),
    ] = None,
    wait: Annotated[
        bool,
        typer.Option("--wait/--no-wait", help="Vent, til meningssøgningen også er klar."),
    ] = True,
) -> None:
    """Læs dokumenter ind: PDF, DOCX, HTML, Markdown, tekst og FirstAgendas JSON.

    De kan spørges om, så snart de er læst. Meningssøgningen følger efter: her, i appen eller
    med »raadsvar reindex«.
    """
    with explained():
        with uncollected():
            from ingest.pipeline import ingest as run
            from rag.chain import refresh
            from rag.home import Home

        home = Home()
        with progress() as advance:
            reports = run(paths, home, None, advance, partial(note, _WAITING), access=access)
        report(reports)
        refresh(home)
        if wait:
            complete(home)
    if _amiss(reports) or not any(r.outcome != "skipped" for r in reports):
        raise typer.Exit(1)


def documents(
    as_json: Annotated[bool, typer.Option("--json", help="Skriv listen som JSON.")] = False,
) -> None:
    """Vis dokumenterne i samlingen, og de filer, der ikke kunne læses."""
    with explained():
        from rag.home import Home
        from rag.store.catalogue import Catalogue

        catalogue = Catalogue(Home())
        listed = [
            {
                "file": d.file,
                "number": d.number,
                "title": d.title,
                "kind": d.kind,
                "municipality": d.municipality,
                "period": d.period,
                "pages": [d.first_page, d.last_page] if d.paged else None,
                "rendition": d.rendition,
                "access": d.access,
                "attachments": [a._asdict() for a in d.attachments],
                "source": d.source,
            }
            for d in catalogue.documents()
        ]
        failures = catalogue.failures()
        waiting = [path for path, _ in catalogue.pending()]
    if as_json:
        unread = [{"file": f.path, "code": f.code, "text": say(f.message)} for f in failures]
        typer.echo(json.dumps({"documents": listed, "failures": unread}, ensure_ascii=False))
        return
    _table(listed)
    for failure in failures:
        typer.echo(f"! {say(failure.message)}", err=True)
    if waiting:
        told = Text(
            f"{len(waiting)} fil(er) venter på at blive læst igen: »raadsvar rebuild«.",
            f"{len(waiting)} file(s) wait to be read again: `raadsvar rebuild`.",
        )
        note(told)


def rebuild() -> None:
    """Lav kataloget igen af kopierne. Navne, adgang og indstillinger er bevaret."""
    with explained():
        from rag.home import Home

        reports = _rebuilt(Home())
    if _amiss(reports):
        raise typer.Exit(1)


def restore(
    source: Annotated[Path, typer.Argument(help="Filen, som »raadsvar backup« skrev.")],
) -> None:
    """Læg en sikkerhedskopi tilbage i en tom datamappe, og læs dens dokumenter igen."""
    with explained():
        from rag.home import CHECKOUT, Home
        from rag.store.backup import SIGN_IN_PLACE
        from rag.store.restore import restore as run

        home = Home(restoring=True)
        put = run(source, home, CHECKOUT)
        note(Text(f"{source} er lagt tilbage i {home.folder}.", f"{source} is in {home.folder}."))
        if put.sign_in:
            place = CHECKOUT / SIGN_IN_PLACE
            note(Text(*(t.format(place=place) for t in _SIGN_IN[put.sign_in])))
        reports = _rebuilt(home)
    if _amiss(reports):
        raise typer.Exit(1)


def _rebuilt(home: Home) -> list[FileReport]:
    with uncollected():
        from ingest.rebuild import rebuild as run
        from rag.chain import refresh

    with progress() as advance:
        reports = run(home, advance, partial(note, _WAITING))
    report(reports)
    refresh(home, anew=True)
    complete(home)
    return reports


def _amiss(reports: list[FileReport]) -> bool:
    return any(r.outcome == "failed" for r in reports)


@contextmanager
def progress() -> Iterator[Any]:
    """Show a progress bar on the terminal; yield the function that advances it."""
    with counting() as count:

        def advance(report: FileReport, done: int, total: int) -> None:
            count(report.path.name, done, total)

        yield advance


_OUTCOMES = {
    "added": ("læst ind", "added"),
    "replaced": ("erstattet", "replaced"),
    "unchanged": ("uændret", "unchanged"),
    "refilled": ("uændret, kopien lagt tilbage", "unchanged, copy put back"),
    "failed": ("kunne ikke læses", "could not be read"),
    "skipped": ("sprunget over", "skipped"),
}


def report(reports: list[FileReport]) -> None:
    """Write what became of each file, what it warns of, and how many of each."""
    from ingest.found import readable

    english = language() == "en"
    skipped: dict[str, list[str]] = {}
    for r in reports:
        if r.outcome == "skipped":
            skipped.setdefault(say(r.warnings[0]), []).append(readable(str(r.path)))
            continue
        if r.error is not None:
            typer.echo(f"✗ {say(r.error)}", err=True)
        elif r.outcome != "unchanged":
            outcome = _OUTCOMES[r.outcome][english]
            counts = Text(
                f"{r.documents} dokument(er), {r.figures} tal",
                f"{r.documents} document(s), {r.figures} figures",
            )
            typer.echo(f"✓ {r.path.name}: {outcome}, {say(counts)}")
        for warning in r.warnings:
            typer.echo(f"  ! {say(warning)}", err=True)
    for cause, names in skipped.items():
        typer.echo(f"– {_OUTCOMES['skipped'][english]} ({cause}): {', '.join(names)}", err=True)
    totals = [(o, sum(r.outcome == o for r in reports)) for o in _OUTCOMES]
    told = [f"{n} {_OUTCOMES[o][english]}" for o, n in totals if n]
    if not any(r.outcome != "skipped" for r in reports):
        told.insert(0, say(_NOTHING))
    typer.echo(", ".join(told))


def _table(listed: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold")
    for head in ("Nr.", "Titel", "Kommune", "Periode", "Fil"):
        table.add_column(head, overflow="fold")
    for d in listed:
        mark = " (gengivelse)" if d["rendition"] else ""
        table.add_row(
            d["number"] or "",
            d["title"] + mark,
            d["municipality"] or "",
            d["period"] or "",
            d["file"],
        )
    # No markup: a title may hold "[/b]".
    console = Console(markup=False, highlight=False)
    console.width = console.width if console.is_terminal else 200
    console.print(table)
