"""The `raadsvar` command."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from draft.command import Doors, drafts
from eval.command import evaluate
from rag.terminal import explained, language, note, say, where, write
from rag.types import Access

if TYPE_CHECKING:
    from ingest.pipeline import FileReport
    from rag.chain import Assistant
    from rag.types import Answer

app = typer.Typer(
    help="Rådsvar svarer på spørgsmål om byrådsdokumenter: præcist, med kilde og kontrolleret.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(drafts, name="draft")


@drafts.callback()
def _draft(context: typer.Context) -> None:
    """Skriv politikersvar: fra spørgsmål til kontrolleret Word-dokument."""
    context.obj = Doors(_text_of, _ingest_letter)


def main() -> None:
    """Run the command."""
    from rag.quiet import quiet

    quiet()
    app()


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Filer og mapper, der skal læses ind.")],
    access: Annotated[
        Access | None,
        typer.Option(help="Hvem der må se dem: alle, personalet, eller de særligt udpegede."),
    ] = None,
) -> None:
    """Læs dokumenter ind: PDF, DOCX, HTML, Markdown og tekst."""
    with explained():
        from ingest.pipeline import ingest as run
        from rag.chain import refresh
        from rag.embed import load_embedder
        from rag.home import Home
        from rag.types import Text

        home = Home()
        waiting = Text(
            "En anden indlæsning er i gang; venter på den …",
            "Another ingest is running; waiting for it …",
        )
        with _bar() as advance:
            waits, embeds = partial(note, waiting), partial(advance, None)
            reports = run(paths, home, load_embedder(), advance, waits, embeds, access)
        _report(reports)
        refresh(home)
    failed = [r for r in reports if r.outcome == "failed"]
    if failed or not reports:
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[
        str | None, typer.Argument(help="Spørgsmålet, på dansk eller engelsk.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Skriv svaret som ét JSON-objekt.")
    ] = False,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help="Læs spørgsmål fra standard input, ét JSON-objekt pr. linje."),
    ] = False,
) -> None:
    """Stil et spørgsmål, og få svaret med kilder."""
    with explained():
        from rag.chain import Assistant

        if jsonl:
            _ask_lines(Assistant())
            return
        if not question:
            raise typer.BadParameter("Skriv et spørgsmål / write a question.")
        answer = Assistant().ask(question)
        if as_json:
            from rag.form import to_json

            typer.echo(json.dumps(to_json(answer), ensure_ascii=False))
        else:
            _print(answer)


@app.command()
def documents(
    as_json: Annotated[bool, typer.Option("--json", help="Skriv listen som JSON.")] = False,
) -> None:
    """Vis dokumenterne i samlingen, og de filer, der ikke kunne læses."""
    with explained():
        from ingest.pipeline import open_catalogue
        from rag.home import Home

        catalogue = open_catalogue(Home())
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
                "source": d.source,
            }
            for d in catalogue.documents()
        ]
        failures = catalogue.failures()
    if as_json:
        unread = [{"file": f.path, "code": f.code, "text": say(f.message)} for f in failures]
        typer.echo(json.dumps({"documents": listed, "failures": unread}, ensure_ascii=False))
        return
    _table(listed)
    for failure in failures:
        typer.echo(f"! {say(failure.message)}", err=True)


@app.command()
def remove(
    file: Annotated[
        str, typer.Argument(help="Filens navn eller sti, som »raadsvar documents« viser.")
    ],
) -> None:
    """Slet en fil og alt, der er læst af den."""
    with explained():
        from ingest.pipeline import open_catalogue
        from rag.chain import refresh
        from rag.errors import InputError
        from rag.home import Home
        from rag.types import Text

        home = Home()
        catalogue = open_catalogue(home)
        found = {d.source for d in catalogue.documents() if file in (d.file, d.source)}
        found |= {s.id for s in catalogue.sources() if s.path == file}
        if len(found) != 1:
            raise InputError(
                Text(
                    f"{len(found)} filer i samlingen hedder {file}.",
                    f"{len(found)} files in the collection are called {file}.",
                )
            )
        catalogue.remove(found.pop())
        refresh(home)
        typer.echo(say(Text(f"{file} er slettet.", f"{file} is deleted.")))


@app.command()
def access(
    document: Annotated[str, typer.Argument(help="Nummer, titel, filnavn eller id.")],
    level: Annotated[Access, typer.Argument(help="Hvem der må se det.")],
) -> None:
    """Bestem, hvem der må se et dokument: alle, personalet, eller de særligt udpegede."""
    with explained():
        from ingest.pipeline import open_catalogue
        from rag.errors import InputError
        from rag.home import Home
        from rag.types import Text

        catalogue = open_catalogue(Home())
        found = [d for d in catalogue.documents() if document in (d.id, d.number, d.title, d.file)]
        if len(found) != 1:
            named = "".join(f"\n  {d.id}  {d.title}" for d in found)
            raise InputError(
                Text(
                    f"{len(found)} dokumenter i samlingen hedder {document}.{named}",
                    f"{len(found)} documents in the collection are called {document}.{named}",
                )
            )
        catalogue.decide(found[0].id, level)
        told = Text(f"{found[0].title}: {level}", f"{found[0].title}: {level}")
        typer.echo(say(told))


@app.command()
def findings(
    document: Annotated[
        str | None, typer.Argument(help="Nummer eller filnavn; ellers alle.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv fundene som JSON.")] = False,
) -> None:
    """Vis, hvor dokumenterne modsiger sig selv."""
    with explained():
        from rag.chain import Assistant
        from rag.cite import Citations
        from rag.errors import InputError
        from rag.form import finding_json
        from rag.types import Text

        assistant = Assistant()
        shelf = assistant.catalogue.shelf
        citations = Citations(shelf.by_id, assistant.page)
        chosen = [d.id for d in shelf.current]
        if document is not None:
            chosen = [d.id for d in shelf.documents if document in (d.number, d.file)]
            if not chosen:
                raise InputError(
                    Text(
                        f"Intet dokument i samlingen har nummeret eller filnavnet {document}. "
                        "»raadsvar documents« viser dem.",
                        f"No document in the collection has the number or file name {document}. "
                        "`raadsvar documents` lists them.",
                    )
                )
        found = [
            finding_json(f, citations, language()) for f in assistant.catalogue.findings(chosen)
        ]
    if as_json:
        typer.echo(json.dumps({"findings": found}, ensure_ascii=False))
        return
    for entry in found:
        typer.echo(f"[{entry['severity']}] {entry['kind']}: {entry['text']}")
        for place in entry["places"]:
            typer.echo(f"    {where(place)}: {place['quote']}")


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="Tekst, Markdown, DOCX eller PDF; - er input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Skriv dommene som JSON.")] = False,
    docx: Annotated[
        Path | None,
        typer.Option(help="Skriv teksten som Word, med en kommentar ved hvert tal uden kilde."),
    ] = None,
) -> None:
    """Kontrollér hvert tal i en tekst mod dokumenterne. Fejlkode 1, hvis et ikke er fundet."""
    with explained():
        from ingest.pipeline import open_catalogue
        from rag.gate import check as run
        from rag.gate_form import verdict_json
        from rag.home import Home

        text = _text_of(file)
        verdicts = run(text, open_catalogue(Home()))
        shown = [verdict_json(v, language()) for v in verdicts]
        if docx is not None:
            from draft.markup import commented

            original = Path(file).read_bytes() if file.lower().endswith(".docx") else None
            write(docx, commented(text, verdicts, language(), original))
    if as_json:
        typer.echo(json.dumps({"verdicts": shown}, ensure_ascii=False))
    else:
        for entry in shown:
            place = entry["place"]
            found = entry["elsewhere"] or (place and _held_at(place)) or ""
            mark = "✓" if entry["verdict"] in ("bound", "computed") else "✗"
            typer.echo(f"{mark} {entry['verdict']}: {entry['text']}  {found}".rstrip())
    raise typer.Exit(0 if all(v.passed for v in verdicts) else 1)


app.command(name="eval")(evaluate)


@app.command(name="app")
def serve(
    port: Annotated[int | None, typer.Option(help="Port; ellers en, der er ledig.")] = None,
) -> None:
    """Åbn Rådsvar i browseren. Læser først corpus/ ind, hvis det er nyt eller ændret."""
    with explained():
        from ingest.shipped import ingest_shipped
        from rag.chain import refresh
        from rag.embed import load_embedder
        from rag.home import CHECKOUT, Home
        from ui.serve import check
        from ui.serve import serve as start

        check()
        home = Home()
        corpus = CHECKOUT / "corpus"
        if corpus.is_dir():
            with _bar() as advance:
                reports = ingest_shipped(corpus, home, load_embedder(), advance)
            if any(r.outcome != "unchanged" for r in reports):
                _report(reports)
            refresh(home)
        code = start(port)
    raise typer.Exit(code)


@app.command()
def reindex() -> None:
    """Byg søgeindeksene op fra kataloget igen."""
    with explained():
        from rag.chain import refresh
        from rag.home import Home
        from rag.types import Text

        refresh(Home(), anew=True)
        typer.echo(say(Text("Indeksene er bygget op igen.", "The indexes are rebuilt.")))


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="Filen, kopien skal hedde.")]) -> None:
    """Tag en kopi af det, mennesker har lavet: samtaler, tilbagemeldinger og udkast."""
    with explained():
        from rag.home import Home
        from rag.records import Records
        from rag.types import Text

        Records(Home()).backup(target)
        typer.echo(say(Text(f"Kopien ligger i {target}.", f"The copy is in {target}.")))


# ------------------------------------------------------------------- helpers


def _text_of(file: str) -> str:
    """Return the text of a file, or of standard input for "-"."""
    from ingest.read import Unreadable, read, read_bytes
    from rag.errors import InputError

    try:
        read_in = read_bytes("standard input.txt", sys.stdin.buffer.read()) if file == "-" else None
        source = read_in or read(Path(file))
    except Unreadable as error:
        raise InputError(error.message) from error
    return "\n".join(page.text for page in source.pages)


def _held_at(place: dict[str, Any]) -> str:
    """Return where a figure stands, its year there, and the words."""
    year = place["year"] or place["period"]
    return f"{where(place)}{f' ({year})' if year else ''}: {place['quote']}"


def _ingest_letter(name: str, data: bytes, access: Access) -> None:
    """Read a letter that was sent into the catalogue, from its bytes."""
    from ingest.pipeline import ingest_letter
    from rag.chain import refresh
    from rag.embed import load_embedder
    from rag.home import Home

    home = Home()
    ingest_letter(name, data, home, load_embedder(), access)
    refresh(home)


@contextmanager
def _bar() -> Iterator[Any]:
    """Show a progress bar on the terminal; yield the function that advances it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from rag.types import Text

    embedding = say(Text("En ny embeddingmodel", "A new embedding model"))
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def advance(report: FileReport | None, done: int, total: int) -> None:
            name = report.path.name if report else embedding
            bar.update(task, description=name[:50], completed=done, total=total)

        yield advance


_OUTCOMES = {
    "added": ("læst ind", "added"),
    "replaced": ("erstattet", "replaced"),
    "unchanged": ("uændret", "unchanged"),
    "failed": ("kunne ikke læses", "could not be read"),
}


def _report(reports: list[FileReport]) -> None:
    from rag.types import Text

    english = language() == "en"
    for r in reports:
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
    totals = [(o, sum(r.outcome == o for r in reports)) for o in _OUTCOMES]
    typer.echo(", ".join(f"{n} {_OUTCOMES[o][english]}" for o, n in totals if n) or "0")


def _ask_lines(assistant: Assistant) -> None:
    from rag.form import read_request, to_json

    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        request = read_request(line, number)
        answer = assistant.ask(request.question, request.history)
        result = {"id": request.id, **to_json(answer)}
        typer.echo(json.dumps(result, ensure_ascii=False))
        sys.stdout.flush()


def _print(answer: Answer) -> None:
    from rag.form import to_json

    shown = to_json(answer)
    why = [{"text": shown["why_not"]["text"], "citations": []}] if shown["why_not"] else []
    for statement in (*why, *shown["statements"], *shown["near"]):
        numbers = "".join(f" [{i + 1}]" for i in statement["citations"])
        typer.echo(statement["text"] + numbers)
    if shown["calculation"]:
        typer.echo(f"= {shown['calculation']['expression']}")
    for entry in shown["findings"]:
        typer.echo(f"! {entry['text']}")
    if shown["citations"]:
        typer.echo("")
    for number, citation in enumerate(shown["citations"], start=1):
        quote = citation["quote"].replace("\t", " | ")
        typer.echo(f"[{number}] {citation['title']}, {where(citation)}: »{quote}«")


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
    console = Console()
    Console(width=console.width if console.is_terminal else 200).print(table)


if __name__ == "__main__":
    main()
