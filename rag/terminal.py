"""What every command of the terminal shares: its language, its messages, its errors."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from rag.errors import InputError, RaadsvarError
from rag.types import Language, Text

LANGUAGE = "RAADSVAR_LANGUAGE"


def language() -> Language:
    """Return the language of messages: Danish, or what RAADSVAR_LANGUAGE says."""
    return "en" if os.environ.get(LANGUAGE, "da").lower().startswith("en") else "da"


def say(text: Text) -> str:
    """Return a message in the terminal's language."""
    return text.in_(language())


def note(text: Text) -> None:
    """Write a message beside the output, on standard error."""
    typer.echo(say(text), err=True)


@contextmanager
def explained() -> Iterator[None]:
    """Turn the errors that have a message for the user into that message and exit code 2."""
    try:
        yield
    except RaadsvarError as error:
        note(error.message)
        raise typer.Exit(2) from error


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage in the block: almost all that imports and one answer make is kept.

    Looking, also at the end of the process, takes a sixth of a cold start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def write(target: Path, data: bytes) -> None:
    """Write a file, and say so; raises InputError, naming file and cause, where it cannot be."""
    try:
        target.write_bytes(data)
    except OSError as error:
        cause = error.strerror or str(error)
        raise InputError(
            Text(f"{target} kan ikke skrives: {cause}.", f"{target} cannot be written: {cause}.")
        ) from error
    note(Text(f"Skrevet: {target}", f"Written: {target}"))


def where(citation: dict[str, Any]) -> str:
    """Return where a citation stands, given as `rag.form` gives it."""
    name = f"{citation['number']}, " if citation["number"] else ""
    if citation["page"] is not None:
        return f"{name}{citation['document']}, s. {citation['page']}"
    section = f", »{citation['section']}«" if citation["section"] else ""
    paragraph = {"da": "afsnit", "en": "paragraph"}[language()]
    return f"{name}{citation['document']}{section}, {paragraph} {citation['paragraph']}"


@contextmanager
def counting() -> Iterator[Callable[[str, int, int], None]]:
    """Show a progress bar; yield what is told a name, how much is done, and of how much."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def count(name: str, done: int, total: int) -> None:
            bar.update(task, description=name[:50], completed=done, total=total)

        yield count
