"""`raadsvar draft`: politikersvar from the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.store.access import LOCAL
from rag.terminal import explained, language, say, write
from rag.types import Access, Text

if TYPE_CHECKING:
    from draft.desk import Desk

drafts = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Number = Annotated[int, typer.Argument(help="Udkastets nummer, som »draft list« viser.")]
By = Annotated[str, typer.Option("--by", help="Navnet på den, der gør det.")]


@dataclass(frozen=True)
class Doors:
    """What the command line lends this room: the text of a file, and ingest of a sent letter."""

    read: Callable[[str], str]
    ingest: Callable[[str, bytes, Access, Sequence[str]], None]


@drafts.command()
def new(
    context: typer.Context,
    question: Annotated[
        str, typer.Argument(help="Spørgsmålet, eller en fil: DOCX, PDF, TXT, EML.")
    ],
    asker: Annotated[str, typer.Option(help="Hvem spørger: »Mikkel Skovgaard (Ø)«.")] = "",
    party: Annotated[str, typer.Option(help="Partibogstav.")] = "",
    date: Annotated[str, typer.Option(help="Datoen for spørgsmålet.")] = "",
    subject: Annotated[str, typer.Option(help="Emnet.")] = "",
    due: Annotated[str, typer.Option(help="Svarfrist.")] = "",
    by: By = LOCAL.name,
) -> None:
    """Lav et udkast til et politikersvar ud fra et spørgsmål."""
    with explained():
        from draft.inquiry import amended, read_date, read_inquiry

        text = (
            context.obj.read(question) if Path(question).suffix and _is_file(question) else question
        )
        inquiry = amended(read_inquiry(text), asker, party, date, subject)
        desk = _desk()
        id = desk.open(inquiry, by, read_date(due))
        typer.echo(say(Text(f"Udkast {id}", f"Draft {id}")))
        _print(desk, id)


@drafts.command(name="list")
def listed() -> None:
    """Vis udkastene med status og frist."""
    with explained():
        from draft.shown import listed_line

        for draft in _desk().drafts.all():
            typer.echo(listed_line(draft, language()))


@drafts.command()
def show(
    id: Number,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv det hele som JSON.")] = False,
) -> None:
    """Vis et udkast med fortilfælde, domme og hele forløbet."""
    with explained():
        from draft.form import draft_json

        desk = _desk()
        if as_json:
            shown = draft_json(desk.drafts.get(id), desk.drafts, desk.check(id), language())
            typer.echo(json.dumps(shown, ensure_ascii=False))
        else:
            _print(desk, id)


@drafts.command()
def edit(
    context: typer.Context,
    id: Number,
    file: Annotated[str | None, typer.Argument(help="Den nye tekst; - er input.")] = None,
    field: Annotated[
        list[str] | None, typer.Option(help="Et felt: »sagsbehandler=Grete Holm«. Kan gentages.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Lav et nyt udkast som version.")] = False,
    by: By = LOCAL.name,
) -> None:
    """Gem en ny tekst eller felter. De tidligere versioner beholdes."""
    with explained():
        desk = _desk()
        for pair in field or []:
            name, _, value = pair.partition("=")
            desk.fill(id, name.strip(), value.strip(), by)
        if file is not None:
            desk.edit(id, context.obj.read(file), by)
        if again:
            desk.again(id, by)
        _print(desk, id)


@drafts.command()
def check(
    id: Number,
    approve: Annotated[bool, typer.Option("--approve", help="Markér som kontrolleret.")] = False,
    by: By = LOCAL.name,
) -> None:
    """Kontrollér et udkast mod dokumenterne. Fejlkode 1, hvis noget holder det tilbage."""
    with explained():
        from draft.shown import verdict_line

        desk = _desk()
        checked = desk.check(id)
        for number, judged in enumerate(checked.judged, start=1):
            typer.echo(verdict_line(number, judged, language()))
        if approve and not checked.held:
            desk.approve(id, by)
    raise typer.Exit(1 if checked.held else 0)


@drafts.command()
def accept(
    id: Number,
    claim: Annotated[int, typer.Argument(help="Dommens nummer, som »draft check« viser.")],
    by: Annotated[str, typer.Option(help="Navnet på den, der godkender.")],
    reason: Annotated[str, typer.Option(help="Begrundelsen.")],
) -> None:
    """Godkend et tal, som dokumenterne ikke har, med navn og begrundelse."""
    with explained():
        from rag.errors import InputError

        desk = _desk()
        judged = desk.check(id).judged
        if not 1 <= claim <= len(judged):
            raise InputError(Text(f"Der er ingen dom {claim}.", f"There is no verdict {claim}."))
        desk.accept(id, judged[claim - 1], by, reason)


@drafts.command()
def export(
    id: Number,
    target: Annotated[Path, typer.Argument(help="Filen: .docx, .pdf eller .txt.")],
    notes: Annotated[
        bool, typer.Option("--notes", help="Med en note for hver godkendelse.")
    ] = False,
    by: By = LOCAL.name,
) -> None:
    """Skriv brevet som Word, PDF eller tekst. Holdes tilbage, hvis et tal ikke er fundet."""
    with explained():
        write(target, _desk().export(id, target.suffix.lower().lstrip("."), by, notes))


@drafts.command()
def send(context: typer.Context, id: Number, by: By = LOCAL.name) -> None:
    """Luk udkastet som sendt, og læs svaret ind, så det kan findes som fortilfælde."""
    with explained():
        from hashlib import sha256

        desk = _desk()
        name, data = desk.send(id, by)
        draft = desk.drafts.get(id)
        context.obj.ingest(name, data, draft.access, draft.rests_on)
        desk.sent(id, by, sha256(data).hexdigest())


@drafts.command()
def versions(
    id: Number,
    restore: Annotated[int | None, typer.Option(help="Gør denne version til den nyeste.")] = None,
    compare: Annotated[
        int | None, typer.Option(help="Vis forskellen fra denne version til den nyeste.")
    ] = None,
    by: By = LOCAL.name,
) -> None:
    """Vis udkastets versioner, sammenlign dem, eller tag en tidligere frem."""
    with explained():
        desk = _desk()
        if restore is not None:
            desk.restore(id, restore, by)
        found = desk.drafts.versions(id)
        if compare is not None:
            from draft.versions import difference

            typer.echo("\n".join(difference(desk.version(id, compare).text, found[-1].text)))
            return
        from draft.shown import version_line

        for version in found:
            typer.echo(version_line(version))


@drafts.command()
def take(id: Number, by: By = LOCAL.name) -> None:
    """Overtag et udkast."""
    with explained():
        _desk().take_over(id, by)


@drafts.command()
def template(
    target: Annotated[Path | None, typer.Argument(help="Skriv vores skabelon hertil.")] = None,
) -> None:
    """Forklar skabelonens felter, eller kopiér vores skabelon som begyndelse på jeres egen."""
    with explained():
        if target is not None:
            from draft.word import OURS

            write(target, OURS.read_bytes())
            return
        from draft.shown import template_lines

        typer.echo("\n".join(template_lines(language())))


# ------------------------------------------------------------------- helpers


def _desk() -> Desk:
    from draft.desk import Desk
    from draft.records import Drafts
    from rag.chain import Assistant
    from rag.store.records import Records

    assistant = Assistant()
    return Desk(assistant, Drafts(Records(assistant.home)))


def _print(desk: Desk, id: int) -> None:
    from draft.shown import draft_lines

    typer.echo("\n".join(draft_lines(desk, id, language())))


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except OSError:  # a question is too long for a file's name
        return False
