"""The `raadsvar` command."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from draft.command import Doors, drafts
from eval.command import evaluate
from ingest.change_command import access, release, remove
from ingest.command import documents, ingest, progress, rebuild, report, restore
from rag.command import ask, backup, findings, reindex
from rag.terminal import explained, language, where, write
from rag.types import Access

app = typer.Typer(
    help="Rådsvar svarer på spørgsmål om byrådsdokumenter: præcist, med kilde og kontrolleret.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(ingest)
app.command()(ask)
app.command()(documents)
app.command()(remove)
app.command()(access)
app.command()(release)
app.command()(findings)
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
def check(
    file: Annotated[str, typer.Argument(help="Tekst, Markdown, DOCX eller PDF; - er input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Skriv dommene som JSON.")] = False,
    docx: Annotated[
        Path | None,
        typer.Option(help="Skriv teksten som Word, med en kommentar ved hvert tal uden kilde."),
    ] = None,
) -> None:
    """Kontrollér hvert tal i en tekst mod dokumenterne. Fejlkode 1, hvis et ikke er fundet helt."""
    with explained():
        from rag.gate.form import verdict_json
        from rag.gate.gate import check as run
        from rag.home import Home
        from rag.store.catalogue import Catalogue

        text = _text_of(file)
        verdicts = run(text, Catalogue(Home()))
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
    local: Annotated[
        bool, typer.Option("--local", help="Kun denne maskine, uden log ind: alt er åbent.")
    ] = False,
) -> None:
    """Åbn Rådsvar i browseren. Læser først corpus/ ind, hvis det er nyt eller ændret."""
    with explained():
        from ingest.shipped import ingest_shipped
        from rag.chain import refresh
        from rag.home import CHECKOUT, Home
        from ui.serve import check
        from ui.serve import serve as start

        check(local)
        home = Home()
        corpus = CHECKOUT / "corpus"
        if corpus.is_dir():
            with progress() as advance:
                reports = ingest_shipped(corpus, home, advance)
            if any(r.outcome != "unchanged" for r in reports):
                report(reports)
            refresh(home)
        code = start(port, local)
    raise typer.Exit(code)


app.command()(reindex)
app.command()(rebuild)
app.command()(backup)
app.command()(restore)


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


def _ingest_letter(name: str, data: bytes, access: Access, rests_on: Sequence[str]) -> None:
    """Read a letter that was sent into the catalogue, from its bytes."""
    from ingest.pipeline import ingest_letter
    from rag.chain import refresh
    from rag.home import Home

    home = Home()
    ingest_letter(name, data, home, access, rests_on)
    refresh(home)


if __name__ == "__main__":
    main()
