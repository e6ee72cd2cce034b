"""`raadsvar ask`, `findings`, `reindex` and `backup`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.terminal import counting, explained, language, note, say, uncollected, where
from rag.types import Text

if TYPE_CHECKING:
    from rag.answer import Answer
    from rag.home import Home


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
        if jsonl:
            _ask_lines()
            return
        if not question:
            raise typer.BadParameter("Skriv et spørgsmål / write a question.")
        with uncollected():
            from rag.chain import Assistant

            answer = Assistant().ask(question)
        if as_json:
            from rag.form import to_json

            typer.echo(json.dumps(to_json(answer), ensure_ascii=False))
        else:
            _print(answer)


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

        assistant = Assistant()
        shelf = assistant.catalogue.shelf
        citations = Citations(shelf.by_id, assistant.page)
        chosen = [d.id for d in shelf.current.documents]
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


def reindex() -> None:
    """Byg søgeindeksene op fra kataloget igen, og gør meningssøgningen færdig."""
    with explained():
        from rag.chain import refresh
        from rag.home import Home

        home = Home()
        home.check_writable()
        refresh(home, anew=True)
        complete(home)
        typer.echo(say(Text("Indeksene er bygget op igen.", "The indexes are rebuilt.")))


def complete(home: Home) -> None:
    """Make the vectors that are missing, telling how far it is."""
    from rag.chain import complete as run
    from rag.search.missing import MEANING
    from rag.store.embeddings import Progress

    with counting() as count:
        run(home, lambda *made: count(say(MEANING).format(percent=Progress(*made).percent), *made))


def backup(target: Annotated[Path, typer.Argument(help="Filen, kopien skal hedde.")]) -> None:
    """Tag en kopi af alt, der ikke kan laves igen: filer, adgang, samtaler, udkast, opsætning."""
    with explained():
        from rag.home import CHECKOUT, Home
        from rag.store.backup import backup as run

        count, lost, amiss = run(Home(), target, CHECKOUT)
        typer.echo(
            say(
                Text(
                    f"Kopien ligger i {target}: {count} fil(er), adgang, optegnelser og opsætning.",
                    f"The copy is in {target}: {count} file(s), access, records and settings.",
                )
            )
        )
    for name in lost:
        note(
            Text(
                f"! {name}: kopien er tabt eller beskadiget og er ikke med. Læs filen ind igen.",
                f"! {name}: its copy is lost or damaged and left out. Ingest the file again.",
            )
        )
    if amiss is not None:
        note(_amiss(amiss))
    if lost or amiss is not None:
        raise typer.Exit(1)


def _amiss(subjects: list[Text]) -> Text:
    lacks_da = ", ".join(t.da for t in subjects) or "intet, så vidt det ses"
    lacks_en = ", ".join(t.en for t in subjects) or "nothing, as far as can be seen"
    return Text(
        "! Optegnelserne er beskadiget: det, der kan læses, er med, og den beskadigede fil ligger "
        f"ved siden af i kopien. Det mangler helt eller delvis: {lacks_da}.",
        "! The records are damaged: what can be read is in the copy, and the damaged file beside "
        f"it. Missing, wholly or in part: {lacks_en}.",
    )


def _ask_lines() -> None:
    from rag.chain import Assistant
    from rag.form import read_request, to_json

    assistant = Assistant()
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
