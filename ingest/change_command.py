"""`raadsvar remove`, `access` and `release`: what stays in, and who may see it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.terminal import explained, note, say
from rag.types import Access, Text

if TYPE_CHECKING:
    from rag.store.catalogue import Catalogue


def remove(
    file: Annotated[
        str, typer.Argument(help="Filens navn eller sti, som »raadsvar documents« viser.")
    ],
) -> None:
    """Slet en fil, under alle dens navne, og alt, der er læst af den."""
    with explained():
        from rag.chain import refresh
        from rag.home import Home
        from rag.store.catalogue import Catalogue

        home = Home()
        catalogue = Catalogue(home)
        known = _named(catalogue)
        source = _the_one(file, {sha for path, sha in known if file == sha or _is(path, file)})
        others = sorted({path for path, sha in known if sha == source and not _is(path, file)})
        aside = catalogue.remove(source)
        refresh(home)
        typer.echo(say(Text(f"{file} er slettet.", f"{file} is deleted.")))
        if others:
            listed = ", ".join(others)
            note(
                Text(
                    f"Den var læst ind under flere navne og er slettet under dem alle: {listed}",
                    f"It was in under more names, and is deleted under them all: {listed}",
                )
            )
        if aside:
            note(
                Text(
                    "Det beskadigede katalog, der var lagt til side, er slettet, da det kunne "
                    "holde filens tekst.",
                    "The damaged catalogue that was set aside is deleted, as it might hold the "
                    "file's text.",
                )
            )


def access(
    document: Annotated[str, typer.Argument(help="Nummer, titel, filnavn eller id.")],
    level: Annotated[Access, typer.Argument(help="Hvem der må se det.")],
) -> None:
    """Bestem, hvem der må se et dokument: alle, personalet, eller de særligt udpegede."""
    with explained():
        from rag.errors import InputError
        from rag.home import Home
        from rag.store.catalogue import Catalogue

        catalogue = Catalogue(Home())
        sources = {sha for path, sha in _named(catalogue) if _is(path, document)}
        found = [
            d
            for d in catalogue.documents()
            if document in (d.id, d.number, d.title) or d.source in sources
        ]
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


def release(
    files: Annotated[
        list[str] | None, typer.Argument(help="Navne eller stier; uden dem vises listen.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Frigiv alle, der venter.")] = False,
) -> None:
    """Vis de filer, der venter på en person, eller frigiv dem, der nævnes.

    En frigivet fil ses af alle, undtagen hvad dens egen tekst lukker.
    """
    with explained():
        from rag.home import Home
        from rag.store.catalogue import Catalogue

        catalogue = Catalogue(Home())
        waiting = [stored.path for stored in catalogue.held()]
        chosen = [
            _the_one(file, {path for path in waiting if _is(path, file)}) for file in files or ()
        ]
        if every:
            chosen = waiting
        for path in dict.fromkeys(chosen):
            catalogue.release(path)
            typer.echo(say(Text(f"{path} er frigivet.", f"{path} is released.")))
        if not files and not every:
            for path in waiting:
                typer.echo(path)
        if not waiting:
            note(Text("Ingen filer venter.", "No files wait."))


def _named(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return every path that leads to a file, in or to be read again, and its SHA-256."""
    return [*((s.path, s.id) for s in catalogue.sources()), *catalogue.pending()]


def _is(path: str, name: str) -> bool:
    return name in (path, Path(path).name)


def _the_one(name: str, found: set[str]) -> str:
    """Return the one that a name leads to. Raises InputError where it leads to none or several."""
    from rag.errors import InputError

    if len(found) != 1:
        raise InputError(
            Text(
                f"{len(found)} filer hedder {name}. Nævn dens sti.",
                f"{len(found)} files are called {name}. Name its path.",
            )
        )
    return found.pop()
