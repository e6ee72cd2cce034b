"""`raadsvar eval`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.errors import InputError
from rag.terminal import explained, say
from rag.types import Text

if TYPE_CHECKING:
    from eval.outcome import Run


def evaluate(
    questions: Annotated[
        Path | None, typer.Option(help="En anden fil med kendte svar om de leverede dokumenter.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(help="Sammenlign med en tidligere kørsel: dens nummer eller en JSON-fil."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv kørslen som JSON.")] = False,
    gate: Annotated[
        bool, typer.Option("--gate", help="Fejl, hvis et tal er forkert eller en tærskel ikke nås.")
    ] = False,
    real: Annotated[
        Path | None,
        typer.Option(help="Mappen med de virkelige dokumenter: stil spørgsmålene til dem."),
    ] = None,
    shut: Annotated[
        bool,
        typer.Option("--shut", help="Med --real: åbn den lukkede bunke; det skrives i loggen."),
    ] = False,
) -> None:
    """Kør de kendte svar, og vis resultatet. Kørslen gemmes, undtagen med --gate og --real."""
    if real is not None:
        _evaluate_real(real, shut, as_json)
        return
    with explained():
        if shut:
            raise InputError(Text("--shut hører til --real.", "--shut goes with --real."))
        from eval.compare import compare
        from eval.form import run_json
        from eval.run import run_side_by_side
        from eval.runs import Runs, load_run
        from eval.sets import HOUSE, offered, set_of
        from rag.home import Home
        from rag.store.records import Records

        home = Home()
        runs = Runs(Records(home))
        earlier = load_run(against, runs) if against else None
        chosen = [set_of(questions)] if questions else offered(home)
        run = run_side_by_side(HOUSE if gate else chosen, home)
        told = run_json(run)
        if not gate:
            told["number"] = runs.add(told)
        if earlier is not None:
            told["against"] = compare(earlier, told)
        if as_json:
            typer.echo(json.dumps(told, ensure_ascii=False))
        else:
            _print(run, told)
    raise typer.Exit(1 if gate and _fails(run) else 0)


def _evaluate_real(shared: Path, shut: bool, as_json: bool) -> None:
    """Ask the questions to real documents: of `learn` and `tune`, or of the shut pile alone."""
    with explained():
        from rich.console import Console

        from eval.real.report import log_opening, pile_json, print_pile
        from eval.real.run import run_piles
        from rag.home import Home
        from rag.terminal import counting

        with counting() as advance:
            piles = run_piles(shared, Home(), ["shut"] if shut else ["learn", "tune"], advance)
        if shut:
            log_opening(piles[0][1])
        if as_json:
            told = {pile: pile_json(pile, outcomes) for pile, outcomes in piles}
            typer.echo(json.dumps(told, ensure_ascii=False))
            return
        console = Console(width=max(Console().width, 170), soft_wrap=True)
        for pile, outcomes in piles:
            print_pile(pile, outcomes, console)


def _print(run: Run, told: dict[str, Any]) -> None:
    from rich.console import Console

    from eval.report import print_report
    from eval.tables import print_comparison, print_status

    # Wide enough for the tables also where there is no terminal.
    console = Console(width=max(Console().width, 150), soft_wrap=True)
    print_report(run, console)
    print_status(told, console)
    if "against" in told:
        print_comparison(told["against"], console)
    if "number" in told:
        number = told["number"]
        typer.echo(say(Text(f"Kørslen er gemt som nr. {number}.", f"Kept as run {number}.")))


def _fails(run: Run) -> bool:
    from eval.gate import breaches, load_floors

    found = breaches(run, load_floors())
    for text in found:
        print(f"{text.da} / {text.en}", file=sys.stderr)
    return bool(found)
