"""Kills, each at a random moment of a command that writes; then the command is run again."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.drill.folder import State, look, lost
from bench.drill.kind import Kind
from bench.drill.process import ask, run
from rag.errors import InputError
from rag.store.backup import check


@dataclass(frozen=True)
class Command:
    """A command that writes. `{}` stands for the folder of the attempt.

    `changes` are files it may change. One that is `repeatable` is run again after the kill
    and must then end in the state that it has when it is left alone.
    """

    name: str
    arguments: tuple[str, ...]
    changes: frozenset[str] = frozenset()
    repeatable: bool = True
    times: int = 20


COMMANDS = (
    Command("ingest", ("ingest", "{}/arriving"), times=100),
    Command("remove", ("remove", "TU01.txt"), frozenset({"TU01.txt"})),
    Command("access", ("access", "TU01.txt", "closed"), frozenset({"TU01.txt"})),
    Command("draft new", ("draft", "new", "Hvad sparer TU01?", "--by", "Bo"), repeatable=False),
    Command("draft edit", ("draft", "edit", "1", "{}/letter.txt", "--by", "Bo")),
    Command("draft take", ("draft", "take", "1", "--by", "Bo")),
    # Not compared when run again: a letter bears the time it was made.
    Command("draft send", ("draft", "send", "2", "--by", "Bo"), repeatable=False),
    Command("reindex", ("reindex",)),
    Command("rebuild", ("rebuild",)),
)


def kinds(base: Path, wanted: str) -> Iterator[Kind]:
    """Yield the kinds of kill on the folder that `base` holds whose name holds `wanted`."""
    before = ask(look, base / "home")
    for command in COMMANDS:
        if wanted not in command.name:
            continue
        with tempfile.TemporaryDirectory() as made:
            at = Path(shutil.copytree(base, Path(made) / "x"))
            alone = run(at / "home", *_arguments(command, at))
            assert alone.code in (0, 1), alone.told
            after = ask(look, at / "home")
        kill = partial(_killed, base, command, alone.seconds, before, after)
        yield Kind("kill", command.name, command.times, kill)
    with tempfile.TemporaryDirectory() as made:
        taken = run(base / "home", "backup", Path(made) / "kopi.zip").seconds
        put_back = run(Path(made) / "home", "restore", base / "kopi.zip").seconds
    yield Kind("kill", "backup", 20, partial(_backup_killed, base, taken, before))
    yield Kind("kill", "restore", 20, partial(_restore_killed, base, put_back, before))


def _arguments(command: Command, at: Path) -> list[str]:
    return [argument.replace("{}", str(at)) for argument in command.arguments]


def _killed(
    base: Path, command: Command, seconds: float, before: State, expected: State, seed: int
) -> list[str]:
    with tempfile.TemporaryDirectory() as made:
        at = Path(shutil.copytree(base, Path(made) / "x"))
        moment = random.Random(f"{command.name}{seed}").uniform(0, seconds)
        arguments = _arguments(command, at)
        run(at / "home", *arguments, kill_after=moment)
        wrong = lost(before, ask(look, at / "home"), command.changes)
        if command.repeatable:
            again = run(at / "home", *arguments)
            state = ask(look, at / "home")
            wrong += ["crashed when run again"] * again.crashed
            for part in ("levels", "passages", "copies"):
                if getattr(state, part) != getattr(expected, part):
                    wrong.append(f"{part} differ after it is run again")
        return wrong


def _backup_killed(base: Path, seconds: float, before: State, seed: int) -> list[str]:
    with tempfile.TemporaryDirectory() as made:
        at, copy = Path(made), Path(made) / "kopi.zip"
        shutil.copytree(base / "home", at / "home")
        moment = random.Random(seed).uniform(0, seconds)
        run(at / "home", "backup", copy, kill_after=moment)
        wrong = lost(before, ask(look, at / "home"))
        if copy.exists():
            try:
                check(copy)
            except InputError as error:
                wrong.append(f"half a backup under its name: {error.message.en}")
        elif run(at / "home", "backup", copy).code:
            wrong.append("no backup when run again")
        return wrong


def _restore_killed(base: Path, seconds: float, before: State, seed: int) -> list[str]:
    with tempfile.TemporaryDirectory() as made:
        home = Path(made) / "home"
        moment = random.Random(seed).uniform(0, seconds)
        run(home, "restore", base / "kopi.zip", kill_after=moment)
        ended = (home / "catalogue.sqlite").exists() and not (home / "restored").exists()
        again = run(home, "restore", base / "kopi.zip")
        wrong = ["could not be run again"] * bool(again.code and not ended)
        wrong += ["crashed when run again"] * again.crashed
        return [*wrong, *lost(before, ask(look, home))]
